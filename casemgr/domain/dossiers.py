"""The dossier of a household: the words of its cover, index and tables, and what stands in them, resolved."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DossierWording:
    """The fixed words of a dossier."""

    agency: tuple[str, ...]
    title: str
    subject: str
    cover: tuple[str, ...]
    """Labels on the cover: address, class, its decision, people, day."""
    note: str
    """On the cover: whom it is for."""
    index_heading: str
    index_columns: tuple[str, ...]
    headings: tuple[str, ...]
    """Of the parts, in the order of `DossierContent.parts`."""
    member_columns: tuple[str, ...]
    class_columns: tuple[str, ...]
    programme_columns: tuple[str, ...]
    support_columns: tuple[str, ...]
    loan_columns: tuple[str, ...]
    case_columns: tuple[str, ...]
    story_columns: tuple[str, ...]
    kinds: tuple[str, ...]
    """What plans of livelihoods, training and work abroad are called."""
    none: str
    """Instead of an empty table."""
    certificate: str
    """Before the number of a certificate in the index."""
    footer: str
    """Beside the page number."""
    sample_mark: str


@dataclass(frozen=True)
class DossierPart:
    """A table of what the file knows; rows without their numbers."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class DossierPaper:
    """A frozen paper of the household, as it was issued."""

    title: str
    pdf: bytes


@dataclass(frozen=True)
class DossierContent:
    """A household's dossier."""

    wording: DossierWording
    agency_lines: tuple[str, ...]
    facts: tuple[str, ...]
    """After `wording.cover`."""
    parts: tuple[DossierPart, ...]
    papers: tuple[DossierPaper, ...]
    """Oldest first."""
    sample: bool
