"""Drafts of the papers of a review: decision with its lists, notice of posting, minutes, report to the superior."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select

from casemgr.domain import paper_templates as keys
from casemgr.domain.dates import official_date
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import in_sentence
from casemgr.domain.on_paper import BECAME_NEAR_POOR, CLASS_ON_PAPER, LISTS, MOVEMENT_ON_PAPER, ROMAN, counted
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import (
    DecisionContent,
    FigureRow,
    MinutesContent,
    PostingContent,
    PostingCount,
    PostingRow,
    RecognisedList,
    RecognisedRow,
    SuperiorContent,
    VoteRow,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, CaseState, Movement, recognised
from casemgr.domain.text import word_sort_key
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, Decision, HouseholdIndex, Person, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import decision_previews, holidays, meetings, offices, postings
from casemgr.services.decision_previews import DecisionRow
from casemgr.services.offices import hamlet_names
from casemgr.services.paper_words import PaperDraft, campaign_values, letterhead, sheet, signing

_RESULT = "result"
_PART = 500


@dataclass(frozen=True)
class _Line:
    """A household with a result as papers list it."""

    case: ReviewCase
    hamlet: str
    opening: HouseholdClass
    value: HouseholdClass
    """The class as it would be recognised: who leaves a list has escaped."""

    @property
    def left_poor(self) -> bool:
        """Whether it leaves the poor list, be it to the near-poor one."""
        return self.opening is HouseholdClass.POOR and self.value is not HouseholdClass.POOR


def decision(
    uow: UnitOfWork, campaign_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[DecisionContent]:
    """Mẫu số 02 for a review; a draft until the review is decided, then with the number it was decided under."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    average = campaign.kind == CampaignKind.AVERAGE
    made = uow.session.get(Decision, campaign.decision_id) if campaign.decision_id else None
    number = made.number if made else None
    on = made.signed_on if made and made.signed_on else on
    lists = _lists(uow, decision_previews.preview(uow, campaign_id, on).lists)
    values = campaign_values(uow, campaign) | _counts(lists)
    key = keys.AVERAGE_DECISION if average else keys.DECISION
    values["date"] = official_date(on)
    words = sheet(uow, key, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    head = letterhead(words)
    refusals = (
        [] if made else [Problem("decision", _("Decide the review first: the paper takes the decision's number."))]
    )
    if not lists:
        refusals.append(Problem("lists", _("No household of this review has a class to recognise.")))
    return PaperDraft(
        kind=PaperKind.AVERAGE_DECISION if average else PaperKind.DECISION,
        content=DecisionContent(words.wording, head, lists, signed),
        title=f"{words.wording.title} - {words.wording.subject}",
        campaign_id=campaign_id,
        subject_id=campaign_id,
        signatory_id=signatory,
        number=number,
        refusals=tuple(refusals),
        warnings=(*words.warnings, *told),
    )


def _lists(uow: UnitOfWork, lists: Mapping[str, Sequence[DecisionRow]]) -> tuple[RecognisedList, ...]:
    births = _births(uow, [row.household_id for rows in lists.values() for row in rows])
    return tuple(
        RecognisedList(value, tuple(_recognised_row(row, value, births) for row in lists[value.value]))
        for value in LISTS
        if lists[value.value]
    )


def _recognised_row(row: DecisionRow, value: HouseholdClass, births: Mapping[UUID, str]) -> RecognisedRow:
    return RecognisedRow(
        head=row.head,
        birth_year=births.get(row.household_id, ""),
        hamlet=row.hamlet,
        people=row.people,
        b1="" if row.b1 is None else str(row.b1),
        b2="" if row.b2 is None else str(row.b2),
        note=_note(row.movement, value),
    )


def _note(movement: Movement, value: HouseholdClass) -> str:
    """Who becomes near-poor stands on two lists; each says the other."""
    if value is HouseholdClass.ESCAPED_POOR:
        return BECAME_NEAR_POOR if movement is Movement.POOR_TO_NEAR_POOR else ""
    return MOVEMENT_ON_PAPER.get(movement, "")


def _births(uow: UnitOfWork, ids: Sequence[UUID]) -> dict[UUID, str]:
    """Year of birth of the heads."""
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), _PART):
        statement = (
            select(HouseholdIndex.household_id, Person.birth)
            .join(Person, Person.id == HouseholdIndex.head_id)
            .where(HouseholdIndex.household_id.in_(ids[start : start + _PART]), Person.birth.is_not(None))
        )
        found |= {household: birth[:4] for household, birth in uow.session.execute(statement) if birth}
    return found


