"""The commands that work wherever one is: going places, searching, size, look, language, help."""

from typing import Final, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from casemgr.i18n import LANGUAGES, current
from ui.about import show_about
from ui.actions import handles
from ui.desk import Desk
from ui.page import Page
from ui.places import Place
from ui.sections import SECTIONS
from ui.theme import theme
from ui.widgets.shortcut_sheet import ShortcutSheet

_SECTION_OF: Final = {
    "view.certificates": "certificates",
    "paper.register": "certificates",
    "view.imports": "imports",
    "file.import": "imports",
    "view.backup": "backup",
    "standards.import": "standards",
    "view.standards": "standards",
    "view.support": "support",
    "view.ledgers": "ledgers",
    "view.targets": "targets",
    "view.community": "community",
    "view.livelihoods": "livelihoods",
    "view.training": "training",
    "training.new": "training",
    "livelihoods.new": "livelihoods",
    "view.abroad": "abroad",
    "abroad.new": "abroad",
    "support.distribute": "support",
    "file.backup": "backup",
    "file.settings": "settings",
}
SCALES: Final = (100, 110, 125, 150, 175, 200)


class Frame(Protocol):
    """What the commands need of the window."""

    desk: Desk
    search: QLineEdit
    frame: QWidget

    @property
    def current_page(self) -> Page | None:
        """The page one is on."""

    def go(self, place: Place) -> bool:
        """Go to a place."""

    def travel(self, step: int) -> None:
        """Back or forward."""

    def undo(self) -> None:
        """Take the last step back."""

    def may_undo(self) -> bool:
        """Whether there is one."""

    def lock(self) -> None:
        """Close the file and ask again."""

    def close(self) -> bool:
        """Close the program."""


