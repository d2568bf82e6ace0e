"""Residents' meetings of hamlets (QĐ 24/2021 Đ.4 k.3): who was there, the vote on each household, and what follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.households import HouseholdClass, household_code
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CaseState, MeetingData
from casemgr.domain.text import clean
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import _, format_date, ngettext
from casemgr.persistence.models import Campaign, Hamlet, Household, Meeting, MeetingVote, ReviewCase, Survey
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_steps, review_rules, surveys
from casemgr.services.offices import hamlet_names

SHARE = "agreement_percent"
"""Figure of the pack: at least this share of all people attending agrees, or the household is surveyed again."""


@dataclass(frozen=True)
class VoteView:
    """The vote of one meeting on one household."""

    agreed: int
    present: int
    accepted: bool
    note: str
    proposed: HouseholdClass | None = None
    """The class that was put to this vote, whatever a later survey gave."""

    @property
    def percent(self) -> float:
        """Share of those attending, for reading only: whether it is enough is decided on whole numbers."""
        return self.agreed / self.present * 100


@dataclass(frozen=True)
class VoteRow:
    """One household of the meeting, as the projector shows it."""

    case_id: UUID
    household_id: UUID
    code: str
    head: str
    people: int
    opening: HouseholdClass
    proposed: HouseholdClass | None
    """What is put to the vote while the meeting is open; once it has ended, what it voted on."""
    reason: str
    """Why the proposed class, in the words of the standard; empty where a later survey replaced the sheet."""
    vote: VoteView | None
    earlier: tuple[VoteView, ...]
    """Votes of earlier meetings, oldest first."""


@dataclass(frozen=True)
class MeetingView:
    """A meeting with what lists and minutes need."""

    id: UUID
    version: int
    campaign_id: UUID
    hamlet: str
    data: MeetingData
    closed: bool
    percent: int
    """The share that is needed."""
    voted: int
    accepted: int


@dataclass(frozen=True)
class MeetingOutcome:
    """What the meeting led to when it ended."""

    accepted: tuple[UUID, ...]
    """Cases."""
    sent_back: tuple[UUID, ...]
    waiting: tuple[UUID, ...]
    """Checked households of the hamlet nobody voted on: for the next meeting."""


def open_meeting(uow: UnitOfWork, campaign_id: UUID, data: MeetingData) -> UUID:
    """Record a meeting of a hamlet; the hamlet may have several and all stay."""
    uow.require(Permission.EDIT)
    campaign = review_rules.running(uow, campaign_id)
    if CaseState.VOTED not in review_rules.steps(review_rules.pack_of(uow, campaign), campaign):
        message = _("“{review}” has no residents' meeting: its results are posted as they are checked.")
        raise ValidationError([Problem("", message.format(review=campaign.title))])
    record = Meeting(campaign_id=campaign_id, closed=False, **_checked(uow, campaign, data))
    uow.add(record)
    uow.name_step("meeting.open", record)
    return record.id


def correct(uow: UnitOfWork, meeting_id: UUID, version: int, data: MeetingData) -> None:
    """Correct place, names, attendance or discussion; an ended meeting keeps day, hamlet and attendance."""
    uow.require(Permission.EDIT)
    record = uow.record(Meeting, meeting_id, version)
    campaign = review_rules.running(uow, record.campaign_id)
    values = _checked(uow, campaign, data)
    fixed = [name for name in ("held_on", "hamlet_id", "present") if values[name] != getattr(record, name)]
    votes = uow.session.scalars(select(MeetingVote).where(MeetingVote.meeting_id == meeting_id)).all()
    if fixed and record.closed:
        message = _("The meeting has ended: its day, hamlet and attendance stay as they were voted with.")
        raise ValidationError([Problem(name, message) for name in fixed])
    if votes and "hamlet_id" in fixed:
        raise ValidationError([Problem("hamlet_id", _("Votes are recorded already: the hamlet stays."))])
    if "held_on" in fixed:
        voted = [uow.record(ReviewCase, entry.case_id) for entry in votes]
        late = [_too_late(uow, case, data.held_on) for case in voted if case.state == CaseState.CHECKED]
        if any(late):
            raise ValidationError([Problem("held_on", words) for words in late if words])
    most = max((vote.agreed for vote in votes), default=0)
    if data.present < most:
        message = _("{count} people agreed in one vote: fewer cannot have been there.").format(count=most)
        raise ValidationError([Problem("present", message)])
    for name, value in values.items():
        setattr(record, name, value)
    uow.name_step("meeting.open", record)


def meetings(uow: UnitOfWork, campaign_id: UUID, hamlet_id: UUID | None = None) -> list[MeetingView]:
    """The meetings of a review, oldest first."""
    uow.require(Permission.READ)
    statement = select(Meeting).where(Meeting.campaign_id == campaign_id).order_by(Meeting.held_on, Meeting.id)
    if hamlet_id is not None:
        statement = statement.where(Meeting.hamlet_id == hamlet_id)
    names = hamlet_names(uow)
    return [_view(uow, record, names) for record in uow.session.scalars(statement)]


def view(uow: UnitOfWork, meeting_id: UUID) -> MeetingView:
    """One meeting."""
    uow.require(Permission.READ)
    return _view(uow, uow.record(Meeting, meeting_id), hamlet_names(uow))


def vote_list(uow: UnitOfWork, meeting_id: UUID) -> list[VoteRow]:
    """The households the meeting votes on: checked ones of the hamlet, and those it has voted on."""
    uow.require(Permission.READ)
    meeting = uow.record(Meeting, meeting_id)
    voted = select(MeetingVote.case_id).where(MeetingVote.meeting_id == meeting_id)
    open_cases = (ReviewCase.hamlet_id == meeting.hamlet_id) & (ReviewCase.state == CaseState.CHECKED.value)
    statement = (
        select(ReviewCase, Household.number)
        .join(Household, Household.id == ReviewCase.household_id)
        .where(ReviewCase.campaign_id == meeting.campaign_id, Household.ended_on.is_(None))
        .where(ReviewCase.id.in_(voted) | (open_cases if not meeting.closed else False))
        .order_by(ReviewCase.head_sort, ReviewCase.id)
    )
    found = uow.session.execute(statement).all()
    percent = _percent(uow, meeting)
    votes = _votes(uow, [case.id for case, _number in found], percent)
    reasons = surveys.reasons(uow, [case.id for case, _number in found])
    return [_row(case, number, votes.get(case.id, {}), meeting, reasons.get(case.id, "")) for case, number in found]


def vote(
    uow: UnitOfWork, meeting_id: UUID, case_id: UUID, *, agreed: int, present: int | None = None, note: str = ""
) -> bool:
    """Record how many of those present agree with the result; the same household may be counted again until the end."""
    uow.require(Permission.EDIT)
    _vote(uow, _open(uow, meeting_id), case_id, agreed, present, note)
    uow.name_step("meeting.vote", table=Meeting.__tablename__, subject=meeting_id)
    share = _percent(uow, uow.record(Meeting, meeting_id))
    counted = present if present is not None else uow.record(Meeting, meeting_id).present
    return agreed * 100 >= share * counted


def vote_many(
    uow: UnitOfWork, meeting_id: UUID, case_ids: Sequence[UUID], *, agreed: int, present: int | None = None
) -> None:
    """The same vote on many households at once, when they were voted on together."""
    uow.require(Permission.EDIT)
    meeting = _open(uow, meeting_id)
    for case_id in case_ids:
        _vote(uow, meeting, case_id, agreed, present, "")
    uow.name_step("meeting.vote", table=Meeting.__tablename__, subject=meeting_id)


def close_meeting(uow: UnitOfWork, meeting_id: UUID) -> MeetingOutcome:
    """End the meeting: who has the share goes on, who has not is surveyed again; the first survey stays on record."""
    uow.require(Permission.EDIT)
    meeting = _open(uow, meeting_id)
    if meeting.held_on > uow.today:
        message = _("The meeting is set for {date}; it can be ended once it was held.")
        raise ValidationError([Problem("held_on", message.format(date=format_date(meeting.held_on)))])
    share = _percent(uow, meeting)
    rows = uow.session.execute(
        select(MeetingVote, ReviewCase)
        .join(ReviewCase, ReviewCase.id == MeetingVote.case_id)
        .where(MeetingVote.meeting_id == meeting_id, ReviewCase.state == CaseState.CHECKED.value)
        .order_by(ReviewCase.head_sort, ReviewCase.id)
    ).all()
    if not rows:
        raise ValidationError([Problem("", _("No vote is recorded: vote on the households first."))])
    changed = [case.head_name for entry, case in rows if entry.proposed_class != case.result_class]
    if changed:
        message = _("The result of {names} changed after the vote: vote again before the meeting is ended.")
        raise ValidationError([Problem("case", message.format(names=", ".join(changed)))])
    uow.name_step("meeting.close", meeting)
    accepted = [case for entry, case in rows if entry.agreed * 100 >= share * entry.present]
    back = [(entry, case) for entry, case in rows if entry.agreed * 100 < share * entry.present]
    for case in accepted:
        case.meeting_id = meeting_id
    meeting.closed = True
    minutes = _("Meeting of {date}").format(date=format_date(meeting.held_on))
    if accepted:
        on = max(meeting.held_on, *(case.state_on for case in accepted))
        campaign_steps.advance(uow, [case.id for case in accepted], CaseState.VOTED, on=on, document=minutes)
    for entry, case in back:
        reason = _("The meeting of {date} did not agree: {agreed} of {present} people, {share} % are needed.").format(
            date=format_date(meeting.held_on), agreed=entry.agreed, present=entry.present, share=share
        )
        campaign_steps.send_back(uow, [case.id], reason, on=max(meeting.held_on, case.state_on))
    waiting = uow.session.scalars(
        select(ReviewCase.id).where(
            ReviewCase.campaign_id == meeting.campaign_id,
            ReviewCase.hamlet_id == meeting.hamlet_id,
            ReviewCase.state == CaseState.CHECKED.value,
        )
    ).all()
    return MeetingOutcome(tuple(case.id for case in accepted), tuple(case.id for _entry, case in back), tuple(waiting))


def _open(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    meeting = uow.record(Meeting, meeting_id)
    review_rules.running(uow, meeting.campaign_id)
    if meeting.closed:
        raise ConflictError(_("The meeting has ended; hold another one to vote again."))
    return meeting


def _vote(uow: UnitOfWork, meeting: Meeting, case_id: UUID, agreed: int, present: int | None, note: str) -> None:
    case = uow.record(ReviewCase, case_id)
    counted = meeting.present if present is None else present
    problems = []
    if case.campaign_id != meeting.campaign_id or case.hamlet_id != meeting.hamlet_id:
        problems.append(Problem("case", _("{name} does not belong to this meeting.").format(name=case.head_name)))
    elif case.state != CaseState.CHECKED or case.result_class is None:
        message = _("{name} is not checked: only checked results are put to the vote.")
        problems.append(Problem("case", message.format(name=case.head_name)))
    elif late := _too_late(uow, case, meeting.held_on):
        problems.append(Problem("case", late))
    if counted <= 0:
        problems.append(Problem("present", _("Enter how many people are attending; it is more than none.")))
    elif not 0 <= agreed <= counted:
        problems.append(
            Problem(
                "agreed",
                ngettext(
                    "{agreed} cannot agree: {count} person is attending.",
                    "{agreed} cannot agree: {count} people are attending.",
                    counted,
                ).format(agreed=agreed, count=counted),
            )
        )
    if problems:
        raise ValidationError(problems)
    record = uow.session.scalars(
        select(MeetingVote).where(MeetingVote.meeting_id == meeting.id, MeetingVote.case_id == case_id)
    ).first()
    if record is None:
        record = MeetingVote(meeting_id=meeting.id, case_id=case_id)
        uow.add(record)
    record.agreed, record.present, record.note = agreed, counted, clean(note)
    record.proposed_class = case.result_class or ""


def _too_late(uow: UnitOfWork, case: ReviewCase, held_on: date) -> str:
    """Why a meeting of that day cannot have voted on the sheet; nothing when it can.

    The day of the survey counts, not that of keying and checking: sheets are often keyed after the meeting.
    """
    sheet = uow.session.get(Survey, case.survey_id) if case.survey_id else None
    if sheet is None or sheet.surveyed_on <= held_on:
        return ""
    message = _("{name} was surveyed on {date}, after this meeting of {held}: vote at the next meeting.")
    return message.format(name=case.head_name, date=format_date(sheet.surveyed_on), held=format_date(held_on))


def _checked(uow: UnitOfWork, campaign: Campaign, data: MeetingData) -> dict[str, Any]:
    problems = []
    if uow.session.get(Hamlet, data.hamlet_id) is None:
        problems.append(Problem("hamlet_id", _("Choose the hamlet that meets.")))
    if data.held_on < campaign.opened_on:
        message = _("The review opened on {date}; the meeting cannot lie before.")
        problems.append(Problem("held_on", message.format(date=format_date(campaign.opened_on))))
    if data.present < 0:
        problems.append(Problem("present", _("Enter how many people are attending; it is more than none.")))
    if problems:
        raise ValidationError(problems)
    texts = ("place", "chair", "secretary", "representative")
    return {name: clean(getattr(data, name)) for name in texts} | {
        "hamlet_id": data.hamlet_id,
        "held_on": data.held_on,
        "present": data.present,
        "front_invited": data.front_invited,
        "discussion": data.discussion.strip(),
    }


def _percent(uow: UnitOfWork, meeting: Meeting) -> int:
    campaign = uow.record(Campaign, meeting.campaign_id)
    return review_rules.pack_of(uow, campaign).figures[SHARE].value


def _view(uow: UnitOfWork, record: Meeting, names: dict[UUID, str]) -> MeetingView:
    percent = _percent(uow, record)
    counts = uow.session.execute(
        select(
            func.count(MeetingVote.id),
            func.count(MeetingVote.id).filter(MeetingVote.agreed * 100 >= percent * MeetingVote.present),
        ).where(MeetingVote.meeting_id == record.id)
    ).one()
    return MeetingView(
        id=record.id,
        version=record.version,
        campaign_id=record.campaign_id,
        hamlet=names.get(record.hamlet_id, ""),
        data=MeetingData(
            hamlet_id=record.hamlet_id,
            held_on=record.held_on,
            place=record.place,
            chair=record.chair,
            secretary=record.secretary,
            representative=record.representative,
            present=record.present,
            front_invited=record.front_invited,
            discussion=record.discussion,
        ),
        closed=record.closed,
        percent=percent,
        voted=counts[0],
        accepted=counts[1],
    )


def _votes(uow: UnitOfWork, case_ids: Sequence[UUID], percent: int) -> dict[UUID, dict[UUID, VoteView]]:
    """By case and meeting, oldest meeting first."""
    found: dict[UUID, dict[UUID, VoteView]] = {}
    for part in _parts(case_ids):
        entries = uow.session.scalars(
            select(MeetingVote)
            .join(Meeting, Meeting.id == MeetingVote.meeting_id)
            .where(MeetingVote.case_id.in_(part))
            .order_by(Meeting.held_on, Meeting.id)
        )
        for entry in entries:
            accepted = entry.agreed * 100 >= percent * entry.present
            proposed = HouseholdClass(entry.proposed_class) if entry.proposed_class else None
            made = VoteView(entry.agreed, entry.present, accepted, entry.note, proposed)
            found.setdefault(entry.case_id, {})[entry.meeting_id] = made
    return found


def _row(case: ReviewCase, number: int, votes: dict[UUID, VoteView], meeting: Meeting, reason: str) -> VoteRow:
    vote = votes.get(meeting.id)
    result = HouseholdClass(case.result_class) if case.result_class else None
    proposed = vote.proposed if vote is not None and (meeting.closed or result is None) else result
    return VoteRow(
        case_id=case.id,
        household_id=case.household_id,
        code=household_code(number),
        head=case.head_name,
        people=case.people,
        opening=HouseholdClass(case.opening_class),
        proposed=proposed,
        reason=reason if proposed is result else "",
        vote=vote,
        earlier=tuple(made for held, made in votes.items() if held != meeting.id),
    )


def _parts(ids: Sequence[UUID]) -> Iterable[Sequence[UUID]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))
