"""Issuing certificates: frozen with a number, refused with a reason, many at once or none."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casemgr.domain.certificates import CertificateContent, CertificateStatus, parse_qr
from casemgr.domain.households import ClassData, EndReason, HouseholdClass
from casemgr.domain.offices import SignatoryData
from casemgr.domain.people import LeaveReason
from casemgr.errors import NotAllowedError, ValidationError
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
)
from casemgr.services.certificate_register import RegisterQuery
from casemgr.services.certificates import IssuedView
from casemgr.workspace import Workspace
from tests.support.certificates import issue, plain_print
from tests.support.workspaces import Make, copy_file, open_file


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
