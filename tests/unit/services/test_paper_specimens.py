"""A wording of any paper is seen on paper before it is saved, with invented people and the office's own head."""

from datetime import UTC, date, datetime

import pytest

from casemgr.domain.paper_templates import PAPERS, shape_problems, shipped_letters
from casemgr.reports.specimens import render_specimen
from casemgr.reports.tables import OwnersMark
from casemgr.services.paper_specimens import specimen
from casemgr.workspace import Workspace
from tests.support.pdfs import pages_of

DAY = date(2026, 11, 24)
MARK = OwnersMark("Nguyễn Thị Lan", datetime(2026, 11, 24, tzinfo=UTC), "Xem thử")


@pytest.mark.parametrize("key", PAPERS)
def test_every_paper_has_a_specimen_that_says_what_the_wording_says(workspace: Workspace, key: str) -> None:
    template = shipped_letters(key)[-1]
    content = workspace.read(specimen, key, template, DAY)
    text = " ".join(pages_of(render_specimen(key, content, MARK)))
    assert "{" not in text
    words = template.wording.title or template.wording.subject.partition("{")[0]
    assert words.strip() in text
    assert "Ví Dụ" in text


@pytest.mark.parametrize("key", PAPERS)
def test_shipped_wordings_keep_their_shape_and_say_what_is_uncertain(key: str) -> None:
    versions = shipped_letters(key)
    for version in versions:
        assert not shape_problems(key, version.wording)
        assert all(hasattr(version.wording, mark.field) for mark in version.marks)
        assert {mark.sure for mark in version.marks} <= {"V", "R", "U"}
    assert versions[-1].in_force(DAY)
