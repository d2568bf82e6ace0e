"""Records of the poverty review: campaigns, households in them, surveys, meetings, postings, judgements, papers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from casemgr.persistence.base import STRICT, Record, Uid, refers_to, unlogged


class Campaign(Record):
    """One review of the commune; steps, days and packs are fixed when it opens."""

    __tablename__ = "campaign"

    kind: Mapped[str]
    year: Mapped[int]
    class_year: Mapped[int]
    title: Mapped[str]
    opened_on: Mapped[date]
    survey_from: Mapped[date]
    survey_to: Mapped[date]
    due_on: Mapped[date]
    opinion_required: Mapped[bool]
    pack: Mapped[str]
    pack_sha256: Mapped[str]
    local_pack: Mapped[str | None]
    local_sha256: Mapped[str | None]
    status: Mapped[str]
    closed_on: Mapped[date | None]
    decision_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("decision.id"))
    note: Mapped[str]


class ReviewCase(Record):
    """A household in a campaign: its state, its result, and the figures reports are counted from.

    The columns from `hamlet_id` to `children_school` are what stood when the survey was keyed, and again when the
    decision was made; later edits of the household do not change a decided review.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        UniqueConstraint("campaign_id", "household_id"),
        Index(None, "campaign_id", "hamlet_id", "state"),
        Index(None, "campaign_id", "hamlet_id", "head_sort", "id", "state"),
        Index(None, "household_id", "decided_on"),
        STRICT,
    )

    campaign_id: Mapped[UUID] = mapped_column(Uid, refers_to("campaign.id"))
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    source: Mapped[str]
    request_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("review_request.id"))
    state: Mapped[str]
    state_on: Mapped[date]
    opening_class: Mapped[str]
    opening_year: Mapped[int | None]
    opening_people: Mapped[int]
    survey_id: Mapped[UUID | None]
    """The survey that counts (a row of `survey`, which points back here); earlier rounds stay on record."""
    result_class: Mapped[str | None]
    local_class: Mapped[str | None]
    movement: Mapped[str | None]
    came_in: Mapped[bool]
    """It brought its class from elsewhere; an officer's mark."""
    meeting_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("meeting.id"))
    posting_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("posting.id"))
    opinion_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("opinion.id"))
    decision_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("decision.id"))
    decided_on: Mapped[date | None]
    removed_reason: Mapped[str]
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    area: Mapped[str | None]
    people: Mapped[int]
    head_name: Mapped[str]
    head_sort: Mapped[bytes] = unlogged()
    head_ethnic: Mapped[str | None]
    head_female: Mapped[bool]
    minority: Mapped[bool]
    local_minority: Mapped[bool]
    no_labour: Mapped[bool]
    merit: Mapped[bool]
    social: Mapped[bool]
    b1: Mapped[int | None]
    b2: Mapped[int | None]
    income: Mapped[int | None]
    deprivations: Mapped[tuple[str, ...]]
    causes: Mapped[tuple[str, ...]]
    children: Mapped[int]
    """Members under 16 on the survey date."""
    children_nutrition: Mapped[int]
    children_insurance: Mapped[int]
    children_school: Mapped[int]
    members: Mapped[str | None] = unlogged(Text)
    """JSON, the members the decision recognised, head first: name, sex, birth, ethnic code, relation and its own words.

    None: no decision put the household on a list; its members are those of the register.
    """


class Survey(Record):
    """One filled-in sheet; a household sent back gets a new round and the old one stays."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("case_id", "round"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("review_case.id"))
    round: Mapped[int]
    surveyed_on: Mapped[date]
    surveyor: Mapped[str]
    income: Mapped[int | None]
    b1: Mapped[int | None]
    b1_answers: Mapped[str]
    """JSON, item code to count."""
    proposals: Mapped[str]
    """JSON, indicator code to {value, why}: what the program proposed when the sheet was keyed."""
    answers: Mapped[str]
    """JSON, indicator code to true or false."""
    override_reasons: Mapped[str]
    """JSON, indicator code to reason."""
    quick_signs: Mapped[tuple[str, ...]]
    causes: Mapped[tuple[str, ...]]
    pack: Mapped[str]
    note: Mapped[str]


class Judgement(Record):
    """The classification a decision rests on: pack, inputs and result, word for word, to be replayed at any time."""

    __tablename__ = "judgement"
    __table_args__ = (UniqueConstraint("case_id", "scope"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("review_case.id"))
    scope: Mapped[str]
    """national or local."""
    pack: Mapped[str]
    pack_sha256: Mapped[str]
    inputs: Mapped[str]
    result: Mapped[str]


class CaseStep(Record):
    """One step of a household through the review: dated, attributed by the journal, with the paper it rests on."""

    __tablename__ = "case_step"
    __table_args__ = (Index(None, "case_id"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("review_case.id"))
    state: Mapped[str]
    previous: Mapped[str]
    on_date: Mapped[date]
    document: Mapped[str]
    note: Mapped[str]
    at: Mapped[datetime]
    user_id: Mapped[UUID]


class Meeting(Record):
    """A residents' meeting of one hamlet."""

    __tablename__ = "meeting"
    __table_args__ = (Index(None, "campaign_id", "hamlet_id"), STRICT)

    campaign_id: Mapped[UUID] = mapped_column(Uid, refers_to("campaign.id"))
    hamlet_id: Mapped[UUID] = mapped_column(Uid, refers_to("hamlet.id"))
    held_on: Mapped[date]
    place: Mapped[str]
    chair: Mapped[str]
    secretary: Mapped[str]
    representative: Mapped[str]
    present: Mapped[int]
    front_invited: Mapped[bool]
    discussion: Mapped[str]
    closed: Mapped[bool]


