"""Hamlets and signatories: lists with a form, corrected and taken out of use, never deleted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtWidgets import QVBoxLayout

from casemgr.domain.offices import (
    AREA_LABELS,
    HAMLET_KINDS,
    Area,
    HamletData,
    HamletView,
    SignatoryData,
    SignatoryView,
)
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_number
from casemgr.services import areas, offices
from ui.editors import CheckEditor, ChoiceEditor, LineEditor, labelled
from ui.forms import Field
from ui.models.rows import Column
from ui.office.letterhead import LinesEditor
from ui.pages.settings.pane import Pane
from ui.pages.settings.records import RecordsPane
from ui.theme import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job


def _state(active: bool) -> str:
    return _("in use") if active else _("no longer in use")


def _tone(active: bool) -> str:
    return "ok" if active else "plain"


HAMLET_FIELDS: Final = (
    Field(
        "kind",
        N_("&Kind"),
        lambda: ChoiceEditor([*((kind, partial(str, kind)) for kind in HAMLET_KINDS), ("", lambda: _("no kind"))]),
    ),
    Field("name", N_("&Name"), LineEditor, required=True),
    Field("area", N_("&Area"), lambda: ChoiceEditor(labelled(AREA_LABELS)), required=True),
    Field("active", "", lambda: CheckEditor(lambda: _("In use"))),
)

SIGNATORY_FIELDS: Final = (
    Field("name", N_("Full &name"), LineEditor, required=True),
    Field(
        "title_lines",
        N_("&Lines above the signature"),
        partial(LinesEditor, lines=3),
        help=N_("As decree 30/2020 writes them, e.g. KT. CHỦ TỊCH and PHÓ CHỦ TỊCH on two lines"),
        required=True,
        wide=True,
    ),
    Field("active", "", lambda: CheckEditor(lambda: _("Signs papers"))),
)


class HamletsTopic(Pane):
    """The hamlets of the commune."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsHamlets")
        self.records: RecordsPane[HamletView] = RecordsPane(
            desk,
            name="hamlet",
            about=lambda: _("The area decides which poverty line holds. A hamlet with households is never deleted."),
            add_words=lambda: _("Add a hamlet"),
            columns=(
                Column("kind", N_("Kind"), lambda view: view.data.kind, width=60),
                Column("name", N_("Name"), lambda view: view.data.name, width=130),
                Column("area", N_("Area"), lambda view: _(AREA_LABELS[view.data.area]), width=145),
                Column("households", N_("Households"), lambda view: format_number(view.households), 95, right=True),
                Column(
                    "state", N_("State"), lambda view: _state(view.active), 120, tone=lambda view: _tone(view.active)
                ),
            ),
            fields=HAMLET_FIELDS,
            views=lambda: desk.workspace.read(offices.hamlets),
            id_of=lambda view: view.id,
            values=self._values,
            submit=self._submit,
            may=lambda: desk.may(Permission.SETTINGS),
        )
        _whole(self, self.records)

    def refresh(self) -> None:
        """Read the hamlets again."""
        self.records.refresh()

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.records.may_leave()

    def _values(self, view: HamletView | None) -> Mapping[str, Any]:
        if view is None:
            unit = areas.commune(self.desk.workspace.commune)
            return {"kind": HAMLET_KINDS[0], "name": "", "area": unit.default_area, "active": True}
        return {"kind": view.data.kind, "name": view.data.name, "area": view.data.area, "active": view.active}

    def _submit(self, form: Form, view: HamletView | None) -> Job:
        data = HamletData(form.value("kind") or "", form.value("name"), Area(form.value("area")))
        if view is None:
            return self.desk.write(offices.add_hamlet, data)
        return self.desk.write(offices.correct_hamlet, view.id, view.version, data, active=form.value("active"))


class SignatoriesTopic(Pane):
    """Who signs papers."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setObjectName("settingsSignatories")
        self.records: RecordsPane[SignatoryView] = RecordsPane(
            desk,
            name="signatory",
            about=lambda: _("The first one in use is proposed on new papers. Issued papers keep their signatory."),
            add_words=lambda: _("Add a signatory"),
            columns=(
                Column("name", N_("Full name"), lambda view: view.data.name, width=180),
                Column(
                    "titles", N_("Title above the signature"), lambda view: " / ".join(view.data.title_lines), width=240
                ),
                Column(
                    "state",
                    N_("State"),
                    lambda view: _state(view.data.active),
                    140,
                    tone=lambda view: _tone(view.data.active),
                ),
            ),
            fields=SIGNATORY_FIELDS,
            views=lambda: desk.workspace.read(offices.signatories),
            id_of=lambda view: view.id,
            values=lambda view: (
                {"name": "", "title_lines": ("CHỦ TỊCH",), "active": True} if view is None else vars(view.data)
            ),
            submit=self._submit,
            may=lambda: desk.may(Permission.SETTINGS),
        )
        _whole(self, self.records)

    def refresh(self) -> None:
        """Read the signatories again."""
        self.records.refresh()

    def may_leave(self) -> bool:
        """Ask about what was typed."""
        return self.records.may_leave()

    def _submit(self, form: Form, view: SignatoryView | None) -> Job:
        data = form.data(SignatoryData)
        if view is None:
            return self.desk.write(offices.add_signatory, data)
        return self.desk.write(offices.correct_signatory, view.id, view.version, data)


def _whole(pane: Pane, records: RecordsPane[Any]) -> None:
    layout = QVBoxLayout(pane)
    spaced(layout)
    layout.addWidget(records)
    records.said.connect(pane.said)
    records.refresh()
