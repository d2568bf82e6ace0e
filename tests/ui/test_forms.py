"""Forms: values in and out, Enter goes on, what changed is known, problems stand beside their fields."""

import datetime
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from casemgr.domain.dates import PartialDate
from casemgr.domain.identity import read_identity, read_phone
from casemgr.domain.people import SEX_LABELS, Sex
from casemgr.errors import ConflictError, Problem, ValidationError
from casemgr.jobs import Progress
from ui import form_pane
from ui.editors import (
    CheckEditor,
    ChecksEditor,
    ChoiceEditor,
    DayEditor,
    LineEditor,
    NotesEditor,
    NumberEditor,
    PartialDateEditor,
    ReadingEditor,
    labelled,
    not_stated,
)
from ui.form_pane import FormPane
from ui.forms import EditBar, Field, Form
from ui.jobs import Job, JobRunner


@dataclass(frozen=True)
class Data:
    name: str
    birth: PartialDate | None = None
    sex: Sex | None = None
    number: str | None = None
    points: int | None = None
    since: datetime.date | None = None
    merit: bool = False
    flags: tuple[str, ...] = ()
    notes: str = ""


FIELDS = (
    Field("name", "&Họ và tên", lambda: LineEditor(), required=True),
    Field("birth", "&Ngày sinh", PartialDateEditor, "Ví dụ 5/3/1979"),
    Field("sex", "&Giới tính", lambda: ChoiceEditor(labelled(SEX_LABELS), nothing=not_stated)),
    Field("number", "&Số định danh", lambda: ReadingEditor(read_identity, of=lambda read: read.number)),
    Field("points", "Đ&iểm", lambda: NumberEditor(most=2000)),
    Field("since", "&Từ ngày", DayEditor),
    Field("merit", "Người có công", lambda: CheckEditor(lambda: "Người có &công")),
    Field("flags", "Diện", lambda: ChecksEditor({"a": "Dân tộc thiểu số", "b": "Không lao động"}), wide=True),
    Field("notes", "Ghi chú", NotesEditor, wide=True),
)
FULL = Data(
    "Nguyễn Thị Á",
    PartialDate(1979, 3, 5),
    Sex.FEMALE,
    "083179001234",
    120,
    datetime.date(2026, 1, 1),
    merit=True,
    flags=("b", "later"),
    notes="Nhà tạm",
)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(FIELDS, name="person", columns=2)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_loaded_comes_out_again(form: Form) -> None:
    form.load(FULL)
    assert form.data(Data) == FULL
    assert not form.dirty
    assert form.check()


def test_an_empty_form_gives_empty_values(form: Form) -> None:
    form.load(Data(""))
    assert form.data(Data) == Data("")


def test_typing_makes_it_dirty_and_typing_back_clean(form: Form) -> None:
    form.load(FULL)
    line = form.editor("name").widget
    QTest.keyClicks(line, "x")
    assert form.dirty
    assert line.property("changed") is True
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    assert not form.dirty


