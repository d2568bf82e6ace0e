"""The frame: menus, search, navigation, message bar, pages, status line; it owns no feature."""

import logging
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenuBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from casemgr.domain.certificates import number_text
from casemgr.domain.permissions import ROLE_LABELS, Role
from casemgr.errors import AppError
from casemgr.i18n import _, current
from casemgr.services import backup_log, certificates, history, offices
from ui import geometry
from ui import theme as look
from ui.actions import BY_ID
from ui.closing import Closing
from ui.commands import Commands
from ui.desk import Desk
from ui.finding import find_everything
from ui.icons import icon
from ui.jobs import Job
from ui.navigation import Navigation
from ui.page import Page
from ui.places import Place, Trail
from ui.questions import Answer, ask
from ui.sections import SECTIONS
from ui.translation import Languages
from ui.widgets.message_bar import MessageBar, Notice
from ui.widgets.search_box import Hit, SearchBox
from ui.widgets.status_line import StatusLine
from ui.windowcommands import WindowCommands

log = logging.getLogger(__name__)

NARROW = 1080
"""Below this natural width the navigation shows icons only."""


class MainWindow(QMainWindow):
    """The window of an open case file."""

    closed = Signal()
    lock_requested = Signal()
    handover_requested = Signal(object)

    def __init__(self, desk: Desk, languages: Languages) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.desk = desk
        self._languages = languages
        self._pages: dict[str, Page] = {}
        self._trail = Trail()
        self._may_close = False
        self._closing: Closing | None = None
        self._step: history.UndoStep | None = None
        self._office = desk.workspace.read(offices.office)
        self._build()
        self._wire()
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        geometry.restore(self, desk.settings.window)
        self.retranslate()
        self._on_changed(frozenset())

    # ---- building

    def _build(self) -> None:
        self.commands = Commands(self, self.desk, WindowCommands(self))
        top = QWidget()
        top.setObjectName("topBar")
        top.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._menus = QMenuBar()
        self._menus.setObjectName("menuBar")
        self.commands.fill(self._menus)
        self.search = SearchBox(self._find)
        look.sized(self.search, height=32)
        self._back, self._forward = (
            self._history_button("view.back", "arrow-left"),
            self._history_button("view.forward", "arrow-right"),
        )
        row = QHBoxLayout(top)
        look.spaced(row, margins=(6, 4, 12, 4), spacing=6)
        row.addWidget(self._menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addWidget(self.search, 3)
        self.setMenuWidget(top)
        self.navigation = Navigation(self._office.commune_name, sample=self._office.sample)
        self.messages = MessageBar()
        self.stack = QStackedWidget()
        self.stack.setObjectName("pages")
        self.status = StatusLine()
        right = QVBoxLayout()
        look.spaced(right, spacing=0)
        right.addWidget(self.messages)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        look.spaced(middle, spacing=0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        self.frame = QWidget()
        self.frame.setObjectName("frame")
        self.frame.setLayout(middle)
        whole = QWidget()
        column = QVBoxLayout(whole)
        look.spaced(column, spacing=0)
        column.addWidget(self.frame, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _history_button(self, action: str, picture: str) -> QToolButton:
        button = QToolButton()
        button.setObjectName(action.replace(".", "_"))
        button.setProperty("class", "flat")
        button.setIcon(icon(picture))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self.commands.run(action))
        return button

    def _wire(self) -> None:
        self.navigation.chosen.connect(lambda page: self.go(Place(page)))
        self.search.chosen.connect(self._on_hit)
        self.status.undo_asked.connect(lambda: self.commands.run("edit.undo"))
        self.status.backup_asked.connect(lambda: self.commands.run("view.backup"))
        self.status.cancel_asked.connect(self._on_cancel_job)
        self.desk.changed.connect(self._on_changed)
        self.desk.settings_changed.connect(self._on_settings)
        self.desk.jobs.started.connect(self._on_job)
        self.desk.jobs.idle.connect(self._on_idle)

    # ---- pages and places

    def page(self, name: str) -> Page:
        """The page of a section, made when it is first wanted."""
        if name not in self._pages:
            section = next(each for each in SECTIONS if each.page == name)
            page = section.make(self.desk)
            page.open_requested.connect(self.go)
            page.said.connect(self.say)
            page.counted.connect(partial(self.navigation.show_count, name))
            page.handover_requested.connect(self.handover_requested)
            page.state_changed.connect(self.commands.update)
            self._pages[name] = page
            self.stack.addWidget(page)
        return self._pages[name]

    @property
    def current_page(self) -> Page | None:
        """The page one is on."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    def go(self, place: Place) -> bool:
        """Go to a place unless the present page keeps us; it is kept in the history."""
        here = self.current_page
        if here is not None and not here.leave():
            self.navigation.show_page(self._name_of(here))
            return False
        self._trail.leave(here.place() if here is not None else None)
        self._show(place)
        self._trail.push(place)
        self._say_history()
        return True

    def _show(self, place: Place) -> None:
        page = self.page(place.page)
        self.stack.setCurrentWidget(page)
        self.navigation.show_page(place.page)
        self.messages.clear()
        page.show_place(place)
        self.commands.show_page(page)
        self._say_title()

    def travel(self, step: int) -> None:
        """Back (-1) or forward (1) where one was."""
        here = self.current_page
        target = self._trail.peek(step)
        if target is None or (here is not None and not here.leave()):
            return
        self._trail.leave(here.place() if here is not None else None)
        self._trail.move(step)
        self._show(target)
        self._say_history()

    def _say_history(self) -> None:
        self._back.setEnabled(self._trail.peek(-1) is not None)
        self._forward.setEnabled(self._trail.peek(1) is not None)

    def _name_of(self, page: Page) -> str:
        return next(name for name, each in self._pages.items() if each is page)

    # ---- telling

    def say(self, notice: Notice) -> None:
        """Show a notice."""
        self.messages.show_notice(notice)

    def show_error(self, error: AppError) -> None:
        """Show an expected failure."""
        self.say(Notice(str(error), "poor"))

    def _say_title(self) -> None:
        page = self.current_page
        parts = [page.title() if page else "", self._office.commune_name, "casemgr"]
        self.setWindowTitle(" · ".join(part for part in parts if part))

    # ---- searching

    def _find(self, text: str) -> Sequence[Hit]:
        commands = [
            Hit(
                BY_ID[name].icon or "command",
                _(BY_ID[name].text),
                self.commands.actions[name].shortcut().toString(),
                name,
            )
            for name in self.commands.matching(text)
        ]
        found = find_everything(self.desk, text)
        return [*found, *commands] if found else commands

    def _on_hit(self, target: object) -> None:
        if isinstance(target, Place):
            self.go(target)
            page = self.current_page
            if page is not None:
                page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(target, str):
            self.commands.run(target)

    # ---- news

    def _on_changed(self, tables: frozenset[str]) -> None:
        workspace = self.desk.workspace
        for page in self._pages.values():
            if page.tables & tables:
                page.refresh()
        self.status.show_saved(workspace.last_saved)
        self._step = workspace.read(history.next_undo)
        self.status.show_undo(self._step.title if self._step else "")
        if tables & {"certificate", "number_series", "office"} or not tables:
            self._office = workspace.read(offices.office)
            number = workspace.read(certificates.next_number, workspace.now.astimezone().year)
            self.status.show_number(number_text(number, self._office.certificate_symbol))
            self._say_title()
        self._say_backup()
        self.commands.update()

    def _say_backup(self) -> None:
        workspace = self.desk.workspace
        last = backup_log.last_backup(workspace.path)
        self.status.show_backup(last.age(workspace.now).days if last is not None and last.present else None)

    def _on_job(self, job: Job) -> None:
        if not job.title:
            self.status.show_saved(self.desk.workspace.last_saved, saving=True)
            return
        self.status.show_job(job.title)
        job.progressed.connect(lambda done, total, message: self.status.show_job(message or job.title, done, total))

    def _on_idle(self) -> None:
        self.status.show_job("")
        self._say_backup()
        self.status.show_saved(self.desk.workspace.last_saved)

    def _on_cancel_job(self) -> None:
        job = self.desk.jobs.current
        if job is not None:
            job.cancel()

    def _on_settings(self) -> None:
        chosen = self.desk.settings
        app = QApplication.instance()
        if isinstance(app, QApplication):
            look.apply(app, chosen.theme, scale=chosen.scale, text_size=chosen.text_size)
        if chosen.language != current():
            self._languages.switch(chosen.language)
        self.navigation.retranslate()
        self.status.retranslate()
        self._fit()

    # ---- what the commands of the window do (ui/windowcommands.py gives them)

    def undo(self) -> None:
        """Take the last step back."""
        step = self._step
        if step is None:
            return
        title = step.title
        job = self.desk.write(history.undo, step.txn)
        job.succeeded.connect(lambda _step: self.say(Notice(_("Taken back: {step}").format(step=title), "ok")))

    def may_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._step is not None

    def lock(self) -> None:
        """Close the file and ask for the passphrase again."""
        if self.desk.jobs.busy:
            self.say(Notice(_("Something is still being saved. Lock the file when it is done."), "near"))
            return
        page = self.current_page
        if page is None or page.leave():
            self.lock_requested.emit()

    # ---- words and measures

    def retranslate(self) -> None:
        """Say the words again."""
        self.commands.retranslate()
        for button, words in ((self._back, _("Back")), (self._forward, _("Forward"))):
            button.setAccessibleName(words)
            button.setToolTip(words)
        actor = self.desk.workspace.actor
        who = _("{person} ({role})").format(person=actor.name, role=_(ROLE_LABELS[Role(actor.role)]).lower())
        self.status.show_who(who, read_only=self.desk.workspace.read_only)
        self.status.show_undo(self._step.title if self._step else "")
        self._say_title()
        self._say_history()

    def changeEvent(self, event: QEvent) -> None:
        """Say the words again after a switch of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows show icons only at the left."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        side = look.theme().px(18)
        for button in (self._back, self._forward):
            button.setIconSize(QSize(side, side))
        self.navigation.set_narrow(narrow=self.width() < look.theme().room(NARROW))

    # ---- files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files some section knows."""
        if self._dropped(event.mimeData().urls()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Go to the section of the file."""
        place = self._dropped(event.mimeData().urls())
        if place is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.go(place))

    def _dropped(self, urls: Sequence[QUrl]) -> Place | None:
        for path in (Path(url.toLocalFile()) for url in urls if url.isLocalFile()):
            for section in SECTIONS:
                if path.suffix.lower() in section.drops and self.desk.may(section.permission):
                    return Place(section.page, text=str(path))
        return None

    # ---- the end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing unsaved, nothing under way, a verified backup: then the window goes."""
        if self._may_close:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        page = self.current_page
        if page is not None and not page.leave():
            return
        job = self.desk.jobs.current
        if job is not None and job.title:
            answer = ask(
                self,
                _("Work is still under way"),
                _("“{work}” is not finished. Closing now stops it and takes back what it did so far.").format(
                    work=job.title
                ),
                (Answer("wait", _("Let it finish"), "primary"), Answer("stop", _("Stop it and close"))),
            )
            if answer != "stop":
                return
            job.cancel()
        self.desk.prefer(window=geometry.keep(self, self.desk.settings.window))
        self.frame.setEnabled(False)
        if self._closing is None:
            self._closing = Closing(self, self.desk)
            self._closing.ended.connect(self._on_backed_up)
        self._closing.begin()

    def _on_backed_up(self, may_close: bool) -> None:
        self.frame.setEnabled(True)
        if may_close:
            self._may_close = True
            self.close()
