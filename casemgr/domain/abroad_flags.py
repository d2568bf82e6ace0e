"""Risk flags of a case of work abroad: hints for the officer, reckoned for a day from what is written down.

A flag says "to be checked", never that somebody broke the law. What cannot be judged because something is not known
is told as such and raises nothing. Texts, laws and levels are data (`resources/casework/abroad.toml`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from casemgr.domain.abroad import context_of
from casemgr.domain.abroad_flag_file import FlagFile, Paid
from casemgr.domain.abroad_lists import Lists
from casemgr.domain.abroad_reckoning import Number, contract_end, extension_ceiling, fee_ceiling, over_after
from casemgr.domain.abroad_words import KEPT_LABELS, PayeeKind, PaymentKind
from casemgr.domain.dates import add_months
from casemgr.domain.text import fold
from casemgr.i18n import _, format_date, format_money

RED: Final = "red"
AMBER: Final = "amber"


@dataclass(frozen=True)
class Flag:
    """One hint."""

    code: str
    level: str
    """red or amber."""
    text: str
    detail: str
    """Figures and dates it rests on."""
    law: str
    certainty: str


@dataclass(frozen=True)
class Unjudged:
    """A flag nobody can judge yet, with what is missing."""

    code: str
    text: str
    why: str


@dataclass(frozen=True)
class Assessment:
    """Every flag of one case on a day."""

    flags: tuple[Flag, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()

    @property
    def red(self) -> int:
        """How many are red."""
        return sum(one.level == RED for one in self.flags)


@dataclass(frozen=True)
class _Scene:
    file: FlagFile
    lists: Lists
    number: Number
    day: date

    @property
    def licensed(self) -> bool:
        form = self.lists.form(self.file.form)
        return form is not None and form.licensed

    @property
    def direct(self) -> bool:
        form = self.lists.form(self.file.form)
        return form is not None and form.direct

    def paid(self, *kinds: PaymentKind) -> tuple[Paid, ...]:
        return tuple(one for one in self.file.payments if one.kind in kinds)


class _MissingError(Exception):
    """A flag cannot be judged."""


def assess(file: FlagFile, lists: Lists, number: Number, day: date) -> Assessment:
    """The flags of a case on a day, in the order of the handbook."""
    scene, raised, unjudged = _Scene(file, lists, number, day), [], []
    for code, judge in _JUDGES.items():
        rule = lists.flags[code]
        try:
            detail = judge(scene)
        except _MissingError as missing:
            unjudged.append(Unjudged(code, rule.label, str(missing)))
            continue
        if detail is not None:
            raised.append(Flag(code, rule.level, rule.label, detail, rule.law, rule.certainty))
    return Assessment(tuple(raised), tuple(unjudged))


def _number(scene: _Scene, code: str) -> int:
    value = scene.number(code)
    if value is None:
        raise _MissingError(_("The figure {code} has no value on that day.").format(code=code))
    return value


def _money(payments: tuple[Paid, ...]) -> str | None:
    """The payments in words; None when there are none."""
    if not payments:
        return None
    return ", ".join(_paid(one) for one in payments)


def _paid(one: Paid) -> str:
    return _("{amount} on {date}").format(amount=format_money(one.amount), date=format_date(one.on))


def _broker(scene: _Scene) -> str | None:
    outside = (PayeeKind.PERSON, PayeeKind.OTHER)
    return _money(
        tuple(one for one in scene.file.payments if one.kind is PaymentKind.BROKER or one.payee_kind in outside)
    )


def _licence(scene: _Scene) -> str | None:
    if scene.file.content.sender_is_person:
        return _("The sender is a private person.")
    if scene.licensed and scene.file.firm and not scene.file.licence:
        return scene.file.firm
    return None


def _recruitment(scene: _Scene) -> str | None:
    return _money(scene.paid(PaymentKind.RECRUITMENT))


def _fee(scene: _Scene) -> str | None:
    file = scene.file
    told = []
    fees = sum(one.amount for one in scene.paid(PaymentKind.SERVICE))
    more = sum(one.amount for one in scene.paid(PaymentKind.EXTENSION))
    if fees:
        most = fee_ceiling(
            scene.number,
            wage=file.wage,
            months=file.contract_months,
            sailor=file.content.sailor,
            market=file.market,
        )
        if most is None:
            raise _MissingError(_("Wage and term of the contract are needed."))
        if fees > most.amount:
            told.append(_above(fees, most.amount))
    if more:
        most = extension_ceiling(scene.number, wage=file.wage, months=file.extension_months)
        if most is None:
            raise _MissingError(_("Wage and months of the extension are needed."))
        if more > most.amount:
            told.append(_above(more, most.amount))
    return "; ".join(told) or None


def _above(paid: int, most: int) -> str:
    told = _("{paid} paid, at most {most}")
    return told.format(paid=format_money(paid), most=format_money(most))


def _early_fee(scene: _Scene) -> str | None:
    fees, signed = scene.paid(PaymentKind.SERVICE), scene.file.signed_on
    if fees and scene.licensed and not scene.file.supply_registration:
        return _("No registration of the supply contract is written down.")
    return _money(tuple(one for one in fees if signed is None or one.on < signed))


def _early_deposit(scene: _Scene) -> str | None:
    file = scene.file
    return _money(
        tuple(
            one
            for one in scene.paid(PaymentKind.DEPOSIT)
            if not one.blocked
            or file.signed_on is None
            or one.on < file.signed_on
            or file.accepted_on is None
            or one.on < file.accepted_on
        )
    )


def _high_deposit(scene: _Scene) -> str | None:
    paid = sum(one.amount for one in scene.paid(PaymentKind.DEPOSIT))
    if not paid:
        return None
    most = scene.number(f"ABROAD.DEPOSIT_MAX.{scene.file.market}")
    if most is None:
        raise _MissingError(_("The ceiling of deposits for this market is not entered."))
    return _above(paid, most) if paid > most else None


def _security(scene: _Scene) -> str | None:
    kept = scene.file.content.kept
    return ", ".join(_(KEPT_LABELS[one]) for one in kept) if kept else None


def _wait(scene: _Scene) -> str | None:
    file = scene.file
    if file.selected_on is None or file.departed_on is not None or file.closed or scene.direct:
        return None
    last = over_after(file.selected_on, _number(scene, "ABROAD.WAIT"))
    if scene.day > last:
        return _("Selected on {date}").format(date=format_date(file.selected_on))
    if file.waiting_promise is False:
        return _("No promise in writing.")
    if file.waiting_promise is None:
        raise _MissingError(_("Nobody asked whether the firm promised the length of the wait in writing."))
    return None


def _orientation(scene: _Scene) -> str | None:
    file, paper = scene.file, scene.file.orientation
    if paper is None or file.returned_on is not None or file.closed:
        return None
    if paper.issued_on is None:
        raise _MissingError(_("The day of the orientation certificate is not written."))
    at = file.departed_on or scene.day
    until = add_months(paper.issued_on, _number(scene, "ABROAD.ORIENTATION"))
    if at > until:
        return _("Valid until {date}").format(date=format_date(until))
    if paper.context and paper.context != context_of(file.firm, file.content.job, file.country):
        return _("Firm, job or country changed since.")
    return None


def _unconfirmed(scene: _Scene) -> str | None:
    departed = scene.file.departed_on
    if not scene.direct or departed is None or scene.file.confirmed_on is not None:
        return None
    return _("Left on {date}").format(date=format_date(departed))


def _banned(scene: _Scene) -> str | None:
    content = scene.file.content
    if content.area_banned:
        return content.workplace or _("The area of the work")
    job = f" {fold(content.job)} "
    named = [one.label for one in scene.lists.banned.values() if any(f" {word} " in job for word in one.words)]
    return ", ".join(named) or None


def _overdue(scene: _Scene) -> str | None:
    file = scene.file
    if not file.away or file.contract_to is None:
        return None
    if scene.day <= over_after(file.contract_to, _number(scene, "ABROAD.GRACE")):
        return None
    return _("Contract until {date}").format(date=format_date(file.contract_to))


def _early_return(scene: _Scene) -> str | None:
    file = scene.file
    if file.returned_on is None or file.closed:
        return None
    if file.contract_to is None:
        raise _MissingError(_("The end of the contract is not written."))
    if file.returned_on >= file.contract_to:
        return None
    told = _("Returned on {date}, contract until {end}")
    return told.format(date=format_date(file.returned_on), end=format_date(file.contract_to))


def _unsettled(scene: _Scene) -> str | None:
    file = scene.file
    if file.liquidated_on is not None or file.departed_on is None or scene.direct or file.closed:
        return None
    end = contract_end(file.contract_to, file.returned_on)
    if end is None or scene.day <= over_after(end, _number(scene, "ABROAD.LIQUIDATION")):
        return None
    return _("Contract ended on {date}").format(date=format_date(end))


def _no_notice(scene: _Scene) -> str | None:
    file = scene.file
    if file.returned_on is None or file.notice_on is not None or file.closed:
        return None
    if scene.day <= over_after(file.returned_on, _number(scene, "ABROAD.NOTICE")):
        return None
    return _("Returned on {date}").format(date=format_date(file.returned_on))


def _debt(scene: _Scene) -> str | None:
    file = scene.file
    owed = (file.loan or 0) + file.private_debt
    if not owed or file.closed:
        return None
    if file.loan and file.loan_due_on and file.contract_to and file.loan_due_on < file.contract_to:
        return _("The loan is due on {date}").format(date=format_date(file.loan_due_on))
    if not file.wage:
        raise _MissingError(_("The wage is not written."))
    most = file.wage * _number(scene, "ABROAD.DEBT_MONTHS")
    if owed <= most:
        return None
    told = _("{owed} owed, wage {wage} a month")
    return told.format(owed=format_money(owed), wage=format_money(file.wage))


def _silence(scene: _Scene) -> str | None:
    file = scene.file
    if not file.away or file.departed_on is None:
        return None
    last = max(file.last_contact or file.departed_on, file.departed_on)
    if scene.day <= over_after(last, _number(scene, "ABROAD.SILENCE")):
        return None
    if file.last_contact is None:
        return _("No contact since the departure on {date}").format(date=format_date(file.departed_on))
    return _("Last contact on {date}").format(date=format_date(last))


def _conditions(scene: _Scene) -> str | None:
    file = scene.file
    if file.content.exit_ban:
        return _("An exit ban is recorded.")
    if file.content.no_capacity:
        return _("Lack of legal capacity is recorded.")
    if file.age is None:
        raise _MissingError(_("The birth is not written."))
    if file.age >= _number(scene, "ABROAD.ADULT"):
        return None
    return _("{age} years old").format(age=file.age)


_JUDGES: Final[dict[str, Callable[[_Scene], str | None]]] = {
    "MOI_GIOI": _broker,
    "KHONG_GIAY_PHEP": _licence,
    "THU_TIEN_TUYEN": _recruitment,
    "PHI_VUOT_TRAN": _fee,
    "THU_PHI_SOM": _early_fee,
    "KY_QUY_SOM": _early_deposit,
    "KY_QUY_VUOT_TRAN": _high_deposit,
    "BAO_DAM_KHAC": _security,
    "CHO_QUA_180": _wait,
    "GDDH_HET_HAN": _orientation,
    "HD_TT_CHUA_XN": _unconfirmed,
    "NGHE_KHU_VUC_CAM": _banned,
    "QUA_HAN_VE": _overdue,
    "VE_TRUOC_HAN": _early_return,
    "CHUA_THANH_LY": _unsettled,
    "CHUA_KB_CU_TRU": _no_notice,
    "NO_CAO": _debt,
    "MAT_LIEN_LAC": _silence,
    "CHUA_DU_DK": _conditions,
}


def codes() -> Iterator[str]:
    """Every flag, in the order of the handbook."""
    yield from _JUDGES
