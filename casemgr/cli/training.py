"""`casemgr training`: learners by state, classes, attendance, what training pays, and the figures of a year."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.loan_names import DAY, JSON
from casemgr.domain.training import LEARNER_MACHINE, LearnerState
from casemgr.i18n import N_, _, format_date, format_money, ngettext

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.workspace import Workspace

_COURSE = click.argument("course", metavar="CODE")


@click.group("training", cls=Group, help=N_("Vocational training: learners, classes, support, work after training."))
def command() -> None:
    """`casemgr training`."""


@command.command("list", cls=Command, help=N_("Learners by state, what is due first at the top."))
@click.option(
    "--state", "states", type=click.Choice([one.value for one in LearnerState]), multiple=True, help=N_("Only these.")
)
@click.option("--course", default="", metavar="CODE", help=N_("Only the learners of this class."))
@click.option("--due", "due_until", type=DAY, metavar="DATE", help=N_("Only what is due until this day."))
@JSON
@pass_session
def show_list(
    session: Session, states: tuple[str, ...], course: str, due_until: datetime | None, as_json: bool
) -> None:
    """`casemgr training list`."""
    from casemgr.services import learners
    from casemgr.services.learners import LearnerQuery

    with session.workspace() as workspace:
        query = LearnerQuery(
            states=states,
            course_id=_course(workspace, course) if course else None,
            due_until=due_until.date() if due_until else None,
            limit=100_000,
        )
        rows = workspace.read(learners.board, query)
    if as_json:
        print_json(
            [
                {
                    "id": str(row.id),
                    "person": row.person,
                    "household": row.code,
                    "hamlet": row.hamlet,
                    "class": row.class_value,
                    "state": row.state.value,
                    "since": row.state_on.isoformat(),
                    "trade": row.trade,
                    "course": row.course,
                    "due": row.due_on.isoformat() if row.due_on else None,
                    "overdue": row.overdue,
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        due = format_date(row.due_on) if row.due_on else ""
        click.echo("  ".join((row.code, row.person, LEARNER_MACHINE.label(row.state), row.trade, row.course, due)))
    click.echo(ngettext("{count} learner", "{count} learners", len(rows)).format(count=len(rows)), err=True)


@command.command("courses", cls=Command, help=N_("The classes, the newest first."))
@JSON
@pass_session
def show_courses(session: Session, as_json: bool) -> None:
    """`casemgr training courses`."""
    from casemgr.services import courses

    with session.workspace() as workspace:
        found = workspace.read(courses.courses)
    if as_json:
        print_json(
            [
                {
                    "id": str(one.id),
                    "code": one.data.code,
                    "trade": one.data.trade,
                    "provider": one.data.provider,
                    "start": one.data.start_on.isoformat() if one.data.start_on else None,
                    "end": one.data.end_on.isoformat() if one.data.end_on else None,
                    "days": len(one.data.days),
                    "learners": one.learners,
                    "capacity": one.data.capacity,
                    "closed": one.closed_on.isoformat() if one.closed_on else None,
                }
                for one in found
            ]
        )
        return
    for one in found:
        span = " – ".join(format_date(day) if day else "…" for day in (one.data.start_on, one.data.end_on))
        click.echo("  ".join((one.data.code, one.data.trade, span, str(one.learners))))


@command.command("support", cls=Command, help=N_("What a class pays: meals by days present, travel, tuition."))
@_COURSE
@JSON
@pass_session
def show_support(session: Session, course: str, as_json: bool) -> None:
    """`casemgr training support`."""
    from casemgr.services import training_lists

    with session.workspace() as workspace:
        lines = workspace.read(training_lists.support_lines, _course(workspace, course))
    if as_json:
        print_json(
            [
                {
                    "person": line.person,
                    "days": line.support.days,
                    "meal": line.support.meal,
                    "travel": line.support.travel,
                    "tuition": line.support.tuition,
                    "above_ceiling": line.support.tuition_cut,
                    "total": line.support.total,
                }
                for line in lines
            ]
        )
        return
    for line in lines:
        money = (line.support.meal, line.support.travel, line.support.tuition)
        click.echo("  ".join((line.person, str(line.support.days), *(format_money(one) for one in money))))
    total = sum(line.support.paid_to_learner for line in lines)
    click.echo(_("Meals and travel together: {amount}").format(amount=format_money(total)), err=True)


@command.command("figures", cls=Command, help=N_("Trained, certified and at work six months later, of a year."))
@click.option("--year", type=int, required=True, metavar="YEAR", help=N_("The year."))
@JSON
@pass_session
def show_figures(session: Session, year: int, as_json: bool) -> None:
    """`casemgr training figures`."""
    from casemgr.services import training_lists

    with session.workspace() as workspace:
        told: Any = workspace.read(training_lists.figures, date(year, 1, 1), date(year, 12, 31))
    if as_json:
        print_json(vars(told))
        return
    labels = {
        "registered": N_("Registered"),
        "trained": N_("Trained"),
        "dropped": N_("Dropped out"),
        "certified": N_("With a certificate"),
        "asked_after_six": N_("Asked six months later"),
        "in_work_after_six": N_("At work six months later"),
        "women": N_("Women among those trained"),
    }
    for name, value in vars(told).items():
        click.echo(f"{_(labels[name])}  {value}")


def _course(workspace: "Workspace", code: str) -> "UUID":
    from casemgr.services import courses

    return workspace.read(courses.by_code, code)
