"""The columns of the registers of the page."""

from collections.abc import Callable
from datetime import date
from typing import Final

from casemgr.domain import community
from casemgr.domain.activities import ACTIVITY_LABELS
from casemgr.domain.exit_marks import EXIT_LABELS, ExitClass
from casemgr.domain.sponsors import SPONSORSHIP_LABELS
from casemgr.domain.sponsors import SponsorshipStatus as Status
from casemgr.domain.support import DELIVERY_LABELS
from casemgr.i18n import N_, _, format_date, format_number, pgettext
from casemgr.services.activities import ActivityRow
from casemgr.services.exit_marks import MarkRow
from casemgr.services.officers import Course, OfficerRow
from casemgr.services.sponsors import GivenRow, SponsorRow, SponsorshipRow
from casemgr.services.works import WORKS_STATE_LABELS, WorksRow, WorksState
from ui.models.rows import Column
from ui.pages.community.fields import RHYTHMS

PROMISE_TONES: Final = {
    Status.SOUGHT: "plain",
    Status.PROMISED: "info",
    Status.RUNNING: "ok",
    Status.PAUSED: "near",
    Status.ENDED: "plain",
}
WORKS_TONES: Final = {
    WorksState.PLANNED: "plain",
    WorksState.RUNNING: "info",
    WorksState.FINISHED: "near",
    WorksState.ACCEPTED: "ok",
}
EXIT_TONES: Final = {ExitClass.PROTECTED: "info", ExitClass.ABLE: "ok", ExitClass.UNSORTED: "near"}


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


def _some(value: int) -> str:
    return format_number(value) if value else ""


SPONSORS: Final = (
    Column[SponsorRow]("name", N_("Sponsor"), lambda row: row.name, 220),
    Column[SponsorRow]("kind", N_("Kind"), lambda row: _(community.SPONSOR_KIND_LABELS[row.kind]), 110, spare=True),
    Column[SponsorRow]("households", N_("Households"), lambda row: _some(row.households), 84, right=True),
    Column[SponsorRow]("expected", N_("Fell due"), lambda row: _some(row.expected), 106, right=True, spare=True),
    Column[SponsorRow]("received", N_("Came"), lambda row: _some(row.received), 106, right=True, spare=True),
    Column[SponsorRow]("arrears", N_("To come"), lambda row: _some(row.arrears), 106, right=True),
    Column[SponsorRow]("gifts", N_("Single gifts"), lambda row: _some(row.gifts), 100, right=True, spare=True),
)


def promise_words(row: SponsorshipRow) -> str:
    """What was promised: form, sum, rhythm."""
    if row.gift:
        return _("Gift without a promise")
    form = community.label(community.FORMS, row.data.form) if row.data.form else ""
    rhythm = RHYTHMS.get(row.data.rhythm_months)
    often = _(rhythm) if rhythm else _("Every {count} months").format(count=row.data.rhythm_months)
    return " · ".join(filter(None, (form, _some(row.data.amount), often)))


PROMISES: Final = (
    Column[SponsorshipRow]("who", N_("For whom"), lambda row: row.person or row.head, 160),
    Column[SponsorshipRow]("code", N_("Household"), lambda row: row.code, 78, code=True, spare=True),
    Column[SponsorshipRow]("what", N_("Promise"), promise_words, 200),
    Column[SponsorshipRow]("due", N_("Fell due"), lambda row: _some(row.standing.expected), 96, right=True, spare=True),
    Column[SponsorshipRow]("came", N_("Came"), lambda row: _some(row.standing.received), 96, right=True, spare=True),
    Column[SponsorshipRow]("arrears", N_("To come"), lambda row: _some(row.standing.arrears), 96, right=True),
    Column[SponsorshipRow](
        "status",
        N_("State"),
        lambda row: pgettext("sponsor", "Gift") if row.gift else _(SPONSORSHIP_LABELS[row.data.status]),
        112,
        tone=lambda row: "plain" if row.gift else PROMISE_TONES[row.data.status],
    ),
)

GIVEN: Final = (
    Column[GivenRow]("on", N_("Given on"), lambda row: format_date(row.on), 96),
    Column[GivenRow]("money", N_("Money"), lambda row: _some(row.amount), 110, right=True),
    Column[GivenRow]("goods", N_("Value of goods"), lambda row: _some(row.goods_value), 110, right=True),
    Column[GivenRow]("by", N_("Taken by"), lambda row: row.received_by, 160),
    Column[GivenRow]("status", N_("State"), lambda row: _(DELIVERY_LABELS[row.status]), 112, tone=lambda _row: "plain"),
)

