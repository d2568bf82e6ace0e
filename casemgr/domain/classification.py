"""The class of a household by a policy pack: a pure function of the pack and what the survey says."""

import json
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from casemgr.domain.households import HouseholdClass
from casemgr.domain.money import money_text
from casemgr.domain.offices import Area
from casemgr.domain.packs import Band, Pack, known_codes
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _, format_number

VND = "VND"
POINTS = "points"


@dataclass(frozen=True)
class Facts:
    """What one survey says of a household; `unknown` are indicators nobody has answered yet."""

    area: Area
    income: int | None
    """Đồng per person and month."""
    b1: int | None
    """Points of the income sheet; where the pack has cut-offs they decide, not the money."""
    deprivations: frozenset[str]
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judgement:
    """A class with its reason."""

    value: HouseholdClass
    pack: str
    official: bool
    """False when the pack is a draft: the class may be looked at, not recognised."""
    reason: str
    """In plain Vietnamese, from the pack's own sentences."""
    margin: int
    """Line minus income, or cut-off minus B1: zero and above is at or under the line."""
    unit: str
    """VND or points."""
    deprivations: int
    counted: tuple[str, ...]
    ignored: tuple[str, ...]
    """Deprivations this pack does not count."""
    b2: int | None
    citations: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """What to look at before it is believed: what was given and says otherwise. No part of the kept result."""


@dataclass(frozen=True)
class Partial:
    """What can be said while answers are missing."""

    possible: tuple[HouseholdClass, ...]
    """Worst first."""
    value: HouseholdClass | None
    """The class when nothing that is missing can change it."""
    missing: tuple[str, ...]
    """Codes of answers, and "income" or "b1", that are still needed."""


def classify(pack: Pack, facts: Facts, *, known: AbstractSet[str] = frozenset()) -> Judgement:
    """The class by this pack; `known` adds indicator codes of packs that are not shipped."""
    problems = [*_impossible(pack, facts, known), *_missing(pack, facts)]
    if problems:
        raise ValidationError(problems)
    counted = _counted(pack, facts.deprivations)
    by_points = pack.score is not None and facts.b1 is not None
    if pack.score is not None and facts.b1 is not None:
        bands, amount, line = pack.score.bands, facts.b1, pack.cut_off(facts.area) or 0
    else:
        bands, amount, line = pack.bands, facts.income or 0, pack.line(facts.area)
    band = _band(bands, facts.area, amount, len(counted))
    return Judgement(
        value=band.value if band else HouseholdClass.NONE,
        pack=pack.id,
        official=pack.official,
        reason=_reason(pack, facts, bands, band, counted, by_points=by_points),
        margin=line - amount,
        unit=POINTS if by_points else VND,
        deprivations=len(counted),
        counted=counted,
        ignored=tuple(sorted(facts.deprivations - set(counted))),
        b2=None if pack.score is None else len(counted) * pack.score.points_per_indicator,
        citations=_citations(pack, by_points=by_points),
        notes=tuple(_contradiction(pack, facts, line - amount)) if by_points else (),
    )


def judge_partly(
    pack: Pack, facts: Facts, *, scored_by: Pack | None = None, known: AbstractSet[str] = frozenset()
) -> Partial:
    """The classes still possible. `scored_by` is the pack whose point table gave B1, when it is another one.

    Points and money meet only at the anchors: B1 at or under the other pack's cut-off means an income at or under its
    line; B1 over it says nothing about this pack's line.
    """
    problems = _impossible(pack, facts, known)
    if problems:
        raise ValidationError(problems)
    low = len(_counted(pack, facts.deprivations))
    open_codes = _counted(pack, facts.unknown)
    counts = range(low, low + len(open_codes) + 1)
    bands, amounts, what = _amounts(pack, facts, scored_by)
    grid = [[_value(bands, facts.area, amount, count) for count in counts] for amount in amounts]
    found = {value for row in grid for value in row}
    possible = tuple(value for value in HouseholdClass if value in found)
    if len(possible) == 1:
        return Partial(possible, possible[0], ())
    missing = [code for code in open_codes if any(len(set(row)) > 1 for row in grid)]
    if any(len(set(column)) > 1 for column in zip(*grid, strict=True)):
        missing.append(what)
    return Partial(possible, None, tuple(missing))


