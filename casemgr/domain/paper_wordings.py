"""The fixed words of each paper of the review, one dataclass a paper; the words themselves are dated data.

A field of kind `str` is one line or one sentence, a tuple is one line or paragraph each. `{commune}`, `{hamlet}` and
the like are filled in when a paper is drafted; what a paper may name is listed in its file under `resources/templates`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class LetterWording:
    """What every numbered paper of the office says."""

    symbol: str
    """After the number, such as QĐ-UBND; empty: the paper carries no number."""
    agency: tuple[str, ...]
    """Instead of the office's own letterhead; empty: the office's."""
    title: str
    subject: str
    sign_prefix: tuple[str, ...]
    """Above the title of the signatory, such as TM. ỦY BAN NHÂN DÂN."""
    recipients_label: str
    recipients: tuple[str, ...]
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class DecisionWording(LetterWording):
    """Mẫu số 02: the decision that recognises lists."""

    authority: str
    basis: tuple[str, ...]
    resolve: str
    article: str
    """Beginning of Điều 1."""
    items: tuple[str, ...]
    """One per list, in the order of `LISTS`; an empty list is left out."""
    articles: tuple[str, ...]
    """Điều 2 and after."""
    annex_label: str
    annex_titles: tuple[str, ...]
    """One per list."""
    attached: str
    columns: tuple[str, ...]
    """A column called “-” is left out."""
    total: str


@dataclass(frozen=True)
class PostingWording(LetterWording):
    """The notice of posting and its list."""

    subject_again: str
    opening: tuple[str, ...]
    opening_again: tuple[str, ...]
    objects_heading: str
    object_line: str
    objects_total: str
    time_heading: str
    time: str
    place_heading: str
    places: tuple[str, ...]
    """Where a posting names no places of its own."""
    opinion_heading: str
    opinion: str
    closing: str
    annex_label: str
    list_title: str
    attached: str
    columns: tuple[str, ...]
    total: str
    sheet_note: str
    """Below the list where it hangs alone."""


@dataclass(frozen=True)
class MinutesWording(LetterWording):
    """Minutes of the residents' meeting, in two copies."""

    opening: str
    attendance_heading: str
    chair: str
    secretary: str
    representative: str
    present: str
    front: str
    no_front: str
    others: tuple[str, ...]
    content_heading: str
    content: tuple[str, ...]
    votes_heading: str
    columns: tuple[str, ...]
    agreed: str
    back: str
    outcome: str
    discussion_heading: str
    no_discussion: str
    closing: tuple[str, ...]
    chair_title: str
    secretary_title: str
    representative_title: str
    sign_hint: str
    copies: tuple[str, ...]
    """What each copy is for."""


@dataclass(frozen=True)
class RefusalWording(LetterWording):
    """The letter that refuses a request with its reason; `title` is empty, a letter has none."""

    addressee: str
    opening: tuple[str, ...]
    reason: str
    closing: tuple[str, ...]


@dataclass(frozen=True)
class SuperiorWording(LetterWording):
    """The report that asks the superior for an opinion."""

    addressee: str
    basis: tuple[str, ...]
    opening: tuple[str, ...]
    figures_heading: str
    columns: tuple[str, ...]
    total: str
    steps_heading: str
    steps: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(frozen=True)
class ConfirmationWording(LetterWording):
    """A plain confirmation of the average living standard: a convenience, not an official form."""

    authority: str
    confirms: str
    fields: tuple[str, ...]
    body: tuple[str, ...]
    not_official: str


@dataclass(frozen=True)
class ReceiptWording(LetterWording):
    """The slip that says a request was received and when it is answered."""

    number_label: str
    fields: tuple[str, ...]
    papers: tuple[str, ...]
    due: str
    qr_note: str
    giver: str
    receiver: str
    sign_hint: str


@dataclass(frozen=True)
class RequestWording:
    """Mẫu số 01 and Mẫu số 04: what a household writes, prefilled."""

    form: str
    title: str
    subject: str
    addressee: str
    fields: tuple[str, ...]
    """Name, sex, birth, ethnic group, identity number, its date, its issuer, residence, present address."""
    members_heading: str
    columns: tuple[str, ...]
    reason_label: str
    income_label: str
    oath: tuple[str, ...]
    sign_title: str
    sign_hint: str
    male: str
    female: str
    work: tuple[str, ...]
    """How the three states of the form are called: in work, without work, at school."""
    sample_mark: str


@dataclass(frozen=True)
class SurveyWording:
    """The survey sheet of a household (Phiếu B), two pages."""

    form: str
    title: str
    subject: str
    qr_note: str
    household_heading: str
    household: tuple[str, ...]
    """Code, head, ethnic group, hamlet, address, people, area type, class and scores of the year before."""
    areas: tuple[str, ...]
    members_heading: str
    member_columns: tuple[str, ...]
    member_note: str
    dwelling_heading: str
    walls: str
    pillars: str
    roof: str
    floor_area: str
    water: str
    toilet: str
    internet: str
    devices: str
    waste: str
    waters: tuple[str, ...]
    toilets: tuple[str, ...]
    device_names: tuple[str, ...]
    durable: str
    yes: str
    no: str
    indicators_heading: str
    indicator_columns: tuple[str, ...]
    causes_heading: str
    causes: tuple[str, ...]
    result_heading: str
    b1: str
    b2: str
    income: str
    note: str
    date_line: str
    signers: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class QuickWording:
    """The quick sheet of a household that asks (Phiếu A)."""

    form: str
    title: str
    subject: str
    qr_note: str
    household: tuple[str, ...]
    signs_heading: str
    columns: tuple[str, ...]
    yes: str
    no: str
    no_items: str
    """Instead of the table while the pack has no items."""
    rule: str
    """How many signs decide; printed only where the pack says it."""
    result_heading: str
    results: tuple[str, ...]
    note: str
    date_line: str
    signers: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class ListWording:
    """A plain list for the office's own use."""

    title: str
    subject: str
    columns: tuple[str, ...]
    total: str
    signers: tuple[str, ...]
    sample_mark: str
