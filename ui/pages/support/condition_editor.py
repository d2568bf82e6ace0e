"""Who is meant by a rule, put together part by part: a tree, what each part asks, the whole as a sentence, a trial."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from casemgr.domain.condition_drafts import (
    JOINT_LABELS,
    Draft,
    Joint,
    Path,
    draft,
    fact_draft,
    fitting,
    misplaced,
    part_words,
    sentence,
    understood,
)
from casemgr.domain.support import Unit
from casemgr.i18n import _
from ui.editors import Editor, labelled
from ui.icons import icon
from ui.pages.support.fact_asking import FactAsking
from ui.pages.support.trial_box import TrialBox
from ui.theme import sized, spaced, theme
from ui.translation import Says, Speaks
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.sentences import sentence as sentence_label

if TYPE_CHECKING:
    from casemgr.domain.programmes import Catalogue
    from ui.desk import Desk

_PATH: Final = Qt.ItemDataRole.UserRole
_LINE, _FEWEST, _MOST = 26, 3, 9
"""Height of a line of the tree, and how many are seen at once."""


class _Tree(QTreeWidget):
    """Insert adds, Delete takes out, Ctrl+Up and Ctrl+Down move."""

    asked = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the buttons below."""
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        wish = {
            (Qt.Key.Key_Insert, False): "add",
            (Qt.Key.Key_Delete, False): "drop",
            (Qt.Key.Key_Up, True): "up",
            (Qt.Key.Key_Down, True): "down",
        }.get((Qt.Key(event.key()), held))
        if wish is None:
            super().keyPressEvent(event)
        else:
            self.asked.emit(wish)


