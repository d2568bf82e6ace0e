"""The form of a rule: what it gives, from when, by which law, and whom it means; from its plain table and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.pack_changes import CERTAINTY_LABELS
from casemgr.domain.programmes import GENERATION_LABELS, LIMIT_LABELS, PERIOD_LABELS, Catalogue, Limit, Measure
from casemgr.domain.support import Unit
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _
from ui.editors import CheckEditor, ChoiceEditor, LineEditor, NotesEditor, NumberEditor, labelled
from ui.forms import Field
from ui.pages.support.condition_editor import ConditionEditor
from ui.pages.support.programme_forms import day_editor, lines_of, none_words, table_of, values_of

if TYPE_CHECKING:
    from ui.desk import Desk


def rule_fields(
    desk: Desk, found: Catalogue, unit: Unit, uncertain: Callable[[], bool] = lambda: False
) -> tuple[Field, ...]:
    """A rule with its days; `uncertain` says whether it is marked so while it is typed."""
    rates, yearly = _rates(found, yearly=False), _rates(found, yearly=True)
    return (
        Field("id", N_("&Code"), LineEditor, N_("Its own, e.g. DIEN-2027"), required=True),
        Field("title", N_("Which &case it is"), LineEditor),
        Field("valid_from", N_("Applies &from"), day_editor),
        Field("valid_to", N_("Applies &until"), day_editor),
        Field(
            "condition",
            N_("&For whom"),
            lambda: ConditionEditor(desk, found, unit, "condition", uncertain=uncertain),
            wide=True,
        ),
        Field("generation", N_("&Generation"), lambda: ChoiceEditor(labelled(GENERATION_LABELS), nothing=none_words)),
        Field("period", N_("&How often"), lambda: ChoiceEditor(labelled(PERIOD_LABELS), nothing=none_words)),
        Field("fixed", N_("Am&ount in dong"), NumberEditor),
        Field("limit", N_("The amount is"), lambda: ChoiceEditor(labelled(LIMIT_LABELS))),
        Field("rate", N_("or a &rate"), lambda: ChoiceEditor(rates, nothing=none_words)),
        Field("times", N_("ti&mes"), LineEditor, N_("A factor such as 1.5")),
        Field(
            "each",
            N_("Paid for &each"),
            lambda: ConditionEditor(desk, found, Unit.PERSON, "each", folded=lambda: _("Say which members…")),
            N_("The amount counts once for every member meant here"),
            wide=True,
        ),
        Field("interest_rate", N_("&Yearly rate of the loan"), lambda: ChoiceEditor(yearly, nothing=none_words)),
        Field("interest_times", N_("times"), LineEditor, N_("A factor such as 1.5")),
        Field("term_months", N_("Longest term in mont&hs"), lambda: NumberEditor(most=1200)),
        Field("after_death", "", lambda: CheckEditor(lambda: _("For somebody who died"))),
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
            "scope",
            N_("&Only within"),
            lambda: ConditionEditor(
                desk, found, unit, "scope", folded=lambda: _("Narrow whom it can mean…"), uncertain=uncertain
            ),
            N_("Outside nobody is meant, however uncertain the rule is"),
            wide=True,
        ),
        Field("certainty", N_("How s&ure it is"), lambda: ChoiceEditor(labelled(CERTAINTY_LABELS)), required=True),
        Field("note", N_("No&te"), LineEditor),
    )


def rule_values(table: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """The same of a rule: its lists as lines, its amount in three fields."""
    found = values_of(table, fields)
    amount, interest = table.get("amount") or {}, table.get("interest") or {}
    return found | {
        "fixed": amount.get("fixed"),
        "rate": amount.get("rate"),
        "times": amount.get("times") or "",
        "limit": Limit(amount.get("limit", Limit.EXACT)),
        "each": amount.get("each"),
        "interest_rate": interest.get("rate"),
        "interest_times": interest.get("times") or "",
        "citations": "\n".join(one["citation"] for one in table.get("legal", ())),
        "papers": "\n".join(one["text"] for one in table.get("papers", ())),
        "condition": table.get("condition"),
        "scope": table.get("scope"),
    }


_APART: Final = frozenset(
    {"fixed", "rate", "times", "limit", "each", "interest_rate", "interest_times"}
    | {"citations", "papers", "condition", "scope"}
)
"""Fields that are no key of the table under their own name."""


def rule_table(old: Mapping[str, Any], values: Mapping[str, Any], programme: str) -> dict[str, Any]:
    """The same of a rule."""
    made = table_of(old, {name: value for name, value in values.items() if name not in _APART})
    made["programme"] = programme
    known = {one["citation"]: one for one in old.get("legal", ())}
    made["legal"] = [
        known.get(line, {"citation": line, "certainty": values["certainty"]}) for line in lines_of(values["citations"])
    ]
    papers = {one["text"]: one for one in old.get("papers", ())}
    made["papers"] = [papers.get(line, {"text": line}) for line in lines_of(values["papers"])]
    made["amount"] = _amount(values)
    if values["interest_rate"]:
        made["interest"] = {"rate": values["interest_rate"]} | _factor(values["interest_times"])
    elif "rate" in old.get("interest", {}):
        made.pop("interest")
    made |= {"condition": values["condition"], "scope": values["scope"]}
    return {name: value for name, value in made.items() if value not in (None, [])}


def _amount(values: Mapping[str, Any]) -> dict[str, Any] | None:
    if values["fixed"] is None and not values["rate"]:
        return None
    if values["fixed"] is not None and values["rate"]:
        raise ValidationError([Problem("rate", _("An amount is either a sum or a rate, not both."))])
    made = {"rate": values["rate"]} if values["fixed"] is None else {"fixed": values["fixed"]}
    made |= _factor(values["times"])
    limit = values["limit"] or Limit.EXACT
    if limit is not Limit.EXACT:
        made["limit"] = str(limit)
    return made | ({"each": values["each"]} if values["each"] else {})


def _factor(text: str) -> dict[str, Any]:
    return {"times": text.replace(",", ".")} if text else {}


def _rates(found: Catalogue, *, yearly: bool) -> list[tuple[str, Callable[[], str]]]:
    """Money, or yearly rates, by their newest name."""
    measure = Measure.YEARLY if yearly else Measure.DONG
    names = {rate.code: rate.name for rate in found.rates if rate.measure is measure}
    return [(code, partial(str, name)) for code, name in names.items()]
