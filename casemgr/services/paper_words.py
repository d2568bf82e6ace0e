"""What all papers of the review share: the office's head, who signs, and the names their wording asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from casemgr.domain.dates import official_date
from casemgr.domain.filling import filled
from casemgr.domain.offices import OfficeData, in_sentence
from casemgr.domain.on_paper import REVIEW_ON_PAPER
from casemgr.domain.packs import Pack
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.paper_wordings import LetterWording
from casemgr.domain.papers import Letterhead, Signing
from casemgr.domain.reviews import CampaignKind
from casemgr.domain.templates import unit_kind
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.persistence.models import Campaign
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import offices, opinions, packs, review_rules, templates
from casemgr.services.certificate_drafts import CHAIRMAN, chosen_signatory

C = TypeVar("C")


@dataclass(frozen=True)
class PaperDraft(Generic[C]):
    """A paper before it is issued: its content, what it is about, and why it cannot be issued yet.

    In the wording `{number}` is still open; `office_papers` fills it in with the number or with dots.
    """

    kind: PaperKind
    content: C
    title: str
    campaign_id: UUID | None = None
    household_id: UUID | None = None
    subject_id: UUID | None = None
    signatory_id: UUID | None = None
    number: str | None = None
    """The number it has already, from the record it belongs to; None: the next of its series."""
    refusals: tuple[Problem, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The office, the words and the day of a paper that is being drafted."""

    office: OfficeData
    wording: Any
    values: Mapping[str, str]
    on: date
    warnings: tuple[str, ...]

    @property
    def place_line(self) -> str:
        """Place and date."""
        return f"{self.office.place_name}, {official_date(self.on)}"


def sheet(uow: UnitOfWork, key: str, on: date, values: Mapping[str, str]) -> Sheet:
    """The wording in force that day with the office's names and `values` filled in."""
    office = offices.office(uow)
    template = templates.letter(uow, key, on)
    told = templates.notice(template, on)
    known = {**office_values(office), **values}
    return Sheet(office, filled(template.wording, known), known, on, (told,) if told else ())


def office_values(office: OfficeData) -> dict[str, str]:
    """The names of the office as papers use them inside a sentence."""
    return {
        "commune": in_sentence(office.commune_name),
        "COMMUNE": office.commune_name.upper(),
        "unit": unit_kind(office.commune_name),
        "province": in_sentence(office.province_name),
        "place": office.place_name,
    }


def campaign_values(uow: UnitOfWork, campaign: Campaign) -> dict[str, str]:
    """Year, kind and authorities of a review."""
    pack = review_rules.pack_of(uow, campaign)
    return {
        "year": str(campaign.year),
        "class_year": str(campaign.class_year),
        "review": REVIEW_ON_PAPER[CampaignKind(campaign.kind)],
        "campaign": campaign.title,
        "superior": _own_names(uow, opinions.authority(uow, campaign.id)),
    } | authority_values(uow, pack)


def authority_values(uow: UnitOfWork, pack: Pack) -> dict[str, str]:
    """The unit in charge and the department, as the standard calls them; an office writes its own into the wording."""
    return {name: _own_names(uow, pack.authorities.get(name, "")) for name in ("office_unit", "department")}


def pack_values(uow: UnitOfWork, on: date) -> dict[str, str]:
    """The same by the national standard of a day, for papers outside a review."""
    return authority_values(uow, packs.national(uow, on))


def _own_names(uow: UnitOfWork, authority: str) -> str:
    """An authority of the standard with the names of this place: "cấp tỉnh" becomes "tỉnh Vĩnh Long"."""
    office = offices.office(uow)
    named = authority.replace("cấp tỉnh", in_sentence(office.province_name))
    return named.replace("cấp xã", in_sentence(office.commune_name))


def letterhead(made: Sheet, *, draft: bool = True) -> Letterhead:
    """The head of a paper that is not issued yet."""
    wording: LetterWording = made.wording
    return Letterhead(
        agency_lines=wording.agency or made.office.agency_lines,
        place_line=made.place_line,
        symbol=wording.symbol,
        number=None,
        draft=draft,
        sample=made.office.sample,
        draft_mark=wording.draft_mark,
        sample_mark=wording.sample_mark,
    )


def signing(
    uow: UnitOfWork, signatory_id: UUID | None, prefix: Sequence[str]
) -> tuple[Signing, UUID | None, tuple[str, ...]]:
    """Who signs, with the lines above the title, the record's id, and what to say when nobody is on record."""
    record = chosen_signatory(uow, signatory_id)
    if record is None:
        told = _("Nobody is on record as signatory: the name under the signature stays open.")
        return Signing((*prefix, *CHAIRMAN), ""), None, (told,)
    own = record.title_lines
    collective = own[0].startswith("TM.")
    lines = own if collective else (*prefix, *own)
    return Signing(lines[:3], record.name), record.id, ()
