"""What posting, taking down, objecting and settling ask."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from casemgr.domain.reviews import OBJECTION_LABELS, ObjectionOutcome
from casemgr.i18n import N_, _
from ui.editors import ChoiceEditor, DayEditor, LineEditor, NotesEditor
from ui.forms import Field
from ui.jobs import Job
from ui.verb_card import VerbCard

Submit = Callable[[Mapping[str, Any]], Job]
AHEAD_DAYS: Final = 60


def posting_card(hamlets: ChoiceEditor, submit: Submit) -> VerbCard:
    """Post results: where, from which day, until when."""
    return VerbCard(
        lambda: _("Post the results"),
        lambda: _("Post the results"),
        (
            Field("hamlet_id", N_("&Hamlet"), lambda: hamlets),
            Field("posted_on", N_("Posted &from"), DayEditor, required=True),
            Field(
                "until_on",
                N_("&Until the end of"),
                lambda: DayEditor(ahead=AHEAD_DAYS),
                N_("The last working day it must hang; a later day may be chosen."),
                required=True,
            ),
            Field("places", N_("&Places"), lambda: NotesEditor(lines=4), required=True),
        ),
        submit,
        name="post",
    )


def take_down_card(submit: Submit) -> VerbCard:
    """Take a list down."""
    return VerbCard(
        lambda: _("Take the list down"),
        lambda: _("Take down"),
        (Field("on", N_("Da&y"), DayEditor, required=True),),
        submit,
        name="takeDown",
    )


def objection_card(submit: Submit) -> VerbCard:
    """Somebody objects."""
    return VerbCard(
        lambda: _("Objection"),
        lambda: _("Record the objection"),
        (
            Field("received_on", N_("&Received on"), DayEditor, required=True),
            Field("by_name", N_("Raised &by"), LineEditor, required=True),
            Field("content", N_("&Content"), lambda: NotesEditor(lines=4), required=True),
        ),
        submit,
        name="objection",
    )


def settling_card(submit: Submit) -> VerbCard:
    """What the re-check found."""
    outcomes = [
        (value, partial(_, OBJECTION_LABELS[value])) for value in (ObjectionOutcome.UPHELD, ObjectionOutcome.DISMISSED)
    ]
    return VerbCard(
        lambda: _("Re-check"),
        lambda: _("End the re-check"),
        (
            Field("outcome", N_("&Outcome"), lambda: ChoiceEditor(outcomes), required=True),
            Field("on", N_("Da&y"), DayEditor, required=True),
            Field("finding", N_("&Finding"), lambda: NotesEditor(lines=4), required=True),
        ),
        submit,
        name="settle",
    )
