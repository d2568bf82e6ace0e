"""The class of the sheet as it stands at this key: national, local, and by the next standard as a hint."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from casemgr.domain.classification import POINTS
from casemgr.domain.households import CLASS_LABELS, CLASS_SHORT_LABELS, HouseholdClass
from casemgr.i18n import _, format_money, format_number, ngettext
from ui.theme import spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.card import Card

_NAMED = 3


@dataclass(frozen=True)
class Line:
    """What one standard says: the class, or the classes still possible while something is missing."""

    title: str
    value: HouseholdClass | None
    possible: tuple[HouseholdClass, ...]
    reason: str
    margin: int | None = None
    unit: str = ""
    missing: tuple[str, ...] = ()
    official: bool = True


def margin_words(margin: int, unit: str) -> str:
    """How far from the line."""
    if unit == POINTS:
        distance = _("{count} points").format(count=format_number(abs(margin)))
    else:
        distance = format_money(abs(margin))
    if margin == 0:
        return _("Exactly at the line")
    return (_("{distance} under the line") if margin > 0 else _("{distance} over the line")).format(distance=distance)


def _missing_words(missing: tuple[str, ...]) -> str:
    """The answers still needed, counted where they are many."""
    if len(missing) > _NAMED:
        count = format_number(len(missing))
        return ngettext("{count} answer is missing", "{count} answers are missing", len(missing)).format(count=count)
    return _("Still missing: {answers}").format(answers=", ".join(missing)) if missing else ""


class Verdict(Speaks):
    """The first line in large, the others below it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("verdict")
        self._lines: Sequence[Line] = ()
        self.badge, self.before = Badge(), Badge()
        self.badge.setObjectName("verdictClass")
        self.arrow = QLabel("←")
        self.arrow.setProperty("class", "soft")
        self.reason, self.margin, self.missing = QLabel(), QLabel(), QLabel()
        self.reason.setObjectName("verdictReason")
        self.margin.setProperty("class", "small")
        self.missing.setObjectName("verdictMissing")
        self.missing.setProperty("class", "small")
        for label in (self.reason, self.margin, self.missing):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._before = HouseholdClass.UNREVIEWED
        classes = QHBoxLayout()
        spaced(classes, spacing=6)
        for widget in (self.badge, self.arrow, self.before):
            classes.addWidget(widget)
        classes.addStretch()
        self._others = QVBoxLayout()
        spaced(self._others, spacing=4)
        self._rows: list[QWidget] = []
        card = Card(lambda: _("Result"), margin=12)
        card.add(classes)
        for widget in (self.reason, self.margin, self.missing):
            card.add(widget)
        card.add(self._others)
        layout = QHBoxLayout(self)
        spaced(layout)
        layout.addWidget(card)
        self.retranslate()

    def show_lines(self, lines: Sequence[Line], before: HouseholdClass) -> None:
        """Show what the standards say; the first is the one that counts."""
        told = self._lines[0].value if self._lines else None
        self._lines, self._before = lines, before
        self.retranslate()
        if lines and lines[0].value is not told and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleEvent(self.badge, QAccessible.Event.NameChanged))

    @property
    def value(self) -> HouseholdClass | None:
        """The class that counts, None while it cannot be told."""
        return self._lines[0].value if self._lines else None

    def retranslate(self) -> None:
        """Say the words again."""
        first = self._lines[0] if self._lines else None
        if first is None or first.value is None:
            self.badge.show_text(_("Not yet to be told"), "plain")
        else:
            self.badge.show_text(_(CLASS_LABELS[first.value]), class_tone(first.value))
        self.before.show_text(_(CLASS_SHORT_LABELS[self._before]), class_tone(self._before))
        self.before.setToolTip(_("The class before this review"))
        self._show(self.reason, first.reason if first else "")
        close = first.margin if first is not None else None
        self._show(self.margin, "" if first is None or close is None else margin_words(close, first.unit))
        self._show(self.missing, _missing_words(first.missing) if first else "")
        self.missing.setToolTip(", ".join(first.missing) if first else "")
        self._show_others()

    def _show_others(self) -> None:
        for widget in self._rows:
            self._others.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._rows = []
        for line in self._lines[1:]:
            name, badge = QLabel(line.title, self), Badge(parent=self)
            name.setProperty("class", "small")
            name.setWordWrap(True)
            if line.value is not None:
                badge.show_text(_(CLASS_SHORT_LABELS[line.value]), class_tone(line.value))
            elif len(line.possible) > 1:
                words = " / ".join(_(CLASS_SHORT_LABELS[value]) for value in line.possible[:2])
                badge.show_text(words if len(line.possible) == 2 else _("Not yet known"), "plain")
            else:
                badge.show_text(_("Not yet known"), "plain")
            told = [line.reason] if line.reason else []
            if line.missing:
                told.append(_("Still missing: {answers}").format(answers=", ".join(line.missing)))
            for widget in (name, badge):
                widget.setToolTip("\n".join(told))
                self._rows.append(widget)
            self._others.addWidget(name)
            self._others.addWidget(badge, 0, Qt.AlignmentFlag.AlignLeft)

    @staticmethod
    def _show(label: QLabel, text: str) -> None:
        label.setText(text)
        label.setVisible(bool(text))
