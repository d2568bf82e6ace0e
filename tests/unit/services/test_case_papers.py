"""Papers of cases filled in from the file and from what a use case gives, numbered where they have a number, frozen."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from casemgr.domain.case_papers import CasePaperContent
from casemgr.domain.dates import PartialDate
from casemgr.domain.paper_kinds import PAPER_LABELS, PaperKind
from casemgr.domain.paper_templates import PAPERS, shipped_letters
from casemgr.domain.people import Relation, Sex
from casemgr.errors import NotFoundError, ValidationError
from casemgr.reports.office_papers import render_paper
from casemgr.services import case_papers, office_papers, templates
from casemgr.services.members import NewMember
from casemgr.services.office_papers import PaperQuery
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make

DAY = date(2026, 11, 24)
VALUES = {
    "received": "19/11/2026",
    "employer": "Công ty Sakura | # Osaka",
    "country": "Nhật Bản",
    "job": "Chế biến thực phẩm",
    "wage": "180.000 yên một tháng",
}


@pytest.fixture
def son(workspace: Workspace, make: Make) -> tuple[UUID, UUID]:
    """A poor household and its grown-up son."""
    young = make.person("Trần Văn Út", sex=Sex.MALE, birth=PartialDate(2003, 2, 1), id_number="083203000013")
    home = make.household("Nguyễn Thị Á", NewMember(young, Relation.CHILD), phone="0901234567")
    make.poor(home)
    person = next(one.person_id for one in make.view(home).members if one.person.full_name == "Trần Văn Út")
    return home, person


def given(content: CasePaperContent) -> dict[str, str]:
    return dict(content.values)


def test_the_file_fills_in_person_household_and_office(workspace: Workspace, son: tuple[UUID, UUID]) -> None:
    home, person = son
    content = workspace.read(
        case_papers.prepare, "case_abroad_support_request", {}, {}, on=DAY, household_id=home, person_id=person
    )
    found = given(content)
    assert found["name"] == "Trần Văn Út"
    assert found["NAME"] == "TRẦN VĂN ÚT"
    assert found["birth"] == "01/02/2003"
    assert found["sex"] == "Nam"
    assert found["id_number"] == "083203000013"
    assert found["head"] == "Nguyễn Thị Á"
    assert found["phone"] == "0901234567"
    assert found["category"] == "Hộ nghèo"
    assert found["category_decision"] == "Quyết định số 46/QĐ-UBND ngày 12 tháng 12 năm 2025"
    assert found["COMMUNE"].isupper()
    assert content.signing.name == "Trần Văn Hòa"


def test_the_head_stands_for_the_household_and_what_is_given_wins(workspace: Workspace, make: Make) -> None:
    home = make.household("Nguyễn Thị Á")
    values = {"project": "dự án nuôi bò", "hamlet": "ấp Phú Nhơn và ấp Quân An", "chair": ""}
    content = workspace.read(
        case_papers.prepare,
        "case_selection_minutes",
        values,
        {"votes": [("Bà Á", "", "", "18", "0", "")]},
        on=DAY,
        household_id=home,
    )
    assert given(content)["hamlet"] == "ấp Phú Nhơn và ấp Quân An"
    assert "chair" not in given(content)
    assert content.tables[0].rows == (("Bà Á", "", "", "18", "0", ""),)
    facts = workspace.read(case_papers.facts, household_id=home)
    assert (facts["name"], facts["relation"], facts["people"]) == ("Nguyễn Thị Á", "Chủ hộ", "01")


def test_somebody_without_a_household_is_known_by_the_person(workspace: Workspace, son: tuple[UUID, UUID]) -> None:
    facts = workspace.read(case_papers.facts, person_id=son[1])
    assert facts["name"] == "Trần Văn Út"
    assert "head" not in facts


def test_a_numbered_paper_is_frozen_with_its_number_and_read_back(workspace: Workspace, son: tuple[UUID, UUID]) -> None:
    home, person = son
    made = workspace.write(
        case_papers.issue,
        "case_contract_confirmation",
        VALUES,
        {},
        on=DAY,
        household_id=home,
        person_id=person,
        render=render_paper,
    )
    assert made.number == "01/XN-UBND"
    text = " ".join(pages_of(made.pdf))
    for said in ("Số: 01/XN-UBND", "Công ty Sakura | # Osaka", "Trần Văn Út", "Nghị định số 128/2025/NĐ-CP"):
        assert said in text
    assert "NHÁP" not in text
    content = workspace.read(office_papers.content, made.id)
    assert isinstance(content, CasePaperContent)
    assert render_paper(content) == made.pdf
    (row,) = workspace.read(office_papers.papers, PaperQuery(household_id=home))
    assert (row.kind, row.subject_id) == (PaperKind.CONTRACT_CONFIRMATION, person)
    assert workspace.read(office_papers.next_number, PaperKind.CONTRACT_CONFIRMATION, DAY) == "02/XN-UBND"


def test_a_paper_without_a_number_is_frozen_too(workspace: Workspace, son: tuple[UUID, UUID]) -> None:
    made = workspace.write(
        case_papers.issue,
        "case_loss_minutes",
        {"cause": "Bò chết do lở mồm long móng"},
        {"losses": [("Bò cái", "VL-0417", "con", "1", "15.000.000", "Đã chết")]},
        on=DAY,
        household_id=son[0],
        render=render_paper,
    )
    assert made.number == ""
    assert "VL-0417" in " ".join(pages_of(made.pdf))
    assert workspace.read(office_papers.pdf, made.id) == made.pdf


def test_a_paper_nobody_knows_and_rows_that_do_not_fit(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        workspace.read(case_papers.prepare, "decision", {}, {}, on=DAY)
    with pytest.raises(ValueError, match="votes"):
        workspace.read(case_papers.prepare, "case_selection_minutes", {}, {"votes": [("Bà Á",)]}, on=DAY)
    with pytest.raises(ValidationError):
        workspace.write(
            case_papers.issue, "case_introduction", {}, {}, on=date(2027, 1, 1), render=lambda _content: b""
        )


def test_the_offices_own_words_are_used_from_their_day(workspace: Workspace, son: tuple[UUID, UUID]) -> None:
    code = "case_introduction"
    own = shipped_letters(code)[-1]
    changed = replace(own, wording=replace(own.wording, opening=("Uỷ ban trân trọng giới thiệu {name}:",)))
    workspace.write(templates.save_letter, code, changed, title="Riêng", valid_from=DAY)
    content = workspace.read(case_papers.prepare, code, {}, {}, on=DAY, household_id=son[0], person_id=son[1])
    assert content.text(content.wording.opening[0]) == "Uỷ ban trân trọng giới thiệu Trần Văn Út:"


def test_every_code_has_a_kind_a_label_and_a_wording() -> None:
    for code in case_papers.CODES:
        assert PAPER_LABELS[PaperKind(code)]
        assert code in PAPERS
