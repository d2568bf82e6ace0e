"""The recovery code as a person copies it from paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.recovery import RecoveryCode
from casemgr.errors import ValidationError

secrets = st.binary(min_size=20, max_size=20)


@given(secrets)
def test_a_code_reads_back_however_it_is_written(secret: bytes) -> None:
    code = RecoveryCode(secret)
    assert len(code.groups) == 9
    assert {len(group) for group in code.groups} == {4}
    written = code.text.lower().replace("0", "o").replace("1", "l").replace("-", "  ")
    assert RecoveryCode.parse(written) == RecoveryCode.parse(f" {code.text} ") == code
    assert RecoveryCode.parse(code.text.replace("1", "i")) == code


@given(secrets, st.integers(0, 35), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_letter_is_noticed(secret: bytes, place: int, letter: str) -> None:
    letters = list(RecoveryCode(secret).text.replace("-", ""))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(ValidationError, match=r"typing mistake|gõ sai"):
        RecoveryCode.parse("".join(letters))


def test_the_message_says_what_is_wrong() -> None:
    code = RecoveryCode.new()
    with pytest.raises(ValidationError, match="36"):
        RecoveryCode.parse(code.text[:-1])
    with pytest.raises(ValidationError, match="U"):
        RecoveryCode.parse("U" + code.text[1:])
    with pytest.raises(ValidationError, match="Đ"):
        RecoveryCode.parse("Đ" + code.text[1:])


def test_codes_are_random_and_hidden_in_repr() -> None:
    first, second = RecoveryCode.new(), RecoveryCode.new()
    assert first != second
    assert first.groups[0] not in repr(first)
    assert len(first.secret) == 20
