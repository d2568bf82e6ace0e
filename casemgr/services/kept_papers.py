"""Papers of support as pages ask for them: looked at as a draft, or as they were frozen while nothing has changed."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.paper_kinds import PaperKind
from casemgr.domain.permissions import Permission
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import frozen_lists, office_papers
from casemgr.services.office_papers import IssuedPaper, Render, Standing
from casemgr.services.paper_makers import MAKERS
from casemgr.services.paper_words import PaperDraft


@dataclass(frozen=True)
class Asked:
    """Which paper: its kind and what it is about."""

    kind: PaperKind
    ids: tuple[UUID, ...]
    """The loans of a list 03/TD, else the one subject; none for the list of cards."""
    from_on: date | None = None
    to_on: date | None = None
    """The period of the list of cards."""


@dataclass(frozen=True)
class Look:
    """What a page shows: the draft of the day and the frozen paper there is."""

    draft: PaperDraft[Any]
    standing: Standing


def draft(uow: UnitOfWork, asked: Asked, on: date, signatory_id: UUID | None = None) -> PaperDraft[Any]:
    """The paper as it would be issued that day."""
    if asked.kind is PaperKind.LOAN_LIST:
        return frozen_lists.loan_list(uow, asked.ids, on, signatory_id)
    if asked.kind is PaperKind.INSURANCE_LIST and asked.from_on and asked.to_on:
        return frozen_lists.insurance_list(uow, asked.from_on, asked.to_on, on, signatory_id)
    return MAKERS[asked.kind](uow, asked.ids[0], on, signatory_id)


def look(uow: UnitOfWork, asked: Asked, on: date) -> Look:
    """The draft, numbered with dots, and the newest frozen paper about the same."""
    uow.require(Permission.READ)
    made = draft(uow, asked, on)
    found = office_papers.standing(uow, asked.kind, made.subject_id, lambda day: draft(uow, asked, day))
    return Look(made, found)


def issue(uow: UnitOfWork, asked: Asked, on: date, *, number: int | None = None, render: Render) -> IssuedPaper:
    """Number the paper where it has a number, and freeze it."""
    uow.require(Permission.ISSUE)
    return office_papers.issue_draft(uow, draft(uow, asked, on), on, number=number, render=render)
