"""Reads programmes, rules, rates, exclusions and facts from plain tables; what is wrong is refused with its place."""

import re
import tomllib
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import combinations
from typing import Final, TypeVar

from casemgr.assets import resource
from casemgr.domain.condition_reading import ConditionReader
from casemgr.domain.entitlement_facts import RECORDED, About, Fact, FactKind
from casemgr.domain.pack_parts import CERTAINTIES, VERIFIED
from casemgr.domain.pack_tables import Faults, Table
from casemgr.domain.programmes import (
    MILLION,
    Action,
    Amount,
    Catalogue,
    Exclusion,
    Field,
    Legal,
    Limit,
    Measure,
    Paper,
    Period,
    Programme,
    Rate,
    Rule,
    Span,
    Stage,
    Step,
    sorted_rules,
)
from casemgr.domain.support import EnrolmentStatus, SupportKind, Unit
from casemgr.i18n import _

T = TypeVar("T")
Tables = Mapping[tuple[str, str], Mapping[str, object]]
"""Plain tables by kind and code."""

KINDS: Final = ("programme", "rule", "rate", "exclusion", "fact")
GENERATIONS: Final = ("A", "B", "C")
_CODE: Final = re.compile(r"[A-Z0-9][A-Z0-9.-]{0,29}")
_FACTOR: Final = re.compile(r"(\d{1,6})(?:\.(\d{1,6}))?")
_MOST: Final = 10**12
_TERM: Final = 1200


@cache
def shipped() -> tuple[Tables, Mapping[str, str], Mapping[str, str]]:
    """The tables that come with the program, with the names of groups and dimensions."""
    found: dict[tuple[str, str], Mapping[str, object]] = {}
    names: dict[str, Mapping[str, str]] = {}
    for file in sorted(resource("programmes").glob("*.toml")):
        for kind, content in tomllib.loads(file.read_text("utf-8")).items():
            if kind in ("groups", "dimensions"):
                names[kind] = content
                continue
            for table in content:
                found[kind, code_of(kind, table)] = table
    return found, names["groups"], names["dimensions"]


def code_of(kind: str, table: Mapping[str, object]) -> str:
    """What a table goes by among those of its kind."""
    if kind == "rate":
        return f"{table.get('code', '')}@{table.get('valid_from') or ''}"
    return str(table.get("id" if kind in ("rule", "exclusion") else "code", ""))


def read(tables: Tables, own: frozenset[tuple[str, str]] = frozenset()) -> Catalogue:
    """The catalogue of these tables; refused with every fault at once."""
    faults = Faults()
    groups, dimensions = shipped()[1:]
    facts = {fact.code: fact for fact in _each(tables, "fact", _fact, faults)}
    conditions = ConditionReader(facts)
    programmes = {one.code: one for one in _each(tables, "programme", _programme, faults)}
    rules = {one.id: one for one in _each(tables, "rule", lambda table: _rule(table, conditions), faults)}
    rates = sorted(_each(tables, "rate", _rate, faults), key=lambda rate: (rate.code, rate.valid_from or date.min))
    exclusions = tuple(one for group in _each(tables, "exclusion", _exclusion, faults) for one in group)
    found = Catalogue(
        programmes=programmes,
        rules=rules,
        rates=tuple(rates),
        exclusions=exclusions,
        facts=facts,
        groups=groups,
        dimensions=dimensions,
        own=own,
        by_programme=sorted_rules(rules.values()),
    )
    _check(found, faults)
    faults.refuse()
    return found


def _each(tables: Tables, kind: str, reader: Callable[[Table], T], faults: Faults) -> Iterator[T]:
    for (found, code), raw in tables.items():
        if found == kind:
            table = Table(raw, f"{kind} {code}", faults)
            yield reader(table)
            table.close()


def _fact(table: Table) -> Fact:
    code = table.code("code")
    kind = FactKind(table.choice("kind", tuple(FactKind), FactKind.TRUTH))
    about = About(table.choice("about", tuple(About)))
    recorded = table.flag("recorded") if table.has("recorded") else False
    if recorded and RECORDED.get(code) != (kind, about):
        table.fault("recorded", _("the program supplies no such fact."))
    if not recorded and (kind is not FactKind.TRUTH or code in RECORDED):
        table.fault("kind", _("a fact officers note is a truth with a name of its own."))
    truth = kind is FactKind.TRUTH
    return Fact(
        code=code,
        kind=kind,
        about=about,
        recorded=recorded,
        name=table.text("name"),
        name_en=table.text("name_en", ""),
        yes=table.text("yes") if truth else "",
        no=table.text("no") if truth else "",
        yes_en=table.text("yes_en", "") if truth else "",
        no_en=table.text("no_en", "") if truth else "",
        assumed=False if table.has("assumed") and not table.flag("assumed") else None,
        assumed_from_age=table.integer("assumed_from_age", 0, 150) if table.has("assumed_from_age") else None,
        certainty=table.choice("certainty", CERTAINTIES, "V"),
        note=table.text("note", ""),
    )


