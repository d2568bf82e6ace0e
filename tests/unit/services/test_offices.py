"""The office: communes found without accents, hamlets, signatories, accounts, letterhead."""

from dataclasses import replace
from datetime import date

import pytest

from casemgr.domain.households import ClassData, HouseholdClass
from casemgr.domain.offices import Area, DecisionData, HamletData, SignatoryData, UserData, in_sentence
from casemgr.errors import ConflictError, NotAllowedError, NotFoundError, ValidationError
from casemgr.services import areas, classes, offices
from tests.support.workspaces import Make


def test_the_shipped_list_has_every_unit_in_force() -> None:
    units = areas.communes()
    assert len(units) == 3321
    assert len({unit.province for unit in units}) == 34
    assert areas.commune("00004").full_name == "Phường Ba Đình"
    assert areas.commune("00004").default_area is Area.URBAN
    with pytest.raises(NotFoundError, match="99999"):
        areas.commune("99999")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("hung khanh trung", "28901"),
        ("hưng khánh tr", "28901"),
        ("xa hung khanh trung vinh long", "28901"),
        ("28901", "28901"),
        ("HUNG KHANH TRUNG", "28901"),
    ],
)
def test_a_commune_is_found_without_accents(typed: str, first: str) -> None:
    assert areas.find_communes(typed)[0].code == first


def test_same_names_show_their_provinces_and_nothing_finds_nothing() -> None:
    assert len({unit.province for unit in areas.find_communes("xa tan phu") if unit.name == "Tân Phú"}) >= 4
    assert areas.find_communes("  ") == []
    assert areas.find_communes("khong co xa nay") == []


def test_names_inside_sentences_follow_the_decree() -> None:
    assert in_sentence("Xã Hưng Khánh Trung") == "xã Hưng Khánh Trung"
    assert in_sentence("Phường 1") == "Phường 1"
    assert in_sentence("Đặc khu Côn Đảo") == "đặc khu Côn Đảo"
    assert in_sentence("Thành phố Hồ Chí Minh") == "Thành phố Hồ Chí Minh"
    assert in_sentence("Tổ dân phố 5") == "Tổ dân phố 5"


def test_a_new_office_has_its_usual_letterhead(make: Make) -> None:
    office = make.workspace.read(offices.office)
    assert office.agency_lines == ("ỦY BAN NHÂN DÂN", "XÃ HƯNG KHÁNH TRUNG")
    assert (office.place_name, office.province_name, office.sample) == ("Hưng Khánh Trung", "Tỉnh Vĩnh Long", False)
    make.workspace.write(
        offices.correct_letterhead,
        agency_lines=("UBND TỈNH VĨNH LONG", " ỦY BAN NHÂN DÂN XÃ  HƯNG KHÁNH TRUNG "),
        place_name="Xã Hưng Khánh Trung",
        certificate_symbol="GCN-HN.HCN",
    )
    office = make.workspace.read(offices.office)
    assert office.agency_lines == ("UBND TỈNH VĨNH LONG", "ỦY BAN NHÂN DÂN XÃ HƯNG KHÁNH TRUNG")
    with pytest.raises(ValidationError) as refused:
        make.workspace.write(offices.correct_letterhead, agency_lines=(" ",), place_name="", certificate_symbol=" ")
    assert {problem.field for problem in refused.value.problems} == {"agency_lines", "place_name", "certificate_symbol"}


def test_hamlets_are_matched_however_they_are_written(make: Make) -> None:
    wanted = make.hamlet()
    for text in ("Ấp Phú Nhơn", "ấp Phú nhơn", "Phu Nhon", "A. Phú Nhơn", "A Phú Nhơn"):
        assert make.workspace.read(offices.find_hamlet, text) == wanted
    assert make.workspace.read(offices.find_hamlet, "Phú") is None
    assert offices.parse_hamlet("ấp Tân Thới", Area.RURAL) == HamletData("Ấp", "Tân Thới", Area.RURAL)
    assert offices.parse_hamlet("Khu phố 2", Area.RURAL) == HamletData("Khu phố", "2", Area.URBAN)
    assert offices.parse_hamlet("Cồn Phú Đa", Area.RURAL) == HamletData("", "Cồn Phú Đa", Area.RURAL)


