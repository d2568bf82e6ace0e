"""A condition tried on a household one chooses: entitled, not, or cannot be said, with the facts still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QLabel, QVBoxLayout

from casemgr.domain.support import Unit
from casemgr.i18n import _
from casemgr.services.programme_trials import Trial, try_condition
from ui.theme import spaced
from ui.translation import Speaks
from ui.who_editor import WhoWidget
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from ui.desk import Desk


class TrialBox(Speaks):
    """Tells again whenever the condition or the household changes."""

    def __init__(self, desk: Desk, unit: Unit, name: str, *, uncertain: Callable[[], bool]) -> None:
        super().__init__()
        self._desk, self._unit, self._uncertain = desk, unit, uncertain
        self._asked: tuple[Mapping[str, Any] | None] | None = None
        self.head = QLabel()
        self.who = WhoWidget(desk, f"{name}Who")
        self.who.changed.connect(self._tell)
        self.told = Told(f"{name}Trial")
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        for widget in (self.head, self.who, self.told):
            layout.addWidget(widget)
        self.head.setBuddy(self.who)
        self.retranslate()

    def try_on(self, asked: tuple[Mapping[str, Any] | None] | None) -> None:
        """Another condition, in a tuple of its own; None: it cannot be read yet."""
        self._asked = asked
        self._tell()

    def _tell(self) -> None:
        chosen = self.who.chosen
        if chosen is None or self._asked is None:
            self.told.show_lines(())
            return
        day = self._desk.workspace.now.astimezone().date()
        trials = self._desk.workspace.read(try_condition, chosen.household_id, day, self._asked[0], self._unit)
        if chosen.person_id is not None and self._unit is Unit.PERSON:
            trials = [one for one in trials if one.person_id == chosen.person_id] or trials
        lines = [_line(one, uncertain=self._uncertain()) for one in trials]
        self.told.show_lines(lines or [Line(_("The household has nobody it could be asked of."), "info")])

    def retranslate(self) -> None:
        """Say the words again."""
        self.head.setText(_("&Try it on a household"))


def _line(one: Trial, *, uncertain: bool) -> Line:
    result, tone = {
        True: (_("entitled"), "ok"),
        False: (_("not entitled"), "poor"),
        None: (_("cannot be said"), "near"),
    }[one.verdict.holds]
    why = "; ".join(one.verdict.reasons)
    if one.verdict.holds is None:
        why = _("To be asked: {facts}").format(facts="; ".join(one.verdict.missing))
    elif one.verdict.holds is False and uncertain:
        result, tone = _("cannot be said"), "near"
        why = "; ".join(filter(None, (_("The rule itself is not certain."), why)))
    who = one.name or _("The household")
    head = _("{who}: {result}").format(who=who, result=result)
    return Line(_("{result}. {why}").format(result=head, why=why) if why else head, tone)
