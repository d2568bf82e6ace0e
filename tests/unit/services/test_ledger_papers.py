"""Tests of the lists the commune confirms: what stands on 03/TD and on C24, on paper and in Excel."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from casemgr.domain.households import HouseholdClass
from casemgr.domain.insurance import CardData
from casemgr.domain.loans import LoanData
from casemgr.errors import ValidationError
from casemgr.exchange.ledgers import write_confirmed
from casemgr.exchange.workbooks import WorkbookReader
from casemgr.reports.insurance_list import render_insurance_list
from casemgr.reports.loan_list import render_loan_list
from casemgr.services import insurance, ledger_papers, loans
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of
from tests.support.workspaces import Make

TODAY = date(2026, 11, 24)


def asked(workspace: Workspace, household: UUID, group: str, amount: int) -> UUID:
    data = LoanData("TD-HN", household, purpose="Nuôi bò sinh sản", group_name=group, amount=amount, term_months=60)
    return workspace.write(loans.keep, None, None, data)


@pytest.fixture
def homes(make: Make) -> list[UUID]:
    made = []
    for number, name in enumerate(("Nguyễn Thị Á", "Trần Văn Bền", "Lê Thị Cẩm")):
        household = make.household(make.person(name, id_number=f"08317900000{number}"))
        make.poor(household)
        made.append(household)
    return made


def test_03td_names_who_asks_and_what_the_commune_confirms(
    workspace: Workspace, homes: list[UUID], tmp_path: Path, reader: WorkbookReader
) -> None:
    ids = [
        asked(workspace, homes[0], "Tổ số 3", 50_000_000),
        asked(workspace, homes[1], "Tổ số 3", 30_000_000),
        asked(workspace, homes[2], "Tổ số 7", 20_000_000),
    ]
    content, told = workspace.read(ledger_papers.loan_list, ids, TODAY)
    assert [len(section.rows) for section in content.sections] == [2, 1]
    assert "02 hộ" in content.sections[0].total
    assert "80.000.000" in content.sections[0].total
    assert "Tám mươi triệu" in content.sections[0].total
    row = content.sections[0].rows[0]
    assert row[:4] == ("Nguyễn Thị Á", "083179000000", "Ấp Phú Nhơn", "Hộ nghèo")
    assert ["03/TD" in notice for notice in told] == [True]  # its form was not read: compare it first
    text = " ".join(" ".join(pages_of(render_loan_list(content))).split())
    for words in ("03/TD", "Tổ số 7", "083179000002", "cư trú hợp pháp", "Trần Văn Hòa", "TỔ TRƯỞNG TỔ TK&VV"):
        assert words in text
    write_confirmed(tmp_path / "03td.xlsx", content)
    book = reader.read(tmp_path / "03td.xlsx")
    cells = [cell for sheet in book.sheets for row in sheet.rows for cell in row.values]
    assert "083179000000" in cells
    assert 50_000_000 in cells


def test_an_empty_list_is_refused(workspace: Workspace) -> None:
    with pytest.raises(ValidationError):
        workspace.read(ledger_papers.loan_list, [], TODAY)


def test_c24_tells_increases_and_decreases(workspace: Workspace, make: Make, homes: list[UUID]) -> None:
    make.poor(homes[0], 2025)
    make.poor(homes[0], 2026, HouseholdClass.ESCAPED_POOR)
    person = make.view(homes[0]).members[0].person_id
    workspace.write(insurance.keep_card, None, None, CardData(person, "8312345678", "BHYT-HN", date(2025, 1, 1)))
    content, _told = workspace.read(ledger_papers.insurance_list, date(2025, 12, 1), TODAY)
    up, down = content.sections
    assert [row[0] for row in up.rows] == ["Trần Văn Bền", "Lê Thị Cẩm"]
    assert [(row[0], row[7]) for row in down.rows] == [("Nguyễn Thị Á", "8312345678")]
    assert "02 người, 02 hộ" in up.total
    text = " ".join(" ".join(pages_of(render_insurance_list(content))).split())
    for words in ("A. TĂNG", "B. GIẢM", "8312345678", "01/12/2025", "24/11/2026", "NGƯỜI LẬP"):
        assert words in text
    with pytest.raises(ValidationError):
        workspace.read(ledger_papers.insurance_list, TODAY, TODAY)
