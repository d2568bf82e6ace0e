"""One standard in full: its state, why a draft is not official, and every statement with how sure it is."""

from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout

from casemgr.domain.packs import Pack
from casemgr.errors import ValidationError
from casemgr.i18n import _
from casemgr.services.packs import PackView, require_official
from ui.pages.standards.columns import origin_words, scope_words, status_tone, status_words
from ui.pages.standards.pack_text import text_of
from ui.pages.standards.parts import Part, parts, validity
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.badge import Badge
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.sentences import sentence

UNSURE = "unsure"


def why_not_official(pack: Pack, on: date | None = None) -> str:
    """Why no household can be recognised by it; "" when one can."""
    try:
        require_official(pack, on)
    except ValidationError as refusal:
        return "\n".join(problem.message for problem in refusal.problems)
    return ""


class PackDetail(Speaks):
    """What somebody has to compare can be shown alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("packDetail")
        self._view: PackView | None = None
        self._parts: tuple[Part, ...] = ()
        self._today = date.min
        self._province = ""
        self.badge = Badge()
        self.badge.setObjectName("packState")
        self.title = sentence("packTitle", "h3")
        self.about = sentence("packAbout", "small")
        self.source = sentence("packSource", "small")
        self.why = sentence("packWhy")
        self.note = sentence("packNote", "small")
        self.part: ChoiceBox[str] = ChoiceBox()
        self.part.setObjectName("packPart")
        self.part.chosen.connect(self._go_to_part)
        self.chips = Chips([Chip(UNSURE, lambda: _("Only what is to be compared"))])
        self.chips.setObjectName("packChips")
        self.chips.changed.connect(self._write)
        self.text = QTextBrowser()
        self.text.setObjectName("packText")
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        spaced(head, spacing=8)
        head.addWidget(self.title, 1)
        head.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        row = QHBoxLayout()
        spaced(row, spacing=8)
        row.addWidget(self.part, 1)
        row.addWidget(self.chips)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(4, 0, 0, 0), spacing=4)
        layout.addLayout(head)
        for label in (self.about, self.source, self.why, self.note):
            layout.addWidget(label)
        layout.addSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.text, 1)

    @property
    def view(self) -> PackView | None:
        """The standard on show."""
        return self._view

    def show_pack(self, view: PackView, *, today: date, province: str) -> None:
        """Show a standard."""
        shown = self._view
        if (shown, self._today, self._province) == (view, today, province):
            return
        self._view, self._today, self._province = view, today, province
        self.retranslate()
        if shown is None or shown.pack.sha256 != view.pack.sha256:
            self.text.verticalScrollBar().setValue(0)

    def changeEvent(self, event: QEvent) -> None:
        """Other colours or letters: the text is written anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._write()

    def retranslate(self) -> None:
        """Say the words again."""
        self.part.setAccessibleName(_("Go to a part of the standard"))
        self.text.setAccessibleName(_("What the standard says"))
        view = self._view
        if view is None:
            return
        pack = view.pack
        self.title.setText(pack.title)
        self.badge.show_text(status_words(pack, self._today), status_tone(pack, self._today))
        self.about.setText(
            " · ".join(
                (
                    pack.id,
                    _("revision {number}").format(number=pack.revision),
                    scope_words(pack, self._province),
                    validity(pack),
                    origin_words(view),
                )
            )
        )
        self.source.setText(pack.source)
        why = why_not_official(pack)
        self.why.setText(why)
        self.note.setText("" if why else pack.note)
        for label in (self.source, self.why, self.note):
            label.setVisible(bool(label.text()))
        self._parts = parts(pack)
        kept = self.part.value()
        self.part.set_choices([(part.key, part.title.__str__) for part in self._parts])
        if kept is None and self._parts:
            self.part.set_value(self._parts[0].key)
        self.chips.set_counts({UNSURE: sum(line.unsure for part in self._parts for line in part.lines)})
        self._write()

    def _write(self) -> None:
        place = self.text.verticalScrollBar().value()
        only = UNSURE in self.chips.on()
        text = text_of(self._parts, unsure_only=only)
        self.text.setHtml(text or "<p>{}</p>".format(_("Everything in this standard was read in the documents.")))
        self.text.verticalScrollBar().setValue(place)

    def _go_to_part(self) -> None:
        key = self.part.value()
        if key:
            self.text.scrollToAnchor(key)
