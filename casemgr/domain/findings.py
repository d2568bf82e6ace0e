"""What speaks against doing something: refused, or asked for a reason, with the field it is about and the law."""

from dataclasses import dataclass
from enum import StrEnum

from casemgr.i18n import N_


class Severity(StrEnum):
    """What a finding does: it stands in the way, or asks for a reason."""

    REFUSE = "refuse"
    WARN = "warn"


SEVERITY_LABELS = {Severity.REFUSE: N_("Stands in the way"), Severity.WARN: N_("Needs a reason")}


@dataclass(frozen=True)
class Finding:
    """One thing that speaks against it, shown beside its field."""

    severity: Severity
    field: str
    """Of the form; empty: the whole."""
    text: str
    """In the language in force."""
    citation: str = ""
    """The article, as the dated data have it."""

    @property
    def words(self) -> str:
        """What speaks against it, with its article."""
        return f"{self.text} ({self.citation})" if self.citation else self.text


def refused(findings: tuple[Finding, ...]) -> bool:
    """Whether any of them stands in the way."""
    return any(finding.severity is Severity.REFUSE for finding in findings)
