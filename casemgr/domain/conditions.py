"""Living conditions a surveyor notes: the dwelling of a household and, per member, school, insurance, health and work.

The values follow the thresholds of Nghị định số 07/2021/NĐ-CP, Phụ lục; what they mean for an indicator is decided in
`domain/indicators.py` from the standard in force. None always means "not known", never "no".
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from casemgr.i18n import N_


class WaterSource(StrEnum):
    """Where the household takes its water for living."""

    PIPED = "piped"
    DRILLED_WELL = "drilled_well"
    PROTECTED_WELL = "protected_well"
    PROTECTED_SPRING = "protected_spring"
    RAIN = "rain"
    BOTTLED = "bottled"
    UNPROTECTED = "unprotected"
    SURFACE = "surface"


WATER_LABELS = {
    WaterSource.PIPED: N_("Piped water"),
    WaterSource.DRILLED_WELL: N_("Drilled well"),
    WaterSource.PROTECTED_WELL: N_("Protected dug well"),
    WaterSource.PROTECTED_SPRING: N_("Protected spring"),
    WaterSource.RAIN: N_("Rain water"),
    WaterSource.BOTTLED: N_("Bottled water"),
    WaterSource.UNPROTECTED: N_("Unprotected well or spring"),
    WaterSource.SURFACE: N_("River, pond or canal water"),
}


class Toilet(StrEnum):
    """The toilet the household uses."""

    SEPTIC = "septic"
    POUR_FLUSH = "pour_flush"
    VENTILATED = "ventilated"
    SLAB_PIT = "slab_pit"
    TWO_VAULT = "two_vault"
    OTHER = "other"
    NONE = "none"


TOILET_LABELS = {
    Toilet.SEPTIC: N_("Septic or semi-septic toilet"),
    Toilet.POUR_FLUSH: N_("Pour-flush toilet (Suilabh)"),
    Toilet.VENTILATED: N_("Improved pit with vent pipe (VIP)"),
    Toilet.SLAB_PIT: N_("Pit with slab"),
    Toilet.TWO_VAULT: N_("Two-vault toilet"),
    Toilet.OTHER: N_("Other kind of toilet"),
    Toilet.NONE: N_("No toilet"),
}


class Device(StrEnum):
    """A means of receiving information the household has."""

    TELEVISION = "television"
    RADIO = "radio"
    DESKTOP = "desktop"
    PHONE = "phone"
    LAPTOP = "laptop"
    TABLET = "tablet"
    SMARTPHONE = "smartphone"


DEVICE_LABELS = {
    Device.TELEVISION: N_("Television"),
    Device.RADIO: N_("Radio"),
    Device.DESKTOP: N_("Desktop computer"),
    Device.PHONE: N_("Telephone"),
    Device.LAPTOP: N_("Laptop"),
    Device.TABLET: N_("Tablet"),
    Device.SMARTPHONE: N_("Smartphone"),
}


class SchoolLevel(StrEnum):
    """The level of education a member attends at present."""

    NONE = "none"
    NURSERY = "nursery"
    PRIMARY = "primary"
    LOWER_SECONDARY = "lower_secondary"
    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    HIGHER = "higher"


SCHOOL_LABELS = {
    SchoolLevel.NONE: N_("Attends no school"),
    SchoolLevel.NURSERY: N_("Nursery or kindergarten"),
    SchoolLevel.PRIMARY: N_("Attends primary school"),
    SchoolLevel.LOWER_SECONDARY: N_("Attends lower secondary school"),
    SchoolLevel.UPPER_SECONDARY: N_("Attends upper secondary school"),
    SchoolLevel.VOCATIONAL: N_("Attends vocational training"),
    SchoolLevel.HIGHER: N_("Attends college or university"),
}


class Nutrition(StrEnum):
    """What the health station noted of a child."""

    NORMAL = "normal"
    STUNTED = "stunted"
    UNDERWEIGHT = "underweight"
    BOTH = "both"


NUTRITION_LABELS = {
    Nutrition.NORMAL: N_("Normal growth"),
    Nutrition.STUNTED: N_("Height too low for the age"),
    Nutrition.UNDERWEIGHT: N_("Weight too low for the age"),
    Nutrition.BOTH: N_("Height and weight too low"),
}


@dataclass(frozen=True)
class DwellingData:
    """The house of a household as last seen."""

    walls_durable: bool | None = None
    columns_durable: bool | None = None
    roof_durable: bool | None = None
    area_dm2: int | None = None
    """Living area in square decimetres: 36.5 m² is 3650, so that 8.0 m² per head is compared exactly."""
    water: WaterSource | None = None
    toilet: Toilet | None = None
    internet: bool | None = None
    """Whether any member uses the internet."""
    devices: tuple[str, ...] | None = None
    """Codes of `Device`; None = not asked, empty = none."""
    waste_handled: bool | None = None
    """Whether domestic waste is collected or treated (named by the draft of the 2027 standard)."""
    seen_on: date | None = None
    note: str = ""


@dataclass(frozen=True)
class ConditionData:
    """What the review asks of one member beyond the person's own record."""

    insured: bool | None = None
    """Holds a valid health insurance card."""
    school: SchoolLevel | None = None
    nutrition: Nutrition | None = None
    contract: bool | None = None
    """Works for wages under a labour contract; None also where the question does not arise."""
    wage_work: bool | None = None
    """Works for wages."""
    seeks_work: bool | None = None
    """Wants to work, is able to, and finds none."""
    trained: bool | None = None
    """Took part in training, or was certified as trained on the job by an enterprise."""


_AREA: Final = re.compile(r"\s*(\d{1,5})(?:[.,](\d{1,2}))?\s*(?:m2|m²)?\s*")


def read_area(text: str) -> int | None:
    """Square decimetres of "36", "36,5" or "36.25 m²"; None when it is no area."""
    match = _AREA.fullmatch(text)
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")) if match else None
