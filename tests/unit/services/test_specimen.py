"""A wording seen on paper: the office's own head, an invented household, never a number."""

from dataclasses import replace
from datetime import date

from casemgr.domain.templates import CERTIFICATE, shipped
from casemgr.reports.certificate import render_certificate
from casemgr.services import offices
from casemgr.services.specimen import FAMILY, specimen
from casemgr.workspace import Workspace

DAY = date(2026, 11, 24)


def test_every_shipped_wording_can_be_seen(workspace: Workspace) -> None:
    for template in shipped(CERTIFICATE):
        content = workspace.read(specimen, template, DAY)
        assert content.draft
        assert content.agency_lines == workspace.read(offices.office).agency_lines
        assert content.blocks[0].signatory == "Trần Văn Hòa"
        assert "{" not in content.wording.certify
        assert render_certificate(content).startswith(b"%PDF")


def test_a_wording_without_indicators_or_signatory_is_seen_too(workspace: Workspace) -> None:
    signatory = workspace.read(offices.signatories)[0]
    workspace.write(offices.correct_signatory, signatory.id, signatory.version, replace(signatory.data, active=False))
    template = shipped(CERTIFICATE)[-1]
    bare = replace(template, wording=replace(template.wording, indicators=()))
    content = workspace.read(specimen, bare, DAY)
    assert content.blocks[0].deprivations == ()
    assert content.blocks[0].title_lines == ("CHỦ TỊCH",)
    assert {member.name for member in content.members} == {member.name for member in FAMILY}
