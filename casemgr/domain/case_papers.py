"""Papers of livelihoods, training, work abroad and houses: one wording, one content, as many papers as there are files.

What a paper says stands in `resources/templates/case_*.toml`; what a line of `sections` may be:

    # Heading                                  a heading in bold
    > Label: {name} | Label: {other}           labels with their values beside each other, dots where one is unknown
    [table 5]                                  the table of that name from `tables`, with five rows at least
    anything else                              a paragraph

Facts every paper may name, filled in from the file where a person or household is given: `name`, `NAME`, `birth`,
`sex`, `ethnic`, `id_number`, `id_issued_on`, `phone`, `permanent_address`, `address`, `relation`, `head`,
`household_code`, `hamlet`, `people`, `category`, `category_decision`; of the office: `commune`, `COMMUNE`, `unit`,
`province`, `place`, `date`, `year`, `office_unit`, `department`, `number`.

Further names of each paper (tables with their columns in brackets, without the running number):

    case_production_request     programme project activity scale experience own_share
                                [needs: item, measure, quantity, amount]
    case_production_plan        causes deprivations land stalls labour experience savings loans activity scale reason
                                market training total_cost state_share own_share profit payback extra_income goal
                                risks officer
                                [needs: item, specification, measure, quantity, price, amount, source]
                                [own: item, measure, quantity, price, amount, when]
                                [schedule: step, from, to, who]
    case_selection_minutes      programme project time venue chair secretary representative invited present
                                selected refused discussion
                                [votes: head, category, content, agreed, against, outcome]
    case_commitment             programme project decision content value own_share return_form return_amount return_due
    case_passing_slip           project round due returned taker taker_id taker_address taker_category condition
                                [goods: item, tag, measure, quantity, value, state]
    case_acceptance_minutes     programme project decision venue office_person office_title group_person hamlet_person
                                value own_share conclusion
                                [works: item, measure, planned, done, value, note]
    case_liquidation_minutes    project contract contract_on venue office_person office_title group_person
                                contract_value accepted_value paid rest
                                [works: item, measure, planned, done, value, note]
    case_loss_minutes           project venue vet hamlet_person officer loss_on kind cause fault proposal
                                [losses: item, tag, measure, quantity, value, state]
    case_visit_sheet            activity visit due_on officer given
    case_training_request       groups education trade provider time supported_before
    case_training_class_list    course trade level provider venue from to decision count
                                [people: name, birth, sex, ethnic, address, group, phone]
    case_training_decision_list trade provider decision count
                                [people: name, birth, sex, ethnic, address, group, trade, tuition]
    case_training_support_list  trade provider from to decision source count meals travel total words
                                [people: name, birth, sex, ethnic, group, trade, km, area, days, meals, travel]
    case_training_confirmation  course trade provider from to hours result certificate purpose
    case_curriculum_vitae       other_name religion origin education languages occupation
                                [history: period, work, place] [family: relation, name, birth, occupation, address]
    case_contract_confirmation  received passport employer employer_address country job from to workplace wage
    case_contract_refusal       received employer country reason
    case_abroad_support_request groups company country job contract total bank account
                                [supports: item, amount, papers]
    case_introduction           recipient education skills wish purpose valid
    case_housing_stage          programme works area decision decided stage volume pays paid venue office_person
                                office_title hamlet_person conclusion
    case_housing_done           programme works area decision decided started finished quality pays paid venue
                                office_person office_title hamlet_person conclusion
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Final

from casemgr.domain.filling import put
from casemgr.domain.paper_wordings import LetterWording
from casemgr.domain.papers import Letterhead, Signing
from casemgr.errors import Problem
from casemgr.i18n import _

OPEN: Final = "……………………"
"""Written by hand: what a paper names and nobody gave."""

A4, LANDSCAPE, A5, PHONE = "a4", "landscape", "a5", "phone"
MOTTO, MINUTES, OFFICE = "motto", "minutes", "office"
LAYOUT: Final = (A4, LANDSCAPE, A5, PHONE, MOTTO, MINUTES, OFFICE)
"""What `layout` may say: the size of the page; the head of a citizen's paper; a text that begins with day and place
itself; the office signs."""

FACTS: Final = frozenset(
    (
        *("name", "NAME", "birth", "sex", "ethnic", "id_number", "id_issued_on", "phone", "permanent_address"),
        *("address", "relation", "head", "household_code", "hamlet", "people", "category", "category_decision"),
    )
)
"""Names every paper may use, filled in from the file."""

OFFICE_NAMES: Final = frozenset(
    ("commune", "COMMUNE", "unit", "province", "place", "date", "year", "number", "office_unit", "department")
)

_NAME = re.compile(r"\{(\w+)\}")
_TABLE = re.compile(r"\[(\w+)(?: (\d+))?\]")


@dataclass(frozen=True)
class CasePaperWording(LetterWording):
    """The fixed words of any paper of a case; names in braces are open."""

    addressee: tuple[str, ...]
    basis: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[str, ...]
    tables: tuple[str, ...]
    """One table a line: its name, a colon, its headings with upright bars between."""
    closing: tuple[str, ...]
    signers: tuple[str, ...]
    """One a line: title | hint | name."""
    confirms: tuple[str, ...]
    """What the commune confirms below the signatures of others."""
    remark: str
    """Small, below everything: that a form is no official one."""
    photo: str
    """In the box for a photograph; empty: there is none."""
    layout: tuple[str, ...]
    """Words of `LAYOUT`."""

    def fields(self) -> tuple[str, ...]:
        """Every name the wording leaves open, in the order of the paper."""
        found: dict[str, None] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            for line in (value,) if isinstance(value, str) else value:
                found |= dict.fromkeys(_NAME.findall(line))
        return tuple(found)

    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Headings of each table."""
        found = {}
        for line in self.tables:
            name, _colon, headings = line.partition(":")
            found[name.strip()] = tuple(heading.strip() for heading in headings.split("|"))
        return found

    def width(self, table: str) -> int:
        """How many cells a row of a table has, without its running number."""
        headings = self.columns()[table]
        return len(headings) - _numbered(headings)


