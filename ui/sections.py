"""The table of sections at the left: one row and one loader per page; pages are imported when first visited."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from casemgr.domain.permissions import Permission
from casemgr.i18n import N_
from ui.desk import Desk
from ui.page import Page


@dataclass(frozen=True)
class Section:
    """A section: `page` is the name used in `Place`; files dropped on the window with one of `drops` go there."""

    page: str
    text: str
    icon: str
    make: Callable[[Desk], Page]
    permission: Permission = Permission.READ
    foot: bool = False
    drops: tuple[str, ...] = ()


def _households(desk: Desk) -> Page:
    from ui.pages.households.page import HouseholdsPage

    return HouseholdsPage(desk)


def _certificates(desk: Desk) -> Page:
    from ui.pages.certificates.page import CertificatesPage

    return CertificatesPage(desk)


def _imports(desk: Desk) -> Page:
    from ui.pages.imports.page import ImportsPage

    return ImportsPage(desk)


def _backup(desk: Desk) -> Page:
    from ui.pages.backup.page import BackupPage

    return BackupPage(desk)


def _settings(desk: Desk) -> Page:
    from ui.pages.settings.page import SettingsPage

    return SettingsPage(desk)


SECTIONS: Final = (
    Section("households", N_("Households"), "house-line", _households),
    Section("certificates", N_("Certificates"), "medal", _certificates),
    Section(
        "imports",
        N_("Import a list"),
        "file-arrow-down",
        _imports,
        Permission.IMPORT,
        drops=(".xlsx", ".xlsm", ".xls", ".csv"),
    ),
    Section("backup", N_("Backups"), "shield-check", _backup, foot=True),
    Section("settings", N_("Settings"), "gear", _settings, foot=True),
)
