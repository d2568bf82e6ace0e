"""What the form of a dwelling asks for, in the order of the survey sheet."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtWidgets import QLineEdit

from casemgr.domain.conditions import DEVICE_LABELS, TOILET_LABELS, WATER_LABELS, DwellingData, read_area
from casemgr.domain.indicator_words import square_metres
from casemgr.i18n import N_, _
from ui.editors import ChecksEditor, ChoiceEditor, DayEditor, Editor, LineEditor, labelled, not_stated
from ui.forms import Field

NO_DEVICE: Final = "none"
"""Stands for "asked, and there is none": nothing checked means not asked."""
DURABLE: Final[Mapping[bool, str]] = {True: N_("Durable"), False: N_("Not durable")}
YES_NO: Final[Mapping[bool, str]] = {True: N_("Yes"), False: N_("No")}


class AreaEditor(Editor[QLineEdit]):
    """A living area in m²; the value is in square decimetres."""

    def __init__(self) -> None:
        super().__init__(QLineEdit())
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """Square decimetres."""
        return read_area(self.widget.text())

    def set_value(self, value: int | None) -> None:
        """Show an area."""
        self.widget.setText("" if value is None else square_metres(value))

    def problem(self) -> str:
        """No area."""
        if not self.widget.text().strip() or self.value() is not None:
            return ""
        return _("Write the living area in m², e.g. 36,5.")


class DevicesEditor(ChecksEditor):
    """Means of information, or none of them; nothing checked where nobody asked."""

    def __init__(self) -> None:
        super().__init__({**DEVICE_LABELS, NO_DEVICE: N_("None of these")})

    def value(self) -> Any:  # noqa: ANN401 - None where nobody asked
        """The codes; empty when there is none, None when nothing was asked."""
        codes = super().value()
        return tuple(code for code in codes if code != NO_DEVICE) if codes else None

    def set_value(self, value: Sequence[str] | None) -> None:
        """Check these."""
        super().set_value((NO_DEVICE,) if value is not None and not value else value)

    def problem(self) -> str:
        """Both some and none."""
        codes = super().value()
        both = NO_DEVICE in codes and len(codes) > 1
        return _("Choose either means of information or “None of these”.") if both else ""


def _choice(labels: Mapping[Any, str]) -> ChoiceEditor:
    return ChoiceEditor(labelled(labels), nothing=not_stated)


def dwelling_fields() -> tuple[Field, ...]:
    """Fields of `DwellingData`."""
    return (
        Field("seen_on", N_("Seen o&n"), DayEditor),
        Field("area_dm2", N_("Living &area (m²)"), AreaEditor, N_("E.g. 36,5.")),
        Field("walls_durable", N_("&Walls"), lambda: _choice(DURABLE)),
        Field("water", N_("Source of wa&ter"), lambda: _choice(WATER_LABELS)),
        Field("columns_durable", N_("&Columns"), lambda: _choice(DURABLE)),
        Field("toilet", N_("T&oilet"), lambda: _choice(TOILET_LABELS)),
        Field("roof_durable", N_("&Roof"), lambda: _choice(DURABLE)),
        Field("internet", N_("Somebody uses the &internet"), lambda: _choice(YES_NO)),
        Field("waste_handled", N_("Waste is collecte&d or treated"), lambda: _choice(YES_NO)),
        Field("devices", N_("&Means of information"), DevicesEditor, wide=True),
        Field("note", N_("Not&e"), LineEditor, wide=True),
    )


def dwelling_data(values: Mapping[str, Any]) -> DwellingData:
    """The dwelling typed."""
    return DwellingData(**values)
