"""The QR of a working paper: a prefix and the id of a case or request in the QR alphabet of 45 signs, nobody's data."""

from uuid import UUID

from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _

_CASE = "CM1R"
_REQUEST = "CM1Q"


def case_qr(case_id: UUID) -> str:
    """The text on the survey sheet of a household in a campaign."""
    return f"{_CASE}:{case_id.hex.upper()}"


def request_qr(request_id: UUID) -> str:
    """The text on the receipt of a request."""
    return f"{_REQUEST}:{request_id.hex.upper()}"


def is_case_qr(text: str) -> bool:
    """Whether a scanned or typed text claims to be the QR of a survey sheet."""
    return text.strip().upper().startswith(f"{_CASE}:")


def is_request_qr(text: str) -> bool:
    """Whether a scanned or typed text claims to be the QR of a receipt."""
    return text.strip().upper().startswith(f"{_REQUEST}:")


def read_case_qr(text: str) -> UUID:
    """The case a scanned survey sheet belongs to."""
    return _read(text, _CASE, _("This is not the QR code of a survey sheet of this program."))


def read_request_qr(text: str) -> UUID:
    """The request a scanned receipt belongs to."""
    return _read(text, _REQUEST, _("This is not the QR code of a receipt of this program."))


def _read(text: str, prefix: str, refusal: str) -> UUID:
    kind, colon, number = text.strip().upper().partition(":")
    try:
        found = UUID(hex=number)
    except ValueError:
        found = None
    if kind != prefix or not colon or found is None:
        raise ValidationError([Problem("qr", refusal)])
    return found
