"""`casemgr review`, between survey and decision: meetings and votes, postings, objections, the superior's opinion."""

from datetime import datetime
from typing import Any
from uuid import UUID

import click

from casemgr.cli import Session, pass_session, review_decide
from casemgr.cli.help import Command, Group
from casemgr.cli.review_names import (
    DAY,
    as_json_option,
    case_of,
    day_of,
    day_option,
    hamlet_of,
    print_result,
    review_of,
    review_option,
    today,
)
from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.reviews import OBJECTION_LABELS, MeetingData
from casemgr.i18n import N_, _, format_date, ngettext, pgettext
from casemgr.services import meetings, opinions, postings
from casemgr.services.meetings import MeetingView, VoteRow


def attach(review: click.Group) -> None:
    """Put these commands into `casemgr review`."""
    for one in (meeting, vote, post, take_down, objection, opinion, *review_decide.COMMANDS):
        review.add_command(one)


@click.group("meeting", cls=Group, help=N_("Residents' meetings of hamlets."))
def meeting() -> None:
    """`casemgr review meeting`."""


@meeting.command("open", help=N_("Record a meeting of a hamlet."))
@click.argument("hamlet")
@review_option
@day_option("--date", N_("Day of the meeting (dd/mm/yyyy); today if not given."))
@click.option("--present", type=int, required=True, help=N_("People attending."))
@click.option("--place", default="", help=N_("Where."))
@click.option("--chair", default="", help=N_("Who chairs."))
@click.option("--secretary", default="", help=N_("Who writes the minutes."))
@as_json_option
@pass_session
def open_meeting(
    session: Session,
    hamlet: str,
    campaign: str,
    on: datetime | None,
    present: int,
    place: str,
    chair: str,
    secretary: str,
    as_json: bool,
) -> None:
    """`casemgr review meeting open`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        data = MeetingData(
            workspace.read(hamlet_of, hamlet),
            day_of(on) or workspace.read(today),
            place=place,
            chair=chair,
            secretary=secretary,
            present=present,
        )
        made = workspace.write(meetings.open_meeting, review, data)
        view = workspace.read(meetings.view, made)
    print_result(_plain_meeting(view), _meeting_line(view), as_json)


@meeting.command("list", help=N_("The meetings of a review with their votes."))
@review_option
@as_json_option
@pass_session
def list_meetings(session: Session, campaign: str, as_json: bool) -> None:
    """`casemgr review meeting list`."""
    with session.workspace() as workspace:
        views = workspace.read(meetings.meetings, workspace.read(review_of, campaign))
    print_result([_plain_meeting(view) for view in views], "\n".join(map(_meeting_line, views)), as_json)


@meeting.command("votes", help=N_("The households of a meeting with the vote on each."))
@click.argument("meeting_id", type=click.UUID, metavar="MEETING")
@as_json_option
@pass_session
def list_votes(session: Session, meeting_id: UUID, as_json: bool) -> None:
    """`casemgr review meeting votes`."""
    with session.workspace() as workspace:
        rows = workspace.read(meetings.vote_list, meeting_id)
    print_result([_plain_vote(row) for row in rows], "\n".join(map(_vote_line, rows)), as_json)


@meeting.command("close", help=N_("End a meeting: agreed households go on, the others are surveyed again."))
@click.argument("meeting_id", type=click.UUID, metavar="MEETING")
@as_json_option
@pass_session
def close_meeting(session: Session, meeting_id: UUID, as_json: bool) -> None:
    """`casemgr review meeting close`."""
    with session.workspace() as workspace:
        outcome = workspace.write(meetings.close_meeting, meeting_id)
    counts = {
        "accepted": len(outcome.accepted),
        "sent_back": len(outcome.sent_back),
        "waiting": len(outcome.waiting),
    }
    text = _("{accepted} agreed, {sent_back} surveyed again, {waiting} not voted on.").format(**counts)
    print_result(counts, text, as_json)


@click.command(
    "vote", cls=Command, help=N_("Record how many of those present agree with the results of the households CODE...")
)
@click.argument("meeting_id", type=click.UUID, metavar="MEETING")
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--agreed", type=int, required=True, help=N_("People who agree."))
@click.option("--present", type=int, help=N_("People attending, where it differs from the meeting's."))
@pass_session
def vote(session: Session, meeting_id: UUID, codes: tuple[str, ...], agreed: int, present: int | None) -> None:
    """`casemgr review vote`."""
    with session.workspace() as workspace:
        review = workspace.read(meetings.view, meeting_id).campaign_id
        cases = [workspace.read(case_of, review, code) for code in codes]
        workspace.write(meetings.vote_many, meeting_id, cases, agreed=agreed, present=present)


@click.command(
    "post", cls=Command, help=N_("Post the results of a hamlet, or of the whole commune, for the days of the standard.")
)
@click.argument("hamlet", required=False)
@review_option
@day_option("--date", N_("First day (dd/mm/yyyy); today if not given."))
@click.option("--until", type=DAY, metavar="DATE", help=N_("Last day, where it hangs longer than it must."))
@click.option("--places", required=True, help=N_("Where it hangs."))
@click.option("--again", is_flag=True, help=N_("Post the re-checked households again."))
@as_json_option
@pass_session
def post(
    session: Session,
    hamlet: str | None,
    campaign: str,
    on: datetime | None,
    until: datetime | None,
    places: str,
    again: bool,
    as_json: bool,
) -> None:
    """`casemgr review post`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        where = workspace.read(hamlet_of, hamlet) if hamlet else None
        day = day_of(on) or workspace.read(today)
        made = workspace.write(postings.post, review, where, day, places, again=again, until_on=day_of(until))
    if made.warning:
        click.echo(made.warning, err=True)
    text = ngettext(
        "{count} household is posted until {date}.", "{count} households are posted until {date}.", len(made.cases)
    ).format(count=len(made.cases), date=format_date(made.until_on))
    plain = {"id": str(made.id), "until": made.until_on.isoformat(), "households": len(made.cases)}
    print_result(plain | {"warning": made.warning}, text, as_json)


