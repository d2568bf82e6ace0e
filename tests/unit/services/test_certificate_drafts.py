"""The next year's block before it is printed, and a run of papers written down at once."""

from datetime import date

from casemgr import i18n
from casemgr.domain.certificates import CertificateContent
from casemgr.domain.households import HouseholdClass
from casemgr.services import certificate_drafts, certificate_register, certificates
from casemgr.workspace import Workspace
from tests.support.workspaces import Make


def plain_print(content: CertificateContent) -> bytes:
    return repr(content).encode()


def test_the_next_block_is_shown_exactly_as_it_will_be_printed(workspace: Workspace, make: Make) -> None:
    i18n.choose("en")
    household = make.household("Nguyễn Thị Ngưỡng")
    make.poor(household, 2025)
    issued = workspace.write(certificates.issue, household, render=plain_print)
    on = date(2026, 11, 24)
    same = workspace.read(certificate_drafts.block_draft, issued.id, on)
    assert [problem.message for problem in same.refusals] == ["2025 is already confirmed on this paper."]
    assert same.content.only_block is None
    make.poor(household, 2026, HouseholdClass.NEAR_POOR, decided=False)
    shown = workspace.read(certificate_drafts.block_draft, issued.id, on)
    assert (shown.year, shown.number, shown.refusals) == (2026, issued.number, ())
    assert shown.warnings == ("No decision is recorded for the class of 2026.",)
    added = workspace.write(certificates.add_year_block, issued.id, year=2026, confirmed_on=on, render=plain_print)
    assert added.pdf == plain_print(shown.content)


def test_a_household_without_class_has_no_block(workspace: Workspace, make: Make) -> None:
    i18n.choose("en")
    household = make.household("Nguyễn Thị Ngưỡng")
    make.poor(household)
    issued = workspace.write(certificates.issue, household, render=plain_print)
    shown = workspace.read(certificate_drafts.block_draft, issued.id, date(2026, 11, 24), year=2027)
    assert [problem.field for problem in shown.refusals] == ["class"]


def test_a_run_of_papers_is_one_step(workspace: Workspace, make: Make) -> None:
    ids = []
    for name in ("Nguyễn Thị Á", "Trần Văn Út"):
        household = make.household(name)
        make.poor(household)
        ids.append(workspace.write(certificates.issue, household, render=plain_print).id)
    workspace.write(certificates.record_prints, ids, copies=2)
    assert [workspace.read(certificate_register.view, each).prints[0].copies for each in ids] == [2, 2]
    assert [row.prints for row in workspace.read(certificate_register.rows, ids)] == [1, 1]
