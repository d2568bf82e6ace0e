"""Text tables (.csv): which encoding, which separator, which cells."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from casemgr.domain import legacy, text
from casemgr.exchange.limits import FILE_LIMIT, RefusedError

_SEPARATORS = ";\t,|"
_SAMPLE_WORDS = 2_000
_SAMPLE_LETTERS = 65_536
_CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1a")
_CONTROLS_AT_MOST = 0.005
"""Share of control characters above which bytes are no text."""


def decode(data: bytes) -> str:
    """Bytes of a text file as text; those of another kind of file are refused."""
    content = _decoded(data)
    sample = content[:_SAMPLE_LETTERS]
    controls = sum(letter in _CONTROLS for letter in sample)
    if data.startswith(b"%PDF-") or "\0" in sample or controls > _CONTROLS_AT_MOST * len(sample):
        raise RefusedError("not-text")
    return content


def _decoded(data: bytes) -> str:
    """By its mark, else UTF-8, else whichever old encoding reads as Vietnamese."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _strict(data, encoding)
    sample = data[:4096]
    if sample.count(0) * 4 > len(sample):
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        return _strict(data, "utf-16-le" if odd >= even else "utf-16-be")
    if b"\0" in data:
        raise RefusedError("not-text")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return _old(data)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError("not-text") from error


def _old(data: bytes) -> str:
    """Windows-1258, or TCVN3/VNI kept as the Latin letters they show as, to be decoded by column later."""
    windows = unicodedata.normalize("NFC", data.decode("cp1258", "replace"))
    latin = data.decode("latin-1")
    readings = {
        windows: windows,
        latin: legacy.decode_tcvn3(latin),
        "vni" + latin: legacy.decode_vni(latin),
    }
    best = max(readings, key=lambda key: _score(readings[key]))
    return windows if best == windows else latin


def _score(reading: str) -> int:
    """How many of the words with non-ASCII letters are Vietnamese syllables."""
    words = [word for word in reading.split() if not word.isascii()][:_SAMPLE_WORDS]
    return sum(1 if text.is_syllable(word.strip(".,;:()\"'")) else -1 for word in words)


def separator(content: str) -> str:
    """The separator most lines agree on."""
    lines = [line for line in content.splitlines()[:60] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        return lines[0][4]
    best, best_score = ",", 0
    for candidate in _SEPARATORS:
        counts = sorted(_outside_quotes(line).count(candidate) for line in lines)
        score = counts[len(counts) // 2] if counts else 0
        if score > best_score:
            best, best_score = candidate, score
    return best


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def read(path: Path) -> Iterator[list[str]]:
    """The rows of a text table."""
    if path.stat().st_size > FILE_LIMIT:
        raise RefusedError("file-size", limit=FILE_LIMIT >> 20)
    content = decode(path.read_bytes()).rstrip("\x1a")  # the end of a file as DOS wrote it
    mark = separator(content)
    if content[:4].lower() == "sep=":
        content = content.partition("\n")[2]
    csv.field_size_limit(1 << 20)
    try:
        yield from csv.reader(io.StringIO(content, newline=""), delimiter=mark)
    except csv.Error as error:
        raise RefusedError("corrupt") from error
