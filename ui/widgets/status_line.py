"""The line at the foot: saved when, what undo takes back, next number, age of the verified backup, who."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from casemgr.i18n import _, format_moment, ngettext
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.translation import Speaks

NUMBER_FROM, WHO_FROM = 960, 720
"""Natural widths from which the next number and the person's name have room."""


class StatusLine(Speaks):
    """Shows what it is told; it never claims more than the last commit."""

    undo_asked = Signal()
    backup_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._saved: datetime | None = None
        self._saving = False
        self._undo = ""
        self._number = ""
        self._backup_days: int | None = None
        self._backup_known = False
        self._who = ""
        self._read_only = False
        self.saved = QLabel()
        self.saved.setObjectName("statusSaved")
        self.undo = QToolButton()
        self.undo.setObjectName("statusUndo")
        self.undo.setIcon(icon("arrow-u-up-left"))
        self.undo.clicked.connect(self.undo_asked)
        self.number = QLabel()
        self.number.setObjectName("statusNumber")
        self.job = QLabel()
        self.job.setObjectName("statusJob")
        self.bar = QProgressBar()
        self.bar.setObjectName("statusProgress")
        self.bar.setTextVisible(False)
        sized(self.bar, width=120)
        self.stop = QToolButton()
        self.stop.setObjectName("statusCancel")
        self.stop.setIcon(icon("x"))
        self.stop.clicked.connect(self.cancel_asked)
        self.backup = QToolButton()
        self.backup.setObjectName("statusBackup")
        self.backup.clicked.connect(self.backup_asked)
        self.who = QLabel()
        self.who.setObjectName("statusWho")
        for button in (self.undo, self.stop, self.backup):
            button.setProperty("class", "flat")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QHBoxLayout(self)
        spaced(layout, margins=(12, 1, 12, 1), spacing=14)
        for left in (self.saved, self.undo, self.number):
            layout.addWidget(left)
        layout.addStretch()
        for widget in (self.job, self.bar, self.stop, self.backup, self.who):
            layout.addWidget(widget)
        self.show_job("")
        self.retranslate()

    def show_saved(self, moment: datetime | None, *, saving: bool = False) -> None:
        """When the last commit returned; `saving` while one is under way."""
        self._saved, self._saving = moment, saving
        self.retranslate()

    def show_undo(self, step: str) -> None:
        """What Ctrl+Z would take back."""
        self._undo = step
        self.retranslate()

    def show_number(self, number: str) -> None:
        """The number the next certificate gets."""
        self._number = number
        self.retranslate()

    def show_backup(self, days: int | None) -> None:
        """How old the last verified backup is; None = there is none."""
        self._backup_days, self._backup_known = days, True
        self.retranslate()

    def show_who(self, who: str, *, read_only: bool) -> None:
        """Who signed in."""
        self._who, self._read_only = who, read_only
        self.retranslate()

    def show_job(self, title: str, done: int = 0, total: int = 0) -> None:
        """Work under way; "" for none."""
        for widget in (self.job, self.bar, self.stop):
            widget.setVisible(bool(title))
        self.job.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the least needed goes first."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme()
        self.number.setVisible(bool(self._number) and self.width() >= look.room(NUMBER_FROM))
        self.who.setVisible(self.width() >= look.room(WHO_FROM))

    def retranslate(self) -> None:
        """Say everything again."""
        side = theme().px(14)
        for button in (self.undo, self.stop, self.backup):
            button.setIconSize(QSize(side, side))
        if self._saving:
            self.saved.setText(_("Saving…"))
        elif self._saved is not None:
            self.saved.setText(_("Saved at {time}").format(time=format_moment(self._saved).partition(" ")[0]))
        else:
            self.saved.setText(_("Nothing to save"))
        self.undo.setVisible(bool(self._undo))
        self.undo.setText(_("Undo: {step}").format(step=self._undo))
        self.undo.setAccessibleName(self.undo.text())
        self.number.setText(_("Next number: {number}").format(number=self._number))
        self.stop.setText(_("Stop"))
        self.stop.setAccessibleName(_("Stop the work"))
        self._say_backup()
        self._fit()
        self.who.setText(_("{person} (read only)").format(person=self._who) if self._read_only else self._who)

    def _say_backup(self) -> None:
        days = self._backup_days
        self.backup.setVisible(self._backup_known)
        if days is None:
            text, tone = _("No verified backup yet"), "poor"
        elif days == 0:
            text, tone = _("Verified backup: today"), "ok"
        else:
            text = ngettext("Verified backup: {days} day ago", "Verified backup: {days} days ago", days).format(
                days=days
            )
            tone = "ok" if days <= 1 else "near" if days <= 7 else "poor"
        self.backup.setIcon(icon("shield-check" if tone == "ok" else "warning", tone))
        self.backup.setText(text)
        self.backup.setAccessibleName(text)
