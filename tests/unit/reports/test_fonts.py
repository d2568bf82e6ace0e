"""The shipped faces: every Vietnamese letter, and the same outlines without screen hints."""

import struct
from io import BytesIO
from unicodedata import normalize

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFont
from reportlab.pdfbase.ttfonts import TTFontFile

from casemgr.assets import resource
from casemgr.reports.certificate import render_certificate
from casemgr.reports.unhinted import without_hints
from tests.support.papers import content

FACES = ("Regular", "Bold", "Italic", "BoldItalic")
BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = sorted({normalize("NFC", base + tone) for base in BASES + BASES.upper() for tone in TONES} | {"đ", "Đ"})


def original(face: str) -> bytes:
    return resource("fonts", f"LiberationSerif-{face}.ttf").read_bytes()


@pytest.mark.parametrize("face", FACES)
def test_letters_and_widths_are_all_there_and_hints_are_not(face: str) -> None:
    full, plain = (TTFontFile(BytesIO(data)) for data in (original(face), without_hints(original(face))))
    assert len(LETTERS) == 146
    assert all(ord(letter) in plain.charToGlyph for letter in LETTERS)
    assert plain.charWidths == full.charWidths
    assert plain.charToGlyph == full.charToGlyph
    assert not {"cvt ", "fpgm", "prep"} & plain.table.keys()


@pytest.mark.parametrize("face", FACES)
def test_outlines_are_unchanged(face: str) -> None:
    words = "Nguyễn Thị Ngưỡng ẤẨỄỆỘỠỨỰĐ 0123456789"

    def drawn(data: bytes) -> Image.Image:
        font = ImageFont.truetype(BytesIO(data), 300)
        image = Image.new("L", (7000, 500))
        ImageDraw.Draw(image).text((10, 10), words, font=font, fill=255)
        return image

    hinted, plain = drawn(original(face)), drawn(without_hints(original(face)))
    ink, difference = hinted.histogram(), ImageChops.difference(hinted, plain).histogram()
    assert sum(difference[200:]) < 0.01 * sum(ink[128:])  # hints move edges by a part of a point, outlines by many
    assert sum(ink[128:]) > 100_000


@pytest.mark.parametrize("face", FACES)
def test_the_file_is_well_formed(face: str) -> None:
    data = without_hints(original(face))
    (count,) = struct.unpack_from(">H", data, 4)
    tags = []
    for index in range(count):
        tag, checksum, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * index)
        body = data[offset : offset + length] + bytes(-length % 4)
        assert sum(struct.unpack(f">{len(body) // 4}L", body)) & 0xFFFFFFFF == checksum
        assert offset % 4 == 0
        tags.append(tag)
    assert tags == sorted(tags)


def test_a_frozen_paper_stays_small() -> None:
    assert len(render_certificate(content())) < 42_000
