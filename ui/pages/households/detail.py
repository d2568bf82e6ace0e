"""The one page of a household: read mode in cards, and one form at a time in their place."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.households import HouseholdData
from casemgr.domain.people import PersonData, Relation
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _
from casemgr.services import (
    certificate_register,
    conditions,
    history,
    households,
    members,
    offices,
    people,
    templates,
)
from casemgr.services.households import HouseholdView
from casemgr.services.members import NewMember
from ui.desk import Desk
from ui.form_pane import FormPane, Submit
from ui.forms import Field, Form
from ui.jobs import Job
from ui.pages.households.abroad_card import AbroadCard
from ui.pages.households.cards import (
    AddressCard,
    ClassesCard,
    FormerCard,
    Header,
    MembersCard,
    PapersCard,
)
from ui.pages.households.case_work import HouseholdCase
from ui.pages.households.class_writing import class_values, record_class
from ui.pages.households.conditions_grid import ConditionsEditor
from ui.pages.households.fields import (
    class_fields,
    end_fields,
    head_fields,
    household_fields,
    leave_fields,
    person_fields,
)
from ui.pages.households.livelihoods_card import LivelihoodsCard
from ui.pages.households.living_card import LivingCard
from ui.pages.households.living_fields import dwelling_data, dwelling_fields
from ui.pages.households.living_reading import questions, show_living
from ui.pages.households.requests_card import RequestsCard
from ui.pages.households.support import HouseholdSupport
from ui.pages.households.support_papers import ShownPaper
from ui.pages.households.timeline_card import TimelineCard
from ui.pages.households.training_card import TrainingCard
from ui.pages.households.why_card import WhyCard
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.message_bar import Notice

NARROW = 640
"""Below this natural width the lower cards stand one under the other."""
ROOMY = 600
"""From this natural height on a form leaves room for the members above it."""


class Detail(Speaks):
    """Shows a household; edits its parts in place of the lower cards."""

    said = Signal(Notice)
    state_changed = Signal()
    print_requested = Signal()
    close_requested = Signal()
    paper_requested = Signal(UUID)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("householdDetail")
        self._desk = desk
        self.view: HouseholdView | None = None
        self.pane: FormPane | None = None
        self._indicators: dict[str, str] = {}
        self.header, self.why, self.members = Header(), WhyCard(), MembersCard()
        self.address, self.classes, self.former = AddressCard(), ClassesCard(), FormerCard()
        self.living, self.papers, self.timeline = LivingCard(), PapersCard(), TimelineCard()
        self.requests, self.livelihoods, self.training = RequestsCard(desk), LivelihoodsCard(desk), TrainingCard(desk)
        self.abroad = AbroadCard(desk)
        self.support = HouseholdSupport(desk, self._open, self)
        self.case = HouseholdCase(desk, self._open, self.timeline, self)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        for column in (self._left, self._right):
            spaced(column, spacing=10)
        self._left.addWidget(self.case.note)
        self._left.addWidget(self.support.tasks)
        self._left.addWidget(self.case.case)
        self._left.addWidget(self.case.referrals)
        self._left.addWidget(self.address)
        self._left.addWidget(self.classes)
        self._left.addWidget(self.former)
        self._left.addStretch()
        self._right.addWidget(self.livelihoods)
        self._right.addWidget(self.training)
        self._right.addWidget(self.abroad)
        self._right.addWidget(self.requests)
        self._right.addWidget(self.papers)
        self._right.addWidget(self.timeline, 1)
        self._two = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        spaced(self._two, spacing=10)
        self._two.addLayout(self._left, 5)
        self._two.addLayout(self._right, 6)
        inside = QWidget()
        self._reading = QVBoxLayout(inside)
        spaced(self._reading, spacing=10)
        self._reading.addWidget(self.why)
        self._reading.addWidget(self.members)
        self._reading.addWidget(self.support.card)
        self._reading.addWidget(self.support.deliveries)
        self._reading.addWidget(self.case.plan)
        self._reading.addWidget(self.living)
        self._reading.addLayout(self._two, 1)
        self._cards = QScrollArea()
        self._cards.setObjectName("householdCards")
        self._cards.setFrameShape(QFrame.Shape.NoFrame)
        self._cards.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cards.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._cards.setWidgetResizable(True)
        self._cards.setWidget(inside)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._cards)
        self.paper = ShownPaper(desk, self._stack)
        self.paper.said.connect(self.said)
        self._whole = QVBoxLayout(self)
        spaced(self._whole, margins=(6, 12, 14, 10), spacing=10)
        self._whole.addWidget(self.header)
        self._whole.addWidget(self._stack, 1)
        self.header.print_requested.connect(self.print_requested)
        self.header.close_requested.connect(self.close_requested)
        self.papers.open_requested.connect(self.paper_requested)
        self.members.edit_requested.connect(lambda _row: self.edit_member())
        self.members.add_requested.connect(self.add_member)
        self.members.leave_requested.connect(self.member_leaves)
        self.members.head_requested.connect(self.new_head)
        self.address.edit_requested.connect(self.edit_household)
        self.classes.record_requested.connect(self.record_class)
        self.living.house_requested.connect(self.edit_house)
        self.living.members_requested.connect(self.edit_conditions)
        self.support.conditions_requested.connect(self.edit_conditions)
        self.support.household_requested.connect(self.edit_member)
        self.support.paper_requested.connect(self.paper.show_drawing)
        self.retranslate()

    # ---- showing

    def show_household(self, household: UUID) -> None:
        """Read and show a household in read mode."""
        self._close_pane()
        self.paper.close()
        self.view = None
        self.timeline.forget()
        self.reload(household)

    def reload(self, household: UUID | None = None) -> None:
        """Read again; a form that is open stays as typed."""
        wanted = household or (self.view.id if self.view else None)
        if wanted is None:
            return
        read = self._desk.workspace.read
        view = read(households.view, wanted)
        self.view = view
        self.header.show_view(view)
        self._indicators = self._indicator_names()
        self.why.show_view(view, self._indicators)
        for card in (self.members, self.address, self.classes, self.former):
            card.show_view(view)
        show_living(self.living, self._desk.workspace, view, self._today())
        self.support.show_household(view)
        self.case.show_household(view)
        self.requests.show_household(wanted, ended=view.ended_on is not None)
        self.livelihoods.show_household(wanted, ended=view.ended_on is not None)
        self.training.show_household(wanted, ended=view.ended_on is not None)
        self.abroad.show_household(wanted, ended=view.ended_on is not None)
        self.papers.show_papers(read(certificate_register.of_household, wanted))
        self.timeline.show_events(read(history.household_events, wanted, limit=200))
        self._enable()
        self.state_changed.emit()

    @property
    def editing(self) -> bool:
        """Whether a form is open."""
        return self.pane is not None

    def may_leave(self) -> bool:
        """Whether one may go away; a form with changes asks."""
        if self.pane is None:
            return self.case.may_leave()
        if self.pane.may_leave():
            self._close_pane()
            return True
        return False

    def focus_members(self) -> None:
        """Begin in the members' table."""
        self.members.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ---- editing

    def edit_household(self) -> None:
        """Correct address and attributes."""
        view = self._need()
        hamlets = self._desk.workspace.read(offices.hamlets)

        def submit(form: Form) -> Job:
            return self._desk.write(households.correct_household, view.id, view.version, form.data(HouseholdData))

        self._open(
            lambda: _("Address and attributes"), household_fields(hamlets), submit, view.data, name="householdForm"
        )

    def edit_member(self) -> None:
        """Correct the member of the current line."""
        member = self.members.current()
        if member is None:
            return
        head = member.relation == Relation.HEAD

        def submit(form: Form) -> Job:
            data, relation = _person(form), form.value("relation")

            def work(uow: Any) -> None:  # noqa: ANN401 - the unit of work is handed through
                if data != member.person:
                    people.correct_person(uow, member.person_id, member.person_version, data)
                if relation != member.relation:
                    members.change_relation(uow, member.membership_id, member.membership_version, relation)

            return self._desk.write(work)

        values = {**vars(member.person), "relation": member.relation}
        title = member.person.full_name
        self._open(lambda: title, person_fields(head=head), submit, values, name="memberForm")

    def add_member(self) -> None:
        """A new person joins."""
        view = self._need()
        head = view.head is None

        def submit(form: Form) -> Job:
            return self._desk.write(members.add_member, view.id, NewMember(_person(form), form.value("relation")))

        relation = Relation.HEAD if head else None
        values = {"relation": relation, "ethnic": view.head.person.ethnic if view.head else None}
        self._open(lambda: _("New member"), person_fields(head=head), submit, values, name="memberForm")

    def member_leaves(self) -> None:
        """The member of the current line leaves."""
        member = self.members.current()
        if member is None:
            return

        def submit(form: Form) -> Job:
            return self._desk.write(
                members.leave,
                member.membership_id,
                member.membership_version,
                on=form.value("on"),
                reason=form.value("reason"),
            )

        name = member.person.full_name
        today = self._today()
        title = lambda: _("{name} leaves the household").format(name=name)  # noqa: E731 - asked again after a switch of language
        self._open(title, leave_fields(), submit, {"reason": None, "on": today}, name="leaveForm")

    def new_head(self) -> None:
        """The member of the current line becomes head."""
        view, member = self._need(), self.members.current()
        if member is None or member.relation == Relation.HEAD:
            self.said.emit(Notice(_("Choose the member who becomes head of household first."), "near"))
            return

        def submit(form: Form) -> Job:
            return self._desk.write(
                members.change_head, view.id, member.membership_id, old_head_relation=form.value("relation")
            )

        name = member.person.full_name
        title = lambda: _("{name} becomes head of household").format(name=name)  # noqa: E731 - asked again after a switch of language
        self._open(title, head_fields(), submit, {"relation": None}, name="headForm")

    def record_class(self) -> None:
        """Write the class of a year with its decision."""
        view = self._need()
        today = self._today()

        def submit(form: Form) -> Job:
            return self._desk.write(record_class, view.id, form.values())

        self._open(lambda: _("Class of a year"), class_fields(), submit, class_values(view, today), name="classForm")

    def edit_house(self) -> None:
        """Note the housing."""
        view = self._need()
        version, house = self._desk.workspace.read(conditions.dwelling, view.id)

        def submit(form: Form) -> Job:
            return self._desk.write(conditions.keep_dwelling, view.id, version, dwelling_data(form.values()))

        self._open(lambda: _("Housing"), dwelling_fields(), submit, house, name="houseForm", alone=True)

    def edit_conditions(self) -> None:
        """Note school, insurance, growth and work of every member."""
        view, read = self._need(), self._desk.workspace.read
        asked = questions(self._desk.workspace, view.id, self._today())
        field = Field("conditions", N_("Members"), lambda: ConditionsEditor(view.members, asked), wide=True, bare=True)

        def submit(form: Form) -> Job:
            return self._desk.write(conditions.keep_conditions, view.id, form.value("conditions"))

        said = {"conditions": read(conditions.conditions, view.id)}
        self._open(
            lambda: _("Living conditions of the members"), (field,), submit, said, name="conditionsForm", alone=True
        )

    def stop_keeping(self) -> None:
        """The household leaves the lists and stays on file."""
        view = self._need()
        today = self._today()

        def submit(form: Form) -> Job:
            return self._desk.write(
                households.end_household, view.id, view.version, on=form.value("on"), reason=form.value("reason")
            )

        values = {"reason": None, "on": today}
        self._open(lambda: _("The office stops keeping this household"), end_fields(), submit, values, name="endForm")

    def keep_again(self) -> None:
        """An ended household comes back into the lists."""
        view = self._need()
        self._desk.write(households.reopen_household, view.id, view.version)

    def save(self) -> bool:
        """Save the open form."""
        return self.pane is not None and self.pane.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in read mode goes back to the whole list."""
        if event.key() == Qt.Key.Key_Escape and self.pane is None:
            self.close_requested.emit()
            return
        super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Say the words again."""
        for card in (self.members, self.living, self.address, self.classes, self.papers, self.timeline, self.former):
            card.say()
        if self.view is not None:
            self.why.show_view(self.view, self._indicators)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow pages stack the lower cards."""
        super().resizeEvent(event)
        narrow = self.width() < theme().room(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._two.direction() != way:
            self._two.setDirection(way)

    # ---- inside

    def _indicator_names(self) -> dict[str, str]:
        """The names of the indicators as the paper in force has them."""
        template = self._desk.workspace.read(templates.current, "certificate", self._desk.workspace.now.date())
        return dict(zip(template.indicator_codes, template.wording.indicators, strict=False))

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()

    def _need(self) -> HouseholdView:
        if self.view is None:
            raise RuntimeError("no household is shown")
        return self.view

    def _open(
        self,
        title: Callable[[], str],
        fields: Sequence[Field],
        submit: Submit,
        values: object,
        *,
        name: str,
        alone: bool = False,
    ) -> FormPane | None:
        if not self.may_leave():
            return None
        pane = FormPane(title, fields, submit, name=name)
        self.pane = pane
        self._stack.addWidget(pane)
        self._stack.setCurrentWidget(pane)
        if not alone and self.height() >= theme().px(ROOMY):  # the people stay in view above the form
            self._whole.insertWidget(1, self.members)
        pane.saved.connect(self._on_saved)
        pane.closed.connect(self._close_pane)
        pane.conflicted.connect(self._on_conflict)
        pane.begin(_complete(values, fields))
        self._enable()
        self.state_changed.emit()
        return pane

    def _close_pane(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            self._reading.insertWidget(1, self.members)
            self._stack.setCurrentWidget(self._cards)
            self._stack.removeWidget(pane)
            pane.hide()
            pane.deleteLater()
            self._enable()
            self.focus_members()
            self.state_changed.emit()

    def _on_saved(self, _result: object) -> None:
        self._close_pane()

    def _on_conflict(self, error: Exception) -> None:
        self.said.emit(Notice(str(error), "near", _("Show the present state"), self._start_over))

    def _start_over(self) -> None:
        self._close_pane()
        self.reload()

    def _enable(self) -> None:
        may = self._desk.may(Permission.EDIT) and self.pane is None and self.view is not None
        card = self.members
        for button in (
            card.add_button,
            card.leave_button,
            card.head_button,
            self.address.edit,
            self.classes.record,
            *self.living.buttons,
        ):
            button.setEnabled(may)
        self.support.enable(may=may)
        self.case.enable(may=may)


def _complete(values: object, fields: Sequence[Field]) -> object:
    """A mapping gets None for what it does not name."""
    return {**dict.fromkeys(field.name for field in fields), **values} if isinstance(values, dict) else values


def _person(form: Form) -> PersonData:
    values = {name: value for name, value in form.values().items() if name != "relation"}
    return PersonData(**values)
