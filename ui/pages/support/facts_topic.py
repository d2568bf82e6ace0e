"""Facts officers note of a person or a household, or set for the commune: the office adds what its rules ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.entitlement_facts import ABOUT_LABELS
from casemgr.i18n import N_, _
from casemgr.services import overlaps
from casemgr.services.overlaps import FactRow
from ui.models.rows import Column
from ui.pages.support import entry_forms
from ui.pages.support.entry_topic import EntryTopic
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.widgets.told import Line

if TYPE_CHECKING:
    from ui.desk import Desk


def _assumed(row: FactRow) -> str:
    return _("asked") if row.fact.assumed is None else _("counts as no")


_COLUMNS: Final = (
    Column[FactRow]("name", N_("Fact"), lambda row: row.fact.label[:1].upper() + row.fact.label[1:], 300),
    Column[FactRow]("about", N_("For whom"), lambda row: _(ABOUT_LABELS[row.fact.about]), 150),
    Column[FactRow]("assumed", N_("While nobody noted it"), _assumed, 170, spare=True),
    Column[FactRow](
        "rules",
        N_("Asked by rules"),
        lambda row: str(len(row.rules)),
        110,
        right=True,
        hint=lambda row: "; ".join(row.rules),
    ),
    Column[FactRow]("own", N_("Source"), lambda row: _("this office") if row.own else _("shipped"), 120),
    Column[FactRow](
        "sure",
        N_("How sure"),
        lambda row: certainty_words(row.fact.certainty),
        150,
        spare=True,
        tone=lambda row: CERTAINTY_TONES[row.fact.certainty],
    ),
)


class FactsTopic(EntryTopic[FactRow]):
    """Those of the office first."""

    kind = "fact"

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            _COLUMNS,
            entry_forms.fact_fields(),
            name="fact",
            title=lambda: _("Facts officers note"),
            verb=lambda: _("Keep the fact"),
        )
        self.setObjectName("supportFacts")
        self.retranslate()
        self.refresh()

    def code(self, row: FactRow) -> str:
        """The code of the fact."""
        return row.fact.code

    def read(self) -> Sequence[FactRow]:
        """All of them."""
        return self.desk.workspace.read(overlaps.noted_facts)

    def values(self, table: Mapping[str, Any]) -> Mapping[str, Any]:
        """What the form shows."""
        return entry_forms.fact_values(table)

    def made(self, old: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
        """The plain table after the form."""
        return entry_forms.fact_table(old, values)

    def tell(self, row: FactRow | None) -> None:
        """Its two sentences, and the rules that ask it."""
        if row is None:
            self.told.show_lines(())
            return
        says = _("{yes} / {no}").format(yes=row.fact.says(value=True), no=row.fact.says(value=False))
        lines = [Line(says, "info")]
        if row.rules:
            lines.append(Line(_("Asked by: {rules}").format(rules="; ".join(row.rules)), "info"))
        if row.fact.note:
            lines.append(Line(row.fact.note, "info"))
        self.told.show_lines(lines)

    def retranslate(self) -> None:
        """Say the words again."""
        super().retranslate()
        self.hint.setText(
            _("Each is yes or no; it stands among the circumstances of a household and in every condition.")
        )
