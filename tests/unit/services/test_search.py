"""The one search box: what is found, in which order, and that nothing typed can break it."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from casemgr.domain.households import EndReason
from casemgr.domain.people import PersonData, Relation, Sex
from casemgr.domain.searching import exact, loose
from casemgr.domain.text import initials
from casemgr.persistence.models import Certificate, SearchEntry
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import households
from casemgr.services.members import NewMember
from casemgr.services.samples import make_sample
from casemgr.services.search import search
from casemgr.services.search_hits import Hit
from casemgr.workspace import Workspace
from tests.support.workspaces import Make, copy_file, open_file


def _find(make: Make, typed: str, **options: object) -> list[Hit]:
    return make.workspace.read(search, typed, **options)  # type: ignore[arg-type] - options differ from test to test


def _titles(make: Make, typed: str, **options: object) -> list[str]:
    return [hit.title for hit in _find(make, typed, **options)]


def _member(name: str, **values: object) -> NewMember:
    return NewMember(PersonData(name, **values), Relation.CHILD)  # type: ignore[arg-type] - as in `_find`


@pytest.fixture
def village(make: Make) -> Make:
    make.household(
        make.person("Nguyễn Thị Hòa", id_number="083179001234", old_id_number="320123456", phone="0315551234"),
        _member("Nguyễn Văn An", id_number="083205007777"),
    )
    make.household("Nguyễn Thị Hoa", _member("Nguyễn Thị Hòa", sex=Sex.FEMALE))
    make.household("Nguyễn Thị Hoàng", _member("Trần Hòa Nguyễn"))
    make.household("Đặng Văn Ngưỡng", _member("Đặng Thị Thúy"))
    make.household("Thạch Sa-Rây", _member("Thạch Thị Thủy"))
    make.household("Lý Thị Mỹ", _member("Lí Văn Út"))
    return make


def test_without_accents_in_any_order_heads_before_members(village: Make) -> None:
    hits = _find(village, "nguyen thi hoa")
    assert [(hit.kind, hit.title) for hit in hits] == [
        ("household", "Nguyễn Thị Hoa"),
        ("household", "Nguyễn Thị Hòa"),
        ("person", "Nguyễn Thị Hòa"),
        ("household", "Nguyễn Thị Hoàng"),
    ]
    assert _titles(village, "hoa thi nguyen")[:3] == ["Nguyễn Thị Hoa", "Nguyễn Thị Hòa", "Nguyễn Thị Hòa"]


@pytest.mark.parametrize("typed", ["nguyễn thị hòa", "Nguyễn Thị Hoà", "NGUYỄN THỊ HÒA", "nguyen thi hoà", "hòa thị"])
def test_exact_tones_come_first_wherever_the_tone_stands(village: Make, typed: str) -> None:
    hits = _find(village, typed)
    assert [(hit.kind, hit.title) for hit in hits[:3]] == [
        ("household", "Nguyễn Thị Hòa"),
        ("person", "Nguyễn Thị Hòa"),
        ("household", "Nguyễn Thị Hoa"),
    ]
    assert hits[0].tier < hits[2].tier


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("dang van nguong", "Đặng Văn Ngưỡng"),
        ("đặng ngươ", "Đặng Văn Ngưỡng"),
        ("dvn", "Đặng Văn Ngưỡng"),
        ("nva", "Nguyễn Văn An"),
        ("thach sa ray", "Thạch Sa-Rây"),
        ("sa-rây", "Thạch Sa-Rây"),
        ("thuý", "Đặng Thị Thúy"),
        ("thúy", "Đặng Thị Thúy"),
        ("ly thi my", "Lý Thị Mỹ"),
        ("li thi mi", "Lý Thị Mỹ"),
        ("ly van ut", "Lí Văn Út"),
        ("ngưỡ", "Đặng Văn Ngưỡng"),
        ("nguyễn thị hò", "Nguyễn Thị Hòa"),
        ("ngu thi hoang", "Nguyễn Thị Hoàng"),
        ("dawngj vawn nguwowngx", "Đặng Văn Ngưỡng"),
        ("d9a85ng va8n ngu7o7ng4", "Đặng Văn Ngưỡng"),
        ("nguyeenx thij hoangf", "Nguyễn Thị Hoàng"),
        ("nguye6n4 thi5 hoang2", "Nguyễn Thị Hoàng"),
    ],
)
def test_found_first(village: Make, typed: str, title: str) -> None:
    assert _titles(village, typed)[0] == title


@pytest.mark.parametrize("typed", ["H-00004", "h4", "4", "h00004", "H 4"])
def test_by_the_code_of_the_household(village: Make, typed: str) -> None:
    hit = _find(village, typed)[0]
    assert (hit.kind, hit.code, hit.title, hit.tier) == ("household", "H-00004", "Đặng Văn Ngưỡng", 0)
    assert hit.subtitle == "Ấp Phú Nhơn · " + hit.subtitle.rpartition(" · ")[2]


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("083179001234", "household", "Nguyễn Thị Hòa"),
        ("083 179 001 234", "household", "Nguyễn Thị Hòa"),
        ("83179001234", "household", "Nguyễn Thị Hòa"),
        ("0831", "household", "Nguyễn Thị Hòa"),
        ("083179", "household", "Nguyễn Thị Hòa"),
        ("01234", "household", "Nguyễn Thị Hòa"),
        ("320123456", "household", "Nguyễn Thị Hòa"),
        ("0315551234", "household", "Nguyễn Thị Hòa"),
        ("031555", "household", "Nguyễn Thị Hòa"),
        ("7777", "person", "Nguyễn Văn An"),
        ("083205007777", "person", "Nguyễn Văn An"),
        ("0832", "person", "Nguyễn Văn An"),
    ],
)
def test_by_numbers_whole_from_the_front_and_from_the_end(village: Make, typed: str, kind: str, title: str) -> None:
    hit = _find(village, typed)[0]
    assert (hit.kind, hit.title) == (kind, title)


def test_a_member_leads_to_her_household(village: Make) -> None:
    hit = _find(village, "nguyen van an")[0]
    assert (hit.code, hit.class_value) == ("H-00001", "unreviewed")
    assert "Nguyễn Thị Hòa" in hit.subtitle
    assert hit.household_id == _find(village, "h1")[0].id


def _issue(uow: UnitOfWork, household: UUID, number: int, year: int) -> None:
    uow.name_step("certificate.issue")
    uow.add(
        Certificate(
            household_id=household,
            number=number,
            year=year,
            symbol="GCN-HN.HCN",
            issued_on=date(year, 3, 5),
            status="issued",
            status_reason="",
            head_name="Nguyễn Thị Hòa",
            class_year=year,
            class_value="poor",
            content="{}",
            pdf=b"",
            sha256="",
            collected_by="",
        )
    )


@pytest.mark.parametrize("typed", ["12/GCN-HN.HCN", "12/2026", "012/gcn", "số 12/2026", "12 / 2026", "12/", "12"])
def test_by_the_number_of_the_certificate(village: Make, typed: str) -> None:
    home = _find(village, "h1")[0].id
    village.workspace.write(_issue, home, 12, 2026)
    village.workspace.write(_issue, home, 5, 2026)
    hits = [hit for hit in _find(village, typed) if hit.kind == "certificate"]
    assert [hit.title for hit in hits] == ["12/GCN-HN.HCN"]
    assert (hits[0].household_id, hits[0].code) == (home, "H-00001")
    assert "2026" in hits[0].subtitle


def test_only_the_kinds_asked_for(village: Make) -> None:
    village.workspace.write(_issue, _find(village, "h1")[0].id, 1, 2026)
    assert {hit.kind for hit in _find(village, "nguyen", kinds=("person",))} == {"person"}
    assert {hit.kind for hit in _find(village, "nguyễn", kinds=("household",))} == {"household"}
    assert {hit.kind for hit in _find(village, "1", kinds=("certificate",))} == {"certificate"}
    assert {hit.kind for hit in _find(village, "0832", kinds=("household", "person"))} == {"person"}
    assert _find(village, "1/2026", kinds=("household",)) == []
    assert _find(village, "nguyen", kinds=()) == []


def test_no_more_than_asked_for(village: Make) -> None:
    assert len(_find(village, "nguyen", limit=2)) == 2
    assert len(_find(village, "0", limit=1)) <= 1
    assert [hit.title for hit in _find(village, "83179001234", limit=1)] == ["Nguyễn Thị Hòa"]
    assert _find(village, "nguyen", limit=0) == []


def test_a_household_the_office_gave_up_comes_last(village: Make) -> None:
    gone = _find(village, "nguyễn thị hòa")[0].id
    view = village.view(gone)
    village.workspace.write(households.end_household, gone, view.version, on=date(2026, 5, 5), reason=EndReason.MOVED)
    hits = _find(village, "nguyễn thị hòa")
    assert (hits[0].id == gone, hits[0].active) == (False, True)
    assert (hits[-1].active, hits[-1].household_id) == (False, gone)


def test_a_corrected_name_is_found_at_once_and_the_old_one_no_more(village: Make) -> None:
    from dataclasses import replace

    from casemgr.services import people

    member = village.view(_find(village, "h4")[0].id).members[0]
    village.workspace.write(
        people.correct_person, member.person_id, member.person_version, replace(member.person, full_name="Đặng Văn Đẹp")
    )
    assert _titles(village, "dang van dep") == ["Đặng Văn Đẹp"]
    assert _find(village, "ngưỡng") == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=40) | st.text(st.sampled_from("\"*^:(){}+-/\\'ănđ%_0 NEARANDORkind"), max_size=30))
def test_nothing_typed_can_break_it(village: Make, typed: str) -> None:
    _find(village, typed)


@pytest.mark.parametrize(
    "typed", ['"', "loose:a", "a AND NOT b", "kind : person", "NEAR(a b)", "a*b", "x" * 500, "a " * 200]
)
def test_the_language_of_the_index_is_only_text(village: Make, typed: str) -> None:
    assert len(_find(village, typed)) <= 50


@pytest.fixture(scope="module")
def town(case_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Enough people for every beginning to have more than fits."""
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CASEMGR_HOME", str(folder / "home"))
        opened = open_file(copy_file(case_file, folder / "xa.casemgr"))
        opened.write(make_sample, households=600, seed=11)
    return opened