class WindowCommands:
    """Handlers of the window's own actions; a page that handles one too comes first."""

    def __init__(self, window: Frame) -> None:
        self._window = window

    @handles("edit.undo")
    def undo(self) -> None:
        """Take the last step back."""
        self._window.undo()

    @handles("file.lock")
    def lock(self) -> None:
        """Lock the file."""
        self._window.lock()

    @handles("view.search")
    def search(self) -> None:
        """Type into the one box."""
        self._window.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._window.search.selectAll()

    @handles("view.back")
    def back(self) -> None:
        """Where one was before."""
        self._window.travel(-1)

    @handles("view.forward")
    def forward(self) -> None:
        """Where one was after."""
        self._window.travel(1)

    @handles("view.refresh")
    def refresh(self) -> None:
        """Read the page again."""
        page = self._window.current_page
        if page is not None:
            page.refresh()

    @handles("view.today")
    def today(self) -> None:
        """Go to the day's work."""
        self._window.go(Place("today"))

    @handles("tasks.new")
    def new_task(self) -> None:
        """Write down something to do."""
        self._window.go(Place("today", wish="new"))

    @handles("view.households")
    def households(self) -> None:
        """Go to the households."""
        self._window.go(Place("households"))

    @handles("view.certificates")
    def certificates(self) -> None:
        """Go to the certificates."""
        self._window.go(Place("certificates"))

    @handles("paper.register")
    def register(self) -> None:
        """Go to the register of certificates."""
        self._window.go(Place("certificates", wish="register"))

    @handles("view.imports")
    def imports(self) -> None:
        """Go to the import of lists."""
        self._window.go(Place("imports"))

    @handles("file.import")
    def import_list(self) -> None:
        """Choose a list to import."""
        self._window.go(Place("imports", wish="choose"))

    @handles("view.review")
    def review(self) -> None:
        """Go to the poverty review."""
        self._window.go(Place("review"))

    @handles("view.requests")
    def requests(self) -> None:
        """Go to the requests."""
        self._window.go(Place("requests"))

    @handles("view.statistics")
    def statistics(self) -> None:
        """Go to the reports."""
        self._window.go(Place("statistics"))

    @handles("view.rehearsal")
    def rehearsal(self) -> None:
        """Go to the trial of a standard."""
        self._window.go(Place("rehearsal"))

    @handles("view.standards")
    def standards(self) -> None:
        """Go to the standards in force."""
        self._window.go(Place("standards"))

    @handles("view.support")
    def support(self) -> None:
        """Go to support."""
        self._window.go(Place("support"))

    @handles("view.ledgers")
    def ledgers(self) -> None:
        """Go to loans, cards and school."""
        self._window.go(Place("ledgers"))

    @handles("view.targets")
    def targets(self) -> None:
        """Go to the targets."""
        self._window.go(Place("targets"))

    @handles("view.community")
    def community(self) -> None:
        """Go to sponsors and activities."""
        self._window.go(Place("community"))

    @handles("view.training")
    def training(self) -> None:
        """Go to vocational training."""
        self._window.go(Place("training"))

    @handles("training.new")
    def new_need(self) -> None:
        """Write down who wants to learn."""
        self._window.go(Place("training", wish="new"))

    @handles("view.livelihoods")
    def livelihoods(self) -> None:
        """Go to livelihoods."""
        self._window.go(Place("livelihoods"))

    @handles("livelihoods.new")
    def new_livelihood(self) -> None:
        """Begin a livelihood plan."""
        self._window.go(Place("livelihoods", wish="new"))

    @handles("view.abroad")
    def abroad(self) -> None:
        """Go to work abroad."""
        self._window.go(Place("abroad"))

    @handles("abroad.new")
    def new_abroad(self) -> None:
        """Begin a case of work abroad."""
        self._window.go(Place("abroad", wish="new"))

    @handles("support.distribute")
    def distribute(self) -> None:
        """Begin a distribution."""
        self._window.go(Place("support", wish="new"))

    @handles("review.open")
    def open_review(self) -> None:
        """Open a review."""
        self._window.go(Place("review", wish="open"))

    @handles("requests.new")
    def new_request(self) -> None:
        """Take a request."""
        self._window.go(Place("requests", wish="new"))

    @handles("standards.import")
    def import_pack(self) -> None:
        """Choose a policy pack to import."""
        self._window.go(Place("standards", wish="import"))

    @handles("view.backup")
    def backup_page(self) -> None:
        """Go to the backups."""
        self._window.go(Place("backup"))

    @handles("file.backup")
    def backup(self) -> None:
        """Back up now."""
        self._window.go(Place("backup", wish="now"))

    @handles("file.settings")
    def settings_page(self) -> None:
        """Go to the settings."""
        self._window.go(Place("settings"))

    @handles("household.new")
    def new_household(self) -> None:
        """Begin a new household."""
        self._window.go(Place("households", wish="new"))

    @handles("help.about")
    def about(self) -> None:
        """Version, file, backup."""
        show_about(self._window.frame, self._window.desk)

    def can(self, action: str) -> bool:
        """Whether a command of the window makes sense now: its section exists, there is something to take back."""
        if action == "edit.undo":
            return self._window.may_undo()
        target = _SECTION_OF.get(action)
        section = next((each for each in SECTIONS if each.page == target), None)
        return target is None or (section is not None and self._window.desk.may(section.permission))

    @handles("view.dark")
    def dark(self) -> None:
        """Light or dark."""
        dark = theme().name != "light"
        self._window.desk.prefer(theme="light" if dark else "dark")

    @handles("view.larger")
    def larger(self) -> None:
        """One step larger."""
        now = self._window.desk.settings.scale
        self._window.desk.prefer(scale=next((scale for scale in SCALES if scale > now), SCALES[-1]))

    @handles("view.smaller")
    def smaller(self) -> None:
        """One step smaller."""
        now = self._window.desk.settings.scale
        self._window.desk.prefer(scale=next((scale for scale in reversed(SCALES) if scale < now), SCALES[0]))

    @handles("view.natural")
    def natural(self) -> None:
        """The natural size."""
        self._window.desk.prefer(scale=100, text_size=10)

    @handles("view.language")
    def language(self) -> None:
        """The other language."""
        codes = list(LANGUAGES)
        self._window.desk.prefer(language=codes[(codes.index(current()) + 1) % len(codes)])

    @handles("help.shortcuts")
    def shortcuts(self) -> None:
        """All keys."""
        ShortcutSheet(self._window.frame).open()

    @handles("file.quit")
    def quit(self) -> None:
        """Close the program."""
        self._window.close()
