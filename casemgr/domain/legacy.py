"""Text typed with the fonts of before Unicode: TCVN3 (.VnTime) and VNI, seen as Latin-1 characters."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

from casemgr.domain.text import is_syllable, tone_new, tone_old

Encoding = Literal["unicode", "tcvn3", "vni"]
FontEncoding = Literal["tcvn3", "tcvn3-upper", "vni"]

_TCVN3_LETTERS: Final = {
    0xA8: "ăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
    0xA1: "ĂÂÊÔƠƯĐ",
}
_TCVN3: Final = {first + place: letter for first, run in _TCVN3_LETTERS.items() for place, letter in enumerate(run)}

_TONES: Final = {"": "", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_VNI_CIRCUMFLEX: Final = {"â": "", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "á": "\u0301", "ä": "\u0323"}
_VNI_BREVE: Final = {"ê": "", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "é": "\u0301", "ë": "\u0323"}
_VNI_SINGLE: Final = {"ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "ô": "ơ", "ö": "ư", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    small: dict[str, str] = {}
    for base, vni in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y"), ("ơ", "ô"), ("ư", "ö")):
        for mark, tone in _TONES.items():
            if mark:
                small[vni + mark] = base + tone
    for base in "aeo":
        small.update({base + mark: base + "\u0302" + tone for mark, tone in _VNI_CIRCUMFLEX.items()})
    small.update({"a" + mark: "a\u0306" + tone for mark, tone in _VNI_BREVE.items()})
    small.update(_VNI_SINGLE)
    table = {}
    for vni, letter in small.items():
        letter = unicodedata.normalize("NFC", letter)
        table[vni] = letter
        table[vni.upper()] = letter.upper()
        table[vni[0].upper() + vni[1:]] = letter.upper()
    return table


_VNI: Final = _vni_table()
_VNI_UNIT: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))

_RAISED: Final = re.compile("[AĂÂEÊIOÔƠUƯY][àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]")
_LOST_U: Final = re.compile(r"[^\W\d_]+-[^\W\d_]+")


def _raise_pair(match: re.Match[str]) -> str:
    capital, toned = match[0][0], match[0][1]
    letters = unicodedata.normalize("NFD", toned)
    tone = next(ch for ch in letters if ch in "\u0300\u0309\u0303\u0301\u0323")
    same = unicodedata.normalize("NFC", letters.replace(tone, "")) == capital.lower()
    return toned.upper() if same else match[0]


def _restore_u(match: re.Match[str]) -> str:
    whole = match[0].replace("-", "ư")
    return whole if is_syllable(whole) else match[0]


def decode_tcvn3(text: str, *, upper_font: bool = False) -> str:
    """TCVN3 to Unicode, to be called before any cleaning (its "ư" is the soft hyphen); `upper_font`: .VnTimeH."""
    text = _RAISED.sub(_raise_pair, text.translate(_TCVN3))
    if "-" in text:
        text = _LOST_U.sub(_restore_u, text)
    return text.upper() if upper_font else text


def decode_vni(text: str) -> str:
    """VNI to Unicode."""
    return _VNI_UNIT.sub(lambda match: _VNI[match[0]], text)


def encoding_of_font(name: str | None) -> FontEncoding | None:
    """What a font's name says about the text in it; None for a Unicode font."""
    name = (name or "").strip().lower()
    if name.startswith(".vn"):
        return "tcvn3-upper" if name.endswith("h") else "tcvn3"
    return "vni" if name.startswith("vni") else None


_PROOF: Final = re.compile("[ăĂđĐĩĨũŨơƠưƯ\u0300-\u036f\u1ea0-\u1ef9]")
_TOKENS: Final = re.compile(r"[^\s,;:()/\"'!?0-9]+")


_DECODERS: Final[dict[Encoding, Callable[[str], str]]] = {"unicode": str, "tcvn3": decode_tcvn3, "vni": decode_vni}


def _fits(word: str) -> bool:
    return is_syllable(word) and word in (tone_old(word), tone_new(word))


def _detect_cell(cell: str) -> Encoding | None:
    if cell.isascii():
        return None
    if _PROOF.search(cell):
        return "unicode"
    words = [word for word in _TOKENS.findall(cell) if not word.isascii()]
    fitting = [sum(_fits(decode(word).strip(".-")) for word in words) for decode in _DECODERS.values()]
    best = max(fitting)
    if not best or fitting.count(best) > 1:  # "Sôn" is a word, and VNI for "Sơn"
        return None
    return tuple(_DECODERS)[fitting.index(best)]


def detect_lone(cell: str) -> Encoding | None:
    """The old encoding of one cell among Unicode ones: its words make sense in that one only."""
    if cell.isascii() or _PROOF.search(cell):
        return None
    words = [word.strip(".-") for word in _TOKENS.findall(cell) if not word.isascii()]
    if not words or all(_fits(word) for word in words):
        return None
    fitting = [name for name, decode in _DECODERS.items() if all(_fits(decode(word).strip(".-")) for word in words)]
    return fitting[0] if len(fitting) == 1 else None


def detect(cells: Iterable[str]) -> Encoding:
    """The encoding most cells of a column were typed in, by the cells that make sense in one encoding only."""
    votes = Counter(vote for cell in cells if (vote := _detect_cell(cell)))
    return max(_DECODERS, key=lambda encoding: votes[encoding])
