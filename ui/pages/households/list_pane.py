"""The list of households: text and chips narrow it, headers order it; two-line rows beside a household."""

from collections.abc import Sequence
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from casemgr.domain.households import CLASS_SHORT_LABELS, HouseholdClass
from casemgr.domain.text import word_sort_key
from casemgr.i18n import _, format_number, ngettext
from casemgr.services import households, offices
from casemgr.services.households import HouseholdQuery, HouseholdRow
from ui.desk import Desk
from ui.icons import icon
from ui.models.rows import RowRole, RowsModel
from ui.pages.households.columns import HOUSEHOLDS
from ui.theme import spaced, theme
from ui.tones import class_tone
from ui.translation import Speaks
from ui.widgets.badge import badge_size, draw_badge
from ui.widgets.chips import Chip, Chips
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

_ENDED: Final = "ended"
_GIVEN: Final = "given"
LIST: Final = "households"
_CHIPS: Final = (HouseholdClass.POOR, HouseholdClass.NEAR_POOR, HouseholdClass.ESCAPED_POOR, HouseholdClass.UNREVIEWED)
_OTHERS: Final = {
    HouseholdClass.ESCAPED_POOR: (HouseholdClass.ESCAPED_POOR.value, HouseholdClass.ESCAPED_NEAR_POOR.value),
}


def people_words(count: int) -> str:
    """So many people."""
    return ngettext("{count} person", "{count} people", count).format(count=count)


