"""The facts of a case of work abroad as fields, in parts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.abroad import GROUP_LABELS, AbroadContent, Generation
from casemgr.domain.abroad_lists import Entry, shipped
from casemgr.domain.abroad_words import KEPT_LABELS
from casemgr.i18n import N_, _, format_money
from casemgr.services import case_files
from ui.editors import CheckEditor, ChecksEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, not_stated
from ui.forms import Field
from ui.number_editors import CountEditor, MoneyEditor

if TYPE_CHECKING:
    from casemgr.services.abroad_file import LoanChoice
    from ui.desk import Desk

AHEAD: Final = 366 * 12
TITLES: Final = (
    N_("How and where"),
    N_("Contract and wage"),
    N_("Money and security"),
    N_("Support"),
    N_("Consent, contacts, notes"),
)
"""The parts, in their order."""
CONTENT: Final = tuple(AbroadContent.__dataclass_fields__)


def entries(found: dict[str, Entry] | Sequence[Entry]) -> list[tuple[str, Callable[[], str]]]:
    """Choices from a list that is shipped, in the language in force."""
    rows = found.values() if isinstance(found, dict) else found
    return [(one.code, partial(_label, one)) for one in rows]


def form_choices() -> list[tuple[str, Callable[[], str]]]:
    """Ways of going."""
    return entries(tuple(shipped().forms.values()))


def market_choices() -> list[tuple[str, Callable[[], str]]]:
    """Markets."""
    return entries(tuple(shipped().markets.values()))


def parts(desk: Desk, loans: Sequence[LoanChoice]) -> tuple[tuple[Field, ...], ...]:
    """The fields of every part, in the order of `TITLES`."""
    officers = desk.workspace.read(case_files.officers)
    generations = [(one.value, partial(str, one.value)) for one in Generation]
    return (
        (
            Field("form", N_("&Way of going"), lambda: ChoiceEditor(form_choices(), nothing=not_stated), wide=True),
            Field("market", N_("&Market"), lambda: ChoiceEditor(market_choices(), nothing=not_stated)),
            Field("country", N_("&Country, territory"), LineEditor),
            Field("programme_name", N_("&Programme"), LineEditor, N_("Technical intern, EPS, seafarer…")),
            Field("job", N_("&Work"), LineEditor),
            Field("firm", N_("&Firm or unit that sends"), LineEditor),
            Field("licence", N_("&Licence number"), LineEditor),
            Field("supply_registration", N_("Supply contract &approved"), LineEditor, N_("Number of the approval")),
            Field("firm_contact", N_("C&ontact at the firm"), LineEditor),
            Field("registered_on", N_("&Registered on"), DayEditor),
            Field("selected_on", N_("&Selected on"), DayEditor),
            Field(
                "waiting_promise",
                N_("Waiting time"),
                lambda: CheckEditor(lambda: _("Promised in writing by the firm")),
                wide=True,
            ),
            Field("level", N_("Lan&guage, skill"), LineEditor, N_("N5, TOPIK 2…")),
            Field("advice", N_("Advice &given"), lambda: NotesEditor(lines=2), wide=True),
        ),
        (
            Field("employer", N_("&Employer abroad"), LineEditor),
            Field("employer_address", N_("&Address of the employer"), LineEditor),
            Field("workplace", N_("&Place of work"), LineEditor),
            Field("signed_on", N_("Contract &signed on"), DayEditor),
            Field("accepted_on", N_("A&ccepted or visa on"), DayEditor, N_("Only then a deposit may be asked for")),
            Field("contract_from", N_("Contract &from"), lambda: DayEditor(ahead=AHEAD)),
            Field("contract_to", N_("Contract &to"), lambda: DayEditor(ahead=AHEAD)),
            Field(
                "contract_months", N_("&Months"), lambda: CountEditor(most=240), N_("Empty: reckoned from both days")
            ),
            Field("wage", N_("&Wage of a month, in đồng"), MoneyEditor),
            Field("work_status", N_("State of the wor&k"), LineEditor),
            Field(
                "sailor",
                N_("Crew"),
                lambda: CheckEditor(lambda: _("Crew of a ship (own fee ceiling)")),
                wide=True,
            ),
            Field(
                "area_banned",
                N_("Area"),
                lambda: CheckEditor(lambda: _("War, contamination or epidemic there")),
                wide=True,
            ),
        ),
        (
            Field(
                "loan_id",
                N_("&Loan"),
                lambda: ChoiceEditor([(one.id, partial(_loan, one)) for one in loans], nothing=lambda: _("none")),
                wide=True,
            ),
            Field("private_debt", N_("&Private debts for going, in đồng"), MoneyEditor),
            Field(
                "kept",
                N_("Kept as &security by the firm"),
                lambda: ChecksEditor(KEPT_LABELS),
                N_("Beside a deposit"),
                wide=True,
            ),
            Field(
                "sender_is_person",
                N_("Sender"),
                lambda: CheckEditor(lambda: _("A private person sends, not a unit")),
                wide=True,
            ),
        ),
        (
            Field("generation", N_("&Generation of support"), lambda: ChoiceEditor(generations, nothing=not_stated)),
            Field("groups", N_("G&roups"), lambda: ChecksEditor(GROUP_LABELS), wide=True),
            Field("bank", N_("&Bank"), LineEditor),
            Field("account", N_("&Account"), LineEditor),
        ),
        (
            Field("consent_on", N_("Con&sent given on"), DayEditor, N_("The person agreed that these data are kept")),
            Field(
                "officer_id",
                N_("&Officer"),
                lambda: ChoiceEditor(
                    [(one.id, partial(str, one.name)) for one in officers], nothing=lambda: _("whoever writes it")
                ),
            ),
            Field("address_abroad", N_("A&ddress abroad"), LineEditor),
            Field("flight", N_("&Flight"), LineEditor),
            Field("contact_abroad", N_("Contact a&broad"), LineEditor, N_("Voluntary: needs consent")),
            Field("contact_home", N_("Contact at &home"), LineEditor, N_("Voluntary: needs consent")),
            Field("remittance", N_("Sent home in a &month, in đồng"), MoneyEditor, N_("Voluntary: needs consent")),
            Field(
                "exit_ban", N_("Exit"), lambda: CheckEditor(lambda: _("Not allowed to leave the country")), wide=True
            ),
            Field(
                "no_capacity", N_("Capacity"), lambda: CheckEditor(lambda: _("Without full legal capacity")), wide=True
            ),
            Field("reintegration", N_("Settling in a&gain"), lambda: NotesEditor(lines=2), wide=True),
            Field("result", N_("What it brou&ght the household"), lambda: NotesEditor(lines=2), wide=True),
            Field("note", N_("&Note"), lambda: NotesEditor(lines=2), wide=True),
        ),
    )


def _label(entry: Entry) -> str:
    return entry.label


def _loan(loan: LoanChoice) -> str:
    return _("{what}: {sum}").format(what=loan.words, sum=format_money(loan.amount))


TEXTS: Final[dict[str, Any]] = {"form": "", "market": "", "generation": "", "groups": (), "kept": ()}
"""What an empty choice means."""
