"""A son goes to Japan and comes home: steps, papers, what stands in the way, tasks, flags and lists."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from casemgr.domain.abroad import AbroadState, Incident, ReturnReason, SupportGroup
from casemgr.domain.households import HouseholdClass
from casemgr.errors import ConflictError, ValidationError
from casemgr.services import (
    abroad_board,
    abroad_cases,
    abroad_checks,
    abroad_contacts,
    abroad_documents,
    abroad_steps,
    tasks,
)
from casemgr.services.abroad_board import AbroadQuery
from casemgr.services.abroad_contacts import ContactData
from casemgr.services.abroad_documents import DocumentData
from casemgr.services.state_steps import StepData
from casemgr.workspace import Workspace
from tests.support.abroad import CONTENT, DOSSIER, Abroad

TODAY = date(2026, 11, 24)


def problems(call: Any, *arguments: Any, **named: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        call(*arguments, **named)
    return [one.field for one in refused.value.problems]


def open_rules(workspace: Workspace, household: UUID) -> dict[str, date]:
    return {one.data.rule: one.data.due_on for one in workspace.read(tasks.of_household, household)}


def test_a_new_case_knows_groups_and_generation(workspace: Workspace) -> None:
    household, person = Abroad(workspace).home("birth=2003-05-10;ethnic=05")
    data = workspace.read(abroad_cases.fresh, household, person)
    assert data.groups == (SupportGroup.POOR, SupportGroup.MINORITY)
    assert data.generation == "C"
    assert workspace.read(abroad_cases.generation_on, date(2025, 6, 1)) == "B"


def test_what_was_written_is_read_again_with_the_class_of_the_day(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.signed()
    view = people.view(case)
    assert (view.state, view.class_value) == (AbroadState.ADVISED, HouseholdClass.POOR)
    assert view.data.content == CONTENT
    assert view.data.contract_months == 36
    people.change(case, wage=31_000_000)
    assert people.view(case).data.wage == 31_000_000
    with pytest.raises(ConflictError):
        workspace.write(abroad_cases.keep, view.data, case_id=case, version=view.version)


def test_bad_input_is_told_beside_its_field(workspace: Workspace) -> None:
    people = Abroad(workspace)
    household, _person = people.home()
    other = people.home()[1]
    fresh = workspace.read(abroad_cases.fresh, household, other)
    bad = replace(
        fresh,
        form="boat",
        market="MARS",
        registered_on=date(2026, 12, 1),
        contract_from=date(2026, 5, 2),
        contract_to=date(2026, 5, 1),
        wage=-1,
        content=replace(CONTENT, contact_home="Mẹ, 0900 000 001"),
    )
    told = problems(workspace.write, abroad_cases.keep, bad)
    assert set(told) == {"person_id", "form", "market", "registered_on", "contract_to", "wage", "consent_on"}


def test_consent_missing_is_told_plainly_and_voluntary_facts_need_it(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case()
    assert [one.field for one in people.view(case).findings] == ["consent_on"]
    people.change(case, consent_on=TODAY, content=replace(CONTENT, contact_home="Mẹ, 0900 000 001"))
    assert people.view(case).findings == ()


def test_a_case_stays_with_its_person(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case, (household, person) = people.case(), people.home()
    kept = people.view(case)
    moved = replace(kept.data, household_id=household, person_id=person)
    assert problems(workspace.write, abroad_cases.keep, moved, case_id=case, version=kept.version) == ["person_id"]


def test_a_departure_without_its_papers_asks_for_the_reason_and_names_them_with_the_article(
    workspace: Workspace,
) -> None:
    people = Abroad(workspace)
    case = people.signed()
    people.papers(case, *DOSSIER[:2])
    leave = StepData(AbroadState.DEPARTED, date(2026, 2, 10))
    (told,) = workspace.read(abroad_steps.check, case, leave)
    assert told.field == "documents"
    assert "Điều 45" in told.citation
    assert "sức khỏe" in told.text.lower() or "health" in told.text.lower()
    assert problems(people.step, case, AbroadState.DEPARTED, date(2026, 2, 10)) == ["documents"]
    people.step(case, AbroadState.DEPARTED, date(2026, 2, 10), reason="Đã đi rồi mới báo xã")
    assert people.view(case).departed_on == date(2026, 2, 10)


def test_a_departure_with_every_paper_raises_nothing(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed(on=date(2026, 2, 10))
    view = people.view(case)
    assert view.state is AbroadState.DEPARTED
    assert [one.code for one in view.flags] == ["MAT_LIEN_LAC"]  # nobody asked for 287 days


def test_a_departure_before_the_contract_or_in_the_future_is_refused(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.signed()
    people.papers(case)
    early = {"reason": "Đi sớm"}
    assert problems(people.step, case, AbroadState.DEPARTED, date(2025, 11, 30), **early) == ["signed_on"]
    assert problems(people.step, case, AbroadState.DEPARTED, date(2026, 12, 1), **early) == ["on"]


def test_an_orientation_certificate_expired_at_departure_asks_for_a_reason(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.signed()
    people.papers(case)
    people.papers(case, "orientation", issued=date(2023, 2, 28))
    lines = {one.kind: one for one in workspace.read(abroad_documents.checklist, case, date(2026, 2, 10))}
    assert lines["orientation"].state == "have"  # the newest certificate counts
    other = people.signed()
    people.papers(other, *[one for one in DOSSIER if one != "orientation"])
    people.papers(other, "orientation", issued=date(2024, 2, 9))
    assert problems(people.step, other, AbroadState.DEPARTED, date(2026, 2, 10)) == ["documents"]


def test_a_minor_may_not_register_without_a_reason(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case(people.home("birth=2008-11-25"))
    assert problems(people.step, case, AbroadState.REGISTERED, TODAY) == ["person_id"]
    grown = people.case(people.home("birth=2008-11-24"))
    people.step(grown, AbroadState.REGISTERED, TODAY)
    assert people.view(grown).state is AbroadState.REGISTERED


def test_a_deposit_before_contract_and_acceptance_is_refused_with_its_article(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case(signed_on=date(2026, 9, 1))
    (told,) = workspace.read(abroad_steps.check, case, StepData(AbroadState.DEPOSIT, date(2026, 10, 1)))
    assert (told.field, told.severity.value) == ("accepted_on", "refuse")
    assert "112/2021" in told.citation
    people.change(case, accepted_on=date(2026, 9, 15))
    people.step(case, AbroadState.DEPOSIT, date(2026, 10, 1))


def test_steps_offer_what_fits_first_and_pass_over_the_direct_contract(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.signed()
    people.step(case, AbroadState.SIGNED, date(2025, 12, 1))
    offered = workspace.read(abroad_steps.moves, case)
    assert [one.move.to for one in offered if one.expected] == [AbroadState.ORIENTED]
    assert offered[0].move.to == AbroadState.DIRECT


def test_steps_write_their_days(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case(registered_on=None)
    people.step(case, AbroadState.REGISTERED, date(2026, 8, 3))
    people.step(case, AbroadState.SELECTED, date(2026, 9, 1))
    assert people.view(case).due_on == date(2027, 2, 28)  # 180 days
    people.step(case, AbroadState.SIGNED, date(2026, 9, 10), reason="Chưa rõ ngày hết hạn")
    data = people.view(case).data
    assert (data.registered_on, data.selected_on, data.signed_on) == (
        date(2026, 8, 3),
        date(2026, 9, 1),
        date(2026, 9, 10),
    )
    people.step(case, AbroadState.CANCELLED, date(2026, 10, 1), reason="Gia đình đổi ý")
    assert people.view(case).due_on is None


def test_a_return_opens_its_tasks_and_what_is_written_settles_them(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home, contract_to=date(2026, 10, 31))
    assert problems(people.step, case, AbroadState.RETURNED, date(2026, 11, 2)) == ["return_reason"]
    people.step(case, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.TERM})
    assert open_rules(workspace, home[0]) == {
        "abroad.notice": date(2026, 11, 17),
        "abroad.liquidation": date(2027, 4, 29),  # 180 days after 31/10/2026
        "abroad.reintegration": date(2026, 12, 2),
    }
    assert "CHUA_KB_CU_TRU" in {one.code for one in people.view(case).flags}
    workspace.write(abroad_steps.notice, case, people.view(case).version, date(2026, 11, 20))
    workspace.write(abroad_steps.liquidate, case, people.view(case).version, date(2026, 11, 23))
    assert set(open_rules(workspace, home[0])) == {"abroad.reintegration"}
    assert people.view(case).flags == ()
    people.step(case, AbroadState.ENDED, TODAY)
    assert open_rules(workspace, home[0]) == {}


def test_an_early_return_without_fault_opens_the_claim_and_an_unknown_cause_the_question(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home, other = people.home(), people.home()
    ill = people.departed(home)
    people.step(ill, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.ILLNESS})
    assert open_rules(workspace, home[0])["abroad.claim"] == date(2026, 12, 2)
    assert open_rules(workspace, home[0])["abroad.liquidation"] == date(2027, 5, 1)
    unknown = people.departed(other)
    people.step(unknown, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.UNKNOWN})
    assert "abroad.cause" in open_rules(workspace, other[0])
    assert "abroad.claim" not in open_rules(workspace, other[0])
    people.step(ill, AbroadState.WORKING, date(2026, 11, 3), reason="Ghi nhầm")
    assert open_rules(workspace, home[0]) == {}
    assert people.view(ill).returned_on is None


def test_an_extension_moves_the_end_and_its_next_due_day(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed(contract_to=date(2026, 12, 31))
    early = {"contract_to": "2026-12-31", "months": 12}
    assert problems(people.step, case, AbroadState.EXTENDED, TODAY, detail=early) == ["contract_to"]
    people.step(case, AbroadState.EXTENDED, TODAY, detail={"contract_to": "2027-12-31", "months": 12})
    assert people.view(case).data.contract_to == date(2027, 12, 31)
    people.step(case, AbroadState.EXTENDED, TODAY, detail={"contract_to": "2028-06-30", "months": 6})
    files = workspace.read(abroad_checks.files_of, [case], TODAY)
    assert files[case].extension_months == 18


def test_the_contract_over_asks_for_protection_first_and_only_once(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home, contract_to=date(2026, 10, 1))
    workspace.write(abroad_contacts.log, case, ContactData(date(2026, 11, 20), with_whom="Mẹ"))
    workspace.write(tasks.open_task, tasks.TaskData("Việc khác", TODAY, household_id=home[0]))
    assert workspace.write(abroad_steps.watch) == 1
    assert workspace.write(abroad_steps.watch) == 0
    # Three working days after 24/11/2026, which is a day off here itself.
    assert open_rules(workspace, home[0])["abroad.protection"] == date(2026, 11, 27)
    view = people.view(case)
    assert [one.code for one in view.flags] == ["QUA_HAN_VE"]
    assert view.incident is None  # nobody is called anything


def test_somebody_not_heard_of_is_on_the_list_until_reached(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case, fresh = people.departed(), people.departed(on=date(2026, 10, 20))
    (row,) = workspace.read(abroad_board.silent)
    assert (row.row.id, row.never, row.days) == (case, True, (TODAY - date(2026, 2, 10)).days)
    workspace.write(abroad_contacts.log, case, ContactData(TODAY, with_whom="Công ty", reached=False))
    assert len(workspace.read(abroad_board.silent)) == 1
    workspace.write(abroad_contacts.log, case, ContactData(TODAY, with_whom="Mẹ", next_on=date(2026, 12, 24)))
    assert workspace.read(abroad_board.silent) == []
    assert workspace.read(abroad_contacts.next_contact, case) == date(2026, 12, 24)
    assert workspace.read(abroad_contacts.next_contact, fresh) == date(2027, 1, 18)
    assert [one.data.with_whom for one in workspace.read(abroad_contacts.contacts, case)] == ["Mẹ", "Công ty"]
    told = problems(workspace.write, abroad_contacts.log, case, ContactData(date(2026, 12, 1), next_on=TODAY))
    assert told == ["on", "next_on", "with_whom"]


def test_an_incident_opens_the_protection_task_and_is_lifted_again(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home)
    version = people.view(case).version
    workspace.write(abroad_steps.incident, case, version, Incident.LEFT_CONTRACT, on=TODAY, note="Công ty báo")
    assert people.view(case).incident is Incident.LEFT_CONTRACT
    assert set(open_rules(workspace, home[0])) == {"abroad.protection"}
    rows = workspace.read(abroad_board.board, AbroadQuery(incident=True))
    assert [row.incident for row in rows] == [Incident.LEFT_CONTRACT]
    workspace.write(abroad_steps.incident, case, people.view(case).version, None, on=TODAY)
    assert people.view(case).incident is None
    at_home = people.case()
    with pytest.raises(ConflictError):
        workspace.write(abroad_steps.incident, at_home, people.view(at_home).version, Incident.DISPUTE, on=TODAY)
    with pytest.raises(ValidationError):
        workspace.write(abroad_steps.incident, case, people.view(case).version, Incident.DISPUTE, on=date(2026, 12, 1))


def test_notice_and_settlement_come_after_the_return(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case()
    assert problems(workspace.write, abroad_steps.notice, case, people.view(case).version, TODAY) == ["on"]
    gone = people.departed(contract_to=date(2026, 10, 31))
    people.step(gone, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.TERM})
    version = people.view(gone).version
    assert problems(workspace.write, abroad_steps.liquidate, gone, version, date(2026, 11, 1)) == ["on"]
    assert problems(workspace.write, abroad_steps.notice, gone, version, date(2026, 12, 1)) == ["on"]
    assert problems(people.step, case, AbroadState.RETURNED, TODAY, detail={"reason": "term"}) == ["to"]


def test_a_departure_taken_back_is_no_departure(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed()
    people.step(case, AbroadState.PAPERS, TODAY, reason="Hoãn bay")
    assert people.view(case).departed_on is None
    assert workspace.read(abroad_board.abroad_on, TODAY) == []


def test_board_counts_and_lists_show_the_same_people(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    gone, ready = people.departed(home), people.case(market="KOREA")
    assert workspace.read(abroad_board.counts)[AbroadState.DEPARTED] == 1
    assert workspace.read(abroad_board.counts, AbroadQuery(market="KOREA"))[AbroadState.ADVISED] == 1
    (row,) = workspace.read(abroad_board.board, AbroadQuery(states=("departed",), form="service"))
    assert (row.id, row.market, row.overdue) == (gone, "JAPAN", True)
    assert row.due_on == date(2026, 5, 11)  # 90 days after the departure
    assert [one.id for one in workspace.read(abroad_board.board, AbroadQuery(due_until=TODAY))] == [gone]
    assert [one.id for one in workspace.read(abroad_board.of_household, home[0])] == [gone]
    assert [one.id for one in workspace.read(abroad_board.of_person, home[1])] == [gone]
    name = people.view(ready).person
    query = AbroadQuery(text=name, officer_id=people.view(ready).data.officer_id)
    assert ready in [one.id for one in workspace.read(abroad_board.board, query)]
    assert sum(workspace.read(abroad_board.counts, query).values()) == len(workspace.read(abroad_board.board, query))


def test_people_abroad_are_counted_as_of_a_day(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.departed(on=date(2026, 2, 10), contract_to=date(2026, 10, 31))
    people.step(case, AbroadState.RETURNED, date(2026, 11, 2), detail={"reason": ReturnReason.TERM})
    days = (date(2026, 2, 9), date(2026, 2, 10), date(2026, 11, 1), date(2026, 11, 2))
    assert [workspace.read(abroad_board.count_abroad, day) for day in days] == [0, 1, 1, 0]


def test_the_funnel_shows_how_far_people_of_each_market_came(workspace: Workspace) -> None:
    people = Abroad(workspace)
    people.departed()
    lost = people.case(market="KOREA")
    people.step(lost, AbroadState.REGISTERED, date(2026, 9, 1))
    people.step(lost, AbroadState.CANCELLED, date(2026, 10, 1), reason="Không đủ sức khỏe")
    people.case(market="")
    japan, korea, nowhere = workspace.read(abroad_board.funnel)
    assert (japan.market, japan.total, japan.abroad) == ("JAPAN", 1, 1)
    assert (japan.counts[AbroadState.REGISTERED], japan.counts[AbroadState.DEPARTED]) == (1, 1)
    assert (korea.counts[AbroadState.ADVISED], korea.counts[AbroadState.REGISTERED], korea.cancelled) == (1, 1, 1)
    assert nowhere.market == ""
    assert workspace.read(abroad_board.funnel, first=date(2026, 11, 25)) == []
    assert len(workspace.read(abroad_board.funnel, last=TODAY)) == 3


def test_papers_are_kept_corrected_and_taken_out(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case()
    assert problems(workspace.write, abroad_documents.keep, case, DocumentData("photo")) == ["kind"]
    late = DocumentData("passport", "C01", date(2026, 12, 1), expires_on=date(2020, 1, 1))
    assert problems(workspace.write, abroad_documents.keep, case, late) == ["issued_on", "expires_on"]
    fine = DocumentData("passport", "C01", date(2016, 11, 30), expires_on=date(2027, 1, 10))
    paper = workspace.write(abroad_documents.keep, case, fine)
    lines = {one.kind: one for one in workspace.read(abroad_documents.checklist, case)}
    assert (lines["passport"].state, lines["passport"].before_departure) == ("expiring", False)
    assert lines["health"].state == "missing"
    (kept,) = workspace.read(abroad_documents.documents, case)
    newer = replace(fine, expires_on=date(2036, 11, 30))
    workspace.write(abroad_documents.keep, case, newer, document_id=paper, version=kept.version)
    (kept,) = workspace.read(abroad_documents.documents, case)
    assert kept.data == newer
    workspace.write(abroad_documents.remove, paper, kept.version)
    assert workspace.read(abroad_documents.documents, case) == []


def test_a_certificate_of_29_february_expires_on_28_february(workspace: Workspace) -> None:
    people = Abroad(workspace)
    case = people.case()
    people.papers(case, "orientation", issued=date(2024, 2, 29))
    (kept,) = workspace.read(abroad_documents.documents, case)
    assert kept.data.expires_on == date(2026, 2, 28)
    people.change(case, firm="Công ty Biển Đông")
    people.papers(case, "health")
    assert "GDDH_HET_HAN" in {one.code for one in people.view(case).flags}


def test_flags_of_a_person_are_those_of_a_day(workspace: Workspace) -> None:
    people = Abroad(workspace)
    home = people.home()
    case = people.departed(home)
    early = workspace.read(abroad_checks.flags_of_person, home[1], date(2026, 5, 11))
    assert early[case].flags == ()
    late = workspace.read(abroad_checks.flags_of_person, home[1], date(2026, 5, 12))
    assert [one.code for one in late[case].flags] == ["MAT_LIEN_LAC"]
