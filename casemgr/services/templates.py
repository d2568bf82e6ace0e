"""Use cases of the wording of papers: which version holds on a day, and the office's own versions."""

from dataclasses import fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from casemgr.domain.paper_templates import (
    LetterTemplate,
    own_letter,
    paper_key,
    shape_problems,
    shipped_letters,
    wording_to_json,
)
from casemgr.domain.permissions import Permission
from casemgr.domain.templates import OWN, PaperTemplate, body_to_json, own_template, shipped, shipped_key
from casemgr.domain.text import clean
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.models import Template
from casemgr.persistence.uow import UnitOfWork


def versions(uow: UnitOfWork, key: str) -> list[PaperTemplate]:
    """The wording of a paper in all its versions, shipped ones first, each kind from the oldest to the newest."""
    rows = uow.session.scalars(select(Template).where(Template.key == shipped_key(key)).order_by(Template.number))
    own = [own_template(row.number, row.title, date.fromisoformat(row.valid_from), row.body) for row in rows]
    return [*shipped(key), *own]


def current(uow: UnitOfWork, key: str, on: date) -> PaperTemplate:
    """The wording for a paper of that day: the office's newest in force, else the shipped one, else the nearest."""
    everything = versions(uow, key)
    fitting = [version for version in everything if version.in_force(on)]
    if fitting:
        return fitting[-1]
    started = [version for version in everything if version.valid_from <= on]
    return started[-1] if started else everything[0]


def by_id(uow: UnitOfWork, key: str, template_id: str) -> PaperTemplate:
    """The version a paper was made with."""
    for version in versions(uow, key):
        if version.id == template_id:
            return version
    raise NotFoundError(_("The wording “{name}” is not in this file.").format(name=template_id))


def notice(template: PaperTemplate | LetterTemplate[Any], on: date) -> str | None:
    """What a person must know before printing with this wording on that day; None when there is nothing."""
    if not template.in_force(on):
        return _(
            "The wording “{title}” is not meant for papers of {date}. Compare it with the form now in force and save "
            "your own version under Settings."
        ).format(title=template.title, date=format_date(on))
    if any(mark.sure != "V" for mark in template.marks):
        return _(
            "Parts of the wording “{title}” could not be compared with the official form. Check them and save your "
            "own version under Settings."
        ).format(title=template.title)
    return None


def save_version(uow: UnitOfWork, key: str, template: PaperTemplate, *, title: str, valid_from: date) -> str:
    """Keep the office's own version; papers already issued keep theirs. Gives the new version's id."""
    uow.require(Permission.SETTINGS)
    shipped_key(key)
    problems = _problems(template, title)
    if problems:
        raise ValidationError(problems)
    last = uow.session.execute(select(func.max(Template.number)).where(Template.key == key)).scalar() or 0
    record = Template(
        key=key,
        number=last + 1,
        title=clean(title),
        body=body_to_json(replace(template, marks=())),
        valid_from=valid_from.isoformat(),
        based_on=_own_id(uow, key, template),
    )
    uow.add(record)
    uow.name_step("template.save", record)
    return f"{OWN}-{record.number}"


def _problems(template: PaperTemplate, title: str) -> list[Problem]:
    wording = template.wording
    checks = (
        ("title", not clean(title), _("Give this version a name.")),
        ("wording.title", not clean(wording.title), _("Write the title of the paper.")),
        ("wording.basis", not any(map(clean, wording.basis)), _("Write at least one line of legal basis.")),
        ("wording.certify", not clean(wording.certify), _("Write the sentence that certifies.")),
        ("slots", not 1 <= template.slots <= 4, _("A paper has room for one to four years.")),
        ("member_rows", not 1 <= template.member_rows <= 11, _("Choose 1 to 11 rows for members.")),
        (
            "wording.indicators",
            len(template.indicator_codes) != len(wording.indicators) or not wording.indicators,
            _("The list of indicators must keep its length: it belongs to the poverty standard."),
        ),
    )
    return [Problem(field, message) for field, wrong, message in checks if wrong]


def letter_versions(uow: UnitOfWork, key: str) -> list[LetterTemplate[Any]]:
    """The wording of a paper other than the certificate in all its versions, in the order of `versions`."""
    rows = uow.session.scalars(select(Template).where(Template.key == paper_key(key)).order_by(Template.number))
    own = [own_letter(key, row.number, row.title, date.fromisoformat(row.valid_from), row.body) for row in rows]
    return [*shipped_letters(key), *own]


def letter(uow: UnitOfWork, key: str, on: date) -> LetterTemplate[Any]:
    """The wording for such a paper of that day, chosen like the certificate's."""
    everything = letter_versions(uow, key)
    fitting = [version for version in everything if version.in_force(on)]
    if fitting:
        return fitting[-1]
    started = [version for version in everything if version.valid_from <= on]
    return started[-1] if started else everything[0]


def save_letter(uow: UnitOfWork, key: str, template: LetterTemplate[Any], *, title: str, valid_from: date) -> str:
    """Keep the office's own version of such a paper; papers already issued keep theirs. Gives the new version's id."""
    uow.require(Permission.SETTINGS)
    wording = template.wording
    problems = [] if clean(title) else [Problem("title", _("Give this version a name."))]
    problems += shape_problems(paper_key(key), wording)
    named = {field.name for field in fields(wording)}
    if not any(clean(getattr(wording, name)) for name in ("title", "subject") if name in named):
        problems.append(Problem("wording.title", _("Write the title of the paper.")))
    if problems:
        raise ValidationError(problems)
    last = uow.session.execute(select(func.max(Template.number)).where(Template.key == key)).scalar() or 0
    record = Template(
        key=key,
        number=last + 1,
        title=clean(title),
        body=wording_to_json(wording),
        valid_from=valid_from.isoformat(),
        based_on=_own_id(uow, key, template),
    )
    uow.add(record)
    uow.name_step("template.save", record)
    return f"{OWN}-{record.number}"


def _own_id(uow: UnitOfWork, key: str, template: PaperTemplate | LetterTemplate[Any]) -> UUID | None:
    if not template.own:
        return None
    number = int(template.id.removeprefix(f"{OWN}-"))
    return uow.session.scalars(select(Template.id).where(Template.key == key, Template.number == number)).first()
