"""What a plan comes to while it is typed: sums, shares with their ceiling, payback, and the income against the line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from casemgr.i18n import N_, _, format_money, format_number, ngettext
from casemgr.services.programme_views import rate_words
from ui.theme import spaced
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.widgets.badge import Badge
from ui.widgets.card import Card

if TYPE_CHECKING:
    from casemgr.domain.livelihood_reckoning import Reckoning
    from casemgr.domain.programmes import Rate

LINES: Final = (
    ("total", N_("Whole cost")),
    ("state", N_("Paid by the state")),
    ("own", N_("Own share")),
    ("profit", N_("Gain of a cycle")),
    ("payback", N_("Paid back after")),
    ("added", N_("More income per head and month")),
    ("expected", N_("Income expected per head and month")),
)


def share_words(share: int | None) -> str:
    """Hundredths of a per cent as people read them."""
    if share is None:
        return ""
    places = next(n for n in range(3) if n == 2 or share % 10 ** (2 - n) == 0)
    return _("{share} %").format(share=format_number(share / 100, decimals=places))


class FiguresCard(Card):
    """`show_figures` at every change; what is not known yet is a dash."""

    def __init__(self) -> None:
        super().__init__(lambda: _("What it comes to"), margin=10)
        self.setObjectName("planFigures")
        self._shown: tuple[Reckoning, Rate | None, int | None] | None = None
        self.values: dict[str, QLabel] = {}
        body = QWidget()
        grid = QGridLayout(body)
        spaced(grid, spacing=4)
        for row, (key, title) in enumerate(LINES):
            label, value = QLabel(), QLabel()
            label.setProperty("class", "soft")
            label.setWordWrap(True)
            value.setObjectName(f"planFigure_{key}")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            if key in ("total", "expected"):
                value.setProperty("class", "strong")
            Says(label, label.setText, _words(title))
            grid.addWidget(label, row, 0)
            grid.addWidget(value, row, 1)
            self.values[key] = value
        grid.setColumnStretch(0, 1)
        self.ceiling, self.line = QLabel(), QLabel()
        for label, name in ((self.ceiling, "planCeiling"), (self.line, "planLine")):
            label.setObjectName(name)
            label.setProperty("class", "small")
            label.setWordWrap(True)
        self.certainty, self.verdict = Badge(), Badge()
        self.add(body)
        for widget in (self.ceiling, self.certainty, self.line, self.verdict):
            self.add(widget)
        Says(self, lambda _text: self._say(), str)

    def show_figures(self, found: Reckoning, most: Rate | None, line: int | None) -> None:
        """Show what a plan comes to; `most` is the ceiling of the state's share, `line` the income line."""
        self._shown = (found, most, line)
        self._say()

    def _say(self) -> None:
        shown = getattr(self, "_shown", None)
        if shown is None:
            return
        found, most, line = shown
        months = found.payback_months
        texts = {
            "total": format_money(found.total),
            "state": _both(format_money(found.state), share_words(found.state_share)),
            "own": _both(format_money(found.own), share_words(found.own_share)),
            "profit": format_money(found.profit) if found.profit else "—",
            "payback": ngettext("{count} month", "{count} months", months or 0).format(count=format_number(months or 0))
            if months is not None
            else "—",
            "added": "—" if found.added_income is None else format_money(found.added_income),
            "expected": "—" if found.expected_income is None else format_money(found.expected_income),
        }
        for key, title in LINES:
            self.values[key].setText(texts[key])
            self.values[key].setAccessibleName(f"{_(title)}: {texts[key]}")
        self._say_ceiling(found, most)
        self._say_line(found, line)

    def _say_ceiling(self, found: Reckoning, most: Rate | None) -> None:
        if most is None:
            self.ceiling.setText(_("No ceiling of the state's share is known for this programme, area and day."))
            self.certainty.show_text("", "plain")
            return
        told = _("Ceiling of the state's share: {most} ({law})").format(most=rate_words(most), law=most.law)
        self.ceiling.setText(told)
        over = found.state_share is not None and found.state_share > most.value
        if over:
            self.certainty.show_text(_("Above the ceiling"), "near")
        elif most.certainty == "V":
            self.certainty.show_text("", "plain")
        else:
            self.certainty.show_text(certainty_words(most.certainty), CERTAINTY_TONES[most.certainty])

    def _say_line(self, found: Reckoning, line: int | None) -> None:
        if line is None:
            self.line.setText(_("The income line of the area is not known."))
            self.verdict.show_text("", "plain")
            return
        self.line.setText(_("Income line: {line} per head and month").format(line=format_money(line)))
        if found.above_line is None:
            self.verdict.show_text("", "plain")
        elif found.above_line:
            self.verdict.show_text(_("Above the line"), "ok")
        else:
            self.verdict.show_text(_("Still below the line"), "near")


def _words(title: str) -> Callable[[], str]:
    return lambda: _(title)


def _both(money: str, share: str) -> str:
    return f"{money} · {share}" if share else money
