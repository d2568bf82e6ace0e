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


def _today(desk: Desk) -> Page:
    from ui.pages.today.page import TodayPage

    return TodayPage(desk)


def _targets(desk: Desk) -> Page:
    from ui.pages.targets.page import TargetsPage

    return TargetsPage(desk)


def _households(desk: Desk) -> Page:
    from ui.pages.households.page import HouseholdsPage

    return HouseholdsPage(desk)


def _certificates(desk: Desk) -> Page:
    from ui.pages.certificates.page import CertificatesPage

    return CertificatesPage(desk)


def _review(desk: Desk) -> Page:
    from ui.pages.review.page import ReviewPage

    return ReviewPage(desk)


def _requests(desk: Desk) -> Page:
    from ui.pages.requests.page import RequestsPage

    return RequestsPage(desk)


def _ledgers(desk: Desk) -> Page:
    from ui.pages.ledgers.page import LedgersPage

    return LedgersPage(desk)


def _statistics(desk: Desk) -> Page:
    from ui.pages.statistics.page import StatisticsPage

    return StatisticsPage(desk)


def _rehearsal(desk: Desk) -> Page:
    from ui.pages.rehearsal.page import RehearsalPage

    return RehearsalPage(desk)


def _standards(desk: Desk) -> Page:
    from ui.pages.standards.page import StandardsPage

    return StandardsPage(desk)


def _support(desk: Desk) -> Page:
    from ui.pages.support.page import SupportPage

    return SupportPage(desk)


def _livelihoods(desk: Desk) -> Page:
    from ui.pages.livelihoods.page import LivelihoodsPage

    return LivelihoodsPage(desk)


def _abroad(desk: Desk) -> Page:
    from ui.pages.abroad.page import AbroadPage

    return AbroadPage(desk)


def _community(desk: Desk) -> Page:
    from ui.pages.community.page import CommunityPage

    return CommunityPage(desk)


def _training(desk: Desk) -> Page:
    from ui.pages.training.page import TrainingPage

    return TrainingPage(desk)


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
    Section("today", N_("Today's work"), "calendar-check", _today),
    Section("households", N_("Households"), "house-line", _households),
    Section("certificates", N_("Certificates"), "medal", _certificates),
    Section("review", N_("Poverty review"), "clipboard-text", _review),
    Section("support", N_("Support"), "gift", _support),
    Section("livelihoods", N_("Livelihoods"), "leaf", _livelihoods),
    Section("training", N_("Vocational training"), "graduation-cap", _training),
    Section("abroad", N_("Work abroad"), "airplane-takeoff", _abroad),
    Section("requests", N_("Requests"), "tray", _requests),
    Section("ledgers", N_("Loans, cards, school"), "bank", _ledgers),
    Section("targets", N_("Targets"), "target", _targets),
    Section("statistics", N_("Reports"), "chart-bar", _statistics),
    Section("rehearsal", N_("Try a standard"), "scales", _rehearsal),
    Section("community", N_("Sponsors and activities"), "handshake", _community),
    Section(
        "imports",
        N_("Import a list"),
        "file-arrow-down",
        _imports,
        Permission.IMPORT,
        drops=(".xlsx", ".xlsm", ".xls", ".csv"),
    ),
    Section("standards", N_("Standards"), "books", _standards, foot=True, drops=(".casepack",)),
    Section("backup", N_("Backups"), "shield-check", _backup, foot=True),
    Section("settings", N_("Settings"), "gear", _settings, foot=True),
)
