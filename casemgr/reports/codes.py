"""QR codes as one filled path, in a box of fixed size that leaves room for a longer, signed text."""

import segno

from casemgr.reports.fonts import MM
from casemgr.reports.pen import Pen

QUIET = 4
"""White modules around the code, as the standard asks."""

_MASK = 3  # choosing the best of eight masks costs five times as much and reads no better


def qr_path(text: str) -> tuple[int, str]:
    """The number of modules of a side, quiet zone included, and the dark modules as a path from the top left corner."""
    matrix = segno.make(text, error="m", micro=False, boost_error=False, mask=_MASK).matrix
    runs: list[str] = []
    for row, modules in enumerate(matrix, QUIET):
        start = modules.find(1)
        while start >= 0:
            end = modules.find(0, start)
            if end < 0:
                end = len(modules)
            runs.append(f"{start + QUIET} {row} {end - start} 1 re")
            start = modules.find(1, end)
    return len(matrix) + 2 * QUIET, "\n".join(runs)


def draw_qr(pen: Pen, x: float, y: float, side: float, text: str) -> None:
    """Draw the code into the square whose top left corner is (x, y)."""
    modules, path = qr_path(text)
    unit = side / modules * MM
    left, top = pen.corner(x, y)
    pen.canvas.addLiteral(f"q {unit:.4f} 0 0 {-unit:.4f} {left:.2f} {top:.2f} cm\n{path}\nf Q")
