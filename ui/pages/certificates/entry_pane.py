"""One entry of the register: the frozen paper, what happened to it, and what can be done about it."""

from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.certificates import STATUS_LABELS, CertificateStatus
from casemgr.domain.permissions import Permission
from casemgr.i18n import N_, _, format_date
from casemgr.services import certificate_register, certificates
from casemgr.services.certificate_register import CertificateView
from ui.desk import Desk
from ui.editors import DayEditor, LineEditor
from ui.forms import Field
from ui.icons import icon
from ui.jobs import Job
from ui.pages.certificates.columns import STATUS_TONES, class_words, collected_words, print_words
from ui.pages.certificates.ways import Way
from ui.theme import sized, spaced
from ui.tones import class_tone
from ui.translation import Speaks
from ui.verb_card import VerbCard
from ui.widgets.badge import Badge
from ui.widgets.card import Card
from ui.widgets.chips import FlowLayout
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.pdf_view import PdfView

FACTS_WIDTH: Final = 236
_ACTIONS: Final = (
    ("print", "printer"),
    ("collect", "hand-palm"),
    ("block", "calendar-plus"),
    ("reissue", "arrows-clockwise"),
    ("void", "prohibit"),
    ("household", "house-line"),
)


class EntryPane(Speaks):
    """Asks the page for papers by `way_requested`; collecting and voiding are done here."""

    way_requested = Signal(UUID, object)
    """household, way"""
    household_requested = Signal(UUID)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("certificateEntry")
        self._desk = desk
        self.view: CertificateView | None = None
        self.number, self.meta = QLabel(), QLabel()
        self.number.setObjectName("entryNumber")
        self.number.setProperty("class", "h1")
        self.meta.setObjectName("entryMeta")
        self.meta.setProperty("class", "soft")
        for label in (self.number, self.meta):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.status, self.klass = Badge(), Badge()
        self.buttons: dict[str, QPushButton] = {}
        for name, picture in _ACTIONS:
            button = QPushButton()
            button.setObjectName(f"entry_{name}")
            button.setIcon(icon(picture))
            button.setAutoDefault(True)
            button.clicked.connect(partial(self._on_action, name))
            self.buttons[name] = button
        self.collect = VerbCard(
            lambda: _("Who collects the paper"),
            lambda: _("Record the collection"),
            (
                Field("by", N_("Collected &by"), LineEditor, required=True),
                Field("relation", N_("Relation to the &head"), LineEditor),
                Field("on", N_("&On"), DayEditor, required=True),
            ),
            self._collect,
            name="collect",
        )
        self.void = VerbCard(
            lambda: _("Take the certificate out of force"),
            lambda: _("Void the certificate"),
            (Field("reason", N_("&Reason"), LineEditor, required=True),),
            self._void,
            name="void",
        )
        for card in (self.collect, self.void):
            card.hide()
            card.closed.connect(self._close_cards)
            card.done.connect(self._close_cards)
        self.part: ChoiceBox[int] = ChoiceBox()
        self.part.setObjectName("entryPart")
        self.part.chosen.connect(self._show_paper)
        self.wide = QToolButton()
        self.wide.setObjectName("entryClose")
        self.wide.setProperty("class", "flat")
        self.wide.setIcon(icon("arrows-out-line-horizontal"))
        self.wide.clicked.connect(self.closed)
        self.paper = PdfView()
        self.facts, self.prints = QGridLayout(), QLabel()
        self.prints.setObjectName("entryPrints")
        self.prints.setWordWrap(True)
        self.prints.setTextFormat(Qt.TextFormat.PlainText)
        self._facts: list[QLabel] = []
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.number)
        words.addWidget(self.meta)
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addLayout(words, 1)
        head.addWidget(self.status)
        head.addWidget(self.klass)
        head.addWidget(self.wide)
        row = QWidget()
        flow = FlowLayout(row)
        spaced(flow)
        for button in self.buttons.values():
            flow.addWidget(button)
        about, history = Card(lambda: _("In the register"), margin=10), Card(lambda: _("Printed"), margin=10)
        spaced(self.facts, spacing=4)
        self.facts.setColumnStretch(1, 1)
        about.add(self.facts)
        history.add(self.prints)
        self.prints.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        inside = QWidget()
        side = QVBoxLayout(inside)
        spaced(side, spacing=8)
        side.addWidget(self.part)
        side.addWidget(about)
        side.addWidget(history)
        side.addStretch(1)
        area = QScrollArea()
        area.setObjectName("entryArea")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        sized(area, width=FACTS_WIDTH)
        sheet = Card(margin=1)
        sheet.add(self.paper, 1)
        body = QHBoxLayout()
        spaced(body, spacing=8)
        body.addWidget(sheet, 1)
        body.addWidget(area)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(6, 12, 12, 10), spacing=8)
        layout.addLayout(head)
        layout.addWidget(row)
        layout.addWidget(self.collect)
        layout.addWidget(self.void)
        layout.addLayout(body, 1)

    # ---- what the page uses

    def show_entry(self, certificate: UUID) -> None:
        """Show an entry."""
        other = self.view is None or self.view.row.id != certificate
        self.view = self._desk.workspace.read(certificate_register.view, certificate)
        if other:
            self._close_cards()
        years = self.view.block_years[1:]
        self.part.set_choices([(None, _whole_words), *((year, partial(_part_words, year)) for year in years)])
        if other or self.part.currentIndex() < 0:
            self.part.setCurrentIndex(0)
        self.part.setVisible(bool(years))
        self.retranslate()
        self._show_paper()

    def reload(self) -> None:
        """Read the entry again."""
        if self.view is not None:
            self.show_entry(self.view.row.id)

    @property
    def can_print(self) -> bool:
        """Whether the paper may be printed: it is in force and the person may."""
        return (
            self.view is not None
            and self.view.row.status is CertificateStatus.ISSUED
            and self._desk.may(Permission.ISSUE)
        )

    def print(self) -> None:
        """Print the paper, again where it was printed."""
        if self.view is not None and self.can_print:
            self.way_requested.emit(self.view.row.household_id, Way.PRINT)

    # ---- actions

    def _on_action(self, name: str, _checked: bool = False) -> None:
        view = self.view
        if view is None:
            return
        self._close_cards()
        if name == "household":
            self.household_requested.emit(view.row.household_id)
        elif name == "collect":
            self.collect.begin(
                {"by": view.row.head, "relation": "", "on": self._desk.workspace.now.astimezone().date()}
            )
        elif name == "void":
            self.void.begin({"reason": ""})
        else:
            self.way_requested.emit(view.row.household_id, Way(name))

    def _collect(self, values: Mapping[str, Any]) -> Job:
        view = self.view
        assert view is not None  # noqa: S101 - the card is only shown for an entry
        return self._desk.write(certificates.record_collection, view.row.id, view.version, **values)

    def _void(self, values: Mapping[str, Any]) -> Job:
        view = self.view
        assert view is not None  # noqa: S101 - the card is only shown for an entry
        return self._desk.write(certificates.void, view.row.id, view.version, **values)

    def _close_cards(self) -> None:
        self.collect.hide()
        self.void.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the entry."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # ---- showing

    def _show_paper(self) -> None:
        if self.view is not None:
            content = self._desk.workspace.read(
                certificate_register.pdf, self.view.row.id, block_year=self.part.value()
            )
            self.paper.show_pdf(content)

    def _expected(self) -> str:
        view = self.view
        if view is None or not self.can_print:
            return ""
        if not view.row.prints:
            return "print"
        return "" if view.row.collected_on else "collect"

    def retranslate(self) -> None:
        """Say the words again."""
        self.wide.setToolTip(_("Back to the whole register (Esc)"))
        self.wide.setAccessibleName(_("Back to the whole register"))
        self.part.setAccessibleName(_("Paper"))
        view = self.view
        if view is None:
            return
        row = view.row
        for name, words in (
            ("print", _("Print again…") if row.prints else _("Print…")),
            ("collect", _("Record who collects…")),
            ("block", _("Next year…")),
            ("reissue", _("Replace…")),
            ("void", _("Void…")),
            ("household", _("Household")),
        ):
            button = self.buttons[name]
            button.setText(words)
            button.setAccessibleName(words)
            primary = name == self._expected()
            button.setIcon(icon(dict(_ACTIONS)[name], "on" if primary else "soft"))
            button.setProperty("class", "primary" if primary else "")
            button.style().unpolish(button)
            button.style().polish(button)
            button.setEnabled(name == "household" or self.can_print)  # all keep their places
        self.buttons["collect"].setEnabled(self.can_print and row.collected_on is None)
        self.number.setText(_("Certificate {number}").format(number=row.number))
        self.meta.setText(" · ".join(filter(None, (row.head, row.code, row.hamlet))))
        self.meta.setToolTip(self.meta.text())
        self.status.show_text(_(STATUS_LABELS[row.status]), STATUS_TONES[row.status])
        self.klass.show_text(class_words(row), class_tone(row.class_value))
        self.prints.setText("\n".join(map(print_words, view.prints)) or _("Not printed yet"))
        self._say_facts(view)

    def _say_facts(self, view: CertificateView) -> None:
        for label in self._facts:
            self.facts.removeWidget(label)
            label.deleteLater()
        block = view.content.blocks[0]
        lines = (
            (_("Issued on"), format_date(view.row.issued_on)),
            (_("Signed by"), block.signatory),
            (_("Confirmed years"), ", ".join(map(str, view.block_years)) if len(view.block_years) > 1 else ""),
            (_("Collected by"), collected_words(view.row)),
            (_("Replaces"), view.replaces),
            (_("Replaced by"), view.replaced_by),
            (_("Since"), format_date(view.status_on) if view.status_on else ""),
            (_("Reason"), view.status_reason),
        )
        self._facts = []
        for number, (words, text) in enumerate((words, text) for words, text in lines if text):
            name, value = QLabel(words), QLabel(text)
            name.setProperty("class", "small")
            value.setWordWrap(True)
            value.setTextFormat(Qt.TextFormat.PlainText)
            self.facts.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            self.facts.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
            self._facts += [name, value]


def _whole_words() -> str:
    return _("The paper as it was issued")


def _part_words(year: int) -> str:
    return _("The part of {year}").format(year=year)
