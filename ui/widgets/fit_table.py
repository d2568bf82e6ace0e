"""What stands in a card: a table as high as its lines, and the small button of its head."""

from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QSizePolicy

from ui.icons import icon
from ui.models.rows import RowsModel
from ui.theme import theme
from ui.widgets.list_table import ListTable


def flat_button(name: str, picture: str) -> QPushButton:
    """A small button in a card's head."""
    button = QPushButton()
    button.setObjectName(name)
    button.setProperty("class", "flat")
    button.setIcon(icon(picture))
    return button


class FitTable(ListTable):
    """A table as high as its lines, up to `most`; words take the room left."""

    def __init__(self, model: RowsModel[int, Any], *, name: str, most: int) -> None:
        self._most = most
        super().__init__(model, name=name)
        self.setProperty("class", "")
        self.setAlternatingRowColors(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        model.modelReset.connect(self._fit_height)
        self._fit_height()

    def sizeHint(self) -> QSize:
        """As high as the lines."""
        lines = max(1, min(self._most, self.rows.rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        return QSize(theme().px(240), head + lines * theme().row + 2)

    def minimumSizeHint(self) -> QSize:
        """The same, as narrow as one likes."""
        return QSize(theme().px(160), self.sizeHint().height())

    def _measure(self) -> None:
        super()._measure()
        self.updateGeometry()

    def _fit_height(self) -> None:
        self.updateGeometry()