def deprivations_of_b2(pack: Pack, b2: int) -> int:
    """How many deprivations a B2 total copied from paper stands for; refused when it cannot be a total."""
    if pack.score is None:
        message = _("{pack} has no points: enter the income and the answers.").format(pack=pack.id)
        raise ValidationError([Problem("b2", message)])
    step, most = pack.score.points_per_indicator, len(pack.indicators) * pack.score.points_per_indicator
    if b2 < 0 or b2 > most or b2 % step:
        message = _("B2 is a multiple of {step} from 0 to {most}; {value} cannot be right.").format(
            step=step, most=most, value=b2
        )
        raise ValidationError([Problem("b2", message)])
    return b2 // step


def inputs_to_json(pack: Pack, facts: Facts) -> str:
    """The pack and the facts as canonical JSON, to be kept with a decision."""
    return _canonical(
        {
            "pack": pack.id,
            "revision": pack.revision,
            "sha256": pack.sha256,
            "area": facts.area.value,
            "income": facts.income,
            "b1": facts.b1,
            "deprivations": sorted(facts.deprivations),
            "unknown": sorted(facts.unknown),
        }
    )


def facts_from_json(inputs: str) -> Facts:
    """The facts again, from `inputs_to_json`."""
    raw = json.loads(inputs)
    return Facts(Area(raw["area"]), raw["income"], raw["b1"], frozenset(raw["deprivations"]), frozenset(raw["unknown"]))


def result_to_json(judgement: Judgement) -> str:
    """The result as canonical JSON."""
    return _canonical(
        {
            "value": judgement.value.value,
            "pack": judgement.pack,
            "official": judgement.official,
            "reason": judgement.reason,
            "margin": judgement.margin,
            "unit": judgement.unit,
            "deprivations": judgement.deprivations,
            "counted": judgement.counted,
            "ignored": judgement.ignored,
            "b2": judgement.b2,
            "citations": judgement.citations,
        }
    )


def replay(pack: Pack, inputs: str) -> str:
    """Judge the kept inputs again by the same content; refused when the pack is not the one they were judged by."""
    raw = json.loads(inputs)
    if raw["sha256"] != pack.sha256:
        message = _("This result was found with another content of {pack} (revision {revision}).").format(
            pack=raw["pack"], revision=raw["revision"]
        )
        raise ValidationError([Problem("pack", message)])
    facts = facts_from_json(inputs)
    return result_to_json(classify(pack, facts, known=facts.deprivations))