@click.command("take-down", cls=Command, help=N_("Take a posted list down once its days are over."))
@click.argument("posting_id", type=click.UUID, metavar="POSTING")
@day_option("--date", N_("Day it was taken down (dd/mm/yyyy); today if not given."))
@pass_session
def take_down(session: Session, posting_id: UUID, on: datetime | None) -> None:
    """`casemgr review take-down`."""
    with session.workspace() as workspace:
        workspace.write(postings.take_down, posting_id, on=day_of(on) or workspace.read(today))


@click.group("objection", cls=Group, help=N_("Objections to posted results and their re-check."))
def objection() -> None:
    """`casemgr review objection`."""


@objection.command("lodge", help=N_("Record an objection to the posted result of the household CODE."))
@click.argument("code")
@review_option
@day_option("--date", N_("Day it came in (dd/mm/yyyy); today if not given."))
@click.option("--by", "by_name", required=True, help=N_("Who objects."))
@click.option("--content", required=True, help=N_("What it is about."))
@as_json_option
@pass_session
def lodge(
    session: Session, code: str, campaign: str, on: datetime | None, by_name: str, content: str, as_json: bool
) -> None:
    """`casemgr review objection lodge`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        case = workspace.read(case_of, review, code)
        day = day_of(on) or workspace.read(today)
        made = workspace.write(postings.lodge_objection, case, received_on=day, by_name=by_name, content=content)
        view = next(one for one in workspace.read(postings.objections, review) if one.id == made)
    text = _("The re-check is due on {date}.").format(date=format_date(view.due_on))
    print_result({"id": str(made), "due": view.due_on.isoformat()}, text, as_json)


@objection.command("settle", help=N_("End a re-check."))
@click.argument("objection_id", type=click.UUID, metavar="OBJECTION")
@click.option("--upheld/--dismissed", required=True, help=N_("Whether the household is surveyed again."))
@click.option("--finding", required=True, help=N_("What the re-check found."))
@day_option("--date", N_("Day it ended (dd/mm/yyyy); today if not given."))
@pass_session
def settle(session: Session, objection_id: UUID, upheld: bool, finding: str, on: datetime | None) -> None:
    """`casemgr review objection settle`."""
    with session.workspace() as workspace:
        day = day_of(on) or workspace.read(today)
        workspace.write(postings.settle_objection, objection_id, on=day, upheld=upheld, finding=finding)


@objection.command("list", help=N_("The objections of a review, those due first at the top."))
@review_option
@as_json_option
@pass_session
def list_objections(session: Session, campaign: str, as_json: bool) -> None:
    """`casemgr review objection list`."""
    with session.workspace() as workspace:
        views = workspace.read(postings.objections, workspace.read(review_of, campaign))
    plain = [
        {
            "id": str(view.id),
            "code": view.code,
            "received": view.received_on.isoformat(),
            "due": view.due_on.isoformat(),
            "outcome": view.outcome.value,
        }
        for view in views
    ]
    lines = ["  ".join((view.code, format_date(view.due_on), _(OBJECTION_LABELS[view.outcome]))) for view in views]
    print_result(plain, "\n".join(lines), as_json)


@click.group("opinion", cls=Group, help=N_("The superior's opinion on the results."))
def opinion() -> None:
    """`casemgr review opinion`."""


@opinion.command("send", help=N_("Report the posted results to the superior."))
@review_option
@day_option("--date", N_("Day of the report (dd/mm/yyyy); today if not given."))
@click.option("--number", required=True, help=N_("Number of the report."))
@as_json_option
@pass_session
def send(session: Session, campaign: str, on: datetime | None, number: str, as_json: bool) -> None:
    """`casemgr review opinion send`."""
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        day = day_of(on) or workspace.read(today)
        made = workspace.write(opinions.send_for_opinion, review, sent_on=day, number=number)
        view = next(one for one in workspace.read(opinions.opinions, review) if one.id == made)
    text = _("{authority} answers by {date}.").format(authority=view.authority, date=format_date(view.due_on))
    plain = {"id": str(made), "due": view.due_on.isoformat(), "households": view.households}
    print_result(plain, text, as_json)


@opinion.command("answer", help=N_("Record the superior's answer."))
@click.argument("opinion_id", type=click.UUID, metavar="OPINION")
@click.option("--agreed/--not-agreed", required=True, help=N_("Whether the superior agrees."))
@click.option("--number", required=True, help=N_("Number of the answer."))
@click.option("--content", default="", help=N_("What it says."))
@day_option("--date", N_("Day of the answer (dd/mm/yyyy); today if not given."))
@pass_session
def answer(session: Session, opinion_id: UUID, agreed: bool, number: str, content: str, on: datetime | None) -> None:
    """`casemgr review opinion answer`."""
    with session.workspace() as workspace:
        workspace.write(
            opinions.record_opinion,
            opinion_id,
            answered_on=day_of(on) or workspace.read(today),
            answer_number=number,
            agreed=agreed,
            content=content,
        )


def _meeting_line(view: MeetingView) -> str:
    votes = _("{accepted} of {voted} households agreed").format(accepted=view.accepted, voted=view.voted)
    state = pgettext("meeting", "ended") if view.closed else pgettext("meeting", "running")
    return "  ".join((str(view.id), view.hamlet, format_date(view.data.held_on), votes, state))


def _plain_meeting(view: MeetingView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "hamlet": view.hamlet,
        "date": view.data.held_on.isoformat(),
        "present": view.data.present,
        "percent": view.percent,
        "voted": view.voted,
        "accepted": view.accepted,
        "closed": view.closed,
    }


def _vote_line(row: VoteRow) -> str:
    counted = f"{row.vote.agreed}/{row.vote.present}" if row.vote else "-"
    proposed = _(CLASS_SHORT_LABELS[row.proposed]) if row.proposed else ""
    return "  ".join((row.code, row.head, _(CLASS_SHORT_LABELS[row.opening]), proposed, counted))


def _plain_vote(row: VoteRow) -> dict[str, Any]:
    return {
        "code": row.code,
        "head": row.head,
        "opening": row.opening.value,
        "proposed": row.proposed.value if row.proposed else None,
        "reason": row.reason,
        "agreed": row.vote.agreed if row.vote else None,
        "present": row.vote.present if row.vote else None,
        "accepted": row.vote.accepted if row.vote else None,
    }
