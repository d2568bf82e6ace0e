"""Forms from a declaration: fields give labels, widgets, help and tab order; problems stand beside their fields."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QToolButton,
    QWidget,
)

from casemgr.errors import Problem
from casemgr.i18n import _, ngettext
from ui.editors import CheckEditor, Editor, Value
from ui.theme import spaced
from ui.translation import Says, Speaks

D = TypeVar("D")


@dataclass(frozen=True)
class Field:
    """One field: `name` in the `…Data` class, N_ `label` (with its & key), how to make the editor, N_ help."""

    name: str
    label: str
    editor: Callable[[], Editor[Any]]
    help: str = ""
    required: bool = False
    wide: bool = False
    bare: bool = False
    """The label is only spoken: the widget says what it is about."""


class _Line:
    """A field as it stands in a form."""

    def __init__(self, field: Field, editor: Editor[Any]) -> None:
        self.field, self.editor = field, editor
        self.label = QLabel()
        self.problem = QLabel()
        self.problem.setProperty("class", "problem")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def say(self, text: str, *, wrong: bool) -> None:
        widget = self.editor.widget
        self.problem.setText(text)
        self.problem.setVisible(bool(text))
        if bool(widget.property("invalid")) != wrong:
            widget.setProperty("invalid", wrong)
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        widget.setAccessibleDescription(text or (_(self.field.help) if self.field.help else ""))
        if text and wrong:
            QAccessible.updateAccessibility(QAccessibleEvent(self.problem, QAccessible.Event.Alert))


class Form(Speaks):
    """Fields in one or two columns. Enter goes on, Ctrl+Enter asks to save; what changed is known and marked.

    Where nothing else is to be filled in after the form, `saves_at_end` lets Enter in its last field ask to save.
    """

    changed = Signal()
    save_requested = Signal()

    def __init__(
        self,
        fields: Sequence[Field],
        *,
        name: str,
        columns: int = 1,
        marks_changes: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.saves_at_end = False
        self._columns = columns
        self._marks_changes = marks_changes
        self._lines: dict[str, _Line] = {}
        self._loaded: dict[str, Any] = {}
        grid = QGridLayout(self)
        spaced(grid, spacing=6)
        place = 0
        before: QWidget | None = None
        for field in fields:
            editor = field.editor()
            line = _Line(field, editor)
            self._lines[field.name] = line
            editor.widget.setObjectName(f"{name}_{field.name}")
            editor.changed.connect(lambda field=field.name: self._on_changed(field))
            for widget in (editor.widget, *editor.widget.findChildren(QWidget)):
                widget.installEventFilter(self)
            line.label.setBuddy(editor.widget)
            width = columns if field.wide else 1
            if place % columns + width > columns:
                place += columns - place % columns
            row, column = place // columns * 2, place % columns * 2
            tall = not isinstance(editor.widget, QLineEdit | QComboBox)
            if field.bare or isinstance(editor, CheckEditor):
                line.label.hide()
            else:
                grid.addWidget(
                    line.label, row, column, Qt.AlignmentFlag.AlignTop if tall else Qt.AlignmentFlag.AlignVCenter
                )
            first = column if field.bare else column + 1
            grid.addWidget(editor.widget, row, first, 1, column + width * 2 - first)
            grid.addWidget(line.problem, row + 1, column + 1, 1, width * 2 - 1)
            place += width
            if before is not None:
                QWidget.setTabOrder(before, editor.widget)
            before = editor.widget
        for column in range(columns):
            grid.setColumnStretch(column * 2 + 1, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        self.retranslate()

    def load(self, values: object) -> None:
        """Show a `…Data` object or a mapping, and forget what was changed."""
        for name, line in self._lines.items():
            value = values.get(name) if isinstance(values, Mapping) else getattr(values, name)
            line.editor.set_value(value)
            line.say("", wrong=False)
        self._loaded = self.values()
        self._mark_changed()

    def put(self, name: str, value: Value) -> None:
        """Fill a field in for the person, as if it had been typed."""
        self._lines[name].editor.set_value(value)
        self._on_changed(name)

    def data(self, kind: type[D], **others: Value) -> D:
        """The `…Data` object typed; `others` are attributes without a field."""
        return kind(**{**others, **self.values()})

    def values(self) -> dict[str, Any]:
        """All values by name."""
        return {name: line.editor.value() for name, line in self._lines.items()}

    def value(self, name: str) -> Value:
        """One value."""
        return self._lines[name].editor.value()

    def editor(self, name: str) -> Editor[Any]:
        """The editor of a field."""
        return self._lines[name].editor

    @property
    def dirty(self) -> bool:
        """Whether anything differs from what was loaded."""
        return bool(self._differences())

    def check(self) -> bool:
        """Mark what cannot be read and what is missing; whether all is well."""
        problems = self.problems()
        self.mark(problems)
        return not problems

    def problems(self) -> list[Problem]:
        """What cannot be read and what is missing."""
        problems = []
        for name, line in self._lines.items():
            text = line.editor.problem()
            if not text and line.field.required and line.editor.value() in (None, "", ()):
                text = _("Please fill in")
            if text:
                problems.append(Problem(name, text))
        return problems

    def named(self, problems: Sequence[Problem]) -> list[Problem]:
        """The problems for a summary: each says which field it is about."""
        return [
            Problem(problem.field, f"{self._name_of(problem.field)}: {_inside(problem.message)}")
            if problem.field in self._lines
            else problem
            for problem in problems
        ]

    def _name_of(self, field: str) -> str:
        return _(self._lines[field].field.label).replace("&", "")

    def mark(self, problems: Sequence[Problem]) -> list[Problem]:
        """Show problems beside their fields, go to the first; those of no field here are returned."""
        by_name: dict[str, list[str]] = {}
        others = []
        for problem in problems:
            if problem.field in self._lines:
                by_name.setdefault(problem.field, []).append(problem.message)
            else:
                others.append(problem)
        first = True
        for name, line in self._lines.items():
            text = "\n".join(by_name.get(name, ()))
            line.say(text or line.editor.warning(), wrong=bool(text))
            if text and first:
                line.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
                first = False
        return others

    def tell(self, notes: Mapping[str, str], *, wrong: Collection[str] = ()) -> None:
        """Show a note beside each of these fields while the person types; those in `wrong` are marked."""
        for name, line in self._lines.items():
            text = line.editor.problem() or notes.get(name, "") or line.editor.warning()
            line.say(text, wrong=name in wrong)

    def show_field(self, name: str, *, shown: bool) -> None:
        """Show a field or let it step aside; what it holds stays."""
        line = self._lines[name]
        line.editor.widget.setVisible(shown)
        line.label.setVisible(shown and not line.field.bare and not isinstance(line.editor, CheckEditor))
        if not shown:
            line.problem.hide()

    def focus_first(self) -> None:
        """Begin typing."""
        for line in self._lines.values():
            line.editor.widget.setFocus(Qt.FocusReason.OtherFocusReason)
            if isinstance(line.editor.widget, QLineEdit):
                line.editor.widget.selectAll()
            return

    def set_enabled(self, *, enabled: bool) -> None:
        """Allow typing or not, e.g. while saving."""
        for line in self._lines.values():
            line.editor.widget.setEnabled(enabled)

    def retranslate(self) -> None:
        """Say labels and help again."""
        for line in self._lines.values():
            words = _(line.field.label)
            line.label.setText(words + " *" if line.field.required else words)
            widget = line.editor.widget
            widget.setAccessibleName(words.replace("&", ""))
            help_text = _(line.field.help) if line.field.help else ""
            widget.setToolTip(help_text)
            if isinstance(widget, QLineEdit) and help_text and not widget.placeholderText():
                widget.setAccessibleDescription(help_text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field or from the last one to saving, Ctrl+Enter saves."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.save_requested.emit()
            return True
        if isinstance(watched, QPlainTextEdit | QPushButton | QToolButton | QTableView):
            return False
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        if self.saves_at_end and isinstance(watched, QWidget) and self._is_last(watched):
            self.save_requested.emit()
        else:
            self.focusNextChild()
        return True

    def _is_last(self, widget: QWidget) -> bool:
        window: QWidget = self.window()
        after: QWidget | None = widget.nextInFocusChain()
        while after is not None and after is not window and not _can_be_reached(after):
            after = after.nextInFocusChain()
        return after is None or after is window or not self.isAncestorOf(after)

    def _differences(self) -> set[str]:
        return {
            name
            for name, line in self._lines.items()
            if line.editor.value() != self._loaded.get(name) or line.editor.problem()
        }

    def _on_changed(self, name: str) -> None:
        line = self._lines[name]
        line.say(line.editor.warning(), wrong=False)
        self._mark_changed()
        self.changed.emit()

    def _mark_changed(self) -> None:
        different = self._differences()
        for name, line in self._lines.items():
            now = name in different and self._marks_changes
            if bool(line.editor.widget.property("changed")) != now:
                line.editor.widget.setProperty("changed", now)
                line.editor.widget.style().unpolish(line.editor.widget)
                line.editor.widget.style().polish(line.editor.widget)


class EditBar(QFrame):
    """Says that something is not saved yet, sums up problems with links to their fields, offers the two ways out."""

    save_requested = Signal()
    discard_requested = Signal()
    jump_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("editBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._problems: Sequence[Problem] = ()
        self._saving = False
        self._dirty = False
        self.text = QLabel()
        self.text.setObjectName("editBarText")
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByKeyboard | Qt.TextInteractionFlag.LinksAccessibleByMouse
        )
        self.text.linkActivated.connect(self.jump_requested)
        self.save, self.discard = QPushButton(), QPushButton()
        self.save.setObjectName("editSave")
        self.save.setProperty("class", "primary")
        self.discard.setObjectName("editDiscard")
        self.save.clicked.connect(self.save_requested)
        self.discard.clicked.connect(self.discard_requested)
        Says(self, lambda _text: self._say(), lambda: "")
        layout = QHBoxLayout(self)
        spaced(layout, margins=(12, 6, 8, 6), spacing=8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.discard)
        layout.addWidget(self.save)

    def show_state(self, *, dirty: bool = True, saving: bool = False, problems: Sequence[Problem] = ()) -> None:
        """While saving nothing can be pressed; problems are summed up."""
        self._dirty, self._saving, self._problems = dirty, saving, problems
        self._say()

    def release(self) -> None:
        """Saving ended: the buttons can be pressed again."""
        self._saving = False
        self._say()

    def _say(self) -> None:
        tone = "near" if self._dirty else ""
        if self._saving:
            self.text.setText(_("Saving…"))
        elif self._problems:
            tone = "poor"
            count = len(self._problems)
            head = ngettext("{count} thing to correct", "{count} things to correct", count).format(count=count)
            links = " · ".join(map(_link, self._problems))
            self.text.setText(f"<b>{escape(head)}:</b> {links}")
        else:
            self.text.setText(_("Changes not saved yet") if self._dirty else _("Nothing changed yet"))
        self.text.setAccessibleName(self.text.text())
        self.save.setText(_("Save"))
        self.save.setAccessibleName(_("Save"))
        self.discard.setText(_("Discard changes") if self._dirty else _("Close"))
        self.discard.setAccessibleName(self.discard.text())
        self.save.setEnabled(not self._saving)
        self.discard.setEnabled(not self._saving)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            for widget in (self, self.text):
                widget.style().unpolish(widget)
                widget.style().polish(widget)


def _can_be_reached(widget: QWidget) -> bool:
    reached = (widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value) != 0
    return reached and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def _inside(words: str) -> str:
    """The usual sentence goes on after a colon; others may begin with a name."""
    return words[:1].lower() + words[1:] if words == _("Please fill in") else words


def _link(problem: Problem) -> str:
    words = escape(problem.message).replace("\n", " ")
    return f'<a href="{escape(problem.field)}">{words}</a>' if problem.field else words
