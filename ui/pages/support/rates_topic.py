"""Base figures with their days, and what holds for the whole commune: both decide who gets how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.entitlement_facts import Fact
from casemgr.domain.permissions import Permission
from casemgr.domain.programmes import Rate
from casemgr.errors import AppError
from casemgr.i18n import N_, _
from casemgr.services import programmes
from casemgr.services.programme_views import rate_words, validity
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.support import programme_forms
from ui.pages.support.keeping import keep_entry, take_out_entry
from ui.pages.support.topic import Topic
from ui.theme import sized, spaced
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence

_SAID: Final = (
    (None, lambda: _("nobody said yet")),
    (True, lambda: _("yes")),
    (False, lambda: _("no")),
)


_RATES: Final = (
    Column[Rate](
        "name", N_("Base figure"), lambda rate: rate.name, 250, hint=lambda rate: f"{rate.name} ({rate.code})"
    ),
    Column[Rate]("value", N_("Value"), rate_words, 128, right=True, code=True),
    Column[Rate]("validity", N_("Applies"), lambda rate: validity(rate.valid_from, rate.valid_to), 190),
    Column[Rate]("law", N_("Legal basis"), lambda rate: rate.law, 190, spare=True),
    Column[Rate](
        "sure",
        N_("How sure"),
        lambda rate: certainty_words(rate.certainty),
        150,
        tone=lambda rate: CERTAINTY_TONES[rate.certainty],
        hint=lambda rate: rate.note,
    ),
)


class RatesTopic(Topic):
    """Enter changes a rate, Insert writes one with its own first day; the facts of the commune stand beside."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("supportRates")
        self._rates: Sequence[Rate] = ()
        self._old: str | None = None
        self._table: Mapping[str, Any] = {}
        self.facts: dict[str, ChoiceBox[bool]] = {}
        self.add, self.edit, self.out = QPushButton(), QPushButton(), QPushButton()
        self.model: RowsModel[int, Rate] = RowsModel(_RATES, lambda ids: [self._rates[each] for each in ids])
        self.table = ListTable(self.model, name="rateTable")
        self.table.opened.connect(lambda _row: self.begin_edit())
        Says(self.table, self.table.setAccessibleName, lambda: _("Rates with their days"))
        self.card = VerbCard(
            lambda: _("Base figure"), lambda: _("Keep the rate"), programme_forms.rate_fields(), self._keep, name="rate"
        )
        self.card.hide()
        self.card.done.connect(self._on_done)
        self.card.closed.connect(self._close)
        self.commune = Card(lambda: _("What holds for the whole commune"), margin=10)
        self.hint = sentence("communeHint", "soft")
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        top.addStretch()
        for button, name, picture, act in (
            (self.out, "rateOut", "trash", self.take_out),
            (self.edit, "rateEdit", "pencil-simple", self.begin_edit),
            (self.add, "rateAdd", "plus", self.begin_new),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
            top.addWidget(button)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        spaced(self._grid, spacing=6)
        self._grid.setColumnStretch(0, 1)
        self.commune.add(self.hint)
        self.commune.add(inside)
        stacked = QWidget()
        side = QVBoxLayout(stacked)
        spaced(side, spacing=8)
        side.addWidget(self.card)
        side.addWidget(self.commune)
        side.addStretch(1)
        area = QScrollArea()
        area.setObjectName("rateSide")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(stacked)
        sized(area, width=380)
        left = QVBoxLayout()
        spaced(left, spacing=8)
        left.addLayout(top)
        left.addWidget(self.table, 1)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=10)
        layout.addLayout(left, 1)
        layout.addWidget(area)

    def refresh(self) -> None:
        """Read rates and facts again; what is being typed stays."""
        read = self.desk.workspace.read
        found = read(programmes.catalogue)
        row = self.table.current()
        kept = self._rates[row].key if 0 <= row < len(self._rates) else ""
        self._rates = sorted(found.rates, key=_order)
        self.model.set_ids(range(len(self._rates)))
        keys = [rate.key for rate in self._rates]
        self.table.go(keys.index(kept) if kept in keys else 0)
        said = read(programmes.commune_facts)
        for code, value in said.items():
            if code not in self.facts:
                self._add_fact(found.facts[code])
            self.facts[code].set_value(value)
        may = self.desk.may(Permission.SETTINGS)
        for widget in (self.add, self.edit, self.out, *self.facts.values()):
            widget.setEnabled(may)

    @property
    def current(self) -> Rate | None:
        """The rate one is on."""
        row = self.table.current()
        return self._rates[row] if 0 <= row < len(self._rates) else None

    def begin_new(self) -> None:
        """A rate from a new day on, made from the one on show."""
        rate = self.current
        if rate is None or not self.add.isEnabled():
            return
        self._old, self._table = None, self._content(rate)
        values = programme_forms.rate_values(self._table)
        self.card.begin(values | {"valid_from": None, "valid_to": None, "value": None, "law": "", "certainty": "V"})

    def begin_edit(self) -> None:
        """Change the rate one is on, or give it a last day."""
        rate = self.current
        if rate is None or not self.edit.isEnabled():
            return
        self._old, self._table = rate.key, self._content(rate)
        self.card.begin(programme_forms.rate_values(self._table))

    def take_out(self) -> None:
        """Take the rate out."""
        rate = self.current
        if rate is not None and self.out.isEnabled():
            found = self.desk.workspace.read(programmes.catalogue)
            job, done = take_out_entry(self.desk, found, "rate", rate.key)
            job.succeeded.connect(lambda _nothing: self.said.emit(done))
            job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Insert writes a rate."""
        if event.key() == Qt.Key.Key_Insert:
            self.begin_new()
        else:
            super().keyPressEvent(event)

    def _content(self, rate: Rate) -> Mapping[str, Any]:
        return self.desk.workspace.read(programmes.content, "rate", rate.key)

    def _keep(self, values: Mapping[str, Any]) -> Job:
        make = partial(programme_forms.rate_table, self._table)
        return keep_entry(self.desk, "rate", make, values, replaces=self._old)

    def _on_done(self) -> None:
        self._close()
        self.refresh()

    def _close(self) -> None:
        self.card.hide()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_fact(self, fact: Fact) -> None:
        label, box = QLabel(), ChoiceBox[bool]()
        label.setWordWrap(True)
        box.setObjectName(f"commune_{fact.code}")
        box.set_choices(_SAID)
        words = partial(_fact_words, fact)
        Says(label, label.setText, words)
        Says(box, box.setAccessibleName, words)
        label.setBuddy(box)
        box.chosen.connect(partial(self._on_fact, fact.code))
        sized(box, width=130)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(box, row, 1)
        self.facts[fact.code] = box

    def _on_fact(self, code: str) -> None:
        job = self.desk.write(programmes.keep_commune_facts, {code: self.facts[code].value()})
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))

    def retranslate(self) -> None:
        """Say the words again."""
        self.hint.setText(_("Programmes ask for these once for all households; each answer is saved at once."))
        for button, words in ((self.add, _("New rate…")), (self.edit, _("Change…")), (self.out, _("Remove"))):
            button.setText(words)
            button.setAccessibleName(words)


def _order(rate: Rate) -> tuple[str, int]:
    """By name, the newest of each first."""
    return rate.name, -rate.valid_from.toordinal() if rate.valid_from else 0


def _fact_words(fact: Fact) -> str:
    return fact.label[:1].upper() + fact.label[1:]
