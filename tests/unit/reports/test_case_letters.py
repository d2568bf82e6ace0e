"""Every paper of a case with a long name and fourteen rows: complete, inside its margins, in embedded fonts."""

import re
from datetime import date
from pathlib import Path

import pytest

from casemgr.domain.case_papers import FACTS, OFFICE_NAMES, PHONE
from casemgr.domain.paper_templates import CASE, PAPERS, shipped_letters, shipped_names
from casemgr.reports.case_letters import render_case_paper
from casemgr.services.case_specimens import ROWS, specimen
from casemgr.workspace import Workspace
from tests.support.pdfs import fonts_of, ink_box, page_sizes, pages_of, raster, text_by_poppler

DAY = date(2026, 11, 24)
NAME = "Nguyễn Thị Hoàng Phương Khánh Huyền Bảo Trâm Tôn Nữ Ngọc Anh"
HOME = "Số 123/4 đường Nguyễn Đình Chiểu, ấp Phú Thạnh, xã Châu Thành, tỉnh Vĩnh Long"
FILLED = {"name": NAME, "NAME": NAME.upper(), "head": NAME, "permanent_address": HOME}
CODES = [key for key in PAPERS if key.startswith(CASE)]
COUNT = 14


def squeezed(text: str) -> str:
    """Without blanks: names and headings wrap."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("code", CODES)
def test_a_long_name_and_many_rows_find_their_room(workspace: Workspace, tmp_path: Path, code: str) -> None:
    content = workspace.read(specimen, code, shipped_letters(code)[-1], DAY, rows=COUNT, values=FILLED)
    pdf = render_case_paper(content)
    text = text_by_poppler(pdf, tmp_path)
    assert "{" not in text
    assert content.text(content.wording.title) in text
    if {"name", "NAME", "head"} & set(content.wording.fields()):
        assert squeezed(NAME).lower() in squeezed(" ".join(pages_of(pdf))).lower()
    for name in content.wording.columns():
        assert squeezed(text).count(squeezed(ROWS[f"{code}.{name}"][0])) >= COUNT
    assert all(fonts_of(pdf).values())
    slip = PHONE in content.wording.layout
    for page, (wide, high) in enumerate(page_sizes(pdf)):
        left, top, right, bottom = ink_box(raster(pdf, page, dpi=60), dpi=60)
        edge = 7 if slip else 9
        assert left > edge
        assert top > edge
        assert right < wide - edge
        assert bottom < high - edge


@pytest.mark.parametrize("code", CODES)
def test_every_name_is_explained_and_every_table_has_rows(code: str) -> None:
    wording = shipped_letters(code)[-1].wording
    names = shipped_names(code)
    assert set(wording.fields()) <= FACTS | OFFICE_NAMES | set(names)
    assert set(names) <= set(wording.fields())
    for name in wording.columns():
        assert len(ROWS[f"{code}.{name}"]) == wording.width(name)


@pytest.mark.parametrize("code", CODES)
def test_the_developers_list_names_what_the_papers_ask_for(code: str) -> None:
    from casemgr.domain import case_papers

    told = (case_papers.__doc__ or "").split(code, 1)[1].split("\n    case_", 1)[0]
    for name in shipped_names(code):
        assert re.search(rf"\b{name}\b", told), name
    for table in shipped_letters(code)[-1].wording.columns():
        assert f"[{table}:" in told


def test_what_is_not_known_is_written_by_hand(workspace: Workspace) -> None:
    code = "case_commitment"
    blank = dict.fromkeys(shipped_names(code), "")
    content = workspace.read(specimen, code, shipped_letters(code)[-1], DAY, values=blank | {"head": ""})
    text = " ".join(pages_of(render_case_paper(content)))
    assert "được hỗ trợ từ …………………… thuộc ……………………" in text
    assert "CHỦ HỘ" in text
