"""What a standard says, part by part in words, each line with how sure it is: what a person compares with the law."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.offices import AREA_LABELS, Area
from casemgr.domain.pack_changes import WORDS
from casemgr.domain.pack_parts import AREAS, AUTHORITIES, DEADLINES, FIGURES, TERMS
from casemgr.domain.packs import RECALLED, UNCERTAIN, Band, Deadline, Mark, Pack
from casemgr.domain.reviews import CAMPAIGN_LABELS, CASE_STATE_LABELS, CampaignKind, CaseState
from casemgr.i18n import N_, _, format_date, format_money, format_number, ngettext

UNSURE: Final = (RECALLED, UNCERTAIN)

NAMES: Final[Mapping[str, str]] = {
    "committee": N_("steering committee of the review"),
    "front": N_("Fatherland Front of the commune"),
    "ministry": N_("ministry in charge"),
    "national_office": N_("national office for poverty reduction"),
    "rural": N_("word for the rural area"),
    "urban": N_("word for the urban area"),
    "rural_area": N_("rural area in a sentence"),
    "urban_area": N_("urban area in a sentence"),
    "period": N_("period"),
    "poor": N_("poor household"),
    "near_poor": N_("near-poor household"),
    "average": N_("household of average living standard"),
    "none": N_("household that is not poor"),
    "b1": N_("points B1"),
    "b2": N_("points B2"),
}
"""Keys of a pack that `WORDS` does not name, or names for another place."""


@dataclass(frozen=True)
class Line:
    """One statement; `certainty` "" where the pack says nothing about how sure it is."""

    label: str
    text: str
    certainty: str = ""
    note: str = ""

    @property
    def unsure(self) -> bool:
        """Whether somebody has to compare it with the document."""
        return self.certainty in UNSURE


@dataclass(frozen=True)
class Part:
    """A group of statements."""

    key: str
    title: str
    lines: tuple[Line, ...]


def parts(pack: Pack) -> tuple[Part, ...]:
    """Everything the pack says, in the order of the law; empty parts are left out."""
    marks = _Marks(pack)
    found = (
        ("lines", _("Poverty lines"), _lines(pack, marks)),
        ("points", _("Points B1 and B2"), _points(pack, marks)),
        ("indicators", _("Deprivation indicators"), _indicators(pack)),
        ("quick", _("Quick check (Phiếu A)"), _quick(pack)),
        ("table", _("Point table B1"), _table(pack)),
        ("procedure", _("Steps"), _procedure(pack, marks)),
        ("deadlines", _("Deadlines"), _deadlines(pack, marks)),
        ("calendar", _("Calendar of the year"), _calendar(pack, marks)),
        ("figures", _("Other figures"), _figures(pack, marks)),
        ("authorities", _("Authorities"), authority_lines(pack, marks)),
        ("forms", _("Forms"), _forms(pack)),
        ("formalities", _("Administrative procedures"), _formalities(pack)),
        ("legal", _("Legal basis"), _legal(pack)),
        ("terms", _("Words of the standard"), _terms(pack, marks)),
    )
    made = [Part(key, title, tuple(lines)) for key, title, lines in found]
    rest = tuple(Line(_place(mark.field), "", mark.certainty, mark.note) for mark in marks.rest())
    made.append(Part("remarks", _("Other remarks"), rest))
    return tuple(part for part in made if part.lines)


def unsure(pack: Pack) -> int:
    """How many statements somebody has to compare with the document."""
    return sum(line.unsure for part in parts(pack) for line in part.lines)


class _Marks:
    """The remarks of a pack; what no line took is told at the end."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._taken: set[str] = set()

    def of(self, *fields: str) -> tuple[str, str]:
        """Certainty and note of the first field that has a remark."""
        for field in fields:
            mark = self._pack.mark(field)
            if mark is not None:
                self._taken.add(field)
                return mark.certainty, mark.note
        return "", ""

    def rest(self) -> Iterator[Mark]:
        """What was not asked for."""
        return (mark for mark in self._pack.marks if mark.field not in self._taken)


