"""Specimens of the papers of support: invented people, the office's own head, the wording being typed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from casemgr.domain import paper_templates as keys
from casemgr.domain.filling import filled
from casemgr.domain.money import money_text
from casemgr.domain.papers import RefusalContent, Signing
from casemgr.domain.support_papers import (
    AuthorisationContent,
    HandedGoods,
    HandoverContent,
    PayGroup,
    PayListContent,
    PayRow,
    ReceiptListContent,
    ReceivedLine,
    SupportConfirmationContent,
    SupportPostingContent,
    SupportPostingRow,
)
from casemgr.services.distribution_papers import in_words
from casemgr.services.paper_words import Sheet, letterhead
from casemgr.services.specimen import FAMILY

_HAMLET: Final = "Ấp Ví Dụ"
_NUMBER: Final = "000000000000"
_EACH: Final = 500_000
_TOTAL: Final = 2 * _EACH
_WHAT: Final = "Quà Tết"
_VALUES: Final = {
    "title": _WHAT,
    "programme": _WHAT,
    "period": "",
    "decision": "Quyết định số ………",
    "place": f"Nhà văn hóa {_HAMLET}",
    "households": "02",
    "people": "02",
    "amount": money_text(_TOTAL),
    "words": in_words(_TOTAL),
    "goods": "",
    "hamlet": _HAMLET,
    "name": FAMILY[0].name,
    "id_number": _NUMBER,
    "address": _HAMLET,
    "category": "Hộ nghèo",
    "what": money_text(_EACH),
    "total": money_text(_EACH),
    "applicant": FAMILY[0].name,
    "purpose": "…………",
    "valid": "…………",
    "asked_on": "ngày ……",
    "rule": "quy định của chương trình",
    "reason": "…………………………………………",
}


def _words(sheet: Sheet) -> Any:  # noqa: ANN401 - the class depends on the paper
    return filled(sheet.wording, _VALUES | {"date": sheet.on.strftime("%d/%m/%Y"), "year": str(sheet.on.year)})


def _rows() -> tuple[PayRow, ...]:
    return tuple(PayRow(member.name, _NUMBER, _HAMLET, _EACH, (), "", "", "Hộ nghèo", "", "") for member in FAMILY[:2])


def _pay_list(sheet: Sheet) -> PayListContent:
    words = _words(sheet)
    head = letterhead(sheet, draft=False)
    place = _VALUES["place"]
    return PayListContent(words, head, False, _rows(), words.content, "", "", place, _TOTAL, (), in_words(_TOTAL))


def _receipt_list(sheet: Sheet) -> ReceiptListContent:
    group = PayGroup(_HAMLET, _rows(), _TOTAL)
    head = letterhead(sheet, draft=False)
    return ReceiptListContent(_words(sheet), head, False, (group,), _VALUES["place"], _TOTAL, in_words(_TOTAL))


def _handover(sheet: Sheet) -> HandoverContent:
    goods = (HandedGoods("Bò cái sinh sản", "", "180 kg", "con", 1, _EACH),)
    return HandoverContent(_words(sheet), letterhead(sheet, draft=False), goods, 0, FAMILY[0].name)


def _authorisation(sheet: Sheet) -> AuthorisationContent:
    giver = (FAMILY[0].name, _NUMBER, _HAMLET, FAMILY[0].name)
    taker = (FAMILY[1].name, "", _HAMLET, FAMILY[1].relation)
    return AuthorisationContent(
        _words(sheet), sheet.place_line, giver, taker, FAMILY[0].name, FAMILY[1].name, sheet.office.sample
    )


def _confirmation(sheet: Sheet) -> SupportConfirmationContent:
    line = ReceivedLine(sheet.on.strftime("%d/%m/%Y"), _WHAT, money_text(_EACH), "")
    values = (FAMILY[0].name, FAMILY[0].birth_year, "", _NUMBER, _HAMLET, FAMILY[0].name)
    signing = Signing(sheet.wording.sign_prefix, "")
    return SupportConfirmationContent(_words(sheet), letterhead(sheet), values, (line,), _EACH, signing)


def _refusal(sheet: Sheet) -> RefusalContent:
    return RefusalContent(_words(sheet), letterhead(sheet), Signing(sheet.wording.sign_prefix, ""))


def _posting(sheet: Sheet) -> SupportPostingContent:
    rows = tuple(SupportPostingRow(member.name, _HAMLET, "Hộ nghèo", money_text(_EACH)) for member in FAMILY[:2])
    return SupportPostingContent(_words(sheet), letterhead(sheet), rows, Signing(sheet.wording.sign_prefix, ""))


SPECIMENS: Final[Mapping[str, Callable[[Sheet], Any]]] = {
    keys.PAY_LIST: _pay_list,
    keys.RECEIPT_LIST: _receipt_list,
    keys.HANDOVER: _handover,
    keys.AUTHORISATION: _authorisation,
    keys.SUPPORT_CONFIRMATION: _confirmation,
    keys.SUPPORT_REFUSAL: _refusal,
    keys.SUPPORT_POSTING: _posting,
}
"""How a wording of these papers is shown before it is saved."""
