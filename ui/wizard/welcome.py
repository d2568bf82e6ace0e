"""The first step: the language, and the four ways to begin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QToolButton, QVBoxLayout, QWidget

from casemgr.i18n import LANGUAGES, N_, _, current
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.wizard.step import Step

if TYPE_CHECKING:
    from ui.translation import Languages

WAYS: Final = (
    (
        "welcomeNew",
        "buildings",
        N_("Set up a new office"),
        N_("Five short steps: the commune, its hamlets, the letterhead, you, the recovery sheet."),
    ),
    (
        "welcomeOpen",
        "folder-open",
        N_("Open an existing file…"),
        N_("A case file on this computer that you have the passphrase of."),
    ),
    (
        "welcomeRestore",
        "clock-counter-clockwise",
        N_("Restore a backup…"),
        N_("Bring a case file back from a backup on this computer or on a USB stick."),
    ),
    (
        "welcomeSample",
        "flask",
        N_("Try a sample office"),
        N_("Invented people only, every paper says so; kept apart and removed in one click."),
    ),
)


class WayButton(QPushButton):
    """A wide button with a picture, a name and a sentence."""

    def __init__(self, name: str, picture: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAutoDefault(True)
        self._picture = picture
        self._icon, self._title, self._text = QLabel(), QLabel(), QLabel()
        self._title.setProperty("class", "strong")
        self._text.setProperty("class", "small")
        self._text.setWordWrap(True)
        words = QVBoxLayout()
        spaced(words, spacing=1)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row = QHBoxLayout(self)
        spaced(row, margins=(14, 9, 14, 9), spacing=12)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        for label in (self._icon, self._title, self._text):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def say(self, title: str, text: str) -> None:
        """Set the words."""
        side = theme().px(26)
        self._icon.setPixmap(icon(self._picture, "accent").pixmap(QSize(side, side)))
        self._title.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)

    def hasHeightForWidth(self) -> bool:
        """The sentence may wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that the words need."""
        layout = self.layout()
        return layout.totalHeightForWidth(width) if layout else 0

    def sizeHint(self) -> QSize:
        """As the words need."""
        width = theme().px(420)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        width = max(theme().px(260), self.width())
        return QSize(theme().px(260), self.heightForWidth(width))


class WelcomeStep(Step):
    """Language and ways; each way is a signal."""

    new_requested = Signal()
    open_requested = Signal()
    restore_requested = Signal()
    sample_requested = Signal()
    stop_requested = Signal()

    def __init__(self, languages: Languages) -> None:
        super().__init__()
        self.setObjectName("stepWelcome")
        self._languages = languages
        self._choices: dict[str, QToolButton] = {}
        row = QHBoxLayout()
        spaced(row, spacing=6)
        for code, words in LANGUAGES.items():
            button = QToolButton()
            button.setObjectName(f"language_{code}")
            button.setProperty("class", "chip")
            button.setText(words)
            button.setAccessibleName(words)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.clicked.connect(lambda _checked=False, code=code: self._languages.switch(code))
            self._choices[code] = button
            row.addWidget(button)
        row.addStretch()
        self.ways: dict[str, WayButton] = {}
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addLayout(row)
        layout.addSpacing(theme().px(4))
        signals = (self.new_requested, self.open_requested, self.restore_requested, self.sample_requested)
        for (name, picture, _title, _text), signal in zip(WAYS, signals, strict=True):
            way = WayButton(name, picture)
            way.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            self.ways[name] = way
            layout.addWidget(way)
        self._work = QWidget()
        self.bar, self._doing, self.stop = QProgressBar(), QLabel(), QPushButton()
        self.bar.setObjectName("welcomeProgress")
        self.bar.setTextVisible(False)
        self._doing.setProperty("class", "small")
        self.stop.setObjectName("welcomeStop")
        self.stop.clicked.connect(self.stop_requested)
        sized(self.bar, width=220)
        work = QHBoxLayout(self._work)
        spaced(work, spacing=8)
        work.addWidget(self._doing)
        work.addWidget(self.bar)
        work.addWidget(self.stop)
        work.addStretch()
        self._work.hide()
        layout.addWidget(self._work)
        layout.addStretch()
        self.retranslate()

    def title(self) -> str:
        """The heading."""
        return _("Poor and near-poor households of the commune")

    def text(self) -> str:
        """What kind of program this is, in one sentence."""
        return _(
            "Everything is kept in one encrypted file on this computer. "
            "No internet is needed, and nothing is ever sent."
        )

    def enter(self) -> None:
        """The expected way has the focus."""
        self.ways["welcomeNew"].setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, words: str, done: int = 0, total: int = 0) -> None:
        """Making the sample; "" when nothing is under way."""
        self._work.setVisible(bool(words))
        self._doing.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        for way in self.ways.values():
            way.setEnabled(not words)

    def retranslate(self) -> None:
        """Say the words again."""
        for name, _picture, title, text in WAYS:
            self.ways[name].say(_(title), _(text))
        for code, button in self._choices.items():
            button.setChecked(code == current())
        self.stop.setText(_("Stop"))
        self.stop.setAccessibleName(_("Stop the work"))
