"""A paper that is numbered: issued from the pane, then shown as it was frozen until what it lists changes."""

from datetime import date

from pytestqt.qtbot import QtBot

from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.sponsors import SponsorData, SponsorshipData
from casemgr.jobs import silent
from casemgr.services import office_papers, sponsors
from casemgr.services.kept_papers import Asked
from casemgr.services.office_papers import PaperQuery
from casemgr.services.sponsors import SponsorQuery
from casemgr.workspace import Workspace
from tests.support.giving import plant
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make
from ui.desk import Desk
from ui.kept_paper import KeptPaper
from ui.paper_pane import Drawing, PaperPane

DAY = date(2026, 11, 24)


def given(workspace: Workspace, make: Make) -> Asked:
    """A gift of a sponsor."""
    home = make.household("Nguyễn Thị Á")
    sponsor = workspace.write(sponsors.keep_sponsor, SponsorData("Công ty TNHH Dừa Xanh", "enterprise"))
    promise = workspace.write(
        sponsors.keep_sponsorship, SponsorshipData(sponsor, home, form="cash", from_on=date(2026, 1, 1), amount=500_000)
    )
    return Asked(PaperKind.SPONSOR_RECEIPT, (workspace.write(plant, promise, date(2026, 11, 5), 500_000),))


def test_a_receipt_is_numbered_once_and_shown_as_it_was_frozen(
    qtbot: QtBot, desk: Desk, workspace: Workspace, make: Make
) -> None:
    asked = given(workspace, make)
    pane = PaperPane(desk, name="kept")
    qtbot.addWidget(pane)
    pane.show()

    def begin() -> KeptPaper:
        kept = KeptPaper(workspace, asked, DAY)
        pane.begin(Drawing(lambda: "Biên nhận", str, "bien-nhan", kept.render, kept=kept))
        qtbot.waitUntil(lambda: pane.content is not None)
        return kept

    begin()
    assert pane.freeze_button.isEnabled()
    assert pane.freeze_button.accessibleName() == "Ban hành văn bản"
    assert "Số: ………/BN" in " ".join(pages_of(pane.content or b""))
    pane.freeze_button.click()
    qtbot.waitUntil(lambda: "01/BN" in pane.note.text())
    issued = pane.content
    assert "Số: 01/BN" in " ".join(pages_of(issued or b""))
    assert not pane.freeze_button.isEnabled()
    begin()
    assert pane.content == issued
    assert not pane.freeze_button.isEnabled()
    assert len(workspace.read(office_papers.papers, PaperQuery(subject_id=asked.ids[0]))) == 1


def test_what_changed_after_the_issue_is_told_and_may_be_issued_anew(workspace: Workspace, make: Make) -> None:
    asked = given(workspace, make)
    kept = KeptPaper(workspace, asked, DAY)
    kept.render(silent)
    kept.issue(silent)
    assert not kept.open
    (row,) = workspace.read(sponsors.rows, SponsorQuery(), DAY)
    view = workspace.read(sponsors.view, row.id, DAY)
    renamed = SponsorData("Công ty Cổ phần Dừa Xanh", "enterprise")
    workspace.write(sponsors.keep_sponsor, renamed, sponsor_id=row.id, version=view.version)
    again = KeptPaper(workspace, asked, DAY)
    assert "Dừa Xanh" in " ".join(pages_of(again.render(silent)))
    assert again.open
    assert "01/BN" in again.words()
    assert again.issue(silent).number == "02/BN"
    assert not again.open
