"""The wording of the papers of the review as dated data: shipped versions and those the office saved itself."""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_type_hints

from casemgr.assets import resource
from casemgr.domain import community_papers, ledger_papers
from casemgr.domain import paper_wordings as words
from casemgr.domain import support_wordings as support_words
from casemgr.domain.case_papers import CasePaperWording, wording_problems
from casemgr.domain.dossiers import DossierWording
from casemgr.domain.paper_kinds import PAPER_LABELS, PaperKind
from casemgr.domain.templates import OWN, Mark
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import N_, _

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

W = TypeVar("W")

DECISION = "decision"
AVERAGE_DECISION = "average_decision"
POSTING = "posting"
MINUTES = "minutes"
REFUSAL = "refusal"
SUPERIOR_REPORT = "superior_report"
CONFIRMATION = "confirmation"
RECEIPT = "receipt"
REQUEST_ENTER = "request_enter"
REQUEST_AVERAGE = "request_average"
REQUEST_LEAVE = "request_leave"
SURVEY = "survey"
QUICK = "quick"
REQUEST_LIST = "request_list"
MISSING_ANSWERS = "todo"
PAY_LIST = "pay_list"
RECEIPT_LIST = "receipt_list"
HANDOVER = "handover"
AUTHORISATION = "authorisation"
SUPPORT_CONFIRMATION = "support_confirmation"
SPONSOR_RECEIPT = "sponsor_receipt"
SPONSOR_PROMISE = "sponsor_promise"
ATTENDANCE = "attendance"
LOAN_LIST = "loan_list"
INSURANCE_LIST = "insurance_list"
SUPPORT_REFUSAL = "support_refusal"
SUPPORT_POSTING = "support_posting"
DOSSIER = "dossier"
CASE = "case_"
"""Begins the keys of papers of cases: `PaperKind.COMMITMENT.value` and the like."""


@dataclass(frozen=True)
class PaperKey:
    """A paper with an editable wording: what it is called and which words it has."""

    label: str
    wording: type[Any]


PAPERS: Mapping[str, PaperKey] = {
    DECISION: PaperKey(N_("Decision recognising households (Mẫu số 02)"), words.DecisionWording),
    AVERAGE_DECISION: PaperKey(N_("Decision on the average living standard (Mẫu số 02)"), words.DecisionWording),
    POSTING: PaperKey(N_("Notice of posting with its list"), words.PostingWording),
    MINUTES: PaperKey(N_("Minutes of the residents' meeting"), words.MinutesWording),
    REFUSAL: PaperKey(N_("Refusal with reason"), words.RefusalWording),
    SUPERIOR_REPORT: PaperKey(N_("Report to the superior"), words.SuperiorWording),
    CONFIRMATION: PaperKey(N_("Confirmation of the average living standard"), words.ConfirmationWording),
    RECEIPT: PaperKey(N_("Receipt with the due date"), words.ReceiptWording),
    REQUEST_ENTER: PaperKey(N_("Request to be reviewed (Mẫu số 01)"), words.RequestWording),
    REQUEST_AVERAGE: PaperKey(N_("Request for the average living standard (Mẫu số 01)"), words.RequestWording),
    REQUEST_LEAVE: PaperKey(N_("Request to leave the list (Mẫu số 04)"), words.RequestWording),
    SURVEY: PaperKey(N_("Survey sheet of a household (Phiếu B)"), words.SurveyWording),
    QUICK: PaperKey(N_("Quick sheet of a household (Phiếu A)"), words.QuickWording),
    REQUEST_LIST: PaperKey(N_("List of requests received"), words.ListWording),
    MISSING_ANSWERS: PaperKey(N_("List of missing answers per hamlet"), words.ListWording),
    PAY_LIST: PaperKey(N_("Pay-out list of households"), support_words.PayListWording),
    RECEIPT_LIST: PaperKey(N_("Signature list by hamlet"), support_words.ReceiptListWording),
    HANDOVER: PaperKey(N_("Minutes of a hand-over"), support_words.HandoverWording),
    AUTHORISATION: PaperKey(N_("Authorisation to collect support"), support_words.AuthorisationWording),
    SUPPORT_CONFIRMATION: PaperKey(
        N_("Confirmation of support received or not received"), support_words.SupportConfirmationWording
    ),
    SUPPORT_REFUSAL: PaperKey(N_("Notice that support is refused (C27)"), words.RefusalWording),
    SUPPORT_POSTING: PaperKey(N_("Notice posting a list of support (C26)"), support_words.SupportPostingWording),
    SPONSOR_RECEIPT: PaperKey(N_("Receipt with thanks to a sponsor"), community_papers.SponsorReceiptWording),
    SPONSOR_PROMISE: PaperKey(N_("Promise of a sponsor"), community_papers.SponsorPromiseWording),
    ATTENDANCE: PaperKey(N_("List participants sign"), community_papers.AttendanceWording),
    LOAN_LIST: PaperKey(N_("List of loans asked for (03/TD)"), ledger_papers.ConfirmedListWording),
    INSURANCE_LIST: PaperKey(N_("Increases and decreases of insurance cards"), ledger_papers.ConfirmedListWording),
    DOSSIER: PaperKey(N_("Dossier of a household"), DossierWording),
    **{kind.value: PaperKey(PAPER_LABELS[kind], CasePaperWording) for kind in PaperKind if kind.value.startswith(CASE)},
}
"""Papers with an editable wording beside the certificate, in the order of the settings page."""

