"""Drafts of the confirmation that support was received, or was not, by the files of the office (C10)."""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain.dates import official_date
from casemgr.domain.distributions import goods_difference
from casemgr.domain.money import money_text
from casemgr.domain.on_paper import SEX_ON_PAPER
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.permissions import Permission
from casemgr.domain.support_papers import ReceivedLine, SupportConfirmationContent
from casemgr.domain.text import clean
from casemgr.errors import Problem
from casemgr.i18n import _, format_date, using
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import deliveries, households
from casemgr.services.deliveries import DeliveryView
from casemgr.services.distribution_papers import FUND_ON_PAPER, goods_text, in_words
from casemgr.services.households import HouseholdView
from casemgr.services.members import MemberView
from casemgr.services.paper_words import PaperDraft, letterhead, sheet, signing
from casemgr.services.programmes import catalogue

_OPEN: Final = "……………………………"


def confirmation(
    uow: UnitOfWork, household_id: UUID, on: date, signatory_id: UUID | None = None
) -> PaperDraft[SupportConfirmationContent]:
    """The confirmation of everything the household received."""
    return confirmation_of(uow, household_id, on, signatory_id=signatory_id)


def confirmation_of(
    uow: UnitOfWork,
    household_id: UUID,
    on: date,
    *,
    programmes: Sequence[str] = (),
    first: date | None = None,
    person_id: UUID | None = None,
    applicant: str = "",
    purpose: str = "",
    valid_until: date | None = None,
    signatory_id: UUID | None = None,
) -> PaperDraft[SupportConfirmationContent]:
    """The confirmation for one purpose, of these programmes (all when none is named) since `first`.

    Without anything received it says so, and that this is by the files of the office.
    """
    uow.require(Permission.READ)
    home = households.view(uow, household_id)
    known = catalogue(uow)
    with using("vi"):
        titles = {code: known.programme(code).title for code in programmes}
        entries = [
            entry
            for entry in deliveries.of_household(uow, household_id)
            if entry.counts and (not programmes or entry.data.programme in titles)
        ]
    lines = [line for line in _lines(entries, on) if first is None or line[0] >= first]
    who = _who(home, person_id)
    total = sum(worth for _day, _line, worth in lines)
    values = {
        "head": home.name,
        "programme": "; ".join(titles.values()) or "theo các chương trình đang theo dõi",
        "date": official_date(on).removeprefix("ngày "),
        "total": money_text(total),
        "words": in_words(total),
        "applicant": clean(applicant) or (who.person.full_name if who else home.name),
        "purpose": clean(purpose) or _OPEN,
        "valid": official_date(valid_until).removeprefix("ngày ") if valid_until else _OPEN,
    }
    words = sheet(uow, keys.SUPPORT_CONFIRMATION, on, values)
    signed, signatory, told = signing(uow, signatory_id, words.wording.sign_prefix)
    subject = words.wording.subject if lines else words.wording.subject_none
    return PaperDraft(
        kind=PaperKind.SUPPORT_CONFIRMATION,
        content=SupportConfirmationContent(
            wording=words.wording,
            head=letterhead(words),
            values=_values(home, who),
            lines=tuple(line for _day, line, _worth in lines),
            total=total,
            signing=signed,
        ),
        title=f"{words.wording.title} - {subject}",
        household_id=household_id,
        subject_id=household_id,
        signatory_id=signatory,
        refusals=tuple(_refusals(purpose, valid_until, on)),
        warnings=(*words.warnings, *told),
    )


def _refusals(purpose: str, valid_until: date | None, on: date) -> list[Problem]:
    problems = []
    if not clean(purpose):
        problems.append(Problem("purpose", _("Write what the confirmation is for: it stands on the paper.")))
    if valid_until is not None and valid_until < on:
        problems.append(Problem("valid_until", _("The paper would no longer be valid on its own day.")))
    return problems


def _who(home: HouseholdView, person_id: UUID | None) -> MemberView | None:
    if person_id is None:
        return home.head
    return next((member for member in home.members if member.person_id == person_id), home.head)


def _values(home: HouseholdView, who: MemberView | None) -> tuple[str, ...]:
    if who is None:
        return (home.name, "", "", "", home.permanent_address, home.name)
    person = who.person
    return (
        person.full_name,
        person.birth.text if person.birth else "",
        SEX_ON_PAPER[person.sex] if person.sex else "",
        person.id_number or "",
        home.permanent_address,
        f"{home.name} ({home.code})",
    )


def _lines(entries: Sequence[DeliveryView], on: date) -> list[tuple[date, ReceivedLine, int]]:
    """What was received, oldest first, with its corrections taken in; what came back whole is left out."""
    found = []
    for entry in sorted(entries, key=lambda one: (one.data.on, str(one.id))):
        if entry.corrects_id is not None or entry.data.on > on:
            continue
        own = [entry, *(one for one in entries if one.corrects_id == entry.id)]
        amount = sum(one.data.amount for one in own)
        goods = goods_difference([line for one in own for line in one.data.goods], ())
        if not amount and not goods:
            continue
        what = ([money_text(amount)] if amount else []) + [goods_text(line) for line in goods]
        content = f"{entry.programme}{f' ({entry.person})' if entry.person else ''}"
        line = ReceivedLine(format_date(entry.data.on), content, "; ".join(what), FUND_ON_PAPER[entry.data.source])
        found.append((entry.data.on, line, sum(one.worth for one in own)))
    return found
