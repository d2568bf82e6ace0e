"""Fields of the forms of support: a delivery, a place in a programme, a circumstance, a receipt, a task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.entitlement_facts import About, Fact
from casemgr.domain.support import ENROLMENT_LABELS, FUND_LABELS, RECEIPT_LABELS
from casemgr.i18n import N_, _
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, NumberEditor, labelled
from ui.forms import Field
from ui.goods_editor import GoodsEditor
from ui.programme_choices import programme_choices

if TYPE_CHECKING:
    from casemgr.domain.programmes import Programme
    from casemgr.services.households import HouseholdView
    from casemgr.services.programmes import ProgrammeListRow

AHEAD: Final = 366 * 3
"""Days into the future for which support can be planned."""


def people_choices(view: HouseholdView) -> list[tuple[UUID, Any]]:
    """The present people of a household."""
    return [(member.person_id, member.person.full_name.__str__) for member in view.members]


def _household() -> str:
    return _("the household")


def delivery_fields(rows: Sequence[ProgrammeListRow], view: HouseholdView) -> tuple[Field, ...]:
    """One payment or hand-over."""
    return (
        Field(
            "programme",
            N_("&Programme"),
            lambda: ChoiceEditor(programme_choices(rows)),
            N_("Type the beginning of its name"),
            required=True,
            wide=True,
        ),
        Field("person_id", N_("&For"), lambda: ChoiceEditor(people_choices(view), nothing=_household)),
        Field("on", N_("D&ay"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("amount", N_("Am&ount in dong"), NumberEditor),
        Field("period", N_("P&eriod"), LineEditor, N_("2026, 2026-Q4, 2026-11 or 2026-2027")),
        Field("source", N_("S&ource of the money"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("budget_id", N_("&Budget"), lambda: ChoiceEditor((), nothing=lambda: _("from no budget"))),
        Field("decision_number", N_("Decision &number"), LineEditor),
        Field("decision_on", N_("De&cision of"), DayEditor),
        Field("stage", N_("&Stage"), lambda: ChoiceEditor((), nothing=lambda: _("the whole"))),
        Field("received", "", lambda: CheckEditor(lambda: _("Received on this day, signed by the beneficiary"))),
        Field("goods", N_("&Goods"), GoodsEditor, wide=True, bare=True),
        Field(
            "override_reason",
            N_("&Why it is right all the same"),
            LineEditor,
            N_("Asked for when a rule warns"),
            wide=True,
        ),
        Field("note", N_("No&te"), LineEditor, wide=True),
    )


def correction_fields() -> tuple[Field, ...]:
    """What a settled delivery should have been."""
    return (
        Field("on", N_("Day of the co&rrection"), DayEditor, required=True),
        Field("amount", N_("Right am&ount in dong"), NumberEditor, required=True),
        Field("goods", N_("&Goods"), GoodsEditor, wide=True, bare=True),
        Field("reason", N_("&Reason"), LineEditor, required=True, wide=True),
    )


def return_fields() -> tuple[Field, ...]:
    """Support that comes back, or is not handed out after all."""
    return (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("reason", N_("&Reason"), LineEditor, required=True, wide=True),
    )


def receipt_fields() -> tuple[Field, ...]:
    """Who collected, by whom, with what authorisation."""
    return (
        Field("received_on", N_("&Received on"), DayEditor, required=True),
        Field("proof", N_("&Proved by"), lambda: ChoiceEditor(labelled(RECEIPT_LABELS)), required=True),
        Field("by_name", N_("&Collected by"), LineEditor, N_("Empty: the beneficiary")),
        Field("by_relation", N_("Re&lation"), LineEditor),
        Field(
            "authorisation",
            N_("&Authorisation"),
            LineEditor,
            N_("Number or date of the written authorisation, when somebody else collects"),
            wide=True,
        ),
    )


def enrolment_fields(
    rows: Sequence[ProgrammeListRow], view: HouseholdView, programme: Programme | None
) -> tuple[Field, ...]:
    """A place in a programme; what the programme asks beyond is added when it is known."""
    own = programme.fields if programme is not None else ()
    return (
        Field("programme", N_("&Programme"), lambda: ChoiceEditor(programme_choices(rows)), required=True, wide=True),
        Field("person_id", N_("&For"), lambda: ChoiceEditor(people_choices(view), nothing=_household)),
        Field("status", N_("S&tate"), lambda: ChoiceEditor(labelled(ENROLMENT_LABELS)), required=True),
        Field("decision_number", N_("Decision &number"), LineEditor),
        Field("decision_on", N_("De&cision of"), DayEditor),
        Field("from_on", N_("&From"), lambda: DayEditor(ahead=AHEAD)),
        Field("to_on", N_("&Until"), lambda: DayEditor(ahead=AHEAD * 4)),
        Field("amount", N_("Am&ount in dong"), NumberEditor, N_("Each time, as it was decided")),
        Field("need_on", N_("Asked for &on"), DayEditor),
        *(Field(f"detail_{field.code}", field.label, LineEditor) for field in own),
        Field("reason", N_("&Reason"), LineEditor, wide=True),
        Field("note", N_("Not&e"), lambda: NotesEditor(lines=2), wide=True),
    )


def circumstance_fields(facts: Sequence[Fact], view: HouseholdView) -> tuple[Field, ...]:
    """A dated fact of a person or of the household."""
    labels = [(fact.code, partial(_fact_words, fact)) for fact in facts]
    return (
        Field(
            "code",
            N_("&Circumstance"),
            lambda: ChoiceEditor(labels),
            N_("Type the beginning of its name"),
            required=True,
            wide=True,
        ),
        Field("person_id", N_("&For"), lambda: ChoiceEditor(people_choices(view), nothing=_household)),
        Field("holds", N_("&Is it so"), lambda: ChoiceEditor(HOLDS), required=True),
        Field("from_on", N_("&From"), DayEditor),
        Field("to_on", N_("&Until"), lambda: DayEditor(ahead=AHEAD * 4)),
        Field("note", N_("Not&e"), LineEditor, wide=True),
    )


HOLDS: Final = ((True, lambda: _("Yes, it is so")), (False, lambda: _("No, it was asked and is not so")))


def _fact_words(fact: Fact) -> str:
    label = fact.label[:1].upper() + fact.label[1:]
    return label if fact.about is About.PERSON else _("{fact} (household)").format(fact=label)


def end_fields() -> tuple[Field, ...]:
    """Support that ends."""
    return (
        Field("on", N_("&Last day"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("reason", N_("&Reason"), LineEditor, required=True),
    )


def task_fields(view: HouseholdView) -> tuple[Field, ...]:
    """Something to do."""
    return (
        Field("title", N_("&What is to be done"), LineEditor, required=True, wide=True),
        Field("due_on", N_("&Due on"), lambda: DayEditor(ahead=AHEAD), required=True),
        Field("person_id", N_("&For"), lambda: ChoiceEditor(people_choices(view), nothing=_household)),
        Field("note", N_("Not&e"), LineEditor, wide=True),
    )


def drop_fields() -> tuple[Field, ...]:
    """Why a task is not needed."""
    return (Field("note", N_("&Why it is not needed"), LineEditor, required=True, wide=True),)


def detail_of(values: Mapping[str, Any]) -> dict[str, str]:
    """What the programme asks beyond the common fields, by its code."""
    return {name.removeprefix("detail_"): text or "" for name, text in values.items() if name.startswith("detail_")}
