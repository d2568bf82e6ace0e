"""Forms for what the office writes into the catalogue: a programme, a rule, a rate; from its plain table and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import GENERATION_LABELS, LIMIT_LABELS, PERIOD_LABELS, Catalogue, Limit
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _
from ui.editors import (
    CheckEditor,
    ChecksEditor,
    ChoiceEditor,
    DayEditor,
    LineEditor,
    NotesEditor,
    NumberEditor,
    labelled,
)
from ui.forms import Field

_FAR: Final = 366 * 30
_CLASSES: Final = (
    HouseholdClass.POOR,
    HouseholdClass.NEAR_POOR,
    HouseholdClass.AVERAGE,
    HouseholdClass.ESCAPED_POOR,
    HouseholdClass.ESCAPED_NEAR_POOR,
)


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


def rule_fields(found: Catalogue) -> tuple[Field, ...]:
    """A rule with its days."""
    rates = [(code, name.__str__) for code, name in {rate.code: rate.name for rate in found.rates}.items()]
    classes = {one.value: CLASS_LABELS[one] for one in _CLASSES}
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
        Field("classes", N_("For the clas&ses"), lambda: ChecksEditor(classes), wide=True),
        Field(
            "condition",
            N_("Con&dition"),
            lambda: NotesEditor(lines=3),
            N_("As the tables of the catalogue write it; empty: the classes above"),
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
        Field("value", N_("&Value"), NumberEditor, N_("In dong; a yearly rate in millionths"), required=True),
        Field("law", N_("&Legal basis"), LineEditor),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("note", N_("No&te"), LineEditor),
    )


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
    condition = table.get("condition")
    classes = _plain_classes(condition)
    return found | {
        "fixed": amount.get("fixed"),
        "rate": amount.get("rate"),
        "times": amount.get("times") or "",
        "limit": Limit(amount.get("limit", Limit.EXACT)),
        "citations": "\n".join(one["citation"] for one in table.get("legal", ())),
        "papers": "\n".join(one["text"] for one in table.get("papers", ())),
        "classes": classes or (),
        "condition": "" if classes is not None or condition is None else json.dumps(condition, ensure_ascii=False),
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
    apart = ("fixed", "rate", "times", "limit", "citations", "papers", "classes", "condition")
    made = table_of(old, {name: value for name, value in values.items() if name not in apart})
    made["programme"] = programme
    known = {one["citation"]: one for one in old.get("legal", ())}
    made["legal"] = [
        known.get(line, {"citation": line, "certainty": values["certainty"]}) for line in _lines(values["citations"])
    ]
    papers = {one["text"]: one for one in old.get("papers", ())}
    made["papers"] = [papers.get(line, {"text": line}) for line in _lines(values["papers"])]
    made["amount"] = _amount(old.get("amount") or {}, values)
    made["condition"] = _condition(values)
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


def _condition(values: Mapping[str, Any]) -> dict[str, Any] | None:
    if values["condition"]:
        try:
            read = json.loads(values["condition"])
        except ValueError as error:
            raise ValidationError([Problem("condition", _("This cannot be read as a condition."))]) from error
        if isinstance(read, dict):
            return read
        raise ValidationError([Problem("condition", _("This cannot be read as a condition."))])
    return {"fact": "class", "in": list(values["classes"])} if values["classes"] else None


def _plain_classes(condition: object) -> tuple[str, ...] | None:
    """The classes where the condition asks for nothing else."""
    if not isinstance(condition, dict) or condition.get("fact") != "class" or set(condition) - {"fact", "in", "is"}:
        return None
    one = condition.get("in", condition.get("is"))
    return tuple(one) if isinstance(one, list) else (str(one),) if one else None


def _lines(text: str | None) -> list[str]:
    return [line.strip() for line in (text or "").split("\n") if line.strip()]
