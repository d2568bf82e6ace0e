"""What the one search box finds in the open file."""

from typing import Final

from casemgr.domain.households import CLASS_SHORT_LABELS
from casemgr.domain.paper_codes import is_case_qr, is_request_qr, read_case_qr, read_request_qr
from casemgr.errors import AppError
from casemgr.i18n import _
from casemgr.services import search_hits
from casemgr.services.search import search
from ui.desk import Desk
from ui.places import Place
from ui.tones import class_tone
from ui.widgets.search_box import Hit

_MOST: Final = 12
_ICONS: Final = {"household": "house-line", "person": "user", "certificate": "medal"}


def find_everything(desk: Desk, text: str) -> list[Hit]:
    """The best hits for a text, best first; a scanned receipt is its request, a scanned sheet its household."""
    if is_request_qr(text):
        return _receipt(desk, text)
    if is_case_qr(text):
        return _sheet(desk, text)
    return [_line(hit) for hit in desk.workspace.read(search, text, limit=_MOST)]


def _receipt(desk: Desk, text: str) -> list[Hit]:
    from casemgr.services import requests  # not wanted at the start
    from ui.request_words import status_tone, status_words

    try:
        view = desk.workspace.read(requests.view, read_request_qr(text))
    except AppError:  # misread, or of another file: nothing is found
        return []
    title = _("Request {number}").format(number=view.row.number)
    detail = " · ".join(filter(None, (view.row.applicant, view.row.code, view.row.hamlet)))
    return [Hit("tray", title, detail, Place("requests", view.id), status_words(view.row), status_tone(view.row))]


def _sheet(desk: Desk, text: str) -> list[Hit]:
    from casemgr.domain.reviews import CASE_STATE_LABELS
    from casemgr.services import campaign_board, campaigns, survey_sheets  # not wanted at the start

    try:
        case = read_case_qr(text)
        sheet = desk.workspace.read(survey_sheets.sheet, case)
        review = desk.workspace.read(campaigns.view, sheet.campaign_id)
        (row,) = desk.workspace.read(campaign_board.rows, [case])
    except AppError:  # misread, or of another file: nothing is found
        return []
    detail = " · ".join(filter(None, (review.data.title, row.code, row.hamlet)))
    target = Place("review", case, wish="case")
    return [Hit("clipboard-text", row.head, detail, target, _(CASE_STATE_LABELS[row.state]))]


def _line(hit: search_hits.Hit) -> Hit:
    if hit.kind == "certificate":
        target = Place("certificates", hit.id)
    else:
        target = Place("households", hit.household_id or hit.id)
    detail = hit.subtitle if hit.code in hit.subtitle else f"{hit.code} · {hit.subtitle}"
    word = _(CLASS_SHORT_LABELS[hit.class_value]) if hit.kind == "household" else ""
    return Hit(_ICONS[hit.kind], hit.title, detail, target, word, class_tone(hit.class_value))
