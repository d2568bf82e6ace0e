"""Forms for what the office writes into the catalogue: a programme, a rule, a rate; from its plain table and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import MEASURE_LABELS, Catalogue, Measure
from casemgr.domain.support import SUPPORT_KIND_LABELS, UNIT_LABELS
from casemgr.domain.text import fold
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
_STAGE: Final = re.compile(r"(\d{1,3})\s*%?\s+(.+)")


def day_editor() -> DayEditor:
    """For first and last days, as far ahead as laws look."""
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
        Field("active_from", N_("Runs &from"), day_editor),
        Field("active_to", N_("Runs &until"), day_editor),
        Field("lead", N_("&Leading office"), LineEditor),
        Field("certainty", N_("How &sure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("document", N_("&Paper that results"), LineEditor, wide=True),
        Field("dimensions", N_("Dep&rivations it acts on"), lambda: ChecksEditor(found.dimensions), wide=True),
        Field(
            "stages", N_("&Paid in stages"), _two_lines, N_("One in each line: 70 % after the foundation"), wide=True
        ),
        Field("fields", N_("&Asked besides"), _two_lines, N_("One in each line, e.g. School"), wide=True),
        Field("entitles", "", lambda: CheckEditor(lambda: _("Its rules say who is entitled")), wide=True),
        Field("sponsored", "", lambda: CheckEditor(lambda: _("Promises of sponsors count under it")), wide=True),
        Field("follow", "", lambda: CheckEditor(lambda: _("Opens a task when the class changes")), wide=True),
        Field("due_days", N_("&Days until that task is due"), lambda: NumberEditor(most=366)),
        Field("note", N_("No&te"), lambda: NotesEditor(lines=2), wide=True),
    )


def _two_lines() -> NotesEditor:
    return NotesEditor(lines=2)


def programme_values(table: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """What the form shows of a programme: its lists as lines."""
    return values_of(table, fields) | {
        "dimensions": tuple(table.get("dimensions", ())),
        "stages": "\n".join(f"{one['percent']} % {one['label']}" for one in table.get("stages", ())),
        "fields": "\n".join(one["label"] for one in table.get("fields", ())),
        "entitles": table.get("entitles", True),
        "certainty": table.get("certainty", "V"),
        "due_days": table.get("due_days", 0),
    }


def programme_table(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table of a programme after the form; what it calls a stage or a field keeps its code."""
    apart = ("dimensions", "stages", "fields", "entitles")
    made = table_of(old, {name: value for name, value in values.items() if name not in apart})
    lists = {
        "dimensions": list(values["dimensions"]),
        "stages": [_stage(line, old.get("stages", ())) for line in lines_of(values["stages"])],
        "fields": [_field(line, old.get("fields", ())) for line in lines_of(values["fields"])],
    }
    for name, found in lists.items():
        if found:
            made[name] = found
        else:
            made.pop(name, None)
    if [one.get("pays") for one in made.get("steps", ()) if one.get("pays")] != [
        one["code"] for one in lists["stages"]
    ]:
        made.pop("steps", None)  # they belonged to other stages; the plain ones are made of these
    made.pop("entitles", None)
    return made if values["entitles"] else made | {"entitles": False}


def _stage(line: str, old: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    read = _STAGE.fullmatch(line)
    if read is None:
        raise ValidationError([Problem("stages", _("Write the part first: 70 % after the foundation."))])
    return {"code": _kept(read[2], old), "label": read[2], "percent": int(read[1])}


def _field(line: str, old: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    known = next((one for one in old if one["label"] == line), {})
    return {**known, "code": _kept(line, old), "label": line}


def _kept(label: str, old: Sequence[Mapping[str, Any]]) -> str:
    return next((str(one["code"]) for one in old if one["label"] == label), code_of_name(label))


def rate_fields() -> tuple[Field, ...]:
    """A base figure with its days."""
    return (
        Field("code", N_("&Code"), LineEditor, required=True),
        Field("name", N_("&Name"), LineEditor, required=True),
        Field("valid_from", N_("Applies &from"), day_editor),
        Field("valid_to", N_("Applies &until"), day_editor),
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


def code_of_name(name: str) -> str:
    """A code of small letters made of a name."""
    letters = "".join(mark if mark.isascii() and mark.isalnum() else "_" for mark in fold(name))
    code = "_".join(filter(None, letters.split("_")))[:40]
    return code if code[:1].isalpha() else f"f_{code}"[:40]


def rate_values(table: Mapping[str, Any]) -> dict[str, Any]:
    """What the form shows of a rate."""
    return values_of(table, rate_fields()) | {"measure": Measure(table.get("measure", Measure.DONG))}


def rate_table(old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The plain table of a rate after the form; what counts đồng needs no word of it."""
    made = table_of(old, values)
    if "measure" not in old and values["measure"] is Measure.DONG:
        made.pop("measure", None)
    return made


def none_words() -> str:
    """For no choice."""
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
    field = _AT.get(key, key)
    if key == "interest":
        field = f"interest_{rest}"
    elif key == "amount" and rest:
        field = rest if rest in _FACTORS else "each"
    return Problem(field, words[:1].upper() + words[1:]) if field in names else problem


def lines_of(text: str | None) -> list[str]:
    """What stands in each line."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]
