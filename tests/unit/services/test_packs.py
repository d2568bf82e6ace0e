"""Packs of a case file: choosing by day, importing newer ones, contents kept for replay, and the point table."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from casemgr.domain.classification import Facts, classify, inputs_to_json, replay, result_to_json
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area
from casemgr.domain.packs import Pack, ScoreItem, ScoreTable, of_id, read_pack, shipped
from casemgr.domain.permissions import Role
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError, ValidationError
from casemgr.services import offices, packs, score_tables
from casemgr.services.step_names import ACTIONS
from casemgr.workspace import Workspace
from tests.support.packfiles import local_pack, official_2027, pack_files, revised, signed

TODAY = date(2026, 11, 24)


def pack(pack_id: str) -> Pack:
    return of_id(shipped(), pack_id)


def test_the_shipped_packs_are_there_at_once(workspace: Workspace) -> None:
    views = workspace.read(packs.packs)
    assert [(view.pack.id, view.origin) for view in views] == [
        ("VN-2016", "shipped"),
        ("VN-2022", "shipped"),
        ("VN-2027", "shipped"),
    ]
    assert workspace.read(packs.national, TODAY).id == "VN-2022"
    assert workspace.read(packs.national, date(2027, 1, 1)).id == "VN-2027"
    assert workspace.read(packs.local, TODAY) is None
    assert workspace.read(packs.by_id, "VN-2016") == pack("VN-2016")
    with pytest.raises(NotFoundError, match="2035"):
        workspace.read(packs.national, date(2035, 1, 1))
    with pytest.raises(NotFoundError, match="VN-2035"):
        workspace.read(packs.by_id, "VN-2035")


def test_official_use_of_a_draft_is_refused_with_the_reason() -> None:
    packs.require_official(pack("VN-2022"), TODAY)
    packs.require_official(pack("VN-2016"))
    with pytest.raises(ValidationError, match="dự thảo tháng 9/2025"):
        packs.require_official(pack("VN-2027"))
    with pytest.raises(ValidationError, match="01/01/2027"):
        packs.require_official(pack("VN-2022"), date(2027, 1, 1))


def test_a_newer_revision_is_shown_first_and_accepted_then(workspace: Workspace) -> None:
    newer = signed(official_2027())
    preview = workspace.read(packs.preview_import, newer)
    assert preview.replaces == pack("VN-2027")
    assert {change.place for change in preview.changes} == {"revision", "status"}
    assert workspace.read(packs.by_id, "VN-2027").status == "draft"
    workspace.write(packs.accept_import, newer)
    kept = workspace.read(packs.national, date(2027, 3, 1))
    assert (kept, kept.official) == (newer.pack, True)
    view = next(view for view in workspace.read(packs.packs) if view.pack.id == "VN-2027")
    assert (view.origin, view.signed_by) == ("imported", "development")
    assert view.accepted_at is not None
    packs.require_official(kept, date(2027, 3, 1))
    assert "pack.accept" in ACTIONS
    with pytest.raises(ConflictError, match="2"):
        workspace.read(packs.preview_import, newer)
    with pytest.raises(ConflictError, match="VN-2027"):
        workspace.write(packs.accept_import, signed(pack_files("VN-2027")))


def test_what_was_judged_is_judged_the_same_after_newer_packs(workspace: Workspace) -> None:
    first = workspace.read(packs.national, date(2027, 3, 1))
    said = Facts(Area.RURAL, 2_000_000, None, frozenset({"bhyt", "nha_tieu", "xu_ly_rac_thai"}))
    inputs, result = inputs_to_json(first, said), result_to_json(classify(first, said))
    workspace.write(packs.archive, first)
    workspace.write(packs.archive, first)
    for revision, line in ((2, "1900000"), (3, "1800000")):
        workspace.write(
            packs.accept_import,
            signed(revised("VN-2027", revision, ("rural = 2200000, urban", f"rural = {line}, urban"))),
        )
    assert classify(workspace.read(packs.by_id, "VN-2027"), said).value is HouseholdClass.NONE
    then = workspace.read(packs.by_id, "VN-2027", sha256=first.sha256)
    assert replay(then, inputs).encode() == result.encode()
    second = read_pack(revised("VN-2027", 2, ("rural = 2200000, urban", "rural = 1900000, urban")))
    assert workspace.read(packs.by_id, "VN-2027", sha256=second.sha256) == second
    with pytest.raises(NotFoundError, match="VN-2027"):
        workspace.read(packs.by_id, "VN-2027", sha256="0" * 64)


def test_a_content_kept_for_replay_can_be_accepted_later(workspace: Workspace) -> None:
    newer = signed(official_2027())
    workspace.write(packs.archive, newer.pack)
    assert workspace.read(packs.by_id, "VN-2027").revision == 1
    workspace.write(packs.accept_import, newer)
    assert workspace.read(packs.by_id, "VN-2027").revision == 2


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2031-01-02", "2035-12-31", "01/01/2031"),
        ("2030-06-01", "2035-12-31", "VN-2027"),
        ("2015-01-01", "2015-12-30", "31/12/2015"),
    ],
)
def test_holes_and_overlaps_with_the_packs_in_use_are_refused(
    workspace: Workspace, start: str, end: str, words: str
) -> None:
    files = revised(
        "VN-2027",
        1,
        ('id = "VN-2027"', 'id = "VN-2031"'),
        ("valid_from = 2027-01-01", f"valid_from = {start}"),
        ("valid_to = 2030-12-31", f"valid_to = {end}"),
    )
    with pytest.raises(ValidationError, match=words):
        workspace.read(packs.preview_import, signed(files))


def test_the_standard_that_follows_is_accepted(workspace: Workspace) -> None:
    files = revised(
        "VN-2027",
        1,
        ('id = "VN-2027"', 'id = "VN-2031"'),
        ("valid_from = 2027-01-01", "valid_from = 2031-01-01"),
        ("valid_to = 2030-12-31\n", ""),
    )
    workspace.write(packs.accept_import, signed(files))
    assert workspace.read(packs.national, date(2040, 1, 1)).id == "VN-2031"
    assert workspace.read(packs.national, TODAY).id == "VN-2022"


def test_local_packs_of_the_own_province_only(workspace: Workspace) -> None:
    own = workspace.read(offices.office).province_code
    workspace.write(packs.accept_import, signed(local_pack(own)))
    local = workspace.read(packs.local, TODAY)
    assert local is not None
    assert (local.id, local.line(Area.RURAL)) == ("VL-2026", 1_800_000)
    assert workspace.read(packs.national, TODAY).id == "VN-2022"
    assert workspace.read(packs.local, date(2025, 12, 31)) is None
    said = Facts(Area.RURAL, 1_700_000, None, frozenset())
    assert classify(local, said).value is HouseholdClass.NEAR_POOR
    assert classify(workspace.read(packs.national, TODAY), said).value is HouseholdClass.AVERAGE
    other = "01" if own != "01" else "02"
    with pytest.raises(ValidationError, match=other):
        workspace.read(packs.preview_import, signed(local_pack(other, ('id = "VL-2026"', 'id = "HN-2026"'))))
    with pytest.raises(ConflictError, match="VN-2022"):
        workspace.read(
            packs.preview_import,
            signed(local_pack(own, ('id = "VL-2026"', 'id = "VN-2022"'), ("revision = 1", "revision = 9"))),
        )


def test_codes_of_an_accepted_pack_are_known(workspace: Workspace) -> None:
    files = revised("VN-2027", 2)
    files["indicators.toml"] = files["indicators.toml"].replace(b'"xu_ly_rac_thai"', b'"rac_thai_nguy_hai"')
    workspace.write(packs.accept_import, signed(files))
    known = workspace.read(packs.known_codes)
    assert {"rac_thai_nguy_hai", "xu_ly_rac_thai", "phuong_tien_tt"} <= known
    said = Facts(Area.RURAL, 1_000_000, None, frozenset({"rac_thai_nguy_hai"}))
    with pytest.raises(ValidationError, match="rac_thai_nguy_hai"):
        classify(pack("VN-2022"), said)
    assert classify(pack("VN-2022"), said, known=known).ignored == ("rac_thai_nguy_hai",)


def test_only_who_may_change_settings_imports(workspace: Workspace) -> None:
    workspace.actor = replace(workspace.actor, role=Role.LEADER)
    for use_case in (packs.preview_import, packs.accept_import):
        with pytest.raises(NotAllowedError):
            workspace.write(use_case, signed(official_2027()))
    with pytest.raises(NotAllowedError):
        workspace.write(score_tables.import_score_table, "VN-2022", table())
    with pytest.raises(NotAllowedError):
        workspace.write(score_tables.keep_zone, pack("VN-2022"), "NT6")


def table(points: int = 60) -> ScoreTable:
    schema = pack("VN-2022").score_table
    assert schema is not None
    by_zone = MappingProxyType({zone: points + number for number, zone in enumerate(schema.zones)})
    return replace(
        schema,
        source="bang-diem.xlsx",
        items=(
            ScoreItem("1", "1", "Hộ có 1 người", "choice", by_zone),
            ScoreItem("2", "1", "Có ô tô", "flag", by_zone),
        ),
    )


def test_the_point_table_of_the_office(workspace: Workspace) -> None:
    now = pack("VN-2022")
    shipped_table = workspace.read(score_tables.score_table, now)
    assert shipped_table is not None
    assert not shipped_table.loaded
    with pytest.raises(ValidationError):
        workspace.read(score_tables.points, now, {"1.1": 1})
    workspace.write(score_tables.import_score_table, "VN-2022", table())
    assert workspace.read(score_tables.score_table, now) == table()
    assert workspace.read(packs.national, TODAY).score_table == table()
    assert workspace.read(packs.by_id, "VN-2022", sha256=now.sha256).score_table == table()
    assert workspace.read(score_tables.zone) is None
    with pytest.raises(ValidationError, match="NT6"):
        workspace.read(score_tables.points, now, {"1.1": 1})
    with pytest.raises(ValidationError, match="NT9"):
        workspace.write(score_tables.keep_zone, now, "NT9")
    workspace.write(score_tables.keep_zone, now, "NT6")
    assert workspace.read(score_tables.zone) == "NT6"
    place = list(table().zones).index("NT6")
    assert workspace.read(score_tables.points, now, {"1.1": 1, "2.1": 1}) == 2 * (60 + place)
    workspace.write(score_tables.import_score_table, "VN-2022", table(80))
    assert workspace.read(score_tables.points, now, {"1.1": 1}) == 80 + place


def test_point_tables_that_cannot_be(workspace: Workspace) -> None:
    with pytest.raises(ValidationError, match="VN-2027"):
        workspace.write(score_tables.import_score_table, "VN-2027", table())
    with pytest.raises(ValidationError, match="-1"):
        workspace.write(score_tables.import_score_table, "VN-2022", table(-1))
    new = pack("VN-2027")
    assert workspace.read(score_tables.score_table, new) is None
    with pytest.raises(ValidationError, match="VN-2027"):
        workspace.read(score_tables.points, new, {})
    with pytest.raises(ValidationError, match="VN-2027"):
        workspace.write(score_tables.keep_zone, new, "NT6")
