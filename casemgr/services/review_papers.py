"""Drafts of the papers of a review: decision with its lists, notice of posting, minutes, report to the superior."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import paper_templates as keys
from casemgr.domain.dates import official_date
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import in_sentence
from casemgr.domain.papers import (
    CLASS_ON_PAPER,
    LISTS,
    MOVEMENT_ON_PAPER,
    ROMAN,
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
    counted,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CampaignKind, CaseState, Movement, PaperKind, recognised
from casemgr.domain.text import word_sort_key
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.persistence.models import Campaign, Decision, HouseholdIndex, Person, Posting, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import holidays, meetings, offices, postings
from casemgr.services.offices import hamlet_names
from casemgr.services.paper_words import PaperDraft, campaign_values, letterhead, sheet, signing

_RESULT = "result"


@dataclass(frozen=True)
class _Line:
    """A household of the review as papers list it."""

    case: ReviewCase
    hamlet: str
    birth_year: str

    @property
    def value(self) -> HouseholdClass:
        """The class as it is recognised: who leaves a list has escaped."""
        result = HouseholdClass(self.case.result_class or HouseholdClass.UNREVIEWED)
        return recognised(HouseholdClass(self.case.opening_class), result)


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
    lists = _lists(_lines(uow, ReviewCase.campaign_id == campaign_id, decided=made is not None))
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
        subject_id=campaign.decision_id or campaign_id,
        signatory_id=signatory,
        number=number,
        refusals=tuple(refusals),
        warnings=(*words.warnings, *told),
    )


def _lists(lines: Sequence[_Line]) -> tuple[RecognisedList, ...]:
    found = []
    for value in LISTS:
        rows = tuple(_recognised_row(line) for line in lines if line.value is value)
        if rows:
            found.append(RecognisedList(value, rows))
    return tuple(found)


def _recognised_row(line: _Line) -> RecognisedRow:
    case = line.case
    return RecognisedRow(
        head=case.head_name,
        birth_year=line.birth_year,
        hamlet=line.hamlet,
        people=case.people,
        b1="" if case.b1 is None else str(case.b1),
        b2="" if case.b2 is None else str(case.b2),
        note=MOVEMENT_ON_PAPER.get(Movement(case.movement), "") if case.movement else "",
    )


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
    lines = _lines(uow, ReviewCase.posting_id == posting_id)
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
    ids = postings.ready(uow, campaign_id, hamlet_id, again=again)
    until = postings.last_day(uow, campaign_id, posted_on, again=again)
    lines = [line for line in _lines(uow, ReviewCase.campaign_id == campaign_id) if line.case.id in set(ids)]
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
            category=CLASS_ON_PAPER[recognised(row.opening, row.proposed)] if row.proposed else "",
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
            head=letterhead(words),
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
    lines = _lines(uow, ReviewCase.campaign_id == campaign_id)
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
    counts = Counter(line.value for line in lines)
    return (str(counts.total()), *(str(counts[value]) for value in LISTS[:4]))


def _hamlet(uow: UnitOfWork, hamlet_id: UUID | None) -> str:
    return in_sentence(hamlet_names(uow).get(hamlet_id, "")) if hamlet_id else ""


def _lines(uow: UnitOfWork, condition: object, *, decided: bool = False) -> list[_Line]:
    """Households with a result, by hamlet and then by name; after the decision only those it recognised."""
    names = hamlet_names(uow)
    statement = (
        select(ReviewCase, Person.birth)
        .outerjoin(HouseholdIndex, HouseholdIndex.household_id == ReviewCase.household_id)
        .outerjoin(Person, Person.id == HouseholdIndex.head_id)
        .where(condition, ReviewCase.state != CaseState.REMOVED.value, ReviewCase.result_class.is_not(None))  # type: ignore[arg-type]  # a condition of SQLAlchemy
        .order_by(ReviewCase.head_sort, ReviewCase.id)
    )
    if decided:
        statement = statement.where(ReviewCase.state == CaseState.DECIDED.value)
    found = [
        _Line(case, names.get(case.hamlet_id, "") if case.hamlet_id else "", (birth or "")[:4])
        for case, birth in uow.session.execute(statement)
    ]
    return sorted(found, key=lambda line: word_sort_key(line.hamlet))
