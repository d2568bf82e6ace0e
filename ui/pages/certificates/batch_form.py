"""The form beside a batch: year, date, signatory or reason, and where the papers go."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout

from casemgr.i18n import N_, _, ngettext
from casemgr.services import offices
from ui.desk import Desk
from ui.editors import ChoiceEditor, DayEditor, LineEditor
from ui.forms import Field, Form
from ui.pages.certificates.target import PrintTarget
from ui.pages.certificates.ways import Wanted, Way
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.printing import Printing


class BatchForm(Speaks):
    """Issuing, then printing; `printing` switches between the two."""

    changed = Signal()
    go_requested = Signal()
    only_requested = Signal()

    def __init__(self, desk: Desk, printing: Printing) -> None:
        super().__init__()
        self.setObjectName("batchForm")
        self._desk = desk
        self._count = 0
        self._printing = False
        self._needs_reason = False
        self._blocks = False
        self._years, self._signers = ChoiceEditor(()), ChoiceEditor(())
        self.main = Form(
            (
                Field("year", N_("&Year"), lambda: self._years),
                Field("on", N_("&Date of the papers"), DayEditor, required=True),
                Field("signatory", N_("&Signed by"), lambda: self._signers),
            ),
            name="batch",
        )
        self.why = Form((Field("reason", N_("Reaso&n"), LineEditor, required=True),), name="batchWhy")
        self.main.changed.connect(self.changed)
        for form in (self.main, self.why):
            form.save_requested.connect(self.go_requested)
        self.hint = QLabel()
        self.hint.setObjectName("batchHint")
        self.hint.setProperty("class", "small")
        self.hint.setWordWrap(True)
        self.target = PrintTarget(desk, printing, name="batchTarget")
        self.target.offer(pages=False, shift=False)
        self.target.changed.connect(self.retranslate)
        self.go, self.only = QPushButton(), QPushButton()
        self.go.setObjectName("batchGo")
        self.go.setProperty("class", "primary")
        self.go.clicked.connect(self.go_requested)
        self.only.setObjectName("batchOnly")
        self.only.setProperty("class", "flat")
        self.only.clicked.connect(self.only_requested)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        for push in (self.go, self.only):
            push.setAutoDefault(True)
        for widget in (self.main, self.why, self.hint):
            layout.addWidget(widget)
        layout.addStretch()
        for below in (self.target, self.go, self.only):
            layout.addWidget(below)
        self.retranslate()

    def begin(self, *, printing: bool) -> None:
        """Start with issuing or with printing what is issued."""
        self._printing = printing
        self.target.look()
        today = self._desk.workspace.now.astimezone().date()
        years = (today.year + 1, today.year, today.year - 1)
        self._years.set_choices([(None, _newest_words), *((year, partial(str, year)) for year in years)])
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        self._signers.set_choices(
            [(view.id, partial(str, view.data.name)) for view in found] or [(None, lambda: _("nobody yet"))]
        )
        self.main.load({"year": None, "on": today, "signatory": found[0].id if found else None})
        self.why.load({"reason": ""})
        self.main.setVisible(not printing)
        self.only.setVisible(not printing)

    def wanted(self) -> Wanted:
        """What is chosen."""
        values = self.main.values()
        return Wanted(Way.ISSUE, year=values["year"], on=values["on"], signatory=values["signatory"])

    @property
    def reason(self) -> str:
        """Why papers are printed again."""
        return str(self.why.value("reason")) if self._needs_reason else ""

    def check(self) -> bool:
        """Mark what is missing."""
        return self.why.check() if self._printing and self._needs_reason else self._printing or self.main.check()

    def show_state(self, count: int, *, possible: bool, needs_reason: bool = False, blocks: bool = False) -> None:
        """How many papers it would be; `blocks` go on papers the households have already."""
        self._count, self._needs_reason, self._blocks = count, needs_reason, blocks
        self.why.setVisible(self._printing and needs_reason)
        for button in (self.go, self.only):
            button.setEnabled(possible and count > 0)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        count, to_file = self._count, self.target.to_file
        if self._printing:
            verb = (
                ngettext("Save {count} paper as PDF", "Save {count} papers as PDF", count)
                if to_file
                else ngettext("Print {count} paper", "Print {count} papers", count)
            )
        else:
            verb = (
                ngettext("Issue {count} and save as PDF", "Issue {count} and save as PDF", count)
                if to_file
                else ngettext("Issue and print {count}", "Issue and print {count}", count)
            )
        self.go.setText(verb.format(count=count))
        self.only.setText(_("Issue now, print later"))
        for button in (self.go, self.only):
            button.setAccessibleName(button.text())
        told = []
        if self._printing and self._blocks:
            told.append(_("Lay the certificates into the printer in the order of this list: only the year is printed."))
        if self._printing and self._needs_reason:
            told.append(_("Some of these papers were printed before: the register keeps the reason."))
        self.hint.setText("\n".join(told))
        self.hint.setVisible(bool(self.hint.text()))


def _newest_words() -> str:
    return _("newest of each household")