def _programme(table: Table) -> Programme:
    code = table.text("code")
    if code and not _CODE.fullmatch(code):
        table.fault("code", _("“{value}” is no code such as HTXH or TD-HN.").format(value=code))
    first, last = _days(table, "active_from", "active_to")
    stages = tuple(_list(table, "stages", _stage))
    if stages and sum(stage.percent for stage in stages) != 100:
        table.fault("stages", _("the stages do not add up to 100 %."))
    fields, steps = tuple(_list(table, "fields", _field)), tuple(_list(table, "steps", _step))
    paid = [step.pays for step in steps if step.pays]
    if steps and paid != [stage.code for stage in stages]:
        table.fault("steps", _("every stage is paid by one step, in the same order."))
    if not {code for step in steps for code in step.asks} <= {one.code for one in fields}:
        table.fault("steps", _("a step asks for a field the programme does not have."))
    return Programme(
        code=code,
        name=table.text("name"),
        name_en=table.text("name_en", ""),
        group=table.text("group"),
        unit=Unit(table.choice("unit", tuple(Unit))),
        kind=SupportKind(table.choice("kind", tuple(SupportKind))),
        recurring=_flag(table, "recurring"),
        once=_flag(table, "once"),
        lead=table.text("lead", ""),
        active_from=first,
        active_to=last,
        dimensions=table.texts("dimensions") if table.has("dimensions") else (),
        fields=fields,
        stages=stages,
        steps=steps,
        certainty=table.choice("certainty", CERTAINTIES),
        note=table.text("note", ""),
        document=table.text("document", ""),
        entitles=_flag(table, "entitles", missing=True),
        sponsored=_flag(table, "sponsored"),
        recorded_by=table.text("recorded_by", ""),
        follow=_flag(table, "follow"),
        due_days=table.integer("due_days", 0, 366, 0),
    )


def _rule(table: Table, conditions: ConditionReader) -> Rule:
    first, last = _days(table, "valid_from", "valid_to")
    generation = table.text("generation", "")
    if generation and generation not in GENERATIONS:
        table.fault("generation", _("the generations are A, B and C."))
    period = table.text("period", "")
    if period and period not in tuple(Period):
        table.fault("period", _("“{value}” is no period.").format(value=period))
    term = table.integer("term_months", 0, _TERM, 0)
    return Rule(
        id=table.text("id"),
        programme=table.text("programme"),
        generation=generation if generation in GENERATIONS else "",
        legal=tuple(_list(table, "legal", _legal)),
        valid_from=first,
        valid_to=last,
        scope=conditions.read(table, "scope"),
        condition=conditions.read(table, "condition"),
        amount=_amount(table.table("amount"), conditions) if table.has("amount") else None,
        interest=_amount(table.table("interest"), conditions) if table.has("interest") else None,
        term_months=term or None,
        period=Period(period) if period in tuple(Period) else None,
        papers=tuple(_list(table, "papers", lambda one: _paper(one, conditions))),
        certainty=table.choice("certainty", CERTAINTIES),
        note=table.text("note", ""),
        title=table.text("title", ""),
        adds=table.texts("adds") if table.has("adds") else (),
        after_death=_flag(table, "after_death"),
    )


def _amount(table: Table, conditions: ConditionReader) -> Amount:
    fixed = table.integer("fixed", 0, _MOST) if table.has("fixed") else None
    rate = table.text("rate", "")
    if (fixed is None) == (not rate):
        table.fault("rate", _("an amount names either a fixed sum or a rate."))
    factor = _FACTOR.fullmatch(table.text("times", "1"))
    if factor is None:
        table.fault("times", _("write a factor such as 1.5."))
    amount = Amount(
        fixed=fixed,
        rate=rate,
        factor=int(factor[1]) * MILLION + int((factor[2] or "").ljust(6, "0")) if factor else MILLION,
        limit=Limit(table.choice("limit", tuple(Limit), Limit.EXACT)),
        each=conditions.read(table, "each") if table.has("each") else None,
    )
    table.close()
    return amount


