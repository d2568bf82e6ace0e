"""Lists the commune confirms for others: loans asked for (03/TD) and cards of health insurance (C24), resolved."""

from dataclasses import dataclass

from casemgr.domain.papers import Letterhead, Signing


@dataclass(frozen=True)
class ConfirmedListWording:
    """The fixed words of a list with the confirmation of the commune below it."""

    symbol: str
    agency: tuple[str, ...]
    title: str
    subject: str
    opening: tuple[str, ...]
    sections: tuple[str, ...]
    """Heading of each part; of loans one pattern for every programme and group."""
    columns: tuple[str, ...]
    total: str
    signers: tuple[str, ...]
    """Who signs above the confirmation."""
    confirms: str
    """What the commune confirms; empty: its signature alone."""
    sign_prefix: tuple[str, ...]
    sign_hint: str
    draft_mark: str
    sample_mark: str


@dataclass(frozen=True)
class ListSection:
    """One part of a list: its heading, its lines without their numbers, and the line of the total."""

    heading: str
    rows: tuple[tuple[str, ...], ...]
    total: str


@dataclass(frozen=True)
class ConfirmedListContent:
    """A list the commune confirms."""

    wording: ConfirmedListWording
    head: Letterhead
    sections: tuple[ListSection, ...]
    signing: Signing


@dataclass(frozen=True)
class LoanListContent(ConfirmedListContent):
    """Mẫu 03/TD."""


@dataclass(frozen=True)
class InsuranceListContent(ConfirmedListContent):
    """C24: who is to get a card and whose card ends."""
