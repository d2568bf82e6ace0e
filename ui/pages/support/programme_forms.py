"""Forms for what the office writes into the catalogue: a programme, a rule, a rate; from its plain table and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.entitlement_facts import ABOUT_LABELS, About
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import (
    ACTION_LABELS,
    GENERATION_LABELS,
    LIMIT_LABELS,
    MEASURE_LABELS,
    PERIOD_LABELS,
    SPAN_LABELS,
    Action,
    Catalogue,
    Limit,
    Measure,
    Span,
)
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS, Unit
from casemgr.domain.text import fold
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _
from ui.editors import (
    CheckEditor,
    ChoiceEditor,
    DayEditor,
    LineEditor,
    NotesEditor,
    NumberEditor,
    labelled,
)
from ui.forms import Field
from ui.pages.support.condition_editor import ConditionEditor
from ui.pages.support.programmes_editor import ProgrammesEditor
from ui.programme_choices import programme_choices

if TYPE_CHECKING:
    from casemgr.services.programmes import ProgrammeListRow
    from ui.desk import Desk

_FAR: Final = 366 * 30


def _day() -> DayEditor:
    return DayEditor(ahead=_FAR)


def programme_fields(found: Catalogue) -> tuple[Field, ...]:
    """A programme."""
    groups = [(code, name.__str__) for code, name in found.groups.items()]
    return (
        Field("code", N_("&Code"), LineEditor, N_("Capital letters, digits, dash: HT-GAO"), required=True),
        Field("group", N_("&Group"), lambda: ChoiceEditor(groups), required=True),
        Field("name", N_("&Name"), LineEditor, required=True, wide=True),
        Field("name_en", N_("Name in &English"), LineEditor, wide=True),
        Field("unit", N_("F&or whom"), lambda: ChoiceEditor(labelled(UNIT_LABELS)), required=True),
        Field("kind", N_("What it g&ives"), lambda: ChoiceEditor(labelled(SUPPORT_KIND_LABELS)), required=True),
        Field("recurring", "", lambda: CheckEditor(lambda: _("Comes again and again"))),
        Field("once", "", lambda: CheckEditor(lambda: _("Once in a lifetime"))),
        Field("active_from", N_("Runs &from"), _day),
        Field("active_to", N_("Runs &until"), _day),
        Field("lead", N_("&Leading office"), LineEditor),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("document", N_("&Paper that results"), LineEditor, wide=True),
        Field("follow", "", lambda: CheckEditor(lambda: _("Opens a task when the class changes"))),
        Field("due_days", N_("&Days until that task is due"), lambda: NumberEditor(most=366)),
        Field("note", N_("No&te"), lambda: NotesEditor(lines=2), wide=True),
    )


def rule_fields(
    desk: Desk, found: Catalogue, unit: Unit, uncertain: Callable[[], bool] = lambda: False
) -> tuple[Field, ...]:
    """A rule with its days; `uncertain` says whether it is marked so while it is typed."""
    rates = [(code, name.__str__) for code, name in {rate.code: rate.name for rate in found.rates}.items()]
    return (
        Field("id", N_("&Code"), LineEditor, N_("Its own, e.g. DIEN-2027"), required=True),
        Field("title", N_("Which &case it is"), LineEditor),
        Field("valid_from", N_("Applies &from"), _day),
        Field("valid_to", N_("Applies &until"), _day),
        Field("generation", N_("&Generation"), lambda: ChoiceEditor(labelled(GENERATION_LABELS), nothing=_none)),
        Field("period", N_("&How often"), lambda: ChoiceEditor(labelled(PERIOD_LABELS), nothing=_none)),
        Field("fixed", N_("Am&ount in dong"), NumberEditor),
        Field("limit", N_("The amount is"), lambda: ChoiceEditor(labelled(LIMIT_LABELS))),
        Field("rate", N_("or a &rate"), lambda: ChoiceEditor(rates, nothing=_none)),
        Field("times", N_("ti&mes"), LineEditor, N_("A factor such as 1.5")),
        Field(
            "citations",
            N_("&Legal basis"),
            lambda: NotesEditor(lines=2),
            N_("One in each line: number, article, clause"),
            required=True,
            wide=True,
        ),
        Field("papers", N_("&Papers needed"), lambda: NotesEditor(lines=2), N_("One in each line"), wide=True),
        Field(
            "condition",
            N_("&For whom"),
            lambda: ConditionEditor(desk, found, unit, "condition", uncertain=uncertain),
            wide=True,
        ),
        Field(
            "scope",
            N_("&Only within"),
            lambda: ConditionEditor(desk, found, unit, "scope", folded=True, uncertain=uncertain),
            N_("Outside nobody is meant, however uncertain the rule is"),
            wide=True,
        ),
        Field("certainty", N_("How s&ure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("note", N_("No&te"), LineEditor),
    )


def rate_fields() -> tuple[Field, ...]:
    """A base figure with its days."""
    return (
        Field("code", N_("&Code"), LineEditor, required=True),
        Field("name", N_("&Name"), LineEditor, required=True),
        Field("valid_from", N_("Applies &from"), _day, required=True),
        Field("valid_to", N_("Applies &until"), _day),
        Field(
            "value",
            N_("&Value"),
            NumberEditor,
            N_("A whole number: dong, millionths of a yearly rate, hundredths of a per cent, tenths"),
            required=True,
        ),
        Field("measure", N_("What it c&ounts"), lambda: ChoiceEditor(labelled(MEASURE_LABELS)), required=True),
        Field("law", N_("&Legal basis"), LineEditor),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("note", N_("No&te"), LineEditor),
    )


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
    made["code"] = values["code"] or _code_of_name(values["name"])
    if values["assumed"] is False:
        made["assumed"] = False
    return made


def _code_of_name(name: str) -> str:
    letters = "".join(mark if mark.isascii() and mark.isalnum() else "_" for mark in fold(name))
    code = "_".join(filter(None, letters.split("_")))[:40]
    return code if code[:1].isalpha() else f"f_{code}"[:40]


def rate_values(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a rate."""
    return values_of(table, rate_fields()) | {"measure": Measure(table.get("measure", Measure.DONG))}


