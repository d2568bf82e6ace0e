"""Numbered papers of the office: drafted from the case file, issued with number and frozen PDF in one transaction.

An issued paper is never changed: its PDF, the content it was drawn from and their hash stay as they were, and its
number is given out once. How a paper is drawn is handed in (`casemgr.reports.office_papers.render_paper`).
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from casemgr.domain import papers as contents
from casemgr.domain.filling import filled
from casemgr.domain.on_paper import counted
from casemgr.domain.paper_json import from_json, to_json
from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.papers import PaperContent
from casemgr.domain.permissions import Permission
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Campaign, Decision, Meeting, NumberSeries, OfficePaper, Posting
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import counter_papers, review_papers, templates
from casemgr.services.paper_makers import CONTENTS, MAKERS
from casemgr.services.paper_words import PaperDraft

Render = Callable[[Any], bytes]
"""How a paper is drawn: `render_paper`, or the drawing of that one kind."""

_NUMBER = re.compile(r"\s*0*(\d{1,6})\s*(?:/\s*(\S.*?))?\s*")


@dataclass(frozen=True)
class IssuedPaper:
    """A paper just issued."""

    id: UUID
    kind: PaperKind
    number: str
    title: str
    sha256: str
    pdf: bytes
    warnings: tuple[str, ...]


Redraft = Callable[[date], PaperDraft[Any]]
"""Drafts the same paper for another day."""


@dataclass(frozen=True)
class Standing:
    """A frozen paper, if there is one, and whether what it is about has changed since."""

    kept: "PaperRow | None"
    changed: bool


@dataclass(frozen=True)
class PaperQuery:
    """Which issued papers a list shows; None means all."""

    campaign_id: UUID | None = None
    household_id: UUID | None = None
    subject_id: UUID | None = None
    kind: PaperKind | None = None
    year: int | None = None


@dataclass(frozen=True)
class PaperRow:
    """One line of the register of papers."""

    id: UUID
    kind: PaperKind
    number: str
    """Empty on papers without a number."""
    title: str
    issued_on: date
    campaign_id: UUID | None
    household_id: UUID | None
    subject_id: UUID | None


def draft(
    uow: UnitOfWork, kind: PaperKind, subject_id: UUID, *, on: date | None = None, signatory_id: UUID | None = None
) -> PaperDraft[Any]:
    """The paper as it would be issued that day, marked as a draft, with what stands against issuing it."""
    made = _make(uow, kind, subject_id, on or uow.today, signatory_id)
    return replace(made, content=_numbered(made.content, made.number, draft=_marked(made)))


def day_on_record(uow: UnitOfWork, kind: PaperKind, subject_id: UUID) -> date | None:
    """The day of what the paper is about: the posting, the meeting, the decision; nothing where there is none yet."""
    uow.require(Permission.READ)
    if kind is PaperKind.POSTING:
        return uow.record(Posting, subject_id).posted_on
    if kind is PaperKind.MINUTES:
        return uow.record(Meeting, subject_id).held_on
    if kind in (PaperKind.DECISION, PaperKind.AVERAGE_DECISION):
        decided = uow.record(Campaign, subject_id).decision_id
        return uow.record(Decision, decided).signed_on if decided else None
    return None


def posting_preview(
    uow: UnitOfWork,
    campaign_id: UUID,
    hamlet_id: UUID | None,
    posted_on: date,
    places: str = "",
    *,
    again: bool = False,
    signatory_id: UUID | None = None,
) -> PaperDraft[contents.PostingContent]:
    """The notice of a posting that is not recorded yet."""
    made = review_papers.posting_preview(
        uow, campaign_id, hamlet_id, posted_on, places, again=again, signatory_id=signatory_id
    )
    return replace(made, content=_numbered(made.content, None, draft=True))


def refusal_preview(
    uow: UnitOfWork, request_id: UUID, reason: str, *, on: date | None = None, signatory_id: UUID | None = None
) -> PaperDraft[contents.RefusalContent]:
    """The letter of a refusal whose reason is still being written."""
    made = counter_papers.refusal(uow, request_id, on or uow.today, signatory_id, reason=reason)
    return replace(made, content=_numbered(made.content, None, draft=True))


def issue(
    uow: UnitOfWork,
    kind: PaperKind,
    subject_id: UUID,
    *,
    on: date | None = None,
    number: int | None = None,
    signatory_id: UUID | None = None,
    render: Render,
) -> IssuedPaper:
    """Give the paper its number and freeze it; `number` is the one the office's own register gave, else the next."""
    uow.require(Permission.ISSUE)
    day = on or uow.today
    return issue_draft(uow, _make(uow, kind, subject_id, day, signatory_id), day, number=number, render=render)


