"""The decision: its lists and what stands against it before it is signed, then one job, then its papers."""

import datetime
from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import DecideData
from casemgr.errors import ValidationError
from casemgr.i18n import N_, _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import offices, review_decisions
from casemgr.services.decision_previews import DecisionPreview, DecisionRow
from casemgr.services.review_decisions import Decided
from ui.desk import Desk
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor
from ui.forms import Field, Form
from ui.jobs import Job
from ui.models.rows import RowsModel
from ui.pages.review.decided import DecidedPanel
from ui.pages.review.decision_columns import COLUMNS, LISTS
from ui.pages.review.heading import Heading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.card import Card
from ui.widgets.chips import Chip, Chips
from ui.widgets.list_table import ListTable
from ui.widgets.told import Line, Told

_PAUSE_MS: Final = 200


class DecisionPane(Speaks):
    """`list_requested` opens the households a refusal is about; `paper_requested` draws the decision."""

    closed = Signal()
    paper_requested = Signal()
    list_requested = Signal(tuple, str)
    household_requested = Signal(UUID)
    certificates_requested = Signal(tuple)
    blocks_requested = Signal(tuple)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("decisionPane")
        self._desk = desk
        self._campaign: UUID | None = None
        self._job: Job | None = None
        self.preview: DecisionPreview | None = None
        self._signers = ChoiceEditor(())
        self.heading = Heading("decision")
        self.heading.back_requested.connect(self.closed)
        self.chips = Chips([Chip(key, partial(_, words)) for key, words in LISTS.items()], single=True)
        self.chips.setObjectName("decisionLists")
        self.chips.changed.connect(self._narrow)
        self.model: RowsModel[UUID, DecisionRow] = RowsModel(COLUMNS, self._fetch)
        self.table = ListTable(self.model, name="decisionTable")
        self.table.opened.connect(lambda row: self.household_requested.emit(self.model.ids[row]))
        self.told = Told("decisionTold")
        self.told.chosen.connect(self._on_link)
        self.form = Form(
            (
                Field("number", N_("&Number"), LineEditor, N_("For example 45/QĐ-UBND"), required=True),
                Field("signed_on", N_("Si&gned on"), DayEditor, required=True),
                Field("signatory_id", N_("Signed &by"), lambda: self._signers),
                Field("summary", N_("S&ummary"), LineEditor),
                Field(
                    "issue_certificates",
                    N_("Certificates too"),
                    lambda: CheckEditor(lambda: _("Certificates too")),
                    wide=True,
                ),
            ),
            name="decide",
            marks_changes=False,
        )
        self.form.saves_at_end = True
        self.form.save_requested.connect(self.decide)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_PAUSE_MS)
        self._delay.timeout.connect(self._look)
        self.form.editor("signed_on").changed.connect(self._delay.start)
        self.form.editor("issue_certificates").changed.connect(self.retranslate)
        self.papers, self.progress = QLabel(), QLabel()
        self.papers.setObjectName("decisionCertificates")
        for label in (self.papers, self.progress):
            label.setProperty("class", "small")
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setObjectName("decisionProgress")
        self.bar.setTextVisible(False)
        self.go, self.stop = QPushButton(), QPushButton()
        self.go.setObjectName("decisionGo")
        self.go.setProperty("class", "primary")
        self.stop.setObjectName("decisionStop")
        self.go.clicked.connect(self.decide)
        self.stop.clicked.connect(lambda: self._job.cancel() if self._job is not None else None)
        self.done = DecidedPanel()
        self.done.paper_requested.connect(self.paper_requested)
        self.done.certificates_requested.connect(self.certificates_requested)
        self.done.blocks_requested.connect(self.blocks_requested)
        self.done.household_requested.connect(self.household_requested)
        self.done.closed.connect(self.closed)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        spaced(left, spacing=8)
        left.addWidget(self.chips)
        left.addWidget(self.table, 1)
        area = QScrollArea()
        area.setObjectName("decisionArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=8)
        column.addWidget(self.form)
        column.addWidget(self.papers)
        column.addWidget(self.told)
        column.addStretch(1)
        area.setWidget(inside)
        self._ask = QWidget()
        asking = QVBoxLayout(self._ask)
        spaced(asking, spacing=8)
        asking.addWidget(area, 1)
        for widget in (self.bar, self.progress, self.stop, self.go):
            asking.addWidget(widget)
        side = Card(margin=12)
        side.add(self._ask, 1)
        side.add(self.done, 1)
        sized(side, width=340)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addLayout(left, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)

    # ---- what the page uses

    @property
    def busy(self) -> bool:
        """Whether the decision is being written."""
        return self._job is not None

    def begin(self, campaign: UUID) -> None:
        """Look at the decision of a campaign."""
        self._campaign = campaign
        found = self._desk.workspace.read(offices.signatories, active_only=True)
        self._signers.set_choices([(view.id, partial(str, view.data.name)) for view in found])
        today = self._desk.workspace.now.astimezone().date()
        self.form.load(
            {
                "number": "",
                "signed_on": today,
                "signatory_id": found[0].id if found else None,
                "summary": "",
                "issue_certificates": True,
            }
        )
        self._show_done(done=False)
        self.chips.set_on(())
        self._look()
        self.form.focus_first()

    def refresh(self) -> None:
        """Something changed in the file."""
        if self._campaign is not None and not self.busy and self._ask.isVisibleTo(self):
            self._look()

    def decide(self) -> None:
        """Sign the decision."""
        campaign, workspace = self._campaign, self._desk.workspace
        if campaign is None or not self.go.isEnabled() or not self.form.check():
            return
        data = self.form.data(DecideData)

        def work(progress: Progress) -> Decided:
            from casemgr.reports.certificate import render_certificate

            return workspace.write(
                review_decisions.decide, campaign, data, render_certificate=render_certificate, progress=progress
            )

        job = self._desk.jobs.start(work, title=_("Writing the decision"))
        self._job = job
        self._set_busy(busy=True)
        job.progressed.connect(self._on_progress)
        job.succeeded.connect(self._on_decided)
        job.catch(ValidationError, self._on_refused)
        job.finished.connect(self._on_finished)

    # ---- inside

    def _look(self) -> None:
        if self._campaign is None or self.busy:
            return
        day = self.form.value("signed_on")
        on = day if isinstance(day, datetime.date) else None
        self.preview = self._desk.workspace.read(review_decisions.preview, self._campaign, on)
        self.chips.set_counts({key: self.preview.counts[key].households for key in LISTS if key in self.preview.counts})
        lines = [
            Line(one.message, "poor", str(number) if one.households else "", _("Show the list"))
            for number, one in enumerate(self.preview.refusals)
        ]
        self.told.show_lines([*lines, *(Line(words, "near") for words in self.preview.warnings)])
        self._narrow()
        self._set_busy(busy=False)
        self.retranslate()

    def _rows(self) -> list[DecisionRow]:
        if self.preview is None:
            return []
        on = self.chips.on()
        names = on or tuple(LISTS)
        found = [row for name in names for row in self.preview.lists.get(name, ())]
        return list({row.household_id: row for row in found}.values())

    def _narrow(self) -> None:
        self.model.set_ids([row.household_id for row in self._rows()])

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[DecisionRow]:
        known = {row.household_id: row for row in self._rows()}
        return [known[each] for each in ids]

    def _on_link(self, key: str) -> None:
        if self.preview is not None and key.isdecimal() and int(key) < len(self.preview.refusals):
            refusal = self.preview.refusals[int(key)]
            self.list_requested.emit(refusal.households, refusal.message)

    def _set_busy(self, *, busy: bool) -> None:
        ready = self.preview is not None and self.preview.ready and self._desk.may(Permission.ISSUE)
        self.form.set_enabled(enabled=not busy)
        self.go.setEnabled(not busy and ready)
        for widget in (self.bar, self.progress, self.stop):
            widget.setVisible(busy)
        self.bar.setRange(0, 0)
        self.progress.setText("")

    def _show_done(self, *, done: bool) -> None:
        self._ask.setVisible(not done)
        self.done.setVisible(done)

    def _on_progress(self, done: int, total: int, message: str) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.progress.setText(message)

    def _on_decided(self, decided: Decided) -> None:
        self._show_done(done=True)
        self.done.show_decided(decided)
        self.retranslate()

    def _on_refused(self, error: ValidationError) -> None:
        self._set_busy(busy=False)
        others = self.form.mark(error.problems)
        self.told.show_lines([Line(problem.message) for problem in others])

    def _on_finished(self) -> None:
        self._job = None
        self._set_busy(busy=False)

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Households of the decision"))
        self.bar.setAccessibleName(_("Progress"))
        for button, words in ((self.go, _("Sign the decision")), (self.stop, _("Stop"))):
            button.setText(words)
            button.setAccessibleName(words)
        found = self.preview
        if found is None:
            self.heading.say(_("Decision"))
            return
        total = len({row.household_id for rows in found.lists.values() for row in rows})
        note = ngettext("{count} household in the lists", "{count} households in the lists", total)
        self.heading.say(_("Decision recognising the households"), note.format(count=format_number(total)))
        plan = found.certificates
        if self.form.value("issue_certificates"):
            self.papers.setText(
                _("Certificates: {new} new, {years} get the next year, {back} to be returned.").format(
                    new=format_number(len(plan.to_issue)),
                    years=format_number(len(plan.to_confirm)),
                    back=format_number(len(plan.to_return)),
                )
            )
        else:
            self.papers.setText(_("No certificate is issued now; it can be done later on the page of certificates."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape and not self.busy:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
