"""What a line of a plan of targets says: an indicator of a year with the value to reach."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TargetData:
    """One line of a plan: an indicator with the value to reach."""

    set_code: str
    indicator: str
    year: int
    comparison: str
    """ge, le, eq or falls_by."""
    value_hundredths: int
    """The value times 100: 1.5 points is 150, 100 % is 10000."""
    unit: str
    """percent, points, households, people or dong."""
    document: str = ""
    note: str = ""
