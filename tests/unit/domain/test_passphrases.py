"""Which passphrases may protect a case file."""

import pytest

from casemgr.domain.passphrases import check_passphrase, passphrase_hint


@pytest.mark.parametrize(
    "good", ["lua chin vang dong", "Kênh Xáng mùa nước nổi", "tr9-Fq2_wLmz", "ao ca bo de", "bánh xèo củ hũ dừa 27"]
)
def test_good_ones_pass(good: str) -> None:
    assert check_passphrase(good, login="lan.ntk") == []


@pytest.mark.parametrize(
    "bad",
    [
        *("", "ngan", "a b c d", "          ", "aaaaaaaaaaaa", "abababababab"),
        *("123456789012", "0987654321", "qwertyuiop"),
        *("Mật khẩu 123456", "matkhau2026", "anh yêu em 123", "ANHYEUEM123456", "Việt Nam 2026"),
        *("Uỷ ban nhân dân xã", "Nguyễn Văn A 1234", "độc lập tự do hạnh phúc"),
    ],
)
def test_bad_ones_are_refused(bad: str) -> None:
    assert check_passphrase(bad)


def test_the_login_is_no_passphrase() -> None:
    assert check_passphrase("nguyenkimlan2026", login="Nguyễn Kim Lân") != []
    assert check_passphrase("nguyenkimlan2026", login="hung") == []


def test_vietnamese_letters_give_a_hint_not_a_refusal() -> None:
    assert passphrase_hint("lua chin vang dong") is None
    assert passphrase_hint("lúa chín vàng đồng")
    assert check_passphrase("lúa chín vàng đồng") == []
