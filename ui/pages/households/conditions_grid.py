"""The grid of what the review asks of each member: arrows move, a letter or Space answers, Delete forgets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QElapsedTimer,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casemgr.domain.conditions import NUTRITION_LABELS, SCHOOL_LABELS, ConditionData
from casemgr.domain.text import fold
from casemgr.i18n import N_, _
from casemgr.services.members import MemberView
from ui.editors import Editor, labelled
from ui.pages.households.living_fields import YES_NO
from ui.theme import theme
from ui.widgets.choice_box import ChoiceBox

Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()
_PAUSE_MS = 1200
_MOST_LINES = 12

QUESTIONS: Final[tuple[tuple[str, str, str, Mapping[Any, str], int], ...]] = (
    ("insured", N_("Insured"), N_("Holds a valid health insurance card"), YES_NO, 58),
    ("school", N_("School"), N_("The school attended now"), SCHOOL_LABELS, 150),
    ("trained", N_("Trained"), N_("Took part in training or was certified as trained on the job"), YES_NO, 70),
    ("nutrition", N_("Growth"), N_("As the health station noted it"), NUTRITION_LABELS, 162),
    ("seeks_work", N_("Seeks work"), N_("Is able and wants to work, and finds no work"), YES_NO, 72),
    ("wage_work", N_("Wages"), N_("Works for wages"), YES_NO, 80),
    ("contract", N_("Contract"), N_("Works for wages under a labour contract"), YES_NO, 74),
)
"""Field of `ConditionData`, title, question, choices, width."""
NAME_WIDTH: Final = 148


class ConditionsModel(QAbstractTableModel):
    """One line per member; what the standard does not ask of somebody of that age is closed."""

    changed = Signal()

    def __init__(self, members: Sequence[MemberView], asked: Mapping[UUID, frozenset[str]]) -> None:
        super().__init__()
        self._members, self._asked = members, asked
        self._said: dict[UUID, ConditionData] = {}

    @property
    def said(self) -> dict[UUID, ConditionData]:
        """What is noted, by person."""
        return dict(self._said)

    def show(self, said: Mapping[UUID, ConditionData]) -> None:
        """Show what is noted."""
        self.beginResetModel()
        self._said = {member.person_id: said.get(member.person_id, ConditionData()) for member in self._members}
        self.endResetModel()

    def rowCount(self, parent: Index = NONE) -> int:
        """The members."""
        return 0 if parent.isValid() else len(self._members)

    def columnCount(self, parent: Index = NONE) -> int:
        """The questions."""
        return 0 if parent.isValid() else len(QUESTIONS)

    def choices(self, index: Index) -> list[Any]:
        """The values a cell may have."""
        return list(QUESTIONS[index.column()][3])

    def value(self, index: Index) -> Any:  # noqa: ANN401 - a truth or a code
        """The value of a cell."""
        return getattr(self._said[self._members[index.row()].person_id], QUESTIONS[index.column()][0])

    def put(self, index: Index, value: Any) -> None:  # noqa: ANN401 - a truth or a code
        """Note an answer; None forgets it."""
        if not index.isValid() or not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return
        person = self._members[index.row()].person_id
        self._said[person] = replace(self._said[person], **{QUESTIONS[index.column()][0]: value})
        self.dataChanged.emit(index, index)
        self.changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Questions that do not arise are closed, unless something is noted there."""
        field, person = QUESTIONS[index.column()][0], self._members[index.row()].person_id
        if field not in self._asked.get(person, frozenset()) and self.value(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words; a dash where the question does not arise."""
        if not index.isValid():
            return None
        member = self._members[index.row()]
        _field, title, question, labels, _width = QUESTIONS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            if not self.flags(index):
                return "–"
            value = self.value(index)
            return "" if value is None else _(labels[value])
        if role == Qt.ItemDataRole.EditRole:
            return self.value(index)
        if role == Qt.ItemDataRole.ToolTipRole:
            value = self.value(index)
            return _(question) if value is None else f"{_(question)}: {_(labels[value])}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            value = self.value(index)
            answer = _("not stated") if value is None else _(labels[value])
            return f"{member.person.full_name}, {_(title)}: {answer}"
        if role == Qt.ItemDataRole.ForegroundRole and not self.flags(index):
            return theme().colour("soft")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """Note an answer."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        self.put(index, value)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Names at the left, where they stay in view; short titles above, the whole question as a hint."""
        if orientation == Qt.Orientation.Vertical:
            person = self._members[section].person
            if role == Qt.ItemDataRole.DisplayRole:
                return person.full_name
            if role == Qt.ItemDataRole.ToolTipRole:
                return " · ".join(filter(None, (person.full_name, person.birth.text if person.birth else "")))
        elif role == Qt.ItemDataRole.DisplayRole:
            return _(QUESTIONS[section][1])
        elif role == Qt.ItemDataRole.ToolTipRole:
            return _(QUESTIONS[section][2])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class _Cells(QStyledItemDelegate):
    """A closed list for who prefers it: F2 or a double click."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The choices, and nothing."""
        _field, title, _question, labels, _width = QUESTIONS[index.column()]
        box: ChoiceBox[Any] = ChoiceBox(parent)
        box.setObjectName("conditionChoice")
        box.setAccessibleName(_(title))
        box.set_choices([(None, lambda: ""), *labelled(labels)])
        return box

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The whole cell."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value."""
        if isinstance(editor, ChoiceBox):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep the value."""
        if isinstance(editor, ChoiceBox):
            model.setData(index, editor.value())


class ConditionsGrid(QTableView):
    """Arrows and Enter move over open cells, Space goes through the answers, letters find one, Delete forgets."""

    def __init__(self, model: ConditionsModel) -> None:
        super().__init__()
        self.conditions = model
        self._typed, self._clock = "", QElapsedTimer()
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        model.modelReset.connect(self._begin)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer without opening anything."""
        index, key = self.currentIndex(), event.key()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if not index.isValid() or held:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.conditions.put(index, None)
        elif key == Qt.Key.Key_Space:
            self._turn(index)
        elif not self._find(index, event.text()):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    def _begin(self) -> None:
        for place in range(self.conditions.rowCount() * len(QUESTIONS)):
            if self._go(place):
                return

    def _go_on(self) -> None:
        here, wide = self.currentIndex(), len(QUESTIONS)
        for place in range(here.row() * wide + here.column() + 1, self.conditions.rowCount() * wide):
            if self._go(place):
                return
        self.focusNextChild()

    def _go(self, place: int) -> bool:
        cell = self.conditions.index(place // len(QUESTIONS), place % len(QUESTIONS))
        if cell.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(cell)
            return True
        return False

    def _turn(self, index: QModelIndex) -> None:
        values = [*self.conditions.choices(index), None]
        present = values.index(self.conditions.value(index))
        self.conditions.put(index, values[(present + 1) % len(values)])

    def _find(self, index: QModelIndex, text: str) -> bool:
        if not text or not text.isprintable():
            return False
        fresh = not self._clock.isValid() or self._clock.elapsed() > _PAUSE_MS
        self._typed = text if fresh else self._typed + text
        self._clock.restart()
        wanted = fold(self._typed)
        words = {value: fold(_(label)) for value, label in QUESTIONS[index.column()][3].items()}
        for fits in (str.startswith, str.__contains__):
            for value, label in words.items():
                if fits(label, wanted):
                    self.conditions.put(index, value)
                    return True
        return True

    def _measure(self) -> None:
        look = theme()
        line = look.row + look.px(4)
        self.verticalHeader().setDefaultSectionSize(line)
        lines = min(_MOST_LINES, max(2, self.conditions.rowCount()))
        self.setMinimumHeight(lines * line + look.px(50))
        self.verticalHeader().setFixedWidth(round(NAME_WIDTH * look.unit * look.text))
        for column, question in enumerate(QUESTIONS):
            self.setColumnWidth(column, round(question[4] * look.unit * look.text))


class ConditionsEditor(Editor[ConditionsGrid]):
    """The grid as one field of a form: its value is what is noted, by person."""

    def __init__(self, members: Sequence[MemberView], asked: Mapping[UUID, frozenset[str]]) -> None:
        super().__init__(ConditionsGrid(ConditionsModel(members, asked)))
        self.widget.conditions.changed.connect(self.changed)

    def value(self) -> dict[UUID, ConditionData]:
        """What is noted, by person."""
        return self.widget.conditions.said

    def set_value(self, value: Mapping[UUID, ConditionData] | None) -> None:
        """Show what is noted."""
        self.widget.conditions.show(value or {})
