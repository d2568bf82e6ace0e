"""Every table of the case file; `EXTRA_DDL` is what the metadata cannot say."""

from casemgr.persistence.models.certificates import Certificate, CertificateBlock, PrintEvent
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
from casemgr.persistence.models.search import SEARCH_DDL, SearchEntry

EXTRA_DDL = (SEARCH_DDL,)

__all__ = [
    "EXTRA_DDL",
    "Certificate",
    "CertificateBlock",
    "Change",
    "ColumnMapping",
    "Decision",
    "Device",
    "Hamlet",
    "Household",
    "HouseholdClassRow",
    "HouseholdIndex",
    "ImportBatch",
    "Journal",
    "Membership",
    "NumberSeries",
    "Office",
    "Person",
    "PrintEvent",
    "SearchEntry",
    "Setting",
    "Signatory",
    "Template",
    "User",
]