def capital(text: str) -> str:
    """With a capital, as a line begins."""
    return text[:1].upper() + text[1:]


def area_word(pack: Pack, area: Area) -> str:
    """The area as this standard calls it."""
    return pack.terms.get(f"{area.value}_area") or pack.terms.get(area.value) or _(AREA_LABELS[area]).lower()


def class_word(pack: Pack, value: HouseholdClass) -> str:
    """The class as this standard calls it."""
    return capital(pack.terms.get(value.value) or _(CLASS_LABELS[value]))


def validity(pack: Pack) -> str:
    """From when until when it applies."""
    first = format_date(pack.valid_from)
    if pack.valid_to is None:
        return _("from {first}").format(first=first)
    return f"{first} – {format_date(pack.valid_to)}"


def years(pack: Pack) -> str:
    """The same in years, where it applies to whole years."""
    first, last = pack.valid_from, pack.valid_to
    if last is not None and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year} – {last.year}"
    return validity(pack)


def days_words(deadline: Deadline) -> str:
    """A number of days as the law says it."""
    if deadline.working:
        words = ngettext("{count} working day", "{count} working days", deadline.days)
    else:
        words = ngettext("{count} day", "{count} days", deadline.days)
    return words.format(count=format_number(deadline.days))


def word(key: str) -> str:
    """What a key of the pack is called."""
    if key in WORDS:
        return capital(_(WORDS[key]))
    return capital(_(NAMES[key])) if key in NAMES else key


def authority_lines(pack: Pack, marks: _Marks | None = None) -> Iterator[Line]:
    """Who decides, who is asked, who is in charge."""
    known = marks or _Marks(pack)
    for key in _ordered(pack.authorities, AUTHORITIES):
        yield Line(word(key), pack.authorities[key], *known.of(f"authorities.{key}", "authorities"))


def _ordered(held: Mapping[str, object], order: Sequence[str]) -> list[str]:
    """Keys in the order of the law, others after them."""
    return [*(key for key in order if key in held), *(key for key in held if key not in order)]


def _place(field: str) -> str:
    return " › ".join(word(key) for key in field.split("."))


