"""Which wording holds on which day, and the office's own versions."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr import i18n
from casemgr.domain.permissions import Role
from casemgr.domain.templates import CERTIFICATE
from casemgr.errors import NotAllowedError, NotFoundError, ValidationError
from casemgr.services import certificate_drafts, templates
from casemgr.workspace import Workspace
from tests.support.workspaces import Make


@pytest.mark.parametrize(
    ("day", "version"),
    [
        (date(2020, 1, 1), "2021"),
        (date(2025, 6, 30), "2021"),
        (date(2025, 7, 1), "2025-07"),
        (date(2026, 1, 1), "2026"),
        (date(2027, 5, 1), "2026"),
    ],
)
def test_the_day_chooses_the_shipped_wording(workspace: Workspace, day: date, version: str) -> None:
    assert workspace.read(templates.current, CERTIFICATE, day).id == version


def test_what_is_uncertain_or_out_of_date_is_said(workspace: Workspace) -> None:
    template = workspace.read(templates.current, CERTIFICATE, date(2026, 11, 24))
    with i18n.using("en"):
        assert "could not be compared" in (templates.notice(template, date(2026, 11, 24)) or "")
        assert "not meant for papers of 05/01/2027" in (templates.notice(template, date(2027, 1, 5)) or "")
    own = replace(template, marks=(), valid_to=None)
    assert templates.notice(own, date(2027, 1, 5)) is None


def test_the_offices_own_wording_wins_from_its_day_on(workspace: Workspace, make: Make) -> None:
    base = workspace.read(templates.current, CERTIFICATE, date(2026, 11, 24))
    wording = replace(base.wording, certify="Chủ tịch Ủy ban nhân dân {commune} chứng nhận:")
    first = workspace.write(
        templates.save_version,
        CERTIFICATE,
        replace(base, wording=wording),
        title=" Mẫu của  xã ",
        valid_from=date(2026, 6, 1),
    )
    assert first == "own-1"
    assert workspace.read(templates.current, CERTIFICATE, date(2026, 5, 31)).id == "2026"
    kept = workspace.read(templates.current, CERTIFICATE, date(2026, 6, 1))
    assert (kept.id, kept.title, kept.wording.certify) == (first, "Mẫu của xã", wording.certify)
    second = workspace.write(
        templates.save_version, CERTIFICATE, kept, title="Mẫu năm 2027", valid_from=date(2027, 1, 1)
    )
    assert [version.id for version in workspace.read(templates.versions, CERTIFICATE)] == [
        "2021",
        "2025-07",
        "2026",
        first,
        second,
    ]
    household = make.household("Nguyễn Thị Á")
    make.poor(household)
    content = workspace.read(certificate_drafts.draft, household, date(2026, 11, 24)).content
    assert content.template == first
    assert content.wording.certify == "Chủ tịch Ủy ban nhân dân xã Hưng Khánh Trung chứng nhận:"
    assert workspace.read(templates.by_id, CERTIFICATE, second).title == "Mẫu năm 2027"
    with pytest.raises(NotFoundError):
        workspace.read(templates.by_id, CERTIFICATE, "own-9")


def test_a_wording_that_cannot_be_a_paper_is_refused_field_by_field(workspace: Workspace) -> None:
    base = workspace.read(templates.current, CERTIFICATE, date(2026, 11, 24))
    empty = replace(base.wording, title=" ", basis=("",), certify="", indicators=base.wording.indicators[:5])
    with pytest.raises(ValidationError) as refused:
        workspace.write(
            templates.save_version,
            CERTIFICATE,
            replace(base, wording=empty, slots=9, member_rows=0),
            title="",
            valid_from=date(2026, 6, 1),
        )
    assert {problem.field for problem in refused.value.problems} == {
        "title",
        "wording.title",
        "wording.basis",
        "wording.certify",
        "wording.indicators",
        "slots",
        "member_rows",
    }


def test_only_who_may_change_settings_changes_the_wording(workspace: Workspace) -> None:
    base = workspace.read(templates.current, CERTIFICATE, date(2026, 11, 24))
    workspace.actor = replace(workspace.actor, role=Role.LEADER)
    with pytest.raises(NotAllowedError):
        workspace.write(templates.save_version, CERTIFICATE, base, title="Mẫu", valid_from=date(2026, 6, 1))
