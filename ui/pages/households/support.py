"""Support on the household's page: its cards, and the forms they open in the place of the lower cards."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from casemgr.domain.entitlement_facts import About
from casemgr.domain.support import (
    CircumstanceData,
    DeliveryStatus,
    EnrolmentStatus,
    Receipt,
    ReceiptData,
)
from casemgr.i18n import _, format_date
from ui.desk import Desk
from ui.pages.households.deliveries_card import DeliveriesCard
from ui.pages.households.support_card import SupportCard
from ui.pages.households.support_lines import State, SupportLine
from ui.pages.households.support_steps import StepForms
from ui.pages.households.tasks_card import TasksCard
from ui.places import Place
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.domain.staged import Line as StepLine
    from casemgr.services.deliveries import DeliveryView
    from casemgr.services.households import HouseholdView
    from casemgr.services.staged import StagedCase
    from casemgr.services.tasks import TaskView
    from ui.forms import Form
    from ui.jobs import Job
    from ui.pages.households.opening import OpenForm

_TASK_DAYS: Final = 7
_CONDITIONS: Final = frozenset({"school", "studying", "malnourished", "insured", "seeks_work"})
"""Facts the form of living conditions holds."""


class HouseholdSupport(QObject):
    """Its three cards; the page places them and shows a household."""

    place_requested = Signal(Place)
    conditions_requested = Signal()
    """The missing fact is one of the living conditions."""
    paper_requested = Signal(object)
    """A drawing to look at."""
    household_requested = Signal()
    """The missing fact is one of the members or of the household itself."""

    def __init__(self, desk: Desk, open_form: OpenForm, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._open_form = desk, open_form
        self.view: HouseholdView | None = None
        self.card, self.deliveries, self.tasks = SupportCard(desk), DeliveriesCard(desk), TasksCard(desk)
        self.card.record_requested.connect(self.record)
        self.card.circumstance_requested.connect(self.note_circumstance)
        self.card.place_requested.connect(self.keep_place)
        self.card.opened.connect(self.open_line)
        self.deliveries.receive_requested.connect(self.receive)
        self.deliveries.correct_requested.connect(self.correct)
        self.deliveries.back_requested.connect(self.take_back)
        self.steps = StepForms(desk, open_form, self._today, self)
        self.card.stages.step_requested.connect(self.steps.open_next)
        self.card.stages.refuse_requested.connect(self.steps.refuse)
        self.steps.refused.connect(self.show_refusal)
        self.card.stages.paper_requested.connect(self._on_paper)
        self.tasks.new_requested.connect(self.new_task)
        self.tasks.done_requested.connect(self.finish_task)
        self.tasks.drop_requested.connect(self.drop_task)

    def show_household(self, view: HouseholdView) -> None:
        """Read everything of a household."""
        self.view = view
        names = {member.person_id: member.person.full_name for member in view.members}
        self.card.show_household(view.id, names, self._today())
        self.deliveries.show_household(view.id)
        self.tasks.show_household(view.id)

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        for card in (self.card, self.deliveries, self.tasks):
            card.enable(may=may)

    # ---- the strip

    def open_line(self, row: SupportLine) -> None:
        """What one does with a line: record what is due, note what is missing, look after what runs."""
        if not self.card.record.isEnabled():
            return
        if row.entitlement is not None:
            if row.entitlement.missing_facts:
                self.ask_fact(row)
            else:
                self.record(row)
        elif row.line is not None and row.line.source == "enrolment":
            self.keep_place(row)
        elif row.line is not None and row.line.source == "delivery":
            self.record(row)

    def ask_fact(self, row: SupportLine) -> None:
        """Go where the first missing fact is noted: a circumstance, the living conditions, the commune, a member."""
        from casemgr.services import programmes

        asked = row.entitlement.missing_facts if row.entitlement is not None else ()
        known = self._desk.workspace.read(programmes.catalogue).facts
        found = [known[code] for code in asked if code in known]
        if any(not fact.recorded and fact.about is not About.COMMUNE for fact in found):
            self.note_circumstance(row)
        elif any(not fact.recorded for fact in found):
            self.place_requested.emit(Place("support", text="rates"))
        elif any(fact.code in _CONDITIONS for fact in found):
            self.conditions_requested.emit()
        else:
            self.household_requested.emit()

    def record(self, row: SupportLine | None = None) -> None:
        """One payment or hand-over."""
        from ui.pages.households import delivery_form, support_fields

        view = self._need()
        rows = self._programmes()

        def submit(form: Form) -> Job:
            return self._desk.write(delivery_form.record, form.values(), view.id)

        chosen = row if row is not None and row.state is not State.ENDED else None
        values = delivery_form.starting_values(
            self._today(),
            programme=chosen.programme if chosen else None,
            person_id=chosen.person_id if chosen else None,
        )
        pane = self._open_form(
            lambda: _("Record support"),
            support_fields.delivery_fields(rows, view),
            submit,
            values,
            name="deliveryForm",
            alone=True,
        )
        if pane is not None:
            known = {one.programme.code: one.programme for one in rows}
            delivery_form.DeliveryForm(self._desk.workspace, pane, view.id, known)
            pane.form.focus_first() if chosen is None else pane.form.editor("amount").widget.setFocus()

    def keep_place(self, row: SupportLine | None = None) -> None:
        """A place in a programme: new, or the one on record."""
        from ui.pages.households import support_places

        pane = support_places.keep_place(self._desk, self._open_form, self._need(), self._programmes(), row)
        if pane is not None:
            form = pane.form
            pane.saved.connect(lambda place: self._on_kept(place, form.value("status")))

    def show_refusal(self, place: UUID) -> None:
        """The notice of a place that was refused."""
        from ui.pages.households.support_papers import refusal_of

        self.paper_requested.emit(refusal_of(self._desk.workspace, place, self._today()))

    def note_circumstance(self, row: SupportLine | None = None) -> None:
        """A dated fact programmes ask for."""
        from casemgr.services import circumstances
        from ui.pages.households import support_fields

        view, read = self._need(), self._desk.workspace.read
        facts = [*read(circumstances.askable, About.PERSON), *read(circumstances.askable, About.HOUSEHOLD)]
        known = {fact.code: fact for fact in facts}
        asked = row.entitlement.missing_facts if row is not None and row.entitlement is not None else ()
        code = next((one for one in asked if one in known), None)
        of_person = code is not None and known[code].about is About.PERSON
        person = row.person_id if row is not None and of_person else None
        if of_person and person is None and len(view.members) == 1:
            person = view.members[0].person_id

        def submit(form: Form) -> Job:
            typed = form.values()
            fact = known.get(typed["code"])
            whole = fact is not None and fact.about is About.HOUSEHOLD
            data = CircumstanceData(
                typed["code"],
                bool(typed["holds"]),
                household_id=view.id if whole or typed["person_id"] is None else None,
                person_id=None if whole else typed["person_id"],
                from_on=typed["from_on"],
                to_on=typed["to_on"],
                note=typed["note"],
            )
            return self._desk.write(circumstances.keep, data)

        pane = self._open_form(
            lambda: _("Note a circumstance"),
            support_fields.circumstance_fields(facts, view),
            submit,
            {"code": code, "person_id": person, "holds": True, "from_on": self._today(), "to_on": None, "note": ""},
            name="circumstanceForm",
            alone=True,
        )
        if pane is None:
            return
        told = Told("circumstanceTold")
        pane.card.add(told)

        def tell() -> None:
            fact, holds = known.get(pane.form.value("code")), pane.form.value("holds")
            pane.form.show_field("person_id", shown=fact is None or fact.about is About.PERSON)
            says = [Line(fact.says(value=holds), "info")] if fact is not None and holds is not None else []
            noted = [
                Line(_noted_words(one.sentence, one.data.from_on), "info")
                for one in read(circumstances.circumstances, view.id)
                if fact is not None and one.data.code == fact.code
            ]
            told.show_lines([*says, *noted])

        pane.form.changed.connect(tell)
        tell()
        if code is not None:
            pane.form.editor("holds").widget.setFocus()

    # ---- payments

    def receive(self, row: DeliveryView) -> None:
        """Somebody collected it."""
        from casemgr.services import deliveries
        from ui.pages.households import support_fields

        def submit(form: Form) -> Job:
            return self._desk.write(deliveries.receive, row.id, row.version, form.data(ReceiptData))

        day = min(self._today(), max(row.data.on, row.data.decision_on or row.data.on))
        values = {"received_on": day, "proof": Receipt.SIGNATURE, "by_name": "", "by_relation": "", "authorisation": ""}
        self._open_form(
            lambda: _("Receipt: {programme}").format(programme=row.programme),
            support_fields.receipt_fields(),
            submit,
            values,
            name="receiptForm",
        )

    def correct(self, row: DeliveryView) -> None:
        """Put a settled one right by a new entry."""
        from casemgr.services import deliveries
        from ui.pages.households import support_fields

        def submit(form: Form) -> Job:
            typed = form.values()
            return self._desk.write(
                deliveries.correct,
                row.id,
                on=typed["on"],
                reason=typed["reason"],
                amount=typed["amount"],
                goods=typed["goods"] if row.data.goods or typed["goods"] else None,
            )

        values = {"on": self._today(), "amount": row.data.amount, "goods": row.data.goods, "reason": ""}
        pane = self._open_form(
            lambda: _("Correct by a new entry: {programme}").format(programme=row.programme),
            support_fields.correction_fields(),
            submit,
            values,
            name="correctionForm",
        )
        if pane is not None:
            pane.form.show_field("goods", shown=bool(row.data.goods))

    def take_back(self, row: DeliveryView) -> None:
        """It comes back, or is not handed out after all."""
        from casemgr.services import deliveries
        from ui.pages.households import support_fields

        waiting = row.status in (DeliveryStatus.PLANNED, DeliveryStatus.APPROVED)

        def submit(form: Form) -> Job:
            typed = form.values()
            if waiting:
                return self._desk.write(deliveries.cancel, row.id, row.version, reason=typed["reason"])
            return self._desk.write(deliveries.give_back, row.id, row.version, on=typed["on"], reason=typed["reason"])

        pane = self._open_form(
            lambda: _("Not handed out after all") if waiting else _("It comes back"),
            support_fields.return_fields(),
            submit,
            {"on": self._today(), "reason": ""},
            name="returnForm",
        )
        if pane is not None:
            pane.form.show_field("on", shown=not waiting)

    # ---- tasks

    def new_task(self) -> None:
        """Something to do for the household."""
        from casemgr.services import tasks
        from ui.pages.households import support_fields

        view = self._need()

        def submit(form: Form) -> Job:
            return self._desk.write(tasks.open_by_hand, form.data(tasks.TaskData, household_id=view.id))

        values = {"title": "", "due_on": self._today() + timedelta(days=_TASK_DAYS), "person_id": None, "note": ""}
        self._open_form(lambda: _("New task"), support_fields.task_fields(view), submit, values, name="taskForm")

    def finish_task(self, task: TaskView) -> None:
        """It was done."""
        from casemgr.services import tasks

        self._desk.write(tasks.done, task.id, task.version)

    def drop_task(self, task: TaskView) -> None:
        """It is not needed."""
        from casemgr.services import tasks
        from ui.pages.households import support_fields

        def submit(form: Form) -> Job:
            return self._desk.write(tasks.drop, task.id, task.version, note=form.value("note"))

        self._open_form(
            lambda: _("The task is not needed"), support_fields.drop_fields(), submit, {"note": ""}, name="taskDropForm"
        )

    # ---- inside

    def _on_paper(self, case: StagedCase, line: StepLine) -> None:
        from ui.pages.households.support_papers import drawing_of

        self.paper_requested.emit(drawing_of(self._desk.workspace, case, line, self._today()))

    def _on_kept(self, place: UUID, status: EnrolmentStatus) -> None:
        if status is EnrolmentStatus.REFUSED:
            self.show_refusal(place)

    def _need(self) -> HouseholdView:
        if self.view is None:
            raise RuntimeError("no household is shown")
        return self.view

    def _programmes(self) -> list[Any]:
        from casemgr.services import programmes

        return self._desk.workspace.read(programmes.programmes)

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()


def _noted_words(sentence: str, since: date | None) -> str:
    if since is None:
        return _("On record: {sentence}").format(sentence=sentence)
    return _("On record since {date}: {sentence}").format(date=format_date(since), sentence=sentence)
