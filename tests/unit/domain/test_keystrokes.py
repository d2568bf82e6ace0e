"""Keys typed with the Vietnamese keyboard off, and the syllables a half-typed word can become."""

import pytest

from casemgr.domain.completions import complete_exact, complete_loose
from casemgr.domain.keystrokes import decode_keystrokes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("nguyeenx thij hoaf", "nguyễn thị hòa"),
        ("Nguyeenx Thij Huowngf", "nguyễn thị hường"),
        ("ddawngj vawn dduwcs", "đặng văn đức"),
        ("dangdj", "đạng"),
        ("trwowngf", "trường"),
        ("wng", "ưng"),
        ("khoongz", "không"),
        ("nguye6n4 thi5 hoa2", "nguyễn thị hòa"),
        ("d9a85ng va8n d9u71c", "đặng văn đức"),
        ("hu7o7ng2", "hường"),
        ("huo7ng2", "hường"),
        ("thuy1 hoa20", "thúy hoa"),
        ("lan nguyeenx", "lan nguyễn"),
    ],
)
def test_keys_become_words(typed: str, meant: str) -> None:
    assert decode_keystrokes(typed) == meant


@pytest.mark.parametrize("typed", ["", "nguyen thi lan", "bút", "xyzs qwrtf pj", "147", "9 6", "h147"])
def test_what_is_no_such_typing(typed: str) -> None:
    assert decode_keystrokes(typed) is None


def test_completions_of_a_beginning() -> None:
    assert {"nguien", "nguiet"} <= set(complete_loose("ngui"))
    assert complete_loose("zzz") == ()
    assert {"nguyễn", "nguyện", "nguyên", "nguyết"} <= set(complete_exact("nguyê"))
    assert "nguyễn" in complete_exact("nguyễ")
    assert "nguyên" not in complete_exact("nguyễ")
    assert {"hoàng", "hòa"} <= set(complete_exact("hò"))
    assert "ngước" in complete_exact("ngướ")
    assert "ngườc" not in complete_exact("ngườ")
