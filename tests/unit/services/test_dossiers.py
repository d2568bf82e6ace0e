"""A dossier: cover, index with true pages, tables of what is on file, and the frozen papers unchanged."""

from datetime import date
from io import BytesIO
from uuid import UUID

import pikepdf
import pytest

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.support import EnrolmentData, EnrolmentStatus
from casemgr.errors import NotFoundError
from casemgr.reports.certificate import render_certificate
from casemgr.reports.dossier import render_dossier
from casemgr.reports.office_papers import render_paper
from casemgr.services import case_papers, certificates, classes, dossiers, enrolments, office_papers
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.pdfs import fonts_of, pages_of
from tests.support.workspaces import Make

DAY = date(2026, 11, 24)
LONG = "Nguyễn Thị Hoàng Phương Khánh Huyền Bảo Trâm Tôn Nữ Ngọc Anh"


@pytest.fixture
def home(workspace: Workspace, make: Make) -> UUID:
    """A poor household with a long name, a certificate, a need and two papers."""
    made = make.household(make.person(LONG, id_number="083179000015"))
    make.poor(made)
    workspace.write(classes.set_class, made, ClassData(2025, HouseholdClass.NEAR_POOR))
    workspace.write(certificates.issue, made, render=render_certificate)
    need = EnrolmentData("NHA-KC", made, status=EnrolmentStatus.NEED, need_on=date(2026, 11, 2))
    workspace.write(enrolments.keep_enrolment, need)
    for code in ("case_commitment", "case_introduction"):
        workspace.write(
            case_papers.issue, code, {"content": "02 con bò"}, {}, on=DAY, household_id=made, render=render_paper
        )
    return made


def outline_of(pdf: bytes) -> list[tuple[str, int]]:
    """Bookmarks with the page they lead to, from 1."""
    with pikepdf.open(BytesIO(pdf)) as document:
        numbers = {page.objgen: place for place, page in enumerate(document.pages, 1)}
        with document.open_outline() as outline:
            return [(item.title, numbers[item.destination[0].objgen]) for item in outline.root]  # type: ignore[index,union-attr]  # made by us: a page and how it is shown


def test_every_bookmark_and_line_of_the_index_leads_to_its_part(workspace: Workspace, home: UUID) -> None:
    content = workspace.read(dossiers.dossier, home)
    pdf = render_dossier(content)
    pages = pages_of(pdf)
    marks = outline_of(pdf)
    assert [title for title, _page in marks] == [
        "HỒ SƠ HỘ GIA ĐÌNH",
        "MỤC LỤC",
        *(part.heading for part in content.parts),
        *(paper.title for paper in content.papers),
    ]
    assert [title.split(",")[0] for title, _page in marks[-3:]] == [
        ["Giấy chứng nhận hộ nghèo", " hộ cận nghèo"][0],
        "BẢN CAM KẾT - Đối ứng",
        "GIẤY GIỚI THIỆU",
    ]
    index = pages[1]
    for number, (title, page) in enumerate(marks[2:], 1):
        assert f"{number} {title} {page}" in index
    for title, page in marks[2:9]:
        assert title.upper() in pages[page - 1]
    assert "BẢN CAM KẾT" in pages[marks[-2][1] - 1]
    assert "GIẤY GIỚI THIỆU" in pages[marks[-1][1] - 1]
    code = workspace.read(dossiers.dossier, home).wording.footer
    for place, text in enumerate(pages[1:], 2):
        assert f"{code} · {place}/{len(pages)}" in text
    assert all(fonts_of(pdf).values())


def test_it_tells_what_is_on_file_and_says_where_there_is_nothing(workspace: Workspace, home: UUID) -> None:
    text = " ".join(pages_of(render_dossier(workspace.read(dossiers.dossier, home))))
    for said in (LONG, "083179000015", "46/QĐ-UBND", "Hộ cận nghèo", "Chưa có thông tin trong tệp dữ liệu."):
        assert said in text


def test_the_frozen_papers_are_those_of_the_register(workspace: Workspace, home: UUID) -> None:
    content = workspace.read(dossiers.dossier, home)
    kept = [workspace.read(office_papers.pdf, row.id) for row in workspace.read(office_papers.papers, PaperQuery())]
    assert sorted(kept) == sorted(paper.pdf for paper in content.papers[1:])
    whole = pages_of(render_dossier(content))
    for paper in content.papers:
        for text in pages_of(paper.pdf):
            assert any(text[:200] in page for page in whole)


def test_an_empty_household_has_a_dossier_too(workspace: Workspace, make: Make) -> None:
    content = workspace.read(dossiers.dossier, make.household("Kim Thị Sa Rây"))
    assert content.papers == ()
    pages = pages_of(render_dossier(content))
    assert len(pages) == 2 + len(content.parts)
    assert "Kim Thị Sa Rây" in pages[0]


def test_a_household_that_is_not_there_is_told(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.read(dossiers.dossier, UUID(int=7))
