"""The history of a household in plain words: what each changed field is called and how its values read."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from casemgr.domain.conditions import DEVICE_LABELS, NUTRITION_LABELS, SCHOOL_LABELS, TOILET_LABELS, WATER_LABELS
from casemgr.domain.dates import PartialDate
from casemgr.domain.ethnic import name_of
from casemgr.domain.households import CLASS_LABELS, END_LABELS, POLICY_LABELS
from casemgr.domain.indicator_words import square_metres
from casemgr.domain.offices import AREA_LABELS
from casemgr.domain.people import (
    DISABILITY_LABELS,
    EDUCATION_LABELS,
    LABOUR_LABELS,
    LEAVE_LABELS,
    RELATION_LABELS,
    SEX_LABELS,
    WORK_LABELS,
)
from casemgr.i18n import N_, _
from casemgr.services.history import ChangedField, Event
from casemgr.services.step_names import action_label

FIELDS: Final = {
    "full_name": N_("Full name"),
    "sex": N_("Sex"),
    "birth": N_("Born"),
    "id_number": N_("Identity number"),
    "id_issued_on": N_("Issued on"),
    "old_id_number": N_("Old identity number"),
    "ethnic": N_("Ethnic group"),
    "education": N_("Education"),
    "work": N_("Work"),
    "occupation": N_("Occupation"),
    "labour": N_("Labour capacity"),
    "disability": N_("Disability"),
    "insurance_number": N_("Health insurance number"),
    "merit": N_("Person of merit"),
    "allowance": N_("Monthly social allowance"),
    "phone": N_("Phone"),
    "died_on": N_("Died on"),
    "notes": N_("Notes"),
    "area": N_("Area type"),
    "address": N_("Address"),
    "permanent_address": N_("Registered address"),
    "flags": N_("Policy attributes"),
    "relation": N_("Relation"),
    "joined_on": N_("Joined on"),
    "left_on": N_("Left on"),
    "left_reason": N_("Reason"),
    "value": N_("Class"),
    "year": N_("Year"),
    "b1": N_("B1"),
    "b2": N_("B2"),
    "insured": N_("Health insurance"),
    "school": N_("School attended"),
    "nutrition": N_("Growth"),
    "trained": N_("Training"),
    "seeks_work": N_("Looks for work"),
    "wage_work": N_("Works for wages"),
    "contract": N_("Labour contract"),
    "walls_durable": N_("Durable walls"),
    "columns_durable": N_("Durable columns"),
    "roof_durable": N_("Durable roof"),
    "area_dm2": N_("Living area"),
    "water": N_("Source of water"),
    "toilet": N_("Toilet"),
    "internet": N_("Internet"),
    "devices": N_("Means of information"),
    "waste_handled": N_("Waste collected or treated"),
    "seen_on": N_("Seen on"),
    "ended_on": N_("Ended on"),
    "end_reason": N_("Reason"),
}
"""Fields a person knows; others are not worth a line."""


def _from(labels: Mapping[Any, str]) -> Callable[[Any], str]:
    words = {str(code): text for code, text in labels.items()}
    return lambda value: _(words[value]) if value in words else str(value)


def _date(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    try:
        return PartialDate.from_iso(str(value)).text
    except ValueError:
        return str(value)


def _flags(value: Any) -> str:  # noqa: ANN401 - what JSON holds
    return ", ".join(map(_from(POLICY_LABELS), value)) if isinstance(value, list) else str(value)


_VALUES: Final[Mapping[str, Callable[[Any], str]]] = {
    "sex": _from(SEX_LABELS),
    "ethnic": name_of,
    "education": _from(EDUCATION_LABELS),
    "work": _from(WORK_LABELS),
    "labour": _from(LABOUR_LABELS),
    "disability": _from(DISABILITY_LABELS),
    "relation": _from(RELATION_LABELS),
    "left_reason": _from(LEAVE_LABELS),
    "end_reason": _from(END_LABELS),
    "area": _from(AREA_LABELS),
    "value": _from(CLASS_LABELS),
    "flags": _flags,
    "school": _from(SCHOOL_LABELS),
    "nutrition": _from(NUTRITION_LABELS),
    "water": _from(WATER_LABELS),
    "toilet": _from(TOILET_LABELS),
    "area_dm2": lambda value: _("{area} m²").format(area=square_metres(int(value))),
    "devices": lambda value: ", ".join(map(_from(DEVICE_LABELS), value)) if isinstance(value, list) else str(value),
    **dict.fromkeys(("birth", "id_issued_on", "died_on", "joined_on", "left_on", "ended_on", "seen_on"), _date),
}


def value_words(field: str, value: Any) -> str:  # noqa: ANN401 - what JSON holds
    """A stored value as people read it; nothing is a dash."""
    if value is None or value == "" or value == []:
        return "–"
    if isinstance(value, bool) or (field in ("merit", "allowance") and value in (0, 1)):
        return _("yes") if value else _("no")
    return _VALUES.get(field, str)(value)


def field_words(change: ChangedField) -> str:
    """One changed field: "Born: 1976 → 02/01/1977"; of a new class its year and value."""
    if change.op == "i" and change.table == "household_class" and isinstance(change.new, dict):
        return _("{year}: {name}").format(
            year=change.new.get("year", ""), name=value_words("value", change.new.get("value"))
        )
    if change.op != "u" or change.field not in FIELDS:
        return ""
    return _("{field}: {old} → {new}").format(
        field=_(FIELDS[change.field]),
        old=value_words(change.field, change.old),
        new=value_words(change.field, change.new),
    )


def event_words(event: Event) -> str:
    """One line of the timeline."""
    details = "; ".join(filter(None, map(field_words, event.fields)))
    title = action_label(event.action)
    if event.subject and not event.subject.startswith("H-"):
        title = f"{title}: {event.subject}"
    line = f"{title} ({details})" if details else title
    return _("{what}, taken back").format(what=line) if event.undone else line
