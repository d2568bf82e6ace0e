"""An indicator made by the office: class, hamlet, marks, programmes received or not, period."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.households import CLASS_LABELS, POLICY_LABELS
from casemgr.domain.targets import OwnIndicatorData
from casemgr.errors import Problem
from casemgr.i18n import _
from casemgr.services.own_indicators import MOST_MONTHS
from ui.theme import spaced, theme


class _Ticks(QListWidget):
    """A list with a tick before each line."""

    def __init__(self, name: str, label: str, choices: Mapping[str, str], chosen: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(label)
        for code, words in choices.items():
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, code)
            item.setCheckState(Qt.CheckState.Checked if code in chosen else Qt.CheckState.Unchecked)
            self.addItem(item)

    def codes(self) -> tuple[str, ...]:
        """Those ticked, in order."""
        items = (self.item(number) for number in range(self.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def tick(self, code: str) -> None:
        """Tick a line by its code."""
        for number in range(self.count()):
            if self.item(number).data(Qt.ItemDataRole.UserRole) == code:
                self.item(number).setCheckState(Qt.CheckState.Checked)


class OwnIndicatorDialog(QDialog):
    """`data()` is what was chosen; nothing ticked in a list means no limit."""

    def __init__(
        self,
        hamlets: Sequence[tuple[UUID, str]],
        programmes: Mapping[str, str],
        known: OwnIndicatorData | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("ownDialog")
        self.setWindowTitle(_("Own indicator"))
        start = known or OwnIndicatorData("", "")
        self._code = start.code
        self.name = QLineEdit(start.title)
        self.name.setObjectName("ownTitle")
        self.name.setAccessibleName(_("Name of the indicator"))
        self.name.setPlaceholderText(_("Name of the indicator"))
        names = {one.hex: name for one, name in hamlets}
        titled = {code: f"{code}  {title}" for code, title in programmes.items()}
        self.lists = {
            "classes": (_("Class"), {code.value: _(words) for code, words in CLASS_LABELS.items()}, start.classes),
            "hamlets": (_("Hamlet"), names, start.hamlets),
            "flags": (_("Mark of the household"), {c.value: _(w) for c, w in POLICY_LABELS.items()}, start.flags),
            "received": (_("Received in the period"), titled, start.received),
            "not_received": (_("Not received in the period"), titled, start.not_received),
        }
        grid = QGridLayout()
        spaced(grid, spacing=8)
        self.ticks: dict[str, _Ticks] = {}
        for place, (name, (label, choices, chosen)) in enumerate(self.lists.items()):
            self.ticks[name] = _Ticks(f"own_{name}", label, choices, chosen)
            box = QVBoxLayout()
            spaced(box, spacing=3)
            box.addWidget(QLabel(label))
            box.addWidget(self.ticks[name])
            wide = place < 3
            grid.addLayout(box, 0 if wide else 1, place * 2 if wide else (place - 3) * 3, 1, 2 if wide else 3)
        self.months = QSpinBox()
        self.months.setObjectName("ownMonths")
        self.months.setRange(0, MOST_MONTHS)
        self.months.setSpecialValueText(_("from the start of the year"))
        self.months.setSuffix(" " + _("months"))
        self.months.setValue(start.months)
        self.months.setAccessibleName(_("Period"))
        self.share = QCheckBox(_("As per cent of the households of class, hamlet and mark"))
        self.share.setObjectName("ownShare")
        self.share.setChecked(start.share)
        self.problem = QLabel()
        self.problem.setObjectName("ownProblem")
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setText(_("Save the indicator"))
        buttons.button(QDialogButtonBox.StandardButton.Save).setObjectName("ownSave")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(16, 14, 16, 14), spacing=10)
        layout.addWidget(self.name)
        layout.addLayout(grid, 1)
        layout.addWidget(self.months)
        layout.addWidget(self.share)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)
        self.resize(theme().px(760), theme().px(520))

    def data(self) -> OwnIndicatorData:
        """What was chosen."""
        return OwnIndicatorData(
            code=self._code,
            title=self.name.text(),
            months=self.months.value(),
            share=self.share.isChecked(),
            **{name: ticks.codes() for name, ticks in self.ticks.items()},
        )

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say why it cannot be saved."""
        self.problem.setText("\n".join(problem.message for problem in problems))