EVENTS: Final = (
    Column[ActivityRow]("on", N_("Day"), lambda row: format_date(row.on), 90),
    Column[ActivityRow]("title", N_("Event"), lambda row: row.title, 240),
    Column[ActivityRow]("kind", N_("Kind"), lambda row: _(ACTIVITY_LABELS[row.kind]), 150, spare=True),
    Column[ActivityRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[ActivityRow]("people", N_("Participants"), lambda row: _some(row.people), 92, right=True),
    Column[ActivityRow]("households", N_("Households"), lambda row: _some(row.households), 84, right=True),
    Column[ActivityRow]("days", N_("Days of work"), lambda row: _some(row.days), 92, right=True, spare=True),
)


def officer_columns(period: Callable[[], tuple[date, date]]) -> tuple[Column[OfficerRow], ...]:
    """The columns of officers; training is that of the period."""
    needed = community.required_topics()

    def topics(row: OfficerRow) -> str:
        done = row.trained_in(*period())
        return f"{sum(topic in done for topic in needed)}/{len(needed)}"

    def state(row: OfficerRow) -> str:
        return pgettext("officer", "Trained") if row.attended(*period()) else _("Not trained yet")

    return (
        Column[OfficerRow]("name", N_("Full name"), lambda row: row.data.name, 170),
        Column[OfficerRow](
            "position", N_("Position"), lambda row: community.label(community.POSITIONS, row.data.position), 190
        ),
        Column[OfficerRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
        Column[OfficerRow]("from", N_("From"), lambda row: _day(row.data.from_on), 90, spare=True),
        Column[OfficerRow]("to", N_("Until"), lambda row: _day(row.data.to_on), 90, spare=True),
        Column[OfficerRow]("topics", N_("Topics"), topics, 64),
        Column[OfficerRow](
            "state", N_("This year"), state, 118, tone=lambda row: "ok" if row.attended(*period()) else "near"
        ),
    )


COURSES: Final = (
    Column[Course]("on", N_("Day"), lambda row: format_date(row.on), 90),
    Column[Course]("title", N_("Course"), lambda row: row.title, 190),
    Column[Course](
        "topics",
        N_("Topics"),
        lambda row: "; ".join(community.label(community.TOPICS, topic) for topic in row.topics),
        200,
    ),
    Column[Course]("hours", N_("Hours"), lambda row: _some(row.hours), 56, right=True),
    Column[Course](
        "result",
        N_("Result"),
        lambda row: (
            community.label(community.RESULTS, row.result) if row.result else _("Counts") if row.counts else _("No")
        ),
        124,
        tone=lambda row: "ok" if row.counts else "plain",
    ),
)

WORKS: Final = (
    Column[WorksRow]("name", N_("Works"), lambda row: row.data.name, 220),
    Column[WorksRow]("kind", N_("Kind"), lambda row: community.label(community.WORKS, row.data.kind), 130, spare=True),
    Column[WorksRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[WorksRow]("progress", N_("Progress"), lambda row: f"{row.data.progress} %", 60, right=True),
    Column[WorksRow](
        "paid", N_("Paid out"), lambda row: "" if row.paid_percent is None else f"{row.paid_percent} %", 70, right=True
    ),
    Column[WorksRow](
        "state",
        N_("State"),
        lambda row: _(WORKS_STATE_LABELS[row.state]),
        126,
        tone=lambda row: WORKS_TONES[row.state],
    ),
)

MARKS: Final = (
    Column[MarkRow]("head", N_("Head of household"), lambda row: row.head, 180),
    Column[MarkRow]("code", N_("Household"), lambda row: row.code, 84, code=True),
    Column[MarkRow]("hamlet", N_("Hamlet"), lambda row: row.hamlet, 130, spare=True),
    Column[MarkRow](
        "value", N_("Mark"), lambda row: _(EXIT_LABELS[row.value]), 200, tone=lambda row: EXIT_TONES[row.value]
    ),
    Column[MarkRow]("on", N_("From"), lambda row: _day(row.on), 90),
    Column[MarkRow]("reason", N_("Reason"), lambda row: row.reason, 220, spare=True),
    Column[MarkRow]("sponsored", N_("Sponsored"), lambda row: _("Yes") if row.sponsored else "", 84),
)
