"""How fast certificates are printed and issued, against a plain canvas in the same run."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from statistics import median
from time import perf_counter
from uuid import UUID

import pytest

from casemgr.domain.certificates import CertificateContent, MemberLine, qr_text
from casemgr.reports.certificate import render_certificate, render_certificates
from casemgr.services import certificates
from casemgr.workspace import Workspace
from tests.support import rival_canvas
from tests.support.papers import content
from tests.support.workspaces import Make

pytestmark = pytest.mark.benchmark

PAPERS = 1_000
ROUNDS = 3
LOWEST_RATIO = 0.8
ISSUE_SECONDS = 60


def papers(count: int) -> list[CertificateContent]:
    """Two-sided certificates of the same invented families as the rival's pages."""
    made = []
    for seed in range(count):
        sheet = rival_canvas.sheet(seed)
        members = tuple(
            MemberLine(name, "Kinh", relation, born[-4:], "male" if sex == "Nam" else "female")
            for _order, name, born, sex, relation, _identity in sheet.rows
        )
        paper = content(seed + 1, members=members)
        document = UUID(int=Random(seed).getrandbits(128))  # noqa: S311 - invented
        made.append(replace(paper, id_number=sheet.rows[0][5], qr=qr_text(document, paper.number or "", 2026)))
    return made


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def test_a_thousand_certificates_in_one_file(capsys: pytest.CaptureFixture[str]) -> None:
    ours, theirs = papers(PAPERS), [rival_canvas.sheet(seed) for seed in range(PAPERS)]
    render_certificates(ours[:10])
    rival_canvas.render(theirs[:10])
    ratios, speeds = [], []
    for _round in range(ROUNDS):
        rival, own = seconds(lambda: rival_canvas.render(theirs)), seconds(lambda: render_certificates(ours))
        ratios.append(rival / own)
        speeds.append((PAPERS / own, PAPERS / rival))
    with capsys.disabled():
        own, rival = speeds[-1]
        print(
            f"\ncertificates in one file: {own:.0f}/s of two pages, canvas {rival:.0f}/s of one page, "
            f"ratio {median(ratios):.2f} (at least {LOWEST_RATIO})"
        )
    assert median(ratios) >= LOWEST_RATIO


def test_issuing_a_thousand(workspace: Workspace, make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    homes = [make.household(f"Trần Thị Bé {number}") for number in range(PAPERS)]
    for home in homes:
        make.poor(home)
    taken = seconds(lambda: workspace.write(certificates.issue_batch, homes, render=render_certificate))
    size = workspace.path.stat().st_size / PAPERS / 1024
    with capsys.disabled():
        print(
            f"\nissuing {PAPERS} certificates, each frozen: {taken:.1f} s (at most {ISSUE_SECONDS} s), "
            f"case file {size:.0f} KB per certificate"
        )
    assert taken <= ISSUE_SECONDS