_SHAPED = {"columns", "member_columns", "indicator_columns", "household", "fields", "items", "annex_titles", "work"}
_SHAPED |= {"goods_columns", "giver", "taker", "witness"}
_SHAPED |= {"sections", "cover", "headings", "kinds", "index_columns", "class_columns", "programme_columns"}
_SHAPED |= {"support_columns", "loan_columns", "case_columns", "story_columns"}
_SHAPED |= {"areas", "waters", "toilets", "device_names", "causes", "results", "signers", "copies"}
"""Lists that keep their length: the layout has a place for each line."""


@dataclass(frozen=True)
class LetterTemplate(Generic[W]):
    """One version of the wording of a paper; names in braces are still open."""

    id: str
    title: str
    valid_from: date
    valid_to: date | None
    """None: until another version follows."""
    wording: W
    marks: tuple[Mark, ...] = ()

    def in_force(self, on: date) -> bool:
        """Whether the version is meant for papers of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)

    @property
    def own(self) -> bool:
        """Whether the office saved it itself."""
        return self.id.startswith(OWN)


def paper_key(key: str) -> str:
    """The key of a paper the program has a wording for."""
    if key not in PAPERS:
        raise ValidationError([Problem("key", _("There is no paper called “{key}”.").format(key=key))])
    return key


@cache
def shipped_names(key: str) -> Mapping[str, str]:
    """What each name of a paper of a case stands for."""
    names: Mapping[str, str] = _file(key).get("names", {})
    return names


def _file(key: str) -> dict[str, Any]:
    path = resource("templates", f"{paper_key(key)}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def shipped_letters(key: str) -> tuple[LetterTemplate[Any], ...]:
    """The versions of a paper shipped with the program, oldest first."""
    raw = _file(key)
    known: dict[str, dict[str, Any]] = {}
    for version in raw["version"]:
        base = known.get(version.get("base", ""), {})
        wording = {**base.get("wording", {}), **version.get("wording", {})}
        known[version["id"]] = {**base, **version, "wording": wording}
    return tuple(
        LetterTemplate(
            id=version["id"],
            title=version["title"],
            valid_from=version["valid_from"],
            valid_to=version.get("valid_to"),
            wording=wording_of(key, version["wording"]),
            marks=tuple(Mark(**mark) for mark in version.get("mark", ())),
        )
        for version in known.values()
    )


def own_letter(key: str, number: int, title: str, valid_from: date, body: str) -> LetterTemplate[Any]:
    """The office's own version again, from `wording_to_json`."""
    return LetterTemplate(f"{OWN}-{number}", title, valid_from, None, wording_of(key, json.loads(body)))


def wording_to_json(wording: "DataclassInstance") -> str:
    """What the office's own version is kept as."""
    values = {field.name: getattr(wording, field.name) for field in fields(wording)}
    return json.dumps(values, ensure_ascii=False)


def list_fields(wording: type[Any]) -> frozenset[str]:
    """Names of the fields that hold several lines."""
    return frozenset(name for name, kind in get_type_hints(wording).items() if kind is not str)


def wording_of(key: str, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the class depends on the paper
    """The words of a paper from plain data; a missing, unknown or misshapen field is an error."""
    kind = PAPERS[paper_key(key)].wording
    names = {field.name for field in fields(kind)}
    lists = list_fields(kind)
    problems = [
        Problem(name, _("The wording has no “{name}”.").format(name=name)) for name in sorted(names - raw.keys())
    ]
    problems += [
        Problem(name, _("“{name}” is no part of this wording.").format(name=name))
        for name in sorted(raw.keys() - names)
    ]
    values: dict[str, Any] = {}
    for name in sorted(names & raw.keys()):
        value = raw[name]
        if name in lists:
            plain = isinstance(value, list | tuple) and all(isinstance(line, str) for line in value)
        else:
            plain = isinstance(value, str)
        if not plain:
            problems.append(Problem(name, _("“{name}” must be text.").format(name=name)))
        values[name] = tuple(value) if name in lists and plain else value
    if problems:
        raise ValidationError(problems)
    return kind(**values)


def shape_problems(key: str, wording: object) -> list[Problem]:
    """Lists whose number of lines differs from the shipped form: the layout has a place for each."""
    model = shipped_letters(key)[-1].wording
    if isinstance(wording, CasePaperWording):
        return wording_problems(wording, model, shipped_names(key))
    return [
        Problem(
            f"wording.{field.name}",
            _("This list must keep its {count} lines: each has its place on the paper.").format(
                count=len(getattr(model, field.name))
            ),
        )
        for field in fields(model)
        if field.name in _SHAPED and len(getattr(wording, field.name)) != len(getattr(model, field.name))
    ]