def _everything(uow: UnitOfWork) -> list[tuple[str, str]]:
    return [tuple(row) for row in uow.session.execute(select(SearchEntry.kind, SearchEntry.title))]


def _fits(title: str, words: list[str]) -> bool:
    names = [*loose(title).replace("-", " ").replace("'", " ").split(), loose(initials(title))]
    return all(any(name.startswith(word) for name in names) for word in words)


@pytest.mark.parametrize(
    "typed",
    [
        "n",
        "ng",
        "nguy",
        "nguyen",
        "nguyen v",
        "nguyen van",
        "thi nguyen",
        "Nguyễn Thị",
        "nguyễn thị h",
        "ngọc",
        "a",
        "thach",
        "t a",
    ],
)
def test_a_town_gives_only_what_fits_and_heads_first(town: Workspace, typed: str) -> None:
    hits = town.read(search, typed)
    words = loose(typed).split()
    fitting = [entry for entry in town.read(_everything) if _fits(entry[1], words)]
    assert len(hits) == min(50, len(fitting))
    assert all(_fits(hit.title, words) for hit in hits)
    assert len({(hit.kind, hit.id) for hit in hits}) == len(hits)
    assert [hit.tier for hit in hits] == sorted(hit.tier for hit in hits)
    for tier in {hit.tier for hit in hits}:
        kinds = [hit.kind for hit in hits if hit.tier == tier]
        assert kinds == sorted(kinds)


@pytest.mark.parametrize("typed", ["nguyễn thị", "Nguyễn Văn", "trần thị"])
def test_a_town_shows_names_with_those_tones_first(town: Workspace, typed: str) -> None:
    hits = town.read(search, typed)
    assert set(typed.lower().split()) <= set(exact(hits[0].title).split())
    assert hits[0].kind == "household"


def test_every_household_of_a_town_is_found_by_its_own_name(town: Workspace) -> None:
    names = [title for kind, title in town.read(_everything) if kind == "household"]
    for title in names[::25]:
        assert town.read(search, title)[0].title == title
        assert loose(town.read(search, loose(title))[0].title) == loose(title)
