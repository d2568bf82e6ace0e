"""Reads a PDF back: its text, its fonts, and what a scanner would see."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page as PDFium reads it, lines joined by blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = []
        for page in document:
            words = page.get_textpage()
            texts.append(re.sub(r"\s+", " ", words.get_text_range()).strip())
            words.close()
            page.close()
        return texts
    finally:
        document.close()


def text_by_poppler(pdf: bytes, folder: Path) -> str:
    """The text as another reader sees it, in the order of the page."""
    file = folder / "giay.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, check=True, encoding="utf-8")
    return re.sub(r"\s+", " ", done.stdout)


def raster(pdf: bytes, page: int, *, dpi: int = 100) -> Image.Image:
    """A page as the printer gets it, in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        drawn = document[page]
        image = drawn.render(scale=dpi / 72, grayscale=True).to_pil()
        drawn.close()
        return image
    finally:
        document.close()


def ink_box(image: Image.Image, *, dpi: int) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of everything dark, in millimetres from the upper left corner."""
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = (value * 25.4 / dpi for value in box)
    return left, top, right, bottom


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font named anywhere in the file, and whether its program is embedded."""
    found: dict[str, bool] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        for thing in document.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font":
                descriptor = thing.get("/FontDescriptor")
                found[str(thing["/BaseFont"])] = descriptor is not None and "/FontFile2" in descriptor
    return found


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres."""
    with pikepdf.open(BytesIO(pdf)) as document:
        return [
            (round(float(page.mediabox[2]) * 25.4 / 72, 1), round(float(page.mediabox[3]) * 25.4 / 72, 1))
            for page in document.pages
        ]
