"""Risk flags of work abroad: a case that raises each one, and the nearest that does not."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from casemgr.domain.abroad import AbroadContent, AbroadState, context_of
from casemgr.domain.abroad_flag_file import Certificate, FlagFile, Paid
from casemgr.domain.abroad_flags import Assessment, assess, codes
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.abroad_words import Kept, PayeeKind, PaymentKind
from casemgr.services.programmes import shipped_catalogue

DAY = date(2026, 11, 24)
FIRM, BANK, PERSON = PayeeKind.FIRM, PayeeKind.BANK, PayeeKind.PERSON
SERVICE, DEPOSIT, EXTENSION = PaymentKind.SERVICE, PaymentKind.DEPOSIT, PaymentKind.EXTENSION
SIGNED = date(2026, 3, 2)

READY = FlagFile(
    state=AbroadState.PAPERS,
    form="service",
    market="JAPAN",
    country="Nhật Bản",
    firm="Công ty Hướng Dương",
    licence="123/LĐTBXH-GP",
    supply_registration="45/QLLĐNN",
    selected_on=date(2026, 8, 3),
    waiting_promise=True,
    signed_on=SIGNED,
    contract_from=date(2026, 6, 1),
    contract_to=date(2029, 5, 31),
    contract_months=36,
    wage=30_000_000,
    accepted_on=date(2026, 4, 1),
    age=23,
    orientation=Certificate(date(2025, 1, 10)),
    content=AbroadContent(job="Chế biến thực phẩm"),
)
AWAY = replace(READY, state=AbroadState.WORKING, departed_on=date(2026, 9, 1), last_contact=date(2026, 11, 1))
HOME = replace(
    AWAY,
    state=AbroadState.RETURNED,
    contract_to=date(2026, 10, 31),
    returned_on=date(2026, 11, 1),
    notice_on=date(2026, 11, 10),
)
DIRECT = replace(READY, form="direct", firm="", licence="", supply_registration="")


def number(code: str) -> int | None:
    if code == "ABROAD.DEPOSIT_MAX.JAPAN":
        return 70_000_000  # as an office enters it
    rate = shipped_catalogue().rate(code, DAY)
    return rate.value if rate else None


def judged(file: FlagFile, day: date = DAY) -> Assessment:
    return assess(file, shipped(), number, day)


def raised(file: FlagFile, day: date = DAY) -> set[str]:
    return {one.code for one in judged(file, day).flags}


def paid(kind: PaymentKind, amount: int, on: date = date(2026, 5, 4), to: PayeeKind = FIRM, **more: Any) -> FlagFile:
    return replace(READY, payments=(Paid(kind, on, amount, to, **more),))


def content(**more: Any) -> FlagFile:
    return replace(READY, content=replace(READY.content, **more))


def fee(months: int, amount: int, **more: Any) -> FlagFile:
    return replace(paid(SERVICE, amount), contract_months=months, **more)


PAIRS: list[tuple[str, FlagFile, FlagFile]] = [
    ("MOI_GIOI", paid(PaymentKind.BROKER, 5_000_000), paid(PaymentKind.TRAINING, 5_000_000, to=PayeeKind.TRAINING)),
    ("MOI_GIOI", paid(SERVICE, 5_000_000, to=PERSON), paid(SERVICE, 5_000_000)),
    ("MOI_GIOI", paid(SERVICE, 5_000_000, to=PayeeKind.OTHER), paid(PaymentKind.PAPERS, 1, to=PayeeKind.AUTHORITY)),
    ("KHONG_GIAY_PHEP", replace(READY, licence=""), replace(READY, licence="", form="public_unit")),
    ("KHONG_GIAY_PHEP", content(sender_is_person=True), READY),
    ("THU_TIEN_TUYEN", paid(PaymentKind.RECRUITMENT, 1), paid(PaymentKind.TRAINING, 1, to=PayeeKind.TRAINING)),
    ("PHI_VUOT_TRAN", fee(36, 90_000_001), fee(36, 90_000_000)),
    ("PHI_VUOT_TRAN", fee(12, 30_000_001), fee(12, 30_000_000)),
    (
        "PHI_VUOT_TRAN",
        fee(12, 45_000_001, content=AbroadContent(sailor=True)),
        fee(12, 45_000_000, content=AbroadContent(sailor=True)),
    ),
    (
        "PHI_VUOT_TRAN",
        replace(paid(EXTENSION, 15_000_001), extension_months=12),
        replace(paid(EXTENSION, 15_000_000), extension_months=12),
    ),
    ("THU_PHI_SOM", paid(SERVICE, 1, on=date(2026, 3, 1)), paid(SERVICE, 1, on=SIGNED)),
    ("THU_PHI_SOM", replace(paid(SERVICE, 1), signed_on=None), paid(SERVICE, 1)),
    ("THU_PHI_SOM", replace(paid(SERVICE, 1), supply_registration=""), replace(READY, supply_registration="")),
    (
        "KY_QUY_SOM",
        paid(DEPOSIT, 1, on=date(2026, 3, 31), to=BANK, blocked=True),
        paid(DEPOSIT, 1, on=date(2026, 4, 1), to=BANK, blocked=True),
    ),
    ("KY_QUY_SOM", paid(DEPOSIT, 1, to=BANK), paid(DEPOSIT, 1, to=BANK, blocked=True)),
    (
        "KY_QUY_VUOT_TRAN",
        paid(DEPOSIT, 70_000_001, to=BANK, blocked=True),
        paid(DEPOSIT, 70_000_000, to=BANK, blocked=True),
    ),
    ("BAO_DAM_KHAC", content(kept=(Kept.LAND,)), READY),
    ("CHO_QUA_180", replace(READY, selected_on=date(2026, 5, 27)), replace(READY, selected_on=date(2026, 5, 28))),
    ("CHO_QUA_180", replace(READY, waiting_promise=False), READY),
    ("CHO_QUA_180", replace(READY, selected_on=date(2026, 1, 5)), replace(AWAY, selected_on=date(2026, 1, 5))),
    (
        "GDDH_HET_HAN",
        replace(READY, orientation=Certificate(date(2024, 11, 23))),
        replace(READY, orientation=Certificate(date(2024, 11, 24))),
    ),
    (
        "GDDH_HET_HAN",
        replace(READY, orientation=Certificate(date(2025, 1, 1), context_of("Công ty khác", "", ""))),
        replace(
            READY,
            orientation=Certificate(date(2025, 1, 1), context_of(READY.firm, READY.content.job, READY.country)),
        ),
    ),
    (
        "GDDH_HET_HAN",
        replace(AWAY, departed_on=date(2026, 9, 1), orientation=Certificate(date(2024, 8, 31))),
        replace(AWAY, departed_on=date(2026, 9, 1), orientation=Certificate(date(2024, 9, 1))),
    ),
    (
        "HD_TT_CHUA_XN",
        replace(DIRECT, state=AbroadState.DEPARTED, departed_on=date(2026, 11, 2)),
        replace(
            DIRECT,
            state=AbroadState.DEPARTED,
            departed_on=date(2026, 11, 2),
            confirmed_on=date(2026, 10, 1),
        ),
    ),
    ("HD_TT_CHUA_XN", replace(DIRECT, departed_on=date(2026, 11, 2)), DIRECT),
    ("NGHE_KHU_VUC_CAM", content(job="Nhân viên mát-xa"), content(job="Nhân viên chăm sóc")),
    ("NGHE_KHU_VUC_CAM", content(area_banned=True), READY),
    (
        "QUA_HAN_VE",
        replace(AWAY, contract_to=date(2026, 10, 24)),
        replace(AWAY, contract_to=date(2026, 10, 25)),
    ),
    (
        "VE_TRUOC_HAN",
        replace(HOME, returned_on=date(2026, 10, 30)),
        replace(HOME, returned_on=date(2026, 10, 31)),
    ),
    (
        "CHUA_THANH_LY",
        replace(HOME, contract_to=date(2026, 5, 27), returned_on=date(2026, 5, 28)),
        replace(HOME, contract_to=date(2026, 5, 28), returned_on=date(2026, 5, 29)),
    ),
    (
        "CHUA_KB_CU_TRU",
        replace(HOME, returned_on=date(2026, 11, 8), notice_on=None),
        replace(HOME, returned_on=date(2026, 11, 9), notice_on=None),
    ),
    (
        "NO_CAO",
        replace(READY, loan=300_000_000, private_debt=60_000_001),
        replace(READY, loan=300_000_000, private_debt=60_000_000),
    ),
    (
        "NO_CAO",
        replace(READY, loan=1, loan_due_on=date(2029, 5, 30)),
        replace(READY, loan=1, loan_due_on=date(2029, 5, 31)),
    ),
    (
        "MAT_LIEN_LAC",
        replace(AWAY, departed_on=date(2026, 8, 1), last_contact=date(2026, 8, 25)),
        replace(AWAY, departed_on=date(2026, 8, 1), last_contact=date(2026, 8, 26)),
    ),
    (
        "MAT_LIEN_LAC",
        replace(AWAY, departed_on=date(2026, 8, 25), last_contact=None),
        replace(AWAY, departed_on=date(2026, 8, 26), last_contact=None),
    ),
    ("CHUA_DU_DK", replace(READY, age=17), replace(READY, age=18)),
    ("CHUA_DU_DK", content(exit_ban=True), READY),
    ("CHUA_DU_DK", content(no_capacity=True), READY),
]


@pytest.mark.parametrize(("code", "bad", "near"), PAIRS, ids=[f"{code}-{at}" for at, (code, *_) in enumerate(PAIRS)])
def test_a_flag_is_raised_and_by_the_nearest_case_not(code: str, bad: FlagFile, near: FlagFile) -> None:
    assert code in raised(bad)
    assert code not in raised(near)


def test_every_flag_has_its_pair() -> None:
    assert {code for code, *_rest in PAIRS} == set(codes()) == set(shipped().flags)


@pytest.mark.parametrize("file", [READY, AWAY, DIRECT, HOME])
def test_a_case_in_order_raises_nothing(file: FlagFile) -> None:
    assert judged(file).flags == ()


@pytest.mark.parametrize(
    ("code", "file"),
    [
        ("PHI_VUOT_TRAN", replace(paid(SERVICE, 1), wage=0)),
        ("PHI_VUOT_TRAN", paid(EXTENSION, 1)),
        ("KY_QUY_VUOT_TRAN", replace(paid(DEPOSIT, 1, to=BANK, blocked=True), market="KOREA")),
        ("CHO_QUA_180", replace(READY, waiting_promise=None)),
        ("GDDH_HET_HAN", replace(READY, orientation=Certificate(None))),
        ("VE_TRUOC_HAN", replace(HOME, contract_to=None)),
        ("NO_CAO", replace(READY, private_debt=1, wage=0)),
        ("CHUA_DU_DK", replace(READY, age=None)),
    ],
)
def test_what_is_not_known_is_told_and_raises_nothing(code: str, file: FlagFile) -> None:
    told = judged(file)
    assert code in {one.code for one in told.unjudged}
    assert code not in {one.code for one in told.flags}
    assert all(one.why for one in told.unjudged)


def test_without_a_figure_nothing_is_judged() -> None:
    late = replace(AWAY, contract_to=date(2026, 1, 1))
    told = assess(late, shipped(), lambda _code: None, DAY)
    assert {"QUA_HAN_VE", "MAT_LIEN_LAC", "CHUA_THANH_LY"} <= {one.code for one in told.unjudged}


@pytest.mark.parametrize("state", [AbroadState.ENDED, AbroadState.CANCELLED])
def test_a_closed_case_waits_for_nothing_but_its_payments_stay(state: AbroadState) -> None:
    old = replace(HOME, state=state, notice_on=None, selected_on=date(2025, 1, 1), private_debt=10**10)
    assert raised(old, date(2028, 1, 1)) == set()
    assert raised(replace(paid(PaymentKind.BROKER, 1), state=state)) == {"MOI_GIOI"}


def test_a_contract_signed_directly_is_not_settled_with_a_firm() -> None:
    back = replace(DIRECT, **{"state": AbroadState.RETURNED, "departed_on": date(2026, 1, 2)})
    back = replace(back, returned_on=date(2026, 2, 1), notice_on=date(2026, 2, 2), contract_to=date(2026, 2, 1))
    assert "CHUA_THANH_LY" not in raised(replace(back, confirmed_on=date(2025, 12, 1)))


def test_orientation_of_29_february_is_valid_until_28_february() -> None:
    file = replace(READY, orientation=Certificate(date(2024, 2, 29)), selected_on=None)
    assert "GDDH_HET_HAN" not in raised(file, date(2026, 2, 28))
    assert "GDDH_HET_HAN" in raised(file, date(2026, 3, 1))


def test_flags_carry_level_law_and_figures() -> None:
    told = judged(replace(READY, payments=(Paid(SERVICE, date(2026, 5, 4), 95_000_000, FIRM),)))
    (flag,) = told.flags
    assert (flag.code, flag.level, flag.certainty, told.red) == ("PHI_VUOT_TRAN", "red", "V", 1)
    assert "95.000.000" in flag.detail or "95,000,000" in flag.detail
    assert "Điều 23" in flag.law