def test_hamlets_are_added_once_and_corrected(make: Make) -> None:
    with pytest.raises(ValidationError):
        make.workspace.write(offices.add_hamlet, HamletData("Ấp", "phu nhon", Area.RURAL))
    with pytest.raises(ValidationError):
        make.workspace.write(offices.add_hamlet, HamletData("Ấp", " ", Area.RURAL))
    make.household()
    first = make.workspace.read(offices.hamlets)[0]
    assert (first.data.full_name, first.households) == ("Ấp Phú Nhơn", 1)
    changed = replace(first.data, area=Area.URBAN)
    make.workspace.write(offices.correct_hamlet, first.id, first.version, changed, active=False)
    assert [view.data.name for view in make.workspace.read(offices.hamlets, active_only=True)] == ["Quân An"]
    with pytest.raises(ConflictError):
        make.workspace.write(offices.correct_hamlet, first.id, first.version, changed)


def test_signatories_have_one_to_three_title_lines(make: Make) -> None:
    made = make.workspace.write(
        offices.add_signatory, SignatoryData("Lê Thị Thu", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    )
    for wrong in (
        SignatoryData("", ("CHỦ TỊCH",)),
        SignatoryData("Lê Thị Thu", ()),
        SignatoryData("A", ("1", "2", "3", "4")),
    ):
        with pytest.raises(ValidationError):
            make.workspace.write(offices.add_signatory, wrong)
    view = next(view for view in make.workspace.read(offices.signatories) if view.id == made)
    make.workspace.write(offices.correct_signatory, made, view.version, replace(view.data, active=False))
    assert [view.data.name for view in make.workspace.read(offices.signatories, active_only=True)] == ["Trần Văn Hòa"]


def test_accounts_and_settings(make: Make) -> None:
    make.workspace.write(offices.add_user, UserData("thu", "Lê Thị Thu", "leader"))
    assert [user.login for user in make.workspace.read(offices.users)] == ["lan", "thu"]
    for wrong in (UserData("thu", "Khác"), UserData("a b", "Ai"), UserData("x", ""), UserData("y", "Ai", "king")):
        with pytest.raises(ValidationError):
            make.workspace.write(offices.add_user, wrong)
    assert make.workspace.read(offices.setting, "lists.owner_mark") is None
    make.workspace.write(offices.keep_setting, "lists.owner_mark", "true")
    make.workspace.write(offices.keep_setting, "lists.owner_mark", "false")
    assert make.workspace.read(offices.setting, "lists.owner_mark") == "false"
    make.workspace.actor = replace(make.workspace.actor, role="officer")
    with pytest.raises(NotAllowedError):
        make.workspace.write(offices.add_user, UserData("ba", "Bé Ba"))


def test_the_class_of_each_year_stays_with_its_decision(make: Make) -> None:
    household = make.household()
    make.poor(household, 2025)
    make.poor(household, 2026, HouseholdClass.NEAR_POOR, decided=False)
    newest, older = make.view(household).classes
    assert (newest.data.year, newest.data.value, newest.decision) == (2026, HouseholdClass.NEAR_POOR, None)
    assert older.decision == DecisionData("45/QĐ-UBND", date(2024, 12, 12), 2025)
    assert classes.class_on(make.view(household).classes, 2025) == older
    assert classes.class_on(make.view(household).classes, 2020) is None
    assert classes.since_when(older) == date(2024, 12, 12)
    assert classes.since_when(newest) is None
    make.workspace.write(classes.set_class, household, ClassData(2026, HouseholdClass.POOR, since=date(2026, 1, 1)))
    assert make.view(household).classes[0].data.value is HouseholdClass.POOR
    assert classes.since_when(make.view(household).classes[0]) == date(2026, 1, 1)
    with pytest.raises(ValidationError):
        make.workspace.write(classes.set_class, household, ClassData(26, HouseholdClass.POOR))


def test_a_decision_is_recorded_once(make: Make) -> None:
    first = make.workspace.write(classes.record_decision, DecisionData("45/QĐ-UBND", None, 2025))
    again = make.workspace.write(classes.record_decision, DecisionData(" 45/QĐ-UBND ", date(2025, 12, 12), 2025))
    assert first == again
    assert make.workspace.read(classes.decisions) == [(first, DecisionData("45/QĐ-UBND", date(2025, 12, 12), 2025))]
    with pytest.raises(ValidationError):
        make.workspace.write(classes.record_decision, DecisionData("", None, 2025))
