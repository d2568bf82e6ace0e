"""Who decides, who is asked, who is in charge: as the standard says, and as this office calls them."""

from collections.abc import Sequence
from dataclasses import asdict

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain.packs import Pack
from casemgr.domain.permissions import Permission
from casemgr.domain.reviews import CAMPAIGN_LABELS, CampaignKind, CaseState
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _
from casemgr.services import packs
from casemgr.services.review_settings import MINORITY_RULES, ReviewSettings, keep_review_settings, review_settings
from ui.desk import Desk
from ui.editors import ChoiceEditor, LineEditor, NumberEditor, labelled
from ui.form_pane import FormPane
from ui.forms import Field, Form
from ui.jobs import Job
from ui.models.rows import Column, RowsModel
from ui.pages.standards.parts import Line, authority_lines
from ui.pages.standards.topic import Topic
from ui.places import Place
from ui.theme import spaced, theme
from ui.tones import CERTAINTY_TONES, certainty_words
from ui.translation import Says
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.sentences import SentenceTable, sentence

COLUMNS = (
    Column[Line]("what", N_("Task"), lambda line: line.label, 190),
    Column[Line]("who", N_("By the standard"), lambda line: line.text, 250),
    Column[Line](
        "sure",
        N_("How sure"),
        lambda line: certainty_words(line.certainty),
        176,
        code=True,
        tone=lambda line: CERTAINTY_TONES.get(line.certainty, "plain"),
    ),
    Column[Line]("note", N_("To check"), lambda line: line.note, 300),
)

FIELDS = (
    Field(
        "superior",
        N_("&Name of the superior"),
        LineEditor,
        help=N_("Empty: as the standard calls it"),
        wide=True,
    ),
    Field(
        "minority_rule",
        N_("&Minority household by"),
        lambda: ChoiceEditor(labelled(MINORITY_RULES)),
        help=N_("Uncertain in law: some programmes also count the wife or husband"),
        wide=True,
    ),
    Field(
        "look_back_years",
        N_("Fell back: years looked &back"),
        lambda: NumberEditor(least=1, most=50),
        help=N_("Uncertain in law. Empty: without limit"),
        wide=True,
    ),
)


class AuthoritiesTopic(Topic):
    """The office's own name for the superior is kept here; the unit in charge stands in the wording of the papers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("standardsAuthorities")
        self._lines: Sequence[Line] = ()
        self._pack: Pack | None = None
        self.model: RowsModel[int, Line] = RowsModel(COLUMNS, lambda ids: [self._lines[each] for each in ids])
        self.table = SentenceTable(self.model, name="authorityTable")
        self.table.setMinimumHeight(theme().row * 7)
        self.head = sentence("authorityHead", "soft")
        self.form = FormPane(lambda: _("In this office"), FIELDS, self._submit, name="authority", columns=1)
        self.form.form.changed.connect(self._show_bar)
        self.form.saved.connect(self._on_saved)
        self.form.closed.connect(self._load)
        self.opinion, self.unit = sentence("authorityOpinion"), sentence("authorityUnit")
        self.wording = QPushButton()
        self.wording.setObjectName("authorityWording")
        self.wording.clicked.connect(lambda: self.place_requested.emit(Place("settings", text="papers")))
        asked = Card(lambda: _("Is the superior asked?"))
        asked.add(self.opinion)
        asked.body.addStretch()
        charge = Card(lambda: _("Unit in charge"))
        charge.add(self.unit)
        row = QHBoxLayout()
        spaced(row)
        row.addWidget(self.wording)
        row.addStretch()
        charge.add(row)
        charge.body.addStretch()
        below = QHBoxLayout()
        spaced(below, spacing=10)
        for widget in (self.form, asked, charge):
            below.addWidget(widget, 1, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        area = QScrollArea()
        area.setObjectName("authorityArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        spaced(whole)
        whole.addWidget(area)
        layout = QVBoxLayout(inside)
        spaced(layout, spacing=8)
        layout.addWidget(self.head)
        layout.addWidget(self.table, 1)
        layout.addLayout(below)
        Says(self.wording, self.wording.setText, lambda: _("Wording of the papers…"))
        Says(self.wording, self.wording.setAccessibleName, lambda: _("Wording of the papers…"))
        self._load()
        self.refresh()

    def refresh(self) -> None:
        """Read again; what is being typed stays."""
        read, today = self.desk.workspace.read, self.desk.workspace.now.astimezone().date()
        try:
            self._pack = read(packs.national, today)
        except NotFoundError:  # no standard of the program covers today
            self._pack = None
        self._lines = tuple(authority_lines(self._pack)) if self._pack is not None else ()
        self.model.set_ids(range(len(self._lines)))
        self.table.go(0)
        if not self.form.dirty:
            self._load()
        self.retranslate()

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.form.may_leave()

    def _load(self) -> None:
        self.form.form.load(asdict(self.desk.workspace.read(review_settings)))
        self.form.bar.show_state(dirty=False)
        self.form.form.set_enabled(enabled=self.desk.may(Permission.SETTINGS))
        self._show_bar()

    def _show_bar(self) -> None:
        self.form.bar.setVisible(self.form.dirty)

    def _submit(self, form: Form) -> Job:
        wanted = ReviewSettings(form.value("superior"), form.value("minority_rule"), form.value("look_back_years"))
        return self.desk.write(keep_review_settings, wanted)

    def _on_saved(self, _result: object) -> None:
        self._show_bar()
        self.said.emit(Notice(_("Kept; papers and reviews from now on follow it."), "ok"))

    def retranslate(self) -> None:
        """Say the words again."""
        self.table.setAccessibleName(_("Authorities of the standard"))
        pack = self._pack
        if pack is None:
            self.head.setText(_("No national standard covers today: import the policy pack of this time."))
            self.opinion.setText("")
            self.unit.setText("")
            return
        self.head.setText(_("By the standard that applies today: {title}").format(title=pack.title))
        self.form.form.editor("superior").widget.setPlaceholderText(pack.authorities.get("superior", ""))
        said = [self._asked(kind, steps) for kind, steps in pack.procedure.items()]
        said.append(_("A review can be opened without it where the rules of the province say so."))
        self.opinion.setText("\n".join(said))
        self.unit.setText(
            _("By the standard: {unit}. An office writes its own into the wording of its papers.").format(
                unit=pack.authorities.get("office_unit", "–")
            )
        )

    @staticmethod
    def _asked(kind: str, steps: Sequence[str]) -> str:
        words = _("{review}: asked, answer awaited") if CaseState.OPINION in steps else _("{review}: not asked")
        return words.format(review=_(CAMPAIGN_LABELS[CampaignKind(kind)]))
