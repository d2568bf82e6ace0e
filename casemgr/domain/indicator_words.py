"""The words of a proposal: which member or part of the house decides, what is enough, and what is still missing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from casemgr.domain.conditions import (
    DEVICE_LABELS,
    NUTRITION_LABELS,
    SCHOOL_LABELS,
    TOILET_LABELS,
    WATER_LABELS,
    Device,
    DwellingData,
)
from casemgr.domain.indicator_dwellings import DM2_IN_M2, weak_parts
from casemgr.domain.indicator_members import Finding, Limits, Member, Parameters, age_range
from casemgr.domain.people import EDUCATION_LABELS, WORK_LABELS
from casemgr.i18n import N_, _, format_number

FACT_LABELS: Final[Mapping[str, str]] = {
    "birth": N_("birth date"),
    "sex": N_("sex"),
    "insured": N_("health insurance"),
    "nutrition": N_("growth"),
    "school": N_("school attended"),
    "education": N_("education"),
    "trained": N_("training"),
    "labour": N_("ability to work"),
    "seeks_work": N_("whether looking for work"),
    "wage_work": N_("whether working for wages"),
    "contract": N_("labour contract"),
    "members": N_("members"),
    "walls": N_("walls"),
    "columns": N_("columns"),
    "roof": N_("roof"),
    "area": N_("living area"),
    "water": N_("source of water"),
    "toilet": N_("toilet"),
    "internet": N_("use of the internet"),
    "devices": N_("means of information"),
    "waste": N_("handling of waste"),
}

_YEAR = 12


def unknown() -> str:
    """Nothing can be said yet."""
    return _("Not enough is known.")


def no_rule() -> str:
    """The program has no rule for this indicator of the pack."""
    return _("The program has no rule for this indicator: answer from the survey sheet.")


def of_dwelling(facts: Iterable[str]) -> tuple[str, ...]:
    """Missing facts of the house."""
    return tuple(_(FACT_LABELS[fact]) for fact in facts)


def of_members(found: Sequence[tuple[Member, Finding]]) -> tuple[str, ...]:
    """Missing facts of people, each with whose."""
    whose: dict[str, list[str]] = {}
    for member, finding in found:
        for fact in finding.codes:
            whose.setdefault(fact, []).append(member.name)
    return tuple(
        _("{fact} ({names})").format(fact=_(FACT_LABELS[fact]), names=", ".join(names)) for fact, names in whose.items()
    )


def lacking(found: Sequence[tuple[Member, Finding]], on: date) -> str:
    """Every member who decides, with the reason."""
    return _sentence("; ".join(f"{who(member, on)}, {_reason(member, finding)}" for member, finding in found))


def who(member: Member, on: date) -> str:
    """A member with her age, or the year she was born where the age is not sure."""
    low, high = (months // _YEAR for months in age_range(member.birth, on))
    if member.birth is None:
        return member.name
    if low != high:
        return _("{name}, born in {year}").format(name=member.name, year=member.birth.year)
    if high == 0:
        return _("{name}, under 1 year").format(name=member.name)
    return _("{name}, {age} years").format(name=member.name, age=high)


def _reason(member: Member, finding: Finding) -> str:
    return _REASONS[finding.codes[0]](member)


def _schooling(member: Member) -> str:
    if member.condition.school is not None:
        return _lower(_(SCHOOL_LABELS[member.condition.school]))
    work = _(WORK_LABELS[member.work]) if member.work is not None else ""
    return _("attends no school ({work})").format(work=_lower(work))


def _untrained(member: Member) -> str:
    education = _(EDUCATION_LABELS[member.education]) if member.education is not None else ""
    return _("{school}, education: {education}, no training").format(
        school=_schooling(member), education=_lower(education)
    )


def _too_low(member: Member) -> str:
    return _("{school}, below the level of the age").format(school=_schooling(member))


def _malnourished(member: Member) -> str:
    nutrition = member.condition.nutrition
    return _lower(_(NUTRITION_LABELS[nutrition])) if nutrition is not None else ""


_REASONS: Final[Mapping[str, Callable[[Member], str]]] = {
    "seeks_work": lambda _member: _("looks for work and finds none"),
    "no_contract": lambda _member: _("works for wages without a labour contract"),
    "malnourished": _malnourished,
    "uninsured": lambda _member: _("no health insurance"),
    "untrained": _untrained,
    "no_school": _schooling,
    "low_school": _too_low,
}


def dependants(limits: Limits, sure: Sequence[tuple[Member, Finding]], people: int, on: date, *, deprived: bool) -> str:
    """The share of dependants with who they are."""
    message = (
        _("Dependants: {count} of {people} members, more than {share} %: {names}.")
        if deprived
        else _("Dependants: {count} of {people} members, not more than {share} %.")
    )
    names = "; ".join(who(member, on) for member, _finding in sure)
    return message.format(count=len(sure), people=people, share=limits["share_over_percent"], names=names)


_NOBODY: Final[Mapping[str, str]] = {
    "viec_lam": N_("Does not apply: nobody is of working age."),
    "dinh_duong": N_("Does not apply: nobody is under {child_under}."),
    "bhyt": N_("Does not apply: nobody is {age_from} or older."),
    "gd_nguoi_lon": N_("Does not apply: nobody is from {age_from} to {age_to} years old."),
    "gd_tre_em": N_("Does not apply: nobody is from {age_from} to under {age_under} years old."),
}

_FINE: Final[Mapping[str, str]] = {
    "viec_lam": N_("Nobody of working age ({count}) lacks work or works for wages without a contract."),
    "dinh_duong": N_("No child under {child_under} ({count}) is malnourished."),
    "bhyt": N_("Everybody of {age_from} and older ({count}) has health insurance."),
    "gd_nguoi_lon": N_(
        "Everybody from {age_from} to {age_to} ({count}) studies, or is educated or trained for the age."
    ),
    "gd_tre_em": N_(
        "Every child from {age_from} to under {age_under} ({count}) attends school at the level of the age."
    ),
}


def nobody(code: str, parameters: Parameters) -> str:
    """Why an indicator does not apply."""
    return _(_NOBODY[code]).format(**parameters)


def fine(code: str, parameters: Parameters, findings: Sequence[Finding]) -> str:
    """Why nobody is deprived."""
    said = _(_FINE[code]).format(count=len(findings), **parameters)
    cards = sum("card_number" in finding.codes for finding in findings)
    if cards:
        said += " " + _("By the card number on file: {count}.").format(count=cards)
    return said


def dwelling(code: str, parameters: Parameters, house: DwellingData, people: int, *, deprived: bool) -> str:
    """What of the house decides."""
    return _DWELLING[code](parameters, house, people, deprived)


def _house(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    weak, unseen = weak_parts(house)
    if deprived:
        return _("Not durable: {parts}.").format(parts=", ".join(of_dwelling(weak)))
    durable = [part for part in ("walls", "columns", "roof") if part not in weak and part not in unseen]
    return _("Durable: {parts}.").format(parts=", ".join(of_dwelling(durable)))


def _area(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    area = house.area_dm2 or 0
    message = (
        _("{area} m² for {people} people: {each} m² a head, less than {limit} m².")
        if deprived
        else _("{area} m² for {people} people: {each} m² a head, not less than {limit} m².")
    )
    return message.format(
        area=square_metres(area), people=people, each=square_metres(area // people), limit=parameters["area_under_m2"]
    )


def square_metres(dm2: int) -> str:
    """An area in m² with as many decimals as it needs: 36,5."""
    whole, rest = divmod(dm2, DM2_IN_M2)
    if not rest:
        return format_number(whole)
    return format_number(dm2 / DM2_IN_M2, decimals=1 if rest % 10 == 0 else 2)


def _water(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    source = _(WATER_LABELS[house.water]) if house.water is not None else ""
    return (_("{source}: not a clean source.") if deprived else _("{source}: a clean source.")).format(source=source)


def _toilet(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    toilet = _(TOILET_LABELS[house.toilet]) if house.toilet is not None else ""
    return (_("{toilet}: not hygienic.") if deprived else _("{toilet}: hygienic.")).format(toilet=toilet)


def _internet(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    return _("No member uses the internet.") if deprived else _("Members use the internet.")


def _devices(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    if deprived:
        return _("The household has none of the means of information.")
    counted = str(parameters["devices"]).split()
    held = [_lower(_(DEVICE_LABELS[device])) for device in Device if device in counted and device in _devices_of(house)]
    return _("The household has: {devices}.").format(devices=", ".join(held))


def _devices_of(house: DwellingData) -> tuple[str, ...]:
    return house.devices or ()


def _waste(parameters: Parameters, house: DwellingData, people: int, deprived: bool) -> str:
    return (
        _("Domestic waste is neither collected nor treated.")
        if deprived
        else _("Domestic waste is collected or treated.")
    )


_DWELLING: Final[Mapping[str, Callable[[Parameters, DwellingData, int, bool], str]]] = {
    "chat_luong_nha": _house,
    "dien_tich_nha": _area,
    "nguon_nuoc": _water,
    "nha_tieu": _toilet,
    "vien_thong": _internet,
    "phuong_tien_tt": _devices,
    "xu_ly_rac_thai": _waste,
}


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."
