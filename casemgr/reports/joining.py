"""Several frozen papers as one file for the printer."""

from collections.abc import Sequence
from io import BytesIO


def join(papers: Sequence[bytes]) -> bytes:
    """The papers one after another; each begins on a fresh sheet when both sides are printed."""
    import pikepdf

    whole = pikepdf.new()
    parts = [pikepdf.open(BytesIO(paper)) for paper in papers]  # they must stay open until the whole is written
    for part in parts:
        whole.pages.extend(part.pages)
        if len(part.pages) % 2:
            box = part.pages[0].mediabox
            whole.add_blank_page(page_size=(float(box[2]) - float(box[0]), float(box[3]) - float(box[1])))
    made = BytesIO()
    whole.save(made)
    for part in parts:
        part.close()
    return made.getvalue()