def test_enter_goes_to_the_next_field_and_ctrl_enter_saves(qtbot: QtBot, form: Form) -> None:
    form.load(FULL)
    form.activateWindow()
    form.focus_first()
    QTest.keyClick(form.editor("name").widget, Qt.Key.Key_Return)
    assert QApplication.focusWidget() is form.editor("birth").widget
    with qtbot.waitSignal(form.save_requested):
        QTest.keyClick(form.editor("birth").widget, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_notes_accept_enter(form: Form) -> None:
    notes = form.editor("notes").widget
    notes.setFocus()
    QTest.keyClicks(notes, "a")
    QTest.keyClick(notes, Qt.Key.Key_Return)
    QTest.keyClicks(notes, "b")
    assert form.value("notes") == "a\nb"


def test_problems_stand_beside_their_fields(form: Form) -> None:
    form.load(Data(""))
    others = form.mark([Problem("name", "Viết họ và tên."), Problem("members", "Cần chủ hộ.")])
    assert [problem.field for problem in others] == ["members"]
    line = form.editor("name").widget
    assert line.property("invalid") is True
    assert line.accessibleDescription() == "Viết họ và tên."
    assert any(label.text() == "Viết họ và tên." and label.isVisibleTo(form) for label in form.findChildren(QLabel))
    form.mark([])
    assert line.property("invalid") is False


@pytest.mark.parametrize(
    ("field", "typed"),
    [("birth", "hôm qua"), ("number", "12345"), ("points", "2001"), ("since", "03/2026"), ("points", "ba")],
)
def test_what_cannot_be_read_is_said_with_its_reason(form: Form, field: str, typed: str) -> None:
    form.load(FULL)
    form.editor(field).widget.setText(typed)
    problems = form.problems()
    assert [problem.field for problem in problems] == [field]
    assert problems[0].message
    assert not form.check()


def test_a_missing_required_field_is_named(form: Form) -> None:
    form.load(Data(""))
    assert [problem.field for problem in form.problems()] == ["name"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("41126", "04/11/2026"),
        ("4/11/26", "04/11/2026"),
        ("041126", "04/11/2026"),
        ("031956", "03/1956"),
        ("1956", "1956"),
        ("03/1956", "03/1956"),
    ],
)
def test_dates_as_people_type_them(form: Form, typed: str, kept: str) -> None:
    form.load(Data("x"))
    field = form.editor("birth").widget
    field._today = lambda: datetime.date(2026, 11, 24)
    QTest.keyClicks(field, typed)
    field.editingFinished.emit()
    assert field.text() == kept
    assert form.value("birth").text == kept


def test_keys_of_a_date(form: Form) -> None:
    form.load(Data("x"))
    field = form.editor("since").widget
    field._today = lambda: datetime.date(2026, 3, 1)
    QTest.keyClicks(field, "=")
    assert form.value("since") == datetime.date(2026, 3, 1)
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert form.value("since") == datetime.date(2026, 2, 28)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert form.value("since") == datetime.date(2026, 3, 1)


def test_a_day_to_come_is_taken_only_where_it_may_be(qtbot: QtBot) -> None:
    past, ahead = DayEditor(), DayEditor(ahead=400)
    for editor in (past, ahead):
        qtbot.addWidget(editor.widget)
        editor.widget._today = lambda: datetime.date(2026, 11, 24)
        editor.widget.setText("1/1/2027")
    assert past.problem()
    assert ahead.value() == datetime.date(2027, 1, 1)


def test_a_telephone_is_read_by_the_rule(qtbot: QtBot) -> None:
    editor = ReadingEditor(read_phone)
    qtbot.addWidget(editor.widget)
    editor.widget.setText("0912.345.678")
    assert editor.value() == "0912345678"
    editor.widget.setText("12")
    assert editor.value() is None
    assert editor.problem()


def test_the_bar_names_problems_with_links(qtbot: QtBot) -> None:
    bar = EditBar()
    qtbot.addWidget(bar)
    bar.show_state(problems=[Problem("name", "Viết <họ> & tên")])
    assert '<a href="name">Viết &lt;họ&gt; &amp; tên</a>' in bar.text.text()
    with qtbot.waitSignal(bar.jump_requested) as jump:
        bar.text.linkActivated.emit("name")
    assert jump.args == ["name"]
    bar.show_state(saving=True)
    assert not bar.save.isEnabled()


class Pane:
    """A form pane whose saving does what the test says."""

    def __init__(self, qtbot: QtBot, jobs: JobRunner) -> None:
        self.saved: list[object] = []
        self.outcome: Exception | None = None
        self.pane = FormPane(lambda: "Người", FIELDS, self.submit, name="pane")
        self.jobs = jobs
        qtbot.addWidget(self.pane)
        self.pane.show()
        self.pane.begin(FULL)

    def submit(self, form: Form) -> Job:
        data = form.data(Data)

        def work(progress: Progress) -> None:
            if self.outcome is not None:
                raise self.outcome
            self.saved.append(data)

        return self.jobs.start(work)

    def rename(self, name: str) -> None:
        line = self.pane.form.editor("name").widget
        line.selectAll()
        QTest.keyClicks(line, name)


