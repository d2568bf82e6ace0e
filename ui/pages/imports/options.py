"""Decisions about the whole list: year, decision, class, questions of the reader, people on file, new hamlets."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.imports import Question
from casemgr.domain.offices import DecisionData, HamletView
from casemgr.errors import Problem
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.services.imports import ImportChoices
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NumberEditor, labelled
from ui.forms import Field, Form
from ui.pages.imports.known_people import CHOICES
from ui.pages.imports.reading import Reading
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox

FIRST_YEAR: Final = 1993
_PAUSE_MS: Final = 400


def _as_written() -> str:
    return _("as the list says")


class Options(Speaks):
    """Shows what was decided, tells what is decided anew."""

    decided = Signal(object)
    """ImportChoices"""
    answered = Signal(object)
    """The keys of the questions answered with yes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importOptions")
        self._reading: Reading | None = None
        self._hamlets: Sequence[HamletView] = ()
        self._seen: dict[str, tuple[str, int]] = {}
        self._boxes: list[QWidget] = []
        self.form = Form(
            (
                Field(
                    "year",
                    N_("&Year of the classes"),
                    partial(NumberEditor, least=FIRST_YEAR, most=2200),
                    required=True,
                ),
                Field("number", N_("&Decision number"), LineEditor),
                Field("signed_on", N_("Si&gned on"), DayEditor),
                Field("value", N_("&Class"), lambda: ChoiceEditor(labelled(CLASS_SHORT_LABELS), nothing=_as_written)),
            ),
            name="importOption",
        )
        self.hint = QLabel()
        self.hint.setProperty("class", "small")
        self.hint.setWordWrap(True)
        self.whole = Card(lambda: _("For the whole list"), margin=10)
        self.whole.add(self.form)
        self.whole.add(self.hint)
        self.questions = Card(lambda: _("Only you know"), margin=10)
        self.questions.setObjectName("importQuestions")
        self.people = Card(lambda: _("People already on file"), margin=10)
        self.people.setObjectName("importKnown")
        self.default: ChoiceBox[str] = ChoiceBox()
        self.default.setObjectName("importKnownDefault")
        self.default.set_choices(
            [("", _ask_each), *((each.value, partial(_, words)) for each, words in CHOICES.items())]
        )
        self.default.chosen.connect(self._decide)
        self.people_text = QLabel()
        self.people_text.setWordWrap(True)
        self.people.add(self.people_text)
        self.people.add(self.default)
        self.unreadable = QCheckBox()
        self.unreadable.setObjectName("importKeepUnreadable")
        self.unreadable.clicked.connect(lambda _checked=False: self._decide())
        self.unread = Card(lambda: _("Cells that could not be read"), margin=10)
        self.unread.setObjectName("importUnread")
        self.unread_text = QLabel()
        self.unread_text.setWordWrap(True)
        self.unread.add(self.unread_text)
        self.unread.add(self.unreadable)
        self.places = Card(lambda: _("Hamlets not on file"), margin=10)
        self.places.setObjectName("importHamlets")
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, margins=(0, 0, 6, 0), spacing=8)
        for card in (self.questions, self.people, self.unread, self.places, self.whole):
            column.addWidget(card)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("importOptionArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        layout = QVBoxLayout(self)
        spaced(layout)
        layout.addWidget(area)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._decide)
        self.form.changed.connect(self._delay.start)
        self.retranslate()

    # ---- what the pane uses

    def begin(self, reading: Reading, hamlets: Sequence[HamletView]) -> None:
        """Start with a list just read."""
        self._seen = {}
        decision = next((one for one in reading.imported.households if one.decision_number), None)
        self.form.load({"year": reading.plan.year, "number": "", "signed_on": None, "value": None})
        self.form.editor("number").widget.setPlaceholderText(decision.decision_number if decision else "")
        self.default.set_value("")
        self.unreadable.setChecked(False)
        self.show_reading(reading, hamlets)

    def show_reading(self, reading: Reading, hamlets: Sequence[HamletView]) -> None:
        """Show what the list asks for now."""
        self._reading, self._hamlets = reading, hamlets
        for box in self._boxes:
            box.hide()
            box.deleteLater()
        self._boxes = []
        self._show_questions(reading.imported.questions)
        self._show_hamlets(reading)
        certain = sum(one.certain for household in reading.plan.households for one in household.known)
        self.people.setVisible(bool(certain))
        self.people_text.setText(
            ngettext(
                "{count} person has an identity number that is on file.",
                "{count} people have identity numbers that are on file.",
                certain,
            ).format(count=format_number(certain))
        )
        blocked = sum("unreadable" in household.blocks for household in reading.plan.households)
        self.unread.setVisible(bool(blocked) or reading.choices.keep_unreadable)
        self.unread_text.setText(
            ngettext(
                "{count} household is held back by a cell that could not be read.",
                "{count} households are held back by cells that could not be read.",
                blocked,
            ).format(count=format_number(blocked))
        )
        unclassed = sum(one.value is None for one in reading.imported.households)
        self.hint.setText(
            ngettext(
                "The list names no class for {count} household.",
                "The list names no class for {count} households.",
                unclassed,
            ).format(count=format_number(unclassed))
        )
        self.hint.setVisible(bool(unclassed))

    def mark(self, problems: Sequence[Problem]) -> Sequence[Problem]:
        """Show problems beside their fields; those of no field here are returned."""
        return self.form.mark(problems)

    def settle(self) -> bool:
        """Take over what was typed last; whether the fields can be read."""
        if self._delay.isActive():
            self._delay.stop()
            self._decide()
        return self.form.check()

    @property
    def pending(self) -> bool:
        """Whether something was typed that is not planned yet."""
        return self._delay.isActive()

    def retranslate(self) -> None:
        """Say the words again."""
        self.default.setAccessibleName(_("What to do with people already on file"))
        self.unreadable.setText(_("Import them all the same"))
        self.unreadable.setAccessibleName(self.unreadable.text())
        self.unreadable.setToolTip(_("The cell stays empty and what is written in it goes into the notes."))
        if self._reading is not None:
            self.show_reading(self._reading, self._hamlets)

    # ---- inside

    def _show_questions(self, questions: Sequence[Question]) -> None:
        self.questions.setVisible(bool(questions))
        for number, question in enumerate(questions):
            text, box = QLabel(question.message), QCheckBox(_("Yes"))
            text.setWordWrap(True)
            box.setObjectName(f"importQuestion{number}")
            box.setAccessibleName(question.message)
            box.setProperty("key", question.key)
            box.setChecked(question.answered)
            box.clicked.connect(lambda _checked=False: self._on_answer())
            for widget in (text, box):
                self.questions.add(widget)
                self._boxes.append(widget)

    def _show_hamlets(self, reading: Reading) -> None:
        for one in reading.plan.hamlets:
            self._seen[one.key] = (one.data.full_name, one.households)
        self.places.setVisible(bool(self._seen))
        for number, (key, (name, count)) in enumerate(self._seen.items()):
            words = ngettext("{name}: {count} household", "{name}: {count} households", count)
            text = QLabel(words.format(name=name, count=format_number(count)))
            text.setWordWrap(True)
            box: ChoiceBox[UUID] = ChoiceBox()
            box.setObjectName(f"importHamlet{number}")
            box.setAccessibleName(_("Where {name} belongs").format(name=name))
            box.set_choices(
                [
                    (None, partial(_add_words, name)),
                    *((view.id, partial(_same_words, view.data.full_name)) for view in self._hamlets),
                ]
            )
            box.set_value(reading.choices.hamlets.get(key))
            box.chosen.connect(partial(self._on_hamlet, key, box))
            for widget in (text, box):
                self.places.add(widget)
                self._boxes.append(widget)

    def _on_hamlet(self, key: str, box: ChoiceBox[UUID]) -> None:
        reading, chosen = self._reading, box.value()
        if reading is not None:
            kept: Mapping[str, UUID] = {name: one for name, one in reading.choices.hamlets.items() if name != key}
            hamlets = kept if chosen is None else {**kept, key: chosen}
            self.decided.emit(replace(self._choices(reading.choices), hamlets=hamlets))

    def _on_answer(self) -> None:
        boxes = self.questions.findChildren(QCheckBox)
        self.answered.emit(
            frozenset(str(box.property("key")) for box in boxes if box.isChecked() and not box.isHidden())
        )

    def _decide(self) -> None:
        reading = self._reading
        if reading is not None and not self.form.problems():
            self.decided.emit(self._choices(reading.choices))

    def _choices(self, now: ImportChoices) -> ImportChoices:
        values = self.form.values()
        number, year = str(values["number"] or ""), values["year"]
        decision = DecisionData(number, values["signed_on"], year or 0) if number and year else None
        return replace(
            now,
            year=year,
            value=values["value"],
            decision=decision,
            known_default=self.default.value() or None,
            keep_unreadable=self.unreadable.isChecked(),
        )


def _ask_each() -> str:
    return _("ask for each of them")


def _add_words(name: str) -> str:
    return _("Add {name}").format(name=name)


def _same_words(name: str) -> str:
    return _("It is {name}").format(name=name)