def issue_draft(
    uow: UnitOfWork, made: PaperDraft[Any], day: date, *, number: int | None = None, render: Render
) -> IssuedPaper:
    """The same for a paper that was drafted with more than its subject, e.g. for one purpose."""
    uow.require(Permission.ISSUE)
    if day > uow.today:
        raise ValidationError([Problem("issued_on", _("The date lies in the future."))])
    kind, subject_id = made.kind, made.subject_id
    if made.refusals:
        raise ValidationError(made.refusals)
    taken, series, text = _number(uow, made, day.year, number)
    content = _numbered(made.content, text or None, draft=False)
    pdf = render(content)
    record = OfficePaper(
        kind=kind.value,
        series=series,
        year=day.year,
        number=taken,
        title=made.title,
        issued_on=day,
        campaign_id=made.campaign_id,
        household_id=made.household_id,
        subject_id=subject_id,
        signatory_id=made.signatory_id,
        content=to_json(content),
        pdf=pdf,
        sha256=hashlib.sha256(pdf).hexdigest(),
    )
    uow.add(record)
    if kind is PaperKind.POSTING and subject_id is not None:
        uow.record(Posting, subject_id).paper_id = record.id
    uow.name_step("paper.issue", record, undoable=False)
    uow.session.flush()
    return IssuedPaper(record.id, kind, text, made.title, record.sha256, pdf, made.warnings)


def standing(uow: UnitOfWork, kind: PaperKind, subject_id: UUID | None, make: Redraft) -> Standing:
    """The newest frozen paper about something, and whether it still says what would be drafted for its day."""
    uow.require(Permission.READ)
    found = papers(uow, PaperQuery(subject_id=subject_id, kind=kind))[:1]
    if subject_id is None or not found:
        return Standing(None, changed=False)
    (kept,) = found
    record = uow.record(OfficePaper, kept.id)
    again = make(kept.issued_on)
    same = to_json(_numbered(again.content, kept.number or None, draft=False)) == record.content
    return Standing(kept, changed=not same)


def next_number(uow: UnitOfWork, kind: PaperKind, on: date) -> str:
    """The number the next paper of this kind will get, such as "46/QĐ-UBND"; empty for papers without a number."""
    symbol = _symbol(uow, kind, on)
    if not symbol:
        return ""
    record = _series(uow, symbol, on.year)
    return f"{counted((record.last if record else 0) + 1)}/{symbol}"


def papers(uow: UnitOfWork, query: PaperQuery) -> list[PaperRow]:
    """Issued papers, newest first."""
    uow.require(Permission.READ)
    statement = select(OfficePaper).order_by(OfficePaper.issued_on.desc(), OfficePaper.id.desc())
    for column, wanted in (
        (OfficePaper.campaign_id, query.campaign_id),
        (OfficePaper.household_id, query.household_id),
        (OfficePaper.subject_id, query.subject_id),
        (OfficePaper.kind, query.kind.value if query.kind else None),
        (OfficePaper.year, query.year),
    ):
        if wanted is not None:
            statement = statement.where(column == wanted)
    return [
        PaperRow(
            id=row.id,
            kind=PaperKind(row.kind),
            number=row.series if row.number is None else f"{counted(row.number)}/{row.series}",
            title=row.title,
            issued_on=row.issued_on,
            campaign_id=row.campaign_id,
            household_id=row.household_id,
            subject_id=row.subject_id,
        )
        for row in uow.session.scalars(statement)
    ]


