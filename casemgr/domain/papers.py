"""What stands on the papers of the review, resolved: the same content always gives the same paper.

Words come filled in (`domain/paper_wordings.py`), people and figures beside them. What hangs in public has its own
small classes, `PostingRow` and `PostingContent`, that have no room for a number, a birth date or an income.
"""

from dataclasses import dataclass

from casemgr.domain.households import HouseholdClass
from casemgr.domain.paper_wordings import (
    ConfirmationWording,
    DecisionWording,
    ListWording,
    MinutesWording,
    PostingWording,
    QuickWording,
    ReceiptWording,
    RefusalWording,
    RequestWording,
    SuperiorWording,
    SurveyWording,
)


@dataclass(frozen=True)
class Letterhead:
    """The upper part of a paper, and whether it is a draft or of invented people."""

    agency_lines: tuple[str, ...]
    place_line: str
    """Empty on minutes, whose text begins with day and place."""
    symbol: str
    number: str | None
    """As printed, "05/QĐ-UBND"; None until issued, and on papers without a number."""
    draft: bool
    sample: bool
    draft_mark: str
    sample_mark: str
    parent_line: str = ""

    @property
    def number_line(self) -> str:
        """The line below the agency; empty on papers without a number."""
        if self.number:
            return f"Số: {self.number}"
        return f"Số: ………/{self.symbol}" if self.symbol else ""


@dataclass(frozen=True)
class Signing:
    """Somebody who signs: one to three lines of title, a hint in brackets, and the name."""

    title_lines: tuple[str, ...]
    name: str
    hint: str = ""


@dataclass(frozen=True)
class RecognisedRow:
    """A household in a list of the decision: the columns of the register that a decision needs."""

    head: str
    birth_year: str
    hamlet: str
    people: int
    b1: str
    b2: str
    note: str


@dataclass(frozen=True)
class RecognisedList:
    """One annex of the decision."""

    value: HouseholdClass
    rows: tuple[RecognisedRow, ...]

    @property
    def people(self) -> int:
        """Members of all its households."""
        return sum(row.people for row in self.rows)


@dataclass(frozen=True)
class DecisionContent:
    """The decision with its lists (Mẫu số 02)."""

    wording: DecisionWording
    head: Letterhead
    lists: tuple[RecognisedList, ...]
    signing: Signing


@dataclass(frozen=True, slots=True)
class PostingRow:
    """What a posting says of a household, and all it may say."""

    head: str
    hamlet: str
    category: str
    people: int


@dataclass(frozen=True)
class PostingCount:
    """How many households and people of one category are posted."""

    category: str
    households: int
    people: int


@dataclass(frozen=True)
class PostingContent:
    """The notice of posting with its list."""

    wording: PostingWording
    head: Letterhead
    again: bool
    counts: tuple[PostingCount, ...]
    rows: tuple[PostingRow, ...]
    places: tuple[str, ...]
    signing: Signing


@dataclass(frozen=True)
class VoteRow:
    """The vote on one household."""

    head: str
    people: int
    category: str
    present: int
    agreed: int
    accepted: bool

    @property
    def percent(self) -> str:
        """Share of those present, with a comma."""
        return f"{100 * self.agreed / self.present:.1f}".replace(".", ",") if self.present else ""


@dataclass(frozen=True)
class MinutesContent:
    """The minutes of a residents' meeting; every copy is the same but for what it is for."""

    wording: MinutesWording
    head: Letterhead
    present: int
    front_invited: bool
    votes: tuple[VoteRow, ...]
    discussion: tuple[str, ...]
    chair: str
    secretary: str
    representative: str


@dataclass(frozen=True)
class RefusalContent:
    """The letter that refuses a request."""

    wording: RefusalWording
    head: Letterhead
    signing: Signing


@dataclass(frozen=True)
class FigureRow:
    """A line of the summary for the superior."""

    label: str
    figures: tuple[str, ...]


@dataclass(frozen=True)
class SuperiorContent:
    """The report that asks the superior for an opinion."""

    wording: SuperiorWording
    head: Letterhead
    rows: tuple[FigureRow, ...]
    total: tuple[str, ...]
    signing: Signing


@dataclass(frozen=True)
class ConfirmationContent:
    """The plain confirmation of the average living standard."""

    wording: ConfirmationWording
    head: Letterhead
    values: tuple[str, ...]
    """After `wording.fields`."""
    signing: Signing


@dataclass(frozen=True)
class ReceiptContent:
    """The slip for a request received."""

    wording: ReceiptWording
    head: Letterhead
    number: str
    values: tuple[str, ...]
    """After `wording.fields`."""
    qr: str
    giver: str
    receiver: str


@dataclass(frozen=True)
class RequestMember:
    """A member on Mẫu số 01."""

    name: str
    sex: str
    """The form's own code: 1 for a man, 2 for a woman."""
    birth: str
    relation: str
    state: str


@dataclass(frozen=True)
class RequestContent:
    """Mẫu số 01 or 04, prefilled for the household to sign."""

    wording: RequestWording
    values: tuple[str, ...]
    """After `wording.fields`."""
    sex: str
    members: tuple[RequestMember, ...]
    reason: str
    income: str
    place_line: str
    applicant: str
    sample: bool
    leave: bool
    """Mẫu số 04 has boxes for the sex and no members."""


@dataclass(frozen=True)
class SurveyMember:
    """A member on the survey sheet, in the order of its columns without the first."""

    name: str
    relation: str
    sex: str
    birth: str
    id_number: str
    ethnic: str
    school: str
    insured: bool | None
    work: str


@dataclass(frozen=True)
class SurveyIndicator:
    """An indicator of the pack as printed."""

    number: int
    name: str
    threshold: str


@dataclass(frozen=True)
class SurveyContent:
    """The survey sheet of a household; what is known is filled in, None stays open."""

    wording: SurveyWording
    agency_lines: tuple[str, ...]
    qr: str
    household: tuple[str, ...]
    """After `wording.household`."""
    area: int | None
    """Place of the area type in `wording.areas`."""
    members: tuple[SurveyMember, ...]
    walls: bool | None
    columns: bool | None
    roof: bool | None
    floor_area: str
    water: int | None
    toilet: int | None
    internet: bool | None
    devices: tuple[int, ...]
    waste: bool | None
    ask_waste: bool
    """Whether the pack asks for it."""
    indicators: tuple[SurveyIndicator, ...]
    sample: bool


@dataclass(frozen=True)
class QuickContent:
    """The quick sheet of a household that asks."""

    wording: QuickWording
    agency_lines: tuple[str, ...]
    qr: str
    household: tuple[str, ...]
    items: tuple[str, ...]
    rule: str
    """How the signs decide, empty while the pack does not say."""
    sample: bool


@dataclass(frozen=True)
class ListContent:
    """A plain list, in groups with a heading each; groups without heading are one table."""

    wording: ListWording
    agency_lines: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    sample: bool

    @property
    def count(self) -> int:
        """Lines in all groups."""
        return sum(len(rows) for _heading, rows in self.groups)


PaperContent = (
    DecisionContent
    | PostingContent
    | MinutesContent
    | RefusalContent
    | SuperiorContent
    | ConfirmationContent
    | ReceiptContent
)
"""What `services/office_papers.py` freezes."""
