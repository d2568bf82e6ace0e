"""What is written down while a plan runs: each a few fields and one verb, in the side of its screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.livelihoods import ASSET_LABELS, AssetState
from casemgr.domain.revolving import ENTRY_LABELS, DutyLine, EntryKind
from casemgr.domain.support import FUND_LABELS, RECEIPT_LABELS, FundSource, Receipt, ReceiptData
from casemgr.i18n import N_, _
from casemgr.services import assets, livelihood_visits, revolving
from casemgr.services.assets import AssetData, AssetView, HandoverData
from casemgr.services.livelihood_visits import (
    LOSS_LABELS,
    USE_LABELS,
    AcceptanceData,
    LossData,
    LossKind,
    LossView,
    Use,
    VisitData,
)
from casemgr.services.revolving import DutyView, EntryData
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, NumberEditor, labelled
from ui.forms import Field
from ui.goods_editor import GoodsEditor
from ui.grid_editor import GridColumn, GridEditor, Kind
from ui.number_editors import CountEditor, MoneyEditor

if TYPE_CHECKING:
    from datetime import date

    from casemgr.services.livelihood_file import PlanFile
    from casemgr.services.livelihoods import BoardRow
    from ui.desk import Desk
    from ui.jobs import Job

AHEAD: Final = 366 * 10
_FAULT: Final = {True: N_("No fault of the household"), False: N_("The household's own fault")}


@dataclass(frozen=True)
class Verb:
    """Something to write down: words, fields, values to begin with, and the job that writes it."""

    name: str
    title: Callable[[], str]
    verb: Callable[[], str]
    fields: tuple[Field, ...]
    submit: Callable[[Mapping[str, Any]], Job]
    values: Mapping[str, Any] = field(default_factory=dict)


def _record() -> str:
    return _("Record")


def visit(desk: Desk, plan: UUID, today: date, visitor: str) -> Verb:
    """A follow-up sheet."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("visitor", N_("&Visited by"), LineEditor, required=True),
        Field("use", N_("&Use"), lambda: ChoiceEditor(labelled(USE_LABELS)), required=True),
        Field("quantity", N_("&Number left"), NumberEditor),
        Field("condition", N_("&Condition"), LineEditor),
        Field("income", N_("&Receipts"), MoneyEditor, N_("Since the visit before, in đồng")),
        Field("expense", N_("&Expense"), MoneyEditor, N_("Since the visit before, in đồng")),
        Field("difficulty", N_("Di&fficulty"), LineEditor),
        Field("advice", N_("&Advice given"), LineEditor),
        Field("action", N_("&To be done"), LineEditor),
        Field("action_due_on", N_("Until"), lambda: DayEditor(ahead=AHEAD)),
        Field(
            "next_on",
            N_("Ne&xt visit"),
            lambda: DayEditor(ahead=AHEAD),
            N_("Empty: by the rhythm of the office's data"),
        ),
    )
    blank = dict.fromkeys(one.name for one in fields)
    return Verb(
        "planVisit",
        lambda: _("Follow-up visit"),
        _record,
        fields,
        lambda typed: desk.write(livelihood_visits.visit, plan, VisitData(**_texts(typed))),
        {**blank, "on": today, "visitor": visitor, "use": Use.YES},
    )


def loss(desk: Desk, file: PlanFile, today: date) -> Verb:
    """Minutes of a loss."""
    animals = [(one.id, partial(str, f"{one.data.tag} · {one.data.kind}")) for one in file.assets]
    fields = (
        Field("on", N_("&Day of the loss"), DayEditor, required=True),
        Field("reported_on", N_("&Minutes of"), DayEditor, required=True),
        Field("kind", N_("&What happened"), lambda: ChoiceEditor(labelled(LOSS_LABELS)), required=True),
        Field("asset_id", N_("&Animal, thing"), lambda: ChoiceEditor(animals, nothing=lambda: _("none of them"))),
        Field("quantity", N_("&Number"), lambda: NumberEditor(least=1), required=True),
        Field("value", N_("&Worth, in đồng"), MoneyEditor),
        Field("objective", N_("&Fault"), lambda: ChoiceEditor(labelled(_FAULT), nothing=lambda: _("not established"))),
        Field("confirmed_by", N_("&Confirmed by"), LineEditor, N_("Veterinarian, head of the hamlet")),
        Field("proposal", N_("&Proposal"), lambda: NotesEditor(lines=2)),
    )
    blank = dict.fromkeys(one.name for one in fields)
    return Verb(
        "planLoss",
        lambda: _("Report a loss"),
        _record,
        fields,
        lambda typed: desk.write(livelihood_visits.report_loss, file.view.id, LossData(**_texts(typed))),
        {**blank, "on": today, "reported_on": today, "kind": LossKind.DISEASE, "quantity": 1},
    )