@pytest.fixture
def pane(qtbot: QtBot, jobs: JobRunner) -> Pane:
    return Pane(qtbot, jobs)


def test_saving_is_a_job_and_the_pane_is_clean_after(qtbot: QtBot, pane: Pane) -> None:
    pane.rename("Le Thi B")
    with qtbot.waitSignal(pane.pane.saved):
        assert pane.pane.save()
        assert not pane.pane.bar.save.isEnabled()
        assert not pane.pane.save()
    assert [data.name for data in pane.saved] == ["Le Thi B"]
    assert not pane.pane.dirty


def test_a_refusal_marks_the_field_and_keeps_what_was_typed(qtbot: QtBot, pane: Pane) -> None:
    pane.rename("x")
    pane.outcome = ValidationError([Problem("name", "Tên quá ngắn.")])
    pane.pane.save()
    qtbot.waitUntil(lambda: not pane.jobs.busy)
    assert pane.pane.form.editor("name").widget.property("invalid") is True
    assert pane.pane.dirty
    assert "Tên quá ngắn." in pane.pane.bar.text.text()


def test_a_conflict_is_told(qtbot: QtBot, pane: Pane) -> None:
    pane.rename("y")
    pane.outcome = ConflictError("Đã có người sửa.")
    with qtbot.waitSignal(pane.pane.conflicted):
        pane.pane.save()
    assert pane.pane.dirty


def test_esc_closes_at_once_when_nothing_changed(qtbot: QtBot, pane: Pane) -> None:
    with qtbot.waitSignal(pane.pane.closed):
        QTest.keyClick(pane.pane.form.editor("name").widget, Qt.Key.Key_Escape)


@pytest.mark.parametrize(("answer", "left", "names"), [("", False, []), ("discard", True, []), ("save", True, ["z"])])
def test_leaving_with_changes_asks(
    pane: Pane, monkeypatch: pytest.MonkeyPatch, answer: str, left: bool, names: list[str]
) -> None:
    def answered(parent: QWidget) -> str:
        return answer

    monkeypatch.setattr(form_pane, "ask_about_changes", answered)
    pane.rename("z")
    assert pane.pane.may_leave() is left
    assert [data.name for data in pane.saved] == names


def test_the_question_offers_verbs(qtbot: QtBot) -> None:
    from ui.questions import Answer, QuestionDialog

    dialog = QuestionDialog(
        None, "Chưa lưu", "Lưu không?", (Answer("go", "Sửa tiếp"), Answer("save", "Lưu", "primary"))
    )
    qtbot.addWidget(dialog)
    dialog.open()
    dialog.findChild(QPushButton, "answer_save").click()
    assert dialog.answer == "save"


def test_enter_in_the_last_field_saves_only_where_nothing_follows(qtbot: QtBot) -> None:
    form = Form(FIELDS[:2], name="short")
    qtbot.addWidget(form)
    form.show()
    form.load({"name": "", "birth": None})
    saved: list[int] = []
    form.save_requested.connect(lambda: saved.append(1))
    QTest.keyClick(form.editor("birth").widget, Qt.Key.Key_Return)
    assert saved == []
    form.saves_at_end = True
    QTest.keyClick(form.editor("name").widget, Qt.Key.Key_Return)
    assert saved == []
    QTest.keyClick(form.editor("birth").widget, Qt.Key.Key_Return)
    assert saved == [1]


def test_a_summary_names_the_field(form: Form) -> None:
    form.load(Data(""))
    named = form.named([*form.problems(), Problem("number", "Lê Văn Tám đã có số này."), Problem("", "Cần chủ hộ.")])
    assert [problem.message.split(":")[0] for problem in named] == ["Họ và tên", "Số định danh", "Cần chủ hộ."]
    assert named[1].message == "Số định danh: Lê Văn Tám đã có số này."
