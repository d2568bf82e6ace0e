"""The columns of postings and objections, and how their states look."""

from collections.abc import Collection
from typing import Final

from casemgr.domain.reviews import OBJECTION_LABELS, ObjectionOutcome
from casemgr.i18n import N_, _, format_date, format_number, ngettext
from casemgr.services.postings import ObjectionView, PostingView
from ui.models.rows import Column

OUTCOME_TONES: Final = {
    ObjectionOutcome.OPEN: "near",
    ObjectionOutcome.UPHELD: "info",
    ObjectionOutcome.DISMISSED: "plain",
}


def where_words(row: PostingView) -> str:
    """The hamlet, or the whole commune."""
    return row.hamlet or _("Whole commune")


def standing_words(objections: Collection[ObjectionView], in_recheck: int) -> str:
    """How many re-checks are open, else how many households wait to be posted again after theirs."""
    waiting = sum(one.outcome is ObjectionOutcome.OPEN for one in objections)
    if waiting:
        note = ngettext("{count} re-check is open", "{count} re-checks are open", waiting)
        return note.format(count=format_number(waiting))
    if in_recheck:
        note = ngettext(
            "{count} re-checked household is to be posted again",
            "{count} re-checked households are to be posted again",
            in_recheck,
        )
        return note.format(count=format_number(in_recheck))
    return _("No re-check is open")


def posting_state(row: PostingView) -> str:
    """Whether the list still hangs."""
    if row.taken_down_on is not None:
        return _("Taken down {date}").format(date=format_date(row.taken_down_on))
    return _("Posted again") if row.again else _("Posted")


POSTINGS: Final = (
    Column[PostingView]("posted_on", N_("Posted on"), lambda row: format_date(row.posted_on), 100),
    Column[PostingView]("until_on", N_("Until the end of"), lambda row: format_date(row.until_on), 112),
    Column[PostingView]("hamlet", N_("Hamlet"), where_words, 160),
    Column[PostingView](
        "households", N_("Households"), lambda row: format_number(row.households), 96, right=True, spare=True
    ),
    Column[PostingView](
        "open",
        N_("Objections"),
        lambda row: format_number(row.open_objections) if row.open_objections else "–",
        96,
        right=True,
    ),
    Column[PostingView](
        "state",
        N_("State"),
        posting_state,
        170,
        tone=lambda row: "plain" if row.taken_down_on is not None else "info",
    ),
)

OBJECTIONS: Final = (
    Column[ObjectionView]("received_on", N_("Received"), lambda row: format_date(row.received_on), 100),
    Column[ObjectionView]("head", N_("Head of household"), lambda row: row.head, 170),
    Column[ObjectionView]("code", N_("Code"), lambda row: row.code, 80, code=True),
    Column[ObjectionView]("by", N_("Raised by"), lambda row: row.by_name, 150, spare=True),
    Column[ObjectionView]("due_on", N_("Re-check due"), lambda row: format_date(row.due_on), 100),
    Column[ObjectionView](
        "outcome",
        N_("Outcome"),
        lambda row: _(OBJECTION_LABELS[row.outcome]),
        130,
        tone=lambda row: OUTCOME_TONES[row.outcome],
    ),
)
