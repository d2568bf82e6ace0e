"""Overlap rules: which programmes are not given together, of whom, over which time, and what is done then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casemgr.i18n import N_, _
from casemgr.services import overlaps, programmes
from casemgr.services.overlaps import OverlapRow
from casemgr.services.programme_views import limit_words
from ui.models.rows import Column
from ui.pages.support import entry_forms
from ui.pages.support.entry_topic import EntryTopic
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.widgets.told import Line

if TYPE_CHECKING:
    from ui.desk import Desk

_COLUMNS: Final = (
    Column[OverlapRow](
        "programmes",
        N_("Programmes"),
        lambda row: "; ".join(row.codes) if len(row.codes) > 1 else row.programmes,
        200,
        hint=lambda row: row.programmes,
    ),
    Column[OverlapRow]("action", N_("What is done"), lambda row: row.action, 180),
    Column[OverlapRow]("span", N_("Over which time"), lambda row: row.span, 160),
    Column[OverlapRow]("scope", N_("For whom"), lambda row: row.scope, 110, spare=True),
    Column[OverlapRow](
        "sure",
        N_("How sure"),
        lambda row: certainty_words(row.exclusion.certainty),
        180,
        tone=lambda row: CERTAINTY_TONES[row.exclusion.certainty],
    ),
    Column[OverlapRow]("citation", N_("Legal basis"), lambda row: row.exclusion.citation, 190, spare=True),
)


class OverlapsTopic(EntryTopic[OverlapRow]):
    """One line for each rule as it was written."""

    kind = "exclusion"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _COLUMNS,
            entry_forms.overlap_fields(desk.workspace.read(programmes.programmes)),
            name="overlap",
            title=lambda: _("Overlap rules"),
            verb=lambda: _("Keep the rule"),
        )
        self.setObjectName("supportOverlaps")
        self.retranslate()
        self.refresh()

    def code(self, row: OverlapRow) -> str:
        """The id of the rule."""
        return row.exclusion.id

    def read(self) -> Sequence[OverlapRow]:
        """All of them."""
        return self.desk.workspace.read(overlaps.overlaps)

    def values(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the form shows."""
        return entry_forms.overlap_values(table)

    def made(self, old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        """The plain table after the form."""
        return entry_forms.overlap_table(old, values)

    def tell(self, row: OverlapRow | None) -> None:
        """What it says, with the law."""
        if row is None:
            self.told.show_lines(())
            return
        own = [Line(_("Written or changed by this office"), "info")] if row.own else []
        doubt = [Line(_("Not certain: it warns, it refuses nobody."), "near")] if row.exclusion.certainty == "U" else []
        self.told.show_lines([Line(limit_words(row.exclusion), "info"), Line(row.programmes, "info"), *doubt, *own])

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        self.hint.setText(_("Checked for entitlements, places in programmes, payments and distributions."))
