"""Reads a policy pack from its plain content; what is missing, unknown or impossible is refused with its place."""

import hashlib
import json
import re
import string
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, TypeVar

from casemgr.domain import pack_parts as parts
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area
from casemgr.domain.pack_parts import Pack
from casemgr.domain.pack_tables import Faults, Table
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.domain.text import nfc
from casemgr.i18n import _

T = TypeVar("T")

FRAGMENTS: Final = ("none", "deprived", "deprived_unnamed", "not_deprived")
POINT_FRAGMENTS: Final = ("none_points",)
REASON_NAMES: Final = frozenset(
    {
        "income",
        "points",
        "line",
        "below",
        "top",
        "poverty_line",
        "area",
        "count",
        "names",
        "deprivations",
        "min",
        "short",
        "b2",
        "min_b2",
        "short_b2",
    }
)
"""What a sentence of a pack may leave open."""

_ID: Final = re.compile(r"[A-Z0-9][A-Z0-9-]{2,39}")
_DAY: Final = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_MONTHDAY: Final = re.compile(r"0?[1-9]|[12]\d|3[01]")
_HUGE: Final = 10**12


def canonical(whole: Mapping[str, object]) -> str:
    """The content as JSON that is the same for the same content: keys sorted, text NFC, dates as text."""
    return json.dumps(_plain(whole), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {nfc(str(key)): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value


def fingerprint(content: str) -> str:
    """SHA-256 of canonical content."""
    return hashlib.sha256(content.encode()).hexdigest()


def pack_from_content(content: str) -> Pack:
    """The pack again, from its canonical JSON."""
    return pack_from_plain(json.loads(content))


def pack_from_plain(whole: Mapping[str, object]) -> Pack:
    """The pack in plain tables; every fault is refused at once, each with its place."""
    faults = Faults()
    content = canonical(whole)
    root = Table(json.loads(content), "", faults)
    pack = _pack(root, content)
    root.close()
    faults.refuse()
    return pack


def _pack(root: Table, content: str) -> Pack:
    pack_id = root.text("id")
    if pack_id and not _ID.fullmatch(pack_id):
        root.fault("id", _("“{value}” is no id such as VN-2027.").format(value=pack_id))
    scope = root.choice("scope", parts.SCOPES)
    province = root.text("province", "")
    if (scope == parts.LOCAL) != bool(province):
        root.fault("province", _("a local pack names its province, a national one none."))
    valid_from = root.day("valid_from", required=True)
    valid_to = root.day("valid_to", required=False)
    if valid_from and valid_to and valid_to < valid_from:
        root.fault("valid_to", _("the last day is before the first."))
    indicators = tuple(_indicators(root))
    limits = _limits(root)
    reasons = root.words("reasons")
    score = _score(root.table("score"), len(indicators)) if root.has("score") else None
    bands = tuple(_band(table, _HUGE, len(indicators)) for table in root.tables("band"))
    if not bands:
        root.fault("band", _("a pack needs at least one band with its lines."))
    _check_reasons(root, reasons, (*bands, *(score.bands if score else ())), with_points=score is not None)
    return Pack(
        id=pack_id,
        revision=root.integer("revision", 1, 100_000),
        title=root.text("title"),
        scope=scope,
        province=province,
        valid_from=valid_from or date.min,
        valid_to=valid_to,
        status=root.choice("status", parts.STATUSES),
        source=root.text("source"),
        note=root.text("note", ""),
        bands=bands,
        score=score,
        indicators=indicators,
        low_income_worker=_by_area(root, "low_income_worker")
        if root.has("low_income_worker")
        else MappingProxyType({}),
        deadlines=_frozen({name: _deadline(table) for name, table in root.each("deadlines", parts.DEADLINES)}),
        calendar=_calendar(root),
        figures=_frozen({name: _figure(table) for name, table in root.each("figures")}),
        limits=limits,
        authorities=_frozen(root.words("authorities")),
        terms=_terms(root),
        forms=_frozen({name: _form(table) for name, table in root.each("forms")}),
        formalities=tuple(_formality(table) for table in root.tables("formality")),
        procedure=_procedure(root),
        legal=_legal(root),
        reasons=_frozen(reasons),
        quick_check=_quick_check(root.table("quick_check")) if root.has("quick_check") else None,
        score_table=score_table(root.table("score_table"), limits["b1_item"]) if root.has("score_table") else None,
        marks=tuple(_mark(table) for table in root.tables("mark")),
        content=content,
        sha256=fingerprint(content),
    )


def _frozen(found: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(found))


def _certainty(table: Table) -> tuple[str, str]:
    certainty, note = table.choice("certainty", parts.CERTAINTIES), table.text("note", "")
    table.close()
    return certainty, note


def _by_area(table: Table, key: str, high: int = _HUGE) -> Mapping[Area, int]:
    inner = table.table(key)
    found = {area: inner.integer(area.value, 1, high) for area in Area}
    inner.close()
    return MappingProxyType(found)


def _limits(root: Table) -> Mapping[str, int]:
    table = root.table("limits")
    found = {name: table.integer(name, 1, _HUGE) for name in parts.LIMITS}
    table.close()
    return _frozen(found)


def _band(table: Table, high: int, known: int, per_indicator: int = 0) -> parts.Band:
    value = HouseholdClass(table.choice("value", tuple(one.value for one in parts.BAND_CLASSES)))
    upper = _by_area(table, "upper", high)
    if per_indicator:
        least = table.integer("min_b2", 0, 100 * per_indicator, 0)
        if least % per_indicator:
            table.fault("min_b2", _("{value} is no multiple of {step}.").format(value=least, step=per_indicator))
        least //= per_indicator
    else:
        least = table.integer("min_deprivations", 0, 100, 0)
    if known and least > known:
        table.fault("min_deprivations", _("the pack has only {count} indicators.").format(count=known))
    reason = table.text("reason")
    return parts.Band(value, upper, least, reason, *_certainty(table))


def _score(table: Table, known: int) -> parts.Score:
    step = table.integer("points_per_indicator", 1, 1_000)
    bands = tuple(_band(one, 100_000, known, step) for one in table.tables("band"))
    if not bands:
        table.fault("band", _("a pack needs at least one band with its lines."))
    anchors = table.table("anchors")
    found = {}
    for area in Area:
        one = anchors.table(area.value)
        found[area] = parts.Anchor(one.integer("points", 1, 100_000), one.integer("income", 1, _HUGE))
        one.close()
    anchors.close()
    table.close()
    return parts.Score(bands, step, MappingProxyType(found))


def _indicators(root: Table) -> Iterable[parts.Indicator]:
    seen: set[str] = set()
    for number, table in enumerate(root.tables("indicator"), 1):
        code = table.code("code")
        if code in seen:
            table.fault("code", _("“{code}” stands twice.").format(code=code))
        seen.add(code)
        given = table.table("parameters")
        parameters: dict[str, int | float | str] = {}
        for name in given.allowed_names():
            value = given.raw(name)
            if isinstance(value, int | float | str) and not isinstance(value, bool):
                parameters[name] = value
            else:
                given.fault(name, _("a number or a text is expected."))
        yield parts.Indicator(
            code,
            number,
            table.text("service"),
            table.text("name"),
            table.text("threshold", ""),
            table.choice("certainty", parts.CERTAINTIES),
            table.text("note", ""),
            _frozen(parameters),
        )
        table.close()


def _deadline(table: Table) -> parts.Deadline:
    return parts.Deadline(table.integer("days", 1, 366), table.flag("working"), *_certainty(table))


def _figure(table: Table) -> parts.Figure:
    return parts.Figure(table.integer("value", 0, _HUGE), *_certainty(table))


def _form(table: Table) -> parts.Form:
    return parts.Form(table.text("name", ""), table.text("title"), table.text("source", ""), *_certainty(table))


def _formality(table: Table) -> parts.Formality:
    days = table.integer("days", 1, 366) if table.has("days") else None
    return parts.Formality(table.text("code"), table.text("name"), days, *_certainty(table))


def _mark(table: Table) -> parts.Mark:
    return parts.Mark(table.text("field"), *_certainty(table))


def _legal(root: Table) -> tuple[parts.LegalLine, ...]:
    found = tuple(
        parts.LegalLine(table.text("text"), table.text("citation"), table.code("about"), *_certainty(table))
        for table in root.tables("legal")
    )
    if not any(line.about == "class" for line in found):
        root.fault("legal", _("no document is cited for the class."))
    return found


def _calendar(root: Table) -> Mapping[str, str]:
    found = root.words("calendar", parts.CALENDAR)
    for name, value in found.items():
        form = _MONTHDAY if name == "in_year_day" else _DAY
        if not form.fullmatch(value):
            root.fault(f"calendar.{name}", _("“{value}” is no day such as 09-01.").format(value=value))
    return _frozen(found)


def _terms(root: Table) -> Mapping[str, str]:
    found = root.words("terms")
    for name in parts.AREAS:
        if name not in found:
            root.fault(f"terms.{name}", _("a text is missing."))
    return _frozen(found)


def _procedure(root: Table) -> Mapping[str, tuple[str, ...]]:
    table = root.table("procedure")
    found = {}
    states = [state.value for state in CaseState if state is not CaseState.REMOVED]
    for name in table.allowed_names(tuple(CampaignKind)):
        steps = table.texts(name)
        places = [states.index(step) for step in steps if step in states]
        if len(places) != len(steps) or places != sorted(set(places)):
            table.fault(name, _("the steps are unknown or not in their order."))
        elif not steps or steps[0] != CaseState.LISTED or steps[-1] != CaseState.DECIDED:
            table.fault(name, _("a procedure begins with the list and ends with the decision."))
        found[name] = steps
    return _frozen(found)


def _quick_check(table: Table) -> parts.QuickCheck:
    items = []
    for one in table.tables("items"):
        items.append((one.code("code"), one.text("label")))
        one.close()
    if len({code for code, _label in items}) != len(items):
        table.fault("items", _("a code stands twice."))
    rule = table.integer("pass_rule", 1, max(1, len(items))) if table.has("pass_rule") else None
    return parts.QuickCheck(table.text("title"), tuple(items), rule, *_certainty(table))


def score_table(table: Table, most: int) -> parts.ScoreTable:
    """A B1 table: every item has points for every zone."""
    zones = table.table("zones")
    names = {zone: zones.text(zone) for zone in zones.names()}
    items = tuple(_score_item(one, names, most) for one in table.tables("items"))
    if len({item.code for item in items}) != len(items):
        table.fault("items", _("a code stands twice."))
    return parts.ScoreTable(table.text("title"), table.text("source", ""), _frozen(names), items, *_certainty(table))


def _score_item(table: Table, zones: Iterable[str], most: int) -> parts.ScoreItem:
    points = table.table("points")
    found = {zone: points.integer(zone, 0, most) for zone in zones}
    points.close()
    group, item, label = table.text("group"), table.text("item"), table.text("label")
    kind = table.choice("kind", parts.ITEM_KINDS)
    table.close()
    return parts.ScoreItem(group, item, label, kind, _frozen(found))


def _check_reasons(root: Table, reasons: Mapping[str, str], bands: Iterable[parts.Band], *, with_points: bool) -> None:
    wanted = {*FRAGMENTS, *(band.reason for band in bands if band.reason), *(POINT_FRAGMENTS if with_points else ())}
    for name in sorted(wanted - reasons.keys()):
        root.fault(f"reasons.{name}", _("a text is missing."))
    for name, sentence in reasons.items():
        try:
            found = list(string.Formatter().parse(sentence))
        except ValueError:
            root.fault(f"reasons.{name}", _("a brace is open or empty."))
            continue
        for _text, named, form, conversion in found:
            if named is not None and (named not in REASON_NAMES or form or conversion):
                root.fault(f"reasons.{name}", _("“{value}” cannot be filled in.").format(value="{" + named + "}"))


def plain_content(pack: Pack) -> dict[str, object]:
    """The content of a pack as plain tables."""
    content: dict[str, object] = json.loads(pack.content)
    return content


def score_table_content(table: parts.ScoreTable) -> str:
    """A B1 table as canonical JSON."""
    return canonical(
        {
            "title": table.title,
            "source": table.source,
            "zones": dict(table.zones),
            "items": [
                {"group": one.group, "item": one.item, "label": one.label, "kind": one.kind, "points": dict(one.points)}
                for one in table.items
            ],
            "certainty": table.certainty,
            "note": table.note,
        }
    )


def score_table_from_content(content: str, most: int) -> parts.ScoreTable:
    """The table again, from `score_table_content`."""
    faults = Faults()
    table = score_table(Table(json.loads(content), "", faults), most)
    faults.refuse()
    return table
