"""Adds up B1 from the answers to a loaded point table."""

from collections.abc import Mapping
from typing import Final

from casemgr.domain.pack_parts import ScoreItem, ScoreTable
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _

FLAG: Final = "flag"
COUNT_BAND: Final = "count_band"


def score_points(table: ScoreTable, zone: str, answers: Mapping[str, int]) -> int:
    """The points of a household in a zone; `answers` says 1 (or a count) for every line that holds.

    Lines of a group exclude each other unless they are flags; what is unknown or contradicts itself is refused.
    """
    problems = []
    if not table.loaded:
        problems.append(Problem("b1", _("No point table is loaded: copy the total B1 from the paper sheet.")))
    elif zone not in table.zones:
        known = ", ".join(table.zones)
        problems.append(
            Problem("zone", _("Choose the zone of the point table in the settings ({zones}).").format(zones=known))
        )
    items = {item.code: item for item in table.items}
    chosen: dict[str, ScoreItem] = {}
    total = 0
    for code, answer in answers.items():
        item = items.get(code)
        if item is None:
            problems.append(Problem(code, _("The point table has no line {code}.").format(code=code)))
            continue
        if answer < 0 or (answer > 1 and item.kind != COUNT_BAND):
            problems.append(Problem(code, _("Line {code}: answer 0 or 1.").format(code=code)))
            continue
        if not answer:
            continue
        if item.kind != FLAG:
            other = chosen.setdefault(item.group, item)
            if other is not item:
                problems.append(
                    Problem(
                        code,
                        _("Lines {first} and {second} exclude each other: choose one.").format(
                            first=other.code, second=code
                        ),
                    )
                )
                continue
        total += item.points.get(zone, 0)
    if problems:
        raise ValidationError(problems)
    return total
