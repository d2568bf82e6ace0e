"""Laws of the indicators: many at once say the same, ages alike are judged alike, facts never turn an answer around."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from casemgr.domain.conditions import ConditionData, Device, DwellingData, Nutrition, SchoolLevel, Toilet, WaterSource
from casemgr.domain.dates import PartialDate
from casemgr.domain.indicators import Member, Proposer, propose
from casemgr.domain.packs import Pack
from casemgr.domain.people import Education, LabourCapacity, Sex, Work
from tests.support.indicator_cases import DRAFT, ON, PACK

_births = st.one_of(
    st.none(),
    st.dates(date(1930, 1, 1), date(2027, 1, 1)).map(PartialDate.of),
    st.integers(1930, 2026).map(PartialDate),
    st.builds(PartialDate, st.integers(1930, 2026), st.integers(1, 12)),
)


_truths = st.sampled_from([None, True, False])


@st.composite
def people(draw: st.DrawFn) -> Member:
    """A member whose facts do not contradict each other: who studies attends a school, who has a number is insured."""
    work = draw(st.one_of(st.none(), st.sampled_from(Work)))
    school = draw(st.one_of(st.none(), st.sampled_from(SchoolLevel)))
    education = draw(st.one_of(st.none(), st.sampled_from(Education)))
    seeks, wage = draw(_truths), draw(_truths)
    if school is not None:
        work = Work.STUDYING if school is not SchoolLevel.NONE else None
        education = None if work is Work.STUDYING else education
    if work is not None:
        seeks, wage = None, None
    card = draw(st.booleans())
    return Member(
        "Thạch Thị Sa",
        draw(_births),
        draw(st.one_of(st.none(), st.sampled_from(Sex))),
        education,
        work,
        draw(st.one_of(st.none(), st.sampled_from(LabourCapacity))),
        draw(st.booleans()),
        draw(st.booleans()),
        card,
        ConditionData(
            insured=True if card else draw(_truths),
            school=school,
            nutrition=draw(st.one_of(st.none(), st.sampled_from(Nutrition))),
            contract=draw(_truths),
            wage_work=wage,
            seeks_work=seeks,
            trained=draw(_truths),
        ),
    )


_houses = st.builds(
    DwellingData,
    walls_durable=_truths,
    columns_durable=_truths,
    roof_durable=_truths,
    area_dm2=st.one_of(st.none(), st.integers(1, 10_000)),
    water=st.one_of(st.none(), st.sampled_from(WaterSource)),
    toilet=st.one_of(st.none(), st.sampled_from(Toilet)),
    internet=_truths,
    devices=st.one_of(st.none(), st.sets(st.sampled_from([device.value for device in Device])).map(tuple)),
    waste_handled=_truths,
)


_packs = st.sampled_from([PACK, DRAFT])


@given(_packs, st.lists(people(), max_size=6), _houses)
def test_many_at_once_say_the_same_as_one_in_words(pack: Pack, members: list[Member], seen: DwellingData) -> None:
    one = propose(pack, members, seen, ON)
    proposer = Proposer(pack, ON)
    marks, count = proposer.of_house(seen), 0
    for someone in members:
        mark, more = proposer.of_member(someone)
        marks, count = marks | mark, count + more
    many = proposer.answers(marks, count, seen.area_dm2)
    assert many.deprived == {code for code, proposal in one.items() if proposal.value}
    assert many.unknown == {code for code, proposal in one.items() if proposal.value is None}
    assert all(bool(proposal.missing) == (proposal.value is None) for proposal in one.values())
    assert all(proposal.why for proposal in one.values())


@given(_packs, people(), _births)
def test_people_of_one_age_group_are_judged_alike(pack: Pack, someone: Member, birth: PartialDate | None) -> None:
    proposer = Proposer(pack, ON)
    other = replace(someone, birth=birth)
    if proposer.age_group(birth) == proposer.age_group(someone.birth):
        assert proposer.of_member(other) == proposer.of_member(someone)


@given(
    st.lists(people(), min_size=1, max_size=4),
    _houses,
    st.sets(st.sampled_from(["birth", "sex", "education", "labour"])),
    st.sets(st.sampled_from(sorted(ConditionData.__dataclass_fields__))),
    st.sets(st.sampled_from(sorted(set(DwellingData.__dataclass_fields__) - {"note"}))),
)
def test_more_facts_never_turn_an_answer_around(
    members: list[Member], seen: DwellingData, facts: set[str], said: set[str], parts: set[str]
) -> None:
    whole = propose(DRAFT, members, seen, ON)
    blank = [
        replace(
            someone,
            **dict.fromkeys(facts),
            condition=replace(someone.condition, **dict.fromkeys(said)),
        )
        for someone in members
        if not (someone.birth and someone.birth.first_day > ON)
    ]
    less = propose(DRAFT, blank, replace(seen, **dict.fromkeys(parts)), ON)
    for code, proposal in less.items():
        if proposal.value is not None:
            assert whole[code].value is proposal.value, code
