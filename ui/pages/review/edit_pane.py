"""Title, days and note of a running review, corrected."""

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from casemgr.domain.reviews import CampaignData
from casemgr.i18n import _
from casemgr.services import campaigns
from casemgr.services.campaigns import CampaignView
from ui.desk import Desk
from ui.form_pane import FormPane
from ui.forms import Form
from ui.jobs import Job
from ui.pages.review.heading import Heading
from ui.pages.review.open_form import review_fields
from ui.theme import spaced
from ui.translation import Speaks


class EditPane(Speaks):
    """Kind, year and standard stay as the review was opened with."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("editPane")
        self._desk = desk
        self._view: CampaignView | None = None
        self.heading = Heading("edit")
        self.heading.back_requested.connect(self._on_back)
        self.pane = FormPane(lambda: _("Review"), review_fields(), self._submit, name="editReview")
        self.pane.saved.connect(lambda _result: self.closed.emit())
        self.pane.closed.connect(self.closed)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 12, 10), spacing=10)
        layout.addWidget(self.heading)
        layout.addWidget(self.pane, 1)
        self.retranslate()

    @property
    def campaign(self) -> UUID | None:
        """The review."""
        return self._view.id if self._view is not None else None

    def begin(self, view: CampaignView) -> None:
        """Show a review as it stands."""
        self._view = view
        self.pane.begin(view.data)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the words again."""
        self.heading.say(_("Correct the review"), self._view.data.title if self._view is not None else "")

    def _submit(self, form: Form) -> Job:
        view = self._view
        if view is None:
            raise RuntimeError("no review")
        data = CampaignData(kind=view.data.kind, year=view.data.year, **form.values())
        return self._desk.write(campaigns.correct_campaign, view.id, view.version, data)

    def _on_back(self) -> None:
        if self.pane.may_leave():
            self.closed.emit()
