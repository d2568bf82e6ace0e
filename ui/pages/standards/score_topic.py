"""The B1 point table: the zone of the commune, what is loaded, and the official table from a spreadsheet."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from casemgr.domain.packs import Pack, ScoreItem, ScoreTable
from casemgr.domain.permissions import Permission
from casemgr.errors import AppError
from casemgr.i18n import _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import packs, score_tables
from ui.desk import Desk
from ui.icons import icon
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.standards.score_columns import score_columns, zone_words
from ui.pages.standards.told import RefusedPane
from ui.pages.standards.topic import Topic
from ui.theme import sized, spaced
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.widgets.badge import Badge
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_choice import ask_file
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import sentence

SHEETS: Final = (".xlsx", ".xlsm", ".xls", ".csv")
"""Endings of the tables it reads."""


class ScoreTopic(Topic):
    """A table that was read is shown whole before it is used."""

    kinds = SHEETS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("standardsScores")
        self._packs: dict[str, Pack] = {}
        self._path = Path()
        self._job: Job | None = None
        self._read_table: ScoreTable | None = None
        self._table: ListTable | None = None
        self._shown: ScoreTable | None = None
        self.pack: ChoiceBox[str] = ChoiceBox()
        self.zone: ChoiceBox[str] = ChoiceBox()
        self.add, self.leave, self.use = QPushButton(), QPushButton(), QPushButton()
        self.sure = Badge()
        self.state = sentence("scoreState", "strong")
        self.note = sentence("scoreNote", "small")
        self.nothing = EmptyState(
            "table",
            lambda: _("No point table is loaded"),
            lambda: _(
                "The official table is not in this program. Until it is loaded the total B1 is typed by hand from the "
                "paper sheet; class and reason are worked out from it all the same."
            ),
            (lambda: _("Load the table from Excel…"),),
        )
        self.pointless = EmptyState(
            "table",
            lambda: _("No standard works with points"),
            lambda: _("Points come back as soon as a standard with cut-offs in points is accepted."),
        )
        self.refused = RefusedPane("score")
        self._name_parts()
        self._lay_out()
        self.retranslate()
        self.refresh()

    def _name_parts(self) -> None:
        for widget, name in (
            (self.pack, "scorePack"),
            (self.zone, "scoreZone"),
            (self.add, "scoreAdd"),
            (self.leave, "scoreLeave"),
            (self.use, "scoreUse"),
            (self.sure, "scoreSure"),
            (self.nothing, "scoreNothing"),
        ):
            widget.setObjectName(name)
        self.use.setProperty("class", "primary")
        self.add.setIcon(icon("file-arrow-down"))
        self.pack.chosen.connect(self._on_pack)
        self.zone.chosen.connect(self._on_zone)
        self.add.clicked.connect(self.choose)
        self.leave.clicked.connect(self._on_leave)
        self.use.clicked.connect(self.accept)
        self.nothing.chosen.connect(lambda _number: self.choose())
        self.refused.closed.connect(self._on_leave)
        self.refused.another_requested.connect(self.choose)
        self.refused.again_requested.connect(lambda: self.take(self._path))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        spaced(top, spacing=8)
        for words, box, width in (
            (lambda: _("&Standard"), self.pack, 130),
            (lambda: _("&Zone of the commune"), self.zone, 330),
        ):
            label = QLabel()
            label.setBuddy(box)
            Says(label, label.setText, words)
            sized(box, width=width)
            top.addWidget(label)
            top.addWidget(box)
        top.addStretch()
        top.addWidget(self.add)
        state = QHBoxLayout()
        spaced(state, spacing=8)
        state.addWidget(self.sure, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self.state, 1)
        state.addWidget(self.leave)
        state.addWidget(self.use)
        self.lines = QWidget()
        self._lines = QVBoxLayout(self.lines)
        spaced(self._lines)
        self.stack = QStackedWidget()
        for pane in (self.nothing, self.pointless, self.lines, self.refused):
            self.stack.addWidget(pane)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(top)
        layout.addLayout(state)
        layout.addWidget(self.note)
        layout.addWidget(self.stack, 1)

    # ---- what is loaded

    def refresh(self) -> None:
        """Read again; a table that is being looked at stays."""
        views = self.desk.workspace.read(packs.packs)
        self._packs = {view.pack.id: view.pack for view in views if view.pack.score_table is not None}
        self.pack.set_choices([(one.id, one.id.__str__) for one in self._packs.values()])
        if self.pack.value() is None and self._packs:
            today = self.desk.workspace.now.astimezone().date()
            usual = next((one.id for one in self._packs.values() if one.covers(today)), next(iter(self._packs)))
            self.pack.set_value(usual)
        zones = self.standard.score_table.zones if self.standard and self.standard.score_table else {}
        self.zone.set_choices([(code, zone_words(code, name).__str__) for code, name in zones.items()])
        self.zone.set_value(self.desk.workspace.read(score_tables.zone))
        may = self.desk.may(Permission.SETTINGS)
        for widget in (self.zone, self.add):
            widget.setEnabled(may and bool(self._packs))
        if self._read_table is None and self.stack.currentWidget() is not self.refused:
            self._show_loaded()

    @property
    def standard(self) -> Pack | None:
        """The standard whose table is on show."""
        return self._packs.get(self.pack.value() or "")

    @property
    def table(self) -> ListTable | None:
        """The lines on show."""
        return self._table

    def _show_loaded(self) -> None:
        self._read_table = None
        pack = self.standard
        held = pack.score_table if pack is not None else None
        if held is None:
            self.stack.setCurrentWidget(self.pointless)
        elif held.loaded:
            self._show_lines(held)
        else:
            self.stack.setCurrentWidget(self.nothing)
        self.retranslate()

    def _show_lines(self, table: ScoreTable) -> None:
        if self._table is not None:
            self._lines.removeWidget(self._table)
            self._table.deleteLater()
        items = table.items
        model: RowsModel[int, ScoreItem] = RowsModel(
            score_columns(table, self.zone.value()), lambda ids: [items[each] for each in ids]
        )
        self._table = ListTable(model, name="scoreTable")
        self._table.setAccessibleName(_("Lines of the point table"))
        model.setParent(self._table)
        model.set_ids(range(len(items)))
        self._table.go(0)
        self._lines.addWidget(self._table)
        self._shown = table
        self.stack.setCurrentWidget(self.lines)

    def _on_pack(self) -> None:
        self.refresh()
        self._show_loaded()

    def _on_zone(self) -> None:
        pack, code = self.standard, self.zone.value()
        if pack is None or code is None:
            return
        job = self.desk.write(score_tables.keep_zone, pack, code)
        job.catch(AppError, lambda error: self.said.emit(Notice(str(error), "poor")))
        job.succeeded.connect(lambda _done: self.said.emit(Notice(_("The zone of the commune is kept."), "ok")))

    # ---- another one

    def choose(self) -> None:
        """Ask for a spreadsheet."""
        if self.may_change():
            patterns = " ".join(f"*{kind}" for kind in SHEETS)
            ask_file(self, _("Choose the point table"), _("Tables") + f" ({patterns})", self.take)

    def take(self, path: Path) -> None:
        """Read a table and show it, or what is wrong with it."""
        pack = self.standard
        if pack is None or self._job is not None or not self.may_change():
            return
        self._path = path

        def work(progress: Progress) -> ScoreTable:
            from casemgr.exchange.score_tables import read_score_table  # loads the readers of Excel files

            return read_score_table(path, pack, progress)

        job = self._job = self.desk.jobs.start(work, title=_("Reading {file}").format(file=path.name))
        job.succeeded.connect(self._on_read)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def accept(self) -> None:
        """Use the table that was read."""
        pack, table = self.standard, self._read_table
        if pack is None or table is None or self._job is not None or not self.may_change():
            return
        self.use.setEnabled(False)
        job = self._job = self.desk.write(score_tables.import_score_table, pack.id, table)
        job.succeeded.connect(self._on_used)
        job.catch(AppError, self._on_refused)
        job.finished.connect(self._on_finished)

    def _on_read(self, table: ScoreTable) -> None:
        self._read_table = table
        self._show_lines(table)
        self.retranslate()
        self.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_refused(self, error: AppError) -> None:
        self._read_table = None
        self.stack.setCurrentWidget(self.refused)
        self.retranslate()
        self.refused.show_error(self._path.name, error)

    def _on_used(self, _done: object) -> None:
        self._read_table = None
        self.refresh()
        self._show_loaded()
        self.said.emit(Notice(_("The point table is in use now."), "ok"))

    def _on_leave(self) -> None:
        self._show_loaded()
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_finished(self) -> None:
        self._job = None
        self.use.setEnabled(True)

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        self.pack.setAccessibleName(_("Standard of the point table"))
        self.zone.setAccessibleName(_("Zone of the commune"))
        for button, words in (
            (self.add, _("Load a table from Excel…")),
            (self.leave, _("Leave it")),
            (self.use, _("Use this table")),
        ):
            button.setText(words)
            button.setAccessibleName(words)
        fresh = self._read_table
        looking = fresh is not None
        for button in (self.leave, self.use):
            button.setVisible(looking)
        held = fresh or (self.standard.score_table if self.standard is not None else None)
        refused = self.stack.currentWidget() is self.refused
        for label in (self.state, self.note):
            label.setVisible(held is not None and not refused)
        self.sure.show_text("", "plain")
        if held is None or refused:
            return
        if not held.loaded:
            self.state.setText(held.title)
        else:
            count = len(held.items)
            words = ngettext("{count} line of points from {source}", "{count} lines of points from {source}", count)
            said = words.format(count=format_number(count), source=held.source)
            self.state.setText(
                _("Read without a fault: {lines}. Nothing is written yet.").format(lines=said) if looking else said
            )
        if not looking:
            self.sure.show_text(certainty_words(held.certainty), CERTAINTY_TONES.get(held.certainty, "plain"))
        zone = "" if self.zone.value() else _("Choose the zone of the commune: points differ from zone to zone.")
        about = _("Compare every line with the official document before you use it.") if looking else held.note
        self.note.setText(" ".join(filter(None, (zone, about))))
        self.note.setVisible(bool(self.note.text()))
