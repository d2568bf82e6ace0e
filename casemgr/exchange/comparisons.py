"""The comparison of a list with the file, and the trial of a standard, as Excel files: one sheet for each list."""

from collections.abc import Iterator, Sequence

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.domain.reconciling import Reconciliation, Remark
from casemgr.domain.rehearsal import Rehearsal
from casemgr.exchange.tables import Table, Value, workbook_bytes
from casemgr.i18n import _
from casemgr.services.entitlement_changes import EFFECT_LABELS, ProgrammeEffect

Row = tuple[Value, ...]


def reconciliation_workbook(found: Reconciliation, *, mark: str) -> bytes:
    """Three sheets: what differs, only here, only there; `mark` is who made it and when."""
    title = _("Comparison of {file} with the classes of {year}").format(file=found.label, year=found.year)
    title = f"{title}. {mark}"
    return workbook_bytes(
        (
            Table(
                _("Differs"),
                (
                    _("Household"),
                    _("Head of household"),
                    _("Hamlet"),
                    _("Place in the list"),
                    _("Field"),
                    _("Person"),
                    _("In this file"),
                    _("In the list"),
                ),
                _differing(found),
                title,
            ),
            Table(
                _("Only in this file"),
                (_("Household"), *_household_columns(), _("Remarks")),
                (
                    (one.code, one.head, one.birth, one.hamlet, one.people, _class(one.value), _words(one.remarks))
                    for one in found.only_here
                ),
                title,
            ),
            Table(
                _("Only in the list"),
                (_("Place in the list"), *_household_columns(), _("Remarks")),
                (
                    (
                        f"{one.sheet}!{one.row}",
                        one.head,
                        one.birth,
                        one.hamlet,
                        one.people,
                        _class(one.value),
                        _words(one.remarks),
                    )
                    for one in found.only_there
                ),
                title,
            ),
        )
    )


def _household_columns() -> tuple[str, ...]:
    return (_("Head of household"), _("Birth date"), _("Hamlet"), _("People"), _("Class"))


def _differing(found: Reconciliation) -> Iterator[Row]:
    for one in found.differs:
        place = f"{one.sheet}!{one.row}"
        for each in one.differences:
            yield one.code, one.head, one.hamlet, place, each.label, each.who, each.here, each.there


def _class(value: HouseholdClass | None) -> str:
    return _(CLASS_LABELS[value]) if value else ""


def _words(remarks: tuple[Remark, ...]) -> str:
    return " ".join(remark.message for remark in remarks)


def rehearsal_workbook(found: Rehearsal, effects: Sequence[ProgrammeEffect] = (), *, mark: str) -> bytes:
    """Four sheets: classes, who changes, what is missing, what begins and ends; `mark` is who made it and when."""
    title = _("Trial of {title} ({id})").format(title=found.pack.title, id=found.pack.id)
    if not found.official:
        title = "{}. {}".format(title, _("Draft: for preparation only"))
    title = f"{title}. {mark}"
    columns = found.news
    return workbook_bytes(
        (
            Table(
                _("Classes"),
                (_("Class now"), *(class_or_open(new) for new in columns), _("Total")),
                (
                    (
                        _(CLASS_LABELS[old]),
                        *(found.counts.get((old, new), 0) for new in columns),
                        found.total(old=old),
                    )
                    for old in found.olds
                ),
                title,
            ),
            Table(
                _("Changes"),
                (
                    _("Household"),
                    _("Head of household"),
                    _("Hamlet"),
                    _("Class now"),
                    _("Class by the standard tried"),
                    _("Why"),
                ),
                (
                    (one.code, one.head, one.hamlet, _(CLASS_LABELS[one.old]), class_or_open(one.new), one.reason)
                    for one in found.changes
                ),
                title,
            ),
            Table(
                _("Missing answers"),
                (
                    _("Household"),
                    _("Head of household"),
                    _("Hamlet"),
                    _("Class now"),
                    _("Possible classes"),
                    _("Missing"),
                ),
                (
                    (
                        one.code,
                        one.head,
                        one.hamlet,
                        _(CLASS_LABELS[one.old]),
                        ", ".join(_(CLASS_LABELS[value]) for value in one.possible),
                        "; ".join(map(found.name_of, one.codes)),
                    )
                    for one in found.missing
                ),
                title,
            ),
            Table(
                _("Support"),
                (_("Programme code"), _("Programme"), _("What happens"), _("Households"), _("Beneficiaries")),
                (
                    (one.programme, one.title, _(EFFECT_LABELS[what]), len(homes), people)
                    for one in effects
                    for what, homes, people in one.lists
                ),
                title,
            ),
        )
    )


def class_or_open(value: HouseholdClass | None) -> str:
    """A class in words; an open one is said to be so."""
    return _("Not determined") if value is None else _(CLASS_LABELS[value])
