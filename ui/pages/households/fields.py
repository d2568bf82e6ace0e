"""What the forms of a household, a person, a class and a leaving ask for, in the order of the paper forms."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from casemgr.domain.ethnic import ethnic_groups
from casemgr.domain.households import CLASS_LABELS, END_LABELS, POLICY_LABELS, POVERTY_CAUSES
from casemgr.domain.identity import IdNumber, InsuranceNumber, read_identity, read_insurance, read_phone
from casemgr.domain.offices import AREA_LABELS, HamletView
from casemgr.domain.people import (
    DISABILITY_LABELS,
    EDUCATION_LABELS,
    LABOUR_LABELS,
    LEAVE_LABELS,
    RELATION_LABELS,
    SEX_LABELS,
    WORK_LABELS,
    Relation,
)
from casemgr.i18n import N_, _
from ui.editors import (
    CheckEditor,
    ChecksEditor,
    ChoiceEditor,
    DayEditor,
    LineEditor,
    NotesEditor,
    NumberEditor,
    PartialDateEditor,
    ReadingEditor,
    labelled,
    not_stated,
)
from ui.forms import Field


def _number(read: IdNumber) -> str:
    return read.number


def _insurance(read: InsuranceNumber) -> str:
    return read.text


def household_fields(hamlets: Sequence[HamletView]) -> tuple[Field, ...]:
    """Fields of `HouseholdData`."""
    places: list[tuple[UUID, partial[str]]] = [(view.id, partial(str, view.data.full_name)) for view in hamlets]
    return (
        Field("hamlet_id", N_("Ha&mlet"), lambda: ChoiceEditor(places, nothing=not_stated)),
        Field("phone", N_("&Phone"), lambda: ReadingEditor(read_phone)),
        Field("address", N_("&Address"), LineEditor, N_("House number, group or road, below the hamlet.")),
        Field(
            "area",
            N_("Area &type"),
            lambda: ChoiceEditor(labelled(AREA_LABELS), nothing=lambda: _("as the hamlet")),
        ),
        Field(
            "permanent_address",
            N_("&Registered address"),
            LineEditor,
            N_("As on the identity card; empty when it is the same."),
            wide=True,
        ),
        Field("flags", N_("P&olicy attributes"), lambda: ChecksEditor(POLICY_LABELS), wide=True),
        Field("notes", N_("&Notes"), lambda: NotesEditor(lines=2), wide=True),
    )


def person_fields(*, head: bool) -> tuple[Field, ...]:
    """Fields of `PersonData`, and her relation to the head."""
    relations = [(each, words) for each, words in labelled(RELATION_LABELS) if head == (each == Relation.HEAD)]
    peoples = [(group.code, partial(str, group.name)) for group in ethnic_groups()]
    return (
        Field("full_name", N_("&Full name"), lambda: LineEditor(), required=True),
        Field("relation", N_("&Relation to the head"), lambda: ChoiceEditor(relations), required=True),
        Field(
            "birth", N_("&Born"), PartialDateEditor, N_("A day, a month or only a year, e.g. 5/3/1979, 03/1979, 1979.")
        ),
        Field("sex", N_("Se&x"), lambda: ChoiceEditor(labelled(SEX_LABELS), nothing=not_stated)),
        Field("id_number", N_("&Identity number"), lambda: ReadingEditor(read_identity, of=_number), N_("12 digits.")),
        Field("id_issued_on", N_("Issue&d on"), DayEditor),
        Field(
            "old_id_number",
            N_("&Old identity number"),
            lambda: ReadingEditor(read_identity, of=_number),
            N_("9 digits."),
        ),
        Field("insurance_number", N_("&Health insurance number"), lambda: ReadingEditor(read_insurance, of=_insurance)),
        Field("ethnic", N_("&Ethnic group"), lambda: ChoiceEditor(peoples, nothing=not_stated)),
        Field("phone", N_("&Phone"), lambda: ReadingEditor(read_phone)),
        Field("education", N_("Ed&ucation"), lambda: ChoiceEditor(labelled(EDUCATION_LABELS), nothing=not_stated)),
        Field("work", N_("&Work"), lambda: ChoiceEditor(labelled(WORK_LABELS), nothing=not_stated)),
        Field("occupation", N_("O&ccupation"), LineEditor),
        Field("labour", N_("&Labour capacity"), lambda: ChoiceEditor(labelled(LABOUR_LABELS), nothing=not_stated)),
        Field(
            "disability",
            N_("Disabilit&y"),
            lambda: ChoiceEditor(labelled(DISABILITY_LABELS), nothing=lambda: _("none")),
        ),
        Field("died_on", N_("Died o&n"), DayEditor),
        Field("merit", N_("Person of merit"), lambda: CheckEditor(lambda: _("Person of &merit"))),
        Field("allowance", N_("Monthly social allowance"), lambda: CheckEditor(lambda: _("Monthly &social allowance"))),
        Field("notes", N_("No&tes"), lambda: NotesEditor(lines=2), wide=True),
    )


def class_fields() -> tuple[Field, ...]:
    """Fields of `ClassData` and of the decision that made it."""
    return (
        Field("year", N_("&Year"), lambda: NumberEditor(least=1993, most=2100), required=True),
        Field("value", N_("&Class"), lambda: ChoiceEditor(labelled(CLASS_LABELS)), required=True),
        Field("number", N_("&Decision number"), LineEditor, N_("E.g. 45/QĐ-UBND; empty when there is none yet.")),
        Field("signed_on", N_("&Signed on"), DayEditor),
        Field("b1", N_("B&1 points"), lambda: NumberEditor(most=1000)),
        Field("b2", N_("B&2 points"), lambda: NumberEditor(most=1000)),
        Field("since", N_("&From"), lambda: DayEditor(ahead=400), N_("Empty: the day the decision was signed.")),
        Field("causes", N_("C&auses of poverty"), lambda: ChecksEditor(POVERTY_CAUSES), wide=True),
        Field("note", N_("&Note"), LineEditor, wide=True),
    )


def leave_fields() -> tuple[Field, ...]:
    """When and why a member leaves."""
    return (
        Field("reason", N_("&Reason"), lambda: ChoiceEditor(labelled(LEAVE_LABELS)), required=True),
        Field("on", N_("&Left on"), DayEditor, required=True),
    )


def end_fields() -> tuple[Field, ...]:
    """When and why the office stops keeping a household."""
    return (
        Field("reason", N_("&Reason"), lambda: ChoiceEditor(labelled(END_LABELS)), required=True),
        Field("on", N_("&Kept until"), lambda: DayEditor(ahead=400), required=True),
    )


def head_fields() -> tuple[Field, ...]:
    """What the former head is to the new one."""
    relations = [(each, words) for each, words in labelled(RELATION_LABELS) if each != Relation.HEAD]
    return (Field("relation", N_("The former head is now"), lambda: ChoiceEditor(relations), required=True),)
