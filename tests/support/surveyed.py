"""Households with keyed surveys written straight into a file, for what judges many of them."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from casemgr.domain.reviews import CampaignKind, CampaignStatus, CaseSource, CaseState
from casemgr.persistence.base import new_id
from casemgr.persistence.models import Campaign, Dwelling, Hamlet, Household, HouseholdClassRow, ReviewCase, Survey
from casemgr.persistence.uow import UnitOfWork
from casemgr.services import packs
from casemgr.services.households import next_number
from tests.support.rehearsal_oracle import OLD_ONLY, SHARED, Golden

SURVEYED_ON = date(2026, 10, 15)


def campaign(uow: UnitOfWork, year: int = 2026) -> UUID:
    """A running yearly review."""
    pack = packs.national(uow, date(year, 9, 1))
    row = {
        "id": new_id(),
        "kind": CampaignKind.PERIODIC.value,
        "year": year,
        "class_year": year + 1,
        "title": f"Rà soát {year}",
        "opened_on": date(year, 9, 1),
        "survey_from": date(year, 9, 1),
        "survey_to": date(year, 12, 14),
        "due_on": date(year, 12, 14),
        "opinion_required": True,
        "pack": pack.id,
        "pack_sha256": pack.sha256,
        "status": CampaignStatus.OPEN.value,
        "note": "",
    }
    return uow.insert_many(Campaign, [row])[0]


def household(uow: UnitOfWork, number: int, hamlet: UUID | None, area: str | None = None) -> dict[str, Any]:
    """A household without people."""
    return {
        "id": new_id(), "number": number, "hamlet_id": hamlet, "area": area, "address": "", "permanent_address": "",
        "flags": (), "notes": "",
    }  # fmt: skip


def class_row(household_id: UUID, value: str, year: int = 2026, **values: Any) -> dict[str, Any]:
    """A class of one year."""
    return {
        "household_id": household_id, "year": year, "value": value, "since": None, "decision_id": None, "b1": None,
        "b2": None, "standard": "", "deprivations": (), "causes": (), "note": "",
    } | values  # fmt: skip


def case(campaign_id: UUID, household_id: UUID, **values: Any) -> dict[str, Any]:
    """A household in a review, keyed."""
    return {
        "id": new_id(), "campaign_id": campaign_id, "household_id": household_id, "source": CaseSource.LISTED.value,
        "state": CaseState.KEYED.value, "state_on": SURVEYED_ON, "opening_class": "unreviewed", "opening_people": 0,
        "survey_id": None, "result_class": None, "came_in": False, "removed_reason": "", "people": 0, "head_name": "",
        "head_sort": b"", "head_female": False, "minority": False, "local_minority": False, "no_labour": False,
        "merit": False, "social": False, "deprivations": (), "causes": (), "children": 0, "children_nutrition": 0,
        "children_insurance": 0, "children_school": 0,
    } | values  # fmt: skip


def survey(case_id: UUID, answers: dict[str, bool], **values: Any) -> dict[str, Any]:
    """A keyed sheet."""
    return {
        "id": new_id(), "case_id": case_id, "round": 1, "surveyed_on": SURVEYED_ON, "surveyor": "", "income": None,
        "b1": None, "b1_answers": "{}", "proposals": "{}", "answers": json.dumps(answers), "override_reasons": "{}",
        "quick_signs": (), "causes": (), "pack": "VN-2022", "note": "",
    } | values  # fmt: skip


def dwelling(household_id: UUID, *, handled: bool) -> dict[str, Any]:
    """A house of which only the waste is known."""
    return {"household_id": household_id, "waste_handled": handled, "note": ""}


def add_golden(uow: UnitOfWork, golden: Sequence[Golden]) -> None:
    """Every household of the golden set, with its survey under the standard of 2022; numbers are those of the set."""
    uow.name_step("household.open", undoable=False)
    rural = uow.session.query(Hamlet.id).first()
    first = next_number(uow)
    review = campaign(uow)
    households, cases, surveys, houses, classes = [], [], [], [], []
    for one in golden:
        row = household(uow, first + one.number - 1, rural[0] if rural else None, one.area)
        old = one.expected["VN-2022"]
        keyed = case(review, row["id"], result_class=old[0] if len(old) == 1 else None)
        asked = [code for code in (*SHARED, OLD_ONLY) if code not in one.unanswered]
        sheet = survey(keyed["id"], {code: code in one.deprived for code in asked}, income=one.income, b1=one.b1)
        keyed["survey_id"] = sheet["id"]
        households.append(row)
        cases.append(keyed)
        surveys.append(sheet)
        if one.waste:
            houses.append(dwelling(row["id"], handled=one.waste == "yes"))
        classes.append(class_row(row["id"], "none", 2025, b1=150, b2=0, standard="VN-2022"))
    uow.insert_many(Household, households)
    uow.insert_many(HouseholdClassRow, classes)
    uow.insert_many(ReviewCase, cases)
    uow.insert_many(Survey, surveys)
    uow.insert_many(Dwelling, houses)
