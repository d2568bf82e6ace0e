"""The papers of sponsoring: the receipt with thanks for what was given, and the promise to be signed (C25)."""

from casemgr.domain.community_papers import SponsorPromiseContent, SponsorReceiptContent
from casemgr.domain.papers import Signing
from casemgr.reports.letters import body, field_strip, head_strip, mark_of, new_paper, signatures, title_strips
from casemgr.reports.strips import PORTRAIT, Frame, Strip, pour


def render_sponsor_receipt(content: SponsorReceiptContent) -> bytes:
    """The receipt on one page."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += _facts(frame, wording.fields, content.values)
    strips += body(frame, wording.closing, keep=True, gap=5)
    strips.append(signatures(frame, _signing(wording.signers, content.names, wording.sign_hint), gap=7))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def render_sponsor_promise(content: SponsorPromiseContent) -> bytes:
    """The promise, to be signed by sponsor, household and committee."""
    wording, frame = content.wording, PORTRAIT
    paper = new_paper(content.head, wording.title)
    strips: list[Strip] = [head_strip(frame, content.head), *title_strips(frame, wording.title, wording.subject)]
    strips += body(frame, wording.opening, gap=6)
    strips += _facts(frame, wording.fields, content.values)
    strips += body(frame, wording.body, keep=True, gap=4)
    strips.append(signatures(frame, _signing(wording.signers, content.names, wording.sign_hint), gap=7))
    pour(paper, frame, strips, mark=mark_of(content.head))
    return paper.finish()


def _facts(frame: Frame, labels: tuple[str, ...], values: tuple[str, ...]) -> list[Strip]:
    lines = list(zip(labels, values, strict=True))
    return [field_strip(frame, [line], gap=5 if number == 0 else 2) for number, line in enumerate(lines)]


def _signing(titles: tuple[str, ...], names: tuple[str, ...], hint: str) -> list[Signing]:
    known = [*names, *("" for _title in titles)]
    return [Signing((title,), name, hint) for title, name in zip(titles, known, strict=False)]
