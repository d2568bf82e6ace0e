"""The fields of learners, classes, work found, pay-outs and career advice."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from casemgr.domain.casework_areas import AREA_LABELS
from casemgr.domain.support import FUND_LABELS
from casemgr.domain.training import DROP_LABELS, LEVEL_LABELS, OBSTACLE_LABELS, TRACK_LABELS, LearnerState
from casemgr.domain.training_days import days_text, read_days
from casemgr.i18n import N_, _, ngettext
from casemgr.services import training_papers
from casemgr.services.courses import GENERATIONS
from ui.editors import (
    CheckEditor,
    ChecksEditor,
    ChoiceEditor,
    DayEditor,
    Editor,
    LineEditor,
    NotesEditor,
    labelled,
    not_stated,
)
from ui.forms import Field
from ui.number_editors import CountEditor, MoneyEditor
from ui.theme import theme
from ui.who_editor import WhoEditor

if TYPE_CHECKING:
    from uuid import UUID

    from casemgr.services.courses import CourseView
    from ui.desk import Desk
    from ui.form_pane import FormPane

AHEAD: Final = 366 * 3
YES_NO: Final = {True: N_("Yes"), False: N_("No")}
BEFORE: Final = {False: N_("Not yet"), True: N_("Trained under a policy of the state before")}
GENERATION_LABELS: Final = {
    "A": N_("Decision 46/2015 (money until 2025)"),
    "B": N_("Programmes 2021–2025 (Circular 55/2023)"),
    "C": N_("Decree 338/2025 (from 01/01/2026)"),
}
_KM = re.compile(r"(\d{1,3})(?:[.,](\d))?")


def form_height(pane: FormPane) -> int:
    """The height at which a form needs no scrolling of its own."""
    frame = pane.card.minimumSizeHint().height() - pane.card.body.minimumSize().height()
    return pane.form.sizeHint().height() + pane.bar.sizeHint().height() + frame + theme().px(16)


class KmEditor(Editor[QLineEdit]):
    """Kilometres with one decimal; holds tenths."""

    def __init__(self) -> None:
        super().__init__(QLineEdit())
        self.widget.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """Tenths of a kilometre; None when empty or unreadable."""
        match = _KM.fullmatch(self.widget.text().strip())
        return int(match[1]) * 10 + int(match[2] or 0) if match else None

    def set_value(self, value: int | None) -> None:
        """Show a distance."""
        whole, tenth = divmod(value or 0, 10)
        self.widget.setText("" if value is None else f"{whole},{tenth}" if tenth else str(whole))

    def problem(self) -> str:
        """Not a distance."""
        if not self.widget.text().strip() or self.value() is not None:
            return ""
        return _("Write kilometres, e.g. 15,5")


class DaysEditor(Editor[QPlainTextEdit]):
    """Days of teaching, one line a month."""

    def __init__(self) -> None:
        super().__init__(QPlainTextEdit())
        self.widget.setTabChangesFocus(True)
        self.widget.setFixedHeight(self.widget.fontMetrics().lineSpacing() * 5)
        self.widget.textChanged.connect(self.changed)

    def value(self) -> tuple[date, ...]:
        """The days."""
        return read_days(self.widget.toPlainText())[0]

    def set_value(self, value: Sequence[date] | None) -> None:
        """Show days."""
        self.widget.setPlainText(days_text(value or ()))

    def problem(self) -> str:
        """What cannot be read."""
        wrong = read_days(self.widget.toPlainText())[1]
        return _("“{text}” is no line of days; write e.g. 08/2026: 3, 4, 5").format(text=wrong) if wrong else ""

    def warning(self) -> str:
        """How many days there are."""
        count = len(self.value())
        return ngettext("{count} day", "{count} days", count).format(count=count) if count else ""

    def text(self) -> str:
        """As written."""
        return self.widget.toPlainText()


def learner_fields(desk: Desk, today: date) -> tuple[Field, ...]:
    """Need, survey, advice, registration, certificate."""
    groups = desk.workspace.read(training_papers.group_titles, today)
    return (
        Field("person_id", N_("&Who wants to learn"), lambda: WhoEditor(desk, "learnerWho"), required=True, wide=True),
        Field("trade", N_("&Trade"), LineEditor, N_("What somebody wants to learn, e.g. industrial sewing"), True),
        Field("reason", N_("&Reason"), LineEditor, N_("Why this trade")),
        Field("time_available", N_("T&ime available"), LineEditor, N_("E.g. evenings, after the harvest")),
        Field("km", N_("&Km to the class"), KmEditor, N_("From home to the class; travel money depends on it")),
        Field("can_read", N_("Reads and &writes"), lambda: ChoiceEditor(labelled(YES_NO), nothing=not_stated)),
        Field("obstacle", N_("&Obstacle"), lambda: ChoiceEditor(labelled(OBSTACLE_LABELS), nothing=not_stated)),
        Field("advised_on", N_("&Advised on"), DayEditor),
        Field("adviser", N_("A&dviser"), LineEditor),
        Field("advice", N_("Ad&vice given"), lambda: NotesEditor(lines=2), wide=True),
        Field("alternatives", N_("Alternati&ves"), LineEditor, N_("Other trades or a job at once")),
        Field("provider_wanted", N_("&Provider wanted"), LineEditor),
        Field("registered_on", N_("Re&gistered on"), DayEditor),
        Field("trained_before", N_("Trained &before"), lambda: ChoiceEditor(labelled(BEFORE), nothing=not_stated)),
        Field("groups", N_("Gro&ups"), lambda: ChecksEditor(groups), N_("The highest one counts, once"), wide=True),
        Field("result", N_("Re&sult"), LineEditor),
        Field("certificate_number", N_("&Certificate number"), LineEditor),
        Field("certificate_on", N_("C&ertificate of"), DayEditor),
        Field("certificate_by", N_("Iss&ued by"), LineEditor),
        Field("note", N_("&Note"), lambda: NotesEditor(lines=2), wide=True),
    )


NEED: Final = ("reason", "time_available", "obstacle", "adviser", "advice", "alternatives")
"""Words of the form that are kept among the answers of the survey."""


def course_fields() -> tuple[Field, ...]:
    """A class."""
    return (
        Field("code", N_("&Code of the class"), LineEditor, required=True),
        Field("trade", N_("&Trade"), LineEditor, required=True),
        Field("level", N_("&Level"), lambda: ChoiceEditor(labelled(LEVEL_LABELS)), required=True),
        Field("provider", N_("&Provider"), LineEditor),
        Field("contract", N_("C&ontract"), LineEditor, N_("Number and day of the order to the provider")),
        Field("place", N_("Pl&ace"), LineEditor),
        Field("area", N_("A&rea"), lambda: ChoiceEditor(labelled(AREA_LABELS)), N_("Decides travel money")),
        Field("theory_hours", N_("T&heory hours"), CountEditor),
        Field("practice_hours", N_("Practice ho&urs"), CountEditor),
        Field("start_on", N_("Be&gins on"), lambda: DayEditor(ahead=AHEAD)),
        Field("end_on", N_("&Ends on"), lambda: DayEditor(ahead=AHEAD)),
        Field("days", N_("Teaching &days"), DaysEditor, N_("One line a month: 08/2026: 3, 4, 5"), wide=True),
        Field("capacity", N_("Pla&ces"), CountEditor, N_("0 is no limit")),
        Field("tuition", N_("Cost of one learner"), MoneyEditor, N_("Actual cost, in đồng")),
        Field("source", N_("Paid &from"), lambda: ChoiceEditor(labelled(FUND_LABELS)), required=True),
        Field("generation", N_("&By the rules of"), lambda: ChoiceEditor(_generations()), required=True),
        Field("decision_number", N_("Decisio&n number"), LineEditor, N_("The decision that opens the class")),
        Field("decision_on", N_("Decision o&f"), DayEditor),
        Field("note", N_("Not&e"), lambda: NotesEditor(lines=2), wide=True),
    )


def _generations() -> list[tuple[str, Any]]:
    return [(code, partial(_, GENERATION_LABELS[code])) for code in GENERATIONS]


def job_fields(months: Mapping[int, str]) -> tuple[Field, ...]:
    """Work found, or why not."""
    return (
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("month", N_("&Asked"), lambda: ChoiceEditor([(key, partial(str, told)) for key, told in months.items()])),
        Field("in_work", N_("&At work"), lambda: ChoiceEditor(labelled(YES_NO)), required=True),
        Field("employer", N_("&Employer"), LineEditor, N_("Empty: works for himself or herself")),
        Field("same_trade", N_("In the trade &learnt"), lambda: ChoiceEditor(labelled(YES_NO), nothing=not_stated)),
        Field("started_on", N_("&Since"), DayEditor),
        Field("wage", N_("&Wage a month"), MoneyEditor, N_("In đồng")),
        Field("contract", N_("&Contract"), LineEditor, N_("E.g. labour contract of 12 months, seasonal")),
        Field("reason", N_("&Reason"), LineEditor, N_("Why there is no work yet")),
        Field("note", N_("&Note"), LineEditor),
    )


PAY: Final = (
    Field("on", N_("Paid &on"), DayEditor, required=True),
    Field("decision_number", N_("Decision &number"), LineEditor, N_("Empty: the list is only prepared")),
    Field("decision_on", N_("Decision o&f"), DayEditor),
    Field("handed_out", N_("Money"), lambda: CheckEditor(lambda: _("The money is handed out"))),
    Field("override_reason", N_("&Reason"), lambda: NotesEditor(lines=2), N_("Where a check asks for one")),
)


def place_fields(classes: Sequence[CourseView]) -> tuple[Field, ...]:
    """The class learners are placed in."""
    choices: list[tuple[UUID, Any]] = [(one.id, partial(str, f"{one.data.code} · {one.data.trade}")) for one in classes]
    return (
        Field("course", N_("Training &class"), lambda: ChoiceEditor(choices), required=True),
        Field("on", N_("&Day"), lambda: DayEditor(ahead=AHEAD), required=True),
    )


def advice_fields(desk: Desk) -> tuple[Field, ...]:
    """A talk with a pupil."""
    return (
        Field("person_id", N_("&Pupil"), lambda: WhoEditor(desk, "adviceWho"), required=True, wide=True),
        Field("on", N_("&Day"), DayEditor, required=True),
        Field("school", N_("&School"), LineEditor, required=True),
        Field("grade", N_("&Grade"), LineEditor),
        Field("track", N_("&Way chosen"), lambda: ChoiceEditor(labelled(TRACK_LABELS)), required=True),
        Field("adviser", N_("&Adviser"), LineEditor),
        Field("note", N_("&Note"), lambda: NotesEditor(lines=3), wide=True),
    )


MORE: Final[Mapping[str, tuple[Field, ...]]] = {
    LearnerState.ADVISED: (
        Field("adviser", N_("&Adviser"), LineEditor),
        Field("advice", N_("Ad&vice given"), lambda: NotesEditor(lines=2)),
    ),
    LearnerState.DROPPED: (
        Field("drop", N_("&Kind of reason"), lambda: ChoiceEditor(labelled(DROP_LABELS), nothing=not_stated)),
    ),
    LearnerState.FINISHED: (Field("result", N_("Re&sult"), LineEditor, N_("E.g. Good")),),
    LearnerState.CERTIFIED: (Field("issuer", N_("&Issued by"), LineEditor),),
}
"""What a step to a state asks besides day, paper and reason."""

SEND: Final = (
    Field("recipient", N_("&To whom"), LineEditor, N_("Company or employment centre"), required=True),
    Field("wish", N_("&Wish"), LineEditor),
    Field("purpose", N_("&Purpose"), LineEditor, N_("E.g. to apply for work"), required=True),
    Field("valid", N_("&Valid until"), lambda: DayEditor(ahead=AHEAD)),
)
PURPOSE: Final = (Field("purpose", N_("&Purpose"), LineEditor, N_("E.g. to apply for work"), required=True),)
