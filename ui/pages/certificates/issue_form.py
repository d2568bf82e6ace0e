"""The narrow form beside the preview: what to do, for which year, who signs, what stands against it, where it goes."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.offices import SignatoryData
from casemgr.i18n import N_, _
from casemgr.services import offices
from ui.desk import Desk
from ui.editors import ChoiceEditor, DayEditor, LineEditor
from ui.forms import Field, Form
from ui.pages.certificates.doubts import Doubts
from ui.pages.certificates.target import PrintTarget
from ui.pages.certificates.ways import Situation, Wanted, Way
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.printing import Printing

Words = Callable[[], str]
VERBS: Final = {
    Way.ISSUE: (N_("Issue and print"), N_("Issue and save as PDF")),
    Way.BLOCK: (N_("Confirm and print"), N_("Confirm and save as PDF")),
    Way.REISSUE: (N_("Replace and print"), N_("Replace and save as PDF")),
    Way.PRINT: (N_("Print"), N_("Save as PDF")),
}
ONLY: Final = {
    Way.ISSUE: N_("Issue now, print later"),
    Way.BLOCK: N_("Confirm now, print later"),
    Way.REISSUE: N_("Replace now, print later"),
}


class IssueForm(Speaks):
    """Speaks in `Wanted`; knows nothing of jobs."""

    changed = Signal()
    go_requested = Signal()
    only_requested = Signal()
    household_requested = Signal()

    def __init__(self, desk: Desk, printing: Printing) -> None:
        super().__init__()
        self.setObjectName("issueForm")
        self._desk = desk
        self._now: Situation | None = None
        self._way = Way.ISSUE
        self._number = ""
        self._first: UUID | None = None
        self._buttons = {way: QRadioButton() for way in (Way.BLOCK, Way.PRINT, Way.REISSUE)}
        self._group = QButtonGroup(self)
        for way, button in self._buttons.items():
            button.setObjectName(f"way_{way.value}")
            button.clicked.connect(lambda _checked=False: self._on_way())
            self._group.addButton(button)
        self._years, self._signers, self._papers = ChoiceEditor(()), ChoiceEditor(()), ChoiceEditor(())
        self.main = Form(
            (
                Field("year", N_("&Year"), lambda: self._years),
                Field("on", N_("&Date of the paper"), DayEditor, required=True),
                Field("signatory", N_("&Signed by"), lambda: self._signers),
            ),
            name="issue",
        )
        self.which = Form((Field("paper", N_("&Paper"), lambda: self._papers),), name="reprint")
        self.why = Form((Field("reason", N_("Reaso&n"), LineEditor, required=True),), name="why")
        for form in (self.main, self.which, self.why):
            form.changed.connect(self._on_changed)
            form.save_requested.connect(self.go_requested)
        self.whole = QCheckBox()
        self.whole.setObjectName("issueWhole")
        self.whole.clicked.connect(lambda _checked=False: self.changed.emit())
        self.doubts = Doubts()
        self.fix = QPushButton()
        self.fix.setObjectName("issueFix")
        self.fix.clicked.connect(self.household_requested)
        self.number = QLabel()
        self.number.setObjectName("issueNumber")
        self.number.setProperty("class", "small")
        self.target = PrintTarget(desk, printing, name="issueTarget")
        self.target.changed.connect(self._on_target)
        self.go, self.only = QPushButton(), QPushButton()
        self.go.setObjectName("issueGo")
        self.go.setProperty("class", "primary")
        self.go.clicked.connect(self.go_requested)
        self.only.setObjectName("issueOnly")
        self.only.setProperty("class", "flat")
        self.only.clicked.connect(self.only_requested)
        for push in (self.go, self.only, self.fix):
            push.setAutoDefault(True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(2, 2, 8, 2), spacing=8)
        for button in self._buttons.values():
            column.addWidget(button)
        for widget in (self.main, self.which, self.why, self.whole, self.doubts, self.fix):
            column.addWidget(widget)
        column.addStretch(1)
        self._area = area = QScrollArea()
        area.setObjectName("issueArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(area, 1)
        for below in (self.target, self.number, self.go, self.only):
            layout.addWidget(below)

    # ---- what the pane uses

    def begin(self, now: Situation, way: Way | None) -> None:
        """Choices for a household; the expected way unless another was asked for."""
        chosen = way if way in now.ways else now.expected
        self._now = now
        for each, button in self._buttons.items():
            button.setVisible(each in now.ways and len(now.ways) > 1)
            button.setChecked(each is chosen)
        self._group.setExclusive(True)
        self._way = chosen
        self.target.look()
        self._load_signatories()
        self.main.load({"year": None, "on": self._desk.workspace.now.astimezone().date(), "signatory": self._first})
        self.which.load({"paper": None})
        self.why.load({"reason": ""})
        self._fit_way()

    def to_top(self) -> None:
        """Show the form from its beginning."""
        self._area.verticalScrollBar().setValue(0)

    def wanted(self) -> Wanted:
        """What is chosen."""
        values = self.main.values()
        return Wanted(
            self._way,
            year=values["year"],
            on=values["on"],
            signatory=values["signatory"],
            block_year=self.which.value("paper") if self._way is Way.PRINT else None,
        )

    @property
    def way(self) -> Way:
        """What is to be done."""
        return self._way

    @property
    def reason(self) -> str:
        """Why, where a reason is asked for."""
        return str(self.why.value("reason")) if self.needs_reason else ""

    @property
    def needs_reason(self) -> bool:
        """Whether the register wants a reason."""
        if self._now is None:
            return False
        printed = self._now.printed(self.which.value("paper"))
        return self._way is Way.REISSUE or (self._way is Way.PRINT and printed)

    def check(self) -> bool:
        """Mark what is missing or cannot be read."""
        dated = self._way is Way.PRINT or self.main.check()
        return (not self.needs_reason or self.why.check()) and dated

    def show_state(self, *, possible: bool, refused: bool, number: str) -> None:
        """Whether one may go on, and which number it will be."""
        self._number = number if possible else ""
        for button in (self.go, self.only):
            button.setEnabled(possible)
        self.fix.setVisible(refused)
        self._say_number()

    # ---- inside

    def _load_signatories(self) -> None:
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        known: list[tuple[UUID | None, Words]] = [(view.id, partial(_signatory_words, view.data)) for view in found]
        self._signers.set_choices(known or [(None, _nobody)])
        self._first = found[0].id if found else None

    def _fit_way(self) -> None:
        now, way = self._now, self._way
        if now is None:
            return
        years = now.years(way)
        labels = {view.data.year: view.data.value for view in now.household.classes}
        self._years.set_choices([(each, partial(_year_words, each, labels[each])) for each in years])
        if self._years.value() is None and years:
            self._years.set_value(years[0])
        blocks = now.standing.block_years[1:] if now.standing else ()
        self._papers.set_choices([(None, _whole_words), *((each, partial(_block_words, each)) for each in blocks)])
        if self._papers.widget.currentIndex() < 0:
            self._papers.widget.setCurrentIndex(0)
        self.main.setVisible(way is not Way.PRINT)
        self.which.setVisible(way is Way.PRINT and bool(blocks))
        self._on_target()

    def _on_way(self) -> None:
        self._way = next(way for way, button in self._buttons.items() if button.isChecked())
        self._fit_way()
        self.changed.emit()

    def _on_changed(self) -> None:
        self.why.setVisible(self.needs_reason)
        self.changed.emit()

    def _on_target(self) -> None:
        self.why.setVisible(self.needs_reason)
        over = self._way is Way.BLOCK or (self._way is Way.PRINT and self.which.value("paper") is not None)
        self.target.offer(pages=not over, shift=over)
        self.only.setVisible(self._way in ONLY)
        self.whole.setVisible(self._way is Way.BLOCK)
        self.retranslate()

    def _say_number(self) -> None:
        self.number.setVisible(bool(self._number))
        self.number.setText(_("It will get the number {number}.").format(number=self._number))

    def retranslate(self) -> None:
        """Say the words again."""
        last = self._now.last_confirmed if self._now else 0
        standing = self._now.standing if self._now else None
        number = standing.row.number if standing else ""
        years = self._now.years(Way.BLOCK) if self._now else ()
        words = {
            Way.BLOCK: _("Print {year} on the paper {number}").format(year=max(years, default=last), number=number),
            Way.PRINT: _("Print {number} again").format(number=number)
            if standing and standing.prints
            else _("Print {number}").format(number=number),
            Way.REISSUE: _("Replace {number} by a new paper").format(number=number),
        }
        for way, button in self._buttons.items():
            button.setText(words[way])
            button.setAccessibleName(words[way])
        self.whole.setText(_("Show how it fits the paper"))
        self.whole.setAccessibleName(self.whole.text())
        verb = _(VERBS[self._way][self.target.to_file])
        only = _(ONLY[self._way]) if self._way in ONLY else ""
        for push, text in ((self.go, verb), (self.only, only), (self.fix, _("Open the household to correct it"))):
            push.setText(text)
            push.setAccessibleName(text)
        self._say_number()


def _nobody() -> str:
    return _("nobody yet: the name stays open")


def _signatory_words(data: SignatoryData) -> str:
    return _("{name}, {title}").format(name=data.name, title=" ".join(data.title_lines))


def _year_words(year: int, value: HouseholdClass) -> str:
    return f"{year} · {_(CLASS_SHORT_LABELS[value])}"


def _whole_words() -> str:
    return _("The paper as it was issued")


def _block_words(year: int) -> str:
    return _("The part of {year}").format(year=year)
