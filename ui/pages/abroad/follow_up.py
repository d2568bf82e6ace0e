"""The cards of what belongs to a case, and where each is written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from casemgr.domain.abroad_flags import RED
from casemgr.domain.abroad_lists import shipped
from casemgr.domain.permissions import Permission
from casemgr.i18n import _, format_date, format_money
from casemgr.services import abroad_documents
from ui.pages.abroad import support_verbs, verbs
from ui.pages.abroad.side_cards import CLAIMS, CONTACTS, PAPERS, PAYMENTS, REGISTRATIONS, STEPS, SUPPORTS
from ui.rows_card import CardVerb, RowsCard
from ui.theme import spaced
from ui.tones import certainty_words
from ui.verb_place import VerbPlace
from ui.widgets.card import Card
from ui.widgets.message_bar import Notice
from ui.widgets.told import Line, Told

if TYPE_CHECKING:
    from datetime import date

    from casemgr.domain.abroad_flags import Flag
    from casemgr.services.abroad_claims import ClaimView
    from casemgr.services.abroad_documents import CheckLine
    from casemgr.services.abroad_file import CaseFile
    from casemgr.services.abroad_money import PaymentView
    from casemgr.services.abroad_support import SupportView
    from casemgr.services.direct_contracts import DirectView
    from casemgr.services.entitlement_rows import Entitlement
    from ui.desk import Desk
    from ui.verb_place import Verb


class FlagsCard(Card):
    """What is to be checked of a case, with its article: a hint for the officer, no judgement."""

    def __init__(self) -> None:
        super().__init__(lambda: _("To be checked"), margin=10)
        self.setObjectName("abroadFlagsCard")
        self.told = Told("abroadFlags")
        self.none = QLabel()
        self.none.setObjectName("abroadFlagsNone")
        self.none.setProperty("class", "soft")
        self.none.setWordWrap(True)
        self.unjudged = QLabel()
        self.unjudged.setObjectName("abroadUnjudged")
        self.unjudged.setProperty("class", "soft")
        self.unjudged.setWordWrap(True)
        for widget in (self.told, self.none, self.unjudged):
            self.add(widget)

    def show_file(self, file: CaseFile) -> None:
        """Show the flags of a case, the urgent ones first."""
        flags = sorted(file.view.flags, key=lambda one: one.level != RED)
        self.told.show_lines([Line(flag_words(one), "poor" if one.level == RED else "near") for one in flags])
        self.none.setText(_("Nothing to be checked by what is written down."))
        self.none.setVisible(not flags)
        waiting = "; ".join(f"{one.text} ({one.why})" for one in file.view.unjudged)
        self.unjudged.setText(_("Cannot be said yet: {what}").format(what=waiting))
        self.unjudged.setVisible(bool(waiting))


def flag_words(flag: Flag) -> str:
    """The level in words, what to check, on what it rests, and the article."""
    level = _("Look at this first") if flag.level == RED else _("Look at this in time")
    sure = "" if flag.certainty == "V" else certainty_words(flag.certainty)
    told = " ".join(filter(None, (flag.text, flag.detail)))
    law = ", ".join(filter(None, (flag.law, sure)))
    return f"{level} · {told} ({law})" if law else f"{level} · {told}"


class FollowUp(QWidget):
    """`show_file` shows what belongs to a case; cards that make no sense yet are not there."""

    said = Signal(Notice)
    issued = Signal(object)
    """A paper that was issued just now."""
    begun = Signal()
    """Something is asked for: the form should be seen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("abroadFollowUp")
        self._desk = desk
        self._file: CaseFile | None = None
        self.verbs = VerbPlace("abroadVerbs")
        self.flags = FlagsCard()
        self.papers = RowsCard(
            "abroadPapers",
            lambda: _("Papers of the dossier"),
            PAPERS,
            lambda: _("Choose the way of going: the list of papers depends on it."),
            (
                CardVerb("paperWrite", "note-pencil", lambda: _("Write down"), self._paper, on_row=True),
                CardVerb("paperNew", "plus", lambda: _("Another paper"), lambda _line: self._paper(None)),
                CardVerb("paperRemove", "trash", lambda: _("Take out"), self._remove_paper, on_row=True),
            ),
            most=10,
        )
        self.papers.opened.connect(self._paper)
        self.payments = RowsCard(
            "abroadPayments",
            lambda: _("Payments of the worker"),
            PAYMENTS,
            lambda: _("No payment is written down."),
            (
                CardVerb("paymentNew", "plus", lambda: _("Payment"), lambda _line: self._payment(None)),
                CardVerb("paymentBack", "arrow-u-up-left", lambda: _("Given back"), self._give_back, on_row=True),
            ),
        )
        self.payments.opened.connect(self._payment)
        self.ceiling = _soft("abroadFeeCeiling")
        self.payments.add(self.ceiling)
        self.supports = RowsCard(
            "abroadSupports",
            lambda: _("Support of the state"),
            SUPPORTS,
            lambda: _("No item of support is written down."),
            (
                CardVerb("supportNew", "plus", lambda: _("Item"), lambda _line: self._support(None)),
                CardVerb("supportPaid", "check", lambda: _("Paid out…"), lambda _line: self._pay_out()),
            ),
            most=8,
        )
        self.supports.opened.connect(self._support)
        self.entitlement = _soft("abroadEntitlement")
        self.supports.add(self.entitlement)
        self.registrations = RowsCard(
            "abroadRegistrations",
            lambda: _("Registration of the direct contract"),
            REGISTRATIONS,
            lambda: _("The registration was not received yet."),
            (
                CardVerb("directNew", "plus", lambda: _("Received"), lambda _line: self._receive()),
                CardVerb("directFound", "check-square", lambda: _("Check the papers"), self._complete, on_row=True),
                CardVerb("directYes", "check", lambda: _("Confirm…"), self._confirm, on_row=True),
                CardVerb("directNo", "x", lambda: _("Refuse…"), self._refuse, on_row=True),
            ),
        )
        self.contacts = RowsCard(
            "abroadContacts",
            lambda: _("Contacts"),
            CONTACTS,
            lambda: _("No contact since the departure."),
            (CardVerb("contactNew", "plus", lambda: _("Record a contact"), lambda _line: self._contact()),),
        )
        self.next_contact = _soft("abroadNextContact")
        self.contacts.add(self.next_contact)
        self.returned = RowsCard(
            "abroadClaims",
            lambda: _("Return and claims"),
            CLAIMS,
            lambda: _("No claim is written down."),
            (
                CardVerb("returnNotice", "house-line", lambda: _("Residence notified"), lambda _line: self._notice()),
                CardVerb("returnSettled", "file-text", lambda: _("Contract settled"), lambda _line: self._settle()),
                CardVerb("claimNew", "plus", lambda: _("Claim"), lambda _line: self._claim()),
                CardVerb("claimAnswer", "check", lambda: _("Answer"), self._claim_answer, on_row=True),
            ),
        )
        self.after = _soft("abroadAfterReturn")
        self.returned.add(self.after)
        self.steps = RowsCard("abroadSteps", lambda: _("Course of the case"), STEPS, lambda: _("No step yet."), most=20)
        layout = QVBoxLayout(self)
        spaced(layout, spacing=8)
        for card in (self.flags, *self.cards()):
            layout.addWidget(card)

    def cards(self) -> tuple[RowsCard, ...]:
        """All cards of lines, in their order."""
        return (
            self.contacts,
            self.returned,
            self.registrations,
            self.papers,
            self.payments,
            self.supports,
            self.steps,
        )

    def show_file(self, file: CaseFile | None, today: date) -> None:
        """Show what belongs to a case; nothing for a new one."""
        self._file, self._today = file, today
        self.setVisible(file is not None)
        if file is None:
            return
        view, may = file.view, self._desk.may(Permission.EDIT)
        form = shipped().form(view.data.form)
        direct = form is not None and form.direct
        left, back = view.departed_on is not None, view.returned_on is not None
        shown = (
            (self.papers, file.checklist, True),
            (self.payments, file.payments, True),
            (self.supports, file.supports, True),
            (self.registrations, file.registrations, direct),
            (self.contacts, file.contacts, left),
            (self.returned, file.claims, back or view.incident is not None),
            (self.steps, tuple(reversed(file.steps)), bool(file.steps)),
        )
        for card, lines, seen in shown:
            card.show_lines(lines)
            card.enable(may=may)
            card.setVisible(seen or bool(lines))
        for name in ("returnNotice", "returnSettled"):
            self.returned.buttons[name][1].setEnabled(may and left and back)
        self.supports.buttons["supportPaid"][1].setEnabled(
            may and any(one.paid_on is None and one.data.amount for one in file.supports)
        )
        self.flags.show_file(file)
        self._say(file)

    # ---- words below the lists

    def _say(self, file: CaseFile) -> None:
        most = file.fee_ceiling
        self.ceiling.setText(
            _("Ceiling of the service fee: {most}").format(most=format_money(most.amount))
            if most is not None
            else _("The ceiling of the service fee is known once wage and months are written.")
        )
        day = file.next_contact
        self.next_contact.setText(_("Next contact: {date}").format(date=format_date(day)) if day else "")
        self.next_contact.setVisible(day is not None)
        self.after.setText("\n".join(self._after_words(file)))
        self.after.setVisible(bool(self.after.text()))

    def show_entitlement(self, told: Entitlement | None) -> None:
        """Show what the programme of the support says of this person today."""
        self.entitlement.setText(self._entitled(told))

    def _entitled(self, told: Entitlement | None) -> str:
        if told is None:
            return _("The programme NN-HT says nothing of this person today.")
        result = {
            True: _("Entitled to NN-HT by what is on record"),
            False: _("Not entitled to NN-HT by what is on record"),
            None: _("NN-HT: cannot be said yet"),
        }[told.result]
        if told.receiving:
            day = format_date(told.received_on) if told.received_on else ""
            got = _("received {date}").format(date=day)
            result = f"{result} · {got}"
        missing = _("still to be asked: {facts}").format(facts=", ".join(told.missing)) if told.missing else ""
        return ". ".join(filter(None, (result, "; ".join(told.reason), missing, told.citation)))

    def _after_words(self, file: CaseFile) -> list[str]:
        view, words = file.view, []
        if view.notice_on is not None:
            words.append(_("Residence notified on {date}").format(date=format_date(view.notice_on)))
        if view.liquidated_on is not None:
            words.append(_("Contract settled on {date}").format(date=format_date(view.liquidated_on)))
        if file.refund is not None and file.refund.not_at_fault and file.refund.refund:
            told = _("Service fee for the time not worked: {sum} of {paid}, with interest ({law})")
            sums = {"sum": format_money(file.refund.refund), "paid": format_money(file.refund.paid)}
            words.append(told.format(**sums, law=file.refund.law))
        for one in file.proposed:
            told = _("Worth asking for: {what}, {most} ({law})")
            words.append(told.format(what=one.label, most=verbs.ceiling_words(one.most), law=one.law))
        return words

    # ---- verbs

    def begin(self, verb: Verb) -> None:
        """Ask for something to write down."""
        if not self._desk.may(Permission.EDIT):
            return
        self.verbs.begin(verb)
        self.begun.emit()

    def begin_incident(self) -> None:
        """Ask what happened."""
        if self._file is not None:
            self.begin(verbs.incident(self._desk, self._file, self._today))

    def _paper(self, line: CheckLine | None) -> None:
        if self._file is not None:
            self.begin(verbs.document(self._desk, self._file, line))

    def _remove_paper(self, line: CheckLine) -> None:
        if line.document is None:
            self.said.emit(Notice(_("This paper is not there yet.")))
            return
        self._desk.write(abroad_documents.remove, line.document.id, line.document.version)

    def _payment(self, line: PaymentView | None) -> None:
        if self._file is not None:
            self.begin(verbs.payment(self._desk, self._file, self._today, line))

    def _give_back(self, line: PaymentView) -> None:
        if line.returned_on is not None:
            self.said.emit(Notice(_("This payment was given back already.")))
        else:
            self.begin(verbs.give_back(self._desk, line, self._today))

    def _support(self, line: SupportView | None) -> None:
        if self._file is None:
            return
        if line is not None and line.paid_on is not None:
            self.said.emit(Notice(_("This item was paid; it is not changed any more.")))
        elif line is None and not self._file.items:
            self.said.emit(Notice(_("Choose the generation of support first: the items depend on it."), "near"))
        else:
            self.begin(support_verbs.support(self._desk, self._file, self._today, line))

    def _pay_out(self) -> None:
        if self._file is not None:
            self.begin(support_verbs.pay_out(self._desk, self._file, self._today))

    def _receive(self) -> None:
        if self._file is not None:
            self.begin(support_verbs.receive(self._desk, self._file.view.id, self._today))

    def _complete(self, line: DirectView) -> None:
        if self._open(line):
            self.begin(support_verbs.complete(self._desk, line, self._today))

    def _confirm(self, line: DirectView) -> None:
        if self._open(line):
            self.begin(support_verbs.confirm(self._desk, line, self._today, self.issued.emit))

    def _refuse(self, line: DirectView) -> None:
        if self._open(line):
            self.begin(support_verbs.refuse(self._desk, line, self._today, self.issued.emit))

    def _open(self, line: DirectView) -> bool:
        if line.outcome is not None:
            self.said.emit(Notice(_("This registration was answered already.")))
        return line.outcome is None

    def _contact(self) -> None:
        if self._file is not None:
            self.begin(verbs.contact(self._desk, self._file, self._today))

    def _notice(self) -> None:
        if self._file is not None:
            self.begin(verbs.notice(self._desk, self._file, self._today))

    def _settle(self) -> None:
        if self._file is not None:
            self.begin(verbs.settlement(self._desk, self._file, self._today))

    def _claim(self) -> None:
        if self._file is not None:
            line = self._file.proposed[0] if self._file.proposed else None
            self.begin(verbs.claim(self._desk, self._file, self._today, line))

    def _claim_answer(self, line: ClaimView) -> None:
        if line.decided_on is not None:
            self.said.emit(Notice(_("This claim was decided; it is not changed any more.")))
        else:
            self.begin(verbs.decide_claim(self._desk, line, self._today))


def _soft(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setProperty("class", "soft")
    label.setWordWrap(True)
    return label
