"""Groups of households: certified by the commune, with their members, the two checks of the law beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from casemgr.domain.permissions import Permission
from casemgr.domain.text import clean, fold
from casemgr.i18n import N_, _
from casemgr.services import livelihood_groups, offices
from casemgr.services.livelihood_groups import (
    GROUP_KINDS,
    MEMBER,
    REPRESENTATIVE,
    GroupData,
    GroupView,
    MemberData,
    MemberView,
)
from ui.editors import CheckEditor, ChoiceEditor, DayEditor, LineEditor, NotesEditor, labelled
from ui.forms import Field, Form
from ui.pages.livelihoods.columns import GROUPS, MEMBERS
from ui.places import Place
from ui.record_topic import Kind, RecordTopic
from ui.rows_card import CardVerb, RowsCard
from ui.verb_card import VerbCard
from ui.who_editor import Chosen, WhoEditor
from ui.widgets.chips import Chip
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.jobs import Job

RUNNING, TO_CHECK = "running", "to_check"
ROLES: Final = {REPRESENTATIVE: N_("Representative"), MEMBER: N_("Member")}


def group_fields(desk: Desk) -> tuple[Field, ...]:
    """The fields of a group."""
    hamlets = desk.workspace.read(offices.hamlets, active_only=True)
    return (
        Field("name", N_("&Name"), LineEditor, required=True, wide=True),
        Field("kind", N_("&Kind"), lambda: ChoiceEditor(labelled(GROUP_KINDS)), required=True),
        Field(
            "hamlet_id",
            N_("&Hamlet"),
            lambda: ChoiceEditor([(one.id, partial(str, one.data.name)) for one in hamlets], nothing=lambda: _("none")),
        ),
        Field("certificate", N_("Certified by, nu&mber"), LineEditor),
        Field("certified_on", N_("&Certified on"), DayEditor),
        Field("account", N_("&Account"), LineEditor),
        Field("ended_on", N_("&Ended on"), DayEditor),
        Field("rules", N_("&Rules of the group"), lambda: NotesEditor(lines=2), wide=True),
        Field("note", N_("N&ote"), lambda: NotesEditor(lines=2), wide=True),
    )


class GroupsTopic(RecordTopic):
    """Below the group its members."""

    form_columns = 1

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "groups",
            "users-three",
            lambda: _("New group"),
            lambda: _("Group of households"),
            lambda: _("No group yet"),
            lambda: _("Households that carry out a project together; one of them signs the contract."),
            lambda: _("Name of the group"),
        )
        chips = [Chip(RUNNING, lambda: _("Not ended")), Chip(TO_CHECK, lambda: _("To look at"))]
        super().__init__(desk, kind, GROUPS, group_fields(desk), chips)
        self.told = Told("groupTold")
        self.members = RowsCard(
            "groupMembers",
            lambda: _("Members"),
            MEMBERS,
            lambda: _("No member yet."),
            (
                CardVerb("memberNew", "user-plus", lambda: _("Add a household"), lambda _line: self._begin_member()),
                CardVerb("memberLeave", "user-minus", lambda: _("Leaves the group"), self._leaves, on_row=True),
            ),
            most=8,
        )
        self.members.opened.connect(lambda line: self.place_requested.emit(Place("households", line.data.household_id)))
        self.member = VerbCard(
            lambda: _("Add a household"),
            lambda: _("Add"),
            (
                Field("who", N_("House&hold"), lambda: WhoEditor(desk, "memberWho"), required=True),
                Field("role", N_("R&ole"), lambda: ChoiceEditor(labelled(ROLES)), required=True),
                Field(
                    "experienced",
                    N_("Experience"),
                    lambda: CheckEditor(lambda: _("Has run a good business of this kind")),
                ),
                Field("from_on", N_("&Joins on"), DayEditor),
            ),
            self._add,
            name="groupMember",
        )
        self.member.done.connect(self.member.hide)
        self.member.closed.connect(self.member.hide)
        self.member.hide()
        for place, widget in enumerate((self.told,)):
            self.extra.insertWidget(place, widget)
        self.extra.addWidget(self.member)
        self.extra.addWidget(self.members)
        self._view: GroupView | None = None
        self.refresh()

    def read_rows(self) -> Sequence[GroupView]:
        """Groups as narrowed."""
        on, wanted = self.chips.on(), fold(clean(self.text.text()))
        found = self.desk.workspace.read(livelihood_groups.groups, running_only=RUNNING in on)
        return [one for one in found if wanted in fold(one.data.name) and (TO_CHECK not in on or one.findings)]

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One group."""
        self._view = self.desk.workspace.read(livelihood_groups.view, record)
        return self._view.version, vars(self._view.data)

    def blank(self) -> Mapping[str, Any]:
        """A new group."""
        self._view = None
        return vars(GroupData(""))

    def submit(self, form: Form) -> Job:
        """Write it down."""
        return self.desk.write(livelihood_groups.keep, form.data(GroupData), group_id=self.record, version=self.version)

    def show_extra(self) -> None:
        """Members and checks."""
        view = self._view if self.record is not None else None
        self.members.setVisible(view is not None)
        if view is None:
            self.member.hide()
            self.told.show_lines(())
            return
        self.told.show_lines([Line(one.words, "near") for one in view.findings])
        self.members.show_lines(view.members)
        self.members.enable(may=self.desk.may(Permission.EDIT))

    def _begin_member(self) -> None:
        self.member.begin({"who": None, "role": MEMBER, "experienced": False, "from_on": self.today})
        self.right.ensureWidgetVisible(self.member)

    def _add(self, typed: Mapping[str, object]) -> Job:
        who, from_on = typed["who"], typed["from_on"]
        if self.record is None or not isinstance(who, Chosen):
            raise RuntimeError("no household is chosen for a group")
        data = MemberData(
            household_id=who.household_id,
            person_id=who.person_id,
            role=str(typed["role"]),
            experienced=bool(typed["experienced"]),
            from_on=from_on if isinstance(from_on, date) else None,
        )
        return self.desk.write(livelihood_groups.add_member, self.record, data)

    def _leaves(self, line: MemberView) -> None:
        if line.to_on is not None:
            self.said.emit(Notice(_("This household has left the group already.")))
            return
        self.desk.write(livelihood_groups.remove_member, line.id, line.version, on=self.today)
