"""Case work with a household: what is planned with it, what was seen and said, and who was asked for help."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from casemgr.i18n import N_


class NoteKind(StrEnum):
    """How somebody met the household."""

    VISIT = "visit"
    CALL = "call"
    MEETING = "meeting"
    NOTE = "note"


NOTE_LABELS: Final = {
    NoteKind.VISIT: N_("Home visit"),
    NoteKind.CALL: N_("Phone call"),
    NoteKind.MEETING: N_("Meeting at the office"),
    NoteKind.NOTE: N_("Note of the case"),
}


class PlanStatus(StrEnum):
    """Whether a version of the plan is in force."""

    DRAFT = "draft"
    AGREED = "agreed"
    REPLACED = "replaced"


PLAN_LABELS: Final = {
    PlanStatus.DRAFT: N_("Being written"),
    PlanStatus.AGREED: N_("Agreed with the household"),
    PlanStatus.REPLACED: N_("Replaced by a later plan"),
}


class GoalStatus(StrEnum):
    """What became of a goal."""

    OPEN = "open"
    REACHED = "reached"
    DROPPED = "dropped"


GOAL_LABELS: Final = {
    GoalStatus.OPEN: N_("Worked on"),
    GoalStatus.REACHED: N_("Reached"),
    GoalStatus.DROPPED: N_("Given up"),
}


class Answer(StrEnum):
    """What the other office answered."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NO_ANSWER = "no_answer"


ANSWER_LABELS: Final = {
    Answer.ACCEPTED: N_("Took it on"),
    Answer.REFUSED: N_("Did not take it on"),
    Answer.NO_ANSWER: N_("Never answered"),
}


@dataclass(frozen=True)
class NoteData:
    """A visit, call or meeting, and what is to be done next: both in one go."""

    household_id: UUID
    kind: NoteKind
    on: date
    text: str
    person_id: UUID | None = None
    next_title: str = ""
    """A task for afterwards; empty: none."""
    next_due_on: date | None = None


@dataclass(frozen=True)
class ActionData:
    """One thing to do for a goal."""

    text: str
    owner: str = ""
    """Who does it, in words; empty: the officer."""
    officer_id: UUID | None = None
    due_on: date | None = None
    done_on: date | None = None
    result: str = ""


@dataclass(frozen=True)
class GoalData:
    """A goal with its actions."""

    text: str
    dimension: str = ""
    due_on: date | None = None
    status: GoalStatus = GoalStatus.OPEN
    actions: tuple[ActionData, ...] = ()


@dataclass(frozen=True)
class ReferralData:
    """A household or person sent to another office."""

    household_id: UUID
    to_office: str
    subject: str
    sent_on: date
    due_on: date | None = None
    person_id: UUID | None = None
    note: str = ""
