"""Opening a review: kind and days proposed by the standard, and how many households it will list, before it opens."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.reviews import CAMPAIGN_LABELS, CampaignData, CampaignKind, RequestKind, RequestStatus
from casemgr.errors import AppError, ConflictError
from casemgr.i18n import N_, _, format_number
from casemgr.services import campaigns, households, packs, requests
from casemgr.services.households import HouseholdQuery
from casemgr.services.requests import RequestQuery
from ui.desk import Desk
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, NumberEditor, labelled
from ui.forms import Field
from ui.jobs import Job
from ui.pages.review.heading import Heading
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.verb_card import VerbCard
from ui.widgets.card import Card
from ui.widgets.told import Line, Told

_AHEAD: Final = 500


def review_fields() -> tuple[Field, ...]:
    """What may be changed of a review as long as it runs."""
    return (
        Field("title", N_("&Name"), LineEditor, required=True),
        Field(
            "class_year",
            N_("&Class of the year"),
            lambda: NumberEditor(least=2016, most=2100),
            N_("The year whose class the decision writes on certificates."),
            required=True,
        ),
        Field("opened_on", N_("&Opened on"), DayEditor, required=True),
        Field("due_on", N_("Decision &due"), lambda: DayEditor(ahead=_AHEAD), required=True),
        Field("survey_from", N_("Survey &from"), lambda: DayEditor(ahead=_AHEAD), required=True),
        Field("survey_to", N_("Survey un&til"), lambda: DayEditor(ahead=_AHEAD), required=True),
        Field(
            "opinion_required",
            N_("Ask the superior before the decision"),
            lambda: CheckEditor(lambda: _("Ask the superior before the decision")),
            wide=True,
        ),
        Field("note", N_("Not&e"), lambda: NotesEditor(lines=2), wide=True),
    )


class OpenForm(Speaks):
    """`opened` carries the review."""

    opened = Signal(UUID)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("openPane")
        self._desk = desk
        self._data: CampaignData | None = None
        self.heading = Heading("open")
        self.heading.back_requested.connect(self.closed)
        self.card = VerbCard(
            lambda: _("New review"),
            lambda: _("Open the review"),
            (
                Field("kind", N_("&Kind"), lambda: ChoiceEditor(labelled(CAMPAIGN_LABELS)), required=True),
                Field("year", N_("&Year"), lambda: NumberEditor(least=2016, most=2100), required=True),
                *review_fields(),
            ),
            self._open,
            name="openReview",
            columns=2,
        )
        self.card.closed.connect(self.closed)
        self.card.form.editor("kind").changed.connect(self._propose)
        self.card.form.editor("year").changed.connect(self._on_year)
        self.card.form.editor("opened_on").changed.connect(self._say_standard)
        self.standard, self.lists = QLabel(), QLabel()
        self.standard.setObjectName("openStandard")
        self.lists.setObjectName("openLists")
        for label in (self.standard, self.lists):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.told = Told("openTold")
        side = Card(lambda: _("What will be listed"), margin=12)
        for widget in (self.lists, self.standard, self.told):
            side.add(widget)
        side.body.addStretch(1)
        sized(side, width=300)
        inside = QWidget()
        left = QVBoxLayout(inside)
        spaced(left)
        left.addWidget(self.card)
        left.addStretch(1)
        area = QScrollArea()
        area.setObjectName("openArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(area, 1)
        body.addWidget(side)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addLayout(body, 1)
        self.retranslate()

    def begin(self, kind: CampaignKind = CampaignKind.PERIODIC) -> None:
        """Propose a review of this year."""
        year = self._desk.workspace.now.astimezone().year
        self._data = self._desk.workspace.read(campaigns.propose, kind, year)
        self.card.begin(vars(self._data))
        self._say_standard()
        self.retranslate()

    # ---- inside

    def _propose(self) -> None:
        form = self.card.form
        kind, year = form.value("kind"), form.value("year")
        if kind is None or year is None:
            return
        try:
            self._data = self._desk.workspace.read(campaigns.propose, kind, year)
        except AppError as error:
            self.told.show_lines([Line(str(error))])
            return
        for name, value in vars(self._data).items():
            if name not in ("kind", "year", "note"):
                form.put(name, value)
        self._say_standard()
        self.retranslate()

    def _on_year(self) -> None:
        year = self.card.form.value("year")
        if isinstance(year, int) and year > 2000:
            self._propose()

    def _say_standard(self) -> None:
        on = self.card.form.value("opened_on")
        if on is None:
            return
        lines: list[Line] = []
        words = ""
        try:
            pack = self._desk.workspace.read(packs.national, on)
            local = self._desk.workspace.read(packs.local, on)
        except AppError as error:
            lines.append(Line(str(error)))
        else:
            words = _("Judged by {standard}.").format(standard=pack.title)
            if local is not None:
                words += "\n" + _("The standard of the province beside it: {standard}.").format(standard=local.title)
            try:
                packs.require_official(pack, on)
            except AppError as error:
                lines.append(Line(str(error)))
        self.standard.setText(words)
        self.told.show_lines(lines)

    def _open(self, values: Mapping[str, Any]) -> Job:
        data = CampaignData(**values)
        workspace = self._desk.workspace
        job = self._desk.jobs.start(
            lambda progress: workspace.write(campaigns.open_campaign, data, progress=progress),
            title=_("Opening the review"),
        )
        job.succeeded.connect(self.opened)
        job.catch(ConflictError, lambda error: self.told.show_lines([Line(str(error))]))
        return job

    # ---- words

    def retranslate(self) -> None:
        """Say the words again."""
        self.heading.say(
            _("Open a review"), _("Days and steps come from the standard in force; change what differs here.")
        )
        data = self._data
        if data is None:
            return
        read, told = self._desk.workspace.read, []
        average = data.kind is CampaignKind.AVERAGE
        if data.kind is CampaignKind.PERIODIC:
            for value in (HouseholdClass.POOR, HouseholdClass.NEAR_POOR):
                count = read(households.count, HouseholdQuery(classes=(value.value,)))
                told.append(_("{list}: {count}").format(list=_(CLASS_LABELS[value]), count=format_number(count)))
        kinds = (RequestKind.AVERAGE,) if average else (RequestKind.ENTER, RequestKind.LEAVE)
        waiting = read(
            requests.find,
            RequestQuery(kinds=tuple(kind.value for kind in kinds), statuses=(RequestStatus.RECEIVED.value,)),
        )
        told.append(_("Requests on file: {count}").format(count=format_number(len(waiting))))
        self.lists.setText("\n".join(told))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
