"""States a case passes through: which moves there are, what each needs, and what speaks against one.

The tables of states are of the handbook of support (livelihood plans, community projects, learners, work abroad);
each topic builds its `Machine` and establishes the facts its needs ask for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casemgr.domain.findings import Finding, Severity
from casemgr.domain.text import clean
from casemgr.i18n import _


@dataclass(frozen=True)
class State:
    """One state: its code as it is stored, and its official word."""

    code: str
    label: str
    """Marked for translation."""
    final: bool = False
    """Nothing is due any more."""


@dataclass(frozen=True)
class Need:
    """A fact a move asks for."""

    code: str
    text: str
    """What is missing and what to do, marked for translation."""
    field: str = ""
    citation: str = ""
    severity: Severity = Severity.REFUSE


@dataclass(frozen=True)
class Move:
    """From one state to another."""

    to: str
    needs: tuple[Need, ...] = ()
    back: bool = False
    """Backward, aside or to an end before the goal: a reason is asked for."""
    papers: tuple[str, ...] = ()
    """Codes of the papers made at this step (`domain/case_papers.py`)."""


@dataclass(frozen=True)
class Machine:
    """The states of one kind of case and the moves between them, the expected one first."""

    kind: str
    """As `state_step.kind` stores it."""
    states: tuple[State, ...]
    moves: Mapping[str, tuple[Move, ...]]
    by_code: Mapping[str, State] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {state.code: state for state in self.states})
        unknown = {code for code in self.moves if code not in self.by_code}
        unknown |= {move.to for moves in self.moves.values() for move in moves if move.to not in self.by_code}
        if unknown:
            message = f"states that are not in the table: {sorted(unknown)}"
            raise ValueError(message)

    def label(self, code: str) -> str:
        """What a state is called, in the language in force."""
        return _(self.by_code[code].label)

    def moves_from(self, code: str) -> tuple[Move, ...]:
        """Where one may go from a state, the expected move first."""
        return self.moves.get(code, ())

    def move(self, code: str, to: str) -> Move | None:
        """The move between two states; None when there is none."""
        return next((move for move in self.moves_from(code) if move.to == to), None)

    def expected(self, code: str) -> Move | None:
        """The one highlighted next step: the first that leads forward."""
        return next((move for move in self.moves_from(code) if not move.back), None)

    def check(self, code: str, to: str, facts: Mapping[str, bool | None], *, reason: str = "") -> tuple[Finding, ...]:
        """What speaks against a move.

        A need whose fact is False is a finding of its severity; one that is not known (None, or not among `facts`)
        only asks for a reason, because unknown is not "no".
        """
        move = self.move(code, to)
        if move is None:
            told = _("There is no way from “{state}” to “{to}”.")
            return (Finding(Severity.REFUSE, "to", told.format(state=self.label(code), to=self.label(to))),)
        findings = []
        for need in move.needs:
            fact = facts.get(need.code)
            if fact is not True:
                severity = need.severity if fact is False else Severity.WARN
                findings.append(Finding(severity, need.field, _(need.text), need.citation))
        if move.back and not clean(reason):
            findings.append(Finding(Severity.REFUSE, "reason", _("Write the reason.")))
        return tuple(findings)
