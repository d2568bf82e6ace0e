"""What is written down beside a case: each a few fields and one verb, with its hints while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.abroad import INCIDENT_LABELS, RETURN_LABELS, Incident
from casemgr.domain.abroad_lists import Entry, shipped
from casemgr.domain.abroad_words import (
    CHANNEL_LABELS,
    CLAIM_DECISION_LABELS,
    PAYEE_LABELS,
    PAYMENT_LABELS,
    Channel,
    ClaimDecision,
    PayeeKind,
    PaymentKind,
)
from casemgr.i18n import N_, _, format_money
from casemgr.services import abroad_claims, abroad_contacts, abroad_documents, abroad_money, abroad_steps
from casemgr.services.abroad_claims import ClaimData, ClaimLine, ClaimView
from casemgr.services.abroad_contacts import ContactData
from casemgr.services.abroad_documents import CheckLine, DocumentData
from casemgr.services.abroad_money import PaymentData, PaymentView
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.number_editors import CountEditor, MoneyEditor
from ui.pages.abroad.case_fields import AHEAD
from ui.verb_place import Verb

if TYPE_CHECKING:
    from datetime import date

    from casemgr.domain.findings import Finding
    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job

DETAIL_FIELDS: Final[dict[str, tuple[Field, ...]]] = {
    "departed": (Field("flight", N_("&Flight"), LineEditor),),
    "extended": (
        Field("contract_to", N_("New &end of the contract"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("months", N_("&Months more"), lambda: CountEditor(most=120)),
    ),
    "returned": (
        Field(
            "return_reason",
            N_("&Why home again"),
            lambda: ChoiceEditor(
                [(str(code), partial(_, words)) for code, words in RETURN_LABELS.items()],
                nothing=lambda: _("choose"),
            ),
            N_("Not known yet is an answer too: a task to ask for it is opened"),
            required=True,
        ),
    ),
}
"""What a step asks beyond day and paper, by its state."""


def step_of(data: StepData) -> StepData:
    """A step as the use case takes it: why somebody came back has a name of its own in the form."""
    detail = dict(data.detail)
    if "return_reason" in detail:
        detail["reason"] = detail.pop("return_reason")
    return replace(data, detail=detail)


def _record() -> str:
    return _("Record")


def _save() -> str:
    return _("Save")


def document(desk: Desk, file: CaseFile, line: CheckLine | None) -> Verb:
    """A paper of the dossier."""
    kept = line.document if line is not None else None
    kinds = [(one.code, partial(_name, one)) for one in shipped().documents.values()]
    fields = (
        Field("kind", N_("&Paper"), lambda: ChoiceEditor(kinds), required=True),
        Field("number", N_("&Number"), LineEditor),
        Field("issued_on", N_("&Issued on"), DayEditor),
        Field("issued_by", N_("Issued &by"), LineEditor),
        Field(
            "expires_on",
            N_("&Expires on"),
            lambda: DayEditor(ahead=AHEAD),
            N_("Empty: reckoned where the data say how long it is valid"),
        ),
        Field("note", N_("N&ote"), LineEditor),
    )

    def submit(typed: Mapping[str, Any]) -> Job:
        data = DocumentData(**typed)
        if kept is None or typed["kind"] != kept.data.kind:
            return desk.write(abroad_documents.keep, file.view.id, data)
        return desk.write(abroad_documents.keep, file.view.id, data, document_id=kept.id, version=kept.version)

    blank = DocumentData(line.kind if line is not None else "")
    return Verb(
        "abroadDocument", lambda: _("Paper of the dossier"), _save, fields, submit, vars(kept.data if kept else blank)
    )


def payment(desk: Desk, file: CaseFile, today: date, line: PaymentView | None = None) -> Verb:
    """A payment; what is to be checked stands beside its fields while one types."""
    fields = (
        Field("kind", N_("&What for"), lambda: ChoiceEditor(labelled(PAYMENT_LABELS)), required=True),
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("amount", N_("&Sum, in đồng"), MoneyEditor, required=True),
        Field("payee_kind", N_("&Paid to"), lambda: ChoiceEditor(labelled(PAYEE_LABELS)), required=True),
        Field("payee", N_("Na&me of the payee"), LineEditor),
        Field(
            "blocked_account",
            N_("Account"),
            lambda: CheckEditor(lambda: _("Into a blocked account at a bank")),
        ),
        Field("receipt", N_("&Receipt"), LineEditor),
        Field("note", N_("N&ote"), LineEditor),
    )

    def read(typed: Mapping[str, Any]) -> PaymentData | None:
        if typed["on"] is None or typed["kind"] is None or typed["payee_kind"] is None:
            return None
        return PaymentData(**{**typed, "amount": typed["amount"] or 0})

    def check(typed: Mapping[str, Any]) -> Sequence[Finding]:
        data = read(typed)
        return () if data is None else desk.workspace.read(abroad_money.check_payment, file.view.id, data)

    def submit(typed: Mapping[str, Any]) -> Job:
        data = PaymentData(**{**typed, "amount": typed["amount"] or 0})
        version = line.version if line is not None else 0
        return desk.write(
            abroad_money.pay, file.view.id, data, payment_id=line.id if line is not None else None, version=version
        )

    blank = PaymentData(PaymentKind.SERVICE, today, 0, file.view.data.firm, PayeeKind.FIRM)
    return Verb(
        "abroadPayment",
        lambda: _("Payment of the worker"),
        _save,
        fields,
        submit,
        vars(line.data if line is not None else blank),
        check,
    )


def give_back(desk: Desk, line: PaymentView, today: date) -> Verb:
    """Money came back."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("amount", N_("&Sum, in đồng"), MoneyEditor, required=True),
    )
    return Verb(
        "abroadGiveBack",
        lambda: _("Given back to the worker"),
        _record,
        fields,
        lambda typed: desk.write(
            abroad_money.give_back, line.id, line.version, on=typed["on"], amount=typed["amount"] or 0
        ),
        {"on": today, "amount": line.data.amount},
    )


