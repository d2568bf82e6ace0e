"""The card at the top: how old the last verified backup is, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout

from casemgr.i18n import _, format_moment, ngettext
from ui.icons import icon
from ui.theme import sized, spaced, theme
from ui.widgets.card import Card

if TYPE_CHECKING:
    from datetime import datetime

    from casemgr.services.backup_log import BackupRecord


class LastCard(Card):
    """Age, verbs and the work under way."""

    def __init__(self) -> None:
        super().__init__(lambda: _("Last verified backup"))
        self.light, self.age, self.where = QLabel(), QLabel(), QLabel()
        self.age.setObjectName("backupAge")
        self.age.setProperty("class", "h3")
        self.where.setObjectName("backupWhere")
        self.where.setProperty("class", "small")
        for label in (self.age, self.where):
            label.setWordWrap(True)
        self.now, self.verify, self.restore = QPushButton(), QPushButton(), QPushButton()
        self.other, self.stop = QPushButton(), QPushButton()
        for name, button, picture in (
            ("backupNow", self.now, "shield-check"),
            ("backupVerify", self.verify, "magnifying-glass"),
            ("backupRestore", self.restore, "clock-counter-clockwise"),
            ("backupOther", self.other, "folder-open"),
            ("backupStop", self.stop, "x"),
        ):
            button.setObjectName(name)
            button.setIcon(icon(picture, "on" if button is self.now else "soft"))
        self.now.setProperty("class", "primary")
        self.doing, self.bar = QLabel(), QProgressBar()
        self.doing.setProperty("class", "small")
        self.bar.setObjectName("backupProgress")
        self.bar.setTextVisible(False)
        sized(self.bar, width=160)
        words = QVBoxLayout()
        spaced(words, spacing=2)
        words.addWidget(self.age)
        words.addWidget(self.where)
        head = QHBoxLayout()
        spaced(head, spacing=12)
        head.addWidget(self.light)
        head.addLayout(words, 1)
        buttons = QHBoxLayout()
        spaced(buttons, spacing=8)
        for button in (self.now, self.verify, self.restore, self.other):
            buttons.addWidget(button)
        buttons.addStretch()
        work = QHBoxLayout()
        spaced(work, spacing=8)
        for widget in (self.doing, self.bar, self.stop):
            work.addWidget(widget)
        work.addStretch()
        for part in (head, buttons, work):
            self.add(part)
        self.show_work("")

    def show_work(self, words: str, done: int = 0, total: int = 0) -> None:
        """Work under way; "" for none."""
        for widget in (self.doing, self.bar, self.stop):
            widget.setVisible(bool(words))
        self.doing.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def enable(self, *, free: bool, chosen: bool) -> None:
        """What can be pressed now."""
        for button in (self.now, self.other):
            button.setEnabled(free)
        for button in (self.verify, self.restore):
            button.setEnabled(free and chosen)

    def say_age(self, last: BackupRecord | None, now: datetime, *, may: bool) -> None:
        """How old the last verified backup is, with what it means."""
        if last is None or not last.present:
            tone, age = "poor", _("There is no verified backup of this file on this computer.")
            where = _("Without one, a broken disk takes everything with it. Make one now.")
        else:
            days = last.age(now).days
            tone = "ok" if days <= 1 else "near" if days <= 7 else "poor"
            age = _("Today") if days == 0 else ngettext("{days} day ago", "{days} days ago", days).format(days=days)
            where = _("made and verified at {moment}: {file}").format(
                moment=format_moment(last.verified), file=last.path
            )
        if not may:
            where = _("Your role, or a file that is open for reading only, makes no backups here.")
        side = theme().px(30)
        self.light.setPixmap(icon("shield-check" if tone == "ok" else "warning", tone).pixmap(QSize(side, side)))
        self.age.setText(age)
        self.where.setText(where)

    def retranslate(self) -> None:
        """Say the words again."""
        self.now.setText(_("Back up now"))
        self.verify.setText(_("Verify"))
        self.verify.setToolTip(_("Open the chosen backup and compare every page and count"))
        self.restore.setText(_("Restore…"))
        self.restore.setToolTip(_("Look into the chosen backup before anything is brought back"))
        self.other.setText(_("Another backup file…"))
        self.other.setToolTip(_("Add a backup from a stick or another folder to the list"))
        self.stop.setText(_("Stop"))
        self.stop.setAccessibleName(_("Stop the work"))
        for button in (self.now, self.verify, self.restore, self.other):
            button.setAccessibleName(button.text())