def _canonical(value: Mapping[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _impossible(pack: Pack, facts: Facts, known: AbstractSet[str]) -> list[Problem]:
    problems = []
    limits = pack.limits
    if facts.income is not None and not 0 <= facts.income <= limits["income"]:
        message = _("An income of {amount} dong per person and month cannot be right (0 to {most}).").format(
            amount=format_number(facts.income), most=format_number(limits["income"])
        )
        problems.append(Problem("income", message))
    if facts.b1 is not None and not 0 <= facts.b1 <= limits["b1"]:
        message = _("B1 of {value} points cannot be right (0 to {most}).").format(value=facts.b1, most=limits["b1"])
        problems.append(Problem("b1", message))
    unheard = (facts.deprivations | facts.unknown) - set(pack.codes) - known_codes() - known
    problems += [
        Problem("deprivations", _("No standard has an indicator “{code}”.").format(code=code))
        for code in sorted(unheard)
    ]
    problems += [
        Problem("deprivations", _("“{code}” is both answered and unanswered.").format(code=code))
        for code in sorted(facts.deprivations & facts.unknown)
    ]
    return problems


def _missing(pack: Pack, facts: Facts) -> Iterator[Problem]:
    if facts.income is None and (facts.b1 is None or pack.score is None):
        if facts.b1 is None:
            yield Problem("income", _("Enter the income per person and month, or the points B1."))
        else:
            message = _(
                "{pack} has no point table, so B1 alone decides nothing: enter the income per person and month."
            ).format(pack=pack.id)
            yield Problem("income", message)
    for code in _counted(pack, facts.unknown):
        name = next((one.name for one in pack.indicators if one.code == code), code)
        yield Problem(code, _("The answer to “{indicator}” is missing.").format(indicator=name))


def _counted(pack: Pack, codes: AbstractSet[str]) -> tuple[str, ...]:
    """In the pack's own order; a pack of which only the rule is known counts whatever was given."""
    if not pack.indicators:
        return tuple(sorted(codes))
    return tuple(code for code in pack.codes if code in codes)


def _band(bands: Sequence[Band], area: Area, amount: int, count: int) -> Band | None:
    for band in bands:
        if amount <= band.upper[area] and count >= band.min_deprivations:
            return band
    return None


def _value(bands: Sequence[Band], area: Area, amount: int, count: int) -> HouseholdClass:
    band = _band(bands, area, amount, count)
    return band.value if band else HouseholdClass.NONE


def _amounts(pack: Pack, facts: Facts, scored_by: Pack | None) -> tuple[Sequence[Band], list[int], str]:
    """The bands that decide, every amount that makes a difference, and what to ask for."""
    if pack.score is not None and facts.b1 is not None and scored_by in (None, pack):
        return pack.score.bands, [facts.b1], "b1"
    if facts.income is not None:
        return pack.bands, [facts.income], "income"
    edges = sorted({band.upper[facts.area] for band in pack.bands})
    most: int | None = None
    if facts.b1 is not None and scored_by is not None and scored_by.score is not None:
        cut_off = scored_by.cut_off(facts.area)
        if cut_off is not None and facts.b1 <= cut_off:
            most = scored_by.line(facts.area)
    amounts = [edge for edge in edges if most is None or edge <= most]
    amounts.append(edges[-1] + 1 if most is None else most)
    asked = "b1" if pack.score is not None else "income"
    return pack.bands, amounts, asked


def _reason(
    pack: Pack, facts: Facts, bands: Sequence[Band], band: Band | None, counted: Sequence[str], *, by_points: bool
) -> str:
    area, step = facts.area, pack.score.points_per_indicator if pack.score else 0
    write = str if by_points else money_text
    amount = (facts.b1 if by_points else facts.income) or 0
    edges = sorted({one.upper[area] for one in bands})
    line = band.upper[area] if band else edges[-1]
    missed = [
        one.min_deprivations
        for one in bands
        if band and one.upper[area] >= amount and one.min_deprivations > len(counted)
    ]
    short, least = min(missed, default=0), band.min_deprivations if band else 0
    known = [indicator for indicator in pack.indicators if indicator.code in counted]
    names = ", ".join(indicator.name[:1].lower() + indicator.name[1:] for indicator in known)
    fragment = "not_deprived" if not counted else "deprived" if known else "deprived_unnamed"
    values = {
        "income": money_text(facts.income or 0),
        "points": str(facts.b1),
        "line": write(line),
        "below": write(max((edge for edge in edges if edge < line), default=0)),
        "top": write(edges[-1]),
        "poverty_line": money_text(pack.line(area)),
        "area": pack.terms[area.value],
        "count": str(len(counted)),
        "names": names,
        "min": str(least),
        "short": str(short),
        "b2": str(len(counted) * step),
        "min_b2": str(least * step),
        "short_b2": str(short * step),
    }
    values["deprivations"] = pack.reasons[fragment].format_map(values | {"deprivations": ""})
    sentence = pack.reasons[band.reason if band else "none_points" if by_points else "none"]
    return sentence.format_map(values)


def _contradiction(pack: Pack, facts: Facts, margin: int) -> Iterator[str]:
    """The points decide; an income on the other side of its line is named."""
    if facts.income is None:
        return
    line = pack.line(facts.area)
    values = {
        "points": facts.b1,
        "cut_off": margin + (facts.b1 or 0),
        "income": format_number(facts.income),
        "line": format_number(line),
    }
    if margin >= 0 and facts.income > line:
        yield _(
            "The points decide ({points} of at most {cut_off}), but the income of {income} dong is over the line of "
            "{line} dong: check both."
        ).format(**values)
    elif margin < 0 and facts.income <= line:
        yield _(
            "The points decide ({points}, over {cut_off}), but the income of {income} dong is at or under the line of "
            "{line} dong: check both."
        ).format(**values)


def _citations(pack: Pack, *, by_points: bool) -> tuple[str, ...]:
    about = {"class", "points"} if by_points else {"class"}
    return tuple(line.citation for line in pack.legal if line.about in about)