def contact(desk: Desk, file: CaseFile, today: date) -> Verb:
    """A contact with the worker or the family."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("channel", N_("&How"), lambda: ChoiceEditor(labelled(CHANNEL_LABELS)), required=True),
        Field("with_whom", N_("&With whom"), LineEditor, required=True),
        Field(
            "reached",
            N_("Heard of"),
            lambda: CheckEditor(lambda: _("The worker or the family answered")),
        ),
        Field("situation", N_("&Situation"), lambda: NotesEditor(lines=2)),
        Field(
            "next_on", N_("&Next contact"), lambda: DayEditor(ahead=AHEAD), N_("Empty: by the office's number of days")
        ),
    )
    return Verb(
        "abroadContact",
        lambda: _("Contact"),
        _record,
        fields,
        lambda typed: desk.write(abroad_contacts.log, file.view.id, ContactData(**typed)),
        vars(ContactData(today, Channel.PHONE)),
    )


def incident(desk: Desk, file: CaseFile, today: date) -> Verb:
    """What happened beside the state; the question of protection comes first."""
    view = file.view
    fields = (
        Field(
            "happened",
            N_("&What happened"),
            lambda: ChoiceEditor(labelled(INCIDENT_LABELS), nothing=lambda: _("nothing any more")),
            N_("A task to ask whether the worker needs protection is opened first; nobody is judged"),
        ),
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("note", N_("N&ote"), lambda: NotesEditor(lines=2)),
    )

    def submit(typed: Mapping[str, Any]) -> Job:
        happened: Incident | None = typed["happened"]
        return desk.write(
            abroad_steps.incident, view.id, view.version, happened, on=typed["on"], note=typed["note"] or ""
        )

    return Verb(
        "abroadIncident",
        lambda: _("Something happened"),
        _record,
        fields,
        submit,
        {"happened": view.incident, "on": today, "note": ""},
    )


def notice(desk: Desk, file: CaseFile, today: date) -> Verb:
    """The returned worker notified the residence."""
    return _on_day(lambda: _("Residence notified"), partial(_write_day, desk, abroad_steps.notice, file), today)


def settlement(desk: Desk, file: CaseFile, today: date) -> Verb:
    """The contract was settled with the firm."""
    return _on_day(lambda: _("Contract settled"), partial(_write_day, desk, abroad_steps.liquidate, file), today)


def _on_day(title: Callable[[], str], submit: Callable[[Mapping[str, Any]], Job], today: date) -> Verb:
    fields = (Field("on", N_("&Day"), DayEditor, required=True),)
    return Verb("abroadAfter", title, _record, fields, submit, {"on": today})


def _write_day(desk: Desk, use_case: Callable[..., None], file: CaseFile, typed: Mapping[str, Any]) -> Job:
    return desk.write(use_case, file.view.id, file.view.version, typed["on"])


def claim(desk: Desk, file: CaseFile, today: date, line: ClaimLine | None = None) -> Verb:
    """A claim on the firm or the Fund."""
    kinds = [(one.code, partial(_name, one)) for one in shipped().claims.values()]
    fields = (
        Field("kind", N_("&What is claimed"), lambda: ChoiceEditor(kinds), required=True),
        Field("asked_on", N_("&Asked on"), DayEditor, required=True),
        Field("amount", N_("&Sum, in đồng"), MoneyEditor, required=True),
        Field("note", N_("N&ote"), LineEditor, N_("The reason, where a figure is unusual")),
    )

    def check(typed: Mapping[str, Any]) -> Sequence[Finding]:
        if not typed["kind"] or typed["asked_on"] is None:
            return ()
        data = ClaimData(typed["kind"], typed["asked_on"], typed["amount"] or 0, typed["note"] or "")
        return desk.workspace.read(abroad_claims.check, file.view.id, data) if data.amount else ()

    return Verb(
        "abroadClaim",
        lambda: _("Claim"),
        _save,
        fields,
        lambda typed: desk.write(
            abroad_claims.keep, file.view.id, ClaimData(**{**typed, "amount": typed["amount"] or 0})
        ),
        {
            "kind": line.kind if line else None,
            "asked_on": today,
            "amount": (line.most or 0) if line else 0,
            "note": "",
        },
        check,
    )


def decide_claim(desk: Desk, line: ClaimView, today: date) -> Verb:
    """The firm or the Fund answered."""
    answers = {code: words for code, words in CLAIM_DECISION_LABELS.items() if code is not ClaimDecision.WAITING}
    fields = (
        Field("decision", N_("&Answer"), lambda: ChoiceEditor(labelled(answers)), required=True),
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("paid", N_("&Paid, in đồng"), MoneyEditor),
    )
    return Verb(
        "abroadClaimAnswer",
        lambda: _("Answer to the claim: {what}").format(what=line.label),
        _record,
        fields,
        lambda typed: desk.write(
            abroad_claims.decide, line.id, line.version, typed["decision"], on=typed["on"], paid=typed["paid"] or 0
        ),
        {"decision": ClaimDecision.GRANTED, "on": today, "paid": line.data.amount},
    )


def ceiling_words(most: int | None) -> str:
    """The most something can come to, or that no figure is known."""
    return _("at most {most}").format(most=format_money(most)) if most is not None else _("no figure is known")


def _name(entry: Entry) -> str:
    return entry.label
