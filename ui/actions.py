"""The table of all actions: menus, shortcuts, the command palette and the shortcut sheet are drawn from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_

F = TypeVar("F", bound=Callable[..., Any])
_MARK = "casemgr_handles"

MENUS: Final = (
    ("file", N_("&File")),
    ("edit", N_("&Edit")),
    ("household", N_("&Household")),
    ("paper", N_("&Certificate")),
    ("review", N_("&Review")),
    ("view", N_("&View")),
    ("help", N_("H&elp")),
)


@dataclass(frozen=True)
class Action:
    """One command a person can give; `menu` is "" for those without a menu entry, `group` draws lines between."""

    id: str
    text: str
    icon: str = ""
    shortcut: str = ""
    permission: Permission | None = None
    menu: str = ""
    group: int = 0
    repeats: bool = False


_E, _R = Permission.EDIT, Permission.READ

ACTIONS: Final = (
    Action("file.import", N_("Import a list…"), "file-arrow-down", "Ctrl+I", Permission.IMPORT, "file"),
    Action("file.export", N_("Export the list…"), "export", "Ctrl+Shift+E", Permission.EXPORT, "file"),
    Action("file.backup", N_("Back up now"), "shield-check", "Ctrl+Shift+B", Permission.BACKUP, "file", 1),
    Action("file.settings", N_("Settings"), "gear", "Ctrl+,", None, "file", 2),
    Action("file.lock", N_("Lock the file"), "lock", "Ctrl+L", None, "file", 3),
    Action("file.quit", N_("Close the program"), "sign-out", "Ctrl+Q", None, "file", 3),
    Action("edit.undo", N_("Undo"), "arrow-u-up-left", "Ctrl+Z", _E, "edit"),
    Action("edit.start", N_("Edit"), "pencil-simple", "F2", _E, "edit", 1),
    Action("edit.save", N_("Save"), "floppy-disk", "Ctrl+S", _E, "edit", 1),
    Action("edit.discard", N_("Discard changes"), "x", "", _E, "edit", 1),
    Action("edit.copy_table", N_("Copy the list for Excel"), "copy", "Ctrl+Shift+C", Permission.EXPORT, "edit", 2),
    Action("edit.select_all", N_("Select the whole list"), "check-square", "Ctrl+Shift+A", None, "edit", 2),
    Action("household.new", N_("New household"), "plus", "Ctrl+N", _E, "household"),
    Action("household.previous", N_("Previous household"), "caret-up", "Alt+Up", _R, "household", 1, repeats=True),
    Action("household.next", N_("Next household"), "caret-down", "Alt+Down", _R, "household", 1, repeats=True),
    Action("household.add_member", N_("Add a member"), "user-plus", "Ctrl+M", _E, "household", 2),
    Action("household.leave", N_("Member leaves the household…"), "user-minus", "Ctrl+Shift+M", _E, "household", 2),
    Action("household.head", N_("Make head of household"), "crown", "Ctrl+Shift+H", _E, "household", 2),
    Action("household.set_class", N_("Record the class of a year…"), "tag", "Ctrl+Shift+L", _E, "household", 3),
    Action("household.dwelling", N_("Housing…"), "house-line", "", _E, "household", 3),
    Action("household.conditions", N_("Living conditions of the members…"), "users-three", "", _E, "household", 3),
    Action("household.dossier", N_("Dossier as a PDF…"), "file-pdf", "", Permission.EXPORT, "household", 3),
    Action("household.close", N_("Stop keeping the household…"), "archive", "", _E, "household", 4),
    Action("household.reopen", N_("Keep the household again"), "arrow-counter-clockwise", "", _E, "household", 4),
    Action("tasks.new", N_("New task…"), "calendar-plus", "Ctrl+T", _E, "household", 5),
    Action("paper.print", N_("Print certificate"), "printer", "Ctrl+P", Permission.ISSUE, "paper"),
    Action("paper.register", N_("Certificate register"), "list-numbers", "Ctrl+Shift+G", _R, "paper", 1),
    Action("paper.continue", N_("Enter the last number used on paper…"), "hash", "", Permission.ISSUE, "paper", 1),
    Action("review.open", N_("Open a review…"), "flag", "Ctrl+Shift+N", _E, "review"),
    Action("review.sheets", N_("Print survey sheets…"), "printer", "Ctrl+Shift+P", _E, "review", 1),
    Action("review.key", N_("Key in the sheets"), "keyboard", "F6", _E, "review", 1),
    Action("review.meeting", N_("Meeting mode"), "users-three", "F8", _E, "review", 1),
    Action("review.post", N_("Post the results…"), "push-pin", "", _E, "review", 2),
    Action("review.opinion", N_("Opinion of the superior…"), "chat-text", "", _E, "review", 2),
    Action("review.decide", N_("Decision…"), "file-text", "F9", Permission.ISSUE, "review", 2),
    Action("review.close", N_("Close the review…"), "archive", "", Permission.ISSUE, "review", 2),
    Action("support.distribute", N_("New distribution…"), "gift", "Ctrl+Shift+U", _E, "review", 3),
    Action("livelihoods.new", N_("New livelihood plan…"), "leaf", "Ctrl+Shift+S", _E, "review", 3),
    Action("livelihoods.sheets", N_("Print follow-up sheets"), "printer", "", _R, "review", 3),
    Action("training.new", N_("New need for training…"), "graduation-cap", "", _E, "review", 3),
    Action("abroad.new", N_("New case of work abroad…"), "airplane-takeoff", "Ctrl+Shift+J", _E, "review", 3),
    Action("requests.new", N_("New request…"), "tray", "Ctrl+Shift+R", _E, "review", 3),
    Action("statistics.print", N_("Print the report"), "printer", "", Permission.EXPORT, "review", 3),
    Action("standards.import", N_("Import a policy pack…"), "books", "", Permission.SETTINGS, "review", 4),
    Action("view.search", N_("Search everything"), "magnifying-glass", "Ctrl+K", None, "view"),
    Action("view.find", N_("Filter this list"), "funnel", "Ctrl+F", None, "view"),
    Action("view.back", N_("Back"), "arrow-left", "Alt+Left", None, "view", 1),
    Action("view.forward", N_("Forward"), "arrow-right", "Alt+Right", None, "view", 1),
    Action("view.refresh", N_("Read again"), "arrow-clockwise", "F5", None, "view", 1),
    Action("view.today", N_("Today's work"), "calendar-check", "Alt+Home", None, "view", 2),
    Action("view.households", N_("Households"), "house-line", "Alt+1", None, "view", 2),
    Action("view.certificates", N_("Certificates"), "medal", "Alt+2", None, "view", 2),
    Action("view.imports", N_("Import a list"), "file-arrow-down", "Alt+3", None, "view", 2),
    Action("view.backup", N_("Backups"), "shield-check", "Alt+4", None, "view", 2),
    Action("view.review", N_("Poverty review"), "clipboard-text", "Alt+5", None, "view", 2),
    Action("view.requests", N_("Requests"), "tray", "Alt+6", None, "view", 2),
    Action("view.statistics", N_("Reports"), "chart-bar", "Alt+7", None, "view", 2),
    Action("view.rehearsal", N_("Try a standard"), "scales", "Alt+8", None, "view", 2),
    Action("view.standards", N_("Standards"), "books", "Alt+9", None, "view", 2),
    Action("view.support", N_("Support"), "gift", "Alt+0", None, "view", 2),
    Action("view.ledgers", N_("Loans, cards, school"), "bank", "Ctrl+1", None, "view", 2),
    Action("view.targets", N_("Targets"), "target", "Ctrl+2", None, "view", 2),
    Action("view.community", N_("Sponsors and activities"), "handshake", "Ctrl+3", None, "view", 2),
    Action("view.livelihoods", N_("Livelihoods"), "leaf", "Ctrl+4", None, "view", 2),
    Action("view.training", N_("Vocational training"), "graduation-cap", "Ctrl+5", None, "view", 2),
    Action("view.abroad", N_("Work abroad"), "airplane-takeoff", "Ctrl+6", None, "view", 2),
    Action("view.columns", N_("Choose columns…"), "columns", "", None, "view", 3),
    Action("view.dark", N_("Light or dark"), "moon", "Ctrl+Shift+D", None, "view", 4),
    Action("view.larger", N_("Larger"), "magnifying-glass-plus", "Ctrl++", None, "view", 4, repeats=True),
    Action("view.smaller", N_("Smaller"), "magnifying-glass-minus", "Ctrl+-", None, "view", 4, repeats=True),
    Action("view.natural", N_("Natural size"), "frame-corners", "Ctrl+0", None, "view", 4),
    Action("view.language", N_("Tiếng Việt / English"), "translate", "Ctrl+Shift+V", None, "view", 4),
    Action("help.shortcuts", N_("Shortcuts"), "keyboard", "F1", None, "help"),
    Action("help.about", N_("About this program"), "info", "", None, "help", 1),
)

EXTRA_SHORTCUTS: Final = {
    "help.shortcuts": ("Ctrl+/",),
    "view.larger": ("Ctrl+=",),
    "edit.save": ("Ctrl+Return", "Ctrl+Enter"),
}
"""Second keys of an action, never shown in a menu."""

BY_ID: Final = {action.id: action for action in ACTIONS}


def handles(action: str) -> Callable[[F], F]:
    """Mark a method as what an action does while its page (or the window) is there."""
    if action not in BY_ID:
        raise KeyError(action)

    def mark(method: F) -> F:
        setattr(method, _MARK, action)
        return method

    return mark


def handlers(owner: object) -> dict[str, Callable[[], object]]:
    """The actions an object handles, with its bound methods."""
    found: dict[str, Callable[[], object]] = {}
    for kind in reversed(type(owner).__mro__):
        for name, member in vars(kind).items():
            action = getattr(member, _MARK, None)
            if isinstance(action, str):
                found[action] = getattr(owner, name)
    return found
