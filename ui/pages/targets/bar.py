"""The line above the targets: set and day, how many are reached, and what can be done with them."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton

from casemgr.i18n import _
from ui.icons import icon
from ui.theme import sized, spaced
from ui.translation import Speaks
from ui.widgets.choice_box import ChoiceBox
from ui.widgets.date_edit import DateEdit
from ui.widgets.elided_label import ElidedLabel

_PICTURES = {"targetBehind": "user-minus", "targetExcel": "table", "targetPrint": "printer"}


class TargetBar(Speaks):
    """Buttons and the menu "More" call what the page gives for their names."""

    def __init__(self, buttons: Mapping[str, Callable[[], None]], acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self.set: ChoiceBox[str] = ChoiceBox()
        self.set.setObjectName("targetSet")
        self.set.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day = DateEdit(whole=True)
        self.day.setObjectName("targetDay")
        sized(self.day, width=116)
        self.state = ElidedLabel()
        self.state.setObjectName("targetState")
        self.buttons = {name: self._button(name, act) for name, act in buttons.items()}
        self.more = QPushButton()
        self.more.setObjectName("targetMore")
        self.more.setIcon(icon("dots-three"))
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.acts = {name: self.menu.addAction("", act) for name, act in acts.items()}
        for name, action in self.acts.items():
            action.setObjectName(name)
        layout = QHBoxLayout(self)
        spaced(layout, spacing=8)
        layout.addWidget(self.set)
        layout.addWidget(self.day)
        layout.addWidget(self.state, 1)
        for button in (*self.buttons.values(), self.more):
            layout.addWidget(button)
        self.retranslate()

    def _button(self, name: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton()
        button.setObjectName(name)
        button.setIcon(icon(_PICTURES[name]))
        button.clicked.connect(lambda _checked=False: act())
        return button

    def retranslate(self) -> None:
        """Say the words again."""
        words = {
            "targetBehind": _("Left behind…"),
            "targetExcel": _("Excel…"),
            "targetPrint": _("Print…"),
            "targetOwn": _("New own indicator…"),
            "targetOwnChange": _("Change this own indicator…"),
            "targetCopy": _("Take this set over as the office's own"),
            "targetIncome": _("Common income…"),
            "targetFigures": _("Check figures of a report…"),
        }
        for name, button in self.buttons.items():
            button.setText(words[name])
        for name, action in self.acts.items():
            action.setText(words[name])
        self.more.setText(_("More"))
        for widget, told in ((self.set, _("Set of targets")), (self.day, _("As of this day"))):
            widget.setAccessibleName(told)
            widget.setToolTip(told)
