"""A certificate in force: the next year on it, lost, void, printed, collected, found in the register."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import text

from casemgr.domain.certificates import CertificateStatus, qr_text
from casemgr.errors import ConflictError, NotFoundError, StorageError, ValidationError
from casemgr.services import (
    certificate_register,
    certificates,
    history,
    people,
)
from casemgr.services.certificate_register import RegisterQuery
from casemgr.workspace import Workspace
from tests.support.certificates import issue, plain_print
from tests.support.workspaces import Make


def test_the_next_year_is_confirmed_on_the_same_paper(workspace: Workspace, make: Make, household: UUID) -> None:
    make.poor(household, 2025)
    issued = issue(workspace, household, year=2025, issued_on=date(2026, 1, 5))
    added = workspace.write(certificates.add_year_block, issued.id, year=2026, render=plain_print)
    assert workspace.read(certificate_register.pdf, issued.id, block_year=2026) == added.pdf
    view = workspace.read(certificate_register.view, issued.id)
    assert view.block_years == (2025, 2026)
    assert view.content.only_block == 2026
    assert [block.year for block in view.content.blocks] == [2025, 2026]
    assert workspace.read(certificate_register.pdf, issued.id) == issued.pdf
    with pytest.raises(ValidationError, match="2026"):
        workspace.write(certificates.add_year_block, issued.id, year=2026, render=plain_print)
    with pytest.raises(ValidationError, match="2027"):
        workspace.write(certificates.add_year_block, issued.id, year=2027, render=plain_print)
    make.poor(household, 2024)
    with pytest.raises(ValidationError, match="2024"):
        workspace.write(certificates.add_year_block, issued.id, year=2024, render=plain_print)


def test_a_full_paper_takes_no_further_year(workspace: Workspace, make: Make, household: UUID) -> None:
    for year in range(2022, 2026):
        make.poor(household, year)
    issued = issue(workspace, household, year=2022)
    for year in range(2023, 2026):
        workspace.write(certificates.add_year_block, issued.id, year=year, render=plain_print)
    with pytest.raises(ValidationError, match="4 years"):
        workspace.write(certificates.add_year_block, issued.id, year=2026, render=plain_print)


def test_a_lost_paper_is_replaced_and_the_old_one_says_so(workspace: Workspace, household: UUID) -> None:
    old = issue(workspace, household)
    with pytest.raises(ValidationError, match="reason"):
        workspace.write(certificates.reissue, old.id, reason=" ", render=plain_print)
    new = workspace.write(certificates.reissue, old.id, reason="Bị mất do lụt", render=plain_print)
    assert new.number == "02/GCN-HN.HCN"
    before, after = (workspace.read(certificate_register.view, one.id) for one in (old, new))
    assert (before.row.status, before.status_reason, before.replaced_by) == ("replaced", "Bị mất do lụt", new.number)
    assert after.replaces == old.number
    with pytest.raises(ValidationError, match="01/GCN"):
        workspace.write(certificates.reissue, old.id, reason="Mất lần nữa", render=plain_print)
    assert [row.number for row in workspace.read(certificate_register.of_household, household)] == [
        new.number,
        old.number,
    ]


def test_a_void_number_stays_used(workspace: Workspace, household: UUID) -> None:
    first = issue(workspace, household)
    workspace.write(certificates.void, first.id, reason="In nhầm ngày")
    assert workspace.read(certificate_register.view, first.id).row.status is CertificateStatus.VOID
    assert issue(workspace, household).number == "02/GCN-HN.HCN"


def test_a_stale_page_cannot_void(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    version = workspace.read(certificate_register.view, issued.id).version
    workspace.write(
        certificates.record_collection, issued.id, version, by="Trần Văn Út", relation="con", on=date(2026, 11, 24)
    )
    with pytest.raises(ConflictError):
        workspace.write(certificates.void, issued.id, version, reason="In nhầm")


def test_the_first_print_needs_no_reason_the_second_does(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    workspace.write(certificates.record_print, issued.id, copies=2)
    with pytest.raises(ValidationError, match="printed before"):
        workspace.write(certificates.record_print, issued.id)
    with pytest.raises(ValidationError, match="one copy"):
        workspace.write(certificates.record_print, issued.id, copies=0, reason="Máy in kẹt giấy")
    workspace.write(certificates.record_print, issued.id, reason="Máy in kẹt giấy")
    prints = workspace.read(certificate_register.view, issued.id).prints
    assert [(one.copies, one.reason, one.who) for one in prints] == [
        (2, "", "Nguyễn Thị Lan"),
        (1, "Máy in kẹt giấy", "Nguyễn Thị Lan"),
    ]


def test_who_took_the_paper_is_written_down(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    for by, on in (("", date(2026, 11, 24)), ("Trần Văn Út", date(2026, 11, 25)), ("Trần Văn Út", date(2026, 11, 1))):
        with pytest.raises(ValidationError):
            workspace.write(certificates.record_collection, issued.id, by=by, relation="con", on=on)
    workspace.write(
        certificates.record_collection, issued.id, by=" Trần Văn  Út", relation="con", on=date(2026, 11, 24)
    )
    row = workspace.read(certificate_register.view, issued.id).row
    assert (row.collected_by, row.collected_on) == ("Trần Văn Út (con)", date(2026, 11, 24))
    workspace.write(certificates.record_collection, issued.id, by="Lê Thị Bé", relation="", on=date(2026, 11, 24))
    assert workspace.read(certificate_register.view, issued.id).row.collected_by == "Lê Thị Bé"


def test_the_register_is_listed_and_narrowed(workspace: Workspace, make: Make) -> None:
    issued = []
    for name, hamlet in (("Đỗ Văn Án", "Phú Nhơn"), ("Nguyễn Thị Ba", "Quân An"), ("Đỗ Thị Chín", "Phú Nhơn")):
        home = make.household(name, hamlet=hamlet)
        make.poor(home)
        issued.append(issue(workspace, home))
    workspace.write(certificates.record_print, issued[0].id)
    workspace.write(certificates.record_collection, issued[1].id, by="Ba", relation="", on=date(2026, 11, 24))
    workspace.write(certificates.void, issued[2].id, reason="In hỏng")

    def heads(**query: object) -> list[str]:
        ids = workspace.read(certificate_register.find, RegisterQuery(**query))  # type: ignore[arg-type]
        return [row.head for row in workspace.read(certificate_register.rows, ids)]

    assert heads() == ["Đỗ Thị Chín", "Nguyễn Thị Ba", "Đỗ Văn Án"]
    assert heads(descending=False)[0] == "Đỗ Văn Án"
    assert heads(text="do") == ["Đỗ Thị Chín", "Đỗ Văn Án"]
    assert heads(text="an do") == ["Đỗ Văn Án"]
    assert heads(text="02/GCN-HN.HCN") == ["Nguyễn Thị Ba"]
    assert heads(hamlets=(make.hamlet("Quân An"),)) == ["Nguyễn Thị Ba"]
    assert heads(printed=True) == ["Đỗ Văn Án"]
    assert heads(printed=False, collected=False) == ["Đỗ Thị Chín"]
    assert heads(collected=True) == ["Nguyễn Thị Ba"]
    assert heads(statuses=("void",)) == ["Đỗ Thị Chín"]
    assert heads(year=2025) == []
    assert workspace.read(certificate_register.by_number, "2", year=2026) == issued[1].id
    for wrong in ("44", "abc"):
        with pytest.raises(NotFoundError):
            workspace.read(certificate_register.by_number, wrong, year=2026)


def test_a_scanned_code_leads_to_its_entry(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    code = workspace.read(certificate_register.view, issued.id).content.qr or ""
    assert workspace.read(certificate_register.by_qr, f" {code}\n").row.id == issued.id
    with pytest.raises(ValidationError, match="Scan it again"):
        workspace.read(certificate_register.by_qr, code.replace(":2026:", ":2025:"))
    with pytest.raises(ValidationError, match="not the QR code"):
        workspace.read(certificate_register.by_qr, "083179001234|320123456|NGUYỄN THỊ A")


def test_a_code_of_another_office_is_not_found_and_a_forged_number_is_told(
    workspace: Workspace, household: UUID
) -> None:
    issued = issue(workspace, household)
    with pytest.raises(NotFoundError, match="09/GCN"):
        workspace.read(certificate_register.by_qr, qr_text(UUID(int=9), "09/GCN-HN.HCN", 2026))
    with pytest.raises(ValidationError, match="99/GCN"):
        workspace.read(certificate_register.by_qr, qr_text(issued.id, "99/GCN-HN.HCN", 2026))


def test_a_paper_changed_behind_our_back_is_not_printed(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    with workspace.engine.connect().execution_options(casemgr_write=True) as connection, connection.begin():
        connection.execute(text("UPDATE certificate SET pdf = :pdf"), {"pdf": issued.pdf + b" "})
    with pytest.raises(StorageError, match="differs"):
        workspace.read(certificate_register.pdf, issued.id)
    with pytest.raises(NotFoundError):
        workspace.read(certificate_register.pdf, issued.id, block_year=2026)


def test_undo_does_not_reach_behind_an_issued_paper(make: Make, workspace: Workspace) -> None:
    household = make.household()
    make.poor(household)
    assert workspace.read(history.next_undo) is not None
    workspace.write(certificates.issue, household, render=plain_print)
    assert workspace.read(history.next_undo) is None
    member = make.view(household).members[0]
    workspace.write(people.correct_person, member.person_id, member.person_version, replace(member.person, notes="a"))
    step = workspace.read(history.next_undo)
    assert step is not None
    assert step.action == "person.notes"
