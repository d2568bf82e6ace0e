"""The form of a place in a programme; one that goes through steps begins with the request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from casemgr.domain.staged import steps_of
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.i18n import _
from casemgr.services import enrolments
from ui.pages.households import support_fields

if TYPE_CHECKING:
    from datetime import date

    from casemgr.domain.programmes import Programme
    from casemgr.services.households import HouseholdView
    from casemgr.services.programmes import ProgrammeListRow
    from ui.desk import Desk
    from ui.form_pane import FormPane
    from ui.forms import Form
    from ui.jobs import Job
    from ui.pages.households.opening import OpenForm
    from ui.pages.households.support_lines import SupportLine


def keep_place(
    desk: Desk,
    open_form: OpenForm,
    view: HouseholdView,
    rows: Sequence[ProgrammeListRow],
    row: SupportLine | None = None,
) -> FormPane | None:
    """Open it: new, for the programme of a line, or the one on record; the form, if one may be opened."""
    known = {one.programme.code: one.programme for one in rows}
    line = row.line if row is not None and row.line is not None and row.line.source == "enrolment" else None
    found = desk.workspace.read(enrolments.view, line.record_id) if line is not None else None
    programme = known.get(row.programme) if row is not None else None
    today = desk.workspace.now.astimezone().date()

    def submit(form: Form) -> Job:
        typed = form.values()
        own = {name: value for name, value in typed.items() if not name.startswith("detail_")}
        data = EnrolmentData(household_id=view.id, detail=support_fields.detail_of(typed), **own)
        return desk.write(
            enrolments.keep_enrolment,
            data,
            enrolment_id=found.id if found is not None else None,
            version=found.version if found is not None else None,
        )

    pane = open_form(
        lambda: _("Place in a programme"),
        support_fields.enrolment_fields(rows, view, programme),
        submit,
        _values(found.data if found is not None else None, row, programme, today),
        name="placeForm",
        alone=True,
    )
    if pane is None or found is not None:
        return pane
    form, seen = pane.form, [programme.code if programme is not None else None]

    def begin() -> None:
        """A programme in steps begins with what was asked for; the other ones with their decision."""
        code = form.value("programme")
        if code == seen[0]:
            return
        seen[0] = code
        for name, value in _start(known.get(code), today).items():
            form.put(name, value)

    form.changed.connect(begin)
    return pane


def _start(programme: Programme | None, today: date) -> dict[str, Any]:
    if programme is not None and steps_of(programme):
        return {"status": EnrolmentStatus.NEED, "need_on": today}
    return {"status": EnrolmentStatus.APPROVED, "need_on": None}


def _values(
    data: EnrolmentData | None, row: SupportLine | None, programme: Programme | None, today: date
) -> Mapping[str, Any]:
    if data is not None:
        own = (
            {f"detail_{field.code}": data.detail.get(field.code, "") for field in programme.fields} if programme else {}
        )
        return {**vars(data), **own}
    one = row.entitlement if row is not None else None
    return {
        "programme": row.programme if row is not None else None,
        "person_id": row.person_id if row is not None else None,
        "decision_number": "",
        "decision_on": None,
        "from_on": None,
        "to_on": None,
        "amount": one.amount if one is not None else None,
        "reason": "",
        "note": "",
        **_start(programme, today),
    }
