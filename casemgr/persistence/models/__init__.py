"""Every table of the case file; `EXTRA_DDL` is what the metadata cannot say."""

from casemgr.persistence.models.certificates import Certificate, CertificateBlock, PrintEvent
from casemgr.persistence.models.conditions import Dwelling, PersonCondition
from casemgr.persistence.models.history import Change, Journal
from casemgr.persistence.models.households import (
    Decision,
    Household,
    HouseholdClassRow,
    HouseholdIndex,
    Membership,
    Person,
)
from casemgr.persistence.models.imports import ColumnMapping, ImportBatch
from casemgr.persistence.models.offices import (
    Device,
    Hamlet,
    NumberSeries,
    Office,
    Setting,
    Signatory,
    Template,
    User,
)
from casemgr.persistence.models.packs import PolicyPack, ScoreTableRow
from casemgr.persistence.models.reviews import (
    Campaign,
    CaseStep,
    Denominator,
    Holiday,
    Judgement,
    Meeting,
    MeetingVote,
    Objection,
    OfficePaper,
    Opinion,
    Posting,
    ReviewCase,
    ReviewRequest,
    Survey,
)
from casemgr.persistence.models.search import INDEXED_TABLES, SEARCH_DDL, SearchEntry

EXTRA_DDL = (SEARCH_DDL,)

__all__ = [
    "EXTRA_DDL",
    "INDEXED_TABLES",
    "Campaign",
    "CaseStep",
    "Certificate",
    "CertificateBlock",
    "Change",
    "ColumnMapping",
    "Decision",
    "Denominator",
    "Device",
    "Dwelling",
    "Hamlet",
    "Holiday",
    "Household",
    "HouseholdClassRow",
    "HouseholdIndex",
    "ImportBatch",
    "Journal",
    "Judgement",
    "Meeting",
    "MeetingVote",
    "Membership",
    "NumberSeries",
    "Objection",
    "Office",
    "OfficePaper",
    "Opinion",
    "Person",
    "PersonCondition",
    "PolicyPack",
    "Posting",
    "PrintEvent",
    "ReviewCase",
    "ReviewRequest",
    "ScoreTableRow",
    "SearchEntry",
    "Setting",
    "Signatory",
    "Survey",
    "Template",
    "User",
]
