"""The grid for people of a new household: typed cell by cell, read by the domain's rules, growing by itself."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from casemgr.domain.dates import read_date
from casemgr.domain.identity import cccd_sex, read_identity
from casemgr.domain.people import RELATION_LABELS, SEX_LABELS, PersonData, Relation, Sex
from casemgr.domain.readings import reason
from casemgr.domain.text import clean
from casemgr.i18n import N_, _
from casemgr.services.members import NewMember
from ui.theme import theme
from ui.widgets.choice_box import ChoiceBox

Index = QModelIndex | QPersistentModelIndex
NONE: Final = QModelIndex()
NAME, BIRTH, SEX, RELATION, NUMBER = range(5)
TITLES: Final = (N_("Full name"), N_("Born"), N_("Sex"), N_("Relation to the head"), N_("Identity number"))


@dataclass
class Draft:
    """One line as typed."""

    name: str = ""
    birth: str = ""
    sex: Sex | None = None
    relation: Relation | None = None
    number: str = ""
    problems: dict[int, str] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Nothing typed or chosen."""
        chosen = self.sex is not None or self.relation not in (None, Relation.HEAD)
        return not (chosen or clean(self.name) or self.birth.strip() or self.number.strip())


class DraftsModel(QAbstractTableModel):
    """The lines; the first is the head, the last is always empty."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Draft] = []
        self.clear()

    def clear(self) -> None:
        """One empty head."""
        self.beginResetModel()
        self.lines = [Draft(relation=Relation.HEAD), Draft()]
        self.endResetModel()

    def used(self) -> list[Draft]:
        """The lines with something in them."""
        return [line for line in self.lines if not line.empty]

    def person(self, line: Draft) -> PersonData:
        """What the domain reads in a line."""
        birth = read_date(line.birth, today=datetime.date.today()).value if line.birth.strip() else None  # noqa: DTZ011 - the person's own day
        number = read_identity(line.number).value if line.number.strip() else None
        return PersonData(
            clean(line.name),
            sex=line.sex,
            birth=birth,
            id_number=number.number if number and number.kind == "cccd" else None,
            old_id_number=number.number if number and number.kind == "cmnd" else None,
        )

    def members(self) -> list[NewMember]:
        """The people to be opened as a household."""
        return [NewMember(self.person(line), line.relation or Relation.OTHER) for line in self.used()]

    def check(self) -> list[str]:
        """Mark what cannot be read; the sentences."""
        said = []
        for row, line in enumerate(self.lines):
            line.problems = {}
            if line.empty:
                continue
            if not clean(line.name):
                line.problems[NAME] = _("Write the full name, e.g. Nguyễn Thị Ánh.")
            if line.relation is None:
                line.problems[RELATION] = _("Choose the relation to the head.")
            for column, text, read in ((BIRTH, line.birth, _read_birth), (NUMBER, line.number, read_identity)):
                rejected = read(text).rejected if text.strip() else None
                if rejected:
                    line.problems[column] = reason(rejected)
            said += [
                _("Line {number}: {problem}").format(number=row + 1, problem=words) for words in line.problems.values()
            ]
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, NUMBER))
        return said

    def remove(self, row: int) -> None:
        """Take a line away; the head stays."""
        if 0 < row < len(self.lines) - 1:
            self.beginRemoveRows(NONE, row, row)
            del self.lines[row]
            self.endRemoveRows()
            self.changed.emit()

    def rowCount(self, parent: Index = NONE) -> int:
        """How many lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = NONE) -> int:
        """Five columns."""
        return 0 if parent.isValid() else len(TITLES)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be typed, but the head's relation stays: nothing leads there, so nothing typed is lost."""
        if index.row() == 0 and index.column() == RELATION:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, its value for editing, its problem."""
        if not index.isValid():
            return None
        line, column = self.lines[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._words(line, column)
        if role == Qt.ItemDataRole.EditRole:
            return (line.name, line.birth, line.sex, line.relation, line.number)[column]
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.problems.get(column)
        if role == Qt.ItemDataRole.ForegroundRole and column in line.problems:
            return theme().colour("poor")
        if role == Qt.ItemDataRole.ForegroundRole and not self.flags(index):
            return theme().colour("soft")
        if role == Qt.ItemDataRole.BackgroundRole and column in line.problems:
            return theme().colour("poorbg")
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: ANN401 - Qt's own
        """Keep what was typed; dates and sex are read at once so that one sees what was understood."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        line = self.lines[index.row()]
        match index.column():
            case 0:
                line.name = clean(value)
            case 1:
                read = _read_birth(value).value if value.strip() else None
                line.birth = read.text if read else value.strip()
            case 2:
                line.sex = value
            case 3:
                line.relation = value
            case _:
                number = read_identity(value).value if value.strip() else None
                line.number = number.number if number else value.strip()
                if number and number.kind == "cccd" and line.sex is None:
                    line.sex = cccd_sex(number.number)
        line.problems.pop(index.column(), None)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), NUMBER))
        if not self.lines[-1].empty:
            self.beginInsertRows(NONE, len(self.lines), len(self.lines))
            self.lines.append(Draft())
            self.endInsertRows()
        self.changed.emit()
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles, and numbers at the left as on the paper form."""
        if role == Qt.ItemDataRole.DisplayRole:
            return _(TITLES[section]) if orientation == Qt.Orientation.Horizontal else str(section + 1)
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    @staticmethod
    def _words(line: Draft, column: int) -> str:
        sex = _(SEX_LABELS[line.sex]) if line.sex else ""
        relation = _(RELATION_LABELS[line.relation]) if line.relation else ""
        return (line.name, line.birth, sex, relation, line.number)[column]


def _read_birth(text: str) -> Any:  # noqa: ANN401 - a Reading of a date
    return read_date(text, today=datetime.date.today())  # noqa: DTZ011 - the person's own day


class _Cells(QStyledItemDelegate):
    """Editors of the cells: closed lists for sex and relation, plain lines without completion for the rest."""

    def __init__(self, grid: "MembersGrid") -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line, or a list of choices."""
        if index.column() == SEX:
            return self._choices(parent, [(each, words) for each, words in _labels(SEX_LABELS)])
        if index.column() == RELATION:
            return self._choices(parent, [pair for pair in _labels(RELATION_LABELS) if pair[0] != Relation.HEAD])
        line = QLineEdit(parent)
        line.setObjectName("memberCell")
        line.setAccessibleName(_(TITLES[index.column()]))
        return line

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The whole cell: short words are not cut off by the distance cells keep."""
        editor.setGeometry(option.rect)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value."""
        if isinstance(editor, ChoiceBox):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))
        elif isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep the value."""
        if isinstance(editor, ChoiceBox):
            model.setData(index, editor.value())
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter goes to the next cell, as Tab does."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QWidget):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if (enter and not event.modifiers() & Qt.KeyboardModifier.ControlModifier) or event.key() == Qt.Key.Key_Tab:
                self.commitData.emit(editor)
                self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
                self._grid.go_on(out_of_free_line=enter)
                return True
        return bool(super().eventFilter(editor, event))

    @staticmethod
    def _choices(parent: QWidget, choices: Sequence[tuple[Any, Callable[[], str]]]) -> ChoiceBox[Any]:
        box: ChoiceBox[Any] = ChoiceBox(parent)
        box.setObjectName("memberChoice")
        box.setAccessibleName(_("Choose"))
        box.set_choices(choices)
        return box


def _labels(table: dict[Any, str]) -> list[tuple[Any, Callable[[], str]]]:
    return [(value, lambda words=text: _(words)) for value, text in table.items()]  # type: ignore[misc]  # a default binds the word


class MembersGrid(QTableView):
    """Typing starts at once in the current cell; Delete clears a cell, Ctrl+Delete a line."""

    passed = Signal()
    """Enter in the free line, or going on from the last cell."""

    def __init__(self, model: DraftsModel) -> None:
        super().__init__()
        self.setObjectName("newMembers")
        self.drafts = model
        self.setModel(model)
        self.setItemDelegate(_Cells(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(True)
        self.setShowGrid(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)
        self._measure()

    def begin(self) -> None:
        """Type the head's name."""
        first = self.drafts.index(0, NAME)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._type_in(first)

    def go_on(self, *, out_of_free_line: bool) -> None:
        """Type in the next cell that can be typed, the next line's name after the number."""
        here, last = self.currentIndex(), len(self.drafts.lines) - 1
        if out_of_free_line and here.row() == last and self.drafts.lines[last].empty:
            self.passed.emit()
            return
        for place in range(here.row() * len(TITLES) + here.column() + 1, (last + 1) * len(TITLES)):
            cell = self.drafts.index(place // len(TITLES), place % len(TITLES))
            if cell.flags() & Qt.ItemFlag.ItemIsEditable:
                self._type_in(cell)
                return
        self.passed.emit()

    def _type_in(self, cell: QModelIndex) -> None:
        self.setCurrentIndex(cell)
        if self.state() != QAbstractItemView.State.EditingState:  # becoming current begins typing in most cases
            self.edit(cell)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete clears; Enter begins typing."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.drafts.remove(index.row())
            elif index.flags() & Qt.ItemFlag.ItemIsEditable:
                self.drafts.setData(index, None if index.column() in (SEX, RELATION) else "")
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() and index.isValid():
            self._type_in(index)
            return
        if event.key() == Qt.Key.Key_Tab and index.isValid():
            self.go_on(out_of_free_line=False)
            return
        super().keyPressEvent(event)

    def _measure(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.row + look.px(4))
        self.setMinimumHeight(6 * (look.row + look.px(4)) + look.px(34))
        for column, width in enumerate((220, 100, 96, 150, 140)):
            self.setColumnWidth(column, round(width * look.unit * look.text))
