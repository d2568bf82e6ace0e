"""What speaks against a livelihood plan: shares above the ceiling, too long since poverty, the same support twice."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.class_history import ClassEvent, standing
from casemgr.domain.entitlement_facts import NEVER
from casemgr.domain.findings import Finding, Severity
from casemgr.domain.livelihood_reckoning import Reckoning
from casemgr.domain.livelihoods import PlanContent
from casemgr.domain.programmes import Catalogue, Rate
from casemgr.domain.support import DeliveryStatus
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Delivery
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.classes import classes_of, since_when
from casemgr.services.programme_views import rate_words
from casemgr.services.programmes import catalogue


def ceiling(found: Catalogue, programme: str, area: str, on: date) -> Rate | None:
    """How much of the costs the state may pay; None when no text with a number is known."""
    return found.rate(f"{programme}.STATE_MAX.{area.upper()}", on)


@dataclass(frozen=True)
class Subject:
    """What the checks need to know of a plan beside its content."""

    household_id: UUID
    programme: str
    area: str
    decision_on: date | None = None


def findings(
    uow: UnitOfWork, plan: Subject, content: PlanContent, reckoning: Reckoning, on: date
) -> tuple[Finding, ...]:
    """All of it, on a day."""
    known = catalogue(uow)
    told = [*_share(known, plan, reckoning, on), *_twice(uow, known, plan), *_unpaid(content)]
    told += _escaped(uow, known, plan.household_id, on)
    return tuple(told)


def _share(known: Catalogue, plan: Subject, reckoning: Reckoning, on: date) -> list[Finding]:
    most = ceiling(known, plan.programme, plan.area, plan.decision_on or on)
    if most is None or reckoning.state_share is None or reckoning.state_share <= most.value:
        return []
    share = f"{reckoning.state_share / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    text = _("The state pays {share} % of the costs, more than {most}.").format(share=share, most=rate_words(most))
    return [Finding(Severity.WARN, "costs", text, most.law)]


def _twice(uow: UnitOfWork, known: Catalogue, plan: Subject) -> list[Finding]:
    """The same content is not paid twice: other programmes of production support the household received."""
    group = known.programmes[plan.programme].group if plan.programme in known.programmes else ""
    codes = [code for code, programme in known.programmes.items() if programme.group == group and group]
    statement = (
        select(Delivery.programme, Delivery.on_date)
        .where(
            Delivery.household_id == plan.household_id,
            Delivery.programme.in_(codes),
            Delivery.status.in_((DeliveryStatus.DELIVERED.value, DeliveryStatus.RECEIVED.value)),
        )
        .order_by(Delivery.on_date.desc())
    )
    own = plan.decision_on
    told = []
    for code, day in uow.session.execute(statement):
        if code == plan.programme and own is not None and day >= own:
            continue
        text = _("The household received {programme} on {date}; the same content is not paid twice.")
        told.append(Finding(Severity.WARN, "programme", text.format(programme=code, date=format_date(day))))
    return told[:1]


def _escaped(uow: UnitOfWork, known: Catalogue, household_id: UUID, on: date) -> list[Finding]:
    most = known.rate("SK.ESCAPED_MONTHS", on)
    dated = [(since_when(one), one.data.value.value) for one in classes_of(uow, household_id)]
    months = standing((ClassEvent(day.isoformat(), value, None) for day, value in dated if day), on).months_off
    if most is None or months == NEVER or months <= most.value:
        return []
    text = _("The household left the list {months} months ago, more than {most}.")
    return [Finding(Severity.WARN, "programme", text.format(months=months, most=rate_words(most)), most.law)]


def _unpaid(content: PlanContent) -> list[Finding]:
    missing = sum(line.amount - line.paid for line in content.own)
    if missing <= 0 or not content.own:
        return []
    return [Finding(Severity.WARN, "own", _("The household's own share is not put in whole yet."))]
