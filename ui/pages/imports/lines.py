"""What the tables of an import show: households with their fate, the doubts of one of them, remarks on the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from casemgr.domain.imports import FIELDS, CellNote, ImportedHousehold, ImportedList, Severity
from casemgr.domain.people import RELATION_LABELS, SEX_LABELS
from casemgr.exchange.problems import SKIPPED_LABELS
from casemgr.i18n import N_, _, format_number
from casemgr.services.imports import ACTION_LABELS, BLOCKS, Action, ImportPlan, PlannedHousehold
from ui.models.rows import Column

TONES: Final = {
    Action.NEW: "ok",
    Action.UPDATE: "info",
    Action.UNCHANGED: "plain",
    Action.BLOCKED: "poor",
    Action.SKIPPED: "plain",
}
_WEIGHTS: Final = {Severity.ERROR: "poor", Severity.DOUBT: "near", Severity.INFO: "plain"}
_WEIGHT_WORDS: Final = {Severity.ERROR: N_("unread"), Severity.DOUBT: N_("to check"), Severity.INFO: N_("note")}
_SEXES: Final = {sex.value: label for sex, label in SEX_LABELS.items()}


@dataclass(frozen=True)
class PlanRow:
    """A household of the list: what would happen to it, and what it was read from."""

    planned: PlannedHousehold
    source: ImportedHousehold | None
    short: bool = False
    """The list has one sheet: its name is not repeated."""
    unread: tuple[CellNote, ...] = ()
    """Rows below the household that look like people and could not be read: they would be missing."""

    @property
    def place(self) -> str:
        """Sheet and row as Excel writes them."""
        return str(self.planned.row) if self.short else f"{self.planned.sheet}!{self.planned.row}"

    @property
    def notes(self) -> tuple[CellNote, ...]:
        """Every remark on its rows."""
        return (*self.unread, *(self.source.notes if self.source else ()))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why somebody should look at it, the worst first."""
        blocks = [_(BLOCKS[block]) for block in self.planned.blocks]
        told = [
            _note_words(note)
            for level in (Severity.ERROR, Severity.DOUBT)
            for note in self.notes
            if note.severity is level
        ]
        known = [_("{name} may be on file already.").format(name=one.name) for one in self.planned.known]
        return tuple(dict.fromkeys((*blocks, *told, *known)))


def plan_rows(plan: ImportPlan, imported: ImportedList) -> list[PlanRow]:
    """The households of a plan in the order of the list."""
    sources = {(one.sheet, one.row): one for one in imported.households}
    short = len(imported.tables) == 1
    unread = _unread_rows(imported)
    return [
        PlanRow(one, sources.get((one.sheet, one.row)), short, tuple(unread.get((one.sheet, one.row), ())))
        for one in plan.households
    ]


def _unread_rows(imported: ImportedList) -> dict[tuple[str, int], list[CellNote]]:
    """Remarks on rows of nobody, by the household that stands above them."""
    starts: dict[str, list[int]] = {}
    for one in imported.households:
        starts.setdefault(one.sheet, []).append(one.row)
    found: dict[tuple[str, int], list[CellNote]] = {}
    for note in imported.notes:
        above = [row for row in starts.get(note.sheet, ()) if row < note.row]
        if note.severity is Severity.ERROR and note.row and above:
            found.setdefault((note.sheet, max(above)), []).append(note)
    return found


PLAN: Final = (
    Column[PlanRow]("place", N_("Place"), lambda row: row.place, 76),
    Column[PlanRow]("head", N_("Head of household"), lambda row: row.planned.head, 180),
    Column[PlanRow]("hamlet", N_("Hamlet"), lambda row: row.planned.hamlet, 116),
    Column[PlanRow]("people", N_("People"), lambda row: format_number(row.planned.people), 88, right=True),
    Column[PlanRow](
        "action",
        N_("Would be"),
        lambda row: _(ACTION_LABELS[row.planned.action]),
        120,
        tone=lambda row: TONES[row.planned.action],
    ),
    Column[PlanRow]("code", N_("Code"), lambda row: row.planned.code, 76, code=True),
    Column[PlanRow](
        "doubts",
        N_("To look at"),
        lambda row: " ".join(row.reasons[:1]),
        210,
        hint=lambda row: "\n".join(row.reasons),
    ),
)


