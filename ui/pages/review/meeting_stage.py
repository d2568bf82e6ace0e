"""One household on the wall: large letters, nothing that is nobody's business."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QIntValidator, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from casemgr.domain.households import CLASS_LABELS, HouseholdClass
from casemgr.i18n import _, format_number, ngettext
from ui.theme import spaced, theme
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import draw_badge

LEAST_LETTERS = 28
"""In real pixels: whoever sits at the back must read it."""
NATURAL_HEIGHT = 800


@dataclass(frozen=True)
class Shown:
    """What the room may see of a household; there is no room here for anything else."""

    head: str
    code: str
    hamlet: str
    people: int
    before: HouseholdClass
    proposed: HouseholdClass
    reason: str


class BigBadge(QWidget):
    """A badge in letters of any size."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._tone, self._pixels = "", "plain", LEAST_LETTERS
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The word shown."""
        return self._text

    @property
    def tone(self) -> str:
        """Its colour."""
        return self._tone

    def show_text(self, text: str, tone: str) -> None:
        """Change word and colour."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def set_letters(self, pixels: int) -> None:
        """Change the size."""
        self._pixels = pixels
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its word."""
        metrics = QFontMetrics(letters(self._pixels, bold=True))
        return QSize(metrics.horizontalAdvance(self._text) + self._pixels, metrics.height() + self._pixels // 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw."""
        look = theme()
        natural = self._pixels / (look.unit * look.text)
        draw_badge(QPainter(self), QRect(self.rect()), self._text, self._tone, natural=natural)


class BigLabel(QLabel):
    """A label whose letters follow the wall; long words wrap."""

    def __init__(self, name: str, share: float, *, bold: bool = False, soft: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        if soft:
            self.setProperty("class", "soft")
        self.share, self._bold = share, bold

    def set_letters(self, base: int) -> None:
        """Change the size."""
        self.setFont(letters(round(base * self.share), bold=self._bold))


def letters(pixels: int, *, bold: bool = False) -> QFont:
    """The program's letters, so high and never less than can be read from the back."""
    look = theme()
    font = QFont(look.font(bold=bold))
    font.setPixelSize(max(LEAST_LETTERS, pixels))
    return font


class Stage(Speaks):
    """Shows a household and takes the count; `counted` at every key, `entered` at Enter."""

    counted = Signal()
    entered = Signal()
    all_agree = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("meetingStage")
        self._shown: Shown | None = None
        self.head = BigLabel("stageHead", 2, bold=True)
        self.place = BigLabel("stagePlace", 1.1, soft=True)
        self.before, self.proposed = BigBadge(), BigBadge()
        self.before.setObjectName("stageBefore")
        self.proposed.setObjectName("stageProposed")
        self.arrow = BigLabel("stageArrow", 1.4)
        self.arrow.setText("→")
        self.arrow.setWordWrap(False)
        self.reason = BigLabel("stageReason", 1.05)
        self.ask = BigLabel("stageAsk", 1.1)
        self.of = BigLabel("stageOf", 1.1)
        for label in (self.ask, self.of):
            label.setWordWrap(False)
        self.agreed = _Count()
        self.outcome = BigBadge()
        self.outcome.setObjectName("stageOutcome")
        self.everybody = QPushButton()
        self.everybody.setObjectName("stageEverybody")
        self.everybody.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.everybody.clicked.connect(self.all_agree)
        self.agreed.textEdited.connect(lambda _text: self.counted.emit())
        self.agreed.entered.connect(self.entered)
        classes, votes = _middle(self.before, self.arrow, self.proposed), _middle(self.ask, self.agreed, self.of)
        verdict = _middle(self.outcome, self.everybody)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=14)
        for part in (self.head, self.place, classes, self.reason):
            layout.addStretch(1)
            layout.addWidget(part) if isinstance(part, QWidget) else layout.addLayout(part)
        layout.addStretch(2)
        layout.addLayout(votes)
        layout.addLayout(verdict)
        layout.addStretch(1)
        self.retranslate()

    def show_household(self, shown: Shown, agreed: int | None, present: int) -> None:
        """Show one household with the count there is."""
        self._shown = shown
        self.agreed.show_count(agreed, present)
        self.retranslate()
        self.agreed.setFocus(Qt.FocusReason.OtherFocusReason)
        self.agreed.selectAll()

    def show_outcome(self, words: str, tone: str) -> None:
        """Whether the household has its half."""
        self.outcome.show_text(words, tone)

    def set_letters(self, base: int) -> None:
        """The size everything follows."""
        for label in (self.head, self.place, self.arrow, self.reason, self.ask, self.of):
            label.set_letters(base)
        self.before.set_letters(round(base * 1.3))
        self.proposed.set_letters(round(base * 1.3))
        self.outcome.set_letters(round(base * 1.2))
        font = letters(round(base * 1.2), bold=True)
        self.agreed.setFont(font)
        self.agreed.setFixedWidth(QFontMetrics(font).horizontalAdvance("00000") + base)
        self.agreed.setFixedHeight(QFontMetrics(font).height() + base // 2)
        self.everybody.setFont(letters(base))

    def retranslate(self) -> None:
        """Say the words again."""
        shown = self._shown
        self.ask.setText(_("Agree:"))
        self.agreed.setAccessibleName(_("People who agree"))
        self.of.setText(_("of {count} present").format(count=format_number(self.agreed.present)))
        self.everybody.setText(_("Everybody (A)"))
        self.everybody.setAccessibleName(self.everybody.text())
        if shown is None:
            return
        self.head.setText(shown.head)
        people = ngettext("{count} person", "{count} people", shown.people).format(count=format_number(shown.people))
        self.place.setText(" · ".join(part for part in (shown.code, shown.hamlet, people) if part))
        self.before.show_text(_(CLASS_LABELS[shown.before]), class_tone(shown.before))
        self.proposed.show_text(_(CLASS_LABELS[shown.proposed]), class_tone(shown.proposed))
        self.reason.setText(shown.reason)


class _Count(QLineEdit):
    """How many agree: digits only; letters are commands of the window."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("stageAgreed")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.present = 0
        self._limits = QIntValidator(0, 0, self)
        self.setValidator(self._limits)

    def show_count(self, agreed: int | None, present: int) -> None:
        """Show a count."""
        self.present = present
        self._limits.setRange(0, max(0, present))
        self.setText("" if agreed is None else str(agreed))

    def count(self) -> int | None:
        """The number typed, None when there is none or it is more than all."""
        text = self.text()
        return int(text) if text.isdecimal() and int(text) <= self.present else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, arrows, letters and Esc belong to the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif (
            event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)
            or event.text().isalpha()
        ):
            event.ignore()
        else:
            super().keyPressEvent(event)


def _middle(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    spaced(row, spacing=20)
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch()
    return row
