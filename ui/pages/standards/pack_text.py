"""A standard as one readable text: statements in a table, how sure each is, and what to check."""

from collections.abc import Iterator, Sequence
from html import escape

from ui.pages.standards.parts import Line, Part
from ui.theme import theme
from ui.tones import CERTAINTY_TONES, certainty_words


def text_of(parts: Sequence[Part], *, unsure_only: bool) -> str:
    """HTML of the parts; with `unsure_only` just what somebody has to compare, "" when there is nothing."""
    rows = "".join(_part(part, unsure_only=unsure_only) for part in parts)
    return f'<table width="100%" cellspacing="0" cellpadding="{theme().px(3)}">{rows}</table>' if rows else ""


def _part(part: Part, *, unsure_only: bool) -> str:
    lines = [line for line in part.lines if line.unsure or not unsure_only]
    if not lines:
        return ""
    look = theme()
    head = (
        f'<tr><td colspan="3" style="padding-top:{look.px(14)}px; padding-bottom:{look.px(4)}px; font-weight:600; '
        f'font-size:{look.font_px(15)}px"><a name="{part.key}"></a>{escape(part.title)}</td></tr>'
    )
    return head + "".join(_rows(lines))


def _rows(lines: Sequence[Line]) -> Iterator[str]:
    look = theme()
    soft, small = look.colour("soft").name(), look.font_px(12)
    edge = f"border-bottom:1px solid {look.colour('line').name()}"
    for line in lines:
        badge = ""
        words = certainty_words(line.certainty)
        if words:
            tone = CERTAINTY_TONES[line.certainty]
            badge = (
                f'<span style="font-size:{small}px; color:{look.colour(tone).name()}; '
                f'background-color:{look.colour(tone + "bg").name()}">&nbsp;{escape(words)}&nbsp;</span>'
            )
        note = f'<div style="font-size:{small}px; color:{soft}">{escape(line.note)}</div>' if line.note else ""
        text = escape(line.text).replace("\n", "<br>")
        yield (
            f'<tr><td width="19%" valign="top" style="color:{soft}; {edge}">{escape(line.label)}</td>'
            f'<td width="60%" valign="top" style="{edge}">{text}{note}</td>'
            f'<td width="21%" valign="top" style="{edge}">{badge}</td></tr>'
        )