@dataclass(frozen=True)
class Line:
    """One remark: where, what was written, how it was read, and why it is told."""

    place: str
    what: str
    written: str
    read: str
    why: str
    weight: str
    tone: str


LINES: Final = (
    Column[Line]("place", N_("Place"), lambda line: line.place, 64),
    Column[Line]("what", N_("Field"), lambda line: line.what, 170),
    Column[Line]("written", N_("Written"), lambda line: line.written, 130),
    Column[Line]("read", N_("Read as"), lambda line: line.read, 110),
    Column[Line]("weight", N_("Weight"), lambda line: line.weight, 128, tone=lambda line: line.tone),
    Column[Line]("why", N_("Why"), lambda line: line.why, 300),
)

REMARKS: Final = (replace(LINES[0], width=170), *LINES[1:])
"""The same for remarks on the whole file, whose places name the sheet."""


def people_words(row: PlanRow) -> str:
    """Who was read, one person a line."""
    members = row.source.members if row.source else ()
    return "\n".join(
        " · ".join(
            filter(
                None,
                (
                    one.data.full_name,
                    one.data.birth.text if one.data.birth else "",
                    one.relation_text or _(RELATION_LABELS[one.relation]),
                    one.data.id_number or "",
                ),
            )
        )
        for one in members
    )


def lines(row: PlanRow) -> list[Line]:
    """Everything there is to say about one household: what holds it back, its cells, what it would change."""
    place = str(row.planned.row)
    found = [Line(place, "", "", "", _(BLOCKS[block]), _("held back"), "poor") for block in row.planned.blocks]
    for level in (Severity.ERROR, Severity.DOUBT, Severity.INFO):
        found += [note_line(note) for note in row.notes if note.severity is level]
    for change in row.planned.changes:
        old, new = change.shown(change.old), change.shown(change.new)
        what = f"{change.label} · {change.who}" if change.who else change.label
        why = _("On file: {old}").format(old=old) if old else _("Not on file yet")
        found.append(Line("", what, new, "", why, _("change"), "info"))
    return found


def note_line(note: CellNote) -> Line:
    """A remark on a cell."""
    what = _(FIELDS[note.field]) if note.field in FIELDS else ""
    weight = _(_WEIGHT_WORDS[note.severity])
    read = _(_SEXES[note.read]) if note.field == "sex" and note.read in _SEXES else note.read
    return Line(note.place, what, note.raw, read, note.message, weight, _WEIGHTS[note.severity])


def file_lines(imported: ImportedList) -> list[Line]:
    """Remarks on sheets, columns and rows passed over."""
    found = [_placed(note) for note in imported.notes]
    found += [
        Line(
            f"{one.sheet}!{one.row}",
            _("Row passed over"),
            one.text,
            "",
            _(SKIPPED_LABELS[one.kind]),
            _(_WEIGHT_WORDS[Severity.INFO]),
            "plain",
        )
        for one in imported.skipped
    ]
    return found


def counts(rows: Sequence[PlanRow], is_doubtful: Mapping[int, bool]) -> dict[str, int]:
    """How many each chip lets through."""
    found = {action.value: 0 for action in Action}
    for row in rows:
        found[row.planned.action.value] += 1
    return {**found, "doubtful": sum(is_doubtful.values())}


def _placed(note: CellNote) -> Line:
    line = note_line(note)
    place = f"{note.sheet}!{note.place}" if note.place and note.sheet else note.sheet or note.place
    return Line(place, line.what, line.written, line.read, line.why, line.weight, line.tone)


def _note_words(note: CellNote) -> str:
    return _("{place}: {message}").format(place=note.place, message=note.message)


def narrowed(rows: Sequence[PlanRow], is_doubtful: Mapping[int, bool], key: str) -> Iterator[int]:
    """The numbers of the rows a chip lets through."""
    for number, row in enumerate(rows):
        if not key or (is_doubtful[number] if key == "doubtful" else row.planned.action.value == key):
            yield number
