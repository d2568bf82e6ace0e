"""The register of public works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from casemgr.domain.works import WorksData
from casemgr.i18n import _
from casemgr.services import works
from casemgr.services.works import WORKS_STATE_LABELS, WorksQuery, WorksRow
from ui.pages.community.columns import WORKS
from ui.pages.community.fields import works_fields
from ui.pages.community.topic import Kind, RecordTopic
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job


class WorksTopic(RecordTopic):
    """Works by state; progress, money and acceptance in the form."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "works",
            "path",
            lambda: _("New works"),
            lambda: _("Public works"),
            lambda: _("No public works yet"),
            lambda: _("Write down what the commune builds: its money, its progress and when it was accepted."),
            lambda: _("Name, hamlet or investor"),
        )
        chips = [Chip(state.value, partial(_, words)) for state, words in WORKS_STATE_LABELS.items()]
        self._programme = ""
        super().__init__(desk, kind, WORKS, works_fields(desk), chips)
        self.refresh()

    def read_rows(self) -> Sequence[WorksRow]:
        """Works as narrowed."""
        query = WorksQuery(self.text.text(), states=self.chips.on())
        return self.desk.workspace.read(works.rows, query, self.today)

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One of the works."""
        row = self.desk.workspace.read(works.view, record, self.today)
        self._programme = row.data.programme
        return row.version, dict(vars(row.data))

    def blank(self) -> Mapping[str, Any]:
        """New works."""
        made = WorksData("", "road")
        self._programme = made.programme
        return dict(vars(made))

    def submit(self, form: Form) -> Job:
        """Write them down."""
        return self.desk.write(
            works.keep_works,
            form.data(WorksData, programme=self._programme),
            works_id=self.record,
            version=self.version,
        )
