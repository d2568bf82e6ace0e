"""The words of papers of cases are read before names are put in, and a changed wording is checked."""

from dataclasses import replace

import pytest

from casemgr.domain.case_papers import (
    CasePaperContent,
    CasePaperWording,
    CaseTable,
    Facts,
    Grid,
    Heading,
    Text,
    blocks,
    signers,
    wording_problems,
)
from casemgr.domain.paper_templates import shape_problems, shipped_letters, shipped_names
from casemgr.domain.papers import Letterhead, Signing

CODE = "case_loss_minutes"
SHIPPED: CasePaperWording = shipped_letters(CODE)[-1].wording
HEAD = Letterhead(("ỦY BAN NHÂN DÂN",), "", "", None, draft=False, sample=False, draft_mark="", sample_mark="")


def content(*sections: str, **values: str) -> CasePaperContent:
    wording = replace(
        SHIPPED, sections=sections, tables=("losses: STT | Tên | Số",), signers=("CHỦ HỘ | (Ký) | {head}",)
    )
    tables = (CaseTable("losses", (("Bò cái", "1"), ("Bê", "2"))),)
    return CasePaperContent(wording, HEAD, tuple(values.items()), tables, Signing((), ""))


def test_lines_become_headings_facts_tables_and_paragraphs() -> None:
    made = list(
        blocks(content("# 1. Tài sản", "> Chủ hộ: {head} | Mã: {household_code}", "[losses 3]", "Hết.", head="Bà Á"))
    )
    assert made == [
        Heading("1. Tài sản"),
        Facts((("Chủ hộ:", "Bà Á"), ("Mã:", ""))),
        Grid(("STT", "Tên", "Số"), (("1", "Bò cái", "1"), ("2", "Bê", "2"), ("3", "", ""))),
        Text("Hết."),
    ]


def test_a_name_is_data_and_never_read_as_markup() -> None:
    wild = "# [losses] | {cause} > Á"
    heading, facts, text = blocks(content("# {head}", "> Chủ hộ: {head}", "{head}", head=wild, cause="không"))
    assert heading == Heading(wild)
    assert facts == Facts((("Chủ hộ:", wild),))
    assert text == Text(wild)
    (signer,) = signers(content(head=wild))
    assert (signer.title_lines, signer.name, signer.hint) == (("CHỦ HỘ",), wild, "(Ký)")


def test_names_nobody_gave_are_dots_and_nobody_signs_in_dots() -> None:
    made = content("Nguyên nhân: {cause}.")
    assert next(iter(blocks(made))) == Text("Nguyên nhân: …………………….")
    assert signers(made)[0].name == ""


def test_fields_are_listed_in_the_order_of_the_paper_once() -> None:
    names = SHIPPED.fields()
    assert len(names) == len(set(names))
    assert names.index("officer") < names.index("cause") < names.index("proposal")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sections": (*SHIPPED.sections, "{cause_of_all}")}, "wording.sections"),
        ({"sections": (*SHIPPED.sections, "[cows]")}, "wording.sections"),
        ({"layout": ("a4", "upside_down")}, "wording.layout"),
        ({"tables": ()}, "wording.tables"),
        ({"tables": ("losses: STT | Tên",)}, "wording.tables"),
    ],
)
def test_a_wording_that_would_not_draw_is_refused(changes: dict[str, tuple[str, ...]], field: str) -> None:
    changed = replace(SHIPPED, **changes)  # type: ignore[arg-type]  # lists of lines, all of them
    assert field in {problem.field for problem in shape_problems(CODE, changed)}


def test_more_or_fewer_lines_are_the_offices_own_business() -> None:
    shorter = replace(SHIPPED, sections=SHIPPED.sections[3:], signers=SHIPPED.signers[:2], closing=())
    assert not wording_problems(shorter, SHIPPED, shipped_names(CODE))
