"""What the papers of support hold: everything a drawing needs, nothing it has to look up."""

from dataclasses import dataclass

from casemgr.domain.papers import Letterhead, Signing
from casemgr.domain.support_wordings import (
    AuthorisationWording,
    HandoverWording,
    PayListWording,
    ReceiptListWording,
    SupportConfirmationWording,
    SupportPostingWording,
)


@dataclass(frozen=True)
class PayRow:
    """A beneficiary on a pay-out list; goods in one text a line."""

    name: str
    id_number: str
    address: str
    amount: int
    """Đồng, goods included on a goods list."""
    goods: tuple[str, ...]
    received: str
    proof: str
    """Empty: to be signed."""
    category: str
    relation: str
    note: str


@dataclass(frozen=True)
class PayListContent:
    """Bảng kê hỗ trợ hộ gia đình."""

    wording: PayListWording
    head: Letterhead
    goods: bool
    rows: tuple[PayRow, ...]
    content: str
    decision: str
    source: str
    place: str
    total: int
    goods_totals: tuple[str, ...]
    """Quantity of each kind of goods over all rows."""
    words: str
    """The total in words."""


@dataclass(frozen=True)
class PayGroup:
    """The rows of a hamlet."""

    hamlet: str
    rows: tuple[PayRow, ...]
    total: int


@dataclass(frozen=True)
class ReceiptListContent:
    """Danh sách ký nhận."""

    wording: ReceiptListWording
    head: Letterhead
    goods: bool
    groups: tuple[PayGroup, ...]
    place: str
    total: int
    words: str

    @property
    def count(self) -> int:
        """Rows in all hamlets."""
        return sum(len(group.rows) for group in self.groups)


@dataclass(frozen=True)
class HandedGoods:
    """A line of the minutes of a hand-over."""

    name: str
    brand: str
    specification: str
    measure: str
    quantity: int
    unit_price: int

    @property
    def value(self) -> int:
        """Đồng."""
        return self.quantity * self.unit_price


@dataclass(frozen=True)
class HandoverContent:
    """Biên bản bàn giao."""

    wording: HandoverWording
    head: Letterhead
    goods: tuple[HandedGoods, ...]
    amount: int
    receiver: str


@dataclass(frozen=True)
class AuthorisationContent:
    """Giấy ủy quyền nhận hỗ trợ."""

    wording: AuthorisationWording
    place_line: str
    giver: tuple[str, ...]
    """After `wording.giver`."""
    taker: tuple[str, ...]
    """After `wording.taker`; empty texts are dotted lines."""
    giver_name: str
    taker_name: str
    sample: bool


@dataclass(frozen=True)
class ReceivedLine:
    """Something received, on the confirmation."""

    on: str
    content: str
    what: str
    source: str


@dataclass(frozen=True)
class SupportConfirmationContent:
    """Giấy xác nhận đã nhận (chưa nhận) hỗ trợ."""

    wording: SupportConfirmationWording
    head: Letterhead
    values: tuple[str, ...]
    """After `wording.fields`."""
    lines: tuple[ReceivedLine, ...]
    """Empty: nothing was received."""
    total: int
    signing: Signing


@dataclass(frozen=True, slots=True)
class SupportPostingRow:
    """What a posting says of who gets support, and all it may say: no number, no birth date, no address."""

    head: str
    hamlet: str
    category: str
    what: str


@dataclass(frozen=True)
class SupportPostingContent:
    """Thông báo niêm yết công khai danh sách hỗ trợ."""

    wording: SupportPostingWording
    head: Letterhead
    rows: tuple[SupportPostingRow, ...]
    signing: Signing
