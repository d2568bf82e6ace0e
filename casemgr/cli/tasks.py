"""`casemgr tasks`: what is due, written down and done, as a calendar file, and handed over to another officer."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, print_json
from casemgr.cli.help import Command, Group
from casemgr.cli.loan_names import DAY, JSON
from casemgr.cli.outputs import OutputFile
from casemgr.domain.agenda import URGENCY_LABELS
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _, format_date, ngettext

if TYPE_CHECKING:
    from casemgr.services.agenda import AgendaRow
    from casemgr.workspace import Workspace

_NOTE = click.option("--note", default="", help=N_("What came of it, or why it is not needed."))


@click.group("tasks", cls=Group, help=N_("What is due: tasks and every record with a due date."))
def command() -> None:
    """`casemgr tasks`."""


@command.command("due", cls=Command, help=N_("What is due, overdue and waiting, the most urgent first."))
@click.option(
    "--as-of", "as_of", type=DAY, metavar="DATE", help=N_("Due until this day; a week from today if not given.")
)
@click.option("--officer", default="", metavar="LOGIN", help=N_("Only what this officer keeps, and what nobody keeps."))
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help=N_("Only this kind, e.g. task or livelihood."))
@JSON
@pass_session
def due(session: Session, as_of: datetime | None, officer: str, kinds: tuple[str, ...], as_json: bool) -> None:
    """`casemgr tasks due`."""
    from casemgr.services import agenda
    from casemgr.services.agenda import AgendaQuery

    with session.workspace() as workspace:
        until = as_of.date() if as_of else None
        query = AgendaQuery(until=until, kinds=kinds, officer_id=_officer(workspace, officer))
        rows = workspace.read(agenda.due, query)
    if as_json:
        print_json([_plain(row) for row in rows])
        return
    for row in rows:
        who = " ".join(filter(None, (row.code, row.person or row.head)))
        click.echo("  ".join((format_date(row.due_on), _(URGENCY_LABELS[row.urgency]), row.title, who)))
    told = ngettext("{count} thing to do", "{count} things to do", len(rows))
    click.echo(told.format(count=len(rows)), err=True)


@command.command("add", cls=Command, help=N_("Write down something to do."))
@click.argument("title")
@click.option("--due", "due_on", type=DAY, required=True, metavar="DATE", help=N_("By which day."))
@click.option("--household", "code", default="", metavar="CODE", help=N_("The household it is for."))
@click.option("--remind", type=DAY, metavar="DATE", help=N_("Do not show it before this day."))
@JSON
@pass_session
def add(session: Session, title: str, due_on: datetime, code: str, remind: datetime | None, as_json: bool) -> None:
    """`casemgr tasks add`."""
    from casemgr.services import households, tasks
    from casemgr.services.tasks import TaskData

    with session.workspace() as workspace:
        home = workspace.read(households.by_code, code) if code else None
        data = TaskData(title, due_on.date(), household_id=home, remind_on=remind.date() if remind else None)
        made = workspace.write(tasks.open_by_hand, data)
    if as_json:
        print_json({"id": str(made)})
        return
    click.echo(_("Task opened: {title}, due {date}.").format(title=title, date=format_date(due_on.date())))


@command.command("done", cls=Command, help=N_("A task was done."))
@click.argument("task", metavar="ID")
@_NOTE
@pass_session
def done(session: Session, task: str, note: str) -> None:
    """`casemgr tasks done`."""
    from casemgr.services import tasks

    with session.workspace() as workspace:
        workspace.write(tasks.done, _task(task), note=note)
    click.echo(_("The task is done."))


@command.command("drop", cls=Command, help=N_("A task is not needed, with the reason."))
@click.argument("task", metavar="ID")
@_NOTE
@pass_session
def drop(session: Session, task: str, note: str) -> None:
    """`casemgr tasks drop`."""
    from casemgr.services import tasks

    with session.workspace() as workspace:
        workspace.write(tasks.drop, _task(task), note=note)
    click.echo(_("The task was dropped."))


@command.command("export-ics", cls=Command, help=N_("Write what is due as a calendar file (.ics)."))
@click.option("--out", type=OutputFile(), required=True, metavar="PATH", help=N_("The file to write."))
@click.option(
    "--as-of", "as_of", type=DAY, metavar="DATE", help=N_("Due until this day; a week from today if not given.")
)
@click.option("--officer", default="", metavar="LOGIN", help=N_("Only what this officer keeps, and what nobody keeps."))
@click.option("--names", is_flag=True, help=N_("With the names of people; without it only codes of households."))
@pass_session
def export_ics(session: Session, out: Path, as_of: datetime | None, officer: str, names: bool) -> None:
    """`casemgr tasks export-ics`."""
    from casemgr.exchange import agenda_calendar
    from casemgr.services import agenda
    from casemgr.services.agenda import AgendaQuery

    with session.workspace() as workspace:
        query = AgendaQuery(until=as_of.date() if as_of else None, officer_id=_officer(workspace, officer))
        rows = workspace.read(agenda.due, query)
        agenda_calendar.write(out, rows, workspace.now, names=names)
    told = ngettext("{count} entry written to {file}", "{count} entries written to {file}", len(rows))
    click.echo(told.format(count=len(rows), file=out))


@command.command("hand-over", cls=Command, help=N_("Give everything an officer has open to another officer."))
@click.option("--from", "from_login", required=True, metavar="LOGIN", help=N_("Whose work it is."))
@click.option("--to", "to_login", required=True, metavar="LOGIN", help=N_("Who takes it over."))
@JSON
@pass_session
def hand_over(session: Session, from_login: str, to_login: str, as_json: bool) -> None:
    """`casemgr tasks hand-over`."""
    from casemgr.services import case_files

    with session.workspace() as workspace:
        giver = workspace.read(case_files.officer_by_login, from_login)
        taker = workspace.read(case_files.officer_by_login, to_login)
        moved = workspace.write(case_files.hand_over, giver, taker)
    if as_json:
        print_json(moved)
        return
    total = sum(moved.values())
    click.echo(
        ngettext("{count} piece of work handed over", "{count} pieces of work handed over", total).format(count=total)
    )


def _officer(workspace: "Workspace", login: str) -> UUID | None:
    from casemgr.services import case_files

    if not login:
        return None
    return workspace.read(case_files.officer_by_login, login)


def _task(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("“{id}” is no id of a task (casemgr tasks due --json).").format(id=text)) from None


def _plain(row: "AgendaRow") -> dict[str, object]:
    return {
        "urgency": row.urgency.value,
        "due": row.due_on.isoformat(),
        "kind": row.kind,
        "title": row.title,
        "household": row.code,
        "head": row.head,
        "person": row.person,
        "officer": row.officer,
        "opens": row.subject_kind,
        "id": str(row.record_id),
    }