class MeetingVote(Record):
    """The vote on one household; a later meeting votes again and both stay."""

    __tablename__ = "meeting_vote"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"), Index(None, "case_id"), STRICT)

    meeting_id: Mapped[UUID] = mapped_column(Uid, refers_to("meeting.id"))
    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("review_case.id"))
    agreed: Mapped[int]
    present: Mapped[int]
    proposed_class: Mapped[str]
    note: Mapped[str]


class Posting(Record):
    """A public posting of results."""

    __tablename__ = "posting"
    __table_args__ = (Index(None, "campaign_id"), STRICT)

    campaign_id: Mapped[UUID] = mapped_column(Uid, refers_to("campaign.id"))
    hamlet_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("hamlet.id"))
    """None: the whole commune."""
    posted_on: Mapped[date]
    until_on: Mapped[date]
    """Last day of the posting."""
    places: Mapped[str]
    again: Mapped[bool]
    """After a re-check."""
    paper_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("office_paper.id"))
    taken_down_on: Mapped[date | None]


class Objection(Record):
    """Somebody disagreed with a posted result."""

    __tablename__ = "objection"
    __table_args__ = (Index(None, "case_id"), STRICT)

    case_id: Mapped[UUID] = mapped_column(Uid, refers_to("review_case.id"))
    posting_id: Mapped[UUID] = mapped_column(Uid, refers_to("posting.id"))
    received_on: Mapped[date]
    by_name: Mapped[str]
    content: Mapped[str]
    due_on: Mapped[date]
    outcome: Mapped[str]
    settled_on: Mapped[date | None]
    finding: Mapped[str]


class Opinion(Record):
    """The superior's opinion on the results."""

    __tablename__ = "opinion"
    __table_args__ = (Index(None, "campaign_id"), STRICT)

    campaign_id: Mapped[UUID] = mapped_column(Uid, refers_to("campaign.id"))
    authority: Mapped[str]
    sent_on: Mapped[date]
    number: Mapped[str]
    due_on: Mapped[date]
    answered_on: Mapped[date | None]
    answer_number: Mapped[str]
    agreed: Mapped[bool | None]
    content: Mapped[str]


class ReviewRequest(Record):
    """A request of a household at the counter."""

    __tablename__ = "review_request"
    __table_args__ = (UniqueConstraint("commune", "year", "number"), Index(None, "household_id"), STRICT)

    kind: Mapped[str]
    household_id: Mapped[UUID] = mapped_column(Uid, refers_to("household.id"))
    number: Mapped[int]
    year: Mapped[int]
    received_on: Mapped[date]
    way: Mapped[str]
    applicant: Mapped[str]
    reasons: Mapped[tuple[str, ...]]
    reason_text: Mapped[str]
    income_year: Mapped[int | None]
    due_on: Mapped[date]
    status: Mapped[str]
    answered_on: Mapped[date | None]
    refusal_reason: Mapped[str]
    note: Mapped[str]


class Denominator(Record):
    """Totals of a hamlet typed for one review."""

    __tablename__ = "denominator"
    __table_args__ = (UniqueConstraint("campaign_id", "hamlet_id"), STRICT)

    campaign_id: Mapped[UUID] = mapped_column(Uid, refers_to("campaign.id"))
    hamlet_id: Mapped[UUID] = mapped_column(Uid, refers_to("hamlet.id"))
    households: Mapped[int | None]
    people: Mapped[int | None]
    households_minority: Mapped[int | None]
    people_minority: Mapped[int | None]
    households_local: Mapped[int | None]
    people_local: Mapped[int | None]


class Holiday(Record):
    """A day that is not counted as its weekday says."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("commune", "day"), STRICT)

    day: Mapped[date]
    name: Mapped[str]
    kind: Mapped[str]
    """A HolidayKind; empty takes a shipped day back."""
    certainty: Mapped[str]


class OfficePaper(Record):
    """A numbered paper of the office, frozen when issued."""

    __tablename__ = "office_paper"
    __table_args__ = (
        UniqueConstraint("commune", "series", "year", "number"),
        Index(None, "campaign_id"),
        Index(None, "household_id"),
        STRICT,
    )

    kind: Mapped[str]
    series: Mapped[str]
    """The symbol numbers run under, e.g. QĐ-UBND; empty for papers without a number."""
    year: Mapped[int]
    number: Mapped[int | None]
    title: Mapped[str]
    issued_on: Mapped[date]
    campaign_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("campaign.id"))
    household_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("household.id"))
    subject_id: Mapped[UUID | None]
    """The meeting, posting, request or decision the paper is about."""
    signatory_id: Mapped[UUID | None] = mapped_column(Uid, refers_to("signatory.id"))
    content: Mapped[str]
    pdf: Mapped[bytes] = unlogged()
    sha256: Mapped[str]