def _lines(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for band in pack.bands:
        yield Line(class_word(pack, band.value), _band(pack, band), band.certainty, band.note)
    if pack.low_income_worker:
        yield Line(
            _("Low-income worker"), "\n".join(_at_most(pack, pack.low_income_worker)), *marks.of("low_income_worker")
        )


def _at_most(pack: Pack, amounts: Mapping[Area, int]) -> list[str]:
    return [
        _("{area}: at most {money} per person and month").format(
            area=capital(area_word(pack, area)), money=format_money(amounts[area])
        )
        for area in AREAS
        if area in amounts
    ]


def _band(pack: Pack, band: Band) -> str:
    said = _at_most(pack, band.upper)
    least = band.min_deprivations
    if least:
        words = ngettext("{count} deprivation or more", "{count} deprivations or more", least)
        said.append(words.format(count=least))
    return "\n".join(said)


def _points(pack: Pack, marks: _Marks) -> Iterator[Line]:
    score = pack.score
    if score is None:
        return
    for band in score.bands:
        said = [
            _("{area}: B1 at most {points}").format(
                area=capital(area_word(pack, area)), points=format_number(band.upper[area])
            )
            for area in AREAS
        ]
        if band.min_deprivations:
            least = band.min_deprivations * score.points_per_indicator
            said.append(_("B2 at least {points}").format(points=format_number(least)))
        yield Line(class_word(pack, band.value), "\n".join(said), band.certainty, band.note)
    yield Line(
        word("points_per_indicator"),
        format_number(score.points_per_indicator),
        *marks.of("score.points_per_indicator", "score"),
    )
    said = [
        _("{area}: {points} points stand for {money}").format(
            area=capital(area_word(pack, area)),
            points=format_number(score.anchors[area].points),
            money=format_money(score.anchors[area].income),
        )
        for area in AREAS
    ]
    yield Line(_("Points and money"), "\n".join(said), *marks.of("score.anchors"))


def _indicators(pack: Pack) -> Iterator[Line]:
    for one in pack.indicators:
        text = one.threshold
        if one.service and one.service != one.name:
            text = f"{one.service}. {text}"
        yield Line(f"{one.number}. {one.name}", text, one.certainty, one.note)


def _quick(pack: Pack) -> Iterator[Line]:
    check = pack.quick_check
    if check is None:
        return
    if check.pass_rule is None:
        text = _("The list of signs is not known yet.") if not check.items else ""
    else:
        text = _("With {count} signs or more the household is not surveyed.").format(count=check.pass_rule)
    yield Line(check.title, text, check.certainty, check.note)
    for number, (_code, label) in enumerate(check.items, 1):
        yield Line(str(number), label)


def _table(pack: Pack) -> Iterator[Line]:
    table = pack.score_table
    if table is None:
        return
    if table.loaded:
        count = len(table.items)
        text = ngettext("{count} line is loaded.", "{count} lines are loaded.", count).format(
            count=format_number(count)
        )
    else:
        text = _("Not loaded: the total B1 is typed by hand.")
    yield Line(table.title, f"{text} {table.source}".strip(), table.certainty, table.note)
    for code, name in table.zones.items():
        yield Line(_("Zone {code}").format(code=code), name)


def _procedure(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for kind in _ordered(pack.procedure, tuple(CampaignKind)):
        text = " → ".join(_(CASE_STATE_LABELS[CaseState(state)]) for state in pack.procedure[kind])
        yield Line(_(CAMPAIGN_LABELS[CampaignKind(kind)]), text, *marks.of(f"procedure.{kind}", "procedure"))


def _deadlines(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for key in _ordered(pack.deadlines, DEADLINES):
        one = pack.deadlines[key]
        marks.of(f"deadlines.{key}")
        yield Line(word(key), days_words(one), one.certainty, one.note)


def _calendar(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for key, label, value in (
        ("survey_from", _("Survey from"), "day"),
        ("survey_to", _("Survey to"), "day"),
        ("in_year_day", _("In-year reviews start"), "month"),
    ):
        kept = pack.calendar.get(key)
        if kept is None:
            continue
        if value == "day":
            month, _dash, day = kept.partition("-")
            text = f"{day}/{month}"
        else:
            text = _("on day {day} of the month").format(day=kept)
        yield Line(label, text, *marks.of(f"calendar.{key}", "calendar"))


def _figures(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for key in _ordered(pack.figures, FIGURES):
        one = pack.figures[key]
        yield Line(word(key), format_number(one.value), one.certainty, one.note)
    if pack.limits:
        text = "; ".join(
            f"{_(WORDS[key])}: {format_number(value)}" for key, value in pack.limits.items() if key in WORDS
        )
        yield Line(word("limits"), capital(text), *marks.of("limits"))


def _forms(pack: Pack) -> Iterator[Line]:
    for form in sorted(pack.forms.values(), key=lambda one: (not one.name, one.name, one.title)):
        text = f"{form.title} ({form.source})" if form.source else form.title
        yield Line(form.name or _("No number"), text, form.certainty, form.note)


def _formalities(pack: Pack) -> Iterator[Line]:
    for one in pack.formalities:
        days = "" if one.days is None else ngettext("{count} day", "{count} days", one.days).format(count=one.days)
        yield Line(one.code, f"{one.name} ({days})" if days else one.name, one.certainty, one.note)


def _legal(pack: Pack) -> Iterator[Line]:
    for one in pack.legal:
        yield Line(one.citation, one.text, one.certainty, one.note)


def _terms(pack: Pack, marks: _Marks) -> Iterator[Line]:
    for key in _ordered(pack.terms, TERMS):
        name = NAMES.get(key)
        yield Line(capital(_(name)) if name else key, pack.terms[key], *marks.of(f"terms.{key}", "terms"))
