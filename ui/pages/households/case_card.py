"""The case of a household: with whom and since when it is open, why it was closed, opened again or given away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel

from casemgr.i18n import _, format_date
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.fit_table import flat_button

if TYPE_CHECKING:
    from casemgr.services.case_files import CaseView


class CaseCard(Card):
    """Three verbs of a case; those that make no sense now are not there."""

    open_requested = Signal()
    close_requested = Signal()
    assign_requested = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Case"), margin=10)
        self.setObjectName("caseCard")
        self._cases: Sequence[CaseView] = ()
        self.open = flat_button("caseOpen", "folder-open")
        self.assign = flat_button("caseAssign", "user")
        self.close_case = flat_button("caseClose", "archive")
        for button, words, signal in (
            (self.open, self._open_words, self.open_requested),
            (self.assign, lambda: _("Give to…"), self.assign_requested),
            (self.close_case, lambda: _("Close…"), self.close_requested),
        ):
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self.head.addWidget(button)
        self.told = QLabel()
        self.told.setObjectName("caseTold")
        self.told.setWordWrap(True)
        Says(self.told, self.told.setText, self._words)
        self.add(self.told)
        self.show_cases(())

    @property
    def current(self) -> CaseView | None:
        """The newest opening, if there is one."""
        return self._cases[0] if self._cases else None

    def show_cases(self, cases: Sequence[CaseView]) -> None:
        """Show them, the newest first."""
        self._cases = cases
        running = bool(cases) and cases[0].closed_on is None
        self.open.setVisible(not running)
        self.assign.setVisible(running)
        self.close_case.setVisible(running)
        self.open.setText(self._open_words())
        self.open.setAccessibleName(self._open_words())
        self.told.setText(self._words())

    def enable(self, *, may: bool) -> None:
        """Allow writing or not."""
        for button in (self.open, self.assign, self.close_case):
            button.setEnabled(may)

    def _open_words(self) -> str:
        return _("Open again…") if self._cases else _("Open the case…")

    def _words(self) -> str:
        if not self._cases:
            return _("No case is open for this household.")
        lines = []
        for case in self._cases:
            officer = case.officer or _("nobody")
            since = _("Open since {date} with {officer}").format(date=format_date(case.opened_on), officer=officer)
            if case.closed_on is not None:
                since = _("Open from {from_date} to {to_date} with {officer}").format(
                    from_date=format_date(case.opened_on), to_date=format_date(case.closed_on), officer=officer
                )
            reasons = "; ".join(filter(None, (case.open_reason, case.close_reason)))
            lines.append(_("{what}: {reason}").format(what=since, reason=reasons) if reasons else since)
        return "\n".join(lines)
