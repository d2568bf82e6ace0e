"""Case work on the household's page: its cards are read after the page is on show; forms open in place of the cards."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from casemgr.domain.casework import NoteData, PlanStatus, ReferralData
from casemgr.i18n import _
from ui.desk import Desk
from ui.form_pane import ask_about_changes
from ui.pages.households.case_card import CaseCard
from ui.pages.households.notes_card import NoteCard, ReferralsCard
from ui.pages.households.plan_card import PlanCard
from ui.pages.households.timeline_card import TimelineCard

if TYPE_CHECKING:
    from casemgr.services.case_notes import ReferralView
    from casemgr.services.case_plans import ActionView, GoalView
    from casemgr.services.households import HouseholdView
    from ui.forms import Form
    from ui.jobs import Job
    from ui.pages.households.opening import OpenForm

_SOON_MS: Final = 60
"""Who goes through households quickly does not wait for what stands further down."""


class HouseholdCase(QObject):
    """Its cards; the page places them, shows a household, and asks before it is left."""

    def __init__(self, desk: Desk, open_form: OpenForm, timeline: TimelineCard, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._open_form, self._timeline = desk, open_form, timeline
        self.view: HouseholdView | None = None
        self.case, self.plan = CaseCard(), PlanCard()
        self.note, self.referrals = NoteCard(self._keep_note), ReferralsCard()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.read)
        self.case.open_requested.connect(self.open_case)
        self.case.close_requested.connect(self.close_case)
        self.case.assign_requested.connect(self.give_case)
        self.plan.write_requested.connect(self.write_plan)
        self.plan.agree_requested.connect(self.agree_plan)
        self.plan.done_requested.connect(self.finish_action)
        self.plan.judge_requested.connect(self.judge_goal)
        self.referrals.refer_requested.connect(self.refer)
        self.referrals.answer_requested.connect(self.answer)

    def show_household(self, view: HouseholdView) -> None:
        """Another household, or the same one again: its cards are filled as soon as the page is painted."""
        if self.view is None or self.view.id != view.id:
            self.note.begin(self._today())
        self.view = view
        self._soon.start()

    def read(self) -> None:
        """Fill the cards."""
        from casemgr.services import case_files, case_notes, case_plans, case_timeline  # not wanted before

        view, read = self.view, self._desk.workspace.read
        if view is None:
            return
        self._soon.stop()
        officers: dict[object, str] = {one.id: one.name for one in read(case_files.officers, closed=True)}
        self.case.show_cases(read(case_files.cases, view.id))
        self.plan.show_plans(read(case_plans.plans, view.id), officers, self._today())
        self.referrals.show_referrals(read(case_notes.referrals, view.id))
        self._timeline.show_lines(read(case_timeline.timeline, view.id))

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        self.case.enable(may=may)
        self.plan.enable(may=may)
        self.note.enable(may=may)
        self.referrals.enable(may=may)

    def may_leave(self) -> bool:
        """Whether one may go; a visit that is typed and not written down asks."""
        if not self.note.dirty:
            return True
        answer = ask_about_changes(self.note)
        if answer == "discard":
            self.note.begin(self._today())
            return True
        if answer == "save":
            self.note.save()
        return False

    # ---- the case

    def open_case(self) -> None:
        """Open it, or open it again with the reason."""
        from casemgr.services import case_files
        from ui.pages.households import case_fields

        view, again = self._need(), self.case.current is not None
        officers = self._desk.workspace.read(case_files.officers)

        def submit(form: Form) -> Job:
            return self._desk.write(case_files.open_case, view.id, **form.values())

        values = {"on": self._today(), "officer_id": self._desk.workspace.actor.user_id, "reason": ""}
        self._open_form(
            lambda: _("Open the case again") if again else _("Open the case"),
            case_fields.opening_fields(officers, again=again),
            submit,
            values,
            name="caseOpenForm",
        )

    def close_case(self) -> None:
        """Close it with the reason."""
        from casemgr.services import case_files
        from ui.pages.households import case_fields

        case = self.case.current
        if case is None:
            return

        def submit(form: Form) -> Job:
            return self._desk.write(case_files.close_case, case.id, case.version, **form.values())

        values = {"on": self._today(), "reason": ""}
        self._open_form(lambda: _("Close the case"), case_fields.closing_fields(), submit, values, name="caseCloseForm")

    def give_case(self) -> None:
        """Give it to another officer."""
        from casemgr.services import case_files
        from ui.pages.households import case_fields

        case = self.case.current
        if case is None:
            return
        officers = self._desk.workspace.read(case_files.officers)

        def submit(form: Form) -> Job:
            return self._desk.write(case_files.assign, case.id, case.version, form.value("officer_id"))

        self._open_form(
            lambda: _("Give the case to an officer"),
            (case_fields.officer_field(officers),),
            submit,
            {"officer_id": case.officer_id},
            name="caseAssignForm",
        )

    # ---- the plan

    def write_plan(self) -> None:
        """Go on with the draft, or begin the next version with what is still open."""
        from casemgr.services import case_files, case_plans
        from ui.pages.households import case_fields

        view, plan = self._need(), self.plan.newest
        officers = self._desk.workspace.read(case_files.officers)
        draft = plan if plan is not None and plan.status is PlanStatus.DRAFT else None
        before = [goal.data for goal in draft.goals] if draft else list(case_plans.next_version(plan)) if plan else []

        def submit(form: Form) -> Job:
            return self._desk.write(
                case_plans.write,
                view.id,
                case_fields.goals_of(form.value("lines"), before),
                summary=form.value("summary"),
                plan_id=draft.id if draft is not None else None,
                version=draft.version if draft is not None else 0,
            )

        values = {"lines": case_fields.grid_lines(before), "summary": plan.summary if plan is not None else ""}
        self._open_form(
            lambda: _("Plan with the household"),
            case_fields.plan_fields(officers),
            submit,
            values,
            name="planForm",
            alone=True,
        )

    def agree_plan(self) -> None:
        """The household agrees to the draft."""
        from casemgr.services import case_plans
        from ui.pages.households import case_fields

        plan = self.plan.newest
        if plan is None:
            return

        def submit(form: Form) -> Job:
            return self._desk.write(case_plans.agree, plan.id, plan.version, on=form.value("on"))

        self._open_form(
            lambda: _("The household agrees to the plan"),
            case_fields.agreement_fields(),
            submit,
            {"on": self._today()},
            name="planAgreeForm",
        )

    def finish_action(self, action: ActionView) -> None:
        """It was done."""
        from casemgr.services import case_plans
        from ui.pages.households import case_fields

        def submit(form: Form) -> Job:
            return self._desk.write(case_plans.done, action.id, action.version, **form.values())

        self._open_form(
            lambda: _("Done: {what}").format(what=action.data.text),
            case_fields.action_fields(),
            submit,
            {"on": self._today(), "result": ""},
            name="planDoneForm",
        )

    def judge_goal(self, goal: GoalView) -> None:
        """Reached, given up, or worked on again."""
        from casemgr.services import case_plans
        from ui.pages.households import case_fields

        def submit(form: Form) -> Job:
            return self._desk.write(case_plans.judge, goal.id, goal.version, form.value("status"))

        self._open_form(
            lambda: _("Goal: {what}").format(what=goal.data.text),
            case_fields.goal_fields(),
            submit,
            {"status": goal.data.status},
            name="planGoalForm",
        )

    # ---- notes and referrals

    def _keep_note(self, form: Form) -> Job:
        from casemgr.services import case_notes

        return self._desk.write(case_notes.note, form.data(NoteData, household_id=self._need().id))

    def refer(self) -> None:
        """Ask another office for help."""
        from casemgr.services import case_notes
        from ui.pages.households import case_fields

        view = self._need()

        def submit(form: Form) -> Job:
            return self._desk.write(case_notes.refer, form.data(ReferralData, household_id=view.id))

        values = {
            "to_office": "",
            "person_id": None,
            "subject": "",
            "sent_on": self._today(),
            "due_on": None,
            "note": "",
        }
        self._open_form(
            lambda: _("Refer to another office"),
            case_fields.referral_fields(view),
            submit,
            values,
            name="referralForm",
            alone=True,
        )

    def answer(self, row: ReferralView) -> None:
        """What they answered."""
        from casemgr.services import case_notes
        from ui.pages.households import case_fields

        def submit(form: Form) -> Job:
            return self._desk.write(case_notes.answered, row.id, row.version, **form.values())

        self._open_form(
            lambda: _("Answer of {office}").format(office=row.data.to_office),
            case_fields.answer_fields(),
            submit,
            {"on": self._today(), "outcome": None, "answer": ""},
            name="referralAnswerForm",
        )

    # ---- inside

    def _need(self) -> HouseholdView:
        if self.view is None:
            raise RuntimeError("no household is shown")
        return self.view

    def _today(self) -> date:
        return self._desk.workspace.now.astimezone().date()