@dataclass(frozen=True)
class CaseTable:
    """The rows of one table, without running numbers."""

    name: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class CasePaperContent:
    """A paper of a case: its words still open, and what they name; values are never read as markup."""

    wording: CasePaperWording
    head: Letterhead
    values: tuple[tuple[str, str], ...]
    tables: tuple[CaseTable, ...]
    signing: Signing

    def text(self, line: str) -> str:
        """A line of the wording with its names; dots for those nobody gave."""
        given = dict(self.values)
        return put(line, {name: given.get(name) or OPEN for name in _NAME.findall(line)})


@dataclass(frozen=True)
class Heading:
    """A heading inside the text."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Labels with values in one line; an empty value is written by hand."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Grid:
    """A table with its headings, and empty rows to write on."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


Block = Heading | Facts | Grid | Text


def blocks(content: CasePaperContent) -> Iterator[Block]:
    """The body of the paper, part by part; the words are read before any name is put in."""
    for line in content.wording.sections:
        if line.startswith("# "):
            yield Heading(content.text(line[2:]))
        elif line.startswith("> "):
            yield Facts(tuple(_pair(content, part) for part in line[2:].split("|")))
        elif match := _TABLE.fullmatch(line.strip()):
            yield _grid(content, match[1], int(match[2] or 0))
        else:
            yield Text(content.text(line))


def signers(content: CasePaperContent) -> tuple[Signing, ...]:
    """Who signs beside the office."""
    made = []
    given = dict(content.values)
    for line in content.wording.signers:
        title, hint, name, *_rest = [part.strip() for part in f"{line}||".split("|")]
        known = put(name, {each: given.get(each, "") for each in _NAME.findall(name)})
        made.append(Signing((content.text(title),), known, hint))
    return tuple(made)


def _pair(content: CasePaperContent, part: str) -> tuple[str, str]:
    label, _colon, value = part.partition(":")
    given = dict(content.values)
    filled = put(value.strip(), {name: given.get(name, "") for name in _NAME.findall(value)})
    return f"{content.text(label.strip())}:", filled.strip()


def _grid(content: CasePaperContent, name: str, least: int) -> Grid:
    headings = content.wording.columns()[name]
    numbered = _numbered(headings)
    wide = len(headings) - numbered
    rows = next((table.rows for table in content.tables if table.name == name), ())
    lines = [*rows, *(("",) * wide for _line in range(least - len(rows)))]
    return Grid(
        tuple(content.text(heading) for heading in headings),
        tuple((*((str(place),) if numbered else ()), *line) for place, line in enumerate(lines, 1)),
    )


def _numbered(headings: tuple[str, ...]) -> int:
    """1 where the first column counts the rows."""
    return int(headings[0] in {"STT", "TT"})


def wording_problems(wording: CasePaperWording, shipped: CasePaperWording, names: Mapping[str, str]) -> list[Problem]:
    """What a changed wording gets wrong: an unknown name or layout, a table or column that is gone."""
    known = FACTS | OFFICE_NAMES | set(names)
    problems = [
        Problem("wording.sections", _("The paper has nothing to put for “{name}”.").format(name=f"{{{name}}}"))
        for name in wording.fields()
        if name not in known
    ]
    problems += [
        Problem("wording.layout", _("“{word}” is no word for the layout.").format(word=word))
        for word in wording.layout
        if word not in LAYOUT
    ]
    columns = wording.columns()
    for name, headings in shipped.columns().items():
        if name not in columns or len(columns[name]) != len(headings):
            told = _("The table “{name}” must keep its {count} columns.")
            problems.append(Problem("wording.tables", told.format(name=name, count=len(headings))))
    for line in wording.sections:
        match = _TABLE.fullmatch(line.strip())
        if match and match[1] not in columns:
            problems.append(Problem("wording.sections", _("There is no table “{name}”.").format(name=match[1])))
    return problems
