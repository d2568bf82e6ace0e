"""Columns of the catalogue: programmes, and the rules of one."""

from typing import Final

from casemgr.domain.support import SUPPORT_KIND_LABELS
from casemgr.i18n import N_, _
from casemgr.services.programme_views import RuleView
from casemgr.services.programmes import ProgrammeListRow
from ui.models.rows import Column
from ui.tones import CERTAINTY_TONES, certainty_words

PROGRAMMES: Final = (
    Column[ProgrammeListRow]("code", N_("Programme code"), lambda row: row.programme.code, 92, code=True),
    Column[ProgrammeListRow](
        "title",
        N_("Programme"),
        lambda row: row.programme.title,
        280,
        hint=lambda row: f"{row.programme.title} – {row.group_name}",
    ),
    Column[ProgrammeListRow](
        "kind", N_("Gives"), lambda row: _(SUPPORT_KIND_LABELS[row.programme.kind]), 110, spare=True
    ),
    Column[ProgrammeListRow](
        "sure",
        N_("How sure"),
        lambda row: certainty_words(row.programme.certainty),
        150,
        tone=lambda row: CERTAINTY_TONES[row.programme.certainty],
    ),
)
RULES: Final = (
    Column[RuleView]("title", N_("Rule"), lambda row: row.rule.title or row.rule.id, 230),
    Column[RuleView]("amount", N_("Amount"), lambda row: row.amount_text or row.interest_text, 200),
    Column[RuleView](
        "sure", N_("How sure"), lambda row: row.certainty, 150, spare=True, tone=lambda row: CERTAINTY_TONES[row.sure]
    ),
    Column[RuleView]("validity", N_("Applies"), lambda row: row.validity, 170, spare=True),
    Column[RuleView](
        "today",
        N_("Today"),
        lambda row: _("applies") if row.applies else _("does not apply"),
        120,
        code=True,
        tone=lambda row: "ok" if row.applies else "plain",
    ),
)
