"""Health insurance cards: who is entitled to one and has none or an ending one, the cards of a person, the list C24."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from casemgr.domain.insurance import CARD_STATE_LABELS, OTHER_GROUP, CardData, CardState
from casemgr.domain.permissions import Permission
from casemgr.errors import ConflictError
from casemgr.i18n import _, format_date, format_number
from casemgr.services import insurance, insurance_lists
from casemgr.services.insurance import CardView, card_groups, group_name
from casemgr.services.insurance_lists import CoverageQuery, CoverageRow
from casemgr.services.programmes import catalogue
from ui.pages.ledgers import fields, papers
from ui.pages.ledgers.columns import CARD_TONES, CARDS, class_words
from ui.pages.ledgers.list_topic import ListTopic
from ui.pages.ledgers.side_parts import SidePane
from ui.places import Place
from ui.verb_card import VerbCard
from ui.widgets.chips import Chip
from ui.widgets.message_bar import Notice

if TYPE_CHECKING:
    from casemgr.jobs import Progress
    from ui.desk import Desk
    from ui.jobs import Job

PASTE = "cards"


class CardsTopic(ListTopic[CoverageRow]):
    """Everybody entitled to a card by the class of the household."""

    def __init__(self, desk: Desk) -> None:
        chips = [Chip(state.value, partial(_, words)) for state, words in CARD_STATE_LABELS.items()]
        super().__init__(desk, "cards", CARDS, chips, picture="first-aid-kit")
        self.cards: Sequence[CardView] = ()
        self._corrected: CardView | None = None
        self.paste = self.button(
            "cardsPaste",
            lambda: _("Take a list in…"),
            lambda: self.paste_requested.emit(PASTE),
            picture="clipboard-text",
        )
        self.paper = self.button(
            "cardsPaper", lambda: _("Increases and decreases…"), self._ask_period, picture="printer"
        )
        self.tool_row.addWidget(self.paste)
        self.tool_row.addWidget(self.paper)
        groups = desk.workspace.read(_groups)
        self._detail = SidePane("cardDetail")
        for name, words, act, picture in (
            ("cardNew", lambda: _("New card…"), self._begin_new, "plus"),
            ("cardCorrect", lambda: _("Correct the card…"), self._begin_correct, "pencil-simple"),
            ("cardHousehold", lambda: _("Open the household"), self._open_household, "house-line"),
        ):
            self.detail.add_verb(self.button(name, words, act, picture=picture))
        self.detail.finish()
        self.detail.closed.connect(self.close_side)
        self.form = VerbCard(
            lambda: _("Health insurance card"), lambda: _("Save"), fields.card_fields(groups), self._keep, name="card"
        )
        self.form.done.connect(self._on_kept)
        self.form.closed.connect(self._to_detail)
        self.period = VerbCard(
            lambda: _("Increases and decreases of insurance cards"),
            lambda: _("Show the list"),
            fields.PERIOD_FIELDS,
            self._show_period,
            name="cardPeriod",
        )
        self.period.done.connect(self.close_side)
        self.period.closed.connect(self._to_detail)
        for card in (self.form, self.period):
            card.body.addStretch(1)
        for widget in (self.detail, self.form, self.period):
            self.side.addWidget(widget)

    # ---- what the list says

    def title_words(self) -> str:
        """Cards."""
        return _("Health insurance cards")

    def filter_words(self) -> str:
        """Names, codes, numbers."""
        return _("Name, household, identity or card number")

    def none_words(self) -> str:
        """Nobody yet."""
        return _("Nobody is entitled to a card by the lists of the commune yet")

    def hint_words(self) -> str:
        """What to do first."""
        return _("Members of poor and near-poor households stand here as soon as their class is recorded.")

    def read(self, progress: Progress) -> Sequence[CoverageRow]:
        """Everybody entitled, as of today."""
        return self.desk.workspace.read(insurance_lists.coverage, CoverageQuery())

    def key(self, row: CoverageRow) -> Hashable:
        """The person."""
        return row.who.person_id

    def words(self, row: CoverageRow) -> str:
        """What the filter looks at."""
        card = row.card.number if row.card else ""
        return f"{row.who.name} {row.who.head} {row.who.code} {row.who.id_number} {card}"

    def hamlet_of(self, row: CoverageRow) -> str:
        """Of the household."""
        return row.who.hamlet

    def states(self, row: CoverageRow) -> tuple[str, ...]:
        """One state each."""
        return (row.state.value,)

    def sum_words(self, rows: Sequence[CoverageRow]) -> str:
        """How many hold a card, of all."""
        valid = sum(1 for row in rows if row.state in (CardState.VALID, CardState.ENDING))
        told = _("{valid} of {all} people hold a valid card")
        return told.format(valid=format_number(valid), all=format_number(len(rows))) if rows else ""

    def refresh(self) -> None:
        """Read again."""
        super().refresh()
        self.paste.setEnabled(self.may_edit)
        self.paper.setEnabled(self.desk.may(Permission.EXPORT))

    # ---- one person

    def show_current(self, row: CoverageRow) -> None:
        """Show a person's cards, unless something is being typed."""
        if self.side.isVisibleTo(self) and self.side.currentWidget() is self.form and self.form.form.dirty:
            return
        self.cards = self.desk.workspace.read(insurance.cards_of, row.who.person_id)
        self.show_side(self.detail)
        detail, who = self.detail, row.who
        detail.title.setText(who.name)
        birth = who.birth.text if who.birth else ""
        detail.meta.setText(" · ".join(filter(None, (birth, who.head, who.code, who.hamlet))))
        detail.badge.show_text(_(CARD_STATE_LABELS[row.state]), CARD_TONES[row.state])
        detail.show_verbs(
            lambda button: (
                button.objectName() == "cardHousehold"
                or (self.may_edit and (button.objectName() == "cardNew" or bool(self.cards)))
            )
        )
        other = row.card is not None and row.card.group != row.group and row.state is not CardState.ENDED
        told = _("The card is of another group than the household is entitled to: {group}.")
        detail.say_warning([told.format(group=row.group_name)] if other else [])
        detail.facts.show_lines(
            (
                (_("Class"), class_words(who.class_value)),
                (_("Entitled to"), row.group_name),
                (_("Identity number"), who.id_number),
                *((card.data.number, _card_words(card)) for card in self.cards),
            )
        )

    def _begin_new(self) -> None:
        row = self.current_row()
        if row is None:
            return
        self._corrected = None
        last = self.cards[0].data if self.cards else None
        values = {
            "number": last.number if last else "",
            "group": row.group,
            "valid_from": self._today(),
            "valid_to": date(self._today().year, 12, 31),
            "facility": last.facility if last else "",
            "payer_percent": None,
            "ends_better": False,
        }
        self._begin(values)

    def _begin_correct(self) -> None:
        if self.cards:
            self._corrected = self.cards[0]
            self._begin({**vars(self.cards[0].data), "ends_better": False})

    def _begin(self, values: Mapping[str, object]) -> None:
        self.show_side(self.form)
        self.form.begin(values)

    def _keep(self, values: Mapping[str, Any]) -> Job:
        row = self.current_row()
        assert row is not None  # noqa: S101 - the form is shown for a person only
        typed = dict(values)
        better = bool(typed.pop("ends_better"))
        typed["number"] = typed["number"] or ""
        typed["facility"] = typed["facility"] or ""
        data = CardData(person_id=row.who.person_id, **typed)
        card = self._corrected
        job = self.desk.write(
            insurance.keep_card, card.id if card else None, card.version if card else None, data, ends_better=better
        )
        return job.catch(ConflictError, lambda error: self.said.emit(Notice(str(error), "near")))

    def _on_kept(self) -> None:
        row = self.current_row()
        self.form.form.load(self.form.form.values())
        self._to_detail()
        self.said.emit(Notice(_("Saved."), "ok"))
        self.reach(row.who.person_id if row else None)

    # ---- C24

    def _ask_period(self) -> None:
        today = self._today()
        self.show_side(self.period)
        self.period.begin({"from_on": date(today.year - 1, 12, 31), "to_on": today})

    def _show_period(self, values: Mapping[str, Any]) -> Job:
        first, last = values["from_on"], values["to_on"]
        workspace = self.desk.workspace
        found = self.desk.jobs.start(
            lambda _progress: workspace.read(insurance_lists.changes, first, last), title=_("Comparing two days")
        )
        found.succeeded.connect(lambda _rows: self.paper_requested.emit(papers.insurance_list(workspace, first, last)))
        return found

    # ---- inside

    @property
    def detail(self) -> SidePane:
        """What is shown of the current line."""
        return self._detail

    def may_leave(self) -> bool:
        """What is typed in the card is asked about by saving or closing it: nothing is lost by looking elsewhere."""
        return True

    def _to_detail(self) -> None:
        row = self.current_row()
        if row is None:
            self.close_side()
            return
        self.side.setCurrentWidget(self.detail)
        self.detail.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_household(self) -> None:
        row = self.current_row()
        if row is not None:
            self.place_requested.emit(Place("households", row.who.household_id))

    def _today(self) -> date:
        return self.desk.workspace.now.astimezone().date()


def _groups(uow: Any) -> dict[str, str]:  # noqa: ANN401 - the unit of work of the core
    groups = card_groups(catalogue(uow))
    return {**groups, OTHER_GROUP: group_name(groups, OTHER_GROUP)}


def _card_words(card: CardView) -> str:
    data = card.data
    last = format_date(data.valid_to) if data.valid_to else _("until further notice")
    days = _("{first} to {last}").format(first=format_date(data.valid_from), last=last)
    percent = _("paid by the state: {percent} %").format(percent=data.payer_percent) if data.payer_percent else ""
    return "\n".join(filter(None, (days, card.group_name, data.facility, percent)))
