"""Drawing lots: which plans take part, the animals with their tags, and who got which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.errors import ValidationError
from casemgr.i18n import N_, _
from casemgr.services import assets, livelihood_file
from casemgr.services.assets import AssetData, AssetView
from ui.grid_editor import GridColumn, GridEditor, Kind
from ui.theme import sized, spaced, theme
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk

ANIMALS: Final = (
    GridColumn("tag", N_("Tag"), 90),
    GridColumn("kind", N_("What it is"), 150),
    GridColumn("age_months", N_("Months"), 70, Kind.NUMBER),
    GridColumn("weight_kg", N_("kg"), 70, Kind.NUMBER),
    GridColumn("vaccinated", N_("Vaccinated against"), 150),
    GridColumn("supplier", N_("Supplier"), 130),
    GridColumn("unit_price", N_("Price"), 100, Kind.NUMBER),
)


class LotsDialog(QDialog):
    """The same number of animals for every plan; which ones is chance, and nothing is drawn twice."""

    said = Signal(Notice)

    def __init__(self, desk: Desk, plan: UUID, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lotsDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Draw lots"))
        self._desk = desk
        self._boxes: dict[UUID, QCheckBox] = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=2)
        for one in desk.workspace.read(livelihood_file.takers, plan):
            box = QCheckBox(" · ".join(filter(None, (one.head, one.code, one.hamlet, one.product))))
            box.setObjectName(f"lot_{one.code}")
            box.setAccessibleName(box.text())
            box.setChecked(not one.animals or one.id == plan)
            column.addWidget(box)
            self._boxes[one.id] = box
        column.addStretch()
        area = QScrollArea()
        area.setObjectName("lotsArea")
        area.setWidgetResizable(True)
        area.setWidget(inside)
        sized(area, height=150)
        self.animals: GridEditor[AssetData] = GridEditor(
            ANIMALS, _animal, vars, name="lotsGrid", title=lambda: _("Animals and things to draw for")
        )
        self.problem, self.outcome = QLabel(), QLabel()
        self.problem.setObjectName("lotsProblem")
        self.problem.setProperty("class", "problem")
        self.outcome.setObjectName("lotsResult")
        for label in (self.problem, self.outcome):
            label.setWordWrap(True)
            label.hide()
        self.draw, self.leave = QPushButton(_("Draw lots")), QPushButton(_("Close"))
        self.draw.setObjectName("lotsDraw")
        self.draw.setProperty("class", "primary")
        self.leave.setObjectName("lotsClose")
        self.draw.clicked.connect(self._on_draw)
        self.leave.clicked.connect(self.close)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addStretch()
        for button in (self.leave, self.draw):
            button.setAccessibleName(button.text())
            row.addWidget(button)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(14, 14, 14, 12), spacing=8)
        for words, widget in ((_("Plans that take part"), area), (_("Animals, one a line"), self.animals.widget)):
            label = QLabel(words)
            label.setProperty("class", "h2")
            layout.addWidget(label)
            layout.addWidget(widget)
        layout.addWidget(self.problem)
        layout.addWidget(self.outcome)
        layout.addLayout(row)
        self.resize(theme().px(800), theme().px(520))

    def _on_draw(self) -> None:
        problem = self.animals.problem()
        self._say(problem)
        if problem:
            return
        chosen = [plan for plan, box in self._boxes.items() if box.isChecked()]
        today = self._desk.workspace.now.astimezone().date()
        self.draw.setEnabled(False)
        job = self._desk.write(assets.draw, chosen, self.animals.value(), on=today)
        job.succeeded.connect(self._on_drawn)
        job.catch(ValidationError, self._on_refused)

    def _on_refused(self, error: ValidationError) -> None:
        self.draw.setEnabled(True)
        self._say("\n".join(problem.message for problem in error.problems))

    def _on_drawn(self, drawn: list[AssetView]) -> None:
        by_head: dict[str, list[str]] = {}
        for one in drawn:
            if one.handed_on is None:
                by_head.setdefault(one.head, []).append(one.data.tag)
        told = (_("{head}: {tags}").format(head=head, tags=", ".join(tags)) for head, tags in by_head.items())
        self.outcome.setText("\n".join(told))
        self.outcome.setAccessibleName(self.outcome.text())
        self.outcome.show()
        self.animals.widget.setEnabled(False)
        self.leave.setFocus()
        self.said.emit(Notice(_("Lots are drawn."), "ok"))

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))


def _animal(values: Mapping[str, Any]) -> AssetData:
    return AssetData(
        tag=values["tag"],
        kind=values["kind"],
        age_months=values["age_months"],
        weight_kg=values["weight_kg"],
        vaccinated=values["vaccinated"],
        supplier=values["supplier"],
        unit_price=values["unit_price"] or 0,
    )
