"""Vocational training: the states of a learner, attendance, results, and what is asked about a need and a job.

States after the procedures of QĐ 46/2015/QĐ-TTg and NĐ 338/2025/NĐ-CP; rates and conditions are dated data
(`resources/programmes/rates_training.toml`).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casemgr.domain.findings import Severity
from casemgr.domain.states import Machine, Move, Need, State
from casemgr.i18n import N_


class LearnerState(StrEnum):
    """How far somebody is on the way from a need to a job."""

    NEED = "need"
    ADVISED = "advised"
    REGISTERED = "registered"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    APPROVED = "approved"
    PLACED = "placed"
    LEARNING = "learning"
    DROPPED = "dropped"
    FINISHED = "finished"
    CERTIFIED = "certified"
    IN_WORK = "in_work"
    NO_WORK = "no_work"


class Mark(StrEnum):
    """A learner on a day of the class."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


MARK_LABELS: Final = {
    Mark.PRESENT: N_("Present"),
    Mark.EXCUSED: N_("Away with leave"),
    Mark.ABSENT: N_("Away"),
}

MARK_SIGNS: Final = {Mark.PRESENT: "x", Mark.EXCUSED: "p", Mark.ABSENT: "k"}
"""As hamlets write them on paper: x, P (phép), K (không phép)."""


class Track(StrEnum):
    """What a pupil chose after advice."""

    UPPER_SECONDARY = "upper_secondary"
    VOCATIONAL = "vocational"
    CONTINUING = "continuing"


TRACK_LABELS: Final = {
    Track.UPPER_SECONDARY: N_("Upper secondary school"),
    Track.VOCATIONAL: N_("Vocational training"),
    Track.CONTINUING: N_("Continuing education"),
}


class Level(StrEnum):
    """What a class leads to."""

    ELEMENTARY = "elementary"
    SHORT = "under_3_months"


LEVEL_LABELS: Final = {Level.ELEMENTARY: N_("Elementary level"), Level.SHORT: N_("Training under 3 months")}

DROP_LABELS: Final = {
    "work": N_("Went to work for wages"),
    "care": N_("Looks after children or the sick"),
    "far": N_("The way is too far"),
    "health": N_("Health"),
    "unsuitable": N_("The trade does not suit"),
    "other": N_("Another reason"),
}
"""Why people leave a class."""

OBSTACLE_LABELS: Final = {
    "care": N_("Looks after children or the sick"),
    "travel": N_("No means of transport"),
    "income": N_("Cannot miss the daily income"),
    "literacy": N_("Does not read or write well"),
}
"""What keeps people from learning, as the survey of needs asks."""

ADVICE = Need("advice", N_("Write the day of the advice and the adviser."), "advised_on", severity=Severity.WARN)
REQUEST = Need("request", N_("Write the day of the request."), "registered_on")
CONDITIONS = Need("conditions", N_("A condition is not met."), "groups")
NOT_TRAINED = Need("not_trained", N_("Was trained under another policy of the state already."), "trained_before")
LIST_DECISION = Need(
    "decision", N_("Write the number and day of the decision that approves the list."), "decision_number"
)
CLASS = Need("course", N_("Choose the class."), "course_id")
CLASS_DECISION = Need("course_decision", N_("The class has no decision yet."), "course_id", severity=Severity.WARN)
STARTED = Need("started", N_("The class has not begun yet."), "on")
PRESENT_ONCE = Need("present", N_("Not present on any day of the class."), "marks")
ENDED = Need("ended", N_("The class has not ended yet."), "on")
RESULT = Need("result", N_("Write the result."), "result")
CERTIFICATE = Need("certificate", N_("Write number, day and issuer of the certificate."), "certificate_number")
JOB = Need("job", N_("Record the work found."), "job")

_L = LearnerState
_DROP = Move(_L.DROPPED, back=True)

LEARNER_MACHINE: Final = Machine(
    "learner",
    (
        State(_L.NEED, N_("Has a need")),
        State(_L.ADVISED, N_("Advised")),
        State(_L.REGISTERED, N_("Registered for training")),
        State(_L.ELIGIBLE, N_("Conditions met")),
        State(_L.NOT_ELIGIBLE, N_("Conditions not met"), final=True),
        State(_L.APPROVED, N_("On the approved list")),
        State(_L.PLACED, N_("Placed in a class")),
        State(_L.LEARNING, N_("In training")),
        State(_L.DROPPED, N_("Dropped out"), final=True),
        State(_L.FINISHED, N_("Finished the class")),
        State(_L.CERTIFIED, N_("Certificate given")),
        State(_L.IN_WORK, N_("Has work")),
        State(_L.NO_WORK, N_("No work yet")),
    ),
    {
        _L.NEED: (Move(_L.ADVISED), Move(_L.REGISTERED, (REQUEST, ADVICE)), _DROP),
        _L.ADVISED: (
            Move(_L.REGISTERED, (REQUEST,), papers=("case_training_request",)),
            Move(_L.NEED, back=True),
            _DROP,
        ),
        _L.REGISTERED: (
            Move(_L.ELIGIBLE, (CONDITIONS, NOT_TRAINED)),
            Move(_L.NOT_ELIGIBLE, back=True),
            Move(_L.ADVISED, back=True),
            _DROP,
        ),
        _L.ELIGIBLE: (
            Move(_L.APPROVED, (LIST_DECISION,), papers=("case_training_decision_list",)),
            Move(_L.REGISTERED, back=True),
            _DROP,
        ),
        _L.NOT_ELIGIBLE: (Move(_L.REGISTERED, back=True),),
        _L.APPROVED: (
            Move(_L.PLACED, (CLASS, CLASS_DECISION), papers=("case_training_class_list",)),
            Move(_L.ELIGIBLE, back=True),
            _DROP,
        ),
        _L.PLACED: (Move(_L.LEARNING, (STARTED,)), Move(_L.APPROVED, back=True), _DROP),
        _L.LEARNING: (
            Move(_L.FINISHED, (ENDED, PRESENT_ONCE, RESULT), papers=("case_training_confirmation",)),
            Move(_L.PLACED, back=True),
            _DROP,
        ),
        _L.DROPPED: (Move(_L.NEED, back=True),),
        _L.FINISHED: (
            Move(_L.CERTIFIED, (CERTIFICATE,)),
            Move(_L.IN_WORK, (JOB,)),
            Move(_L.NO_WORK, papers=("case_introduction",)),
            Move(_L.LEARNING, back=True),
        ),
        _L.CERTIFIED: (
            Move(_L.IN_WORK, (JOB,)),
            Move(_L.NO_WORK, papers=("case_introduction",)),
            Move(_L.FINISHED, back=True),
        ),
        _L.NO_WORK: (Move(_L.IN_WORK, (JOB,)),),
        _L.IN_WORK: (Move(_L.NO_WORK, back=True),),
    },
)
"""A learner; the certificate may come after the work."""


@dataclass(frozen=True)
class NeedContent:
    """What the survey of needs asked and what was advised."""

    reason: str = ""
    time_available: str = ""
    can_read: bool | None = None
    obstacle: str = ""
    """Child care, transport or another."""
    advised_on: str = ""
    """ISO."""
    adviser: str = ""
    advice: str = ""
    alternatives: str = ""
    provider_wanted: str = ""
