"""Community projects and models: their dossier, steps with the checks, plans inside, acceptance and papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields as fields_of
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from casemgr.domain.casework_areas import AREA_LABELS
from casemgr.domain.livelihoods import PROJECT_MACHINE, ProjectState, RevolvingRules
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _
from casemgr.services import case_files, community_projects, livelihood_groups, livelihoods, programmes, state_steps
from casemgr.services.community_projects import ProjectData, ProjectView
from casemgr.services.livelihoods import BoardQuery, BoardRow
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field, Form
from ui.icons import icon
from ui.number_editors import CountEditor, MoneyEditor
from ui.pages.livelihoods import papers
from ui.pages.livelihoods.columns import PLANS, PROJECTS
from ui.pages.livelihoods.plan_fields import MODEL, PREFIX
from ui.places import Place
from ui.programme_choices import programme_choices
from ui.record_topic import Kind, RecordTopic
from ui.rows_card import RowsCard
from ui.step_form import StepForm
from ui.theme import spaced
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.widgets.chips import Chip
from ui.widgets.stage_line import StageLine
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from casemgr.services.state_steps import StepData
    from ui.desk import Desk
    from ui.jobs import Job

AHEAD: Final = 366 * 10
_RULES: Final = tuple(field.name for field in fields_of(RevolvingRules))
_FORMS: Final = {"cash": N_("In money"), "animals": N_("In kind (young animals)")}
_DATED: Final = Field("published_on", N_("Made &public on"), DayEditor, required=True)
MORE: Final[Mapping[str, tuple[Field, ...]]] = {
    ProjectState.RECEIVING: (_DATED,),
    ProjectState.PUBLISHED: (
        Field("council", N_("&Council: decision, day, result"), LineEditor, required=True, wide=True),
    ),
    ProjectState.APPROVED: (_DATED,),
}
"""What a step of a project asks beside day, paper and reason."""
_S: Final = ProjectState
PHASES: Final[Mapping[str, tuple[str, tuple[ProjectState, ...]]]] = {
    "choosing": (N_("Being chosen"), (_S.ANNOUNCED, _S.RECEIVING, _S.ASSESSING, _S.PUBLISHED)),
    "running": (N_("Approved, carried out"), (_S.APPROVED, _S.CONTRACTED, _S.RUNNING)),
    "settling": (N_("Accepted, passing on"), (_S.ACCEPTED, _S.LIQUIDATED, _S.REVOLVING)),
    "over": (N_("Ended, stopped"), (_S.ENDED, _S.NOT_CHOSEN, _S.STOPPED)),
}
"""Switches of the register: words and the states they let through."""


def project_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a project, with its rules of passing on."""
    read = desk.workspace.read
    rows = [
        row
        for row in read(programmes.programmes)
        if row.programme.code.startswith(PREFIX) or row.programme.code == MODEL
    ]
    groups = read(livelihood_groups.groups)
    others = read(community_projects.projects)
    officers = read(case_files.officers)
    return (
        Field("title", N_("&Title"), LineEditor, required=True, wide=True),
        Field("programme", N_("&Programme"), lambda: ChoiceEditor(programme_choices(rows)), required=True, wide=True),
        Field("area", N_("&Area type"), lambda: ChoiceEditor(labelled(AREA_LABELS)), required=True),
        Field("generation", N_("&Generation"), lambda: LineEditor(longest=20)),
        Field(
            "group_id",
            N_("G&roup of households"),
            lambda: ChoiceEditor([(one.id, partial(str, one.data.name)) for one in groups], nothing=lambda: _("none")),
        ),
        Field("leader", N_("&Lead unit"), LineEditor, N_("Of a value chain")),
        Field(
            "copies_id",
            N_("Replicates the &model"),
            lambda: ChoiceEditor([(one.id, partial(str, one.data.title)) for one in others], nothing=lambda: _("none")),
        ),
        Field(
            "officer_id",
            N_("&Officer"),
            lambda: ChoiceEditor(
                [(one.id, partial(str, one.name)) for one in officers], nothing=lambda: _("whoever writes it")
            ),
        ),
        Field("total_cost", N_("Whole &cost, in đồng"), MoneyEditor),
        Field("state_amount", N_("&State's part, in đồng"), MoneyEditor),
        Field("start_on", N_("&Begins on"), lambda: DayEditor(ahead=AHEAD)),
        Field("end_on", N_("&Until"), lambda: DayEditor(ahead=AHEAD)),
        Field("due_on", N_("Next step &due"), lambda: DayEditor(ahead=AHEAD)),
        Field(
            "form",
            N_("Passed on"),
            lambda: ChoiceEditor(
                [(code, partial(_, words)) for code, words in _FORMS.items()], nothing=lambda: _("not passed on")
            ),
            N_("The rules of passing on are those of the project or the province"),
        ),
        Field("share_hundredths", N_("Part given back, %"), lambda: _Percent(most=100)),
        Field("animals", N_("Animals given back"), lambda: CountEditor(most=1000)),
        Field("first_after_months", N_("First after, months"), lambda: CountEditor(most=240)),
        Field("every_months", N_("Then every, months"), lambda: CountEditor(most=240)),
        Field("instalments", N_("Times"), lambda: CountEditor(most=60)),
        Field("next_chosen_by", N_("Who comes next"), LineEditor, N_("How the next household is chosen")),
        Field("kept_by", N_("Kept and watched by"), LineEditor),
        Field("when_no_fault", N_("Loss without fault"), LineEditor),
        Field("when_fault", N_("Loss through fault"), LineEditor),
        Field("surplus", N_("What is left over"), LineEditor),
        Field("note", N_("&Note"), lambda: NotesEditor(lines=2), wide=True),
    )


