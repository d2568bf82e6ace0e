"""Looks whether an open case file is whole: its pages, its journal, its search index, its frozen papers."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select, text

from casemgr.errors import AppError
from casemgr.i18n import N_, _
from casemgr.jobs import Progress, silent
from casemgr.persistence.engine import find_damage
from casemgr.persistence.models import (
    Certificate,
    CertificateBlock,
    Household,
    HouseholdIndex,
    Journal,
    Membership,
    SearchEntry,
)
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.journal_proof import verify_journal
from casemgr.workspace import Workspace

_SHOWN: Final = 20


@dataclass(frozen=True)
class Finding:
    """One check and what it found wrong; no problems means that all is well."""

    code: str
    label: str
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def check(workspace: Workspace, *, progress: Progress = silent) -> list[Finding]:
    """Run every check; nothing is changed."""
    checks: list[tuple[str, str, Callable[[], list[str]]]] = [
        ("pages", N_("Seals, tables and references of the file"), lambda: list(find_damage(workspace.engine))),
        ("journal", N_("The journal's chain"), lambda: workspace.read(verify_journal)),
        ("anchor", N_("The last state known outside the file"), lambda: workspace.read(_anchor_problems, workspace)),
        ("search", N_("The list and the search index"), lambda: workspace.read(index_problems)),
        ("papers", N_("The frozen papers"), lambda: workspace.read(paper_problems)),
    ]
    findings = []
    for number, (code, label, run) in enumerate(checks):
        progress(number, len(checks), _(label))
        try:
            problems = _cut(run())
        except AppError as error:  # a damaged page stops this check, the others still tell something
            problems = [str(error)]
        findings.append(Finding(code, _(label), tuple(problems)))
    progress(len(checks), len(checks), _("Checked"))
    return findings


def _anchor_problems(uow: UnitOfWork, workspace: Workspace) -> list[str]:
    """An older file put back has a shorter journal than the one remembered in the key file."""
    anchor = workspace.keys.anchor
    if anchor is None or anchor.sequence == 0:
        return []
    newest = uow.session.scalar(select(func.max(Journal.seq))) or 0
    if newest < anchor.sequence:
        return [
            _(
                "This file ends at step {found}, but step {known} was already reached: an older file was put in its "
                "place. Look for the newer file, or restore the newest backup."
            ).format(found=newest, known=anchor.sequence)
        ]
    if uow.session.scalar(select(Journal.hash).where(Journal.seq == anchor.sequence)) != anchor.digest:
        return [
            _("Step {number} is not the one remembered in the key file: the journal was rewritten.").format(
                number=anchor.sequence
            )
        ]
    return []


def index_problems(uow: UnitOfWork) -> list[str]:
    """The derived rows counted against the records they are made from."""
    session = uow.session
    current = Membership.left_on.is_(None) & Membership.left_reason.is_(None)

    def count(query: object) -> int:
        return int(session.scalar(query) or 0)  # type: ignore[call-overload] # any select of one number

    households = count(select(func.count()).select_from(Household))
    members = count(select(func.count()).select_from(Membership).where(current))
    headed = count(select(func.count(func.distinct(Membership.household_id))).where(current))
    papers = count(select(func.count()).select_from(Certificate))
    by_kind = session.execute(select(SearchEntry.kind, func.count()).group_by(SearchEntry.kind))
    entries: dict[str, int] = {kind: number for kind, number in by_kind}  # noqa: C416 - rows, not pairs
    compared = [
        (_("households in the list"), count(select(func.count()).select_from(HouseholdIndex)), households),
        (_("people in the list"), count(select(func.sum(HouseholdIndex.people))), members),
        (_("households in the search"), entries.get("household", 0), households),
        (_("people in the search"), entries.get("person", 0), members - headed),
        (_("certificates in the search"), entries.get("certificate", 0), papers),
        (
            _("texts in the search"),
            int(session.execute(text("SELECT count(*) FROM search_text")).scalar_one()),
            sum(entries.values()),
        ),
    ]
    return [
        _("{what}: {found} instead of {expected}.").format(what=what, found=found, expected=expected)
        for what, found, expected in compared
        if found != expected
    ]


def paper_problems(uow: UnitOfWork) -> list[str]:
    """Every frozen PDF against the hash written when it was issued."""
    return [
        _("The frozen paper {id} does not match its hash.").format(id=record_id)
        for record_id, pdf, digest in _papers(uow)
        if hashlib.sha256(pdf).hexdigest() != digest
    ]


def _papers(uow: UnitOfWork) -> Iterator[tuple[UUID, bytes, str]]:
    for model in (Certificate, CertificateBlock):
        query = select(model.id, model.pdf, model.sha256).execution_options(yield_per=50)
        for row in uow.session.execute(query):
            yield row.id, row.pdf, row.sha256


def _cut(problems: list[str]) -> list[str]:
    """A damaged file can have a problem per page; the first ones tell enough."""
    if len(problems) <= _SHOWN:
        return problems
    return [*problems[:_SHOWN], _("… and {count} more").format(count=len(problems) - _SHOWN)]
