"""Papers of livelihood plans and projects: filled in from the records, then prepared or frozen by the case papers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID

from sqlalchemy import select

from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.dates import official_date
from casemgr.domain.livelihood_reckoning import STATE_SOURCES
from casemgr.domain.livelihoods import PlanState
from casemgr.domain.permissions import Permission
from casemgr.domain.revolving import EntryKind
from casemgr.errors import NotFoundError
from casemgr.i18n import _
from casemgr.persistence.models import HouseholdIndex, Livelihood
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import (
    assets,
    case_papers,
    community_projects,
    households,
    livelihood_visits,
    livelihoods,
    revolving,
    state_steps,
    templates,
)
from casemgr.services import livelihood_paper_words as words
from casemgr.services.livelihoods import LivelihoodView
from casemgr.services.office_papers import IssuedPaper, Render
from casemgr.services.programmes import catalogue

REQUEST: Final = "case_production_request"
PLAN: Final = "case_production_plan"
SELECTION: Final = "case_selection_minutes"
COMMITMENT: Final = "case_commitment"
PASSING: Final = "case_passing_slip"
ACCEPTANCE: Final = "case_acceptance_minutes"
LIQUIDATION: Final = "case_liquidation_minutes"
LOSS: Final = "case_loss_minutes"
VISIT: Final = "case_visit_sheet"

_FOLLOWED: Final = (PlanState.HANDED_OVER, PlanState.RUNNING, PlanState.ACCEPTED, PlanState.REVOLVING)


@dataclass(frozen=True)
class Filled:
    """What a paper is filled in with."""

    code: str
    values: Mapping[str, str]
    tables: Mapping[str, Sequence[Sequence[str]]] = field(default_factory=dict)
    household_id: UUID | None = None
    person_id: UUID | None = None
    subject_id: UUID | None = None


def fill(uow: UnitOfWork, code: str, livelihood_id: UUID, part_id: UUID | None = None) -> Filled:
    """A paper of a plan; `part_id` says which loss or duty it is about, else the newest."""
    uow.require(Permission.READ)
    view = livelihoods.view(uow, livelihood_id)
    makers: dict[str, Callable[[], Filled]] = {
        REQUEST: lambda: _request(uow, view),
        PLAN: lambda: _plan(uow, view),
        SELECTION: lambda: _selection(uow, view),
        COMMITMENT: lambda: _commitment(uow, view),
        PASSING: lambda: _passing(uow, view, part_id),
        ACCEPTANCE: lambda: _acceptance(uow, view),
        LOSS: lambda: _loss(uow, view, part_id),
        VISIT: lambda: _visit(uow, view),
    }
    if code not in makers:
        raise NotFoundError(_("There is no paper called “{key}”.").format(key=code))
    return makers[code]()


def visit_sheets(uow: UnitOfWork, *, hamlet_id: UUID | None = None, until: date | None = None) -> list[Filled]:
    """A sheet for every plan that is followed, by hamlet and head; `until`: only visits due by that day."""
    uow.require(Permission.READ)
    statement = (
        select(Livelihood.id)
        .join(HouseholdIndex, HouseholdIndex.household_id == Livelihood.household_id)
        .where(Livelihood.status.in_([state.value for state in _FOLLOWED]))
        .order_by(HouseholdIndex.hamlet_id, HouseholdIndex.number)
    )
    if hamlet_id is not None:
        statement = statement.where(HouseholdIndex.hamlet_id == hamlet_id)
    if until is not None:
        statement = statement.where(Livelihood.due_on <= until)
    return [_visit(uow, livelihoods.view(uow, one)) for one in uow.session.scalars(statement)]


def prepare(uow: UnitOfWork, filled: Filled, *, on: date) -> CasePaperContent:
    """The paper as it would be issued that day."""
    return case_papers.prepare(
        uow,
        filled.code,
        filled.values,
        filled.tables,
        on=on,
        person_id=filled.person_id,
        household_id=filled.household_id,
        subject_id=filled.subject_id,
    )


def issue(uow: UnitOfWork, filled: Filled, *, on: date, render: Render) -> IssuedPaper:
    """Number it where it has a number, and freeze it."""
    return case_papers.issue(
        uow,
        filled.code,
        filled.values,
        filled.tables,
        on=on,
        person_id=filled.person_id,
        household_id=filled.household_id,
        subject_id=filled.subject_id,
        render=render,
    )


# ---- papers


def _request(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    content = view.data.content
    values = _common(uow, view) | {
        "activity": view.data.product,
        "scale": content.scale,
        "experience": content.experience,
        "own_share": words.money(view.reckoning.own, words=True) if view.reckoning.own else "",
    }
    rows = [
        (one.name, one.measure, words.count(one.quantity), words.count(one.amount))
        for one in words.asked(content.costs)
    ]
    return _of(view, REQUEST, values, {"needs": rows})


def _plan(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    content, found = view.data.content, view.reckoning
    names = _indicators(uow)
    risks = [f"{one.risk}: {one.response}" if one.response else one.risk for one in content.risks]
    if content.insurance:
        risks.append(f"Bảo hiểm: {content.insurance}")
    goal = [f"Thoát nghèo năm {view.data.escape_year}"] if view.data.escape_year else []
    ends = [names.get(code, code) for code in content.ends_deprivation]
    if ends:
        goal.append("hết thiếu hụt " + ", ".join(ends))
    values = _common(uow, view) | {
        "causes": ", ".join(words.cause(code) for code in content.causes),
        "deprivations": ", ".join(names.get(code, code) for code in content.deprived),
        "land": "; ".join(
            " ".join(
                filter(
                    None, (f"{words.count(one.square_metres)} m²", one.kind, f"({one.papers})" if one.papers else "")
                )
            )
            for one in content.land
        ),
        "stalls": ", ".join(filter(None, (content.barns, content.tools))),
        "labour": words.labour(content.workers, content.hours_a_day),
        "experience": content.experience,
        "savings": words.money(content.savings) if content.savings else "",
        "loans": content.debts,
        "activity": view.data.product,
        "scale": content.scale,
        "reason": content.reasons,
        "market": content.market,
        "training": "; ".join(content.training),
        "total_cost": words.money(found.total),
        "state_share": words.share(found.state, found.state_share),
        "own_share": words.share(found.own, found.own_share),
        "profit": words.money(found.profit),
        "payback": "" if found.payback_months is None else str(found.payback_months),
        "extra_income": "" if found.added_income is None else words.money(found.added_income),
        "goal": "; ".join(goal),
        "risks": "; ".join(risks),
        "officer": "; ".join(filter(None, (content.association, content.technician, content.sponsor))),
    }
    needs = [
        (
            one.name,
            one.specification,
            one.measure,
            words.count(one.quantity),
            words.count(one.unit_price),
            words.count(one.amount),
            "Nhà nước" if one.source in STATE_SOURCES else words.SOURCES[one.source],
        )
        for one in content.costs
    ]
    own = [
        (
            one.name,
            words.OWN_MEASURES[one.kind],
            words.count(one.quantity),
            words.count(one.unit_price),
            words.count(one.amount),
            one.when,
        )
        for one in content.own
    ]
    schedule = [
        (one.label, f"Tháng {one.first_month}", f"Tháng {one.last_month}", one.responsible) for one in content.season
    ]
    return _of(view, PLAN, values, {"needs": needs, "own": own, "schedule": schedule})


def _selection(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    """One meeting of the hamlet: every plan of the programme that was voted on that day, or still waits for it."""
    voted = _vote(uow, view.id)
    hamlet = select(HouseholdIndex.hamlet_id).where(HouseholdIndex.household_id == view.data.household_id)
    statement = (
        select(Livelihood.id, Livelihood.status)
        .join(HouseholdIndex, HouseholdIndex.household_id == Livelihood.household_id)
        .where(HouseholdIndex.hamlet_id == uow.session.scalar(hamlet), Livelihood.programme == view.data.programme)
        .order_by(HouseholdIndex.number)
    )
    rows, chosen = [], 0
    for one, status in uow.session.execute(statement):
        vote = _vote(uow, one)
        same_day = voted is not None and vote is not None and vote[0] == voted[0]
        if not same_day and status != PlanState.REGISTERED and one != view.id:
            continue
        other = livelihoods.view(uow, one)
        agreed = str(vote[2]) if vote else ""
        against = str(vote[1] - vote[2]) if vote else ""
        chosen += vote is not None
        rows.append(
            (
                other.head,
                words.class_words(other.class_value),
                other.data.product,
                agreed,
                against,
                "Đề nghị" if vote else "",
            )
        )
    values = _common(uow, view) | {
        "time": official_date(voted[0]) if voted else "",
        "present": str(voted[1]) if voted else "",
        "selected": str(chosen) if voted else "",
        "refused": str(len(rows) - chosen) if voted else "",
    }
    return _of(view, SELECTION, values, {"votes": rows})


def _commitment(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    rules = community_projects.view(uow, view.data.project_id).data.revolving if view.data.project_id else None
    duties = revolving.ledger(uow, livelihood_id=view.id)
    values = _common(uow, view) | {
        "decision": words.decision(view),
        "content": words.needs(words.asked(view.data.content.costs)),
        "value": words.money(view.reckoning.state, words=True),
        "own_share": words.money(view.reckoning.own) if view.reckoning.own else "",
        "return_form": {"cash": "Bằng tiền", "animals": "Bằng hiện vật (con giống)"}.get(rules.form, "")
        if rules
        else "",
        "return_amount": "; ".join(words.owed(one.line.amount, one.line.animals) for one in duties),
        "return_due": "; ".join(official_date(one.line.due_on) for one in duties),
    }
    return _of(view, COMMITMENT, values)


def _passing(uow: UnitOfWork, view: LivelihoodView, duty_id: UUID | None) -> Filled:
    """The slip of the newest passing on; before it, of what is owed."""
    duties = revolving.ledger(uow, livelihood_id=view.id)
    duty = next((one for one in duties if duty_id in (None, one.id)), None)
    values, rows = _common(uow, view), []
    if duty is not None:
        values |= {"round": str(duty.round), "due": words.owed(duty.line.amount, duty.line.animals)}
        passed = [one for one in duty.entries if one.data.kind is EntryKind.PASSED_ON]
        paid = [one for one in duty.entries if one.data.kind is EntryKind.PAID]
        if paid:
            values["returned"] = words.owed(paid[-1].data.amount, paid[-1].data.animals)
        if passed:
            last = passed[-1].data
            values |= _taker(uow, last.next_livelihood_id)
            animal = next((one for one in assets.of_plan(uow, view.id) if one.id == last.asset_id), None)
            name, tag = (animal.data.kind, animal.data.tag) if animal else ("Tiền" if last.amount else "Con giống", "")
            measure, quantity = ("đồng", last.amount) if last.amount else ("con", last.animals)
            rows.append(
                (name, tag, measure, words.count(quantity), words.count(last.amount) if last.amount else "", last.note)
            )
    return _of(view, PASSING, values, {"goods": rows})


def _acceptance(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    minutes = livelihood_visits.acceptances(uow, view.id)
    newest = minutes[0].data if minutes else None
    values = _common(uow, view) | {"decision": words.decision(view), "venue": view.hamlet}
    if newest is not None:
        values |= {
            "value": words.money(newest.value, words=True),
            "own_share": words.money(newest.own_paid),
            "conclusion": ("Đạt" if newest.passed else "Chưa đạt") + (f". {newest.note}" if newest.note else ""),
        }
    rows: list[tuple[str, ...]] = [
        (one.name, one.measure, words.count(one.quantity), "", words.count(one.amount), "")
        for one in view.data.content.costs
    ]
    if newest is not None and len(rows) == 1:
        rows = [(*rows[0][:3], newest.actual, words.count(newest.value), "")]
    return _of(view, ACCEPTANCE, values, {"works": rows})


def _loss(uow: UnitOfWork, view: LivelihoodView, loss_id: UUID | None) -> Filled:
    losses = livelihood_visits.losses(uow, view.id)
    found = next((one for one in losses if loss_id in (None, one.id)), None)
    values, rows = _common(uow, view) | {"venue": view.hamlet}, []
    if found is not None:
        data = found.data
        animal = next((one for one in assets.of_plan(uow, view.id) if one.id == data.asset_id), None)
        rows.append(
            (
                animal.data.kind if animal else view.data.product,
                animal.data.tag if animal else "",
                "con" if animal else "",
                words.count(data.quantity),
                words.count(data.value) if data.value else "",
                words.LOSSES[data.kind],
            )
        )
        values |= {
            "loss_on": official_date(data.on),
            "kind": words.LOSSES[data.kind],
            "fault": words.FAULTS[data.objective],
            "vet": data.confirmed_by,
            "proposal": data.proposal,
            "officer": uow.actor.name,
        }
    return _of(view, LOSS, values, {"losses": rows})


def _visit(uow: UnitOfWork, view: LivelihoodView) -> Filled:
    held = [one for one in assets.of_plan(uow, view.id) if one.handed_on is not None]
    given = f"{len(held)} {held[0].data.kind.lower()}" if held else words.needs(words.asked(view.data.content.costs))
    values = _common(uow, view) | {
        "activity": view.data.product,
        "visit": str(len(livelihood_visits.visits(uow, view.id)) + 1),
        "due_on": official_date(view.due_on) if view.due_on else "",
        "officer": uow.actor.name,
        "given": given,
    }
    return _of(view, VISIT, values)


def _of(
    view: LivelihoodView,
    code: str,
    values: Mapping[str, str],
    tables: Mapping[str, Sequence[Sequence[str]]] | None = None,
) -> Filled:
    return Filled(code, values, tables or {}, view.data.household_id, view.data.person_id, view.id)


def _common(uow: UnitOfWork, view: LivelihoodView) -> dict[str, str]:
    known = catalogue(uow).programmes.get(view.data.programme)
    project = community_projects.view(uow, view.data.project_id) if view.data.project_id else None
    title = project.data.title if project else f"phương án sản xuất {view.data.product.lower()}"
    return {"programme": known.title if known else view.data.programme, "project": title, "hamlet": view.hamlet}


def _vote(uow: UnitOfWork, livelihood_id: UUID) -> tuple[date, int, int] | None:
    """Day, present and agreed of the meeting that chose a plan."""
    for step in reversed(state_steps.of(uow, livelihood_id)):
        if step.data.to == PlanState.VOTED:
            detail = step.data.detail
            return step.data.on, int(detail.get("present") or 0), int(detail.get("agreed") or 0)
    return None


def _taker(uow: UnitOfWork, livelihood_id: UUID | None) -> dict[str, str]:
    if livelihood_id is None:
        return {}
    plan = uow.record(Livelihood, livelihood_id)
    home = households.view(uow, plan.household_id)
    head = home.head.person if home.head else None
    return {
        "taker": home.name,
        "taker_id": (head.id_number or "") if head else "",
        "taker_address": home.address or home.hamlet,
        "taker_category": words.class_words(home.current_class.data.value) if home.current_class else "",
    }


def _indicators(uow: UnitOfWork) -> dict[str, str]:
    template = templates.current(uow, "certificate", uow.today)
    return dict(zip(template.indicator_codes, template.wording.indicators, strict=False))