class ConditionBuilder(Speaks):
    """`changed` when the person changed the condition; `path` leads to the part one is on."""

    changed = Signal()

    def __init__(self, desk: Desk, found: Catalogue, unit: Unit, name: str, *, uncertain: Callable[[], bool]) -> None:
        super().__init__()
        self._found, self._unit = found, unit
        self._facts = fitting(found.facts, of_person=True)
        self.draft: Draft | None = None
        self.path: Path = ()
        self.tree = _Tree()
        self.tree.setObjectName(f"{name}Tree")
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(True)
        self.tree.setWordWrap(True)
        self.tree.setProperty("class", "framed")
        self.tree.currentItemChanged.connect(self._on_current)
        self.tree.asked.connect(lambda wish: self._buttons[wish].click())
        self.asking = FactAsking(found, f"{name}Asking")
        self.asking.changed.connect(self._on_asked)
        self.joint: ChoiceBox[Joint] = ChoiceBox()
        self.joint.setObjectName(f"{name}Joint")
        self.joint.set_choices([one for one in labelled(JOINT_LABELS) if one[0] is not Joint.FACT])
        self.joint.chosen.connect(self._on_joint)
        self.words = sentence_label(f"{name}Sentence", "strong")
        self.wrong = sentence_label(f"{name}Wrong", "problem")
        self.trial = TrialBox(desk, unit, name, uncertain=uncertain)
        self._buttons: dict[str, QPushButton] = {}
        for key, picture, act in (
            ("add", "plus", self.add_fact),
            ("all", "list-numbers", lambda: self.wrap(Joint.ALL)),
            ("any", "list-numbers", lambda: self.wrap(Joint.ANY)),
            ("not", "x", lambda: self.wrap(Joint.NOT)),
            ("member", "users-three", lambda: self.wrap(Joint.MEMBER)),
            ("unwrap", "arrow-counter-clockwise", self.unwrap),
            ("up", "caret-up", lambda: self.shift(-1)),
            ("down", "caret-down", lambda: self.shift(1)),
            ("drop", "trash", self.drop),
        ):
            button = QPushButton()
            button.setObjectName(f"{name}_{key}")
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons[key] = button
        self._lay_out()
        Says(self.tree, self.tree.setAccessibleName, lambda: _("Parts of the condition"))
        Says(self.joint, self.joint.setAccessibleName, lambda: _("How the parts below are joined"))
        self.setFocusProxy(self.tree)
        self.retranslate()
        self.show_condition(None)

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            spaced(column, spacing=6)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        spaced(flow, spacing=4)
        for button in self._buttons.values():
            flow.addWidget(button)
        for widget in (self.tree, self.asking, self.joint, buttons):
            left.addWidget(widget)
        left.addStretch(1)
        for one in (self.words, self.wrong, self.trial):
            right.addWidget(one)
        right.addStretch(1)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=12)
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)

    # ---- what it holds

    @property
    def table(self) -> dict[str, Any] | None:
        """As the catalogue keeps it; None: everybody."""
        return None if self.draft is None else self.draft.table()

    def show_condition(self, table: Mapping[str, Any] | None) -> None:
        """Show the condition of a rule."""
        self.draft, self.path = draft(table), ()
        self._draw()

    def problem(self) -> str:
        """What does not fit yet."""
        _condition, problems = understood(self.draft, self._found.facts)
        return "\n".join(
            dict.fromkeys(problem.message.removeprefix(f"{problem.field}: ").capitalize() for problem in problems)
        )

    def warning(self) -> str:
        """Facts of a person a rule of a household cannot ask just so."""
        labels = misplaced(self.draft, self._found.facts) if self._unit is not Unit.PERSON else ()
        if not labels:
            return ""
        return _("Put inside “somebody in the household”, or nobody can answer it: {facts}.").format(
            facts=", ".join(labels)
        )

    # ---- changing

    def add_fact(self) -> None:
        """A fact more, beside the part one is on or inside it."""
        part = fact_draft(self._facts[0])
        if self.draft is None:
            self._set(part, ())
        else:
            self._set(*self.draft.add(self.path, part))
        self.asking.fact.setFocus(Qt.FocusReason.OtherFocusReason)

    def wrap(self, joint: Joint) -> None:
        """Put the part one is on inside a joint."""
        if self.draft is not None:
            self._set(self.draft.wrap(self.path, joint), self.path)

    def unwrap(self) -> None:
        """The only part of a joint takes its place."""
        if self.draft is not None:
            self._set(self.draft.unwrap(self.path), self.path)

    def shift(self, step: int) -> None:
        """The part one is on goes up or down among those beside it."""
        if self.draft is not None:
            self._set(*self.draft.move(self.path, step))

    def drop(self) -> None:
        """Take the part one is on out."""
        if self.draft is not None:
            self._set(self.draft.drop(self.path), self.path)

    def go(self, path: Path) -> None:
        """Be on a part."""
        item = self._items.get(path)
        if item is not None:
            self.tree.setCurrentItem(item)

    def _set(self, whole: Draft | None, path: Path) -> None:
        self.draft, self.path = whole, path
        while self.path and not _leads(whole, self.path):
            self.path = self.path[:-1]
        self._draw()
        self.changed.emit()

    def _on_asked(self, part: Draft) -> None:
        if self.draft is not None:
            other = part.fact != self.draft.at(self.path).fact
            self.draft = self.draft.put(self.path, part)
            self._items[self.path].setText(0, part_words(part, self._found.facts))
            if other:
                self._show_part()
            self._say()
            self.changed.emit()

    def _on_joint(self) -> None:
        joint = self.joint.value()
        if self.draft is None or joint is None:
            return
        here = self.draft.at(self.path)
        single = joint in (Joint.NOT, Joint.MEMBER) and len(here.parts) > 1
        parts = (Draft(here.joint, here.parts),) if single else here.parts
        self._set(self.draft.put(self.path, Draft(joint, parts)), self.path)

    # ---- showing

    def _draw(self) -> None:
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items: dict[Path, QTreeWidgetItem] = {}
        top = QTreeWidgetItem([_("Everybody")]) if self.draft is None else self._item(self.draft, ())
        self.tree.addTopLevelItem(top)
        self.tree.expandAll()
        self.tree.setCurrentItem(self._items.get(self.path) or top)
        self.tree.blockSignals(False)
        lines = max(_FEWEST, min(_MOST, len(self._items)))
        sized(self.tree, height=_LINE * lines + 8)
        self._show_part()
        self._say()

    def _item(self, part: Draft, path: Path) -> QTreeWidgetItem:
        item = QTreeWidgetItem([part_words(part, self._found.facts)])
        item.setData(0, _PATH, list(path))
        item.setSizeHint(0, QSize(0, theme().px(_LINE)))
        self._items[path] = item
        for place, below in enumerate(part.parts):
            item.addChild(self._item(below, (*path, place)))
        return item

    def _on_current(self, item: QTreeWidgetItem | None) -> None:
        held = None if item is None else item.data(0, _PATH)
        self.path = tuple(held or ())
        self._show_part()

    def _show_part(self) -> None:
        part = None if self.draft is None else self.draft.at(self.path)
        is_fact = part is not None and part.joint is Joint.FACT
        self.asking.setVisible(is_fact)
        self.joint.setVisible(part is not None and not is_fact)
        if part is not None and is_fact:
            self.asking.show_draft(part, self._facts)
        elif part is not None:
            self.joint.set_value(part.joint)
        above = self.draft.at(self.path[:-1]) if self.draft is not None and self.path else None
        for key, button in self._buttons.items():
            button.setEnabled(key == "add" or part is not None)
        self._buttons["up"].setEnabled(above is not None and self.path[-1] > 0)
        self._buttons["down"].setEnabled(above is not None and self.path[-1] < len(above.parts) - 1)
        self._buttons["unwrap"].setEnabled(part is not None and not is_fact and len(part.parts) == 1)

    def _say(self) -> None:
        condition, _problems = understood(self.draft, self._found.facts)
        problem = self.problem()
        self.wrong.setText(problem or self.warning())
        self.wrong.setVisible(bool(self.wrong.text()))
        if not problem:
            self.words.setText(_("For whom: {condition}").format(condition=sentence(condition, self._found.facts)))
            self.words.setAccessibleName(self.words.text())
        self.trial.try_on(None if problem else (self.table,))

    def retranslate(self) -> None:
        """Say the words again."""
        for key, words in (
            ("add", _("Add a fact")),
            ("all", _("All of…")),
            ("any", _("Any of…")),
            ("not", _("Not…")),
            ("member", _("A member…")),
            ("unwrap", _("Without the frame")),
            ("up", _("Up")),
            ("down", _("Down")),
            ("drop", _("Take out")),
        ):
            self._buttons[key].setText(words)
            self._buttons[key].setAccessibleName(words)
        self._draw() if hasattr(self, "_items") else None


