"""Issuing, confirming, replacing and handing over certificates through real transactions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from casemgr import i18n
from casemgr.domain.certificates import CertificateContent, CertificateStatus, parse_qr, qr_text
from casemgr.domain.dates import PartialDate
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.offices import SignatoryData
from casemgr.domain.people import LeaveReason, Relation, Sex
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError, StorageError, ValidationError
from casemgr.jobs import Cancelled
from casemgr.services import (
    certificate_drafts,
    certificate_register,
    certificates,
    classes,
    history,
    households,
    members,
    offices,
    people,
)
from casemgr.services.certificate_register import RegisterQuery
from casemgr.services.certificates import IssuedView
from casemgr.services.members import NewMember
from casemgr.workspace import Workspace
from tests.support.workspaces import Make, copy_file, open_file


@pytest.fixture(autouse=True)
def _english(language: str) -> None:
    """Messages in the source language; the papers themselves are Vietnamese all the same."""
    i18n.choose("en")


def plain_print(content: CertificateContent) -> bytes:
    """Stands for the renderer: the text of the paper, so that a test can read it."""
    return repr(content).encode()


def issue(workspace: Workspace, household: UUID, **options: object) -> IssuedView:
    return workspace.write(certificates.issue, household, render=plain_print, **options)  # type: ignore[arg-type]


@pytest.fixture
def household(make: Make) -> UUID:
    made = make.household(
        make.person("Nguyễn Thị Ngưỡng", id_number="083179001234", id_issued_on=date(2021, 8, 12)),
        NewMember(make.person("Trần Văn Út", sex=Sex.MALE, birth=PartialDate(1985)), Relation.CHILD),
        NewMember(make.person("Lê Thị Bé Ba", birth=PartialDate(1987, 5), ethnic="05"), Relation.CHILD_IN_LAW),
    )
    make.poor(made)
    return made


def test_the_draft_says_everything_the_paper_will_say(workspace: Workspace, household: UUID) -> None:
    draft = workspace.read(certificate_drafts.draft, household, date(2026, 11, 24))
    content = draft.content
    assert content.draft
    assert content.qr is None
    assert content.place_line.endswith(", ngày 24 tháng 11 năm 2026")
    assert (content.head_name, content.head_ethnic) == ("Nguyễn Thị Ngưỡng", "Kinh")
    assert (content.id_number, content.id_issued_on) == ("083179001234", "12/08/2021")
    assert [(line.name, line.relation, line.birth_year, line.sex) for line in content.members] == [
        ("Nguyễn Thị Ngưỡng", "Chủ hộ", "1979", "female"),
        ("Trần Văn Út", "Con", "1985", "male"),
        ("Lê Thị Bé Ba", "Con dâu", "1987", "female"),
    ]
    assert content.members[2].ethnic == "Khơ-me"
    (block,) = content.blocks
    assert (block.year, block.value, block.deprivations) == (2026, HouseholdClass.POOR, (1, 4, 7))
    assert (block.title_lines, block.signatory) == (("CHỦ TỊCH",), "Trần Văn Hòa")
    assert content.residence.startswith("Tổ 3, ấp Phú Nhơn, ")
    assert "{" not in repr(content.wording)
    assert draft.refusals == ()


def test_issuing_gives_number_frozen_paper_and_status_at_once(workspace: Workspace, household: UUID) -> None:
    issued = issue(workspace, household)
    assert issued.number == "01/GCN-HN.HCN"
    assert workspace.read(certificate_register.pdf, issued.id) == issued.pdf
    assert certificates.digest(issued.pdf) == issued.sha256
    found = workspace.read(certificate_register.view, issued.id)
    assert found.row.status is CertificateStatus.ISSUED
    assert found.row.head == "Nguyễn Thị Ngưỡng"
    assert found.row.hamlet == "Ấp Phú Nhơn"
    assert found.block_years == (2026,)
    facts = parse_qr(found.content.qr or "")
    assert (facts.document, facts.number, facts.year) == (issued.id, "01/GCN-HN.HCN", 2026)


def test_a_failed_drawing_takes_no_number(workspace: Workspace, household: UUID) -> None:
    def broken(content: CertificateContent) -> bytes:
        raise OSError("no fonts")

    with pytest.raises(OSError, match="no fonts"):
        workspace.write(certificates.issue, household, render=broken)
    assert workspace.read(certificates.next_number, 2026) == 1
    assert workspace.read(certificate_register.find, RegisterQuery()) == []


def without_class(workspace: Workspace, make: Make) -> UUID:
    return make.household("Trần Thị Bảy")


def not_poor(workspace: Workspace, make: Make) -> UUID:
    made = make.household("Trần Thị Bảy")
    make.poor(made, value=HouseholdClass.AVERAGE)
    return made


def other_standard(workspace: Workspace, make: Make) -> UUID:
    made = make.household("Trần Thị Bảy")
    data = ClassData(2026, HouseholdClass.POOR, deprivations=("xu_ly_rac_thai",))
    workspace.write(classes.set_class, made, data)
    return made


def ended(workspace: Workspace, make: Make) -> UUID:
    made = make.household("Trần Thị Bảy")
    make.poor(made)
    version = make.view(made).version
    workspace.write(households.end_household, made, version, on=date(2026, 3, 1), reason=EndReason.MOVED)
    return made


def left_empty(workspace: Workspace, make: Make) -> UUID:
    made = make.household("Trần Thị Bảy")
    make.poor(made)
    (member,) = make.view(made).members
    workspace.write(
        members.leave, member.membership_id, member.membership_version, on=date(2026, 3, 1), reason=LeaveReason.DIED
    )
    return made


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (left_empty, "No member is head"),
        (without_class, "has no class for 2026"),
        (not_poor, "Only poor and near-poor"),
        (other_standard, "xu_ly_rac_thai"),
        (ended, "01/03/2026"),
    ],
)
def test_a_household_that_cannot_be_certified_is_refused_with_the_reason(
    workspace: Workspace, make: Make, prepare: Callable[[Workspace, Make], UUID], reason: str
) -> None:
    household = prepare(workspace, make)
    with pytest.raises(ValidationError) as refused:
        issue(workspace, household)
    assert reason in str(refused.value)
    assert "H-00001" in str(refused.value)


def test_what_is_doubtful_is_said_but_does_not_stop_the_counter(workspace: Workspace, make: Make) -> None:
    household = make.household(make.person("Trần Thị Bảy", sex=None))
    data = ClassData(2025, HouseholdClass.NEAR_POOR)
    workspace.write(classes.set_class, household, data)
    warnings = "\n".join(issue(workspace, household).warnings)
    for said in (
        "No decision",
        "that of 2025",
        "no box will be marked",
        "identity number",
        "Trần Thị Bảy",
        "Mẫu số 03",
    ):
        assert said in warnings


def test_a_second_certificate_is_refused_while_one_is_in_force(workspace: Workspace, household: UUID) -> None:
    issue(workspace, household)
    with pytest.raises(ValidationError, match="01/GCN"):
        issue(workspace, household)


def test_a_date_to_come_is_refused(workspace: Workspace, household: UUID) -> None:
    with pytest.raises(ValidationError):
        issue(workspace, household, issued_on=date(2026, 11, 25))


def test_numbers_start_again_each_year(workspace: Workspace, make: Make) -> None:
    homes = [make.household(f"Trần Thị {name}") for name in ("Hai", "Ba", "Tư")]
    for home in homes:
        make.poor(home, 2025)
    first = issue(workspace, homes[0], issued_on=date(2025, 12, 31))
    second = issue(workspace, homes[1], issued_on=date(2026, 1, 2))
    third = issue(workspace, homes[2], issued_on=date(2025, 12, 31))
    assert [(one.number, one.year) for one in (first, second, third)] == [
        ("01/GCN-HN.HCN", 2025),
        ("01/GCN-HN.HCN", 2026),
        ("02/GCN-HN.HCN", 2025),
    ]
    assert workspace.read(certificates.next_number, 2025) == 3
    assert workspace.read(certificate_register.years) == [2026, 2025]


def test_a_batch_is_issued_whole_or_not_at_all(workspace: Workspace, make: Make, household: UUID) -> None:
    without = make.household("Trần Thị Bảy")
    with pytest.raises(ValidationError, match="H-00002"):
        workspace.write(certificates.issue_batch, [household, without], render=plain_print)
    assert workspace.read(certificates.next_number, 2026) == 1
    ready, problems = workspace.read(certificates.split_ready, [household, without])
    assert ready == [household]
    assert [problem.field for problem in problems] == ["H-00002"]
    seen: list[tuple[int, int]] = []
    issued = workspace.write(
        certificates.issue_batch,
        ready,
        render=plain_print,
        progress=lambda done, total, _message: seen.append((done, total)),
    )
    assert [one.number for one in issued] == ["01/GCN-HN.HCN"]
    assert seen == [(0, 1), (1, 1)]


def test_a_cancelled_batch_leaves_nothing(workspace: Workspace, make: Make, household: UUID) -> None:
    other = make.household("Trần Thị Bảy")
    make.poor(other)

    def stop(done: int, _total: int, _message: str) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        workspace.write(certificates.issue_batch, [household, other], render=plain_print, progress=stop)
    assert workspace.read(certificate_register.find, RegisterQuery()) == []
    assert workspace.read(certificates.next_number, 2026) == 1


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


def test_issuing_is_in_the_history_and_never_undone(workspace: Workspace, household: UUID) -> None:
    issue(workspace, household)
    events = workspace.read(history.household_events, household)
    assert events[0].action == "certificate.issue"
    assert workspace.read(history.next_undo) is None, "undo does not reach behind a paper"


def test_only_who_may_issue_issues(workspace: Workspace, household: UUID) -> None:
    workspace.actor = replace(workspace.actor, role=type(workspace.actor.role)("viewer"))
    with pytest.raises(NotAllowedError):
        issue(workspace, household)
    assert workspace.read(certificate_drafts.draft, household, date(2026, 11, 24)).content.draft


def test_the_signatory_asked_for_signs(workspace: Workspace, household: UUID) -> None:
    deputy = workspace.write(offices.add_signatory, SignatoryData("Phạm Thị Hằng", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")))
    issued = issue(workspace, household, signatory_id=deputy)
    (block,) = workspace.read(certificate_register.view, issued.id).content.blocks
    assert (block.title_lines, block.signatory) == (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phạm Thị Hằng")


def test_without_a_signatory_the_name_stays_open(workspace: Workspace, household: UUID) -> None:
    (who,) = workspace.read(offices.signatories)
    workspace.write(offices.correct_signatory, who.id, who.version, replace(who.data, active=False))
    issued = issue(workspace, household)
    (block,) = workspace.read(certificate_register.view, issued.id).content.blocks
    assert (block.title_lines, block.signatory) == (("CHỦ TỊCH",), "")
    assert any("stays open" in warning for warning in issued.warnings)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(["issue", "void", "replace", "fail", "cancel"]), min_size=1, max_size=12))
def test_numbers_are_unique_and_without_gaps(
    steps: list[str], case_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace = open_file(copy_file(case_file, tmp_path_factory.mktemp("so") / "xa.casemgr"))
    try:
        make = Make(workspace)
        household = make.household("Nguyễn Thị Á")
        make.poor(household)
        standing: IssuedView | None = None
        for step in steps:
            if step == "fail":
                with pytest.raises((ValidationError, ZeroDivisionError)):
                    workspace.write(certificates.issue, household, render=lambda _content: bytes(1 // 0))
            elif step == "cancel":
                with pytest.raises((Cancelled, ValidationError)):
                    workspace.write(certificates.issue_batch, [household], render=plain_print, progress=_stop_at_end)
            elif standing is None:
                standing = issue(workspace, household) if step == "issue" else None
            elif step == "void":
                workspace.write(certificates.void, standing.id, reason="In nhầm")
                standing = None
            elif step == "replace":
                standing = workspace.write(certificates.reissue, standing.id, reason="Mất", render=plain_print)
        ids = workspace.read(certificate_register.find, RegisterQuery(descending=False))
        numbers = [int(row.number.split("/")[0]) for row in workspace.read(certificate_register.rows, ids)]
        assert numbers[:1] in ([], [1])
        assert all(after == before + 1 for before, after in pairwise(numbers))
        assert workspace.read(certificates.next_number, 2026) == len(numbers) + 1
    finally:
        workspace.close()


def _stop_at_end(done: int, total: int, _message: str) -> None:
    if done == total:
        raise Cancelled


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


def test_a_paper_is_not_dated_before_its_class_was_recognised(make: Make, workspace: Workspace) -> None:
    household = make.household()
    make.poor(household)
    with pytest.raises(ValidationError) as refused:
        workspace.write(certificates.issue, household, issued_on=date(1999, 12, 31), render=plain_print)
    assert "issued_on" in {problem.field for problem in refused.value.problems}


def test_numbers_go_on_after_the_last_one_used_on_paper(make: Make, workspace: Workspace) -> None:
    assert workspace.write(certificates.continue_after, year=2026, number=41) == "42/GCN-HN.HCN"
    with pytest.raises(ValidationError):
        workspace.write(certificates.continue_after, year=2026, number=40)
    household = make.household()
    make.poor(household)
    assert workspace.write(certificates.issue, household, render=plain_print).number == "42/GCN-HN.HCN"
