"""Sponsors with what they promised and what came, gifts without a promise, and their papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from casemgr.domain import community
from casemgr.domain.permissions import Permission
from casemgr.domain.sponsors import SponsorData, SponsorshipData, SponsorshipStatus
from casemgr.domain.support import GoodsLine
from casemgr.i18n import _, pgettext
from casemgr.services import gifts, sponsors
from casemgr.services.gifts import GiftData
from casemgr.services.sponsors import GivenRow, SponsorQuery, SponsorRow, SponsorshipRow
from ui.form_pane import FormPane
from ui.icons import icon
from ui.models.rows import RowsModel
from ui.pages.community import papers
from ui.pages.community.columns import GIVEN, PROMISES, SPONSORS
from ui.pages.community.fields import GIFT_FIELDS, SPONSOR_FIELDS, once_fields, promise_fields
from ui.record_topic import Kind, RecordTopic
from ui.theme import spaced, theme
from ui.translation import Says
from ui.verb_card import VerbCard
from ui.who_editor import Chosen
from ui.widgets.card import Card
from ui.widgets.chips import Chip, FlowLayout
from ui.widgets.list_table import ListTable
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.forms import Form
    from ui.jobs import Job

ARREARS: Final = "arrears"
_LIST: Final = 96
"""Natural height no list goes below."""
_FORM: Final = 254
"""Natural height at which the fields of a sponsor are all seen."""


class SponsorsTopic(RecordTopic):
    """Below the sponsor its promises, below the promise what came of it; Enter opens, buttons say the rest."""

    def __init__(self, desk: Desk) -> None:
        kind = Kind(
            "sponsors",
            "handshake",
            lambda: _("New sponsor"),
            lambda: _("Sponsor"),
            lambda: _("No sponsors yet"),
            lambda: _("Register who gives: what they promise to a household is compared with what comes."),
            lambda: _("Name, contact or phone"),
        )
        chips = [Chip(code, partial(_, words)) for code, words in community.SPONSOR_KIND_LABELS.items()]
        chips.append(Chip(ARREARS, lambda: _("Something still to come")))
        super().__init__(desk, kind, SPONSORS, SPONSOR_FIELDS, chips)
        self._promises: dict[UUID, SponsorshipRow] = {}
        self._given: dict[UUID, GivenRow] = {}
        self._editing: SponsorshipRow | None = None
        self._draw: UUID | None = None
        self.promises: RowsModel[UUID, SponsorshipRow] = RowsModel(
            PROMISES, lambda ids: [self._promises[one] for one in ids]
        )
        self.promise_table = ListTable(self.promises, name="promiseTable")
        self.promise_table.opened.connect(lambda _row: self.edit_promise())
        self.promise_table.current_changed.connect(lambda _row: self._show_given())
        Says(self.promise_table, self.promise_table.setAccessibleName, lambda: _("Promises and gifts"))
        self.given: RowsModel[UUID, GivenRow] = RowsModel(GIVEN, lambda ids: [self._given[one] for one in ids])
        self.given_table = ListTable(self.given, name="givenTable")
        self.given_table.opened.connect(lambda _row: self.print_receipt())
        Says(self.given_table, self.given_table.setAccessibleName, lambda: _("What came"))
        self.promise = FormPane(
            lambda: _("Promise to a household"), promise_fields(desk), self._keep_promise, name="promise"
        )
        self.promise.saved.connect(self._on_promise)
        self.promise.closed.connect(self._to_sponsor)
        self.promise.conflicted.connect(lambda error: self.said.emit(Notice(str(error), "near")))
        self.gift = VerbCard(
            lambda: _("What came of the promise"), lambda: _("Record"), GIFT_FIELDS, self._give, name="gift", columns=2
        )
        self.once = VerbCard(
            lambda: _("Gift without a promise"),
            lambda: _("Record"),
            once_fields(desk),
            self._give_once,
            name="giftOnce",
            columns=2,
        )
        self.buttons: dict[str, QPushButton] = {}
        self._build_right()
        self.refresh()

    def _build_right(self) -> None:
        verbs = QWidget()
        row = FlowLayout(verbs)
        spaced(row)
        for layout, name, picture, words, act in (
            (row, "promiseNew", "plus", lambda: _("New promise…"), self.new_promise),
            (row, "giftNew", "gift", lambda: _("Single gift…"), self.new_gift),
            (row, "promiseEdit", "pencil-simple", lambda: _("Open"), self.edit_promise),
            (row, "promiseGive", "money", lambda: _("Something came…"), self.new_given),
            (row, "promiseResume", "arrow-clockwise", lambda: _("Goes on again"), self.resume),
            (row, "promisePrint", "printer", lambda: pgettext("sponsor", "Print"), self.print_promise),
            (None, "givenPrint", "printer", lambda: _("Receipt with thanks"), self.print_receipt),
        ):
            button = QPushButton()
            button.setObjectName(name)
            button.setIcon(icon(picture))
            button.clicked.connect(lambda _checked=False, act=act: act())
            Says(button, button.setText, words)
            Says(button, button.setAccessibleName, words)
            if layout is not None:
                layout.addWidget(button)
            self.buttons[name] = button
        self.promise_table.setMinimumHeight(theme().px(_LIST))
        self.given_table.setMinimumHeight(theme().px(_LIST))
        self.promise_card = Card(lambda: _("Promises and gifts"), margin=10)
        self.promise_card.add(verbs)
        self.promise_card.add(self.promise_table, 1)
        self.given_card = Card(lambda: _("What came"), margin=10)
        self.given_card.head.addWidget(self.buttons["givenPrint"])
        self.given_card.add(self.given_table, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column)
        for card in (self.gift, self.once):
            column.addWidget(card)
            card.hide()
            card.done.connect(self._on_given)
            card.closed.connect(self._to_sponsor)
        column.addStretch(1)
        self.gift_area = QScrollArea()
        self.gift_area.setObjectName("giftArea")
        self.gift_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.gift_area.setFrameShape(QFrame.Shape.NoFrame)
        self.gift_area.setWidgetResizable(True)
        self.gift_area.setWidget(inside)
        self.extra.setStretch(0, 0)
        self.pane.setMinimumHeight(theme().px(_FORM))
        self.extra.addWidget(self.promise_card, 4)
        self.extra.addWidget(self.given_card, 3)
        self.extra.addWidget(self.promise, 1)
        self.extra.addWidget(self.gift_area, 1)
        for side in (self.promise, self.gift_area):
            side.hide()

    # ---- the register

    def read_rows(self) -> Sequence[SponsorRow]:
        """Sponsors as narrowed."""
        on = self.chips.on()
        kinds = tuple(code for code in on if code != ARREARS)
        return self.desk.workspace.read(
            sponsors.rows, SponsorQuery(self.text.text(), kinds, in_arrears=ARREARS in on), self.today
        )

    def read_record(self, record: UUID) -> tuple[int, Mapping[str, Any]]:
        """One sponsor."""
        view = self.desk.workspace.read(sponsors.view, record, self.today)
        return view.version, dict(vars(view.data))

    def blank(self) -> Mapping[str, Any]:
        """A new sponsor."""
        return dict(vars(SponsorData("")))

    def submit(self, form: Form) -> Job:
        """Write the sponsor down."""
        return self.desk.write(
            sponsors.keep_sponsor, form.data(SponsorData), sponsor_id=self.record, version=self.version
        )

    def show_extra(self) -> None:
        """Its promises and gifts; what is being typed below stays."""
        if self._typing():
            return
        here = self._current_promise()
        view = self.desk.workspace.read(sponsors.view, self.record, self.today) if self.record else None
        self._promises = {row.id: row for row in view.sponsorships} if view else {}
        self.promises.set_ids(tuple(self._promises))
        place = self.promises.place_of(here.id) if here else -1
        self.promise_table.go(max(0, place) if self._promises else -1)
        self._show_side(None)
        self._show_given()

    def may_leave(self) -> bool:
        """Ask about a sponsor or promise not saved."""
        if self.promise.isVisibleTo(self) and not self.promise.may_leave():
            return False
        return super().may_leave()

    # ---- promises

    def new_promise(self) -> None:
        """Write a promise down."""
        if self.record is None or not self.desk.may(Permission.EDIT):
            return
        self._editing = None
        self._show_side(self.promise)
        usual = {"form": "cash", "amount": 0, "rhythm_months": 1, "from_on": self.today}
        self.promise.begin({"who": None, "status": SponsorshipStatus.PROMISED, **usual})

    def edit_promise(self) -> None:
        """Open the promise one is on."""
        row = self._current_promise()
        if row is None or not self.desk.may(Permission.EDIT):
            return
        self._editing = row
        self._show_side(self.promise)
        self.promise.begin({**vars(row.data), "who": Chosen(row.data.household_id, row.data.person_id)})

    def resume(self) -> None:
        """Go on with a paused promise from today."""
        row = self._current_promise()
        if row is None:
            return
        job = self.desk.write(sponsors.resume, row.id, row.version, self.today)
        job.succeeded.connect(
            lambda _made: self.said.emit(
                Notice(_("It goes on as a new promise from today; the pause is not owed."), "ok")
            )
        )

    def new_given(self) -> None:
        """Something came of the promise one is on."""
        row = self._current_promise()
        if row is None or not self.desk.may(Permission.EDIT):
            return
        self._show_side(self.gift_area, self.gift)
        self.gift.begin(
            {**_NOTHING, "on": self.today, "amount": row.data.amount, "received_by": row.person or row.head}
        )

    def new_gift(self) -> None:
        """A gift nobody promised."""
        if self.record is None or not self.desk.may(Permission.EDIT):
            return
        self._show_side(self.gift_area, self.once)
        self.once.begin({**_NOTHING, "who": None, "form": "gifts", "on": self.today})

    def print_promise(self) -> None:
        """The promise to be signed."""
        row = self._current_promise()
        if row is not None:
            self.paper_requested.emit(papers.promise_of(self.desk.workspace, row.id))

    def print_receipt(self) -> None:
        """The receipt for what one is on."""
        row = self.given_table.current()
        if 0 <= row < len(self.given.ids):
            self.paper_requested.emit(papers.receipt_of(self.desk.workspace, self.given.ids[row]))

    # ---- inside

    def _typing(self) -> bool:
        return not self.promise.isHidden() or not self.gift_area.isHidden()

    def _current_promise(self) -> SponsorshipRow | None:
        row = self.promise_table.current()
        return self._promises.get(self.promises.ids[row]) if 0 <= row < len(self.promises.ids) else None

    def _keep_promise(self, form: Form) -> Job:
        values = form.values()
        who: Chosen = values.pop("who")
        data = SponsorshipData(
            sponsor_id=self.record or UUID(int=0), household_id=who.household_id, person_id=who.person_id, **values
        )
        old = self._editing
        if old is None:
            return self.desk.write(sponsors.keep_sponsorship, data)
        return self.desk.write(sponsors.keep_sponsorship, data, sponsorship_id=old.id, version=old.version)

    def _give(self, values: Mapping[str, Any]) -> Job:
        row = self._current_promise()
        job = self.desk.write(gifts.give, row.id if row else UUID(int=0), _gift(values))
        job.succeeded.connect(self._remember)
        return job

    def _give_once(self, values: Mapping[str, Any]) -> Job:
        who: Chosen = values["who"]
        job = self.desk.write(
            gifts.give_once,
            self.record or UUID(int=0),
            who.household_id,
            _gift(values),
            person_id=who.person_id,
            form=values["form"],
        )
        job.succeeded.connect(self._remember)
        return job

    def _remember(self, made: object) -> None:
        self._draw = made if isinstance(made, UUID) else None

    def _on_promise(self, made: object) -> None:
        self._to_sponsor()
        if isinstance(made, UUID):
            self.promise_table.go(self.promises.place_of(made))
            self._show_given()
        self.said.emit(Notice(_("The promise is noted."), "ok"))

    def _on_given(self) -> None:
        made = self._draw
        self._to_sponsor()
        if made is None:
            return
        show = partial(self.paper_requested.emit, papers.receipt_of(self.desk.workspace, made))
        self.said.emit(Notice(_("Recorded. The receipt can be printed."), "ok", _("Receipt with thanks"), show))

    def _to_sponsor(self) -> None:
        self._show_side(None)
        self.show_extra()
        self.promise_table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_side(self, side: QWidget | None, card: VerbCard | None = None) -> None:
        """The sponsor with its lists, or one form in their place."""
        known = self.record is not None
        self.pane.setVisible(side is None)
        for each in (self.promise_card, self.given_card):
            each.setVisible(side is None and known)
        for one in (self.promise, self.gift_area):
            one.setVisible(one is side)
        for each_card in (self.gift, self.once):
            each_card.setVisible(each_card is card)

    def _show_given(self) -> None:
        row = self._current_promise()
        found = self.desk.workspace.read(sponsors.given, row.id) if row is not None else []
        self._given = {one.id: one for one in found}
        self.given.set_ids(tuple(self._given))
        self.given_table.go(0 if found else -1)
        may = self.desk.may(Permission.EDIT)
        promised = row is not None and not row.gift
        sought = row is not None and row.data.status is SponsorshipStatus.SOUGHT
        for name, enabled in (
            ("promiseNew", may),
            ("giftNew", may),
            ("promiseEdit", may and row is not None),
            ("promiseGive", may and promised and not sought),
            ("promisePrint", promised),
            ("givenPrint", bool(found)),
        ):
            self.buttons[name].setEnabled(enabled)
        paused = row is not None and row.data.status is SponsorshipStatus.PAUSED
        self.buttons["promiseResume"].setVisible(paused)
        self.buttons["promiseResume"].setEnabled(may)


_NOTHING: Final[Mapping[str, Any]] = {
    "amount": 0,
    "goods": "",
    "quantity": 0,
    "measure": "",
    "unit_price": 0,
    "received_by": "",
    "by_relation": "",
    "authorisation": "",
    "note": "",
    "override_reason": "",
}


def _gift(values: Mapping[str, Any]) -> GiftData:
    line = GoodsLine(values["goods"], values["quantity"] or 0, values["measure"], unit_price=values["unit_price"] or 0)
    made = GiftData(
        on=values["on"],
        amount=values["amount"] or 0,
        received_by=values["received_by"],
        by_relation=values["by_relation"],
        authorisation=values["authorisation"],
        note=values["note"],
        override_reason=values["override_reason"],
    )
    return replace(made, goods=(line,)) if line.name or line.quantity else made
