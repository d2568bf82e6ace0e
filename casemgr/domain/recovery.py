"""The recovery code printed at first run: 160 random bits that a person can copy by hand, with a check group."""

import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Final

from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_READ_AS: Final = str.maketrans("OIL", "011")
_BYTES: Final = 20
_GROUP: Final = 4
_LETTERS: Final = _BYTES * 8 // 5
_GROUPS: Final = _LETTERS // _GROUP + 1


@dataclass(frozen=True)
class RecoveryCode:
    """A code that opens the case file when every passphrase is lost."""

    secret: bytes = field(repr=False)

    @classmethod
    def new(cls) -> "RecoveryCode":
        """A fresh random code."""
        return cls(secrets.token_bytes(_BYTES))

    @classmethod
    def parse(cls, text: str) -> "RecoveryCode":
        """Read a code as typed: small letters, O for 0, I or L for 1, spaces and dashes anywhere."""
        letters = "".join(letter for letter in text.upper() if letter.isalnum()).translate(_READ_AS)
        wrong = sorted({letter for letter in letters if letter not in _ALPHABET})
        if wrong:
            raise _refusal(
                _("The recovery code never contains {letters}. Compare it with the printed sheet.").format(
                    letters=", ".join(wrong)
                )
            )
        if len(letters) != _GROUPS * _GROUP:
            raise _refusal(
                _(
                    "The recovery code has {groups} groups of {size} letters and digits, {expected} in all; "
                    "typed so far: {count}."
                ).format(groups=_GROUPS, size=_GROUP, expected=_GROUPS * _GROUP, count=len(letters))
            )
        value = 0
        for letter in letters[:_LETTERS]:
            value = value << 5 | _ALPHABET.index(letter)
        code = cls(value.to_bytes(_BYTES, "big"))
        if code.groups[-1] != letters[_LETTERS:]:
            raise _refusal(
                _("The recovery code has a typing mistake: its last group does not match. Compare each group.")
            )
        return code

    @property
    def groups(self) -> tuple[str, ...]:
        """Eight groups of four and the check group, as printed."""
        text = _base32(int.from_bytes(self.secret, "big"), _LETTERS) + _check(self.secret)
        return tuple(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))

    @property
    def text(self) -> str:
        """The groups joined by dashes."""
        return "-".join(self.groups)


def _base32(value: int, letters: int) -> str:
    return "".join(_ALPHABET[value >> 5 * place & 31] for place in reversed(range(letters)))


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"casemgr recovery code" + secret).digest()
    return _base32(int.from_bytes(digest[:3], "big") >> 4, _GROUP)


def _refusal(message: str) -> ValidationError:
    return ValidationError([Problem("recovery", message)])