class ConditionEditor(Editor[QWidget]):
    """Holds the plain table of a condition; with `folded`, the words of a button, it opens when asked."""

    def __init__(
        self,
        desk: Desk,
        found: Catalogue,
        unit: Unit,
        name: str,
        *,
        folded: Callable[[], str] | None = None,
        uncertain: Callable[[], bool] = lambda: False,
    ) -> None:
        self.builder = ConditionBuilder(desk, found, unit, name, uncertain=uncertain)
        self.fold = QPushButton()
        self.fold.setObjectName(f"{name}Fold")
        widget = QWidget()
        super().__init__(widget)
        layout = QVBoxLayout(widget)
        spaced(layout, spacing=6)
        layout.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.builder)
        for say in (self.fold.setText, self.fold.setAccessibleName):
            Says(self.fold, say, folded or str)
        self._folded = folded is not None
        self.fold.clicked.connect(lambda: self._show(folded=False))
        self.builder.changed.connect(self.changed)
        widget.setFocusProxy(self.fold if self._folded else self.builder)
        self._show(folded=self._folded)

    def value(self) -> dict[str, Any] | None:
        """As the catalogue keeps it."""
        return self.builder.table

    def set_value(self, value: Mapping[str, Any] | None) -> None:
        """Show a condition."""
        form = self.widget.parentWidget()
        if form is not None:
            self.builder.trial.who.box.removeEventFilter(form)  # Enter chooses a hit here
        self.builder.show_condition(value)
        self._show(folded=self._folded and not value)

    def problem(self) -> str:
        """What does not fit yet."""
        return self.builder.problem()

    def warning(self) -> str:
        """What nobody could answer."""
        return self.builder.warning()

    def _show(self, *, folded: bool) -> None:
        self.fold.setHidden(not folded)
        self.builder.setHidden(folded)
        if not folded and self.fold.hasFocus():
            self.builder.tree.setFocus(Qt.FocusReason.OtherFocusReason)


def _leads(whole: Draft | None, path: Path) -> bool:
    for place in path:
        if whole is None or place >= len(whole.parts):
            return False
        whole = whole.parts[place]
    return whole is not None
