"""The list of who is to get a health insurance card and whose card ends (C24), on turned sheets."""

from casemgr.domain.ledger_papers import InsuranceListContent
from casemgr.reports.loan_list import render_confirmed

_SHARES = (11.0, 38.0, 22.0, 14.0, 30.0, 24.0, 36.0, 34.0, 30.0, 24.0, 28.0, 22.0)
_CENTRED = (True, False, True, True, True, False, False, False, True, True, False, True)


def render_insurance_list(content: InsuranceListContent) -> bytes:
    """Increases first, then decreases."""
    return render_confirmed(content, _SHARES, _CENTRED)
