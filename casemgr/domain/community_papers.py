"""Papers of sponsoring and of events: their fixed words and what stands on them, resolved."""

from dataclasses import dataclass

from casemgr.domain.papers import Letterhead


@dataclass(frozen=True)
class SponsorReceiptWording:
    """The thank-you receipt for money or goods a sponsor gave (C25)."""

    symbol: str
    agency: tuple[str, ...]
    title: str
    subject: str
    fields: tuple[str, ...]
    """Day, giver, address and phone of the giver, household, its address, for what, amount, words, goods."""
    closing: tuple[str, ...]
    """The thanks."""
    signers: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class SponsorPromiseWording:
    """The promise a sponsor signs (C25)."""

    symbol: str
    agency: tuple[str, ...]
    title: str
    subject: str
    opening: tuple[str, ...]
    fields: tuple[str, ...]
    """Sponsor, represented by, phone, household or person, its address, form, amount, rhythm, from and to, how."""
    body: tuple[str, ...]
    """What both sides agree on."""
    signers: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class AttendanceWording:
    """The list participants of an event sign."""

    symbol: str
    agency: tuple[str, ...]
    title: str
    subject: str
    fields: tuple[str, ...]
    """Day, place, organiser, topics, hours."""
    columns: tuple[str, ...]
    total: str
    signers: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class SponsorReceiptContent:
    """The receipt; `values` go with `wording.fields`."""

    wording: SponsorReceiptWording
    head: Letterhead
    values: tuple[str, ...]
    names: tuple[str, ...]
    """Of those who sign, as far as they are known."""


@dataclass(frozen=True)
class SponsorPromiseContent:
    """The promise; `values` go with `wording.fields`."""

    wording: SponsorPromiseWording
    head: Letterhead
    values: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class AttendanceContent:
    """The list to sign; `rows` hold the columns without the number and the signature."""

    wording: AttendanceWording
    head: Letterhead
    values: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    blank: int
    """Empty lines for those who come unannounced."""