def pdf(uow: UnitOfWork, paper_id: UUID) -> bytes:
    """The frozen paper, checked against its hash."""
    uow.require(Permission.READ)
    record = uow.record(OfficePaper, paper_id)
    if hashlib.sha256(record.pdf).hexdigest() != record.sha256:
        raise NotFoundError(_("The stored paper is damaged: it does not match its own hash. Take it from a backup."))
    return record.pdf


def content(uow: UnitOfWork, paper_id: UUID) -> PaperContent:
    """What an issued paper was drawn from."""
    uow.require(Permission.READ)
    record = uow.record(OfficePaper, paper_id)
    found: PaperContent = from_json(CONTENTS[PaperKind(record.kind)], record.content)
    return found


def _make(uow: UnitOfWork, kind: PaperKind, subject_id: UUID, on: date, signatory_id: UUID | None) -> PaperDraft[Any]:
    return MAKERS[kind](uow, subject_id, on, signatory_id)


def _marked(made: PaperDraft[Any]) -> bool:
    """Whether the draft shows its mark: slips without one never do."""
    draft: bool = made.content.head.draft
    return draft


def _numbered(made: Any, number: str | None, *, draft: bool) -> Any:  # noqa: ANN401 - each kind has its own content
    """The content with its number in the head and wherever the wording names it."""
    head = replace(made.head, number=number, draft=draft)
    shown = head.number_line.removeprefix("Số: ")
    return replace(made, head=head, wording=filled(made.wording, {"number": shown}))


def _number(uow: UnitOfWork, made: PaperDraft[Any], year: int, typed: int | None) -> tuple[int | None, str, str]:
    """Number, series and text: from the record the paper belongs to, typed, or the next of the series."""
    symbol: str = made.content.head.symbol
    if made.number is not None:
        _refuse_second(uow, made)
        match = _NUMBER.fullmatch(made.number)
        if match is None:  # a number of the office's own kind stays outside the series
            return None, made.number, made.number
        taken, series = int(match[1]), match[2] or symbol
        _use(uow, series, year, taken)
        return taken, series, made.number
    if not symbol:
        return None, "", ""
    record = _series(uow, symbol, year)
    taken = typed if typed is not None else (record.last if record else 0) + 1
    if taken < 1:
        raise ValidationError([Problem("number", _("A number is 1 or more."))])
    _use(uow, symbol, year, taken)
    return taken, symbol, f"{counted(taken)}/{symbol}"


def _refuse_second(uow: UnitOfWork, made: PaperDraft[Any]) -> None:
    """A paper that takes its number from a record is issued once."""
    issued = select(OfficePaper.issued_on).where(
        OfficePaper.kind == made.kind.value, OfficePaper.subject_id == made.subject_id
    )
    on = uow.session.scalars(issued).first()
    if on is not None:
        message = _("{number} was issued on {date} already; print the frozen paper.")
        raise ValidationError([Problem("number", message.format(number=made.number, date=format_date(on)))])


def _use(uow: UnitOfWork, series: str, year: int, number: int) -> None:
    """Take a number out of its series; one that is on a paper already is refused."""
    used = select(OfficePaper.id).where(
        OfficePaper.series == series, OfficePaper.year == year, OfficePaper.number == number
    )
    if uow.session.scalars(used).first() is not None:
        message = _("Number {number} of {year} is given out already; numbers are used once.")
        raise ValidationError([Problem("number", message.format(number=f"{counted(number)}/{series}", year=year))])
    record = _series(uow, series, year)
    if record is None:
        record = NumberSeries(kind=series, year=year, last=0)
        uow.add(record)
    record.last = max(record.last, number)


def _series(uow: UnitOfWork, symbol: str, year: int) -> NumberSeries | None:
    return uow.session.scalars(
        select(NumberSeries).where(NumberSeries.kind == symbol, NumberSeries.year == year)
    ).first()


def _symbol(uow: UnitOfWork, kind: PaperKind, on: date) -> str:
    symbol: str = templates.letter(uow, kind.value, on).wording.symbol
    return symbol