def settle(desk: Desk, one: LossView, today: date) -> Verb:
    """What was decided about a loss."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("decision", N_("De&cision"), lambda: NotesEditor(lines=2), required=True),
        Field("objective", N_("&Fault"), lambda: ChoiceEditor(labelled(_FAULT)), required=True),
    )
    return Verb(
        "planSettle",
        lambda: _("Settle the loss"),
        lambda: _("Settle"),
        fields,
        lambda typed: desk.write(livelihood_visits.settle_loss, one.id, one.version, **typed),
        {"on": today, "decision": one.decision, "objective": one.data.objective},
    )


def acceptance(desk: Desk, file: PlanFile, today: date) -> Verb:
    """Minutes of acceptance."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("planned", N_("&Planned"), LineEditor),
        Field("actual", N_("&Found"), LineEditor, required=True),
        Field("value", N_("&Worth, in đồng"), MoneyEditor),
        Field("own_paid", N_("&Own share put in"), MoneyEditor),
        Field("passed", N_("Result"), lambda: CheckEditor(lambda: _("The result is reached"))),
        Field("signers", N_("&Signed by"), LineEditor),
        Field("note", N_("&Note"), lambda: NotesEditor(lines=2)),
    )
    planned = "; ".join(f"{line.quantity} {line.measure} {line.name}" for line in file.view.data.content.costs)
    return Verb(
        "planAcceptance",
        lambda: _("Minutes of acceptance"),
        _record,
        fields,
        lambda typed: desk.write(livelihood_visits.accept, file.view.id, AcceptanceData(**_texts(typed))),
        {
            **dict.fromkeys(one.name for one in fields),
            "on": today,
            "planned": planned,
            "own_paid": file.view.reckoning.own_paid,
            "value": file.view.reckoning.total,
            "passed": True,
        },
    )


ANIMAL: Final = (
    Field("tag", N_("&Tag, number"), LineEditor, required=True),
    Field("kind", N_("&What it is"), LineEditor, required=True),
    Field("age_months", N_("&Age, months"), NumberEditor),
    Field("weight_kg", N_("&Weight, kg"), NumberEditor),
    Field("vaccinated", N_("&Vaccinated against"), LineEditor),
    Field("supplier", N_("&Supplier"), LineEditor),
    Field("unit_price", N_("&Price, in đồng"), MoneyEditor),
    Field("note", N_("&Note"), LineEditor),
)


def animal(desk: Desk, plan: UUID, one: AssetView | None = None) -> Verb:
    """An animal or thing agreed on, or corrected."""

    def submit(typed: Mapping[str, Any]) -> Job:
        data = AssetData(**_texts(typed))
        if one is None:
            return desk.write(assets.keep, plan, data)
        return desk.write(assets.keep, plan, data, asset_id=one.id, version=one.version)

    values = vars(one.data) if one is not None else {}
    return Verb(
        "planAnimal",
        lambda: _("Animal or thing"),
        lambda: _("Save"),
        ANIMAL,
        submit,
        {**dict.fromkeys(each.name for each in ANIMAL), **values},
    )


def young(desk: Desk, mother: AssetView, today: date) -> Verb:
    """Young of an animal handed over."""
    fields = (Field("on", N_("&Born on"), DayEditor, required=True), *ANIMAL)

    def submit(typed: Mapping[str, Any]) -> Job:
        values = dict(_texts(typed))
        on = values.pop("on")
        return desk.write(assets.born, mother.id, mother.version, AssetData(**values), on=on)

    return Verb(
        "planYoung",
        lambda: _("Young of {tag}").format(tag=mother.data.tag),
        _record,
        fields,
        submit,
        {**dict.fromkeys(each.name for each in fields), "on": today},
    )


def fate(desk: Desk, one: AssetView, today: date) -> Verb:
    """What became of an animal."""
    labels = {state: words for state, words in ASSET_LABELS.items() if state is not AssetState.MOVED}
    fields = (
        Field("state", N_("&State"), lambda: ChoiceEditor(labelled(labels)), required=True),
        Field("on", N_("&Day"), DayEditor, required=True),
    )
    return Verb(
        "planFate",
        lambda: _("What became of {tag}").format(tag=one.data.tag),
        _record,
        fields,
        lambda typed: desk.write(assets.change_state, one.id, one.version, AssetState(typed["state"]), on=typed["on"]),
        {"state": one.state, "on": today},
    )


def moved(desk: Desk, one: AssetView, others: Sequence[BoardRow], today: date) -> Verb:
    """An animal goes to the plan of another household."""
    fields = (
        Field("plan", N_("&To the plan of"), lambda: ChoiceEditor(_plans(others)), required=True),
        Field("on", N_("&Day"), DayEditor, required=True),
    )
    return Verb(
        "planMoved",
        lambda: _("{tag} goes to another household").format(tag=one.data.tag),
        _record,
        fields,
        lambda typed: desk.write(assets.move_to, one.id, one.version, typed["plan"], on=typed["on"]),
        {"plan": None, "on": today},
    )


