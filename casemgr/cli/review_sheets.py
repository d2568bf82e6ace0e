"""`casemgr review`, the sheets: show and key one, mark them surveyed or checked, send them back, tell their history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack
from uuid import UUID

import click

from casemgr.cli import Session, pass_session
from casemgr.cli.help import Command
from casemgr.cli.review_names import (
    as_json_option,
    case_of,
    day_of,
    day_option,
    print_result,
    review_of,
    review_option,
    today,
)
from casemgr.domain.classification import Judgement, deprivations_of_b2
from casemgr.domain.households import CLASS_LABELS
from casemgr.domain.reviews import CASE_STATE_LABELS, CaseState, SurveyData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaign_board, campaign_steps, surveys
from casemgr.services.campaign_board import CaseQuery
from casemgr.services.campaign_steps import BulkPreview, StepView
from casemgr.services.surveys import SheetView, SurveyResult


def attach(review: click.Group) -> None:
    """Put these commands into `casemgr review`."""
    for one in (sheet, key, surveyed, check, send_back, history):
        review.add_command(one)


_DATE = day_option("--date", N_("Day (dd/mm/yyyy); today if not given."))
_MANY = click.argument("codes", nargs=-1, metavar="[CODE]...")
_ALL = click.option("--all", "everyone", is_flag=True, help=N_("All households the step is for."))
_TRY = click.option("--dry-run", is_flag=True, help=N_("Only tell what would happen."))


@click.command(
    "sheet", cls=Command, help=N_("The survey sheet of the household CODE with proposed answers and the result.")
)
@click.argument("code")
@review_option
@as_json_option
@pass_session
def sheet(session: Session, code: str, campaign: str, as_json: bool) -> None:
    """`casemgr review sheet`."""
    with session.workspace() as workspace:
        view = workspace.read(surveys.sheet, workspace.read(_case, campaign, code))
    print_result(_plain_sheet(view), "\n".join(_sheet_lines(view)), as_json)


@click.command("key", cls=Command, help=N_("Key the survey sheet of the household CODE; prints class and reason."))
@click.argument("code")
@review_option
@day_option("--date", N_("Day of the survey (dd/mm/yyyy); today if not given."))
@click.option("--surveyor", default="", help=N_("Who surveyed."))
@click.option("--b1", type=int, help=N_("Points B1 from the paper."))
@click.option("--b2", type=int, help=N_("Points B2 from the paper; checked against the answers."))
@click.option("--income", type=int, help=N_("Đồng per person and month."))
@click.option("--deprived", help=N_("Codes answered “deprived”, with commas; all others are not. Empty: none."))
@click.option("--proposed", is_flag=True, help=N_("Take the proposed answers for what --deprived does not say."))
@click.option("--reason", default="", help=N_("Why answers differ from what the file proposes."))
@click.option("--causes", default="", help=N_("Numbers of the causes of poverty, with commas."))
@click.option("--sign", "signs", multiple=True, help=N_("A sign of Phiếu A that was seen."))
@click.option("--note", default="", help=N_("A remark."))
@click.option("--dry-run", is_flag=True, help=N_("Only tell the class; keep nothing."))
@as_json_option
@pass_session
def key(
    session: Session,
    code: str,
    campaign: str,
    on: datetime | None,
    surveyor: str,
    b1: int | None,
    b2: int | None,
    income: int | None,
    deprived: str | None,
    proposed: bool,
    reason: str,
    causes: str,
    signs: tuple[str, ...],
    note: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """`casemgr review key`."""
    with session.workspace() as workspace:
        case = workspace.read(_case, campaign, code)
        day = day_of(on) or workspace.read(today)
        view = workspace.read(surveys.sheet, case, on=day)
        answers = _answers(view, deprived, proposed=proposed)
        if b2 is not None:
            _require_b2(view, b2, sum(answers.values()))
        data = SurveyData(
            surveyed_on=day,
            surveyor=surveyor,
            income=income,
            b1=b1,
            answers=answers,
            override_reasons=dict.fromkeys(answers, reason),
            quick_signs=signs,
            causes=tuple(_listed(causes)),
            note=note,
        )
        if dry_run:
            national, local = workspace.read(surveys.judge, case, data)
            result = None
        else:
            result = workspace.write(surveys.keep_survey, case, data)
            national, local = result.national, result.local
    print_result(_plain_result(national, local, result), _result_text(national, local), as_json)


class StepOptions(TypedDict):
    """What the options shared by `surveyed` and `check` give them."""

    everyone: bool
    dry_run: bool
    campaign: str
    as_json: bool


@click.command("surveyed", cls=Command, help=N_("The filled-in sheets of the households CODE... are back."))
@_MANY
@_ALL
@_TRY
@review_option
@_DATE
@as_json_option
@pass_session
def surveyed(session: Session, /, codes: tuple[str, ...], on: datetime | None, **options: Unpack[StepOptions]) -> None:
    """`casemgr review surveyed`."""
    _step(session, codes, CaseState.SURVEYED, on, **options)


@click.command(
    "check", cls=Command, help=N_("The keyed sheets of the households CODE... were compared with the paper.")
)
@_MANY
@_ALL
@_TRY
@review_option
@_DATE
@as_json_option
@pass_session
def check(session: Session, /, codes: tuple[str, ...], on: datetime | None, **options: Unpack[StepOptions]) -> None:
    """`casemgr review check`."""
    _step(session, codes, CaseState.CHECKED, on, **options)


@click.command("send-back", cls=Command, help=N_("Survey the households CODE... again; their sheets stay on record."))
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--reason", required=True, help=N_("The reason why."))
@review_option
@_DATE
@pass_session
def send_back(session: Session, codes: tuple[str, ...], reason: str, campaign: str, on: datetime | None) -> None:
    """`casemgr review send-back`."""
    with session.workspace() as workspace:
        cases = [workspace.read(_case, campaign, code) for code in codes]
        workspace.write(campaign_steps.send_back, cases, reason, on=day_of(on))


@click.command("history", cls=Command, help=N_("The steps of the household CODE through a review."))
@click.argument("code")
@review_option
@as_json_option
@pass_session
def history(session: Session, code: str, campaign: str, as_json: bool) -> None:
    """`casemgr review history`."""
    with session.workspace() as workspace:
        steps = workspace.read(campaign_steps.history, workspace.read(_case, campaign, code))
    print_result([_plain_step(step) for step in steps], "\n".join(map(_step_line, steps)), as_json)


def _step(
    session: Session,
    codes: Sequence[str],
    state: CaseState,
    on: datetime | None,
    *,
    everyone: bool,
    dry_run: bool,
    campaign: str,
    as_json: bool,
) -> None:
    if not codes and not everyone:
        raise click.UsageError(_("Name households by their codes, or say --all."))
    with session.workspace() as workspace:
        review = workspace.read(review_of, campaign)
        day = day_of(on) or workspace.read(today)
        if everyone:
            cases = list(workspace.read(campaign_board.cases, CaseQuery(review)))
        else:
            cases = [workspace.read(case_of, review, code) for code in codes]
        found: BulkPreview = workspace.read(campaign_steps.preview, cases, state, day)
        chosen = list(found.ready) if everyone else cases
        if not dry_run and chosen:
            workspace.write(campaign_steps.advance, chosen, state, on=day)
        names = {row.id: row for row in workspace.read(campaign_board.rows, cases)}
    plain = {
        "ready": [names[case].code for case in found.ready],
        "refused": [{"code": names[one.id].code, "reason": one.reason} for one in found.refused],
        "done": not dry_run,
    }
    lines = [_("{ready} can be done, {refused} cannot").format(ready=len(found.ready), refused=len(found.refused))]
    if not everyone:
        lines += [f"{names[one.id].code}  {names[one.id].head}: {one.reason}" for one in found.refused]
    print_result(plain, "\n".join(lines), as_json)


def _case(uow: UnitOfWork, campaign: str, code: str) -> UUID:
    return case_of(uow, review_of(uow, campaign), code)


def _listed(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _answers(view: SheetView, deprived: str | None, *, proposed: bool) -> dict[str, bool]:
    codes = [one.indicator.code for one in view.indicators]
    chosen = _listed(deprived or "")
    unknown = [code for code in chosen if code not in codes]
    if unknown:
        message = _("There is no indicator {code}. Known: {known}.")
        raise ValidationError([Problem("answers", message.format(code=unknown[0], known=", ".join(codes)))])
    if not proposed:
        return {} if deprived is None else {code: code in chosen for code in codes}
    found = {one.indicator.code: one.proposal.value for one in view.indicators}
    return dict.fromkeys(chosen, True) | {
        code: value for code, value in found.items() if value is not None and code not in chosen
    }


def _require_b2(view: SheetView, b2: int, count: int) -> None:
    wanted = deprivations_of_b2(view.pack, b2)
    if wanted != count:
        message = _("B2 of {points} stands for {wanted} deprivations, but {count} are answered “deprived”.")
        raise ValidationError([Problem("b2", message.format(points=b2, wanted=wanted, count=count))])


def _result_text(national: Judgement, local: Judgement | None) -> str:
    lines = [f"{_(CLASS_LABELS[national.value])} ({national.pack})", national.reason]
    if local is not None:
        lines += [f"{_(CLASS_LABELS[local.value])} ({local.pack})", local.reason]
    return "\n".join(lines)


def _plain_judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "class": judgement.value.value,
        "pack": judgement.pack,
        "official": judgement.official,
        "reason": judgement.reason,
        "margin": judgement.margin,
        "unit": judgement.unit,
        "b2": judgement.b2,
        "citations": list(judgement.citations),
    }


def _plain_result(national: Judgement, local: Judgement | None, result: SurveyResult | None) -> dict[str, Any]:
    return _plain_judgement(national) | {
        "local": _plain_judgement(local) if local else None,
        "kept": result is not None,
        "round": result.round if result else None,
    }


def _plain_sheet(view: SheetView) -> dict[str, Any]:
    return {
        "code": view.code,
        "head": view.head,
        "hamlet": view.hamlet,
        "area": view.area.value if view.area else None,
        "state": view.state.value,
        "opening": view.opening.value,
        "pack": view.pack.id,
        "local_pack": view.local.id if view.local else None,
        "members": [
            {"name": one.name, "relation": one.relation, "birth": one.birth, "age": one.age, "facts": list(one.facts)}
            for one in view.members
        ],
        "answers": [
            {
                "number": one.indicator.number,
                "code": one.indicator.code,
                "name": one.indicator.name,
                "proposed": one.proposal.value,
                "why": one.proposal.why,
                "missing": list(one.proposal.missing),
                "answer": one.answer if view.keyed else None,
                "reason": one.reason,
            }
            for one in view.indicators
        ],
        "keyed": view.keyed,
        "rounds": len(view.rounds),
        "b1": view.data.b1,
        "income": view.data.income,
        "surveyed_on": view.data.surveyed_on.isoformat() if view.keyed else None,
        "result": _plain_judgement(view.result) if view.result else None,
        "local_result": _plain_judgement(view.local_result) if view.local_result else None,
        "locked": view.locked,
    }


def _sheet_lines(view: SheetView) -> list[str]:
    lines = [f"{view.code}  {view.head}", view.address, _(CASE_STATE_LABELS[view.state])]
    for member in view.members:
        parts = (member.name, member.relation, member.birth, *member.facts)
        lines.append("  " + "  ".join(part for part in parts if part))
    for one in view.indicators:
        answer = one.answer if view.keyed else one.proposal.value
        mark = "?" if answer is None else "x" if answer else "-"
        lines.append(
            f"{one.indicator.number:>3} {mark} {one.indicator.name} ({one.indicator.code}): {one.proposal.why}"
        )
    if view.result is not None:
        lines.append(_result_text(view.result, view.local_result))
    if view.locked:
        lines.append(view.locked)
    return lines


def _step_line(step: StepView) -> str:
    parts = (format_date(step.on), _(CASE_STATE_LABELS[step.state]), step.document, step.note, step.who)
    return "  ".join(part for part in parts if part)


def _plain_step(step: StepView) -> dict[str, Any]:
    return {
        "state": step.state.value,
        "previous": step.previous.value if step.previous else None,
        "on": step.on.isoformat(),
        "document": step.document,
        "note": step.note,
        "at": step.at.isoformat() if step.at else None,
        "who": step.who,
    }
