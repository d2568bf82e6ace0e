"""What one does with the day's work, each asked in place: done, moved, not needed, new, handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.i18n import N_, _
from casemgr.services import case_files, case_plans, tasks
from casemgr.services.tasks import TaskData
from ui.editors import ChoiceEditor, DayEditor, LineEditor
from ui.forms import Field
from ui.verb_card import VerbCard
from ui.who_editor import Chosen, WhoEditor

if TYPE_CHECKING:
    from casemgr.services.agenda import AgendaRow
    from casemgr.services.tasks import TaskView
    from ui.desk import Desk
    from ui.jobs import Job

AHEAD: Final = 3650
USUAL_DAYS: Final = 7
SETTLES: Final = ("task", "action")
"""The kinds that are settled here; all others on the page of their record."""

Values = Mapping[str, Any]


def done_card(desk: Desk, row: AgendaRow) -> VerbCard:
    """It was done."""

    def submit(values: Values) -> Job:
        note = values["note"] or ""
        if row.kind == "action":
            today = desk.workspace.now.astimezone().date()
            return desk.write(case_plans.done, row.due_id, on=today, result=note)
        return desk.write(tasks.done, row.due_id, note=note)

    fields = (Field("note", N_("What &came of it"), LineEditor, N_("May stay empty"), wide=True),)
    title = row.title
    return _card(lambda: _("Done: {what}").format(what=title), lambda: _("Done"), fields, submit, "dayDone")


def drop_card(desk: Desk, row: AgendaRow) -> VerbCard:
    """It is not needed."""

    def submit(values: Values) -> Job:
        return desk.write(tasks.drop, row.due_id, note=values["note"] or "")

    fields = (Field("note", N_("&Why it is not needed"), LineEditor, required=True, wide=True),)
    title = row.title
    return _card(lambda: _("Not needed: {what}").format(what=title), lambda: _("Not needed"), fields, submit, "dayDrop")


def move_card(desk: Desk, view: TaskView) -> VerbCard:
    """Another day, another officer, other words."""

    def submit(values: Values) -> Job:
        return desk.write(tasks.change, view.id, view.version, **values)

    fields = (
        Field("title", N_("&What is to be done"), LineEditor, required=True, wide=True),
        Field("due_on", N_("&Due on"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("remind_on", N_("Not &before"), lambda: DayEditor(ahead=AHEAD), N_("It is not shown before this day")),
        Field("reason", N_("&Reason"), LineEditor, N_("Why the day is moved")),
        Field("officer_id", N_("&Officer"), lambda: _officer(desk)),
    )
    return _card(lambda: _("Move or change the task"), lambda: _("Save"), fields, submit, "dayMove", columns=2)


def move_values(view: TaskView) -> Values:
    """What the task says now."""
    data = view.data
    return {
        "title": data.title,
        "due_on": data.due_on,
        "remind_on": data.remind_on,
        "reason": "",
        "officer_id": data.officer_id,
    }


def new_card(desk: Desk) -> VerbCard:
    """Something to do, written by hand."""

    def submit(values: Values) -> Job:
        who = values["who"]
        chosen = who if isinstance(who, Chosen) else None
        data = TaskData(
            title=values["title"] or "",
            due_on=values["due_on"],
            remind_on=values["remind_on"],
            officer_id=values["officer_id"],
            household_id=chosen.household_id if chosen else None,
            person_id=chosen.person_id if chosen else None,
        )
        return desk.write(tasks.open_by_hand, data)

    fields = (
        Field("title", N_("&What is to be done"), LineEditor, required=True, wide=True),
        Field("who", N_("&For"), lambda: WhoEditor(desk, "dayTaskWho"), N_("Empty: for the office"), wide=True),
        Field("due_on", N_("&Due on"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("remind_on", N_("Not &before"), lambda: DayEditor(ahead=AHEAD), N_("It is not shown before this day")),
        Field("officer_id", N_("&Officer"), lambda: _officer(desk)),
    )
    return _card(lambda: _("New task"), lambda: _("Open the task"), fields, submit, "dayTask", columns=2)


def new_values(desk: Desk, today: date) -> Values:
    """A task of one's own, in a week."""
    return {
        "title": "",
        "who": None,
        "due_on": today + timedelta(days=USUAL_DAYS),
        "remind_on": None,
        "officer_id": desk.workspace.actor.user_id,
    }


def hand_over_card(desk: Desk) -> VerbCard:
    """Everything an officer has open goes to another one; what will move is said before."""

    def submit(values: Values) -> Job:
        return desk.write(case_files.hand_over, values["from"], values["to"])

    fields = (
        Field("from", N_("Work &of"), lambda: _officer(desk, closed=True), required=True),
        Field("to", N_("Given &to"), lambda: _officer(desk), required=True),
    )
    return _card(lambda: _("Hand over all open work"), lambda: _("Hand over"), fields, submit, "dayHandOver", columns=2)


def _officer(desk: Desk, *, closed: bool = False) -> ChoiceEditor:
    known = desk.workspace.read(case_files.officers, closed=closed)
    return ChoiceEditor([(one.id, partial(str, one.name)) for one in known])


def _card(
    title: Callable[[], str],
    verb: Callable[[], str],
    fields: tuple[Field, ...],
    submit: Callable[[Values], Job],
    name: str,
    *,
    columns: int = 1,
) -> VerbCard:
    return VerbCard(title, verb, fields, submit, name=name, columns=columns)
