"""The second step: the commune, found in the shipped list by typing without accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from casemgr.i18n import _
from ui.theme import spaced, theme
from ui.widgets.card import Card
from ui.wizard.step import Step

if TYPE_CHECKING:
    from casemgr.domain.offices import AdminUnit

_UNIT: Final = Qt.ItemDataRole.UserRole + 1
_SHOWN: Final = 30


class CommuneStep(Step):
    """A line and the list of what fits below it; nothing is ever completed inside the line."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stepCommune")
        self.unit: AdminUnit | None = None
        self.label = QLabel()
        self.line = QLineEdit()
        self.line.setObjectName("communeLine")
        self.line.setMaxLength(100)
        self.label.setBuddy(self.line)
        self.hits = QListWidget()
        self.hits.setObjectName("communeHits")
        self.hits.setProperty("class", "framed")
        self.hits.setMinimumHeight(theme().px(150))
        self.none = QLabel()
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        self.chosen = QLabel()
        self.chosen.setObjectName("communeChosen")
        self.chosen.setProperty("class", "strong")
        self.chosen.setWordWrap(True)
        self._card = Card(lambda: _("Chosen"), margin=10)
        self._card.add(self.chosen)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        for widget in (self.label, self.line, self.none):
            layout.addWidget(widget)
        layout.addWidget(self.hits, 1)
        layout.addWidget(self._card)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)  # after the key was painted: typing never waits for the list
        self._delay.timeout.connect(self._find)
        self.line.textEdited.connect(lambda _text: self._delay.start())
        self.line.returnPressed.connect(self._on_enter)
        self.line.installEventFilter(self)
        self.hits.itemClicked.connect(self._take)
        self.hits.itemActivated.connect(self._on_activated)
        self.retranslate()
        self._show_chosen()

    def title(self) -> str:
        """The heading."""
        return _("Which commune?")

    def text(self) -> str:
        """What is asked."""
        return _("Type its name without accents, with the province if there are several, or its code.")

    def enter(self) -> None:
        """Begin typing."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def check(self) -> str:
        """A commune must be chosen."""
        if self._delay.isActive():
            self._delay.stop()
            self._find()
        return "" if self.unit else _("Choose the commune from the list.")

    def retranslate(self) -> None:
        """Say the words again."""
        self.label.setText(_("&Commune, ward or special zone"))
        self.line.setAccessibleName(self.label.text().replace("&", ""))
        self.line.setPlaceholderText(_("e.g. hung khanh trung vinh long"))
        self.hits.setAccessibleName(_("Communes that fit"))
        self.none.setText(
            _("No commune of the shipped list fits. Type fewer letters, or the new name after the mergers of 2025.")
        )
        self._show_chosen()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and Down move in the list while the line keeps the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self.hits.count():
            return False
        self.hits.setCurrentRow(max(0, min(self.hits.count() - 1, self.hits.currentRow() + step)))
        self._take(self.hits.currentItem())
        return True

    def _find(self) -> None:
        from casemgr.services.areas import find_communes

        self.hits.clear()
        found = find_communes(self.line.text(), limit=_SHOWN)
        for unit in found:
            item = QListWidgetItem(f"{unit.full_name} · {unit.province} · {unit.code}")
            item.setData(_UNIT, unit)
            item.setSizeHint(QSize(0, theme().row))
            self.hits.addItem(item)
        self.none.setVisible(bool(self.line.text().strip()) and not found)
        if found:
            self.hits.setCurrentRow(0)
        # what is chosen must be what is seen: the one hit, or nothing until she takes one of several
        self._choose(found[0] if len(found) == 1 else None)

    def _on_enter(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self._find()
        if self.hits.currentItem() is not None:
            self._take(self.hits.currentItem())
        self.next_requested.emit()

    def _on_activated(self, item: QListWidgetItem) -> None:
        self._take(item)
        self.next_requested.emit()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._choose(item.data(_UNIT))

    def _choose(self, unit: AdminUnit | None) -> None:
        self.unit = unit
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        unit = self.unit
        self._card.setVisible(unit is not None)
        self.none.setVisible(bool(self.line.text().strip()) and not self.hits.count())
        if unit is not None:
            self.chosen.setText(
                _("{commune}, {province} (code {code})").format(
                    commune=unit.full_name, province=unit.province, code=unit.code
                )
            )
