"""Draws the specimen of any paper of the review, as the settings page shows it while its wording is typed."""

from typing import Any

from casemgr.domain import paper_templates as keys
from casemgr.domain.community_papers import AttendanceContent, SponsorPromiseContent
from casemgr.domain.dossiers import DossierContent
from casemgr.domain.papers import ListContent, QuickContent, RequestContent, SurveyContent
from casemgr.domain.support_papers import AuthorisationContent, HandoverContent
from casemgr.reports.attendance_list import render_attendance
from casemgr.reports.dossier import render_dossier
from casemgr.reports.handover import render_authorisation, render_handover
from casemgr.reports.letter_requests import render_request
from casemgr.reports.office_papers import render_paper
from casemgr.reports.survey_sheet import render_quick_sheets, render_survey_sheets
from casemgr.reports.tables import OwnersMark
from casemgr.reports.thanks import render_sponsor_promise
from casemgr.reports.todo_list import render_request_list, render_todo_list


def render_specimen(key: str, content: Any, mark: OwnersMark) -> bytes:  # noqa: ANN401 - its content depends on the paper
    """The paper as PDF; `mark` stands below plain lists."""
    if isinstance(content, RequestContent):
        return render_request(content)
    if isinstance(content, SurveyContent):
        return render_survey_sheets([content])
    if isinstance(content, QuickContent):
        return render_quick_sheets([content])
    if isinstance(content, ListContent):
        return (render_todo_list if key == keys.MISSING_ANSWERS else render_request_list)(content, mark)
    match content:
        case DossierContent():
            return render_dossier(content)
        case SponsorPromiseContent():
            return render_sponsor_promise(content)
        case AttendanceContent():
            return render_attendance(content)
        case HandoverContent():
            return render_handover(content)
        case AuthorisationContent():
            return render_authorisation(content)
        case _:
            return render_paper(content)
