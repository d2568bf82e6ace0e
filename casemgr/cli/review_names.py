"""What commands on a review share: their options, and what their words mean."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

import click
from sqlalchemy import select

from casemgr.cli import print_json
from casemgr.domain.reviews import CampaignKind
from casemgr.domain.text import fold
from casemgr.errors import NotFoundError
from casemgr.i18n import N_, _
from casemgr.persistence.models import Campaign, ReviewCase
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import campaigns, households, offices

_F = TypeVar("_F", bound=Callable[..., Any])

DAY = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])

as_json_option = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON."))
review_option = click.option(
    "--campaign", default="", help=N_("Title, year or id of the review; the one to work on when not given.")
)


def day_option(name: str, text: str) -> Callable[[_F], _F]:
    """An option for a day; `text` says what happens without it."""
    return click.option(name, "on", type=DAY, metavar="DATE", help=text)


def day_of(moment: datetime | None) -> date | None:
    """The day of an option."""
    return moment.date() if moment else None


def print_result(plain: object, text: str, as_json: bool) -> None:
    """The outcome, for a program or for a person."""
    if as_json:
        print_json(plain)
    elif text:
        click.echo(text)


def review_of(uow: UnitOfWork, text: str) -> UUID:
    """The review meant by its id, its title or its year; without words the one to work on."""
    if not text:
        found = campaigns.current(uow)
        if found is None:
            raise NotFoundError(_("There is no review in this file. Open one first."))
        return found
    records = uow.session.scalars(select(Campaign).order_by(Campaign.opened_on.desc(), Campaign.id.desc())).all()
    wanted = fold(text)
    fits = [one for one in records if wanted in (str(one.id), fold(one.title))]
    if not fits and text.isdigit():
        fits = [one for one in records if str(one.year) == text and one.kind == CampaignKind.PERIODIC]
    if len(fits) != 1:
        known = ", ".join(f"{one.title} ({one.id})" for one in records)
        raise NotFoundError(
            _("No review, or more than one, is “{text}”. Known: {known}.").format(text=text, known=known)
        )
    return fits[0].id


def case_of(uow: UnitOfWork, review: UUID, code: str) -> UUID:
    """The case of the household with this code in a review."""
    household = households.by_code(uow, code)
    statement = select(ReviewCase.id).where(ReviewCase.campaign_id == review, ReviewCase.household_id == household)
    found = uow.session.scalars(statement).first()
    if found is None:
        raise NotFoundError(_("{code} is not in this review.").format(code=code))
    return found


def hamlet_of(uow: UnitOfWork, name: str) -> UUID:
    """The hamlet of that name."""
    found = offices.find_hamlet(uow, name)
    if found is None:
        raise NotFoundError(
            _("There is no hamlet {name}, or more than one; see `casemgr office show`.").format(name=name)
        )
    return found


def signatory_of(uow: UnitOfWork, name: str) -> UUID:
    """The signatory of that name."""
    for view in offices.signatories(uow, active_only=True):
        if fold(view.data.name) == fold(name):
            return view.id
    raise NotFoundError(_("Nobody called {name} signs papers here.").format(name=name))


def today(uow: UnitOfWork) -> date:
    """The office's day."""
    return uow.today
