"""Target I16: poor households with a person of merit sorted into those on social protection and those able to leave."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from casemgr.domain.exit_marks import ExitClass
from casemgr.domain.targets import Measure
from casemgr.i18n import _
from casemgr.persistence.models import ExitMark
from casemgr.services import sponsors
from casemgr.services.target_classes import POOR
from casemgr.services.target_cohorts import Reading
from casemgr.services.target_findings import Finding, counted, of_whole
from casemgr.services.target_rows import Id, Ids


@dataclass(frozen=True)
class Parts:
    """The three parts, which always make the whole, and who of it is sponsored on the day."""

    whole: Ids
    protected: Ids
    able: Ids
    unsorted: Ids
    sponsored: Ids


def partition(reading: Reading) -> Parts:
    """Of the start of the period, by the mark that held then, else by the first one made in the period."""
    if "exits" not in reading.kept:
        reading.kept["exits"] = _partition(reading)
    found: Parts = reading.kept["exits"]
    return found


def _partition(reading: Reading) -> Parts:
    whole = reading.at_start.of((POOR,)) & reading.at_start.merit
    marks: dict[Id, str] = {}
    start = reading.start.isoformat()
    statement = select(ExitMark.household_id, ExitMark.value, ExitMark.on_date)
    order = (ExitMark.on_date, ExitMark.id)
    for home, value, on in reading.rows(statement.where(ExitMark.on_date <= reading.day).order_by(*order)):
        if on <= start or home not in marks:
            marks[home] = value
    protected = frozenset(home for home in whole if marks.get(home) == ExitClass.PROTECTED.value)
    able = frozenset(home for home in whole if marks.get(home) == ExitClass.ABLE.value)
    active = frozenset(one.bytes for one in sponsors.sponsored(reading.uow, reading.day))
    return Parts(whole, protected, able, whole - protected - able, active & whole)


def sorted_ones(reading: Reading, _measure: Measure) -> Finding:
    """The partition: protected + able + not sorted = whole."""
    made = partition(reading)
    outside = made.sponsored - made.protected
    notes = (
        (_("Sponsored, but not marked as living on social protection: {count}.").format(count=len(outside)),)
        if outside
        else ()
    )
    return of_whole(
        made.protected | made.able,
        made.whole,
        parts=(
            counted(_("Live on social protection"), made.protected),
            counted(_("Able to leave poverty"), made.able),
            counted(_("Not sorted yet"), made.unsorted),
            counted(_("Sponsored"), made.sponsored),
            *((counted(_("Sponsored outside social protection"), outside),) if outside else ()),
        ),
        empty=_("No poor household with a person of merit at the start."),
        notes=notes,
    )


def exit_part(reading: Reading, measure: Measure) -> Finding:
    """One part; those not sorted may still come to it."""
    made = partition(reading)
    part = {"protected": made.protected, "able": made.able}[measure.params["part"]]
    return Finding(part, unknown=made.unsorted)


def left_the_list(reading: Reading, whole: Ids, classes: Iterable[str]) -> Finding:
    """Of these households, who is on the list no more by a decision; whoever is gone is told apart."""
    staying = whole - reading.gone
    out = staying - reading.on.of(classes)
    return of_whole(
        out & reading.reviewed,
        staying,
        staying - reading.reviewed,
        parts=(counted(_("No longer kept by the office"), whole & reading.gone),),
    )


def exit_escaped(reading: Reading, measure: Measure) -> Finding:
    """Of those able to leave, who left."""
    able = partition(reading).able
    if not able:
        return Finding(whole=able, reason=_("No household is marked as able to leave poverty."))
    return left_the_list(reading, able, measure.params["classes"])


def sponsored(reading: Reading, measure: Measure) -> Finding:
    """Who is sponsored, of those on social protection or of all."""
    made = partition(reading)
    if measure.unit.value == "households":
        return Finding(made.sponsored)
    whole = made.protected if measure.params["of"] == "protected" else made.whole
    return of_whole(made.sponsored, whole)


HOWS: Final[Mapping[str, Callable[[Reading, Measure], Finding]]] = {
    "sorted": sorted_ones,
    "exit_part": exit_part,
    "exit_escaped": exit_escaped,
    "sponsored": sponsored,
}
