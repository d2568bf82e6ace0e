"""The fields of a request as it is handed in, and of the acts that answer it."""

from typing import Final

from casemgr.domain.reviews import REQUEST_LABELS, REQUEST_REASONS, REQUEST_WAY_LABELS
from casemgr.i18n import N_
from ui.editors import ChecksEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.number_editors import SumEditor

REQUEST_FIELDS: Final = (
    Field("kind", N_("&Asks for"), lambda: ChoiceEditor(labelled(REQUEST_LABELS)), required=True, wide=True),
    Field("received_on", N_("Received &on"), DayEditor, required=True),
    Field("way", N_("&How it came in"), lambda: ChoiceEditor(labelled(REQUEST_WAY_LABELS)), required=True),
    Field("applicant", N_("A&pplicant"), LineEditor, N_("Who signed the request; empty: the head of household.")),
    Field("note", N_("&Note"), LineEditor, N_("For the office only; it stands on no paper.")),
    Field("reasons", N_("&Reasons"), lambda: ChecksEditor(REQUEST_REASONS), wide=True),
    Field(
        "reason_text",
        N_("In the household's own &words"),
        lambda: NotesEditor(lines=2),
        N_("As it stands on the form; it is printed on it."),
        wide=True,
    ),
)

INCOME_FIELDS: Final = (
    Field(
        "income_year",
        N_("O&f all members, in đồng"),
        lambda: SumEditor(most=100_000_000_000),
        N_("Of all members together in the 12 months before, without social allowances."),
    ),
)

WITHDRAW_FIELDS: Final = (
    Field("on", N_("&On"), DayEditor, required=True),
    Field("reason", N_("&Why, if it was said"), LineEditor),
)

REFUSAL_FIELDS: Final = (
    Field("on", N_("&Dated"), DayEditor, required=True),
    Field("reason", N_("&Reason"), lambda: NotesEditor(lines=8), required=True),
)
