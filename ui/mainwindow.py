"""The frame: menus, search, navigation, message bar, pages, status line; it owns no feature."""

import base64
import json
import logging
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QResizeEvent
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
from casemgr.i18n import LANGUAGES, _, current
from casemgr.services import backup_log, certificates, history, offices
from ui import theme as look
from ui.about import show_about
from ui.actions import BY_ID, handles
from ui.closing import Closing
from ui.commands import Commands
from ui.desk import Desk
from ui.finding import find_everything
from ui.icons import icon
from ui.jobs import Job
from ui.navigation import Navigation
from ui.page import Page
from ui.places import Place
from ui.questions import Answer, ask
from ui.sections import SECTIONS
from ui.translation import Languages
from ui.widgets.message_bar import MessageBar, Notice
from ui.widgets.search_box import Hit, SearchBox
from ui.widgets.shortcut_sheet import ShortcutSheet
from ui.widgets.status_line import StatusLine

log = logging.getLogger(__name__)

NARROW = 1080
"""Below this natural width the navigation shows icons only."""
_SECTION_OF = {
    "view.certificates": "certificates",
    "paper.register": "certificates",
    "view.imports": "imports",
    "file.import": "imports",
    "view.backup": "backup",
    "file.backup": "backup",
    "file.settings": "settings",
}
SCALES = (100, 110, 125, 150, 175, 200)


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
        self._history: list[Place] = []
        self._at = -1
        self._may_close = False
        self._closing: Closing | None = None
        self._step: history.UndoStep | None = None
        self._office = desk.workspace.read(offices.office)
        self._build()
        self._wire()
        self.setAcceptDrops(True)
        self.setMinimumSize(640, 420)
        self._restore()
        self.retranslate()
        self._on_changed(frozenset())

    # ---- building

    def _build(self) -> None:
        self.commands = Commands(self, self.desk, self.can)
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
        left = here.place() if here is not None else None
        if left is not None and 0 <= self._at < len(self._history):
            self._history[self._at] = left
        self._show(place)
        del self._history[self._at + 1 :]
        self._history.append(place)
        self._at = len(self._history) - 1
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

    def _move(self, step: int) -> None:
        here = self.current_page
        target = self._at + step
        if not 0 <= target < len(self._history) or (here is not None and not here.leave()):
            return
        left = here.place() if here is not None else None
        if left is not None:
            self._history[self._at] = left
        self._at = target
        self._show(self._history[target])
        self._say_history()

    def _say_history(self) -> None:
        self._back.setEnabled(self._at > 0)
        self._forward.setEnabled(self._at < len(self._history) - 1)

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

    # ---- commands of the window

    @handles("edit.undo")
    def _on_undo(self) -> None:
        step = self._step
        if step is None:
            return
        title = step.title
        job = self.desk.write(history.undo, step.txn)
        job.succeeded.connect(lambda _step: self.say(Notice(_("Taken back: {step}").format(step=title), "ok")))

    @handles("view.search")
    def _on_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @handles("view.back")
    def _on_back(self) -> None:
        self._move(-1)

    @handles("view.forward")
    def _on_forward(self) -> None:
        self._move(1)

    @handles("view.refresh")
    def _on_refresh(self) -> None:
        page = self.current_page
        if page is not None:
            page.refresh()

    @handles("view.households")
    def _on_households(self) -> None:
        self.go(Place("households"))

    @handles("view.certificates")
    def _on_certificates(self) -> None:
        self.go(Place("certificates"))

    @handles("paper.register")
    def _on_register(self) -> None:
        self.go(Place("certificates", wish="register"))

    @handles("view.imports")
    def _on_imports(self) -> None:
        self.go(Place("imports"))

    @handles("file.import")
    def _on_import(self) -> None:
        self.go(Place("imports", wish="choose"))

    @handles("view.backup")
    def _on_backup_page(self) -> None:
        self.go(Place("backup"))

    @handles("file.backup")
    def _on_backup(self) -> None:
        self.go(Place("backup", wish="now"))

    @handles("file.settings")
    def _on_settings_page(self) -> None:
        self.go(Place("settings"))

    @handles("household.new")
    def _on_new_household(self) -> None:
        self.go(Place("households", wish="new"))

    @handles("help.about")
    def _on_about(self) -> None:
        show_about(self, self.desk)

    def can(self, action: str) -> bool:
        """Whether a command of the window makes sense now: its section exists, there is something to take back."""
        if action == "edit.undo":
            return self._step is not None
        target = _SECTION_OF.get(action)
        section = next((each for each in SECTIONS if each.page == target), None)
        return target is None or (section is not None and self.desk.may(section.permission))

    @handles("view.dark")
    def _on_dark(self) -> None:
        dark = look.theme().name != "light"
        self.desk.prefer(theme="light" if dark else "dark")

    @handles("view.larger")
    def _on_larger(self) -> None:
        self.desk.prefer(scale=next((scale for scale in SCALES if scale > self.desk.settings.scale), SCALES[-1]))

    @handles("view.smaller")
    def _on_smaller(self) -> None:
        self.desk.prefer(
            scale=next((scale for scale in reversed(SCALES) if scale < self.desk.settings.scale), SCALES[0])
        )

    @handles("view.natural")
    def _on_natural(self) -> None:
        self.desk.prefer(scale=100, text_size=10)

    @handles("view.language")
    def _on_language(self) -> None:
        codes = list(LANGUAGES)
        self.desk.prefer(language=codes[(codes.index(current()) + 1) % len(codes)])

    @handles("help.shortcuts")
    def _on_shortcuts(self) -> None:
        ShortcutSheet(self).open()

    @handles("file.lock")
    def _on_lock(self) -> None:
        if self.desk.jobs.busy:
            self.say(Notice(_("Something is still being saved. Lock the file when it is done."), "near"))
            return
        page = self.current_page
        if page is None or page.leave():
            self.lock_requested.emit()

    @handles("file.quit")
    def _on_quit(self) -> None:
        self.close()

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

    def _dropped(self, urls: Sequence[object]) -> Place | None:
        from PySide6.QtCore import QUrl

        for url in urls:
            if not isinstance(url, QUrl) or not url.isLocalFile():
                continue
            path = Path(url.toLocalFile())
            for section in SECTIONS:
                if path.suffix.lower() in section.drops and self.desk.may(section.permission):
                    return Place(section.page, text=str(path))
        return None

    # ---- place on the screen, and the end

    def _restore(self) -> None:
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.resize(min(screen.width(), 1366), min(screen.height(), 740))
        try:
            kept = json.loads(self.desk.settings.window or "{}")
            self.restoreGeometry(QByteArray(base64.b64decode(kept["geometry"])))
        except (ValueError, KeyError, TypeError):
            return
        visible = any(each.availableGeometry().intersects(self.frameGeometry()) for each in QGuiApplication.screens())
        if not visible:  # the screen it stood on is gone
            self.move(screen.topLeft())

    def _keep_place(self) -> None:
        kept = json.loads(self.desk.settings.window or "{}")
        kept["geometry"] = base64.b64encode(bytes(self.saveGeometry().data())).decode("ascii")
        self.desk.prefer(window=json.dumps(kept))

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
        self._keep_place()
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