def _none() -> str:
    return _("none")


_DAYS: Final = ("active_from", "active_to", "valid_from", "valid_to")


def values_of(table: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """What a form shows of a plain table."""
    found = {field.name: table.get(field.name) for field in fields}
    for name in _DAYS:
        text = found.get(name)
        if isinstance(text, str):
            found[name] = date.fromisoformat(text)
    return found


def rule_values(table: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The same of a rule: its lists as lines, its amount in three fields."""
    found = values_of(table, fields)
    amount = table.get("amount") or {}
    return found | {
        "fixed": amount.get("fixed"),
        "rate": amount.get("rate"),
        "times": amount.get("times") or "",
        "limit": Limit(amount.get("limit", Limit.EXACT)),
        "citations": "\n".join(one["citation"] for one in table.get("legal", ())),
        "papers": "\n".join(one["text"] for one in table.get("papers", ())),
        "condition": table.get("condition"),
        "scope": table.get("scope"),
    }


def table_of(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table after a form; what the form does not show stays."""
    made = dict(old)
    for name, value in values.items():
        kept = value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, str) else value
        if kept in (None, "", False):
            made.pop(name, None)
        else:
            made[name] = kept
    return made


def rule_table(old: Mapping[str, Any], values: Mapping[str, Any], programme: str) -> dict[str, Any]:
    """The same of a rule."""
    apart = ("fixed", "rate", "times", "limit", "citations", "papers", "condition", "scope")
    made = table_of(old, {name: value for name, value in values.items() if name not in apart})
    made["programme"] = programme
    known = {one["citation"]: one for one in old.get("legal", ())}
    made["legal"] = [
        known.get(line, {"citation": line, "certainty": values["certainty"]}) for line in _lines(values["citations"])
    ]
    papers = {one["text"]: one for one in old.get("papers", ())}
    made["papers"] = [papers.get(line, {"text": line}) for line in _lines(values["papers"])]
    made["amount"] = _amount(old.get("amount") or {}, values)
    made |= {"condition": values["condition"], "scope": values["scope"]}
    return {name: value for name, value in made.items() if value not in (None, [])}


def _amount(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any] | None:
    if values["fixed"] is None and not values["rate"]:
        return None
    if values["fixed"] is not None and values["rate"]:
        raise ValidationError([Problem("rate", _("An amount is either a sum or a rate, not both."))])
    made = {name: value for name, value in old.items() if name == "each"}
    if values["fixed"] is not None:
        made["fixed"] = values["fixed"]
    else:
        made["rate"] = values["rate"]
    if values["times"]:
        made["times"] = values["times"].replace(",", ".")
    limit = values["limit"] or Limit.EXACT
    if limit is not Limit.EXACT:
        made["limit"] = str(limit)
    return made


_AT: Final = {"": "valid_from", "legal": "citations", "amount": "fixed"}
"""Fields that stand for a key of the table under another name."""
_FACTORS: Final = ("rate", "times", "limit")


def placed(error: ValidationError, kind: str, code: str, names: Collection[str]) -> ValidationError:
    """The faults of an entry at the fields of its form; what would not fit elsewhere stays told with its place."""
    return ValidationError([_placed(problem, f"{kind} {code}", names) for problem in error.problems])


def _placed(problem: Problem, entry: str, names: Collection[str]) -> Problem:
    if not problem.field.startswith((f"{entry}.", f"{entry}@")) and problem.field != entry:
        return problem
    words = problem.message.removeprefix(f"{problem.field}: ")
    key, _dot, rest = problem.field.removeprefix(entry).lstrip(".").partition(".")
    key = key.partition("[")[0]
    field = rest if key in ("amount", "interest") and rest in _FACTORS else _AT.get(key, key)
    return Problem(field, words[:1].upper() + words[1:]) if field in names else problem


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]
