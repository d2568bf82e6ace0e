"""The fixed words of the papers of support, one dataclass a paper; the words themselves are dated data.

Minutes of support are signed on paper and carry no number; lists have one where their wording has a symbol.
"""

from dataclasses import dataclass

from casemgr.domain.paper_wordings import LetterWording


@dataclass(frozen=True)
class PayListWording(LetterWording):
    """Bảng kê hỗ trợ hộ gia đình: the settlement voucher, of money or of goods."""

    minimum: str
    """Where it stands what the list must hold at least."""
    basis: str
    place: str
    columns: tuple[str, ...]
    goods_columns: tuple[str, ...]
    content: str
    """What is given, where the programme's own name is not enough."""
    total: str
    total_goods: str
    words: str
    signers: tuple[str, ...]
    sign_hint: str


@dataclass(frozen=True)
class ReceiptListWording(LetterWording):
    """Danh sách ký nhận, one part for each hamlet."""

    basis: str
    place: str
    group: str
    """Heading of a hamlet."""
    columns: tuple[str, ...]
    goods_columns: tuple[str, ...]
    subtotal: str
    witness: str
    """Who was there, of the hamlet; signed below its part."""
    total: str
    words: str
    signers: tuple[str, ...]
    sign_hint: str


@dataclass(frozen=True)
class HandoverWording(LetterWording):
    """Biên bản bàn giao of what one household got."""

    opening: tuple[str, ...]
    giver_heading: str
    giver: tuple[str, ...]
    """What is written by hand of who hands over, side by side; likewise of the witness."""
    receiver_heading: str
    receiver: tuple[str, ...]
    witness_heading: str
    witness: tuple[str, ...]
    basis: str
    content_heading: str
    columns: tuple[str, ...]
    money: str
    """A sum instead of goods, in figures and words."""
    total: str
    share_heading: str
    share: str
    """Empty: dotted lines."""
    receiver_duties_heading: str
    receiver_duties: tuple[str, ...]
    giver_duties_heading: str
    giver_duties: tuple[str, ...]
    closing: tuple[str, ...]
    signers: tuple[str, ...]
    sign_hint: str


@dataclass(frozen=True)
class AuthorisationWording(LetterWording):
    """Giấy ủy quyền nhận hỗ trợ, prefilled for the household."""

    giver_heading: str
    giver: tuple[str, ...]
    taker_heading: str
    taker: tuple[str, ...]
    content_heading: str
    content: tuple[str, ...]
    oath: tuple[str, ...]
    confirm: str
    """What the hamlet or the office confirms below."""
    signers: tuple[str, ...]
    sign_hint: str


@dataclass(frozen=True)
class SupportConfirmationWording(LetterWording):
    """Giấy xác nhận đã nhận (chưa nhận) hỗ trợ."""

    subject_none: str
    authority: str
    confirms: str
    fields: tuple[str, ...]
    received: str
    columns: tuple[str, ...]
    total: str
    none: str
    """Nothing received; it must say that this is by the files of the office."""
    purpose: str
    validity: str


@dataclass(frozen=True)
class SupportPostingWording(LetterWording):
    """Thông báo niêm yết công khai danh sách hỗ trợ."""

    basis: tuple[str, ...]
    opening: tuple[str, ...]
    columns: tuple[str, ...]
    total: str
    time_heading: str
    time: str
    place_heading: str
    places: tuple[str, ...]
    opinion_heading: str
    opinion: str
    closing: tuple[str, ...]
