"""Below the matrix: who changes class, what is missing, what happens to support, and who is behind a number."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTabBar, QVBoxLayout

from casemgr.domain.rehearsal import Change, Missing, Rehearsal
from casemgr.i18n import _, format_number
from casemgr.services import households
from casemgr.services.entitlement_changes import ProgrammeEffect
from casemgr.services.households import HouseholdRow
from ui.desk import Desk
from ui.models.rows import RowsModel
from ui.pages.rehearsal.columns import CHANGES, EFFECTS, HOUSEHOLDS, EffectRow, effect_rows, missing_columns
from ui.theme import spaced
from ui.translation import Speaks
from ui.widgets.chips import Chip, Chips
from ui.widgets.empty_state import EmptyState
from ui.widgets.list_table import ListTable

CHANGED, MISSING, SUPPORT, BEHIND = range(4)
NOTHING = 4
REVIEWED = "reviewed"


class ListsPane(Speaks):
    """Lists under tabs; a double click or Enter opens the household, or the households of a number."""

    household_requested = Signal(UUID)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("rehearsalLists")
        self._found: Rehearsal | None = None
        self._missing: list[Missing] = []
        self._effects: list[EffectRow] | None = None
        """None: not weighed yet, or stopped."""
        self._behind = ""
        self.tabs = QTabBar()
        self.tabs.setObjectName("rehearsalTabs")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        for _tab in range(NOTHING):
            self.tabs.addTab("")
        self.tabs.currentChanged.connect(self._on_tab)
        self.chips = Chips([Chip(REVIEWED, lambda: _("With a class or a survey"))])
        self.chips.setObjectName("rehearsalChips")
        self.chips.set_on((REVIEWED,))
        self.chips.changed.connect(self._narrow)
        self.change_model: RowsModel[int, Change] = RowsModel(
            CHANGES, lambda ids: [self._changes()[each] for each in ids]
        )
        self.missing_model: RowsModel[int, Missing] = RowsModel(
            missing_columns(self._name_of), lambda ids: [self._missing[each] for each in ids]
        )
        self.effect_model: RowsModel[int, EffectRow] = RowsModel(
            EFFECTS, lambda ids: [(self._effects or [])[each] for each in ids]
        )
        self.behind_model: RowsModel[UUID, HouseholdRow] = RowsModel(
            HOUSEHOLDS, lambda ids: desk.workspace.read(households.rows, ids)
        )
        self.changes = ListTable(self.change_model, name="rehearsalChanges")
        self.missing = ListTable(self.missing_model, name="rehearsalMissing")
        self.effects = ListTable(self.effect_model, name="rehearsalEffects")
        self.behind = ListTable(self.behind_model, name="rehearsalBehind")
        self.changes.opened.connect(lambda row: self._open(self._changes()[row].household_id))
        self.missing.opened.connect(lambda row: self._open(self._missing[self.missing_model.ids[row]].household_id))
        self.effects.opened.connect(self._on_effect)
        self.behind.opened.connect(lambda row: self._open(self.behind_model.ids[row]))
        self.nothing = EmptyState("check-circle", self._nothing_title, self._nothing_words)
        self.nothing.setObjectName("rehearsalNothing")
        self.stack = QStackedWidget()
        for widget in (self.changes, self.missing, self.effects, self.behind, self.nothing):
            self.stack.addWidget(widget)
        self._head = QHBoxLayout()
        spaced(self._head, spacing=8)
        self._head.addWidget(self.tabs)
        self._head.addWidget(self.chips, 1)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=6)
        layout.addLayout(self._head)
        layout.addWidget(self.stack, 1)
        self.tabs.setTabVisible(BEHIND, False)
        self.retranslate()

    # ---- what the page uses

    def add_button(self, button: QPushButton) -> None:
        """Put a button at the right of the tabs."""
        self._head.addWidget(button)

    def show_trial(self, found: Rehearsal) -> None:
        """The lists of another trial."""
        self._found, self._behind, self._effects = found, "", None
        self.effect_model.set_ids(())
        self.tabs.setTabVisible(BEHIND, False)
        self.change_model.set_ids(range(len(found.changes)))
        self.behind_model.set_ids(())
        self._narrow()
        self.tabs.setCurrentIndex(CHANGED if found.changes or not found.missing else MISSING)
        self._on_tab()

    def show_effects(self, effects: Sequence[ProgrammeEffect]) -> None:
        """What the changes do to support, which takes longer to find."""
        self._effects = effect_rows(effects)
        self.effect_model.set_ids(range(len(self._effects)))
        self.retranslate()
        self._on_tab()

    def show_behind(self, ids: Sequence[UUID], words: str) -> None:
        """The households a number counts."""
        self._behind = words
        self.behind_model.set_ids(ids)
        self.behind.go(0)
        self.tabs.setTabVisible(BEHIND, True)
        self.tabs.setCurrentIndex(BEHIND)
        self.retranslate()
        self._on_tab()

    @property
    def shown_missing(self) -> list[Missing]:
        """What is missing, as the chip lets it through."""
        return self._missing

    # ---- inside

    def _changes(self) -> tuple[Change, ...]:
        return self._found.changes if self._found is not None else ()

    def _name_of(self, code: str) -> str:
        return self._found.name_of(code) if self._found is not None else code

    def _narrow(self) -> None:
        everything = self._found.missing if self._found is not None else ()
        only = REVIEWED in self.chips.on()
        self._missing = [one for one in everything if one.reviewed or not only]
        self.missing_model.set_ids(range(len(self._missing)))
        self.chips.set_counts({REVIEWED: sum(one.reviewed for one in everything)})
        self.retranslate()
        self._on_tab()

    def _on_effect(self, row: int) -> None:
        one = (self._effects or [])[row]
        self.show_behind(one.homes, f"{one.programme}: {one.words}")

    def _open(self, household: UUID) -> None:
        self.household_requested.emit(household)

    def _on_tab(self) -> None:
        tab = self.tabs.currentIndex()
        empty = {CHANGED: not self._changes(), MISSING: not self._missing, SUPPORT: not self._effects}.get(tab, False)
        self.stack.setCurrentIndex(NOTHING if empty else tab)
        policy = self.chips.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.chips.setSizePolicy(policy)
        self.chips.setVisible(tab == MISSING)
        self.nothing.retranslate()

    def _nothing_title(self) -> str:
        if self.tabs.currentIndex() == MISSING:
            return _("Nothing is missing")
        if self.tabs.currentIndex() == SUPPORT:
            return _("Not weighed yet") if self._effects is None else _("No support begins or ends")
        return _("Nobody is known to change class")

    def _nothing_words(self) -> str:
        if self.tabs.currentIndex() == MISSING:
            return _("Every household can be judged by this standard.")
        if self.tabs.currentIndex() == SUPPORT:
            if self._effects is None:
                return _("What the changes do to support is being found, or was stopped: try the standard again.")
            return _("None of the known changes of class touches a programme.")
        if self._found is not None and self._found.missing:
            return _("But answers are missing: look at the list of what is missing.")
        return ""

    def retranslate(self) -> None:
        """Say the words again."""
        self.tabs.setAccessibleName(_("Lists of the trial"))
        for tab, words, count in (
            (CHANGED, _("Changes {count}"), len(self._changes())),
            (MISSING, _("Missing {count}"), len(self._missing)),
            (SUPPORT, _("Support {count}"), len({one.programme for one in self._effects or ()})),
        ):
            self.tabs.setTabText(tab, words.format(count=format_number(count)))
        behind = len(self.behind_model.ids)
        self.tabs.setTabText(BEHIND, f"{self._behind} {format_number(behind)}")
        self.changes.setAccessibleName(_("Households whose class changes"))
        self.missing.setAccessibleName(_("Households whose answers are missing"))
        self.effects.setAccessibleName(_("Support that begins or ends"))
        self.behind.setAccessibleName(_("Households behind the number"))
