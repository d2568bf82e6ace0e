"""What speaks against a payment of a staged programme, wherever it is written down: minutes, order, decided amount."""

from collections.abc import Iterator, Sequence

from casemgr.domain.distributions import Cause, Finding, worth
from casemgr.domain.findings import Severity
from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.staged import Line, lines, proof_of
from casemgr.domain.support import DeliveryData, EnrolmentData
from casemgr.i18n import _, format_date, format_money
from casemgr.services.delivery_surroundings import SHUT, Surroundings


def stage_findings(around: Surroundings, data: DeliveryData) -> Iterator[Finding]:
    """Against one delivery; nothing where the programme has no stages."""
    stages = {stage.code: stage for stage in around.programme.stages}
    if not stages:
        return
    case = around.cases.get((data.household_id, data.person_id))
    if data.stage and data.stage not in stages:
        yield Finding(Cause.STAGE, Severity.REFUSE, _("The programme has no such stage."))
        return
    if case is None:
        return
    entries = around.entries.get(data.person_id or data.household_id, ())
    mine = [entry for entry in entries if entry.programme == data.programme]
    way = lines(around.programme, case, {entry.stage: entry.on for entry in mine if entry.stage})
    if case.status in SHUT:
        yield Finding(Cause.STAGE, Severity.WARN, _("The case of this programme is refused or suspended."))
    elif not data.stage:
        yield Finding(Cause.STAGE, Severity.WARN, _("It is paid in stages: choose the stage."))
    else:
        yield from _order(way, case, data)
    decided = case.amount
    total = sum(entry.worth for entry in mine) + worth(data.amount, data.goods)
    if decided is not None and total > decided:
        message = _("{amount} is above the {decided} that were decided.")
        told = message.format(amount=format_money(total), decided=format_money(decided))
        yield Finding(Cause.CAP, _severity(_certainty(way, data.stage)), told)


def _order(way: Sequence[Line], case: EnrolmentData, data: DeliveryData) -> Iterator[Finding]:
    """The decision, then the minutes of the stage, then its payment."""
    if case.decision_on is None:
        yield Finding(Cause.EARLY, Severity.WARN, _("Its case is not decided yet."))
        return
    proof = proof_of(way, data.stage)
    if proof is None:
        return
    severity, certain = _severity(proof.step.certainty), proof.step.certainty == VERIFIED
    if proof.reached is None:
        message = _("First comes the step “{step}”.")
        yield Finding(Cause.STAGE, severity, message.format(step=proof.step.label), certain=certain)
    elif data.on < proof.reached.on:
        message = _("It lies before the step “{step}” of {date}.")
        told = message.format(step=proof.step.label, date=format_date(proof.reached.on))
        yield Finding(Cause.STAGE, severity, told, certain=certain)


def _certainty(way: Sequence[Line], stage: str) -> str:
    """How sure the stage is; of a payment that names none, as its last one."""
    steps = [line.step for line in way if line.step.pays and stage in ("", line.step.pays)]
    return steps[-1].certainty if steps else ""


def _severity(certainty: str) -> Severity:
    """Only what is verified refuses."""
    return Severity.REFUSE if certainty == VERIFIED else Severity.WARN
