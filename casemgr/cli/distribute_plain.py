"""Pay-out lists as JSON knows them."""

from typing import TYPE_CHECKING, Any

from casemgr.domain.distributions import Finding

if TYPE_CHECKING:
    from casemgr.services.distribution_lists import Proposal
    from casemgr.services.distribution_views import DistributionListRow, DistributionRow, DistributionView


def plain_row(row: "DistributionListRow") -> dict[str, Any]:
    """A list among all."""
    return {
        "id": str(row.id),
        "title": row.title,
        "programme": row.programme,
        "on": row.on.isoformat(),
        "period": row.period,
        "status": row.status.value,
        "rows": row.rows,
        "received": row.received,
        "sum": row.sum,
    }


def plain_line(row: "DistributionRow") -> dict[str, Any]:
    """A beneficiary of a list."""
    return {
        "id": str(row.id),
        "code": row.code,
        "name": row.name,
        "amount": row.amount,
        "goods_value": row.goods_value,
        "status": row.status.value,
        "received_on": row.received_on.isoformat() if row.received_on else None,
        "received_by": row.received_by,
        "authorisation": row.authorisation,
    }


def plain_view(view: "DistributionView") -> dict[str, Any]:
    """A list as JSON knows it."""
    return {
        "id": str(view.id),
        "title": view.data.title,
        "programme": view.data.programme,
        "on": view.data.on.isoformat(),
        "period": view.data.period,
        "status": view.status.value,
        "decision": view.decision_number,
        "rows": view.progress.total,
        "sum": view.progress.sum,
        "received": view.progress.received,
        "excluded": len(view.excluded),
    }


def plain_proposal(found: "Proposal") -> dict[str, Any]:
    """A proposal as JSON knows it."""
    return {
        "programme": found.data.programme,
        "period": found.data.period,
        "total": found.total,
        "rows": [
            {
                "code": row.code,
                "name": row.name,
                "amount": row.amount,
                "rule": row.rule,
                "findings": [_plain_finding(finding) for finding in row.findings],
            }
            for row in found.rows
        ],
        "excluded": [
            {
                "code": one.code,
                "name": one.name,
                "findings": [_plain_finding(finding) for finding in one.findings],
            }
            for one in found.excluded
        ],
    }


def _plain_finding(finding: Finding) -> dict[str, Any]:
    return {
        "cause": finding.cause.value,
        "severity": finding.severity.value,
        "message": finding.message,
        "citation": finding.citation,
        "certain": finding.certain,
    }