def handover(desk: Desk, file: PlanFile, today: date) -> Verb:
    """The hand-over: animals named before, other goods, and who received them."""
    fields = (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("goods", N_("Other &goods"), GoodsEditor, wide=True),
        Field("source", N_("Paid &from"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("proof", N_("Received &by"), lambda: ChoiceEditor(labelled(RECEIPT_LABELS)), required=True),
        Field("by_name", N_("&Who received it"), LineEditor, N_("Empty: the household itself")),
        Field("by_relation", N_("&Relation"), LineEditor),
        Field("authorisation", N_("&Authorisation"), LineEditor, N_("Number or day, when somebody else received it")),
        Field("override_reason", N_("Rea&son"), LineEditor, N_("Where a check asks for one")),
        Field("note", N_("&Note"), LineEditor),
    )

    def submit(typed: Mapping[str, Any]) -> Job:
        values = _texts(typed)
        receipt = ReceiptData(
            values["on"], values["by_name"], values["by_relation"], values["authorisation"], Receipt(values["proof"])
        )
        data = HandoverData(
            on=values["on"],
            receipt=receipt,
            goods=values["goods"] or (),
            source=FundSource(values["source"]),
            override_reason=values["override_reason"],
            note=values["note"],
        )
        return desk.write(assets.hand_over, file.view.id, data)

    return Verb(
        "planHandover",
        lambda: _("Hand over"),
        lambda: _("Hand over"),
        fields,
        submit,
        {
            **dict.fromkeys(one.name for one in fields),
            "on": today,
            "goods": (),
            "source": FundSource.CENTRAL,
            "proof": Receipt.SIGNATURE,
        },
    )


DUTIES: Final = (
    GridColumn("due_on", N_("Falls due on"), 100, Kind.DAY),
    GridColumn("amount", N_("Đồng"), 110, Kind.NUMBER),
    GridColumn("animals", N_("Animals"), 80, Kind.NUMBER),
    GridColumn("period", N_("Period"), 130),
)


def duties(desk: Desk, plan: UUID, lines: Sequence[DutyLine], round_: int) -> Verb:
    """What the household owes to the next one."""

    def make(values: Mapping[str, Any]) -> Mapping[str, Any]:
        return values

    def grid() -> GridEditor[Mapping[str, Any]]:
        return GridEditor(DUTIES, make, _as_it_is, name="dutiesGrid", title=lambda: _("Duties to pass on"))

    fields = (Field("duties", N_("Duties"), grid, wide=True, bare=True, required=True),)

    def submit(typed: Mapping[str, Any]) -> Job:
        written = [
            DutyLine(one["due_on"], one["amount"] or 0, one["animals"] or 0, one["period"])
            for one in typed["duties"]
            if one["due_on"] is not None
        ]
        return desk.write(revolving.write_duties, plan, written, round_=round_)

    return Verb(
        "planDuties",
        lambda: _("Duties to pass on"),
        lambda: _("Save"),
        fields,
        submit,
        {"duties": tuple(vars(line) for line in lines)},
    )


def entry(desk: Desk, duty: DutyView, others: Sequence[BoardRow], today: date) -> Verb:
    """A movement of the revolving ledger."""
    fields = (
        Field("kind", N_("&What"), lambda: ChoiceEditor(labelled(ENTRY_LABELS)), required=True),
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("amount", N_("Đồn&g"), MoneyEditor),
        Field("animals", N_("&Animals"), lambda: CountEditor(most=100_000)),
        Field("document", N_("&Receipt or decision"), LineEditor, required=True),
        Field("next", N_("Passed on &to"), lambda: ChoiceEditor(_plans(others), nothing=lambda: _("nobody yet"))),
        Field("note", N_("&Note"), LineEditor, N_("The reason, when something is taken back")),
    )

    def submit(typed: Mapping[str, Any]) -> Job:
        values = dict(_texts(typed))
        values["next_livelihood_id"] = values.pop("next")
        values["amount"], values["animals"] = values["amount"] or 0, values["animals"] or 0
        return desk.write(revolving.enter, duty.id, EntryData(**values))

    open_now = duty.balance
    return Verb(
        "revolvingEntry",
        lambda: _("Entry of the ledger"),
        _record,
        fields,
        submit,
        {
            **dict.fromkeys(one.name for one in fields),
            "kind": EntryKind.PAID,
            "on": today,
            "amount": max(open_now.open, 0),
            "animals": max(open_now.open_animals, 0),
        },
    )


def _plans(rows: Sequence[BoardRow]) -> list[tuple[UUID, Callable[[], str]]]:
    return [(row.id, partial(str, f"{row.head} · {row.code} · {row.product}")) for row in rows]


def _as_it_is(values: Mapping[str, Any]) -> Mapping[str, Any]:
    return values


_NUMBERS: Final = ("income", "expense", "value", "own_paid", "unit_price")
_NONE: Final = (
    *("quantity", "action_due_on", "next_on", "asset_id", "objective", "age_months", "weight_kg", "next", "goods"),
    *("amount", "animals"),
)


def _texts(typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Empty texts are "" and empty sums 0; days and counts may be unknown."""
    return {
        name: (0 if name in _NUMBERS else "") if value is None and name not in _NONE else value
        for name, value in typed.items()
    }
