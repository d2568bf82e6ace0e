"""Why a household has its class: points, what it lacks, the decision."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QLabel,
)

from casemgr.i18n import _, format_date
from casemgr.services.households import HouseholdView
from ui.widgets.card import Card


class WhyCard(Card):
    """Why the household has its class: points, what it lacks, the decision."""

    def __init__(self) -> None:
        super().__init__(margin=10)
        self.setObjectName("householdWhy")
        self.text = QLabel()
        self.text.setObjectName("householdWhyText")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add(self.text)

    def show_view(self, view: HouseholdView, indicators: Mapping[str, str]) -> None:
        """Show a household's newest class."""
        self.text.setText(why_words(view, indicators))


def why_words(view: HouseholdView, indicators: Mapping[str, str]) -> str:
    """The reasons in one line; `indicators` names the codes."""
    current = view.current_class
    if current is None:
        return _("No class is recorded yet. Record the class of a year when the decision is there.")
    data, parts = current.data, []
    if data.b1 is not None and data.b2 is not None:
        parts.append(_("B1 = {b1} points; B2 = {b2} points.").format(b1=data.b1, b2=data.b2))
    if data.deprivations:
        parts.append(_("Deprived of: {list}.").format(list=" · ".join(map(_indicator(indicators), data.deprivations))))
    decision = current.decision
    if decision is not None and decision.signed_on is not None:
        parts.append(
            _("Decision {number} of {date}.").format(number=decision.number, date=format_date(decision.signed_on))
        )
    elif decision is not None:
        parts.append(_("Decision {number}.").format(number=decision.number))
    else:
        parts.append(_("No decision is recorded for it."))
    return _("Why: {reasons}").format(reasons=" ".join(parts))


def _indicator(names: Mapping[str, str]) -> Callable[[str], str]:
    def name(code: str) -> str:
        words = names.get(code, code)
        return words[:1].lower() + words[1:]

    return name
