"""From the form of a class to the use cases: what it begins with, and how it is written."""

import datetime
from typing import Any
from uuid import UUID

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.offices import DecisionData
from casemgr.services import classes
from casemgr.services.households import HouseholdView


def class_values(view: HouseholdView, today: datetime.date) -> dict[str, Any]:
    """The class of this year as recorded, else only the year."""
    current = view.current_class
    if current is None or current.data.year < today.year:
        return {"year": today.year}
    decision = current.decision
    return {
        **vars(current.data),
        "number": decision.number if decision else "",
        "signed_on": decision.signed_on if decision else None,
    }


def record_class(uow: Any, household: UUID, values: dict[str, Any]) -> None:  # noqa: ANN401 - the unit of work is handed through
    """Write the class with the decision that made it."""
    decision = None
    if values["number"]:
        decision = classes.record_decision(uow, DecisionData(values["number"], values["signed_on"], values["year"]))
    data = ClassData(
        year=values["year"],
        value=HouseholdClass(values["value"]),
        since=values["since"],
        decision_id=decision,
        b1=values["b1"],
        b2=values["b2"],
        deprivations=_deprivations(uow, household, values["year"]),
        causes=values["causes"],
        note=values["note"],
    )
    classes.set_class(uow, household, data)


def _deprivations(uow: Any, household: UUID, year: int) -> tuple[str, ...]:  # noqa: ANN401 - as above
    """What the review found stays; this form does not ask for it."""
    known = classes.class_on(classes.classes_of(uow, household), year)
    return known.data.deprivations if known else ()