class _TwoLines(QStyledItemDelegate):
    """Name and class above, code, hamlet and people below."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row: HouseholdRow = index.data(RowRole)
        look, rect = theme(), QRect(option.rect)
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, look.colour("sel"))
            painter.fillRect(QRect(rect.left(), rect.top(), look.px(3), rect.height()), look.colour("accent"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(look.px(12), look.px(6), -look.px(10), -look.px(6))
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = QRect(inner.left(), upper.bottom() + 1, inner.width(), inner.height() - upper.height())
        word = _(CLASS_SHORT_LABELS[row.class_value])
        size = badge_size(word, natural=11)
        spot = QRect(
            upper.right() - size.width() + 1, upper.center().y() - size.height() // 2 + 1, size.width(), size.height()
        )
        draw_badge(painter, spot, word, class_tone(row.class_value), natural=11)
        bold, plain = look.font(13, bold=True), look.font(12)
        upper.setRight(spot.left() - look.px(6))
        middle = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(bold)
        painter.setPen(look.colour("text"))
        painter.drawText(
            upper, middle, QFontMetrics(bold).elidedText(row.head, Qt.TextElideMode.ElideRight, upper.width())
        )
        painter.setFont(plain)
        painter.setPen(look.colour("soft"))
        below = " · ".join(part for part in (row.code, row.hamlet, people_words(row.people)) if part)
        painter.drawText(
            lower, middle, QFontMetrics(plain).elidedText(below, Qt.TextElideMode.ElideRight, lower.width())
        )
        painter.restore()


class _CompactTable(ListTable):
    """The same lines as two-line rows without a header."""

    def _measure(self) -> None:
        look = theme()
        self.verticalHeader().setDefaultSectionSize(look.font_px(13) + look.font_px(12) + look.px(25))

    def _spread(self) -> None:
        self.setColumnWidth(0, self.viewport().width())

    def _fit_columns(self) -> None:
        self.horizontalHeader().hide()
        self._spread()
        for number in range(self.rows.columnCount()):
            self.setColumnHidden(number, number > 0)


class ListPane(Speaks):
    """Knows which households are shown and which one is current."""

    opened = Signal(UUID)
    """Enter or double click."""
    moved = Signal(UUID)
    """Another line became current."""
    new_requested = Signal()
    import_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("householdList")
        self._desk = desk
        self._order, self._descending = "name", False
        self._quiet = False
        self._compact = False
        self._wanted: UUID | None = None
        self.text = QLineEdit()
        self.text.setObjectName("householdFilter")
        self.text.setClearButtonEnabled(True)
        self.text.addAction(icon("funnel"), QLineEdit.ActionPosition.LeadingPosition)
        self.text.textChanged.connect(self._on_text)
        self.text.returnPressed.connect(self._on_enter)
        self.hamlet: ChoiceBox[UUID] = ChoiceBox()
        self.hamlet.setObjectName("householdHamlet")
        self.hamlet.chosen.connect(self.search)
        self._given: frozenset[UUID] | None = None
        self._chips = (
            *(Chip(value.value, partial(self._chip_words, value)) for value in _CHIPS),
            Chip(_ENDED, lambda: _("No longer kept")),
        )
        self.chips = Chips(self._chips)
        self.chips.setObjectName("householdClasses")
        self.chips.changed.connect(self.search)
        self.count = QLabel()
        self.count.setObjectName("householdCount")
        self.count.setProperty("class", "small")
        self.new = QPushButton()
        self.new.setObjectName("householdNew")
        self.new.setIcon(icon("plus", "accent"))
        self.new.clicked.connect(self.new_requested)
        self.model: RowsModel[UUID, HouseholdRow] = RowsModel(HOUSEHOLDS, self._fetch)
        self.model.show_order("name")
        self.model.sort_requested.connect(self._on_sort)
        self.model.set_columns(desk.settings.columns.get(LIST, ()))
        self.table = ListTable(self.model, name="householdTable")
        self.compact = _CompactTable(self.model, name="householdRows")
        self.compact.setItemDelegate(_TwoLines(self.compact))
        self.compact.setSelectionModel(self.table.selectionModel())
        for view in (self.table, self.compact):
            view.opened.connect(self._on_opened)
        self.table.columns_chosen.connect(self._on_columns)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.empty = EmptyState(
            "house-line", lambda: "", lambda: "", (lambda: _("Import a list"), lambda: _("New household"))
        )
        self.empty.chosen.connect(self._on_empty_chosen)
        self.stack = QStackedWidget()
        for widget in (self.table, self.compact, self.empty):
            self.stack.addWidget(widget)
        self._first, self._second, self._bars = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        spaced(self._first, spacing=6)
        spaced(self._second, spacing=8)
        spaced(self._bars, spacing=8)
        self._bars.addLayout(self._first)
        self._bars.addLayout(self._second)
        layout = QVBoxLayout(self)
        spaced(layout, margins=(12, 12, 6, 10), spacing=8)
        layout.addLayout(self._bars)
        layout.addWidget(self.stack, 1)
        self._place_bars()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(0)
        self._delay.timeout.connect(self.search)
        self.load_hamlets()
        self.retranslate()

    # ---- what the page uses

    @property
    def view(self) -> ListTable:
        """The view in use."""
        return self.compact if self._compact else self.table

    def set_compact(self, *, compact: bool) -> None:
        """Two-line rows beside a household, or the full table."""
        self._compact = compact
        self._place_bars()
        self._show()
        row = self.view.current()
        if row >= 0:
            self.view.scrollTo(self.model.index(row, 0))

    def query(self) -> HouseholdQuery:
        """What is shown."""
        classes: list[str] = []
        for key in self.chips.on():
            if key in (_ENDED, _GIVEN):
                continue
            classes.extend(_OTHERS.get(HouseholdClass(key), (key,)))
        hamlet = self.hamlet.value()
        return HouseholdQuery(
            text=self.text.text(),
            hamlets=(hamlet,) if hamlet else (),
            classes=tuple(classes),
            ended=_ENDED in self.chips.on(),
            order=self._order,
            descending=self._descending,
            only=self._given if _GIVEN in self.chips.on() else None,
        )

    def search(self) -> None:
        """Ask for the ids anew; the current household stays current where it is still shown."""
        current = self.current() or self._wanted
        ids = self._desk.workspace.read(households.find, self.query())
        self._quiet = True
        if len(ids) == len(self.model.ids) and ids == self.model.ids:
            self.model.reload()  # what is selected and where one scrolled to stay
        else:
            self.model.set_ids(ids)
        row = self.model.place_of(current)
        if row >= 0 and row != self.view.current():
            self.view.go(row)
        self._quiet = False
        self._show()

    def current(self) -> UUID | None:
        """The current household."""
        row = self.table.currentIndex().row()
        return self.model.ids[row] if 0 <= row < len(self.model.ids) else None

    def selected(self) -> tuple[UUID, ...]:
        """The selected households in order."""
        return tuple(self.model.ids[row] for row in self.table.selected())

    def show_household(self, household: UUID) -> None:
        """Make a household current, without telling; filters that hide it stay."""
        self._wanted = household
        self._quiet = True
        place = self.model.place_of(household)
        if place != self.view.current() or place not in self.view.selected():
            self.view.go(place)
        self._quiet = False

    def step(self, by: int) -> UUID | None:
        """The household above or below, made current."""
        row = self.table.currentIndex().row() + by
        if not 0 <= row < len(self.model.ids):
            return None
        self.show_household(self.model.ids[row])
        return self.model.ids[row]

    def show_given(self, ids: Sequence[UUID]) -> None:
        """Show just these households, behind a chip that lets go of them."""
        self._given = frozenset(ids)
        self.chips.set_chips((Chip(_GIVEN, lambda: _("Households behind the number")), *self._chips))
        self.text.clear()
        self.hamlet.set_value(None)
        self.chips.set_on((_GIVEN,))
        self.search()

    def narrow(self, text: str) -> None:
        """Show what a text finds, everything else off."""
        self.text.setText(text)
        self.hamlet.set_value(None)
        self.chips.set_on(())
        self.search()

    def load_hamlets(self) -> None:
        """Read the hamlets again."""
        names = self._desk.workspace.read(offices.hamlet_names)
        ordered = sorted(names.items(), key=lambda pair: word_sort_key(pair[1]))
        self.hamlet.set_choices(
            [(None, lambda: _("All hamlets")), *((hamlet, partial(str, name)) for hamlet, name in ordered)]
        )
        if self.hamlet.currentIndex() < 0:
            self.hamlet.setCurrentIndex(0)

    def retranslate(self) -> None:
        """Say the words again."""
        self.text.setPlaceholderText(_("Filter by name or code"))
        self.text.setAccessibleName(_("Filter by name or code"))
        self.hamlet.setAccessibleName(_("Hamlet"))
        self._say_new()
        self.new.setToolTip(_("New household"))
        self.new.setAccessibleName(_("New household"))
        for view in (self.table, self.compact):
            view.setAccessibleName(_("Households"))
        self._say_count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the filter goes to the list."""
        if event.key() == Qt.Key.Key_Down and self.text.hasFocus():
            self.view.setFocus(Qt.FocusReason.TabFocusReason)
            if self.view.current() < 0:
                self.view.go(0)
            return
        super().keyPressEvent(event)

    # ---- inside

    def _place_bars(self) -> None:
        """Alone: everything in one line, the count below the filters' end; beside a household: stacked."""
        for widget in (self.text, self.hamlet, self.chips, self.count, self.new):
            for row in (self._first, self._second, self._bars):
                row.removeWidget(widget)
        if self._compact:
            self._first.addWidget(self.text, 1)
            self._first.addWidget(self.new)
            self._second.addWidget(self.hamlet, 1)
            self._second.addWidget(self.count)
            self._bars.addWidget(self.chips)
        else:
            self._first.addWidget(self.text, 3)
            self._first.addWidget(self.hamlet, 2)
            self._first.addWidget(self.new)
            self._second.addWidget(self.chips, 1)
            self._second.addWidget(self.count)
        self._say_new()

    def _say_new(self) -> None:
        self.new.setText("" if self._compact else _("New household"))

    def _chip_words(self, value: HouseholdClass) -> str:
        return _(CLASS_SHORT_LABELS[value])

    def _fetch(self, ids: Sequence[UUID]) -> Sequence[HouseholdRow]:
        return self._desk.workspace.read(households.rows, ids)

    def _narrowed(self) -> bool:
        query = self.query()
        return bool(query.text.strip() or query.hamlets or query.classes or query.ended)

    def _show(self) -> None:
        if self.model.ids:
            self.stack.setCurrentWidget(self.view)
        else:
            if self._narrowed():
                self.empty.say(lambda: _("No household fits"), lambda: _("Take away a filter, or try fewer letters."))
            else:
                self.empty.say(
                    lambda: _("No households yet"),
                    lambda: _("Drop last year's Excel list on the window, or enter the first household."),
                )
            self.stack.setCurrentWidget(self.empty)
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.model.ids)
        self.count.setText(
            ngettext("{count} household", "{count} households", count).format(count=format_number(count))
        )

    def _on_empty_chosen(self, number: int) -> None:
        (self.new_requested if number else self.import_requested).emit()

    def _on_text(self) -> None:
        self._delay.start()

    def _on_enter(self) -> None:
        if self._delay.isActive():
            self._delay.stop()
            self.search()
        if self.model.ids:
            self.view.go(max(0, self.view.current()))
            self.opened.emit(self.model.ids[self.view.current()])

    def _on_sort(self, key: str, descending: bool) -> None:
        self._order, self._descending = key, descending
        self.search()

    def _on_columns(self, keys: tuple[str, ...]) -> None:
        self._desk.prefer(columns={**self._desk.settings.columns, LIST: keys})

    def _on_opened(self, row: int) -> None:
        self.opened.emit(self.model.ids[row])

    def _on_current(self, now: QModelIndex) -> None:
        if not self._quiet and now.isValid():
            self._wanted = self.model.ids[now.row()]
            self.moved.emit(self.model.ids[now.row()])

    def sizeHint(self) -> QSize:
        """As wide as in the design."""
        return QSize(theme().px(304), theme().px(600))
