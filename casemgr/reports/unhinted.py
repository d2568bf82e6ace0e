"""A TrueType font without its screen hints: paper does not use them, and they are half of every frozen PDF."""

import struct
from collections.abc import Iterator, Mapping
from itertools import pairwise

_HINTS = frozenset({b"cvt ", b"fpgm", b"prep", b"gasp", b"hdmx", b"VDMX", b"LTSH"})

# Flags of a component of a composite glyph.
_WORDS = 0x0001
_SCALE = 0x0008
_MORE = 0x0020
_TWO_SCALES = 0x0040
_FOUR_SCALES = 0x0080
_INSTRUCTIONS = 0x0100


def without_hints(font: bytes) -> bytes:
    """The same font, same outlines and widths, without instructions."""
    tables = {tag: data for tag, data in _tables(font) if tag not in _HINTS}
    long_offsets = struct.unpack_from(">h", tables[b"head"], 50)[0] == 1
    offsets = _offsets(tables[b"loca"], long_offsets=long_offsets)
    glyphs, starts = bytearray(), [0]
    for start, end in pairwise(offsets):
        glyph = _plain(tables[b"glyf"][start:end])
        glyphs += glyph + bytes(-len(glyph) % 4)
        starts.append(len(glyphs))
    tables[b"glyf"] = bytes(glyphs)
    tables[b"loca"] = struct.pack(f">{len(starts)}L", *starts)
    head = bytearray(tables[b"head"])
    struct.pack_into(">h", head, 50, 1)
    tables[b"head"] = bytes(head)
    return _file(font[:4], tables)


def _tables(font: bytes) -> Iterator[tuple[bytes, bytes]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for index in range(count):
        tag, _checksum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        yield tag, font[offset : offset + length]


def _offsets(loca: bytes, *, long_offsets: bool) -> list[int]:
    if long_offsets:
        return list(struct.unpack(f">{len(loca) // 4}L", loca))
    return [2 * half for half in struct.unpack(f">{len(loca) // 2}H", loca)]


def _plain(glyph: bytes) -> bytes:
    if not glyph:
        return glyph
    (contours,) = struct.unpack_from(">h", glyph)
    if contours < 0:
        return _plain_composite(glyph)
    place = 10 + 2 * contours
    (length,) = struct.unpack_from(">H", glyph, place)
    return glyph[:place] + b"\0\0" + glyph[place + 2 + length :]


def _plain_composite(glyph: bytes) -> bytes:
    plain = bytearray(glyph)
    place, flags = 10, _MORE
    while flags & _MORE:
        (flags,) = struct.unpack_from(">H", plain, place)
        struct.pack_into(">H", plain, place, flags & ~_INSTRUCTIONS)
        place += 8 if flags & _WORDS else 6
        if flags & _SCALE:
            place += 2
        elif flags & _TWO_SCALES:
            place += 4
        elif flags & _FOUR_SCALES:
            place += 8
    return bytes(plain[:place])


def _file(version: bytes, tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = version + struct.pack(">4H", count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    directory, body, place = bytearray(), bytearray(), 12 + 16 * count
    for tag, data in sorted(tables.items()):
        padded = data + bytes(-len(data) % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
        directory += struct.pack(">4sLLL", tag, checksum, place + len(body), len(data))
        body += padded
    return header + bytes(directory) + bytes(body)
