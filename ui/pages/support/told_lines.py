"""What became of pasted amounts, of people put on a list, and what stands in the way: lines above a grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final
from uuid import UUID

from casemgr.domain.distributions import RowProblem
from casemgr.i18n import _, format_number, ngettext
from ui.widgets.told import Line

if TYPE_CHECKING:
    from casemgr.errors import Problem
    from casemgr.services.distribution_adding import Added
    from ui.pages.support.pasting import Pasted

_MOST_TOLD: Final = 6


def beside_rows(problems: Iterable[Problem], keys: Sequence[UUID]) -> tuple[dict[UUID, str], list[Problem]]:
    """What stands in the way by the row it is about, and what is about no row; `keys` are the rows by place."""
    known = {str(key): key for key in keys} | {f"rows.{place}": key for place, key in enumerate(keys)}
    told: dict[UUID, list[str]] = {}
    others = []
    for one in problems:
        key = known.get(one.field)
        if key is None:
            others.append(one)
        else:
            told.setdefault(key, []).append(one.told if isinstance(one, RowProblem) else one.message)
    return {key: " ".join(dict.fromkeys(texts)) for key, texts in told.items()}, others


def row_words(count: int) -> str:
    """How many rows stand in the way."""
    words = ngettext(
        "{count} row stands in the way; what is wrong stands beside it.",
        "{count} rows stand in the way; what is wrong stands beside each.",
        count,
    )
    return words.format(count=format_number(count))


def pasted_lines(pasted: Pasted) -> list[Line]:
    """What became of pasted amounts."""
    count = len(pasted.amounts)
    words = ngettext("{count} amount taken over.", "{count} amounts taken over.", count)
    lines = [Line(words.format(count=format_number(count)), "ok" if count else "near")]
    if pasted.unread:
        message = _("Nobody on the list, or no amount: {lines}")
        lines.append(Line(message.format(lines="; ".join(pasted.unread[:_MOST_TOLD])), "near"))
    return lines


def refused_lines(messages: Sequence[str]) -> list[Line]:
    """What stands in the way, the first few."""
    lines = [Line(message) for message in messages[:_MOST_TOLD]]
    more = len(messages) - _MOST_TOLD
    if more > 0:
        words = ngettext("{count} more of this kind.", "{count} more of this kind.", more)
        lines.append(Line(words.format(count=format_number(more)), "near"))
    return lines


def added_lines(added: Added) -> list[Line]:
    """Who was put on the list, and of everybody else why not."""
    words = ngettext("{count} put on the list.", "{count} put on the list.", added.rows)
    lines = [Line(words.format(count=format_number(added.rows)), "ok" if added.rows else "near")]
    if added.already:
        words = ngettext("{count} stood on it already.", "{count} stood on it already.", added.already)
        lines.append(Line(words.format(count=format_number(added.already)), "info"))
    lines += [Line(f"{one.name} ({one.code}): {one.reason}", "near") for one in added.refused[:_MOST_TOLD]]
    more = len(added.refused) - _MOST_TOLD
    if more > 0:
        words = ngettext("{count} more of this kind.", "{count} more of this kind.", more)
        lines.append(Line(words.format(count=format_number(more)), "near"))
    if added.unknown:
        message = _("Names nobody, or more than one: {lines}")
        lines.append(Line(message.format(lines="; ".join(added.unknown[:_MOST_TOLD])), "near"))
    return lines
