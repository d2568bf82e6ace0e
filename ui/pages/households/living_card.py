"""Housing and living conditions of a household, and what the program proposes from them for the standard in force."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from casemgr.domain.conditions import DEVICE_LABELS, TOILET_LABELS, WATER_LABELS, Device, DwellingData
from casemgr.domain.indicator_words import square_metres
from casemgr.domain.indicators import Proposal
from casemgr.domain.packs import Pack
from casemgr.i18n import _, format_date, ngettext
from ui.theme import spaced, theme
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.fit_table import flat_button

_TONES: Final = {True: "poor", None: "near", False: "plain"}


class LivingCard(Card):
    """The house in a line, the proposals in a line, and every why when asked for."""

    house_requested = Signal()
    members_requested = Signal()

    def __init__(self) -> None:
        super().__init__(lambda: _("Housing and living conditions"), margin=10)
        self.setObjectName("livingCard")
        self._house = DwellingData()
        self._people = 0
        self._pack: Pack | None = None
        self._proposals: Mapping[str, Proposal] = {}
        self.why = flat_button("livingWhy", "question")
        self.why.setCheckable(True)
        self.why.toggled.connect(self._on_why)
        self.house = flat_button("livingHouse", "house-line")
        self.house.clicked.connect(lambda _checked: self.house_requested.emit())
        self.members = flat_button("livingMembers", "users-three")
        self.members.clicked.connect(lambda _checked: self.members_requested.emit())
        for button in (self.why, self.members, self.house):
            self.head.addWidget(button)
        self.facts, self.told = QLabel(), QLabel()
        for name, label in (("livingFacts", self.facts), ("livingTold", self.told)):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.add(label)
        self._inside = QWidget()
        self._inside.setObjectName("livingProposals")
        self._grid = QGridLayout(self._inside)
        spaced(self._grid, spacing=6)
        self._grid.setColumnStretch(3, 1)
        self._inside.hide()
        self.add(self._inside)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """What begins typing."""
        return (self.house, self.members)

    def show_living(
        self, house: DwellingData, people: int, pack: Pack | None, proposals: Mapping[str, Proposal]
    ) -> None:
        """Show a household."""
        self._house, self._people, self._pack, self._proposals = house, people, pack, proposals
        self.say()

    def say(self) -> None:
        """Say the words again."""
        for button, words, hint in (
            (self.house, _("Housing"), _("Note the housing")),
            (self.members, _("Members"), _("Note school, insurance, growth and work of the members")),
            (self.why, _("Why"), _("Show why each answer is proposed")),
        ):
            button.setText(words)
            button.setToolTip(hint)
            button.setAccessibleName(hint)
        facts = house_words(self._house, self._people)
        self.facts.setText(facts or _("The housing is not noted yet."))
        self.told.setText(self._summary())
        self.told.setVisible(bool(self._proposals))
        self.why.setVisible(bool(self._proposals))
        self._fill()

    def lines(self) -> list[str]:
        """The proposals as they stand there, one line each."""
        labels = [item.widget() for place in range(self._grid.count()) if (item := self._grid.itemAt(place))]
        texts = [label.text() if isinstance(label, QLabel) else "" for label in labels]
        return [" ".join(filter(None, texts[place : place + 4])) for place in range(0, len(texts), 4)]

    def _summary(self) -> str:
        if self._pack is None:
            return ""
        names = {indicator.code: indicator.name for indicator in self._pack.indicators}
        lacking = [names[code] for code, told in self._proposals.items() if told.value]
        unknown = [names[code] for code, told in self._proposals.items() if told.value is None]
        parts = [
            ngettext(
                "{count} deprivation proposed: {names}.", "{count} deprivations proposed: {names}.", len(lacking)
            ).format(count=len(lacking), names=", ".join(lacking))
            if lacking
            else _("No deprivation is proposed.")
        ]
        if unknown:
            parts.append(_("Not enough is known: {names}.").format(names=", ".join(unknown)))
        return f"{self._pack.title}: {' '.join(parts)}"

    def _on_why(self, _shown: bool) -> None:
        self._fill()

    def _fill(self) -> None:
        shown = self.why.isChecked() and self._pack is not None and bool(self._proposals)
        self._inside.setVisible(shown)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if not shown or self._pack is None:
            return
        for row, indicator in enumerate(self._pack.indicators):
            told = self._proposals[indicator.code]
            number, name, why = QLabel(str(indicator.number)), QLabel(indicator.name), QLabel(proposal_words(told))
            badge = Badge(answer_words(told), _TONES[told.value])
            number.setProperty("class", "small")
            name.setWordWrap(True)
            name.setFixedWidth(theme().px(190))
            name.setToolTip(indicator.threshold)
            why.setWordWrap(True)
            why.setAlignment(Qt.AlignmentFlag.AlignTop)
            why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, widget in enumerate((number, name, badge)):
                self._grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(why, row, 3)


def answer_words(told: Proposal) -> str:
    """The proposed answer in a word."""
    if told.value is None:
        return _("Not known")
    if not told.applies:
        return _("Does not apply")
    return _("Deprived") if told.value else _("Not deprived")


def proposal_words(told: Proposal) -> str:
    """Why, and which facts are still missing."""
    if not told.missing:
        return told.why
    return _("Missing: {facts}.").format(facts="; ".join(told.missing))


def house_words(house: DwellingData, people: int) -> str:
    """The house in one line; only what is known."""
    weak = [
        part
        for durable, part in (
            (house.walls_durable, _("walls")),
            (house.columns_durable, _("columns")),
            (house.roof_durable, _("roof")),
        )
        if durable is False
    ]
    known = None not in (house.walls_durable, house.columns_durable, house.roof_durable)
    parts = []
    if weak:
        parts.append(_("not durable: {parts}").format(parts=", ".join(weak)))
    elif known:
        parts.append(_("walls, columns and roof durable"))
    if house.area_dm2 is not None:
        area = _("{area} m²").format(area=square_metres(house.area_dm2))
        each = _("{each} m² a head").format(each=square_metres(house.area_dm2 // people)) if people else ""
        parts.append(f"{area} ({each})" if each else area)
    parts += [_(WATER_LABELS[house.water])] if house.water else []
    parts += [_(TOILET_LABELS[house.toilet])] if house.toilet else []
    if house.internet is not None:
        parts.append(_("uses the internet") if house.internet else _("no internet"))
    if house.devices is not None:
        held = [_(DEVICE_LABELS[device]) for device in Device if device in house.devices]
        parts.append(", ".join(held) or _("no means of information"))
    if house.waste_handled is not None:
        parts.append(_("waste handled") if house.waste_handled else _("waste not handled"))
    words = " · ".join(_lower(part) if place else _upper(part) for place, part in enumerate(parts))
    if house.note:
        words = f"{words}. {house.note}" if words else house.note
    if words and house.seen_on is not None:
        words += " " + _("(seen on {date})").format(date=format_date(house.seen_on))
    return words


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
