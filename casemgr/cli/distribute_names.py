"""How the command line names households, goods and pay-out lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from casemgr.domain.money import read_money
from casemgr.domain.support import GoodsLine
from casemgr.domain.text import clean, fold
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _

if TYPE_CHECKING:
    from casemgr.services.households import HouseholdQuery
    from casemgr.workspace import Workspace


def households_of(
    workspace: "Workspace", codes: Path | None, hamlets: Sequence[str], classes: Sequence[str]
) -> "HouseholdQuery | list[UUID]":
    """The households of a list file in its order, or those of hamlets and classes; every unknown name is told."""
    from casemgr.services import households, offices
    from casemgr.services.households import HouseholdQuery

    problems: list[Problem] = []
    if codes is not None:
        found: list[UUID] = []
        for place, line in enumerate(_lines(codes), 1):
            if not line:
                continue
            try:
                found.append(workspace.read(households.by_code, line))
            except NotFoundError as error:
                told = _("Line {row}: {text}").format(row=place, text=str(error))
                problems.append(Problem(f"{codes.name}:{place}", told))
        if problems:
            raise ValidationError(problems)
        return list(dict.fromkeys(found))
    ids = []
    for name in hamlets:
        hamlet = workspace.read(offices.find_hamlet, name)
        if hamlet is None:
            problems.append(Problem("hamlet", _("There is no hamlet called {name}.").format(name=name)))
        else:
            ids.append(hamlet)
    if problems:
        raise ValidationError(problems)
    return HouseholdQuery(hamlets=tuple(ids), classes=tuple(classes))


def goods_line(text: str) -> GoodsLine:
    """One kind of goods: name;quantity;measure;price;specification;brand;maker."""
    parts = [*(clean(part) for part in text.split(";")), *([""] * 7)]
    name, quantity, measure, price, specification, brand, maker = parts[:7]
    if not name or not quantity.isdecimal():
        told = _("“{text}” names no goods: write name;quantity, then measure, price and the rest.")
        raise ValidationError([Problem("goods", told.format(text=text))])
    reading = read_money(price)
    if reading.rejected:
        raise ValidationError([Problem("goods", _("The price “{text}” cannot be read.").format(text=price))])
    return GoodsLine(name, int(quantity), measure, specification, brand, maker, reading.value or 0)


def found_distribution(workspace: "Workspace", which: str) -> UUID:
    """The pay-out list of this id or title."""
    from casemgr.services import distributions

    rows = workspace.read(distributions.find)
    same = [row.id for row in rows if which.lower() == str(row.id) or fold(which) == fold(row.title)]
    if len(same) == 1:
        return same[0]
    if same:
        raise NotFoundError(_("Several lists are called “{name}”; use the id.").format(name=which))
    raise NotFoundError(_("There is no list “{name}”.").format(name=which))


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = _("{file} is no text file this program can read.").format(file=path.name)
        raise ValidationError([Problem("households", message)]) from error
    return [clean(line) for line in text.splitlines()]
