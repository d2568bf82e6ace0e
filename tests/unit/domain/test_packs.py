"""Policy packs: what is shipped, what is chosen on a day, what is refused, and what a newer one changes."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from casemgr import i18n
from casemgr.domain.households import HouseholdClass
from casemgr.domain.offices import Area
from casemgr.domain.pack_changes import WORDS, changes
from casemgr.domain.pack_points import score_points
from casemgr.domain.pack_reading import (
    pack_from_plain,
    plain_content,
    score_table_content,
    score_table_from_content,
)
from casemgr.domain.pack_tables import Faults, merged
from casemgr.domain.packs import (
    Pack,
    ScoreItem,
    check_bands,
    check_dates,
    check_whole,
    known_codes,
    local_on,
    national_on,
    newest,
    of_id,
    pack_from_content,
    read_pack,
    shipped,
)
from casemgr.domain.reviews import CampaignKind, CaseState
from casemgr.errors import NotFoundError, ValidationError
from tests.support.packfiles import changed, local_pack, official_2027, pack_files, revised


def pack(pack_id: str) -> Pack:
    return of_id(shipped(), pack_id)


def test_the_standards_shipped() -> None:
    assert [one.id for one in shipped()] == ["VN-2016", "VN-2022", "VN-2027"]
    assert [one.status for one in shipped()] == ["history", "in_force", "draft"]
    assert [one.official for one in shipped()] == [True, True, False]
    assert [(one.line(Area.RURAL), one.line(Area.URBAN)) for one in shipped()] == [
        (1_000_000, 1_300_000),
        (1_500_000, 2_000_000),
        (2_200_000, 2_800_000),
    ]
    now, new = pack("VN-2022"), pack("VN-2027")
    assert len(now.codes) == len(new.codes) == 12
    assert [now.indicator(code).number for code in ("viec_lam", "nguon_nuoc", "phuong_tien_tt")] == [1, 9, 12]
    assert new.indicator("nguon_nuoc").number == 10
    assert set(new.codes) ^ set(now.codes) == {"phuong_tien_tt", "xu_ly_rac_thai"}
    assert (now.cut_off(Area.RURAL), now.cut_off(Area.URBAN), new.cut_off(Area.RURAL)) == (140, 175, None)
    assert (now.terms["urban"], new.terms["urban"]) == ("thành thị", "đô thị")
    assert known_codes() == {*now.codes, *new.codes}
    with pytest.raises(KeyError):
        new.indicator("phuong_tien_tt")
    for one in shipped():
        check_whole(one)
        check_bands(one)
        assert pack_from_content(one.content) == one
    check_dates(shipped())


def test_what_is_not_certain_is_marked() -> None:
    now, new = pack("VN-2022"), pack("VN-2027")
    assert [band.certainty for band in now.bands] == ["V", "V", "R"]
    assert all(band.value is not HouseholdClass.AVERAGE for band in new.bands)
    assert {indicator.certainty for indicator in new.indicators} == {"U"}
    assert (now.deadlines["posting"].days, now.deadlines["average_posting"].days) == (3, 5)
    assert now.deadlines["recheck"].certainty == "U"
    assert {deadline.certainty for deadline in new.deadlines.values()} == {"U"}
    mark = now.mark("authorities.superior")
    assert mark is not None
    assert (mark.certainty, now.mark("title")) == ("U", None)
    for one in shipped():
        for indicator in one.indicators:
            assert indicator.note or indicator.certainty == "V"


def test_the_procedure_of_each_kind() -> None:
    steps = pack("VN-2022").procedure
    assert set(steps) == set(CampaignKind)
    assert CaseState.OPINION in steps["periodic"]
    assert CaseState.OPINION not in steps["in_year"]
    assert CaseState.VOTED not in steps["average"]


def test_empty_tables_are_shipped_with_their_form() -> None:
    now = pack("VN-2022")
    assert now.quick_check is not None
    assert (now.quick_check.items, now.quick_check.pass_rule, now.quick_check.certainty) == ((), None, "U")
    assert now.score_table is not None
    assert not now.score_table.loaded
    assert sorted(now.score_table.zones) == ["NT1", "NT2", "NT3", "NT4", "NT5", "NT6", "TT"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2016, 1, 1), "VN-2016"),
        (date(2021, 12, 31), "VN-2016"),
        (date(2022, 1, 1), "VN-2022"),
        (date(2026, 11, 24), "VN-2022"),
        (date(2026, 12, 31), "VN-2022"),
        (date(2027, 1, 1), "VN-2027"),
        (date(2030, 12, 31), "VN-2027"),
    ],
)
def test_the_day_chooses_the_standard(day: date, expected: str) -> None:
    assert national_on(shipped(), day).id == expected


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2031, 1, 1)])
def test_a_day_without_standard_is_refused(day: date) -> None:
    with pytest.raises(NotFoundError, match=f"{day.year}"):
        national_on(shipped(), day)


def test_an_unknown_id_is_refused_with_the_known_ones() -> None:
    with pytest.raises(NotFoundError, match="VN-2022"):
        of_id(shipped(), "VN-2030")


def test_local_packs_stand_beside() -> None:
    local = read_pack(local_pack("86"))
    both = newest([*shipped(), local])
    assert [one.id for one in both] == ["VN-2016", "VN-2022", "VN-2027", "VL-2026"]
    assert local_on(both, date(2026, 11, 24), "86") == local
    assert local_on(both, date(2026, 11, 24), "01") is None
    assert local_on(both, date(2027, 1, 1), "86") is None
    assert national_on(both, date(2026, 11, 24)).id == "VN-2022"
    check_dates(both)


def test_the_newest_revision_wins() -> None:
    newer = read_pack(official_2027())
    assert of_id(newest([*shipped(), newer]), "VN-2027") == newer
    assert of_id(newest([newer, *shipped()]), "VN-2027") == newer


QUICK = b'[quick_check]\ntitle = "A"\ncertainty = "U"\n'


def steps(*change: tuple[str, str]) -> dict[str, bytes]:
    return changed(pack_files(), *change, file="procedure.toml")


@pytest.mark.parametrize(
    ("files", "places"),
    [
        (changed(pack_files(), ("revision = 1", "revision = 0")), ["revision"]),
        (changed(pack_files(), ("revision = 1\n", "")), ["revision"]),
        (changed(pack_files(), ('id = "VN-2027"', 'id = "chuẩn"')), ["id"]),
        (changed(pack_files(), ("revision = 1", "revision = 1\nsurprise = 1")), ["surprise"]),
        (changed(pack_files(), ("rural = 2200000", "rural = -5")), ["band[1].upper.rural", "band[2].upper.rural"]),
        (changed(pack_files(), ("rural = 2200000,", "")), ["band[1].upper.rural", "band[2].upper.rural"]),
        (changed(pack_files(), ("min_deprivations = 3", "min_deprivations = 13")), ["band[1].min_deprivations"]),
        (changed(pack_files(), ('value = "near_poor"', 'value = "rich"')), ["band[2].value"]),
        (changed(pack_files(), ("valid_to = 2030-12-31", "valid_to = 2026-12-31")), ["valid_to"]),
        (changed(pack_files(), ("valid_from = 2027-01-01", 'valid_from = "mai"')), ["valid_from"]),
        (changed(pack_files(), ('status = "draft"', 'status = "maybe"')), ["status"]),
        (changed(pack_files(), ('scope = "national"', 'scope = "local"')), ["province"]),
        (changed(pack_files(), ("[terms]", "[terms]\nthing = 3")), ["terms.thing"]),
        (changed(pack_files(), ('rural = "nông thôn"\n', "")), ["terms.rural"]),
        (changed(pack_files(), ("{deprivations}.", "{deprivations.x}.")), ["reasons.none"]),
        (changed(pack_files(), ("{deprivations}.", "{deprivations.")), ["reasons.none"]),
        (changed(pack_files(), ('none = "Thu', 'nobody = "Thu')), ["reasons.none"]),
        (changed(pack_files(), ('about = "class"', 'about = "Class"')), ["legal[1].about", "legal"]),
        (changed(pack_files(), ('certainty = "V"', 'certainty = "X"')), ["band[1].certainty"]),
        (changed(pack_files(), ("[limits]\nincome = 1000000000", "[limits]")), ["limits.income"]),
        (
            changed(pack_files(), ('code = "bhyt"', 'code = "dinh_duong"'), file="indicators.toml"),
            ["indicator[4].code"],
        ),
        (changed(pack_files(), ('code = "bhyt"', 'code = "Bảo hiểm"'), file="indicators.toml"), ["indicator[4].code"]),
        (
            changed(pack_files(), ("age_from = 6", "age_from = [6]"), file="indicators.toml"),
            ["indicator[4].parameters.age_from"],
        ),
        (steps(("days = 3", "days = 0")), ["deadlines.posting.days"]),
        (steps(("working = true", "working = 1")), ["deadlines.posting.working"]),
        (steps(("[deadlines.posting]", "[deadlines.lunch]")), ["deadlines.lunch"]),
        (steps(('"09-01"', '"31-09"')), ["calendar.survey_from"]),
        (
            steps(('"voted", "posted"', '"posted", "voted"')),
            ["procedure.periodic", "procedure.in_year"],
        ),
        (steps(('"opinion", "decided"', '"opinion"')), ["procedure.periodic"]),
        (steps(('periodic = ["listed"', 'periodic = [1, "listed"')), ["procedure.periodic"]),
        (changed(pack_files("VN-2022"), ("min_b2 = 30", "min_b2 = 35")), ["score.band[1].min_b2"]),
        (changed(pack_files("VN-2022"), ("points = 140,", "points = 0,")), ["score.anchors.rural.points"]),
        ({**pack_files(), "more.toml": b"revision = 2\n"}, ["pack.toml"]),
        ({**pack_files(), "more.toml": b"= =\n"}, ["more.toml"]),
        ({**pack_files(), "more.toml": b"\xff\xfe"}, ["more.toml"]),
        ({**pack_files(), "more.toml": QUICK + b"items = 3\n"}, ["quick_check.items"]),
        (
            {
                **pack_files(),
                "more.toml": QUICK + b"pass_rule = 3\n"
                b'items = [{code = "o_to", label = "O to"}, {code = "o_to", label = "O to"}]\n',
            },
            ["quick_check.items", "quick_check.pass_rule"],
        ),
    ],
)  # fmt: skip
def test_a_faulty_pack_is_refused_with_its_places(files: dict[str, bytes], places: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        read_pack(files)
    told = [problem.field for problem in refused.value.problems]
    assert set(places) <= set(told)
    assert all(problem.message.startswith(problem.field) for problem in refused.value.problems)


def test_every_fault_is_told_at_once() -> None:
    files = changed(pack_files(), ("revision = 1", "revision = -1"), ('status = "draft"', 'status = ""'))
    with pytest.raises(ValidationError) as refused:
        read_pack(files)
    assert {problem.field for problem in refused.value.problems} == {"revision", "status"}


def test_a_pack_needs_bands() -> None:
    plain = plain_content(pack("VN-2027"))
    for value in ([], "none", {"value": "poor"}):
        with pytest.raises(ValidationError) as refused:
            pack_from_plain(plain | {"band": value})
        assert "band" in [problem.field for problem in refused.value.problems]
    with pytest.raises(ValidationError, match=r"score\.band"):
        pack_from_plain(plain_content(pack("VN-2022")) | {"score": {"points_per_indicator": 10}})
    with pytest.raises(ValidationError, match="terms"):
        pack_from_plain(plain | {"terms": "thành thị"})
    faults = Faults()
    assert merged({"pack.toml": "text"}, faults) == {}
    assert [problem.field for problem in faults.problems] == ["pack.toml"]


@pytest.mark.parametrize(
    "swaps",
    [
        [('value = "poor"', 'value = "other"'), ('"near_poor"\nu', '"poor"\nu'), ('"other"', '"near_poor"')],
        [('value = "poor"\nupper = { rural = 2200000', 'value = "average"\nupper = { rural = 2200000')],
    ],
)
def test_bands_where_the_richer_would_be_poorer_are_refused(swaps: list[tuple[str, str]]) -> None:
    with pytest.raises(ValidationError, match="nông thôn"):
        read_pack(changed(pack_files(), *swaps))


def test_anchors_must_be_the_lines() -> None:
    with pytest.raises(ValidationError, match=r"score\.anchors\.urban"):
        read_pack(changed(pack_files("VN-2022"), ("points = 175, income", "points = 170, income")))


@pytest.mark.parametrize(
    ("start", "words"),
    [(date(2027, 1, 2), "01/01/2027"), (date(2026, 12, 31), "31/12/2026"), (date(2026, 6, 1), "VN-2022")],
)
def test_holes_and_overlaps_are_refused(start: date, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        check_dates([pack("VN-2022"), replace(pack("VN-2027"), valid_from=start)])
    with pytest.raises(ValidationError, match="VN-2027"):
        check_dates([replace(pack("VN-2022"), valid_to=None), pack("VN-2027")])


def test_local_packs_may_leave_days_out_but_not_overlap() -> None:
    first = read_pack(local_pack("86"))
    later = replace(first, id="VL-2028", valid_from=date(2028, 1, 1), valid_to=None)
    check_dates([*shipped(), first, later])
    with pytest.raises(ValidationError, match="VL-2028"):
        check_dates([*shipped(), first, replace(later, valid_from=date(2026, 12, 1))])


@pytest.mark.parametrize(
    ("field", "value", "place"),
    [
        ("indicators", (), "indicator"),
        ("deadlines", {}, "deadlines.posting"),
        ("calendar", {}, "calendar.survey_to"),
        ("authorities", {}, "authorities.superior"),
        ("procedure", {}, "procedure.in_year"),
        ("figures", {}, "figures.agreement_percent"),
    ],
)
def test_a_national_standard_leaves_nothing_out(field: str, value: object, place: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_whole(replace(pack("VN-2027"), **{field: value}))
    assert place in [problem.field for problem in refused.value.problems]
    check_whole(read_pack(local_pack("86")))


def test_what_a_newer_revision_changes() -> None:
    newer = read_pack(
        revised(
            "VN-2022",
            2,
            ("rural = 1500000, urban = 2000000", "rural = 1600000, urban = 2000000"),
            ("points = 140, income = 1500000", "points = 140, income = 1600000"),
            ('period = "giai đoạn 2022 - 2025"\n', ""),
        )
    )
    with i18n.using("en"):
        told = {change.place: change for change in changes(pack("VN-2022"), newer)}
    line = told["band.poor.upper.rural"]
    assert (line.old, line.new) == ("1,500,000 dong", "1,600,000 dong")
    assert line.label == "Poverty line › Poor household › at most › Rural area"
    assert (told["revision"].old, told["revision"].new) == ("1", "2")
    assert told["score.anchors.rural.income"].new == "1,600,000 dong"
    assert (told["terms.period"].old, told["terms.period"].new) == ("giai đoạn 2022 - 2025", "")
    assert set(told) == {
        "revision",
        "band.poor.upper.rural",
        "band.near_poor.upper.rural",
        "score.anchors.rural.income",
        "terms.period",
    }


def test_what_another_standard_changes() -> None:
    with i18n.using("en"):
        told = {change.place: change for change in changes(pack("VN-2022"), pack("VN-2027"))}
    assert (told["status"].old, told["status"].new) == ("In force", "Draft, not official")
    assert (told["valid_from"].old, told["valid_from"].new) == ("01/01/2022", "01/01/2027")
    assert told["indicator.phuong_tien_tt.name"].new == ""
    assert told["indicator.nguon_nuoc.order"].new == "10"
    assert told["indicator.nguon_nuoc.order"].label == "Indicator › Nguồn nước sinh hoạt › place in the list"
    assert told["deadlines.posting.certainty"].new == "Not certain"
    assert not changes(pack("VN-2022"), pack("VN-2022"))


def test_two_bands_of_one_class_are_told_apart_and_a_first_pack_is_all_new() -> None:
    with i18n.using("en"):
        told = {change.place: change for change in changes(None, pack("VN-2016"))}
    assert told["band.poor.upper.rural"].new == "700,000 dong"
    assert told["band.poor (2).upper.rural"].label == "Poverty line › Poor household (2) › at most › Rural area"
    assert {change.old for change in told.values()} == {""}
    assert changes(None, pack("VN-2022"))[0].place == "id"


def test_working_days_and_steps_are_said_in_words() -> None:
    files = changed(
        revised("VN-2027", 2),
        ("days = 3\nworking = true", "days = 4\nworking = false"),
        ('"opinion", "decided"', '"decided"'),
        file="procedure.toml",
    )
    with i18n.using("en"):
        told = {change.place: change for change in changes(pack("VN-2027"), read_pack(files))}
    assert (told["deadlines.posting.working"].old, told["deadlines.posting.working"].new) == ("yes", "no")
    assert told["deadlines.posting.days"].label == "Deadline › posting › number of days"
    assert "opinion" in told["procedure.periodic"].old
    assert told["procedure.periodic"].label == "Steps › Yearly review"


def test_lines_of_tables_are_told_apart_by_their_code() -> None:
    signs = {"items": [{"code": "o_to", "label": "Có ô tô"}], "title": "Phiếu A", "certainty": "R"}
    lines = [{"group": "1", "item": "2", "label": "Hai người", "kind": "choice", "points": {"TT": 5}}]
    points = {"title": "B1", "zones": {"TT": "Thành thị"}, "items": lines, "certainty": "R"}
    newer = pack_from_plain(plain_content(pack("VN-2022")) | {"quick_check": signs, "score_table": points})
    assert newer.quick_check is not None
    assert newer.quick_check.items == (("o_to", "Có ô tô"),)
    told = {change.place: change.new for change in changes(pack("VN-2022"), newer)}
    assert told["quick_check.items.o_to.label"] == "Có ô tô"
    assert told["score_table.items.1.2.points.TT"] == "5"


def test_a_standard_may_be_open_ended() -> None:
    endless = read_pack(changed(pack_files(), ("valid_to = 2030-12-31\n", "")))
    assert endless.valid_to is None
    assert endless.covers(date(2099, 1, 1))


def test_every_key_of_the_shipped_packs_has_a_word() -> None:
    keys = {key for one in shipped() for key in plain_content(one)}
    assert keys <= set(WORDS)


def item(group: str, number: str, kind: str, points: int) -> ScoreItem:
    return ScoreItem(group, number, f"Mục {group}.{number}", kind, MappingProxyType({"TT": points, "NT6": points + 5}))


def test_points_add_up() -> None:
    empty = pack("VN-2022").score_table
    assert empty is not None
    table = replace(
        empty,
        zones=MappingProxyType({"TT": "Khu vực thành thị", "NT6": "Đồng bằng sông Cửu Long"}),
        items=(
            item("1", "1", "choice", 10),
            item("1", "2", "choice", 20),
            item("2", "1", "flag", 3),
            item("2", "2", "flag", 4),
            item("3", "1", "count_band", 7),
        ),
    )
    answers = {"1.1": 0, "1.2": 1, "2.1": 1, "2.2": 1, "3.1": 4}
    assert score_points(table, "TT", answers) == 34
    assert score_points(table, "NT6", answers) == 54
    assert score_points(table, "TT", {}) == 0
    assert score_table_from_content(score_table_content(table), 200) == table
    for wrong, field in (
        ({"1.1": 1, "1.2": 1}, "1.2"),
        ({"9.9": 1}, "9.9"),
        ({"2.1": 2}, "2.1"),
        ({"3.1": -1}, "3.1"),
    ):
        with pytest.raises(ValidationError) as refused:
            score_points(table, "TT", wrong)
        assert [problem.field for problem in refused.value.problems] == [field]
    with pytest.raises(ValidationError, match="TT, NT6"):
        score_points(table, "NT9", {})
    with pytest.raises(ValidationError):
        score_points(empty, "TT", {})
    with pytest.raises(ValidationError, match="500"):
        score_table_from_content(score_table_content(replace(table, items=(item("1", "1", "flag", 500),))), 200)
    with pytest.raises(ValidationError, match="items"):
        score_table_from_content(score_table_content(replace(table, items=table.items[:1] * 2)), 200)