def _rate(table: Table) -> Rate:
    first, last = _days(table, "valid_from", "valid_to")
    code = table.text("code")
    if code and not _CODE.fullmatch(code.replace("_", "-")):
        table.fault("code", _("“{value}” is no code of a rate.").format(value=code))
    return Rate(
        code=code,
        name=table.text("name"),
        valid_from=first,
        valid_to=last,
        value=table.integer("value", 0, _MOST),
        law=table.text("law", ""),
        certainty=table.choice("certainty", CERTAINTIES),
        note=table.text("note", ""),
        measure=Measure(table.choice("measure", tuple(Measure), Measure.DONG)),
    )


def _exclusion(table: Table) -> tuple[Exclusion, ...]:
    """Every two of the programmes named; one alone excludes itself."""
    codes = table.texts("programmes")
    first = Exclusion(
        id=table.text("id"),
        programme_a=codes[0] if codes else "",
        programme_b=codes[0] if codes else "",
        scope=Unit(table.choice("scope", (Unit.PERSON, Unit.HOUSEHOLD))),
        span=Span(table.choice("span", tuple(Span))),
        action=Action(table.choice("action", tuple(Action), Action.WARN)),
        text=table.text("text"),
        citation=table.text("citation"),
        certainty=table.choice("certainty", CERTAINTIES),
    )
    pairs = list(combinations(codes, 2)) or [(code, code) for code in codes]
    return tuple(Exclusion(**{**vars(first), "programme_a": one, "programme_b": other}) for one, other in pairs)


def _legal(table: Table) -> Legal:
    return Legal(table.text("text", ""), table.text("citation"), table.choice("certainty", CERTAINTIES))


def _paper(table: Table, conditions: ConditionReader) -> Paper:
    return Paper(table.text("text"), conditions.read(table, "on_file") if table.has("on_file") else None)


def _field(table: Table) -> Field:
    choices = table.texts("choices") if table.has("choices") else ()
    return Field(table.code("code"), table.text("label"), choices)


def _stage(table: Table) -> Stage:
    return Stage(table.code("code"), table.text("label"), table.integer("percent", 1, 100))


def _step(table: Table) -> Step:
    return Step(
        code=table.code("code"),
        label=table.text("label"),
        status=EnrolmentStatus(table.choice("status", tuple(EnrolmentStatus))) if table.has("status") else None,
        document=table.text("document", ""),
        pays=table.text("pays", ""),
        asks=table.texts("asks") if table.has("asks") else (),
        paper=table.text("paper", ""),
        certainty=table.choice("certainty", CERTAINTIES, VERIFIED),
    )


def _list(table: Table, key: str, reader: Callable[[Table], T]) -> Iterator[T]:
    for one in table.tables(key):
        yield reader(one)
        one.close()


def _days(table: Table, first: str, last: str) -> tuple[date | None, date | None]:
    start, end = table.day(first, required=False), table.day(last, required=False)
    if start and end and end < start:
        table.fault(last, _("the last day is before the first."))
    return start, end


def _flag(table: Table, key: str, *, missing: bool = False) -> bool:
    return table.flag(key) if table.has(key) else missing


def _check(found: Catalogue, faults: Faults) -> None:
    """Everything that is named somewhere exists, and no rate stands twice for one day."""
    for programme in found.programmes.values():
        place = f"programme {programme.code}"
        _known(faults, f"{place}.group", [programme.group], found.groups)
        _known(faults, f"{place}.dimensions", programme.dimensions, found.dimensions)
        _known(faults, f"{place}.recorded_by", filter(None, [programme.recorded_by]), found.facts)
    rates = {rate.code for rate in found.rates}
    for rule in found.rules.values():
        _known(faults, f"rule {rule.id}.programme", [rule.programme], found.programmes)
        _known(faults, f"rule {rule.id}.adds", rule.adds, found.rules)
        for name, amount in (("amount", rule.amount), ("interest", rule.interest)):
            if amount is not None and amount.rate:
                _known(faults, f"rule {rule.id}.{name}.rate", [amount.rate], rates)
    for exclusion in found.exclusions:
        sides = (exclusion.programme_a, exclusion.programme_b)
        _known(faults, f"exclusion {exclusion.id}.programmes", sides, found.programmes)
    for before, after in zip(found.rates, found.rates[1:], strict=False):
        if before.code == after.code and (before.valid_to is None or (after.valid_from or date.min) <= before.valid_to):
            faults.add(
                f"rate {after.key}", _("it begins while the one before still applies: give that one a last day.")
            )


def _known(
    faults: Faults, place: str, codes: "Iterator[str] | Collection[str] | filter[str]", known: Collection[str]
) -> None:
    for code in codes:
        if code not in known:
            faults.add(place, _("“{value}” is not known.").format(value=code))
