"""What the standards say of the sheet as it stands now: the review's own, the local one, the one that follows."""

from collections.abc import Sequence

from casemgr.domain.classification import Judgement, Partial
from casemgr.domain.packs import Pack
from casemgr.domain.reviews import SurveyData
from casemgr.errors import Problem, ValidationError
from casemgr.i18n import _
from casemgr.services import packs, survey_facts
from casemgr.services.survey_sheets import SheetView
from casemgr.workspace import Workspace
from ui.pages.review.verdict import Line


def following(workspace: Workspace, pack: Pack) -> Pack | None:
    """The national standard that follows this one, as far as it is known."""
    later = [
        other
        for other in workspace.read(packs.in_use)
        if other.scope == pack.scope and other.valid_from > pack.valid_from
    ]
    return min(later, key=lambda other: other.valid_from, default=None)


def verdict(
    workspace: Workspace, sheet: SheetView, data: SurveyData, after: Pack | None
) -> tuple[list[Line], Sequence[Problem]]:
    """The lines of the verdict, the review's own standard first, and what stands against saving."""
    lines: list[Line] = []
    problems: Sequence[Problem] = ()
    try:
        national, local = workspace.read(survey_facts.judge, sheet.case_id, data)
    except ValidationError as error:
        problems = error.problems
        lines.append(_open_line(workspace, sheet, data, sheet.pack))
    else:
        lines.append(_line(sheet.pack, national))
        if local is not None and sheet.local is not None:
            lines.append(_line(sheet.local, local))
    if after is not None:
        lines.append(_open_line(workspace, sheet, data, after))
    return lines, problems


def names_of(pack: Pack, codes: Sequence[str]) -> tuple[str, ...]:
    """Codes of answers in words."""
    words = {"income": _("income per head"), "b1": _("points of B1")}
    words |= {indicator.code: indicator.name.lower() for indicator in pack.indicators}
    return tuple(words.get(code, code) for code in codes)


def _line(pack: Pack, judged: Judgement) -> Line:
    return Line(
        pack.title, judged.value, (judged.value,), judged.reason, judged.margin, judged.unit, official=judged.official
    )


def _open_line(workspace: Workspace, sheet: SheetView, data: SurveyData, pack: Pack) -> Line:
    title = pack.title if pack.official else _("{standard} (draft)").format(standard=pack.title)
    try:
        partial: Partial = workspace.read(survey_facts.possible, sheet.case_id, data, pack)
    except ValidationError:
        return Line(title, None, (), "", official=pack.official)
    missing = names_of(pack, partial.missing)
    return Line(title, partial.value, partial.possible, "", missing=missing, official=pack.official)
