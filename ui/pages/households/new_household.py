"""A new household: address, people in a grid, and who of them may be on file already."""

from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.households import HouseholdData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.services import households, offices, people
from casemgr.services.people import PersonMatch
from ui.desk import Desk
from ui.form_pane import ask_about_changes
from ui.forms import EditBar, Form
from ui.icons import icon
from ui.pages.households.fields import household_fields
from ui.pages.households.members_grid import DraftsModel, MembersGrid
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card

_PAUSE_MS = 200


class MatchesCard(Card):
    """People on file who look like those being typed, each a link to the household."""

    open_requested = Signal(UUID)

    def __init__(self) -> None:
        super().__init__(lambda: _("Already on file?"), margin=10)
        self.setObjectName("nearMatches")
        self._buttons: list[QPushButton] = []
        self.hide()

    def show_matches(self, matches: list[PersonMatch]) -> None:
        """Show them; nothing hides the card."""
        for button in self._buttons:
            self.body.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, match in enumerate(matches):
            button = QPushButton()
            button.setObjectName(f"nearMatch{number}")
            button.setProperty("class", "flat")
            button.setIcon(
                icon("identification-card" if match.certain else "user", "poor" if match.certain else "soft")
            )
            words = " · ".join(
                filter(
                    None,
                    (match.full_name, match.birth.text if match.birth else "", match.id_number or "", match.household),
                )
            )
            text = _("{person}: same identity number").format(person=words) if match.certain else words
            button.setText(text)
            button.setAccessibleName(text)
            button.setEnabled(match.household_id is not None)
            if match.household_id is not None:
                button.clicked.connect(lambda _checked=False, where=match.household_id: self.open_requested.emit(where))
            self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._buttons.append(button)
        self.setVisible(bool(matches))


class NewHousehold(Speaks):
    """Typing, checking, saving; `opened` carries the new household."""

    opened = Signal(UUID)
    closed = Signal()
    open_requested = Signal(UUID)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("newHousehold")
        self._desk = desk
        self._saving = False
        self.title = QLabel()
        self.title.setProperty("class", "h1")
        self.form = Form(
            household_fields(desk.workspace.read(offices.hamlets, active_only=True)), name="newData", columns=2
        )
        self.form.saves_at_end = True
        self.drafts = DraftsModel()
        self.grid = MembersGrid(self.drafts)
        self.matches = MatchesCard()
        self.matches.open_requested.connect(self.open_requested)
        self.bar = EditBar()
        members = Card(lambda: _("Members"), margin=10)
        self.hint = QLabel()
        self.hint.setProperty("class", "small")
        self.hint.setWordWrap(True)
        members.add(self.grid, 1)
        members.add(self.hint)
        where = Card(lambda: _("Address and attributes"), margin=10)
        where.add(self.form)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=8)
        column.addWidget(self.matches)
        column.addWidget(members, 1)
        column.addWidget(where)
        area = QScrollArea()
        area.setObjectName("newArea")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(6, 12, 14, 10), spacing=8)
        layout.addWidget(self.title)
        layout.addWidget(area, 1)
        layout.addWidget(self.bar)
        QWidget.setTabOrder(self.grid, self.form)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._look)
        self.drafts.changed.connect(self._on_changed)
        self.form.changed.connect(self._on_changed)
        self.grid.passed.connect(self.form.focus_first)
        self.form.save_requested.connect(self.save)
        self.bar.jump_requested.connect(lambda field: self.form.editor(field).widget.setFocus())
        self.bar.save_requested.connect(self.save)
        self.bar.discard_requested.connect(self.closed)
        self.retranslate()

    def begin(self) -> None:
        """An empty household; the hamlet of the one before is offered again."""
        hamlet = self.form.value("hamlet_id")
        self.drafts.clear()
        self.form.load(HouseholdData(hamlet_id=hamlet))
        self.matches.show_matches([])
        self.bar.hide()
        self.grid.begin()

    @property
    def dirty(self) -> bool:
        """Whether something was typed."""
        return bool(self.drafts.used()) or self.form.dirty

    def save(self) -> None:
        """Open the household unless something cannot be read."""
        if self._saving:
            return
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)  # closes an open cell, which keeps its text
        said = self.drafts.check()
        if not self.form.check() or said:
            lines = [Problem("", words) for words in said]
            self.bar.show_state(problems=[*lines, *self.form.named(self.form.problems())])
            self.bar.show()
            return
        self._saving = True
        self.bar.show_state(saving=True)
        self.bar.show()
        job = self._desk.write(households.open_household, self.form.data(HouseholdData), self.drafts.members())
        job.succeeded.connect(self._on_saved)
        job.catch(ValidationError, self._on_invalid)
        job.finished.connect(self._on_finished)

    def may_leave(self) -> bool:
        """Asks when something was typed; saving here is done before leaving, not while leaving."""
        if not self.dirty:
            return True
        answer = ask_about_changes(self)
        if answer == "save":
            self.save()
        return answer == "discard"

    def retranslate(self) -> None:
        """Say the words again."""
        self.title.setText(_("New household"))
        self.hint.setText(
            _("The first line is the head of household. Enter goes to the next cell, Ctrl+Delete takes a line away.")
        )
        self.grid.setAccessibleName(_("Members of the new household"))
        last = len(self.drafts.lines) - 1
        self.drafts.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, 4)
        self.drafts.dataChanged.emit(self.drafts.index(0, 0), self.drafts.index(last, 4))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves, asking only when something was typed."""
        if event.key() == Qt.Key.Key_Escape:
            if self.may_leave():
                self.closed.emit()
            return
        super().keyPressEvent(event)

    def _on_changed(self) -> None:
        self.bar.setVisible(self.dirty)
        self.bar.show_state()
        self._delay.start()

    def _look(self) -> None:
        """Search before create: the same name and birth year, or the same number."""
        found: dict[UUID, PersonMatch] = {}
        for line in self.drafts.used():
            for match in self._desk.workspace.read(people.near_matches, self.drafts.person(line), limit=3):
                found.setdefault(match.person_id, match)
        self.matches.show_matches(list(found.values())[:5])

    def _on_saved(self, household: UUID) -> None:
        self.drafts.clear()
        self.form.load(self.form.values())
        self.opened.emit(household)

    def _on_invalid(self, error: ValidationError) -> None:
        others = self.form.mark(error.problems)
        self.bar.show_state(problems=others or self.form.named(error.problems))

    def _on_finished(self) -> None:
        self._saving = False
        self.bar.release()
