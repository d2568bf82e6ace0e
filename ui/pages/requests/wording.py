"""Sentences about a request: how its due date is counted, what its income means, where it stands."""

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.reviews import REQUEST_REASONS, CaseState, RequestData
from casemgr.i18n import _, format_date, format_money, ngettext
from casemgr.services.request_reckoning import AverageIncome, Due
from casemgr.services.request_standing import Standing

_LISTED = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR)
PASSING = (CaseState.SURVEYED, CaseState.RECHECK, CaseState.POSTED_AGAIN)
"""Steps that many households never stop at: they are shown once they were reached."""


def due_words(due: Due) -> str:
    """How the due date comes about."""
    received, starts, ends = map(format_date, (due.received_on, due.starts_on, due.due_on))
    first = (
        _("The review of the month begins on the day of receipt, {starts}.")
        if due.starts_on == due.received_on
        else _("Received on {received}; the next review of the month begins on {starts}.")
    ).format(received=received, starts=starts)
    days = (
        ngettext(
            "It lasts {count} working day: until {ends}.", "It lasts {count} working days: until {ends}.", due.days
        )
        if due.working
        else ngettext("It lasts {count} day: until {ends}.", "It lasts {count} days: until {ends}.", due.days)
    ).format(count=due.days, ends=ends)
    return f"{first} {days}"


def due_warnings(due: Due) -> list[str]:
    """What is uncertain about it."""
    told = [due.warning] if due.warning else []
    if not due.certain:
        told.append(_("The number of days is recalled, not read in the text of the law: check it."))
    return told


def income_words(income: AverageIncome) -> str:
    """The income per head and the division behind it."""
    return ngettext(
        "{amount} per head and month: divided by 12 months and {count} person.",
        "{amount} per head and month: divided by 12 months and {count} people.",
        income.people,
    ).format(amount=format_money(income.per_head), count=income.people)


def income_class_words(income: AverageIncome) -> str:
    """What it means."""
    value = income.judgement.value
    if value in _LISTED:
        return _("At or under the income line: it may be reviewed as poor or near-poor instead.")
    if value is HouseholdClass.AVERAGE:
        return _(CLASS_LABELS[value])
    return _("Above the average living standard")


def reason_words(data: RequestData) -> str:
    """The reasons of the list and the household's own."""
    named = [_(REQUEST_REASONS[code]) for code in data.reasons if code in REQUEST_REASONS]
    return "; ".join(filter(None, (*named, data.reason_text)))


def steps_shown(standing: Standing) -> list[tuple[CaseState, str]]:
    """The steps of the review with their days, those still ahead without one."""
    shown = []
    for state, on in standing.steps:
        if on is None and state in PASSING:
            continue
        told = format_date(on) if on is not None else ""
        if state is CaseState.POSTED and on is not None and standing.posted_until is not None:
            told = _("{date}, hangs until {until}").format(date=told, until=format_date(standing.posted_until))
        shown.append((state, told))
    return shown