class _Percent(CountEditor):
    """Whole per cent, kept in hundredths."""

    def value(self) -> int | None:
        """Hundredths of a per cent."""
        found = super().value()
        return None if found is None else found * 100

    def set_value(self, value: int | None) -> None:
        """Show per cent."""
        super().set_value((value or 0) // 100)


ACCEPT_FIELDS: Final = (
    Field("on", N_("&Day"), DayEditor, required=True),
    Field("planned", N_("&Planned"), LineEditor),
    Field("actual", N_("&Found"), LineEditor, required=True),
    Field("value", N_("&Worth, in đồng"), MoneyEditor),
    Field("passed", N_("Result"), lambda: CheckEditor(lambda: _("The result is reached"))),
)


class ProjectsTopic(RecordTopic):
    """Enter opens a plan of the project; the next step stands above its form."""

    form_columns = 1

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "projects",
            "users-four",
            lambda: _("New project"),
            lambda: _("Community project"),
            lambda: _("No community project yet"),
            lambda: _("Write down a project of a group of households or of a value chain; plans are put into it."),
            lambda: _("Title of the project"),
        )
        chips = [Chip(code, partial(_, words)) for code, (words, _states) in PHASES.items()]
        super().__init__(desk, kind, PROJECTS, project_fields(desk), chips)
        self._view: ProjectView | None = None
        self.stage = StageLine(PROJECT_MACHINE, name="projectStage")
        self.told = Told("projectTold")
        self.step_form = StepForm(name="projectStep", columns=2)
        self.step_form.done.connect(lambda _result: self._on_step())
        self.step_form.closed.connect(self.step_form.hide)
        self.step_form.hide()
        self.acceptance = VerbCard(
            lambda: _("Minutes of acceptance"), lambda: _("Record"), ACCEPT_FIELDS, self._accept, name="projectAccept"
        )
        self.acceptance.done.connect(self.acceptance.hide)
        self.acceptance.closed.connect(self.acceptance.hide)
        self.acceptance.hide()
        self.plans = RowsCard(
            "projectPlans",
            lambda: _("Plans of the project"),
            [column for column in PLANS if column.key in ("code", "head", "state", "state_amount")],
            lambda: _("No household has a plan in this project yet."),
            most=6,
        )
        self.plans.opened.connect(self._open_plan)
        self.next, self.other, self.accept_button, self.paper = (
            QPushButton(),
            QPushButton(),
            QPushButton(),
            QPushButton(),
        )
        self.other_menu = QMenu(self)
        self.other.setMenu(self.other_menu)
        self._build_verbs()
        self.refresh()

    def _build_verbs(self) -> None:
        bar = QWidget()
        row = QHBoxLayout(bar)
        spaced(row, spacing=8)
        row.addStretch()
        for button, name, picture, words in (
            (self.paper, "projectPaper", "printer", lambda: _("Settle the contract: minutes")),
            (self.accept_button, "projectAcceptNew", "check", lambda: _("Minutes of acceptance")),
            (self.other, "projectOther", "dots-three", lambda: _("Other steps")),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture))
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            row.addWidget(button)
        self.next.setObjectName("projectNext")
        self.next.setProperty("class", "primary")
        self.next.setIcon(icon("arrow-right", "on"))
        self.next.clicked.connect(lambda: self.step())
        self.accept_button.clicked.connect(self._begin_acceptance)
        self.paper.clicked.connect(self._print)
        row.addWidget(self.next)
        self.verbs = bar
        for place, widget in enumerate((self.stage, bar, self.step_form, self.acceptance, self.told)):
            self.extra.insertWidget(place, widget)
        self.extra.addWidget(self.plans)

    # ---- what the register says

    def read_rows(self) -> Sequence[ProjectView]:
        """Projects as narrowed."""
        states = tuple(str(state) for phase in self.chips.on() for state in PHASES[phase][1])
        return self.desk.workspace.read(community_projects.projects, states=states, text=self.text.text())

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One project."""
        view = self.desk.workspace.read(community_projects.view, record)
        self._view = view
        return view.version, _values(view.data)

    def blank(self) -> Mapping[str, Any]:
        """A new project."""
        self._view = None
        return _values(ProjectData("", ""))

    def submit(self, form: Form) -> Job:
        """Write it down."""
        values = form.values()
        rules = {name: values.pop(name) for name in _RULES}
        rules["form"] = rules["form"] or ""
        data = ProjectData(**values, revolving=RevolvingRules(**rules))
        return self.desk.write(community_projects.keep, data, project_id=self.record, version=self.version)

    def show_extra(self) -> None:
        """Stage, next step, findings and plans of the project."""
        view = self._view if self.record is not None else None
        for widget in (self.stage, self.verbs, self.plans):
            widget.setVisible(view is not None)
        if view is None:
            self.told.show_lines(())
            self.step_form.hide()
            self.acceptance.hide()
            return
        read = self.desk.workspace.read
        steps = read(state_steps.of, view.id)
        self.stage.show_state(view.state, {step.data.to for step in steps})
        self.told.show_lines([Line(one.words, "near") for one in view.findings])
        self.plans.show_lines(read(livelihoods.board, BoardQuery(project_id=view.id)))
        may = self.desk.may(Permission.EDIT)
        expected = PROJECT_MACHINE.expected(view.state)
        self.other_menu.clear()
        for move in PROJECT_MACHINE.moves_from(view.state):
            if move is not expected:
                words = _("Move to: {state}").format(state=PROJECT_MACHINE.label(move.to))
                self.other_menu.addAction(words).triggered.connect(partial(self._other, str(move.to)))
        self.next.setVisible(expected is not None)
        if expected is not None:
            self.next.setText(_("Next: {state}").format(state=PROJECT_MACHINE.label(expected.to)))
            self.next.setAccessibleName(self.next.text())
        self.other.setVisible(not self.other_menu.isEmpty())
        carried = view.state in (ProjectState.RUNNING, ProjectState.ACCEPTED)
        self.accept_button.setVisible(carried)
        self.paper.setVisible(view.state in (ProjectState.ACCEPTED, ProjectState.LIQUIDATED))
        for button in (self.next, self.other, self.accept_button):
            button.setEnabled(may)

    # ---- steps

    def step(self, to: str = "") -> None:
        """Ask for the next step, or another one."""
        view = self._view
        if view is None or not self.may_leave():
            return
        expected = PROJECT_MACHINE.expected(view.state)
        target = to or (str(expected.to) if expected else "")
        if not target:
            return
        read, desk = self.desk.workspace.read, self.desk

        def submit(data: StepData) -> Job:
            return desk.write(community_projects.move_on, view.id, self.version, data)

        self.acceptance.hide()
        self.step_form.begin(
            PROJECT_MACHINE,
            view.state,
            target,
            whom=view.data.title,
            on=self.today,
            check=lambda data: read(community_projects.check, view.id, data),
            submit=submit,
            more=MORE.get(target, ()),
        )
        self.right.ensureWidgetVisible(self.step_form)

    def _other(self, to: str, _checked: bool = False) -> None:
        self.step(to)

    def _on_step(self) -> None:
        self.step_form.hide()
        self.refresh()

    def _begin_acceptance(self) -> None:
        self.step_form.hide()
        self.acceptance.begin({"on": self.today, "planned": "", "actual": "", "value": 0, "passed": True})

    def _accept(self, typed: Mapping[str, object]) -> Job:
        if self.record is None:
            raise RuntimeError("no project is shown")
        return self.desk.write(_accept, self.record, {**typed, "value": typed["value"] or 0})

    def _print(self) -> None:
        if self.record is not None:
            self.paper_requested.emit(papers.liquidation_of(self.desk.workspace, self.record, self.today))

    def _open_plan(self, row: BoardRow) -> None:
        self.place_requested.emit(Place("livelihoods", row.id, "plans"))


def _accept(uow: Any, project: UUID, typed: Mapping[str, Any]) -> UUID:  # noqa: ANN401 - handed through
    return community_projects.accept(uow, project, **typed)


def _values(data: ProjectData) -> Mapping[str, Any]:
    rules = vars(data.revolving)
    return {**vars(data), **rules, "form": rules["form"] or None, "programme": data.programme or None}
