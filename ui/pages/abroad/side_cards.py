"""Lines of the cards beside a case: papers, payments, support, registrations, contacts, claims, steps."""

from __future__ import annotations

from typing import Final

from casemgr.domain.abroad import ABROAD_MACHINE, RETURN_LABELS, ReturnReason
from casemgr.domain.abroad_words import (
    CHANNEL_LABELS,
    CLAIM_DECISION_LABELS,
    OUTCOME_LABELS,
    PAYMENT_LABELS,
    ClaimDecision,
    PayeeKind,
    PaymentKind,
)
from casemgr.i18n import N_, _, format_date, format_money, format_number
from casemgr.services.abroad_claims import ClaimView
from casemgr.services.abroad_contacts import ContactView
from casemgr.services.abroad_documents import EXPIRED, EXPIRING, HAVE, MISSING, CheckLine
from casemgr.services.abroad_money import PaymentView
from casemgr.services.abroad_support import SupportView
from casemgr.services.direct_contracts import DirectView
from casemgr.services.state_steps import StepView
from ui.models.rows import Column


def _paper_state(row: CheckLine) -> str:
    day = format_date(row.expires_on) if row.expires_on else ""
    if row.state == MISSING:
        return _("not there yet")
    if row.state == EXPIRED:
        return _("expired {date}").format(date=day)
    if row.state == EXPIRING:
        return _("expires {date}").format(date=day)
    return _("until {date}").format(date=day) if day else _("there")


_PAPER_TONES: Final = {HAVE: "ok", MISSING: "near", EXPIRED: "poor", EXPIRING: "near"}


def _paper_tone(row: CheckLine) -> str:
    return "plain" if row.state == MISSING and not row.before_departure else _PAPER_TONES[row.state]


def _paper_number(row: CheckLine) -> str:
    data = row.document.data if row.document is not None else None
    if data is None:
        return ""
    return " · ".join(filter(None, (data.number, format_date(data.issued_on) if data.issued_on else "")))


def _payee(row: PaymentView) -> str:
    return " · ".join(filter(None, (row.data.payee, row.data.receipt or _("no receipt"))))


def _payment_state(row: PaymentView) -> str:
    if row.returned_on is not None:
        return _("{sum} back {date}").format(sum=format_money(row.returned_amount), date=format_date(row.returned_on))
    if row.data.kind is PaymentKind.BROKER or row.data.payee_kind in (PayeeKind.PERSON, PayeeKind.OTHER):
        return _("to be checked")
    return ""


def _support_ceiling(row: SupportView) -> str:
    return format_number(row.ceiling) if row.ceiling is not None else _("by the receipts")


def _support_state(row: SupportView) -> str:
    if row.paid_on is not None:
        return _("paid {date}").format(date=format_date(row.paid_on))
    return _("asked {date}").format(date=format_date(row.data.asked_on)) if row.data.asked_on else _("not asked yet")


def direct_state(row: DirectView) -> str:
    """How a registration stands, in words."""
    if row.outcome is not None:
        return _(OUTCOME_LABELS[row.outcome])
    if row.due_on is None:
        return _("papers missing: {count}").format(count=format_number(sum(not one.present for one in row.lines)))
    day = format_date(row.due_on)
    return _("overdue {date}").format(date=day) if row.late else _("answer by {date}").format(date=day)


def direct_tone(row: DirectView) -> str:
    """Its colour."""
    if row.outcome is not None:
        return "ok" if row.outcome == "confirmed" else "plain"
    return "poor" if row.late else "near"


def _claim_state(row: ClaimView) -> str:
    if row.paid_on is not None:
        return _("{sum} paid {date}").format(sum=format_money(row.paid), date=format_date(row.paid_on))
    return _(CLAIM_DECISION_LABELS[row.decision])


def _claim_tone(row: ClaimView) -> str:
    return {ClaimDecision.WAITING: "near", ClaimDecision.GRANTED: "ok"}.get(row.decision, "plain")


