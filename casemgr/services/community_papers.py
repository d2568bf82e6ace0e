"""Drafts of the papers of sponsoring and events: thank-you receipt, promise, and the list participants sign."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from casemgr.domain import community
from casemgr.domain import paper_templates as keys
from casemgr.domain.community_papers import AttendanceContent, SponsorPromiseContent, SponsorReceiptContent
from casemgr.domain.dates import official_date
from casemgr.domain.distributions import goods_from_json
from casemgr.domain.money import money_text, money_words
from casemgr.domain.permissions import Permission
from casemgr.domain.sponsors import SponsorshipData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Delivery, Person, Sponsor, Sponsorship
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import activities, households, sponsors
from casemgr.services.paper_words import Sheet, letterhead, sheet
from casemgr.services.specimen import FAMILY

BLANK: Final = 10
"""Empty lines on a list to sign."""
_PLACE: Final = "Ấp Ví Dụ"
_YEAR: Final = 12


def receipt(uow: UnitOfWork, delivery_id: UUID, *, on: date | None = None) -> SponsorReceiptContent:
    """The receipt for one thing a sponsor gave, dated the day it was given or `on`."""
    uow.require(Permission.READ)
    record = uow.record(Delivery, delivery_id)
    if record.sponsorship_id is None:
        raise ValidationError([Problem("delivery", _("This was not given by a sponsor: there is no receipt for it."))])
    promise = uow.record(Sponsorship, record.sponsorship_id)
    sponsor = uow.record(Sponsor, promise.sponsor_id)
    home = households.view(uow, record.household_id)
    head = _beneficiary(uow, home.name, record.person_id)
    made = sheet(uow, keys.SPONSOR_RECEIPT, on or record.on_date, {"sponsor": sponsor.name, "head": head})
    reason = record.note or community.on_paper(community.FORMS, promise.form)
    values = (
        official_date(record.on_date),
        sponsor.name,
        ", ".join(filter(None, (sponsor.contact, sponsor.phone))),
        head,
        home.address,
        reason,
        money_text(record.amount) if record.amount else "",
        _words(record.amount),
        _goods(record.goods),
    )
    return SponsorReceiptContent(
        made.wording, letterhead(made, draft=False), values, (sponsor.name, record.received_by)
    )


def promise(uow: UnitOfWork, sponsorship_id: UUID) -> SponsorPromiseContent:
    """The promise of a sponsor, ready to be signed."""
    uow.require(Permission.READ)
    row = sponsors.sponsorship(uow, sponsorship_id, uow.today)
    sponsor = uow.record(Sponsor, row.data.sponsor_id)
    home = households.view(uow, row.data.household_id)
    head = _beneficiary(uow, home.name, row.data.person_id)
    day = row.data.from_on or uow.today
    made = sheet(uow, keys.SPONSOR_PROMISE, day, {"sponsor": sponsor.name, "head": head})
    data = row.data
    values = (
        sponsor.name,
        sponsor.contact,
        sponsor.phone or "",
        head,
        home.address,
        community.on_paper(community.FORMS, data.form),
        f"{money_text(data.amount)} ({_words(data.amount)})" if data.amount else "",
        rhythm_on_paper(data),
        _period(data),
        data.note,
    )
    return SponsorPromiseContent(made.wording, letterhead(made, draft=False), values, (sponsor.name, home.name))


def attendance(uow: UnitOfWork, activity_id: UUID, *, blank: int = BLANK) -> AttendanceContent:
    """The list of an event: those noted already, and empty lines."""
    view = activities.view(uow, activity_id)
    data = view.data
    values = {"event": data.title, "count": str(len(view.attendance)) if not blank else "......"}
    made = sheet(uow, keys.ATTENDANCE, data.on, values)
    until = f" - {format_date(data.to_on)}" if data.to_on and data.to_on != data.on else ""
    topics = "; ".join(community.on_paper(community.TOPICS, topic) for topic in data.topics)
    facts = (
        f"{format_date(data.on)}{until}",
        ", ".join(filter(None, (data.place, view.hamlet))),
        data.organiser,
        topics,
        str(data.hours) if data.hours else "",
    )
    rows = tuple(
        (
            row.name,
            row.code,
            row.hamlet,
            str(row.data.days) if row.data.days else "",
            money_text(row.data.contribution).removesuffix(" đồng") if row.data.contribution else "",
        )
        for row in view.attendance
    )
    return AttendanceContent(made.wording, letterhead(made, draft=False), facts, rows, blank)


def rhythm_on_paper(data: SponsorshipData) -> str:
    """How often, in the words of a paper."""
    known = {0: "Một lần", 1: "Hằng tháng", 3: "Hằng quý", _YEAR: "Hằng năm"}
    return known.get(data.rhythm_months, f"{data.rhythm_months} tháng một lần")


def _period(data: SponsorshipData) -> str:
    first = f"Từ {format_date(data.from_on)}" if data.from_on else ""
    last = f"đến {format_date(data.to_on)}" if data.to_on else ""
    return " ".join(filter(None, (first, last)))


def _beneficiary(uow: UnitOfWork, head: str, person_id: UUID | None) -> str:
    return uow.record(Person, person_id).full_name if person_id is not None else head


def _words(amount: int) -> str:
    words = money_words(amount)
    return f"{words[:1].upper()}{words[1:]} đồng" if amount else ""


def _goods(text: str) -> str:
    lines = goods_from_json(text)
    return "; ".join(" ".join(filter(None, (str(line.quantity), line.measure, line.name))) for line in lines)


# ---- specimens, for the settings page


def specimen_receipt(made: Sheet) -> SponsorReceiptContent:
    """An invented receipt."""
    address = f"{_PLACE}, {made.values['commune']}"
    values = (made.values["date"], FAMILY[1].name, "", FAMILY[0].name, address, "Quà", money_text(500_000))
    return SponsorReceiptContent(
        made.wording, letterhead(made), (*values, _words(500_000), ""), (FAMILY[1].name, FAMILY[0].name)
    )


def specimen_promise(made: Sheet) -> SponsorPromiseContent:
    """An invented promise."""
    address = f"{_PLACE}, {made.values['commune']}"
    values = (FAMILY[1].name, "", "", FAMILY[0].name, address, "Tiền mặt hằng tháng", money_text(500_000))
    period = (f"Từ {format_date(made.on)}", "")
    return SponsorPromiseContent(
        made.wording, letterhead(made), (*values, "Hằng tháng", *period), (FAMILY[1].name, FAMILY[0].name)
    )


def specimen_attendance(made: Sheet) -> AttendanceContent:
    """An invented list."""
    rows = tuple((member.name, "H-00000", _PLACE, "1", "") for member in FAMILY[:2])
    return AttendanceContent(made.wording, letterhead(made), (format_date(made.on), _PLACE, "", "", ""), rows, 2)


SPECIMENS: Final[Mapping[str, Callable[[Sheet], Any]]] = {
    keys.SPONSOR_RECEIPT: specimen_receipt,
    keys.SPONSOR_PROMISE: specimen_promise,
    keys.ATTENDANCE: specimen_attendance,
}
"""How a wording of this page is shown before it is saved."""
