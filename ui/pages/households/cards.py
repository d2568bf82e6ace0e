"""The read mode of a household's page: head, why, members, address, classes, timeline."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from casemgr.domain.households import CLASS_LABELS, END_LABELS, POLICY_LABELS, PolicyFlag
from casemgr.domain.offices import AREA_LABELS
from casemgr.i18n import _
from casemgr.services.certificate_register import RegisterRow
from casemgr.services.classes import ClassView
from casemgr.services.households import HouseholdView
from casemgr.services.members import MemberView
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.households.columns import CLASSES, FORMER, MEMBERS, PAPERS
from ui.pages.households.list_pane import people_words
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.fit_table import FitTable, flat_button


class Header(Speaks):
    """Name, code, place, class, and the one expected action."""

    print_requested = Signal()
    close_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("householdHeader")
        self._view: HouseholdView | None = None
        self.name = QLabel()
        self.name.setObjectName("householdName")
        self.name.setProperty("class", "h1")
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.name.setWordWrap(True)
        self.badge, self.ended = Badge(), Badge()
        self.meta = ElidedLabel()
        self.meta.setObjectName("householdMeta")
        self.meta.setProperty("class", "soft")
        self.print = QPushButton()
        self.print.setObjectName("householdPrint")
        self.print.setProperty("class", "primary")
        self.print.setIcon(icon("printer", "on"))
        self.print.clicked.connect(self.print_requested)
        self.wide = flat_button("householdWide", "arrows-out-line-horizontal")
        self.wide.clicked.connect(self.close_requested)
        second = QHBoxLayout()
        spaced(second, spacing=8)
        second.addWidget(self.badge)
        second.addWidget(self.ended)
        second.addWidget(self.meta, 1)
        left = QVBoxLayout()
        spaced(left, spacing=4)
        left.addWidget(self.name)
        left.addLayout(second)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addLayout(left, 1)
        layout.addWidget(self.print, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.wide, 0, Qt.AlignmentFlag.AlignTop)
        self.retranslate()

    def show_view(self, view: HouseholdView) -> None:
        """Show a household."""
        self._view = view
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        self.print.setText(_("Print certificate"))
        self.print.setAccessibleName(_("Print certificate"))
        self.wide.setToolTip(_("Back to the whole list (Esc)"))
        self.wide.setAccessibleName(_("Back to the whole list"))
        view = self._view
        if view is None:
            return
        name = view.name or _("Household without members")
        self.name.setText(name)
        self.name.setToolTip(name)
        area = _(AREA_LABELS[view.area]) if view.area else ""
        meta = " · ".join(filter(None, (view.code, view.hamlet, people_words(len(view.members)), area)))
        self.meta.setText(meta)
        self.meta.setToolTip(meta)
        current = view.current_class
        if current is None:
            self.badge.show_text(_("Not yet reviewed"), "plain")
        else:
            words = _("{name} {year}").format(name=_(CLASS_LABELS[current.data.value]), year=current.data.year)
            self.badge.show_text(words, class_tone(current.data.value))
        reason = _(END_LABELS[view.end_reason]) if view.end_reason else ""
        self.ended.show_text(reason, "plain")


class MembersCard(Card):
    """Who lives here; Enter or F2 on a line corrects that person."""

    edit_requested = Signal(int)
    add_requested = Signal()
    leave_requested = Signal()
    head_requested = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Members"), margin=10)
        self.setObjectName("membersCard")
        self._members: tuple[MemberView, ...] = ()
        self.model: RowsModel[int, MemberView] = RowsModel(MEMBERS, lambda numbers: [self._members[n] for n in numbers])
        self.table = FitTable(self.model, name="membersTable", most=9)
        self.table.opened.connect(self.edit_requested)
        self.add_button = flat_button("memberAdd", "user-plus")
        self.leave_button = flat_button("memberLeave", "user-minus")
        self.head_button = flat_button("memberHead", "crown")
        for button, signal in (
            (self.head_button, self.head_requested),
            (self.leave_button, self.leave_requested),
            (self.add_button, self.add_requested),
        ):
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self.head.addWidget(button)
        self.add(self.table)

    def show_view(self, view: HouseholdView) -> None:
        """Show the members, keeping the current line."""
        current = max(0, self.table.current())
        self._members = view.members
        self.model.set_ids(range(len(view.members)))
        self.table.go(min(current, len(view.members) - 1))

    def current(self) -> MemberView | None:
        """The member of the current line."""
        row = self.table.current()
        return self._members[row] if 0 <= row < len(self._members) else None

    def say(self) -> None:
        """Say the words again."""
        for button, words, hint in (
            (self.add_button, _("Add"), _("Add a member")),
            (self.leave_button, _("Leaves…"), _("Member leaves the household…")),
            (self.head_button, _("New head…"), _("Make head of household")),
        ):
            button.setText(words)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
        self.table.setAccessibleName(_("Members"))


class AddressCard(Card):
    """Where it lives, telephone, policy attributes, notes."""

    edit_requested = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Address and attributes"), margin=10)
        self.setObjectName("addressCard")
        self._view: HouseholdView | None = None
        self.edit = flat_button("householdEdit", "pencil-simple")
        self.edit.clicked.connect(self.edit_requested)
        self.head.addWidget(self.edit)
        grid = QGridLayout()
        spaced(grid, spacing=6)
        self._labels: list[tuple[QLabel, QLabel]] = []
        for row in range(5):
            label, value = QLabel(), QLabel()
            label.setProperty("class", "small")
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._labels.append((label, value))
        grid.setColumnStretch(1, 1)
        self.add(grid)
        self.body.addStretch()

    def show_view(self, view: HouseholdView) -> None:
        """Show a household."""
        self._view = view
        self.say()

    def say(self) -> None:
        """Say the words again."""
        self.edit.setText(_("Edit"))
        self.edit.setAccessibleName(_("Edit address and attributes"))
        view = self._view
        if view is None:
            return
        flags = ", ".join(_(POLICY_LABELS[PolicyFlag(code)]) for code in view.data.flags)
        registered = "" if view.permanent_address == view.address else view.permanent_address
        lines = (
            (_("Lives at"), view.address),
            (_("Registered at"), registered or _("the same address")),
            (_("Phone"), view.data.phone or _("not stated")),
            (_("Policy"), flags or _("no attribute")),
            (_("Notes"), view.data.notes),
        )
        for (label, value), (words, text) in zip(self._labels, lines, strict=True):
            label.setText(words)
            value.setText(text)
            label.setVisible(bool(text))
            value.setVisible(bool(text))


class ClassesCard(Card):
    """The class of each year and the decision that made it."""

    record_requested = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Class by year"), margin=10)
        self.setObjectName("classesCard")
        self._view: HouseholdView | None = None
        self.model: RowsModel[int, ClassView] = RowsModel(
            CLASSES, lambda numbers: [self._classes()[n] for n in numbers]
        )
        self.table = FitTable(self.model, name="classesTable", most=5)
        self.record = flat_button("classRecord", "tag")
        self.record.clicked.connect(self.record_requested)
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.head.addWidget(self.record)
        self.add(self.table)
        self.add(self.none)
        self.body.addStretch()

    def _classes(self) -> Sequence[ClassView]:
        return self._view.classes if self._view else ()

    def show_view(self, view: HouseholdView) -> None:
        """Show a household."""
        self._view = view
        self.model.set_ids(range(len(view.classes)))
        self.table.setVisible(bool(view.classes))
        self.none.setVisible(not view.classes)

    def say(self) -> None:
        """Say the words again."""
        self.none.setText(_("No class recorded"))
        self.record.setText(_("Record"))
        self.record.setAccessibleName(_("Record the class of a year"))
        self.table.setAccessibleName(_("Class by year"))


class PapersCard(Card):
    """The certificates of the household; only there when it has any. Enter opens one in the register."""

    open_requested = Signal(UUID)

    def __init__(self) -> None:
        super().__init__(lambda: _("Certificates"), margin=10)
        self.setObjectName("papersCard")
        self._papers: Sequence[RegisterRow] = ()
        self.model: RowsModel[int, RegisterRow] = RowsModel(PAPERS, lambda numbers: [self._papers[n] for n in numbers])
        self.table = FitTable(self.model, name="papersTable", most=4)
        self.table.opened.connect(lambda row: self.open_requested.emit(self._papers[row].id))
        self.add(self.table)
        self.hide()

    def show_papers(self, papers: Sequence[RegisterRow]) -> None:
        """Show them, newest first."""
        self._papers = papers
        self.model.set_ids(range(len(papers)))
        self.setVisible(bool(papers))

    def say(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Certificates"))


class FormerCard(Card):
    """Who left, and why; only there when somebody did."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Former members"), margin=10)
        self.setObjectName("formerCard")
        self._members: tuple[MemberView, ...] = ()
        self.model: RowsModel[int, MemberView] = RowsModel(FORMER, lambda numbers: [self._members[n] for n in numbers])
        self.table = FitTable(self.model, name="formerTable", most=4)
        self.add(self.table)

    def show_view(self, view: HouseholdView) -> None:
        """Show a household."""
        self._members = view.former
        self.model.set_ids(range(len(view.former)))
        self.setVisible(bool(view.former))

    def say(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Former members"))
