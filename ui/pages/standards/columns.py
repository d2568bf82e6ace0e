"""The columns of the standards, of what a newer one changes, and of the days off."""

from collections.abc import Callable
from datetime import date
from typing import Final

from casemgr.domain.pack_changes import PackChange
from casemgr.domain.packs import DRAFT, HISTORY, LOCAL, Pack
from casemgr.domain.reviews import HOLIDAY_LABELS, HolidayKind
from casemgr.i18n import N_, _, format_date, format_number
from casemgr.services.holidays import HolidayView
from casemgr.services.packs import IMPORTED, PackView
from ui.models.rows import Column
from ui.pages.standards.parts import validity, years
from ui.tones import CERTAINTY_TONES, certainty_words

WEEKDAYS: Final = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def weekday(day: date) -> str:
    """The day of the week."""
    return _(WEEKDAYS[day.weekday()])


def status_words(pack: Pack, today: date) -> str:
    """What the standard is today, in a word."""
    if pack.status == DRAFT:
        return _("Draft standard")
    if pack.covers(today):
        return _("Applies now")
    if pack.status == HISTORY or pack.valid_from <= today:
        return _("In the past")
    return _("Applies later")


def status_tone(pack: Pack, today: date) -> str:
    """Its colour."""
    if pack.status == DRAFT:
        return "near"
    return "ok" if pack.covers(today) else "info" if pack.valid_from > today else "plain"


def origin_words(view: PackView) -> str:
    """Where the revision came from."""
    if view.origin != IMPORTED or view.accepted_at is None:
        return _("Comes with the program")
    return _("Accepted on {date}, key “{key}”").format(
        date=format_date(view.accepted_at.astimezone()), key=view.signed_by
    )


def scope_words(pack: Pack, province: str) -> str:
    """For whom it holds."""
    return province if pack.scope == LOCAL else _("Whole country")


def pack_columns(today: Callable[[], date], unsure: Callable[[PackView], int]) -> tuple[Column[PackView], ...]:
    """The list of standards; `unsure` counts what somebody has to compare."""
    return (
        Column[PackView]("id", N_("Standard"), lambda view: view.pack.id, 84, code=True),
        Column[PackView](
            "status",
            N_("State"),
            lambda view: status_words(view.pack, today()),
            124,
            code=True,
            tone=lambda view: status_tone(view.pack, today()),
        ),
        Column[PackView](
            "validity", N_("Applies"), lambda view: years(view.pack), 150, hint=lambda view: validity(view.pack)
        ),
        Column[PackView](
            "unsure",
            N_("To compare"),
            lambda view: format_number(unsure(view)),
            112,
            right=True,
            hint=lambda _view: _("Statements recalled or not certain, to be compared with the document"),
            spare=True,
        ),
    )


CHANGES: Final = (
    Column[PackChange]("label", N_("Field that changes"), lambda row: row.label, 260),
    Column[PackChange]("old", N_("Until now"), lambda row: row.old or "–", 300),
    Column[PackChange]("new", N_("From this file"), lambda row: row.new or "–", 300),
)


def sure_words(view: HolidayView) -> str:
    """How sure a day is: what the office entered, it knows."""
    if view.removed:
        return _("Taken out by the office")
    return certainty_words(view.certainty) if view.shipped else _("Entered by the office")


def _sure_tone(view: HolidayView) -> str:
    if view.removed:
        return "plain"
    return CERTAINTY_TONES.get(view.certainty, "plain") if view.shipped else "ok"


def _kind(view: HolidayView) -> str:
    return _("Not counted as a day off") if view.removed else _(HOLIDAY_LABELS[view.kind])


def _kind_tone(view: HolidayView) -> str:
    if view.removed:
        return "plain"
    return "ok" if view.kind is HolidayKind.HOLIDAY else "info"


HOLIDAYS: Final = (
    Column[HolidayView]("day", N_("Day"), lambda view: format_date(view.day), 92, code=True),
    Column[HolidayView]("weekday", N_("Weekday"), lambda view: weekday(view.day), 88, code=True, spare=True),
    Column[HolidayView]("name", N_("What day it is"), lambda view: view.name, 250),
    Column[HolidayView]("kind", N_("Counts as"), _kind, 128, code=True, tone=_kind_tone),
    Column[HolidayView]("sure", N_("How sure"), sure_words, 176, code=True, tone=_sure_tone),
)