def _step_more(row: StepView) -> str:
    detail = row.data.detail
    parts = [row.data.document_number]
    if row.data.document_on:
        parts.append(format_date(row.data.document_on))
    if detail.get("flight"):
        parts.append(_("flight {number}").format(number=detail["flight"]))
    if detail.get("reason") in tuple(ReturnReason):
        parts.append(_(RETURN_LABELS[ReturnReason(detail["reason"])]))
    parts.append(row.data.reason)
    return " · ".join(filter(None, parts))


PAPERS: Final = (
    Column[CheckLine]("label", N_("Paper"), lambda row: row.label, 180, hint=lambda row: f"{row.label} ({row.law})"),
    Column[CheckLine]("number", N_("Number, day"), _paper_number, 120, spare=True),
    Column[CheckLine]("state", N_("State"), _paper_state, 120, tone=_paper_tone),
)
PAYMENTS: Final = (
    Column[PaymentView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[PaymentView]("kind", N_("What for"), lambda row: _(PAYMENT_LABELS[row.data.kind]), 140),
    Column[PaymentView]("amount", N_("Sum, đồng"), lambda row: format_number(row.data.amount), 110, right=True),
    Column[PaymentView]("payee", N_("Payee, receipt"), _payee, 130, spare=True, hint=_payee),
    Column[PaymentView](
        "state", N_("State"), _payment_state, 120, tone=lambda row: "ok" if row.returned_on else "near"
    ),
)
SUPPORTS: Final = (
    Column[SupportView](
        "label", N_("Item"), lambda row: row.label, 150, hint=lambda row: f"{row.label} ({row.law or '—'})"
    ),
    Column[SupportView]("ceiling", N_("Ceiling"), _support_ceiling, 96, right=True),
    Column[SupportView]("cost", N_("Cost"), lambda row: format_number(row.data.cost), 96, right=True, spare=True),
    Column[SupportView]("amount", N_("Sum, đồng"), lambda row: format_number(row.data.amount), 96, right=True),
    Column[SupportView]("receipt", N_("Receipt"), lambda row: row.data.receipt, 80, spare=True),
    Column[SupportView]("state", N_("State"), _support_state, 120, tone=lambda row: "ok" if row.paid_on else "near"),
)
REGISTRATIONS: Final = (
    Column[DirectView]("received", N_("Received"), lambda row: format_date(row.data.received_on), 90, code=True),
    Column[DirectView]("state", N_("State"), direct_state, 180, tone=direct_tone),
    Column[DirectView]("paper", N_("Paper"), lambda row: row.paper_number, 110, spare=True),
)
CONTACTS: Final = (
    Column[ContactView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[ContactView]("channel", N_("How"), lambda row: _(CHANNEL_LABELS[row.data.channel]), 110, spare=True),
    Column[ContactView]("whom", N_("With whom"), lambda row: row.data.with_whom, 110),
    Column[ContactView](
        "reached",
        N_("Heard of"),
        lambda row: _("heard of") if row.data.reached else _("not heard of"),
        110,
        tone=lambda row: "ok" if row.data.reached else "near",
    ),
    Column[ContactView](
        "situation", N_("Situation"), lambda row: row.data.situation, 140, hint=lambda row: row.data.situation
    ),
)
CLAIMS: Final = (
    Column[ClaimView]("label", N_("Claim"), lambda row: row.label, 160, hint=lambda row: f"{row.label} ({row.law})"),
    Column[ClaimView]("on", N_("Asked on"), lambda row: format_date(row.data.asked_on), 90, code=True),
    Column[ClaimView](
        "amount", N_("Sum, đồng"), lambda row: format_number(row.data.amount), 100, right=True, spare=True
    ),
    Column[ClaimView]("state", N_("State"), _claim_state, 150, tone=_claim_tone),
)
STEPS: Final = (
    Column[StepView]("on", N_("Day"), lambda row: format_date(row.data.on), 90, code=True),
    Column[StepView]("to", N_("Step"), lambda row: ABROAD_MACHINE.label(row.data.to), 150),
    Column[StepView]("more", N_("Paper, reason"), _step_more, 190, hint=_step_more),
)
