"""`casemgr programmes` and `casemgr entitlements` as support staff type them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from casemgr.cli import main
from casemgr.domain.offices import Area, HamletData
from casemgr.services import offices, programme_views, programmes
from casemgr.workspace import Workspace
from tests.support.support import Supported
from tests.support.workspaces import COMMUNE, PASSPHRASE, FrozenClock


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def _data(*words: str) -> Any:
    done = _run(*words, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_the_catalogue_needs_no_case_file() -> None:
    listed = _data("programmes", "list")
    assert len(listed) == 52
    assert listed[0]["code"] == "BHYT-HN"
    assert {one["code"] for one in _data("programmes", "list", "--group", "housing")} == {
        "NHA-DA5", "NHA-XNT", "NHA-KC", "NHA-DDK",
    }  # fmt: skip
    then = {one["code"]: one["rules_in_force"] for one in _data("programmes", "list", "--as-of", "2025-01-01")}
    assert (then["HTXH"], then["NHA-XNT"]) == (0, 2)


def test_one_programme_with_rules_amounts_papers_and_law() -> None:
    shown = _data("programmes", "show", "htxh", "--as-of", "24/11/2026")
    assert shown["unit"] == "person"
    assert [(rule["id"], rule["applies"], rule["amount"]) for rule in shown["rules"]] == [
        ("HTXH-75", True, 500_000),
        ("HTXH-70", True, 500_000),
    ]
    assert shown["rules"][0]["legal"][0]["citation"] == "Nghị định số 176/2025/NĐ-CP"
    assert shown["exclusions"]
    text = _run("programmes", "show", "NHA-DA5").stdout
    assert "70 %" in text
    assert "Thông tư số 55/2023/TT-BTC" in text
    assert "- Đơn đăng ký" in text


def test_the_list_in_words() -> None:
    assert "Cho vay hộ nghèo" in _run("programmes", "list").stdout
    assert "Social pension" in _run("--language", "en", "programmes", "list").stdout


def test_the_condition_is_the_sentence_of_the_window_with_how_sure_it_is() -> None:
    found = programmes.shipped_catalogue()
    for code in ("HTXH", "KNTN"):
        text = _run("programmes", "show", code).stdout
        for rule in programme_views.view(found, code, date(2026, 11, 24)).rules:
            assert rule.condition in text
            assert rule.scope in text
            assert rule.certainty in text
    shown = _data("programmes", "show", "KNTN")
    assert shown["rules"][0]["scope"]
    listed = _run("--language", "en", "programmes", "list").stdout.splitlines()
    assert next(line for line in listed if line.startswith("KNTN")).endswith("Not certain")


def test_what_is_not_known_is_refused() -> None:
    assert "KHONG-CO" in _run("programmes", "show", "KHONG-CO").stderr
    assert _run("programmes", "list", "--group", "khac").exit_code == 2


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case file with a near-poor household of a woman of 72 and a pupil; the province pays a higher pension."""
    folder = tmp_path_factory.mktemp("programmes")
    made = folder / "xa.casemgr"
    (folder / "khoa.txt").write_text(PASSPHRASE, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        assert _run(*_open(made, "office", "create", "--commune", COMMUNE)).exit_code == 0
        workspace = Workspace.open(made, passphrase=PASSPHRASE, clock=FrozenClock())
        workspace.write(offices.add_hamlet, HamletData("Ấp", "Phú Nhơn", Area.RURAL))
        supported = Supported(workspace)
        household = supported.household("birth=1954-03-01", "birth=2015;school=primary")
        supported.of_class(household, "near_poor")
        higher = {
            "code": "HTXH",
            "name": "Hưu trí xã hội của tỉnh",
            "valid_from": "2025-07-01",
            "value": 700_000,
            "certainty": "V",
        }
        workspace.write(programmes.keep, "rate", higher)
        workspace.close()
    return made


def _open(file: Path, *words: str) -> list[str]:
    return ["--file", str(file), "--passphrase-file", str(file.with_name("khoa.txt")), *words]


def test_with_a_file_the_office_s_own_rates_count(file: Path) -> None:
    shown = _data(*_open(file, "programmes", "show", "HTXH"))
    assert shown["rules"][0]["amount"] == 700_000


def test_entitlements_of_a_household(file: Path) -> None:
    told = _data(*_open(file, "entitlements", "H-00001", "--as-of", "2026-11-24"))
    by_programme = {one["programme"]: one for one in told}
    pension = by_programme["HTXH"]
    assert pension["result"] == "unknown"
    assert pension["missing_facts"] == ["pension"]
    assert pension["name"].startswith("Nguyễn Văn Người")
    assert by_programme["TD-HCN"]["amount"] == 100_000_000
    assert by_programme["TD-HCN"]["person"] is None
    assert all(one["result"] != "not_entitled" for one in told)
    every = _data(*_open(file, "entitlements", "H-00001", "--as-of", "2026-11-24", "--all"))
    assert {one["result"] for one in every} == {"entitled", "not_entitled", "unknown"}


def test_entitlements_in_words(file: Path) -> None:
    done = _run(*_open(file, "entitlements", "1", "--programme", "td-hcn", "--programme", "HTXH"))
    assert done.exit_code == 0, done.output
    assert "TD-HCN" in done.stdout
    assert "mẫu 01/TD" in done.stdout
    assert "lương hưu" in done.stdout
    assert "BHYT" not in done.stdout


def test_entitlements_of_nobody(file: Path) -> None:
    assert _run(*_open(file, "entitlements", "H-00099")).exit_code == 1
    assert _run(*_open(file, "entitlements", "H-00001", "--programme", "KHONG-CO")).exit_code == 1
