"""What papers and lists of the review need from the file: sheets to draw, certificates to print, a wall."""

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from casemgr.domain.certificates import CertificateStatus
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.reviews import CampaignKind, CaseSource
from casemgr.i18n import _, format_number, ngettext
from casemgr.jobs import Progress
from casemgr.services import (
    campaign_board,
    campaigns,
    certificate_register,
    households,
    packs,
    survey_prints,
)
from casemgr.services.campaign_board import CaseQuery
from casemgr.services.campaigns import CampaignView
from casemgr.services.households import HouseholdQuery
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.pages.review.bulk_pane import Bulk, Candidate
from ui.paper_pane import Drawing
from ui.places import Place

MOST_FOUND: Final = 200


def survey_sheets(workspace: Workspace, cases: Sequence[UUID], where: str = "") -> Drawing:
    """The survey sheets of these households, and where they are."""
    on = workspace.now.astimezone().date()
    count = len(cases)

    def render(progress: Progress) -> bytes:
        from casemgr.reports.survey_sheet import render_survey_sheets

        return render_survey_sheets(workspace.read(survey_prints.survey_sheets, cases, on), progress=progress)

    def note() -> str:
        households = ngettext("{count} household", "{count} households", count).format(count=format_number(count))
        return " · ".join(part for part in (where, households) if part)

    return Drawing(lambda: _("Survey sheets"), note, "phieu-ra-soat", render)


def decision_kind(view: CampaignView | None) -> PaperKind:
    """Which decision closes a review."""
    average = view is not None and view.data.kind is CampaignKind.AVERAGE
    return PaperKind.AVERAGE_DECISION if average else PaperKind.DECISION


def opened_words(view: CampaignView) -> str:
    """How many households a review just opened lists."""
    words = ngettext(
        "“{review}” is open with {count} household to survey.",
        "“{review}” is open with {count} households to survey.",
        view.cases,
    )
    return words.format(review=view.data.title, count=format_number(view.cases))


def deprivations(workspace: Workspace, view: CampaignView | None) -> dict[UUID, int]:
    """How many deprivations each household of a review has, where its standard has points."""
    if view is None:
        return {}
    score = workspace.read(packs.by_id, view.pack).score
    if score is None:
        return {}
    ids = workspace.read(campaign_board.cases, CaseQuery(view.id))
    rows = workspace.read(campaign_board.rows, list(ids))
    return {row.id: row.b2 // score.points_per_indicator for row in rows if row.b2 is not None}


def adding(desk: Desk, campaign: UUID, ids: Sequence[UUID], message: str, *, picks: bool = False) -> Bulk:
    """Households that are not in the review, to be put on its list."""
    rows = desk.workspace.read(households.rows, ids)
    return Bulk(
        lambda: message,
        lambda: _("Put on the list"),
        [Candidate(row.id, row.code, row.head, row.hamlet, "") for row in rows],
        lambda chosen, _values: desk.write(campaigns.add_households, campaign, chosen, CaseSource.ADDED),
        picks=picks,
    )


def not_listed(workspace: Workspace, campaign: UUID, text: str) -> list[UUID]:
    """Households a text finds in the commune that are not in the review, the first ones where there are many."""
    found: list[UUID] = []
    for household in workspace.read(households.find, HouseholdQuery(text=text)):
        if workspace.read(campaign_board.case_of, campaign, household) is None:
            found.append(household)
        if len(found) == MOST_FOUND:
            break
    return found


def blocks_place(certificates: Sequence[UUID], view: CampaignView) -> Place:
    """Where the year of a review is printed on certificates that stay in force."""
    return Place("certificates", ids=tuple(certificates), text=str(view.data.class_year), wish="blocks")


def certificates_place(workspace: Workspace, view: CampaignView) -> Place:
    """Where the papers of a decided review are made: new certificates first, then the year on those in force."""
    ids = workspace.read(campaign_board.cases, CaseQuery(view.id, printed=False))
    rows = workspace.read(campaign_board.rows, list(ids))
    without: list[UUID] = []
    whole: list[UUID] = []
    others: dict[UUID, UUID] = {}
    for row in rows:
        found = workspace.read(certificate_register.of_household, row.household_id)
        issued = [one for one in found if one.status is CertificateStatus.ISSUED]
        if not issued:
            without.append(row.household_id)
        elif issued[0].class_year == view.data.class_year:
            whole.append(issued[0].id)
        else:
            others[issued[0].id] = row.household_id
    if without:
        return Place("certificates", without[0] if len(without) == 1 else None, ids=tuple(without), wish="issue")
    if whole:
        return Place("certificates", ids=tuple(whole), wish="papers")
    confirmed = workspace.read(certificate_register.block_prints, tuple(others), view.data.class_year)
    if confirmed:
        return blocks_place([one for one in others if one in confirmed], view)
    return Place("certificates", next(iter(others.values())), wish="block") if others else Place("certificates")


def put_on_wall(window: QWidget, beside: QWidget) -> None:
    """Show a window over a whole screen: the second one where there is one."""
    screens = QGuiApplication.screens()
    other = next((screen for screen in screens if screen is not beside.screen()), None)
    if other is not None:
        window.setGeometry(other.geometry())
    window.showFullScreen()
    window.activateWindow()
