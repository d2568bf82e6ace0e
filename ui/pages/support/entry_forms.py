"""Forms for overlap rules and for facts officers note; from the plain table and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.entitlement_facts import ABOUT_LABELS, About
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import ACTION_LABELS, SPAN_LABELS, Action, Span
from casemgr.domain.support import UNIT_LABELS, Unit
from casemgr.i18n import N_
from ui.editors import ChoiceEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field
from ui.pages.support.programme_forms import code_of_name, table_of
from ui.pages.support.programmes_editor import ProgrammesEditor
from ui.programme_choices import programme_choices

if TYPE_CHECKING:
    from casemgr.services.programmes import ProgrammeListRow


def overlap_fields(rows: Sequence[ProgrammeListRow]) -> tuple[Field, ...]:
    """An overlap rule."""
    whom = {unit: UNIT_LABELS[unit] for unit in (Unit.PERSON, Unit.HOUSEHOLD)}
    return (
        Field("id", N_("&Code"), LineEditor, N_("Its own, e.g. DIEN-XA"), required=True),
        Field(
            "programmes",
            N_("&Programmes"),
            lambda: ProgrammesEditor(programme_choices(rows)),
            N_("One: with itself; several: every two of them"),
            required=True,
        ),
        Field("action", N_("What is &done"), lambda: ChoiceEditor(labelled(ACTION_LABELS)), required=True),
        Field("span", N_("Over which &time"), lambda: ChoiceEditor(labelled(SPAN_LABELS)), required=True),
        Field("scope", N_("F&or whom"), lambda: ChoiceEditor(labelled(whom)), required=True),
        Field("text", N_("Wh&at it says"), lambda: NotesEditor(lines=3), required=True),
        Field("citation", N_("&Legal basis"), LineEditor, required=True),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
    )


def overlap_values(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of an overlap rule."""
    return {
        "id": table.get("id", ""),
        "programmes": tuple(table.get("programmes", ())),
        "action": Action(table.get("action", Action.WARN)),
        "span": Span(table.get("span", Span.PERIOD)),
        "scope": Unit(table.get("scope", Unit.HOUSEHOLD)),
        "text": table.get("text", ""),
        "citation": table.get("citation", ""),
        "certainty": table.get("certainty", "V"),
    }


def overlap_table(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table of an overlap rule after the form."""
    return table_of(old, values) | {"programmes": list(values["programmes"])}


_UNSAID: Final = {None: N_("not known: it is asked"), False: N_("no: it is rare")}


def fact_fields() -> tuple[Field, ...]:
    """A fact officers note."""
    return (
        Field("name", N_("&Name"), LineEditor, N_("E.g. raises cows"), required=True),
        Field("about", N_("A&bout whom"), lambda: ChoiceEditor(labelled(ABOUT_LABELS)), required=True),
        Field("yes", N_("Sentence when it &is so"), LineEditor, N_("E.g. The household raises cows"), required=True),
        Field("no", N_("Sentence when it is no&t so"), LineEditor, required=True),
        Field("assumed", N_("&While nobody noted it"), lambda: ChoiceEditor(labelled(_UNSAID))),
        Field("code", N_("&Code"), LineEditor, N_("Small letters, digits and _; made of the name when left empty")),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("note", N_("Not&e"), LineEditor),
    )


def fact_values(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a fact."""
    texts = {name: table.get(name, "") for name in ("code", "name", "yes", "no", "note")}
    return texts | {
        "about": About(table.get("about", About.HOUSEHOLD)),
        "assumed": False if table.get("assumed") is False else None,
        "certainty": table.get("certainty", "V"),
    }


def fact_table(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table of a fact after the form."""
    made = table_of(old, values)
    made["code"] = values["code"] or code_of_name(values["name"])
    if values["assumed"] is False:
        made["assumed"] = False
    return made
