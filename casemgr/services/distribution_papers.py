"""The papers of a pay-out as they are drawn: pay-out list, signature list, minutes of a hand-over, authorisation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from casemgr.domain import paper_templates as keys
from casemgr.domain.dates import official_date
from casemgr.domain.distributions import DistributionStatus
from casemgr.domain.money import money_text, money_words
from casemgr.domain.offices import in_sentence
from casemgr.domain.on_paper import CLASS_ON_PAPER, counted
from casemgr.domain.permissions import Permission
from casemgr.domain.support import DeliveryStatus, FundSource, GoodsLine, Receipt
from casemgr.domain.support_papers import (
    AuthorisationContent,
    HandedGoods,
    HandoverContent,
    PayGroup,
    PayListContent,
    PayRow,
    ReceiptListContent,
)
from casemgr.errors import NotFoundError, Problem, ValidationError
from casemgr.i18n import _, format_date
from casemgr.persistence.uow import UnitOfWork
from casemgr.services.distribution_views import DistributionRow, DistributionView, rows, view
from casemgr.services.paper_words import Sheet, letterhead, sheet

_OPEN: Final = "……………………"

FUND_ON_PAPER: Final[Mapping[FundSource, str]] = {
    FundSource.CENTRAL: "Ngân sách trung ương",
    FundSource.PROVINCE: "Ngân sách tỉnh",
    FundSource.COMMUNE: "Ngân sách xã",
    FundSource.POLICY_BANK: "Vốn vay Ngân hàng Chính sách xã hội",
    FundSource.FUND_FOR_POOR: "Quỹ Vì người nghèo",
    FundSource.GRATITUDE_FUND: "Quỹ Đền ơn đáp nghĩa",
    FundSource.SPONSOR: "Nhà tài trợ",
    FundSource.HOUSEHOLD: "Đối ứng của hộ",
    FundSource.OVERSEAS_FUND: "Quỹ Hỗ trợ việc làm ngoài nước",
    FundSource.OTHER: "Nguồn khác",
}

_PROOF_ON_PAPER: Final[Mapping[Receipt, str]] = {
    Receipt.SIGNATURE: "Đã ký",
    Receipt.FINGERPRINT: "Đã điểm chỉ",
    Receipt.PAY_SERVICE: "Tổ chức chi trả xác nhận",
}


def goods_text(line: GoodsLine) -> str:
    """One kind of goods in the words the list asks for: name, quantity, specification, brand, maker."""
    quantity = " ".join(part for part in (str(line.quantity), line.measure) if part)
    return ", ".join(part for part in (line.name, quantity, line.specification, line.brand, line.maker) if part)


def in_words(amount: int) -> str:
    """A sum in words with its unit, as papers write it."""
    text = money_words(amount)
    return f"{text[:1].upper()}{text[1:]} đồng"


def pay_list(uow: UnitOfWork, distribution_id: UUID, *, on: date | None = None) -> PayListContent:
    """Bảng kê hỗ trợ hộ gia đình."""
    uow.require(Permission.READ)
    found, lines = _shown(uow, distribution_id)
    goods = any(line.goods for line in lines)
    total = sum(line.worth for line in lines)
    day = on or uow.today
    sums = _goods_totals(lines)
    values = _values(uow, found, lines, day, total) | {"goods": "; ".join(sums)}
    words = sheet(uow, keys.PAY_LIST, day, values)
    return PayListContent(
        wording=words.wording,
        head=letterhead(words, draft=False),
        goods=goods,
        rows=tuple(_pay_row(line) for line in lines),
        content=words.wording.content,
        decision=_short_decision(found),
        source=FUND_ON_PAPER[found.data.source],
        place=found.data.place,
        total=total,
        goods_totals=sums,
        words=in_words(total),
    )


def receipt_list(uow: UnitOfWork, distribution_id: UUID, *, on: date | None = None) -> ReceiptListContent:
    """Danh sách ký nhận, one part for each hamlet."""
    uow.require(Permission.READ)
    found, lines = _shown(uow, distribution_id)
    day = on or uow.today
    total = sum(line.worth for line in lines)
    words = sheet(uow, keys.RECEIPT_LIST, day, _values(uow, found, lines, day, total))
    hamlets = list(dict.fromkeys(line.hamlet for line in lines))
    groups = tuple(
        PayGroup(
            hamlet,
            tuple(_pay_row(line) for line in lines if line.hamlet == hamlet),
            sum(line.worth for line in lines if line.hamlet == hamlet),
        )
        for hamlet in hamlets
    )
    return ReceiptListContent(
        wording=words.wording,
        head=letterhead(words, draft=False),
        goods=any(line.goods for line in lines),
        groups=groups,
        place=found.data.place,
        total=total,
        words=in_words(total),
    )


def handovers(
    uow: UnitOfWork, distribution_id: UUID, *, ids: Sequence[UUID] = (), on: date | None = None
) -> list[HandoverContent]:
    """Biên bản bàn giao, one for each row (all rows when none is named)."""
    uow.require(Permission.READ)
    found, lines = _shown(uow, distribution_id)
    day = on or uow.today
    return [_handover(uow, found, line, day) for line in _chosen(lines, ids)]


def authorisations(
    uow: UnitOfWork, distribution_id: UUID, *, ids: Sequence[UUID] = (), on: date | None = None
) -> list[AuthorisationContent]:
    """Giấy ủy quyền nhận hỗ trợ, prefilled with who authorises; who collects is written by hand where not known."""
    uow.require(Permission.READ)
    found, lines = _shown(uow, distribution_id)
    day = on or uow.today
    return [_authorisation(uow, found, line, day) for line in _chosen(lines, ids)]


def _shown(uow: UnitOfWork, distribution_id: UUID) -> tuple[DistributionView, list[DistributionRow]]:
    found = view(uow, distribution_id)
    if found.status is DistributionStatus.CANCELLED:
        raise ValidationError([Problem("status", _("This list is cancelled: nothing is printed of it."))])
    gone = (DeliveryStatus.CANCELLED, DeliveryStatus.RETURNED)
    lines = [line for line in rows(uow, distribution_id) if line.status not in gone]
    if not lines:
        raise ValidationError([Problem("rows", _("There is no row to print."))])
    return found, lines


def _chosen(lines: Sequence[DistributionRow], ids: Sequence[UUID]) -> list[DistributionRow]:
    if not ids:
        return list(lines)
    named = set(ids)
    chosen = [line for line in lines if line.id in named]
    if len(chosen) < len(named):
        raise NotFoundError(_("A delivery of this list does not exist any more. Look at the present list."))
    return chosen


def _values(
    uow: UnitOfWork, found: DistributionView, lines: Sequence[DistributionRow], on: date, total: int
) -> dict[str, str]:
    return {
        "title": found.data.title,
        "programme": found.programme,
        "period": found.data.period,
        "decision": decision(found),
        "place": found.data.place or _OPEN,
        "date": official_date(on),
        "year": str(found.data.on.year),
        "households": counted(len({line.household_id for line in lines})),
        "people": counted(len(lines)),
        "amount": money_text(total),
        "words": in_words(total),
    }


def decision(found: DistributionView) -> str:
    """The decision inside a sentence; the programme's own papers where money needs none."""
    if not found.decision_number:
        return f"kế hoạch hỗ trợ “{found.data.title}”"
    day = f" {official_date(found.decision_on)}" if found.decision_on else ""
    return f"Quyết định số {found.decision_number}{day}"


