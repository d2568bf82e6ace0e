"""The Vietnamese catalogue keeps one spelling, one word for the passphrase and one way to address people."""

import re

import pytest
from babel.messages.pofile import read_po

from casemgr.assets import locale_dir


def _words() -> list[str]:
    with (locale_dir() / "vi" / "LC_MESSAGES" / "casemgr.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    return [
        (text or "").replace("&", "")
        for message in catalogue
        if message.id
        for text in (message.string if isinstance(message.string, tuple | list) else (message.string,))
    ]


@pytest.mark.parametrize(
    ("unwanted", "instead"),
    [
        (r"(hoá|khoá|xoá|hoà|toà|thoả|khoẻ|loá)\b", "the tone on the first vowel: hóa, khóa, xóa, hòa"),
        (r"(huỷ|uỷ|tuỳ|thuỷ|luỹ)\b", "the tone on the first vowel: hủy, ủy, tùy"),
        (r"(?<!cụm )mật khẩu\b(?!\. Hãy mở bằng Excel|, lưu lại)", "cụm mật khẩu"),
        (r"\bbạn\b", "anh/chị"),
    ],
)
def test_the_words_are_the_chosen_ones(unwanted: str, instead: str) -> None:
    found = [text for text in _words() if re.search(unwanted, text, re.IGNORECASE)]
    assert found == [], instead
