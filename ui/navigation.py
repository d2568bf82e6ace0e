"""The left edge of the window: the office's name and its sections, as words or, where it is narrow, as icons."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QToolButton, QVBoxLayout, QWidget

from casemgr.i18n import _, format_number
from ui.icons import icon
from ui.sections import SECTIONS
from ui.theme import spaced, theme
from ui.translation import Speaks
from ui.widgets.badge import Badge

WIDE, NARROW = 196, 58


class Navigation(Speaks):
    """One button per section; `chosen` carries the page's name."""

    chosen = Signal(str)

    def __init__(self, office: str, *, sample: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._narrow = False
        self._office = QLabel(office)
        self._office.setProperty("class", "h2")
        self._office.setWordWrap(True)
        self._buttons: dict[str, QToolButton] = {}
        self._counts: dict[str, int] = {}
        layout = QVBoxLayout(self)
        spaced(layout, margins=(10, 12, 10, 12), spacing=2)
        layout.addWidget(self._office)
        self._sample, self._is_sample = Badge(), sample
        layout.addWidget(self._sample)
        layout.addSpacing(6)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spaced(column, spacing=2)
        for section in SECTIONS:
            if section.foot:
                continue
            column.addWidget(self._button(section.page, section.icon))
        column.addStretch()
        for section in SECTIONS:
            if section.foot:
                column.addWidget(self._button(section.page, section.icon))
        self._area = QScrollArea()
        self._area.setObjectName("navigationArea")
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # the wheel and the keys scroll
        self._area.setWidgetResizable(True)
        self._area.setWidget(inside)
        layout.addWidget(self._area, 1)
        self.retranslate()

    def show_page(self, page: str) -> None:
        """Mark where one is."""
        for name, button in self._buttons.items():
            button.setChecked(name == page)
            if name == page:
                self._area.ensureWidgetVisible(button)

    def show_count(self, page: str, count: int) -> None:
        """How many things wait in a section; 0 shows none."""
        if self._counts.get(page, 0) != count:
            self._counts[page] = count
            self.retranslate()

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons only, or icons with words."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.retranslate()

    def retranslate(self) -> None:
        """Say the words again and measure."""
        look = theme()
        self._office.setVisible(not self._narrow)
        self._sample.show_text(_("Sample data") if self._is_sample and not self._narrow else "", "near")
        self.setFixedWidth(look.px(NARROW) if self._narrow else max(look.px(WIDE), self._widest()))
        side = look.px(18)
        for section in SECTIONS:
            button, words, count = self._buttons[section.page], _(section.text), self._counts.get(section.page, 0)
            if count:
                words = _("{section} ({count})").format(section=words, count=format_number(count))
            button.setText(f"  {words}")
            button.setAccessibleName(words)
            button.setToolTip(words if self._narrow else "")
            button.setIconSize(QSize(side, side))
            style = (
                Qt.ToolButtonStyle.ToolButtonIconOnly if self._narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
            )
            button.setToolButtonStyle(style)
            button.setFixedWidth(self.width() - 2 * look.px(10))

    def _widest(self) -> int:
        from PySide6.QtGui import QFontMetrics

        look = theme()
        metrics = QFontMetrics(look.font(13, bold=True))
        return max((metrics.horizontalAdvance(_(section.text)) for section in SECTIONS), default=0) + look.px(76)

    def _button(self, page: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"section_{page}")
        button.setIcon(icon(picture))
        button.setCheckable(True)
        button.setAutoExclusive(False)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(page))
        self._buttons[page] = button
        return button