def _short_decision(found: DistributionView) -> str:
    if not found.decision_number:
        return ""
    day = f" ngày {format_date(found.decision_on)}" if found.decision_on else ""
    return f"{found.decision_number}{day}"


def _address(line: DistributionRow) -> str:
    return ", ".join(part for part in (line.address, in_sentence(line.hamlet)) if part)


def _pay_row(line: DistributionRow) -> PayRow:
    other = line.received_by if line.by_other else ""
    relation = ", ".join(part for part in (other, line.received_relation) if part)
    if line.authorisation:
        relation += f"{'; ' if relation else ''}giấy ủy quyền {line.authorisation}"
    return PayRow(
        name=line.name,
        id_number=line.id_number,
        address=_address(line),
        amount=line.worth,
        goods=tuple(map(goods_text, line.goods)),
        received=format_date(line.received_on) if line.received_on else "",
        proof=_PROOF_ON_PAPER[line.proof] if line.proof else "",
        category=CLASS_ON_PAPER[line.class_value],
        relation=relation,
        note="",
    )


def _goods_totals(lines: Sequence[DistributionRow]) -> tuple[str, ...]:
    """Quantity of each kind of goods."""
    found: dict[tuple[str, str], int] = {}
    for line in lines:
        for one in line.goods:
            found[one.name, one.measure] = found.get((one.name, one.measure), 0) + one.quantity
    return tuple(f"{name} {count} {measure}".strip() for (name, measure), count in found.items())


def _handover(uow: UnitOfWork, found: DistributionView, line: DistributionRow, on: date) -> HandoverContent:
    values = _values(uow, found, [line], on, line.worth) | {
        "hamlet": in_sentence(line.hamlet),
        "name": line.name,
        "id_number": line.id_number or _OPEN,
        "address": _address(line),
        "category": CLASS_ON_PAPER[line.class_value],
    }
    words = sheet(uow, keys.HANDOVER, on, values)
    return HandoverContent(
        wording=words.wording,
        head=letterhead(words, draft=False),
        goods=tuple(
            HandedGoods(
                one.name,
                one.brand,
                ", ".join(part for part in (one.specification, one.maker) if part),
                one.measure,
                one.quantity,
                one.unit_price,
            )
            for one in line.goods
        ),
        amount=line.amount,
        receiver=line.name,
    )


def _authorisation(uow: UnitOfWork, found: DistributionView, line: DistributionRow, on: date) -> AuthorisationContent:
    what = [money_text(line.amount)] if line.amount else []
    what += [goods_text(one) for one in line.goods]
    values = _values(uow, found, [line], on, line.worth) | {"what": "; ".join(what) or _OPEN}
    words: Sheet = sheet(uow, keys.AUTHORISATION, on, values)
    other = line.received_by if line.by_other else ""
    return AuthorisationContent(
        wording=words.wording,
        place_line=words.place_line,
        giver=(line.name, line.id_number, _address(line), f"{line.code} ({CLASS_ON_PAPER[line.class_value]})"),
        taker=(other, "", "", line.received_relation),
        giver_name=line.name,
        taker_name=other,
        sample=words.office.sample,
    )
