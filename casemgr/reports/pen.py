"""Drawing in millimetres from the top left corner of the page, the way a form is measured with a ruler."""

from collections.abc import Iterable

from reportlab.pdfgen.canvas import Canvas

from casemgr.reports.fitting import Fitted, wrap
from casemgr.reports.fonts import MM, Face, encoded, nfc, width

POINT = 1 / MM
"""Millimetres in a point."""

HAIR = 0.5
"""Width of table and box lines, in points."""


class Pen:
    """A pen over one page; every text it writes is NFC and drawn as it is, never as markup."""

    def __init__(self, canvas: Canvas, page_height: float) -> None:
        self.canvas = canvas
        self._document = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - fonts ask for it, ReportLab has no other name
        self._top = page_height * MM

    def _y(self, y: float) -> float:
        return self._top - y * MM

    def corner(self, x: float, y: float) -> tuple[float, float]:
        """The place in points as PDF counts them, from the bottom left."""
        return x * MM, self._y(y)

    def text(self, x: float, y: float, text: str, face: Face, size: float, *, spread: float = 0) -> None:
        """Write from `x` on the baseline `y`; `spread` widens every space, in millimetres."""
        shown = "".join(encoded(nfc(text), face, size, self._document))
        spacing, ended = (f"{spread * MM:.3f} Tw ", " 0 Tw") if spread else ("", "")
        self.canvas.addLiteral(f"BT {x * MM:.2f} {self._y(y):.2f} Td {spacing}{shown}{ended} ET")

    def centred(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Write with the middle at `x`."""
        text = nfc(text)
        self.text(x - width(text, face, size) / 2, y, text, face, size)

    def right(self, x: float, y: float, text: str, face: Face, size: float) -> None:
        """Write so that the text ends at `x`."""
        text = nfc(text)
        self.text(x - width(text, face, size), y, text, face, size)

    def lines(
        self, x: float, y: float, fitted: Fitted, face: Face, *, leading: float = 1.18, centred: bool = False
    ) -> float:
        """Write fitted lines downwards from the baseline `y`; gives the last baseline."""
        for number, line in enumerate(fitted.lines):
            baseline = y + number * fitted.size * leading * POINT
            (self.centred if centred else self.text)(x, baseline, line, face, fitted.size)
        return y + (len(fitted.lines) - 1) * fitted.size * leading * POINT

    def paragraph(
        self,
        x: float,
        y: float,
        text: str,
        face: Face,
        size: float,
        *,
        room: float,
        indent: float = 0,
        leading: float = 1.2,
    ) -> float:
        """Write a justified paragraph, first line indented; gives the last baseline."""
        lines = wrap(text, face, size, room, first=indent)
        for number, line in enumerate(lines):
            start = indent if number == 0 else 0
            spaces = line.count(" ")
            last = number == len(lines) - 1
            spread = 0 if last or not spaces else (room - start - width(line, face, size)) / spaces
            self.text(x + start, y + number * size * leading * POINT, line, face, size, spread=spread)
        return y + (len(lines) - 1) * size * leading * POINT

    def rule(self, x1: float, x2: float, y: float, *, weight: float = HAIR) -> None:
        """Draw a level line."""
        self._stroke(f"{x1 * MM:.2f} {self._y(y):.2f} m {x2 * MM:.2f} {self._y(y):.2f} l", weight)

    def post(self, x: float, y1: float, y2: float, *, weight: float = HAIR) -> None:
        """Draw an upright line."""
        self._stroke(f"{x * MM:.2f} {self._y(y1):.2f} m {x * MM:.2f} {self._y(y2):.2f} l", weight)

    def dots(self, x1: float, x2: float, y: float) -> None:
        """Draw a dotted line to write on, just below the baseline `y`."""
        if x2 > x1:
            path = f"{x1 * MM:.2f} {self._y(y + 0.7):.2f} m {x2 * MM:.2f} {self._y(y + 0.7):.2f} l"
            self.canvas.addLiteral(f"q 0.7 w 1 J [0 2.2] 0 d {path} S Q")

    def frame(self, x: float, y: float, wide: float, high: float, *, weight: float = HAIR) -> None:
        """Draw the outline of a box whose top left corner is (x, y)."""
        self._stroke(f"{x * MM:.2f} {self._y(y + high):.2f} {wide * MM:.2f} {high * MM:.2f} re", weight)

    def frames(self, boxes: Iterable[tuple[float, float, float, float]], *, weight: float = HAIR) -> None:
        """Draw many boxes at once."""
        path = " ".join(f"{x * MM:.2f} {self._y(y + h):.2f} {w * MM:.2f} {h * MM:.2f} re" for x, y, w, h in boxes)
        self._stroke(path, weight)

    def cross(self, x: float, y: float, side: float, *, weight: float = 1.4) -> None:
        """Mark a square box with a cross drawn as a shape: no font here has a tick."""
        gap = side * 0.2
        left, right = (x + gap) * MM, (x + side - gap) * MM
        top, bottom = self._y(y + gap), self._y(y + side - gap)
        path = f"{left:.2f} {top:.2f} m {right:.2f} {bottom:.2f} l {left:.2f} {bottom:.2f} m {right:.2f} {top:.2f} l"
        self.canvas.addLiteral(f"q {weight} w 1 J {path} S Q")

    def _stroke(self, path: str, weight: float) -> None:
        self.canvas.addLiteral(f"q {weight} w {path} S Q")
