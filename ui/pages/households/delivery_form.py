"""The form of one payment or hand-over: filled in from the rule, what speaks against it beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import QObject, QTimer

from casemgr.domain.distributions import Cause, Finding
from casemgr.domain.findings import Severity
from casemgr.domain.programmes import Programme
from casemgr.domain.support import DeliveryData, FundSource, ReceiptData, SupportKind, Unit
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_money
from casemgr.services import budgets, deliveries, entitlements
from ui.editors import ChoiceEditor
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.budgets import BudgetView
    from casemgr.workspace import Workspace
    from ui.form_pane import FormPane
    from ui.forms import Form

_PAUSE_MS: Final = 200
FIELD_OF: Final[Mapping[str, str]] = {
    Cause.DIED: "person_id",
    Cause.LEFT: "person_id",
    Cause.NOT_MEMBER: "person_id",
    Cause.UNIT: "person_id",
    Cause.NUMBER: "person_id",
    Cause.EARLY: "on",
    Cause.INACTIVE: "on",
    Cause.TWICE: "period",
    Cause.CAP: "amount",
    Cause.FLOOR: "amount",
    Cause.BUDGET: "budget_id",
    Cause.NOT_ENTITLED: "programme",
    Cause.UNKNOWN: "programme",
    Cause.OVERLAP: "programme",
    Cause.STAGE: "stage",
}
"""The field each finding stands beside."""
_THINGS: Final = (SupportKind.GOODS, SupportKind.SERVICE, SupportKind.WORKS)


class DeliveryForm(QObject):
    """Lives with its pane; fills in what the rule says, and shows findings while one types."""

    def __init__(
        self,
        workspace: Workspace,
        pane: FormPane,
        household: UUID,
        programmes: Mapping[str, Programme],
    ) -> None:
        super().__init__(pane)
        self._workspace, self._household, self._programmes = workspace, household, programmes
        self._form: Form = pane.form
        self._seen: tuple[object, ...] = ()
        self._budgets: Sequence[BudgetView] = ()
        self.findings: Sequence[Finding] = ()
        self.told = Told("deliveryTold")
        pane.card.add(self.told)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self.check)
        self._form.changed.connect(self._on_changed)
        self._fit()
        self.check()

    def check(self) -> None:
        """Show what speaks against it as it is typed now."""
        values = self._form.values()
        if values["programme"] is None or values["on"] is None:
            self.told.show_lines(())
            self._form.show_field("override_reason", shown=False)
            return
        self.findings = self._workspace.read(deliveries.check, delivery_of(values, self._household))
        notes: dict[str, str] = {}
        for finding in self.findings:
            field = FIELD_OF[finding.cause]
            notes[field] = "\n".join(filter(None, (notes.get(field, ""), finding.message)))
        refused = {FIELD_OF[one.cause] for one in self.findings if one.severity is Severity.REFUSE}
        self._form.tell(notes, wrong=refused)
        self.told.show_lines([Line(finding_words(one), finding_tone(one)) for one in self.findings])
        warned = bool(self.findings) and not refused
        self._form.show_field("override_reason", shown=warned or bool(values["override_reason"]))

    def _on_changed(self) -> None:
        self._fit()
        self._delay.start()

    def _fit(self) -> None:
        """Budgets, stages, amount and period of the programme one chose; what was typed is not overwritten."""
        values = self._form.values()
        key = (values["programme"], values["person_id"], values["source"], values["on"])
        if key == self._seen or values["programme"] is None:
            return
        programme = self._programmes.get(values["programme"])
        if programme is None:
            return
        fresh = self._seen[:1] != key[:1] or self._seen[1:2] != key[1:2]
        self._seen = key
        if programme.unit is Unit.HOUSEHOLD and values["person_id"] is not None:
            self._form.put("person_id", None)
        stage, budget = self._form.editor("stage"), self._form.editor("budget_id")
        if isinstance(stage, ChoiceEditor):
            stage.set_choices([(one.code, one.label.__str__) for one in programme.stages])
        self._form.show_field("stage", shown=bool(programme.stages))
        goods = programme.kind in _THINGS
        self._form.show_field("goods", shown=goods or bool(values["goods"]))
        if isinstance(budget, ChoiceEditor) and values["on"] is not None and values["source"] is not None:
            self._budgets = self._workspace.read(
                budgets.fitting, programme.code, FundSource(values["source"]), values["on"].year
            )
            budget.set_choices(budget_choices(self._budgets))
            if self._budgets and values["budget_id"] is None:
                budget.set_value(self._budgets[0].id)
        if fresh and values["on"] is not None and not values["amount"]:
            self._form.put("amount", amount_of(self._workspace, self._household, values))


def delivery_of(values: Mapping[str, Any], household: UUID) -> DeliveryData:
    """What is typed, as the use case takes it."""
    return DeliveryData(
        programme=values["programme"],
        household_id=household,
        on=values["on"],
        person_id=values["person_id"],
        period=values["period"],
        amount=values["amount"] or 0,
        goods=values["goods"],
        source=FundSource(values["source"] or FundSource.CENTRAL),
        budget_id=values["budget_id"],
        decision_number=values["decision_number"],
        decision_on=values["decision_on"],
        stage=values["stage"] or "",
        override_reason=values["override_reason"],
        note=values["note"],
    )


def record(uow: Any, values: Mapping[str, Any], household: UUID) -> UUID:  # noqa: ANN401 - the unit of work is handed through
    """Write it down; what refuses it stands at the field it is about."""
    receipt = ReceiptData(values["on"]) if values["received"] else None
    try:
        return deliveries.record(uow, delivery_of(values, household), receipt=receipt)
    except ValidationError as error:
        raise ValidationError(
            [Problem(FIELD_OF.get(problem.field, problem.field), problem.message) for problem in error.problems]
        ) from error


def amount_of(workspace: Workspace, household: UUID, values: Mapping[str, Any]) -> int | None:
    """What the rule of the day gives the beneficiary; None where it names no sum."""
    found = workspace.read(
        entitlements.entitlements, household, values["on"], programmes=(values["programme"],), refused=False
    )
    return next((one.amount for one in found if one.person_id == values["person_id"] and one.amount), None)


def starting_values(today: date, **others: Any) -> dict[str, Any]:  # noqa: ANN401 - each field has its own kind
    """An empty form of the day."""
    return {
        "programme": None,
        "person_id": None,
        "on": today,
        "amount": None,
        "period": "",
        "source": FundSource.CENTRAL,
        "budget_id": None,
        "decision_number": "",
        "decision_on": None,
        "stage": None,
        "received": True,
        "goods": (),
        "override_reason": "",
        "note": "",
        **others,
    }


def budget_choices(found: Sequence[BudgetView]) -> list[tuple[UUID, Callable[[], str]]]:
    """Budgets with what is left of each."""
    return [(one.id, partial(_budget_words, one)) for one in found]


def _budget_words(view: BudgetView) -> str:
    left = _("{amount} left").format(amount=format_money(max(0, view.left)))
    return " · ".join(filter(None, (str(view.data.year), view.data.document, left)))


def finding_words(finding: Finding) -> str:
    """What speaks against it, and what can be done."""
    words = finding.text
    if finding.severity is Severity.WARN:
        words = _("{text} Write the reason if it is right all the same.").format(text=words)
    return words if finding.certain else _("{text} (this rule is not certain)").format(text=words)


def finding_tone(finding: Finding) -> str:
    """The token of its colour."""
    return "poor" if finding.severity is Severity.REFUSE else "near"
