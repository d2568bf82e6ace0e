"""What the office may change goes through its form and back without a loss, for everything that is shipped."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from casemgr.domain.support import Unit
from casemgr.errors import ValidationError
from casemgr.services import programmes
from casemgr.workspace import Workspace
from ui.desk import Desk
from ui.forms import Field, Form
from ui.pages.support import entry_forms, programme_forms, rule_forms

Through = Callable[[Mapping[str, Any]], dict[str, Any]]
Show = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def _through(
    qtbot: QtBot, fields: Sequence[Field], show: Show, make: Callable[[Mapping[str, Any], Mapping[str, Any]], Any]
) -> Through:
    """A table shown in a real form and made of what the form holds."""
    form = Form(fields, name="entry", columns=2)
    qtbot.addWidget(form)

    def pass_on(table: Mapping[str, Any]) -> dict[str, Any]:
        form.load(show(table))
        assert form.problems() == []
        made: dict[str, Any] = make(table, form.values())
        return made

    return pass_on


def _content(workspace: Workspace, kind: str, codes: Sequence[str]) -> list[dict[str, object]]:
    return [workspace.read(programmes.content, kind, code) for code in codes]


def _rules(qtbot: QtBot, desk: Desk, unit: Unit = Unit.HOUSEHOLD) -> Through:
    fields = rule_forms.rule_fields(desk, desk.workspace.read(programmes.catalogue), unit)
    return _through(
        qtbot,
        fields,
        lambda table: rule_forms.rule_values(table, fields),
        lambda old, values: rule_forms.rule_table(old, values, str(old["programme"])),
    )


def test_every_shipped_rule_passes_through_its_form_unchanged(qtbot: QtBot, desk: Desk, workspace: Workspace) -> None:
    rules = _content(workspace, "rule", list(workspace.read(programmes.catalogue).rules))
    assert len(rules) == 99
    through = _rules(qtbot, desk)
    for table in rules:
        assert through(table) == table


def test_every_shipped_programme_passes_through_its_form_unchanged(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    found = workspace.read(programmes.catalogue)
    fields = programme_forms.programme_fields(found)
    through = _through(
        qtbot,
        fields,
        lambda table: programme_forms.programme_values(table, fields),
        programme_forms.programme_table,
    )
    for table in _content(workspace, "programme", list(found.programmes)):
        assert through(table) == table


def test_every_shipped_overlap_fact_and_rate_passes_through_its_form_unchanged(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    found = workspace.read(programmes.catalogue)
    rows = workspace.read(programmes.programmes)
    overlap = _through(qtbot, entry_forms.overlap_fields(rows), entry_forms.overlap_values, entry_forms.overlap_table)
    for table in _content(workspace, "exclusion", sorted({one.id for one in found.exclusions})):
        assert overlap(table) == table
    fact = _through(qtbot, entry_forms.fact_fields(), entry_forms.fact_values, entry_forms.fact_table)
    noted = [one.code for one in found.facts.values() if not one.recorded]
    for table in _content(workspace, "fact", noted):
        assert fact(table) == {"certainty": "V"} | table
    rate = _through(qtbot, programme_forms.rate_fields(), programme_forms.rate_values, programme_forms.rate_table)
    for table in _content(workspace, "rate", [one.key for one in found.rates]):
        assert rate(table) == table


def test_a_loan_and_a_staged_programme_are_written_in_the_window(
    qtbot: QtBot, desk: Desk, workspace: Workspace
) -> None:
    found = workspace.read(programmes.catalogue)
    fields = programme_forms.programme_fields(found)
    typed = programme_forms.programme_values({}, fields) | {
        "code": "NHA-XA", "name": "Nhà của xã", "group": "housing", "unit": Unit.HOUSEHOLD, "kind": "cash",
        "dimensions": ("housing",), "stages": "70 % Sau khi xong móng\n30 Hoàn thành", "fields": "Thợ chính",
    }  # fmt: skip
    made = programme_forms.programme_table({}, typed)
    assert made["stages"] == [
        {"code": "sau_khi_xong_mong", "label": "Sau khi xong móng", "percent": 70},
        {"code": "hoan_thanh", "label": "Hoàn thành", "percent": 30},
    ]
    assert made["fields"] == [{"code": "tho_chinh", "label": "Thợ chính"}]
    assert workspace.write(programmes.keep, "programme", made) == "NHA-XA"
    with pytest.raises(ValidationError, match="part first"):
        programme_forms.programme_table({}, typed | {"stages": "Một nửa"})
    rule = rule_forms.rule_values({}, rule_forms.rule_fields(desk, found, Unit.HOUSEHOLD)) | {
        "id": "NHA-XA-VAY", "citations": "Nghị quyết của xã", "certainty": "V", "fixed": 40_000_000,
        "interest_rate": "TD.R_HN", "interest_times": "0,5", "term_months": 60,
    }  # fmt: skip
    table = rule_forms.rule_table({}, rule, "NHA-XA")
    assert table["interest"] == {"rate": "TD.R_HN", "times": "0.5"}
    workspace.write(programmes.keep, "rule", table)
    kept = workspace.read(programmes.catalogue)
    assert kept.interest(kept.rules["NHA-XA-VAY"], workspace.now.date()) == 31_200
    assert kept.rules["NHA-XA-VAY"].term_months == 60


def test_a_sum_and_a_rate_at_once_are_refused_at_their_field(qtbot: QtBot, desk: Desk) -> None:
    found = desk.workspace.read(programmes.catalogue)
    values = rule_forms.rule_values({}, rule_forms.rule_fields(desk, found, Unit.HOUSEHOLD))
    with pytest.raises(ValidationError) as refused:
        rule_forms.rule_table({}, values | {"fixed": 1, "rate": "HTXH", "certainty": "V"}, "DIEN")
    assert [problem.field for problem in refused.value.problems] == ["rate"]
