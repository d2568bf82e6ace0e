"""What a newer pack changes, field by field in plain words: every line, threshold, indicator, deadline and sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.offices import AREA_LABELS, Area
from casemgr.domain.pack_parts import Pack
from casemgr.domain.pack_reading import plain_content
from casemgr.domain.reviews import CAMPAIGN_LABELS, CampaignKind
from casemgr.i18n import N_, _, format_date, format_money, format_number

STATUS_LABELS: Final = {"in_force": N_("In force"), "draft": N_("Draft, not official"), "history": N_("History")}
SCOPE_LABELS: Final = {"national": N_("National"), "local": N_("Of the province")}
CERTAINTY_LABELS: Final = {
    "V": N_("Read in the document"),
    "R": N_("Recalled, to be compared"),
    "U": N_("Not certain"),
}

WORDS: Final[Mapping[str, str]] = {
    "id": N_("Id of the standard"),
    "revision": N_("Revision"),
    "title": N_("Title"),
    "scope": N_("Scope"),
    "province": N_("Province"),
    "valid_from": N_("Valid from"),
    "valid_to": N_("Valid to"),
    "status": N_("Status"),
    "source": N_("Source"),
    "note": N_("Note"),
    "band": N_("Poverty line"),
    "upper": N_("at most"),
    "min_deprivations": N_("deprivations at least"),
    "reason": N_("sentence of the reason"),
    "certainty": N_("certainty"),
    "score": N_("Points B1 and B2"),
    "points_per_indicator": N_("points per deprivation"),
    "anchors": N_("points that stand for the line"),
    "points": N_("points"),
    "income": N_("income"),
    "min_b2": N_("B2 at least"),
    "b1": N_("B1"),
    "b1_item": N_("one line of the point table"),
    "low_income_worker": N_("Income of a low-income worker at most"),
    "limits": N_("Highest possible answer"),
    "indicator": N_("Indicator"),
    "service": N_("service"),
    "name": N_("official name"),
    "threshold": N_("threshold"),
    "parameters": N_("figure for proposals"),
    "order": N_("place in the list"),
    "deadlines": N_("Deadline"),
    "days": N_("number of days"),
    "working": N_("working days only"),
    "posting": N_("posting"),
    "recheck": N_("re-check"),
    "posting_again": N_("posting again"),
    "opinion": N_("superior's opinion"),
    "in_year_decision": N_("decision of an in-year review"),
    "average_total": N_("average living standard: whole procedure"),
    "average_posting": N_("average living standard: posting"),
    "average_recheck": N_("average living standard: re-check"),
    "calendar": N_("Calendar"),
    "survey_from": N_("survey from (month-day)"),
    "survey_to": N_("survey to (month-day)"),
    "in_year_day": N_("day of the month an in-year review starts"),
    "figures": N_("Other figure"),
    "value": N_("amount"),
    "agreement_percent": N_("agreement at the meeting, percent"),
    "minutes_copies": N_("copies of the minutes"),
    "average_income_months": N_("months of income counted"),
    "newly_escaped_months": N_("months a household counts as newly escaped"),
    "authorities": N_("Authority"),
    "decides": N_("who decides"),
    "superior": N_("superior asked for an opinion"),
    "department": N_("department of the province"),
    "office_unit": N_("unit in the commune"),
    "terms": N_("Term"),
    "forms": N_("Form of the procedure"),
    "formality": N_("Administrative procedure"),
    "procedure": N_("Steps"),
    "legal": N_("Legal basis"),
    "text": N_("wording"),
    "citation": N_("citation"),
    "about": N_("cited for"),
    "reasons": N_("Sentence"),
    "quick_check": N_("Quick check (Phiếu A)"),
    "pass_rule": N_("signs that end the review"),
    "score_table": N_("Point table B1"),
    "zones": N_("zone of points"),
    "items": N_("line of the table"),
    "label": N_("text of the line"),
    "kind": N_("kind of line"),
    "group": N_("group of lines"),
    "item": N_("number of the line"),
    "code": N_("code"),
    "mark": N_("Remark"),
    "field": N_("part of the standard"),
}

_KEYS: Final = {"indicator": "code", "legal": "citation", "formality": "code", "mark": "field"}
"""How the entries of a list are told apart; others are told by what they give or by their number."""

_MONEY: Final = ("band", "low_income_worker")
_SEPARATOR: Final = " › "


@dataclass(frozen=True)
class PackChange:
    """One field that differs; an empty text means that the field is not there."""

    place: str
    label: str
    old: str
    new: str


def changes(old: Pack | None, new: Pack) -> tuple[PackChange, ...]:
    """Every field that differs, in the order of the packs; all of it is new where there was no pack."""
    before = _leaves(old) if old else {}
    after = _leaves(new)
    names = {one.code: one.name for pack in (old, new) if pack for one in pack.indicators}
    places = [*after, *(place for place in before if place not in after)]
    return tuple(
        PackChange(".".join(place), _label(place, names), before.get(place, ""), after.get(place, ""))
        for place in places
        if before.get(place, "") != after.get(place, "")
    )


def _leaves(pack: Pack) -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    content = plain_content(pack)
    for key in sorted(content, key=_rank):
        _walk((key,), content[key], found)
    for number, indicator in enumerate(pack.indicators, 1):
        found["indicator", indicator.code, "order"] = str(number)
    return found


def _rank(key: str) -> int:
    return list(WORDS).index(key) if key in WORDS else len(WORDS)


def _walk(place: tuple[str, ...], value: object, found: dict[tuple[str, ...], str]) -> None:
    if isinstance(value, Mapping):
        for key, one in value.items():
            _walk((*place, str(key)), one, found)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        if all(isinstance(one, str) for one in value):
            found[place] = ", ".join(map(str, value))
            return
        for name, one in _named(place[-1], [one for one in value if isinstance(one, Mapping)]):
            _walk((*place, name), one, found)
    else:
        found[place] = _shown(place, value)


def _named(key: str, entries: Sequence[Mapping[str, object]]) -> list[tuple[str, Mapping[str, object]]]:
    named: list[tuple[str, Mapping[str, object]]] = []
    for entry in entries:
        if key == "items":
            name = str(entry.get("code") or f"{entry.get('group')}.{entry.get('item')}")
        else:
            name = str(entry.get(_KEYS.get(key, "value"), ""))
        taken = sum(known == name or known.startswith(f"{name} (") for known, _entry in named)
        named.append((f"{name} ({taken + 1})" if taken else name, entry))
    return named


def _shown(place: tuple[str, ...], value: object) -> str:
    key = place[-1]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        money = (place[0] in _MONEY and key in tuple(Area)) or key == "income"
        return format_money(value) if money else format_number(value)
    text = str(value)
    if key in ("valid_from", "valid_to"):
        return format_date(date.fromisoformat(text))
    labels = {"status": STATUS_LABELS, "scope": SCOPE_LABELS, "certainty": CERTAINTY_LABELS}.get(key, {})
    return _(labels[text]) if text in labels else text


def _label(place: tuple[str, ...], names: Mapping[str, str]) -> str:
    return _SEPARATOR.join(_word(part, names) for part in place)


def _word(part: str, names: Mapping[str, str]) -> str:
    if part in names:
        return names[part]
    plain, _space, number = part.partition(" (")
    if plain in tuple(HouseholdClass):
        word = _(CLASS_LABELS[HouseholdClass(plain)])
        return f"{word} ({number}" if number else word
    if part in tuple(Area):
        return _(AREA_LABELS[Area(part)])
    if part in tuple(CampaignKind):
        return _(CAMPAIGN_LABELS[CampaignKind(part)])
    return _(WORDS[part]) if part in WORDS else part