def _counts(lists: Sequence[RecognisedList]) -> dict[str, str]:
    """Households, people and annex of every list, none counted as 00."""
    values: dict[str, str] = {}
    for value in LISTS:
        values |= {value.value: counted(0), f"{value.value}_people": counted(0), f"annex_{value.value}": ""}
    for place, listed in enumerate(lists):
        name = listed.value.value
        values |= {name: counted(len(listed.rows)), f"{name}_people": counted(listed.people)}
        values[f"annex_{name}"] = ROMAN[place] if len(lists) > 1 else ""
    return values


def posting(
    uow: UnitOfWork, posting_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[PostingContent]:
    """The notice of a posting on record, with its list."""
    uow.require(Permission.READ)
    record = uow.record(Posting, posting_id)
    campaign = uow.record(Campaign, record.campaign_id)
    lines = _lines(uow, campaign, ReviewCase.posting_id == posting_id)
    view = _Hanging(
        record.campaign_id, record.hamlet_id, record.posted_on, record.until_on, record.places, record.again
    )
    return _posting(uow, view, lines, on, signatory_id, posting_id)


def posting_preview(
    uow: UnitOfWork,
    campaign_id: UUID,
    hamlet_id: UUID | None,
    posted_on: date,
    places: str = "",
    *,
    again: bool = False,
    signatory_id: UUID | None = None,
) -> PaperDraft[PostingContent]:
    """The notice as it would be, before the posting is recorded: a draft; refused where the hamlet is not ready."""
    ids = set(postings.ready(uow, campaign_id, hamlet_id, again=again))
    until = postings.last_day(uow, campaign_id, posted_on, again=again)
    lines = [line for line in _lines(uow, uow.record(Campaign, campaign_id)) if line.case.id in ids]
    view = _Hanging(campaign_id, hamlet_id, posted_on, until.on, places, again)
    return _posting(uow, view, lines, posted_on, signatory_id, None)


@dataclass(frozen=True)
class _Hanging:
    """A posting, on record or planned."""

    campaign_id: UUID
    hamlet_id: UUID | None
    posted_on: date
    until_on: date
    places: str
    again: bool


def _posting(
    uow: UnitOfWork,
    view: _Hanging,
    lines: Sequence[_Line],
    on: date,
    signatory_id: UUID | None,
    posting_id: UUID | None,
) -> PaperDraft[PostingContent]:
    campaign = uow.record(Campaign, view.campaign_id)
    values = campaign_values(uow, campaign) | {
        "from": official_date(view.posted_on),
        "to": official_date(view.until_on),
        "days": counted(holidays.calendar(uow).between(view.posted_on, view.until_on)),
        "date": official_date(on),
    }
    values["hamlet"] = _hamlet(uow, view.hamlet_id) or in_sentence(offices.office(uow).commune_name)
    words = sheet(uow, keys.POSTING, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    shown = [line for line in lines if line.value in LISTS]
    rows = tuple(
        PostingRow(line.case.head_name, line.hamlet, CLASS_ON_PAPER[line.value], line.case.people) for line in shown
    )
    refusals = [] if rows else [Problem(_RESULT, _("No household of this posting has a result to post."))]
    subject = words.wording.subject_again if view.again else words.wording.subject
    return PaperDraft(
        kind=PaperKind.POSTING,
        content=PostingContent(
            wording=words.wording,
            head=letterhead(words),
            again=view.again,
            counts=_posting_counts(rows),
            rows=rows,
            places=_places(view.places) or words.wording.places,
            signing=signed,
        ),
        title=f"{words.wording.title} - {subject}",
        campaign_id=view.campaign_id,
        subject_id=posting_id,
        signatory_id=signatory,
        refusals=tuple(refusals),
        warnings=(*words.warnings, *told),
    )


def _places(text: str) -> tuple[str, ...]:
    """Places as an officer writes them: one a line, or parted by semicolons."""
    return tuple(part.strip() for line in text.splitlines() for part in line.split(";") if part.strip())


def _posting_counts(rows: Sequence[PostingRow]) -> tuple[PostingCount, ...]:
    found = []
    for value in LISTS:
        mine = [row.people for row in rows if row.category == CLASS_ON_PAPER[value]]
        if mine:
            found.append(PostingCount(CLASS_ON_PAPER[value], len(mine), sum(mine)))
    return tuple(found)


def minutes(
    uow: UnitOfWork, meeting_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[MinutesContent]:
    """The minutes of a meeting; they carry its day whatever day they are printed. Nobody but its people signs them."""
    uow.require(Permission.READ)
    meeting = meetings.view(uow, meeting_id)
    campaign = uow.record(Campaign, meeting.campaign_id)
    data = meeting.data
    votes = tuple(
        VoteRow(
            head=row.head,
            people=row.people,
            category=CLASS_ON_PAPER[_value(campaign, row.opening, row.vote.proposed)] if row.vote.proposed else "",
            present=row.vote.present,
            agreed=row.vote.agreed,
            accepted=row.vote.accepted,
        )
        for row in meetings.vote_list(uow, meeting_id)
        if row.vote
    )
    accepted = sum(vote.accepted for vote in votes)
    values = campaign_values(uow, campaign) | {
        "hamlet": _hamlet(uow, data.hamlet_id),
        "held": official_date(data.held_on),
        "place": data.place or "……………………",
        "chair": data.chair or "……………………",
        "secretary": data.secretary or "……………………",
        "representative": data.representative or "……………………",
        "present": counted(data.present) if data.present else "……",
        "voted": counted(len(votes)),
        "accepted": counted(accepted),
        "returned": counted(len(votes) - accepted),
    }
    words = sheet(uow, keys.MINUTES, data.held_on, values)
    refusals = [] if meeting.closed else [Problem("meeting", _("End the meeting first; then its minutes are final."))]
    return PaperDraft(
        kind=PaperKind.MINUTES,
        content=MinutesContent(
            wording=words.wording,
            head=replace(letterhead(words), place_line=""),
            present=data.present,
            front_invited=data.front_invited,
            votes=votes,
            discussion=tuple(line.strip() for line in data.discussion.splitlines() if line.strip()),
            chair=data.chair,
            secretary=data.secretary,
            representative=data.representative,
        ),
        title=f"{words.wording.title} - {words.wording.subject}",
        campaign_id=meeting.campaign_id,
        subject_id=meeting_id,
        refusals=tuple(refusals),
        warnings=words.warnings,
    )


def superior_report(
    uow: UnitOfWork, campaign_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[SuperiorContent]:
    """The report that asks the superior for an opinion, hamlet by hamlet."""
    uow.require(Permission.READ)
    campaign = uow.record(Campaign, campaign_id)
    lines = _lines(uow, campaign)
    hamlets = list(dict.fromkeys(line.hamlet for line in lines))
    rows = tuple(FigureRow(name, _figures(line for line in lines if line.hamlet == name)) for name in hamlets)
    people = sum(line.case.people for line in lines)
    values = campaign_values(uow, campaign) | {"total": str(len(lines)), "total_people": str(people)}
    words = sheet(uow, keys.SUPERIOR_REPORT, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    head = letterhead(words)
    refusals = [] if rows else [Problem(_RESULT, _("No household of this review has a result yet."))]
    return PaperDraft(
        kind=PaperKind.SUPERIOR_REPORT,
        content=SuperiorContent(words.wording, head, rows, _figures(lines), signed),
        title=f"{words.wording.title} - {words.wording.subject}",
        campaign_id=campaign_id,
        subject_id=campaign_id,
        signatory_id=signatory,
        refusals=tuple(refusals),
        warnings=(*words.warnings, *told),
    )


def _figures(lines: Iterable[_Line]) -> tuple[str, ...]:
    """Households reviewed, then those of each list of the periodic review."""
    known = list(lines)
    counts = Counter(line.value for line in known)
    counts[HouseholdClass.ESCAPED_POOR] = sum(line.left_poor for line in known)
    return (str(len(known)), *(str(counts[value]) for value in LISTS[:4]))


def _hamlet(uow: UnitOfWork, hamlet_id: UUID | None) -> str:
    return in_sentence(hamlet_names(uow).get(hamlet_id, "")) if hamlet_id else ""


def _value(campaign: Campaign, opening: HouseholdClass, result: HouseholdClass) -> HouseholdClass:
    """The class a paper names; only the review for it speaks of the average living standard, and of nothing else."""
    value = recognised(opening, result)
    if campaign.kind == CampaignKind.AVERAGE:
        return HouseholdClass.AVERAGE if result is HouseholdClass.AVERAGE else HouseholdClass.NONE
    return HouseholdClass.NONE if value is HouseholdClass.AVERAGE else value


def _lines(uow: UnitOfWork, campaign: Campaign, *conditions: ColumnElement[bool]) -> list[_Line]:
    """Households of the review with a result, by hamlet and then by name."""
    names = hamlet_names(uow)
    statement = (
        select(ReviewCase)
        .where(ReviewCase.campaign_id == campaign.id, ReviewCase.result_class.is_not(None), *conditions)
        .where(ReviewCase.state != CaseState.REMOVED.value)
        .order_by(ReviewCase.head_sort, ReviewCase.id)
    )
    found = []
    for case in uow.session.scalars(statement):
        opening, result = HouseholdClass(case.opening_class), HouseholdClass(case.result_class or "none")
        hamlet = names.get(case.hamlet_id, "") if case.hamlet_id else ""
        found.append(_Line(case, hamlet, opening, _value(campaign, opening, result)))
    return sorted(found, key=lambda line: word_sort_key(line.hamlet))
