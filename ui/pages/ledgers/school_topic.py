"""School support: children of a school year by programme, who is entitled and not written down, and the sums."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from casemgr.domain.schooling import SCHOOL_KIND_LABELS, SCHOOL_STATE_LABELS, SchoolData, school_year, school_year_on
from casemgr.errors import ConflictError
from casemgr.i18n import _, format_date, format_money, format_number
from casemgr.services import schooling
from casemgr.services.programmes import catalogue
from casemgr.services.schooling import SchoolQuery, SchoolRow, school_programmes
from ui.pages.ledgers import fields
from ui.pages.ledgers.columns import SCHOOL, SCHOOL_TONES, class_words
from ui.pages.ledgers.list_topic import ListTopic
from ui.pages.ledgers.side_parts import SidePane
from ui.places import Place
from ui.theme import sized
from ui.verb_card import VerbCard
from ui.widgets.chips import Chip
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk
    from ui.jobs import Job

PASTE = "school"
_BACK = 3
"""School years before the present one that may be looked at."""


class SchoolTopic(ListTopic[SchoolRow]):
    """One programme in one school year."""

    def __init__(self, desk: Desk) -> None:
        chips = [Chip(state.value, partial(_, words)) for state, words in SCHOOL_STATE_LABELS.items()]
        super().__init__(desk, "school", SCHOOL, chips, picture="graduation-cap")
        self.year: ChoiceBox[int] = ChoiceBox()
        self.year.setObjectName("schoolYear")
        now = school_year_on(desk.workspace.now.astimezone().date()).year
        years = range(now + 1, now - _BACK - 1, -1)
        self.year.set_choices([(year, partial(_year_words, year)) for year in years])
        self.year.set_value(now)
        self.programme: ChoiceBox[str] = ChoiceBox()
        self.programme.setObjectName("schoolProgramme")
        named = school_programmes(desk.workspace.read(catalogue))
        self.programme.set_choices(fields.as_named(named))
        self.programme.set_value(next(iter(named), None))
        for box, width in ((self.year, 116), (self.programme, 214)):
            box.chosen.connect(self.refresh)
            sized(box, width=width)
            self.second.addWidget(box)
        self.paste = self.button(
            "schoolPaste",
            lambda: _("Take a list in…"),
            lambda: self.paste_requested.emit(PASTE),
            picture="clipboard-text",
        )
        self.keep_all = self.button("schoolKeepAll", lambda: _("Put on the list"), self._keep_selected, picture="check")
        self.tool_row.addWidget(self.keep_all)
        self.second.addStretch(1)
        self.tool_row.addWidget(self.paste)
        self._detail = SidePane("schoolDetail")
        for name, words, act, picture in (
            ("schoolEdit", lambda: _("School and decision…"), self._begin, "pencil-simple"),
            ("schoolDrop", lambda: _("Take off the list"), self._drop, "x"),
            ("schoolHousehold", lambda: _("Open the household"), self._open_household, "house-line"),
        ):
            self.detail.add_verb(self.button(name, words, act, picture=picture))
        self.detail.finish()
        self.detail.closed.connect(self.close_side)
        self.form = VerbCard(
            lambda: _("School support"), lambda: _("Save"), fields.SCHOOL_FIELDS, self._keep, name="schoolForm"
        )
        self.form.body.addStretch(1)
        self.form.done.connect(self._on_kept)
        self.form.closed.connect(self._to_detail)
        self.side.addWidget(self.detail)
        self.side.addWidget(self.form)

    # ---- what the list says

    def title_words(self) -> str:
        """Children."""
        return _("School support")

    def filter_words(self) -> str:
        """Names, schools, grades."""
        return _("Child, household, school or grade")

    def none_words(self) -> str:
        """Nobody."""
        return _("No child is entitled in this school year")

    def hint_words(self) -> str:
        """Why a child may be missing."""
        return _(
            "Children of poor and near-poor households stand here when it is noted which school they attend: open the "
            "household and write down the living conditions of its members."
        )

    def read(self, progress: Progress) -> Sequence[SchoolRow]:
        """The programme in the year."""
        year, programme = self.year.value(), self.programme.value()
        if year is None or programme is None:
            return ()
        return self.desk.workspace.read(schooling.children, SchoolQuery(year, programme), progress)

    def key(self, row: SchoolRow) -> Hashable:
        """The child."""
        return row.person_id

    def words(self, row: SchoolRow) -> str:
        """What the filter looks at."""
        return f"{row.name} {row.head} {row.code} {row.data.school} {row.data.grade}"

    def hamlet_of(self, row: SchoolRow) -> str:
        """Of the household."""
        return row.hamlet

    def states(self, row: SchoolRow) -> tuple[str, ...]:
        """One state each."""
        return (row.state.value,)

    def sum_words(self, rows: Sequence[SchoolRow]) -> str:
        """How many, and what it costs."""
        found = schooling.total(rows)
        if not rows:
            return ""
        told = _("{entitled} entitled, {written} written down").format(
            entitled=format_number(found.entitled), written=format_number(found.written)
        )
        return f"{told} · {format_money(found.amount)}" if found.amount else told

    def refresh(self) -> None:
        """Read again."""
        super().refresh()
        for button in (self.paste, self.keep_all):
            button.setEnabled(self.may_edit)

    # ---- one child

    def show_current(self, row: SchoolRow) -> None:
        """Show a child, unless something is being typed."""
        if self.side.isVisibleTo(self) and self.side.currentWidget() is self.form and self.form.form.dirty:
            return
        self.show_side(self.detail)
        detail, data = self.detail, row.data
        detail.title.setText(row.name)
        birth = row.birth.text if row.birth else ""
        detail.meta.setText(" · ".join(filter(None, (birth, row.head, row.code, row.hamlet))))
        detail.badge.show_text(_(SCHOOL_STATE_LABELS[row.state]), SCHOOL_TONES[row.state])
        written = row.enrolment_id is not None
        detail.show_verbs(
            lambda button: (
                button.objectName() == "schoolHousehold"
                or (self.may_edit and (button.objectName() == "schoolEdit" or written))
            )
        )
        detail.say_warning([])
        monthly = format_money(row.monthly) if row.monthly and row.months else ""
        made = " · ".join(
            filter(None, (data.decision_number, format_date(data.decision_on) if data.decision_on else ""))
        )
        detail.facts.show_lines(
            (
                (_("Class"), class_words(row.class_value)),
                (_("Name of the school"), data.school),
                (_("Grade"), data.grade),
                (_("Public or private"), _(SCHOOL_KIND_LABELS[data.kind]) if written else ""),
                (_("Decision"), made),
                (_("Each month"), monthly),
                (_("Months"), format_number(row.months) if row.months else ""),
                (_("School year"), format_money(row.amount) if row.amount else ""),
                (_("Note"), data.note),
            )
        )

    def _begin(self) -> None:
        row = self.current_row()
        if row is not None:
            self.show_side(self.form)
            self.form.begin(dict(vars(row.data)))

    def _keep(self, values: Mapping[str, Any]) -> Job:
        row, year, programme = self.current_row(), self.year.value(), self.programme.value()
        assert row is not None  # noqa: S101 - the form is shown for a child only
        typed: dict[str, Any] = {
            name: "" if value is None and name not in _DAYS else value for name, value in values.items()
        }
        job = self.desk.write(schooling.keep, row.person_id, programme or "", year or 0, SchoolData(**typed))
        return job.catch(ConflictError, lambda error: self.said.emit(Notice(str(error), "near")))

    def _on_kept(self) -> None:
        self.form.form.load(self.form.form.values())
        self._to_detail()
        self.said.emit(Notice(_("Saved."), "ok"))

    def _keep_selected(self) -> None:
        """Everybody selected who is entitled and not written down; with one line selected, everybody shown."""
        chosen = self.selected_rows()
        rows = chosen if len(chosen) > 1 else self.shown_rows()
        wanted = [row for row in rows if row.enrolment_id is None and row.state.value == "missing"]
        if not wanted:
            self.said.emit(Notice(_("Nobody here is entitled and not written down."), "near"))
            return
        entries = [(row.person_id, row.data) for row in wanted]
        year, programme = self.year.value(), self.programme.value()
        job = self.desk.write(schooling.keep_many, programme or "", year or 0, entries)
        told = _("{count} children put on the list.").format(count=format_number(len(entries)))
        job.succeeded.connect(lambda _ids: self.said.emit(Notice(told, "ok")))

    def _drop(self) -> None:
        row = self.current_row()
        if row is not None and row.enrolment_id is not None and row.version is not None:
            job = self.desk.write(schooling.drop, row.enrolment_id, row.version)
            job.succeeded.connect(lambda _nothing: self.said.emit(Notice(_("Taken off the list."), "ok")))

    @property
    def detail(self) -> SidePane:
        """What is shown of the current line."""
        return self._detail

    def _to_detail(self) -> None:
        if self.current_row() is None:
            self.close_side()
            return
        self.side.setCurrentWidget(self.detail)
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_household(self) -> None:
        row = self.current_row()
        if row is not None:
            self.place_requested.emit(Place("households", row.household_id))


_DAYS = frozenset({"decision_on", "from_on", "to_on"})


def _year_words(year: int) -> str:
    return school_year(year).label
