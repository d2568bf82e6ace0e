"""Businesses begun with what was earned abroad, or planned by those who are still there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.abroad_words import STARTUP_LABELS, StartupStatus
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _, format_money
from casemgr.services import abroad_board, abroad_file, startups
from casemgr.services.startups import StartupData, StartupView
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field, Form
from ui.number_editors import MoneyEditor
from ui.pages.abroad.columns import STARTUPS
from ui.record_topic import Kind, RecordTopic
from ui.who_editor import Chosen, WhoEditor
from ui.widgets.chips import Chip

if TYPE_CHECKING:
    from casemgr.services.abroad_file import LoanChoice
    from ui.desk import Desk
    from ui.jobs import Job

_AHEAD: Final = 366 * 3


def startup_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a business."""
    return (
        Field(
            "who",
            N_("&Who"),
            lambda: PersonEditor(desk, "startupWho"),
            N_("Somebody who works abroad or has come home"),
            required=True,
            wide=True,
        ),
        Field("idea", N_("&Business"), lambda: NotesEditor(lines=2), required=True, wide=True),
        Field("savings", N_("&Savings put in, in đồng"), MoneyEditor, wide=True),
        Field("loan_id", N_("&Loan"), lambda: ChoiceEditor((), nothing=lambda: _("none")), wide=True),
        Field("training", N_("&Training"), LineEditor, wide=True),
        Field("start_on", N_("Begins &on"), lambda: DayEditor(ahead=_AHEAD), wide=True),
        Field("status", N_("St&ate"), lambda: ChoiceEditor(labelled(STARTUP_LABELS)), required=True, wide=True),
        Field("result", N_("&Result"), lambda: NotesEditor(lines=2), wide=True),
        Field("note", N_("N&ote"), lambda: NotesEditor(lines=2), wide=True),
    )


class PersonEditor(WhoEditor):
    """Holds a `Chosen` with a person."""

    def problem(self) -> str:
        """A household alone is not enough."""
        chosen = self.value()
        return _("Choose a person, not a household.") if chosen is not None and chosen.person_id is None else ""


class StartupsTopic(RecordTopic):
    """The register of businesses."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "startups",
            "storefront",
            lambda: _("New business"),
            lambda: _("Business of a worker"),
            lambda: _("No business yet"),
            lambda: _("What somebody who worked abroad begins at home: idea, capital, training, result."),
            lambda: _("Name or business"),
        )
        chips = [Chip(str(code), partial(_, words)) for code, words in STARTUP_LABELS.items()]
        super().__init__(desk, kind, STARTUPS, startup_fields(desk), chips)
        self.pane.form.editor("who").changed.connect(self._on_who)
        self._case: UUID | None = None
        self.refresh()

    def read_rows(self) -> Sequence[StartupView]:
        """Businesses as narrowed."""
        on, wanted = self.chips.on(), fold(clean(self.text.text()))
        found = self.desk.workspace.read(startups.startups)
        return [
            one
            for one in found
            if (not on or one.data.status in on) and wanted in fold(f"{one.person} {one.data.idea} {one.code}")
        ]

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One business."""
        kept = next(one for one in self.desk.workspace.read(startups.startups, limit=10_000) if one.id == record)
        self._case = kept.data.case_id
        self._offer_loans(kept.data.household_id)
        return kept.version, {**vars(kept.data), "who": Chosen(kept.data.household_id, kept.data.person_id)}

    def blank(self) -> Mapping[str, Any]:
        """A new business."""
        self._case = None
        self._offer_loans(None)
        names = {one.name for one in startup_fields(self.desk)}
        return {**dict.fromkeys(names), "status": StartupStatus.PLANNED, "savings": 0}

    def submit(self, form: Form) -> Job:
        """Write it down; the newest case of the person goes with it."""
        typed = dict(form.values())
        who: Chosen = typed.pop("who")
        if who.person_id is None:
            raise RuntimeError("a household alone has no business")  # the field does not let it through
        data = StartupData(
            person_id=who.person_id,
            household_id=who.household_id,
            case_id=self._case,
            **{**typed, "savings": typed["savings"] or 0},
        )
        return self.desk.write(startups.keep, data, startup_id=self.record, version=self.version)

    def _on_who(self) -> None:
        who: Chosen | None = self.pane.form.value("who")
        self._offer_loans(who.household_id if who is not None else None)
        cases = (
            self.desk.workspace.read(abroad_board.of_person, who.person_id)
            if who is not None and who.person_id is not None
            else []
        )
        self._case = cases[0].id if cases else None

    def _offer_loans(self, household: UUID | None) -> None:
        loans = self.desk.workspace.read(abroad_file.loans_of, household) if household is not None else ()
        editor = self.pane.form.editor("loan_id")
        kept = editor.value()
        editor.set_choices([(one.id, partial(_loan, one)) for one in loans])  # type: ignore[attr-defined]  # a choice
        editor.set_value(kept)


def _loan(loan: LoanChoice) -> str:
    return _("{what}: {sum}").format(what=loan.words, sum=format_money(loan.amount))
