"""Items of support and answers to a direct contract: their few fields, with the ceiling while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.abroad_lists import shipped
from casemgr.domain.support import FUND_LABELS
from casemgr.i18n import N_, _
from casemgr.services import abroad_support, direct_contracts
from casemgr.services.abroad_support import PayOut, SupportData, SupportView
from casemgr.services.direct_contracts import DirectData, DirectView
from ui.editors import CheckEditor, ChecksEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.number_editors import CountEditor, MoneyEditor
from ui.pages.abroad.verbs import ceiling_words
from ui.verb_place import Verb

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from casemgr.domain.findings import Finding
    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.abroad_support import ItemLine
    from casemgr.services.office_papers import IssuedPaper
    from ui.desk import Desk
    from ui.jobs import Job

Issued = Callable[["IssuedPaper"], None]
"""What to do with the paper that was issued."""
_NUMBERS: Final = ("units", "cost", "amount")


def support(desk: Desk, file: CaseFile, today: date, line: SupportView | None = None) -> Verb:
    """An item of support with its ceiling, cost and sum."""
    kept = {one.item for one in file.items}
    items = [(one.item, partial(_item, one)) for one in file.items]
    if line is not None and line.data.item not in kept:
        items.append((line.data.item, partial(str, line.label)))
    fields = (
        Field("item", N_("&Item"), lambda: ChoiceEditor(items), required=True),
        Field("units", N_("&How many"), lambda: CountEditor(most=1000), N_("Days, months or sessions; otherwise 1")),
        Field("cost", N_("What it &cost, in đồng"), MoneyEditor, N_("By the receipts")),
        Field("receipt", N_("&Receipt"), LineEditor),
        Field("amount", N_("&Sum asked for, in đồng"), MoneyEditor),
        Field("asked_on", N_("&Asked on"), DayEditor),
        Field("override_reason", N_("R&eason"), LineEditor, N_("Where something speaks against it and it is lawful")),
        Field("note", N_("N&ote"), LineEditor),
    )
    own = line.id if line is not None else None

    def read(typed: Mapping[str, Any]) -> SupportData:
        generation = line.data.generation if line is not None else ""
        values: dict[str, Any] = {name: (typed[name] or 0) if name in _NUMBERS else typed[name] for name in typed}
        return SupportData(**{**values, "generation": generation, "item": values["item"] or ""})

    def check(typed: Mapping[str, Any]) -> Sequence[Finding]:
        data = read(typed)
        if not data.item:
            return ()
        found = desk.workspace.read(abroad_support.check, file.view.id, data, support_id=own)
        return [one for one in found if not (data.override_reason and one.severity != "refuse")]

    def submit(typed: Mapping[str, Any]) -> Job:
        version = line.version if line is not None else 0
        return desk.write(abroad_support.keep, file.view.id, read(typed), support_id=own, version=version)

    first = next((one.item for one in file.items if not one.taken), None)
    blank = SupportData(first or "", asked_on=today)
    values = {**vars(line.data if line is not None else blank)}
    values["item"] = values["item"] or None
    return Verb("abroadSupport", lambda: _("Item of support"), lambda: _("Save"), fields, submit, values, check)


def pay_out(desk: Desk, file: CaseFile, today: date) -> Verb:
    """All items that wait were paid at once, as one entry of the household's support."""
    fields = (
        Field("on", N_("&Paid on"), DayEditor, required=True),
        Field("source", N_("&Source"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("decision_number", N_("Decision &number"), LineEditor),
        Field("decision_on", N_("&Day of the decision"), DayEditor),
        Field("received_by", N_("&Received by"), LineEditor),
        Field("authorisation", N_("A&uthorisation"), LineEditor, N_("When somebody else received it")),
        Field(
            "as_delivery",
            N_("Support of the household"),
            lambda: CheckEditor(lambda: _("Count it in support and targets")),
        ),
        Field("override_reason", N_("R&eason"), LineEditor, N_("Where something speaks against it and it is lawful")),
    )
    return Verb(
        "abroadPayOut",
        lambda: _("Support paid to the worker"),
        lambda: _("Record"),
        fields,
        lambda typed: desk.write(abroad_support.pay_out, file.view.id, PayOut(**typed)),
        vars(PayOut(today, received_by=file.view.person)),
    )


def receive(desk: Desk, case: UUID, today: date) -> Verb:
    """A direct contract is registered: what was handed in and what the contract says."""
    fields = (
        Field("received_on", N_("&Received on"), DayEditor, required=True),
        Field("present", N_("Found"), lambda: ChecksEditor(checklist_labels()), wide=True),
        Field("note", N_("N&ote"), LineEditor),
    )
    return Verb(
        "directReceive",
        lambda: _("Registration of a direct contract"),
        lambda: _("Record"),
        fields,
        lambda typed: desk.write(direct_contracts.receive, case, DirectData(**typed)),
        vars(DirectData(today)),
    )


def complete(desk: Desk, line: DirectView, today: date) -> Verb:
    """What was found meanwhile."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("present", N_("Found"), lambda: ChecksEditor(checklist_labels()), wide=True),
    )
    return Verb(
        "directComplete",
        lambda: _("Papers and contents of the contract"),
        lambda: _("Save"),
        fields,
        lambda typed: desk.write(direct_contracts.complete, line.id, line.version, typed["present"], on=typed["on"]),
        {"on": today, "present": line.data.present},
    )


def confirm(desk: Desk, line: DirectView, today: date, issued: Issued) -> Verb:
    """The commune confirms the registration: paper C19 gets its number."""

    def submit(typed: Mapping[str, Any]) -> Job:
        from casemgr.reports.office_papers import render_paper  # loads the maker of papers

        job = desk.write(
            direct_contracts.confirm, line.id, line.version, on=typed["on"], render=render_paper, number=typed["number"]
        )
        job.succeeded.connect(issued)
        return job

    def check(typed: Mapping[str, Any]) -> Sequence[Finding]:
        day = typed["on"]
        return () if day is None else desk.workspace.read(direct_contracts.check_confirmation, line.id, day)

    return Verb(
        "directConfirm",
        lambda: _("Confirm the registration"),
        lambda: _("Confirm and issue the paper"),
        _answer_fields(),
        submit,
        {"on": today, "number": None},
        check,
    )


def refuse(desk: Desk, line: DirectView, today: date, issued: Issued) -> Verb:
    """The commune refuses in writing: paper C20 with its reason."""

    def submit(typed: Mapping[str, Any]) -> Job:
        from casemgr.reports.office_papers import render_paper  # loads the maker of papers

        job = desk.write(
            direct_contracts.refuse,
            line.id,
            line.version,
            on=typed["on"],
            reason=typed["reason"] or "",
            render=render_paper,
            number=typed["number"],
        )
        job.succeeded.connect(issued)
        return job

    missing = "; ".join(one.label for one in line.lines if not one.present)
    reason = _("Missing: {what}.").format(what=missing) if missing else ""
    return Verb(
        "directRefuse",
        lambda: _("Refuse the registration"),
        lambda: _("Refuse and issue the paper"),
        (*_answer_fields(), Field("reason", N_("&Reason"), lambda: NotesEditor(lines=3), required=True)),
        submit,
        {"on": today, "number": None, "reason": reason},
    )


def checklist_labels() -> dict[str, str]:
    """Papers, then contents of the contract, by code."""
    lists = shipped()
    return {one.code: one.label for one in (*lists.direct_papers.values(), *lists.contents.values())}


def _answer_fields() -> tuple[Field, ...]:
    return (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("number", N_("&Number of the paper"), _NumberOrNone, N_("Empty: the next one of the register")),
    )


class _NumberOrNone(CountEditor):
    """A number, or None for the next one."""

    def __init__(self) -> None:
        super().__init__(most=100_000)

    def value(self) -> int | None:
        """The number."""
        return super().value() or None


def _item(line: ItemLine) -> str:
    return " · ".join((line.label, ceiling_words(line.ceiling) if line.ceiling is not None else _("by the receipts")))
