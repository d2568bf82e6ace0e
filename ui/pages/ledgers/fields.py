"""Fields of loans, cards and school support."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from casemgr.domain.loans import ORGANISATIONS
from casemgr.domain.schooling import SCHOOL_KIND_LABELS
from casemgr.i18n import N_, _
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, NumberEditor, labelled, not_stated
from ui.forms import Field
from ui.number_editors import SumEditor
from ui.pages.ledgers.plan_editor import PlanEditor
from ui.who_editor import WhoEditor

if TYPE_CHECKING:
    from datetime import date

    from ui.desk import Desk

AHEAD = 366 * 40
"""Due dates lie so many days ahead at most."""


def as_named(names: Mapping[str, str]) -> list[tuple[str, Callable[[], str]]]:
    """Choices whose words are the same in every language."""
    return [(code, partial(str, name)) for code, name in names.items()]


_PAID = Field(
    "paid_on",
    N_("Paid &out on"),
    DayEditor,
    N_("Only for a loan the bank has paid out before it was written down here."),
)


def loan_fields(
    desk: Desk, programmes: Mapping[str, str], organisations: Sequence[str], *, new: bool
) -> tuple[Field, ...]:
    """A loan as it is asked for; a new one may have been paid out already."""
    named = list(dict.fromkeys((*ORGANISATIONS, *organisations)))
    return (
        Field("who", N_("&Borrower"), lambda: WhoEditor(desk, "ledgerWho"), required=True),
        Field(
            "programme",
            N_("&Programme"),
            lambda: ChoiceEditor(as_named(programmes)),
            required=True,
        ),
        Field("amount", N_("&Sum in đồng"), SumEditor, required=True),
        Field("term_months", N_("&Term in months"), lambda: NumberEditor(most=600)),
        Field("purpose", N_("&What it is for"), LineEditor, required=True),
        Field("asked_on", N_("Asked for &on"), DayEditor, required=True),
        *((_PAID,) if new else ()),
        Field("group_name", N_("Savings and loan &group"), LineEditor),
        Field(
            "organisation",
            N_("&Mass organisation"),
            lambda: ChoiceEditor(as_named({name: name for name in named}), nothing=not_stated),
        ),
        Field("note", N_("&Note"), lambda: NotesEditor(lines=2)),
    )


LIST_FIELDS = (
    Field("on", N_("Da&y"), DayEditor, required=True),
    Field(
        "reason",
        N_("&Why, where a rule warns"),
        lambda: NotesEditor(lines=2),
        N_("A loan that a certain rule refuses cannot be put on the list."),
    ),
)
PAY_FIELDS = (
    Field("on", N_("Da&y"), DayEditor, required=True),
    Field("amount", N_("&Sum in đồng"), SumEditor, required=True),
    Field("due_on", N_("&Repay by"), lambda: DayEditor(ahead=AHEAD), N_("Empty: from the term of the loan.")),
    Field("document", N_("&Paper"), LineEditor, N_("Number of the paper of the bank.")),
)
REPAY_FIELDS = (
    Field("on", N_("Da&y"), DayEditor, required=True),
    Field("amount", N_("&Sum in đồng"), SumEditor, required=True),
    Field("document", N_("&Paper"), LineEditor),
)
EXTEND_FIELDS = (
    Field("on", N_("Da&y"), DayEditor, required=True),
    Field("due_on", N_("&New due date"), lambda: DayEditor(ahead=AHEAD), required=True),
    Field("document", N_("&Paper"), LineEditor),
)
REFUSE_FIELDS = (
    Field("on", N_("Da&y"), DayEditor, required=True),
    Field("reason", N_("&Reason of the refusal"), lambda: NotesEditor(lines=3), required=True),
    Field("document", N_("&Paper"), LineEditor),
)
_RHYTHM_LABELS = {6: N_("Every 6 months"), 12: N_("Every 12 months")}


def plan_fields(principal: Callable[[], int], today: Callable[[], date]) -> tuple[Field, ...]:
    """The instalments of a loan; another rhythm proposes them anew."""
    return (
        Field(
            "every",
            N_("&Propose"),
            lambda: ChoiceEditor([(one, partial(_, words)) for one, words in _RHYTHM_LABELS.items()]),
        ),
        Field(
            "plan",
            N_("&Instalments"),
            lambda: PlanEditor(principal, today),
            N_("Correct days and sums as the bank agreed; together they are the whole sum. No line: all at the end."),
        ),
    )


def card_fields(groups: Mapping[str, str]) -> tuple[Field, ...]:
    """A health insurance card."""
    return (
        Field("number", N_("Card &number"), LineEditor, required=True),
        Field(
            "group",
            N_("&Group of the card"),
            lambda: ChoiceEditor(as_named(groups)),
            required=True,
        ),
        Field("valid_from", N_("Card valid &from"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("valid_to", N_("Card valid &to"), lambda: DayEditor(ahead=AHEAD), N_("Empty: until further notice.")),
        Field("facility", N_("First &place of treatment"), LineEditor),
        Field("payer_percent", N_("Paid by the &state (%)"), lambda: NumberEditor(most=100)),
        Field("ends_better", "", lambda: CheckEditor(lambda: _("Takes the place of a card that gives more"))),
    )


SCHOOL_FIELDS = (
    Field("school", N_("Name of the &school"), LineEditor),
    Field("grade", N_("&Grade"), LineEditor),
    Field("kind", N_("&Public or private"), lambda: ChoiceEditor(labelled(SCHOOL_KIND_LABELS)), required=True),
    Field("decision_number", N_("&Decision number"), LineEditor, N_("Empty: the child is only on the list.")),
    Field("decision_on", N_("Decided &on"), DayEditor),
    Field("from_on", N_("&First day"), lambda: DayEditor(ahead=400), N_("Empty: from the first day of the year.")),
    Field("to_on", N_("&Last day"), lambda: DayEditor(ahead=400), N_("Empty: to the last day of the year.")),
    Field("note", N_("&Note"), LineEditor),
)
PERIOD_FIELDS = (
    Field("from_on", N_("&After"), DayEditor, required=True),
    Field("to_on", N_("&Until"), DayEditor, required=True),
)
