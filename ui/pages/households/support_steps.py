"""Forms of a case in steps: the next step with its paper, a stage paid out with its receipt, a refusal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from casemgr.domain.findings import Severity
from casemgr.domain.pack_parts import VERIFIED
from casemgr.domain.staged import StepData
from casemgr.domain.support import (
    FUND_LABELS,
    EnrolmentStatus,
    FundSource,
    Receipt,
    ReceiptData,
    SupportKind,
)
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.i18n import N_, _, format_money
from casemgr.services import budgets, staged
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NumberEditor, labelled
from ui.forms import Field
from ui.goods_editor import GoodsEditor
from ui.pages.households import delivery_form, support_fields
from ui.tones import certainty_words
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from casemgr.domain.programmes import Programme, Step
    from casemgr.services.staged import PaymentData, StagedCase
    from ui.desk import Desk
    from ui.form_pane import FormPane
    from ui.forms import Form
    from ui.jobs import Job
    from ui.pages.households.opening import OpenForm

_ASK: Final = "ask_"
_PAUSE_MS: Final = 200
_THINGS: Final = (SupportKind.GOODS, SupportKind.SERVICE, SupportKind.WORKS)
_SAME: Final = {"decision_number": "document", "decision_on": "on", "to_on": "on", "reason": "note"}
"""Fields of the enrolment under the names of the form of a step."""
_DOCUMENT: Final = Field("document", N_("N&umber and day of the paper"), LineEditor, required=True, wide=True)
_RECEIPT: Final = ("proof", "by_name", "by_relation", "authorisation")


class StepForms(QObject):
    """Opens the forms that a case in steps asks for; `refused` names the place whose notice is to be printed."""

    refused = Signal(object)

    def __init__(self, desk: Desk, open_form: OpenForm, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._open_form, self._today = desk, open_form, today

    def open_next(self, case: StagedCase) -> None:
        """The form of what comes next."""
        line = case.next
        if line is not None and line.step.pays:
            self.pay(case)
        elif line is not None:
            self.reach(case, line.step)

    def reach(self, case: StagedCase, step: Step) -> None:
        """Day, paper and answers of a step."""
        enrolment, asked = case.enrolment, _asked(case.programme, step)
        decides = step.status is EnrolmentStatus.APPROVED and bool(case.programme.stages)

        def submit(form: Form) -> Job:
            return self._desk.write(_reach, enrolment.id, enrolment.version, step.code, form.values())

        fields = (
            Field("on", N_("&Day of the step"), lambda: DayEditor(), required=True),
            *((_DOCUMENT,) * bool(step.document)),
            *((Field("amount", N_("Decided am&ount in dong"), NumberEditor, required=True),) * decides),
            *asked,
            Field("note", N_("No&te"), LineEditor, wide=True),
        )
        detail = enrolment.data.detail
        values = {"on": self._today(), "document": "", "amount": enrolment.data.amount, "note": ""}
        values |= {field.name: detail.get(field.name.removeprefix(_ASK)) for field in asked}
        pane = self._open_form(
            lambda: _("{programme}: {step}").format(programme=case.programme.title, step=step.label),
            fields,
            submit,
            values,
            name="stepForm",
        )
        if pane is not None:
            told = Told("stepTold")
            pane.card.add(told)
            told.show_lines(_told(step))

    def pay(self, case: StagedCase) -> None:
        """A stage paid out, with who collected it."""
        line = case.next
        if line is None:
            return
        enrolment, step, due = case.enrolment, line.step, line.amount

        def submit(form: Form) -> Job:
            return self._desk.write(_pay, enrolment.id, enrolment.version, step.code, form.values())

        values = {
            "on": self._today(),
            "money": due,
            "goods": (),
            "source": FundSource.CENTRAL,
            "budget_id": None,
            "received": True,
            "proof": Receipt.SIGNATURE,
            **dict.fromkeys((*_RECEIPT[1:], "override_reason", "note"), ""),
        }
        pane = self._open_form(
            lambda: _("{programme}: {step}").format(programme=case.programme.title, step=step.label),
            _pay_fields(),
            submit,
            values,
            name="payForm",
            alone=True,
        )
        if pane is not None:
            PayForm(self._desk, pane, case)

    def refuse(self, case: StagedCase) -> None:
        """The request is not accepted, with the reason."""
        enrolment = case.enrolment

        def submit(form: Form) -> Job:
            job = self._desk.write(staged.refuse, enrolment.id, enrolment.version, reason=form.value("reason"))
            job.succeeded.connect(lambda _nothing: self.refused.emit(enrolment.id))
            return job

        self._open_form(
            lambda: _("Refuse: {programme}").format(programme=case.programme.title),
            (Field("reason", N_("&Reason"), LineEditor, required=True, wide=True),),
            submit,
            {"reason": ""},
            name="refuseForm",
        )


class PayForm(QObject):
    """Lives with its pane; says what speaks against the payment while one types."""

    def __init__(self, desk: Desk, pane: FormPane, case: StagedCase) -> None:
        super().__init__(pane)
        self._read, self._form, self._case = desk.workspace.read, pane.form, case
        self._budgets_of: tuple[object, ...] = ()
        self.told = Told("payTold")
        pane.card.add(self.told)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self.check)
        self._form.changed.connect(self._on_changed)
        self._form.show_field("goods", shown=case.programme.kind in _THINGS)
        self._fit()
        self.check()

    def check(self) -> None:
        """What speaks against it, and what the stage pays."""
        values, line = self._form.values(), self._case.next
        if line is None or values["on"] is None:
            return
        try:
            findings = self._read(staged.check, self._case.enrolment.id, _payment(line.step.code, values))
        except ConflictError:
            return  # it was paid in this moment: the card is about to be read again
        lines = [Line(delivery_form.finding_words(one), delivery_form.finding_tone(one)) for one in findings]
        if line.amount is not None:
            told = _("This stage pays {amount} at most.")
            lines.insert(0, Line(told.format(amount=format_money(line.amount)), "info"))
        self.told.show_lines(lines)
        warned = any(one.severity is Severity.WARN for one in findings)
        self._form.show_field("override_reason", shown=warned or bool(values["override_reason"]))

    def _on_changed(self) -> None:
        self._fit()
        self._delay.start()

    def _fit(self) -> None:
        values = self._form.values()
        for name in _RECEIPT:
            self._form.show_field(name, shown=bool(values["received"]))
        key = (values["source"], values["on"])
        editor = self._form.editor("budget_id")
        if key != self._budgets_of and values["on"] is not None and isinstance(editor, ChoiceEditor):
            self._budgets_of = key
            source = FundSource(values["source"] or FundSource.CENTRAL)
            found = self._read(budgets.fitting, self._case.programme.code, source, values["on"].year)
            editor.set_choices(delivery_form.budget_choices(found))
            if found and values["budget_id"] is None:
                editor.set_value(found[0].id)


def _told(step: Step) -> list[Line]:
    """The paper that proves a step, and how sure it is that the law wants it."""
    lines = [Line(_("Paper: {paper}").format(paper=step.document), "info")] if step.document else []
    if step.certainty != VERIFIED:
        words = certainty_words(step.certainty)
        lines.append(Line(_("How sure this step is: {certainty}").format(certainty=words), "near"))
    return lines


def _asked(programme: Programme, step: Step) -> tuple[Field, ...]:
    """What the step asks, chosen from a list where there is one."""
    found = []
    for field in programme.fields:
        if field.code not in step.asks:
            continue
        choices = [(one, one.__str__) for one in field.choices]
        found.append(Field(_ASK + field.code, field.label, _editor(choices), required=True))
    return tuple(found)


def _editor(choices: list[tuple[str, Callable[[], str]]]) -> Callable[[], LineEditor | ChoiceEditor]:
    return lambda: ChoiceEditor(choices) if choices else LineEditor()


def _pay_fields() -> tuple[Field, ...]:
    receipt = {field.name: field for field in support_fields.receipt_fields()}
    return (
        Field("on", N_("D&ay"), lambda: DayEditor(), required=True),
        Field("money", N_("Am&ount in dong"), NumberEditor),
        Field(
            "source", N_("S&ource of the money"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True, wide=True
        ),
        Field("budget_id", N_("&Budget"), lambda: ChoiceEditor((), nothing=lambda: _("from no budget")), wide=True),
        Field("goods", N_("&Goods"), GoodsEditor, wide=True, bare=True),
        Field("received", "", lambda: CheckEditor(lambda: _("Collected on this day")), wide=True),
        *(replace(receipt[name], wide=True) for name in _RECEIPT),
        Field(
            "override_reason",
            N_("&Why it is right all the same"),
            LineEditor,
            N_("Asked for when a rule warns"),
            wide=True,
        ),
        Field("note", N_("No&te"), LineEditor, wide=True),
    )


def _payment(code: str, values: Mapping[str, Any]) -> PaymentData:
    return staged.PaymentData(
        step=code,
        on=values["on"],
        money=values["money"] or 0,
        goods=values["goods"],
        source=FundSource(values["source"] or FundSource.CENTRAL),
        budget_id=values["budget_id"],
        override_reason=values["override_reason"],
        note=values["note"],
    )


def _pay(uow: Any, enrolment: UUID, version: int, code: str, values: Mapping[str, Any]) -> UUID:  # noqa: ANN401 - the unit of work is handed through
    receipt = None
    if values["received"]:
        receipt = ReceiptData(
            values["on"],
            values["by_name"],
            values["by_relation"],
            values["authorisation"],
            Receipt(values["proof"] or Receipt.SIGNATURE),
        )
    try:
        return staged.pay(uow, enrolment, version, _payment(code, values), receipt=receipt)
    except ValidationError as error:
        names = {"amount": "money", "cap": "money", "budget": "budget_id", "early": "on", "stage": "on"}
        raise _named(error, names) from error


def _reach(uow: Any, enrolment: UUID, version: int, code: str, values: Mapping[str, Any]) -> None:  # noqa: ANN401 - the unit of work is handed through
    answers = {name.removeprefix(_ASK): text or "" for name, text in values.items() if name.startswith(_ASK)}
    step = StepData(code, values["on"], values.get("document", ""), values["note"])
    try:
        staged.reach(uow, enrolment, version, step, answers=answers, amount=values.get("amount"))
    except ValidationError as error:
        raise _named(error, _SAME | {name: _ASK + name for name in answers}) from error


def _named(error: ValidationError, names: Mapping[str, str]) -> ValidationError:
    """The same problems beside the fields of this form."""
    return ValidationError([Problem(names.get(one.field, one.field), one.message) for one in error.problems])
