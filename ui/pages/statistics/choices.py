"""What a report is made of: which review or day, which form, which hamlet, and the office's choices for two forms."""

import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain import statistics as forms
from casemgr.domain.ethnic import ethnic_groups
from casemgr.i18n import _
from casemgr.services import offices, statistic_basis
from ui.desk import Desk
from ui.pages.statistics.reading import Wanted
from ui.theme import sized, spaced, theme
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit

_KINH = "01"
_FOREIGN = "55"
LOCAL_FORMS = ("12", "13")
"""Reports that count the local peoples apart."""
PEOPLES_FORMS = ("9", *LOCAL_FORMS)


class ReportChoices(Speaks):
    """`changed` says that another report is wanted."""

    changed = Signal()
    formula_wanted = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("reportChoices")
        self._desk = desk
        self.review: ChoiceBox[UUID] = ChoiceBox()
        self.review.setObjectName("reportReview")
        self.form: ChoiceBox[str] = ChoiceBox()
        self.form.setObjectName("reportForm")
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.hamlet.setObjectName("reportHamlet")
        self.day = DateEdit(whole=True)
        self.day.setObjectName("reportDay")
        self.formula = QCheckBox()
        self.formula.setObjectName("reportFormula")
        self.form.set_choices([(one.number, partial(_form_words, one)) for one in forms.forms()])
        self.form.set_value("1")
        for box in (self.review, self.form, self.hamlet):
            box.chosen.connect(self._on_chosen)
        self.day.editingFinished.connect(self._on_day)
        self.formula.clicked.connect(self.formula_wanted)
        row = QHBoxLayout(self)
        spaced(row, spacing=8)
        row.addWidget(self.review)
        row.addWidget(self.day)
        row.addWidget(self.form, 1)
        row.addWidget(self.hamlet)
        row.addWidget(self.formula)
        sized(self.review, width=226)
        sized(self.hamlet, width=176)
        sized(self.day, width=116)
        self._asked: datetime.date | None = None
        self.load()
        self.retranslate()

    def load(self) -> None:
        """Read reviews and hamlets again; the newest review is chosen first."""
        reviews = self._desk.workspace.read(statistic_basis.campaigns_for_reports)
        known = self.review.value()
        first = self.review.count() == 0
        self.review.set_choices(
            [
                *((one, partial(str, title)) for one, title, _year, _status in reviews),
                (None, lambda: _("State of a day…")),
            ]
        )
        if known is not None or (first and reviews):
            self.review.set_value(known if known is not None else reviews[0][0])
        if self.review.currentIndex() < 0:
            self.review.setCurrentIndex(0)
        if self.day.day() is None:
            self.day.set_value(self._desk.workspace.now.astimezone().date())
        found = self._desk.workspace.read(offices.hamlets)
        self.hamlet.set_choices(
            [(None, lambda: _("All hamlets")), *((view.id, partial(str, view.data.full_name)) for view in found)]
        )
        if self.hamlet.currentIndex() < 0:
            self.hamlet.setCurrentIndex(0)
        self._fit()

    def wanted(self) -> Wanted:
        """The report that is chosen."""
        review = self.review.value()
        day = None if review is not None else self.day.day()
        return Wanted(self.form.value() or "1", review, day, self.hamlet.value())

    @property
    def any_review(self) -> bool:
        """Whether there is a review at all."""
        return self.review.count() > 1

    def show_day(self, day: datetime.date) -> None:
        """Ask for the state of a day."""
        self.review.set_value(None)
        self.day.set_value(day)
        self._on_chosen()

    def retranslate(self) -> None:
        """Say the words again."""
        for box, words in (
            (self.review, _("Review")),
            (self.form, _("Report form")),
            (self.hamlet, _("Hamlet")),
            (self.day, _("State of this day")),
        ):
            box.setAccessibleName(words)
            box.setToolTip(words)
        self.formula.setText(_("“Khác” by the printed formula"))

    def _on_chosen(self) -> None:
        self._fit()
        self.changed.emit()

    def _on_day(self) -> None:
        if self.day.day() is not None and self.day.day() != self._asked:
            self._asked = self.day.day()
            self.changed.emit()

    def _fit(self) -> None:
        self.day.setVisible(self.review.value() is None)
        groups = self.form.value() == "8"
        self.formula.setVisible(groups)
        if groups:
            self.formula.setChecked(self._desk.workspace.read(statistic_basis.prefers_formula))


def _form_words(one: forms.Form) -> str:
    return f"{one.number}. {one.short}"


class PeoplesDialog(QDialog):
    """Which peoples a report names; at most `most`."""

    def __init__(
        self, title: str, text: str, chosen: tuple[str, ...], *, most: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("peoplesDialog")
        self.setWindowTitle(title)
        self._most = most
        told = QLabel(text)
        told.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("peoplesList")
        self.list.setAccessibleName(title)
        for group in ethnic_groups():
            if group.code in (_KINH, _FOREIGN):
                continue
            item = QListWidgetItem(group.name)
            item.setData(Qt.ItemDataRole.UserRole, group.code)
            item.setCheckState(Qt.CheckState.Checked if group.code in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._count)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14), spacing=8)
        layout.addWidget(told)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(theme().px(360), theme().px(460))

    def codes(self) -> list[str]:
        """The codes ticked, in the order of the list."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        self._save.setEnabled(len(self.codes()) <= self._most)


def peoples_dialog(desk: Desk, form: str, parent: QWidget) -> PeoplesDialog:
    """The peoples of report 9, or the local peoples of reports 12 and 13; saving writes them."""
    read, title, most = statistic_basis.chosen_ethnic, _("Peoples in report 9"), forms.MOST_ETHNIC
    text = _("Tick at most {count}; with none ticked the most numerous ones of the lists are shown.").format(count=most)
    keep = statistic_basis.choose_ethnic
    if form in LOCAL_FORMS:
        read, keep, title, most = (
            statistic_basis.local_ethnic,
            statistic_basis.choose_local_ethnic,
            _("Local peoples"),
            len(ethnic_groups()),
        )
        text = _("Tick the local peoples as your province says. It counts for sheets that are keyed from now on.")
    dialog = PeoplesDialog(title, text, desk.workspace.read(read), most=most, parent=parent)
    dialog.accepted.connect(lambda: desk.write(keep, dialog.codes()))
    dialog.finished.connect(dialog.deleteLater)
    return dialog
