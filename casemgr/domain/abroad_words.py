"""Words of the registers of work abroad: payments, securities, contacts, answers, claims, start-ups."""

from enum import StrEnum
from typing import Final

from casemgr.i18n import N_


class PaymentKind(StrEnum):
    """What a worker paid for."""

    SERVICE = "service"
    EXTENSION = "extension"
    DEPOSIT = "deposit"
    TRAINING = "training"
    PAPERS = "papers"
    TRAVEL = "travel"
    RECRUITMENT = "recruitment"
    BROKER = "broker"
    OTHER = "other"


PAYMENT_LABELS: Final = {
    PaymentKind.SERVICE: N_("Service fee"),
    PaymentKind.EXTENSION: N_("Service fee of an extension"),
    PaymentKind.DEPOSIT: N_("Deposit"),
    PaymentKind.TRAINING: N_("Training and language"),
    PaymentKind.PAPERS: N_("Passport, visa, papers"),
    PaymentKind.TRAVEL: N_("Travel"),
    PaymentKind.RECRUITMENT: N_("Recruitment or selection"),
    PaymentKind.BROKER: N_("Broker's money"),
    PaymentKind.OTHER: N_("Other payment"),
}


class PayeeKind(StrEnum):
    """Who took the money."""

    FIRM = "firm"
    TRAINING = "training"
    BANK = "bank"
    AUTHORITY = "authority"
    PERSON = "person"
    OTHER = "other"


PAYEE_LABELS: Final = {
    PayeeKind.FIRM: N_("The licensed firm"),
    PayeeKind.TRAINING: N_("Training provider"),
    PayeeKind.BANK: N_("Bank"),
    PayeeKind.AUTHORITY: N_("Authority"),
    PayeeKind.PERSON: N_("A private person"),
    PayeeKind.OTHER: N_("Somebody else"),
}


class Kept(StrEnum):
    """What a firm keeps as security beside a deposit."""

    LAND = "land"
    PASSPORT = "passport"
    IOU = "iou"
    OTHER = "other"


KEPT_LABELS: Final = {
    Kept.LAND: N_("Land certificate"),
    Kept.PASSPORT: N_("Passport"),
    Kept.IOU: N_("Signed IOU"),
    Kept.OTHER: N_("Other security"),
}


class Channel(StrEnum):
    """How a contact was made."""

    PHONE = "phone"
    MESSAGE = "message"
    VISIT = "visit"
    FAMILY = "family"
    FIRM = "firm"
    LETTER = "letter"


CHANNEL_LABELS: Final = {
    Channel.PHONE: N_("Telephone"),
    Channel.MESSAGE: N_("Message"),
    Channel.VISIT: N_("Visit to the family"),
    Channel.FAMILY: N_("Through the family"),
    Channel.FIRM: N_("Through the firm"),
    Channel.LETTER: N_("Letter"),
}


class Outcome(StrEnum):
    """How a registration of a direct contract was answered."""

    CONFIRMED = "confirmed"
    REFUSED = "refused"


OUTCOME_LABELS: Final = {
    Outcome.CONFIRMED: N_("Registration confirmed"),
    Outcome.REFUSED: N_("Registration refused"),
}


class ClaimDecision(StrEnum):
    """What became of a claim."""

    WAITING = ""
    GRANTED = "granted"
    REFUSED = "refused"


CLAIM_DECISION_LABELS: Final = {
    ClaimDecision.WAITING: N_("Waiting for the answer"),
    ClaimDecision.GRANTED: N_("Claim granted"),
    ClaimDecision.REFUSED: N_("Claim refused"),
}


class StartupStatus(StrEnum):
    """How far a business is."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


STARTUP_LABELS: Final = {
    StartupStatus.PLANNED: N_("Business planned"),
    StartupStatus.RUNNING: N_("Business running"),
    StartupStatus.ENDED: N_("Business ended"),
}
