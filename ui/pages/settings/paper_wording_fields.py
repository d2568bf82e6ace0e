"""The fields of the wording of the papers of the review: what each text is, in the order it stands on the paper."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from casemgr.domain.case_papers import CasePaperWording
from casemgr.domain.paper_templates import PAPERS, list_fields
from casemgr.i18n import N_
from ui.forms import Field
from ui.pages.settings.wording_fields import VERSION_FIELDS, NotedLine, NotedLines, NotedText

if TYPE_CHECKING:
    from casemgr.domain.paper_templates import LetterTemplate

_LONG: Final = 70
_MOST_LINES: Final = 9

LABELS: Final = {
    "symbol": N_("Symbol after the number"),
    "agency": N_("Agency instead of the letterhead"),
    "title": N_("Title of the paper"),
    "subject": N_("What the paper is about"),
    "subject_again": N_("The same after a re-check"),
    "sign_prefix": N_("Above the title of the signatory"),
    "recipients_label": N_("Before the recipients"),
    "recipients": N_("Recipients, one a line"),
    "draft_mark": N_("Mark on a draft"),
    "sample_mark": N_("Mark on papers of a sample"),
    "authority": N_("Who issues the paper"),
    "basis": N_("Legal basis, one a line"),
    "resolve": N_("Before the articles"),
    "article": N_("Article 1"),
    "items": N_("Items of article 1, one a list"),
    "articles": N_("Articles 2 and after, one a line"),
    "annex_label": N_("Word for an annex"),
    "annex_titles": N_("Titles of the annexes, one a line"),
    "attached": N_("To which paper the annex belongs"),
    "columns": N_("Columns, one a line"),
    "total": N_("Line of the total"),
    "opening": N_("First paragraphs, one a line"),
    "opening_again": N_("First paragraphs after a re-check"),
    "objects_heading": N_("Heading: what is posted"),
    "object_line": N_("Line of each category"),
    "objects_total": N_("Line of all categories"),
    "time_heading": N_("Heading: time"),
    "time": N_("Time of the posting"),
    "place_heading": N_("Heading: places"),
    "places": N_("Usual places, one a line"),
    "opinion_heading": N_("Heading: opinions"),
    "opinion": N_("Where opinions go"),
    "closing": N_("Last paragraphs, one a line"),
    "list_title": N_("Title of the list"),
    "sheet_note": N_("Below the list alone"),
    "attendance_heading": N_("Heading: attendance"),
    "chair": N_("Line of the chair"),
    "secretary": N_("Line of the secretary"),
    "representative": N_("Line of the representative"),
    "present": N_("Line of those present"),
    "front": N_("The Fatherland Front was invited"),
    "no_front": N_("The Fatherland Front was not invited"),
    "others": N_("Others present, one a line"),
    "content_heading": N_("Heading: content"),
    "content": N_("Content, one paragraph a line"),
    "votes_heading": N_("Heading: votes"),
    "agreed": N_("Word for agreed"),
    "back": N_("Word for surveyed again"),
    "outcome": N_("Sentence of the outcome"),
    "discussion_heading": N_("Heading: discussion"),
    "no_discussion": N_("When nobody spoke"),
    "chair_title": N_("Above the signature of the chair"),
    "secretary_title": N_("Above the signature of the secretary"),
    "representative_title": N_("Above the signature of the representative"),
    "sign_hint": N_("Below the title of who signs"),
    "copies": N_("What each copy is for, one a line"),
    "addressee": N_("To whom"),
    "reason": N_("Sentence of the reason"),
    "figures_heading": N_("Heading: figures"),
    "steps_heading": N_("Heading: what was done"),
    "steps": N_("What was done, one paragraph a line"),
    "confirms": N_("Sentence that confirms"),
    "fields": N_("Labels of the lines, one a line"),
    "body": N_("Text, one paragraph a line"),
    "not_official": N_("That it is no official form"),
    "number_label": N_("Before the number of the request"),
    "papers": N_("Papers handed in, one a line"),
    "due": N_("Line of the due date"),
    "qr_note": N_("Beside the QR code"),
    "giver": N_("Above the signature of who hands in"),
    "receiver": N_("Above the signature of who takes in"),
    "form": N_("Name of the form"),
    "members_heading": N_("Heading: members"),
    "reason_label": N_("Before the reason"),
    "income_label": N_("Before the income"),
    "oath": N_("Declaration, one paragraph a line"),
    "sign_title": N_("Above the signature"),
    "male": N_("Word for male"),
    "female": N_("Word for female"),
    "work": N_("Words for the state of work, one a line"),
    "household_heading": N_("Heading: household"),
    "household": N_("Labels of the household, one a line"),
    "areas": N_("Area types, one a line"),
    "member_columns": N_("Columns of the members, one a line"),
    "member_note": N_("Below the members"),
    "dwelling_heading": N_("Heading: dwelling"),
    "walls": N_("Before walls"),
    "pillars": N_("Before columns of the house"),
    "roof": N_("Before the roof"),
    "floor_area": N_("Before the living area"),
    "water": N_("Before water"),
    "toilet": N_("Before toilet"),
    "internet": N_("Before internet"),
    "devices": N_("Before devices"),
    "waste": N_("Before waste"),
    "waters": N_("Kinds of water, one a line"),
    "toilets": N_("Kinds of toilet, one a line"),
    "device_names": N_("Devices, one a line"),
    "durable": N_("Word for durable"),
    "yes": N_("Word for yes"),
    "no": N_("Word for no"),
    "indicators_heading": N_("Heading: indicators"),
    "indicator_columns": N_("Columns of the indicators, one a line"),
    "causes_heading": N_("Heading: causes"),
    "causes": N_("Causes, one a line"),
    "result_heading": N_("Heading: result"),
    "results": N_("Results, one a line"),
    "b1": N_("Before the box of B1"),
    "b2": N_("Before the box of B2"),
    "income": N_("Before the income per person"),
    "note": N_("Before the note"),
    "date_line": N_("Line of the date"),
    "signers": N_("Who signs, one a line"),
    "sections": N_("Headings of the parts, one a line"),
    "signs_heading": N_("Heading: signs"),
    "no_items": N_("When the standard has no signs"),
    "rule": N_("How the signs decide"),
    "minimum": N_("Rule of what the list must name"),
    "place": N_("Line with the place"),
    "goods_columns": N_("Columns for goods, one a line"),
    "total_goods": N_("Total of the goods"),
    "words": N_("Sum in words"),
    "group": N_("Heading of a hamlet"),
    "subtotal": N_("Sum of a hamlet"),
    "witness": N_("Line of the witness"),
    "giver_heading": N_("Heading of who gives"),
    "receiver_heading": N_("Heading of who receives"),
    "witness_heading": N_("Heading of the witnesses"),
    "money": N_("Line with the sum"),
    "share_heading": N_("Heading of the household's own share"),
    "share": N_("The household's own share in words"),
    "receiver_duties_heading": N_("Heading of the receiver's duties"),
    "receiver_duties": N_("Duties of the receiver, one a line"),
    "giver_duties_heading": N_("Heading of the giver's duties"),
    "giver_duties": N_("Duties of the giver, one a line"),
    "taker_heading": N_("Heading of who is authorised"),
    "taker": N_("Lines of who is authorised, one a line"),
    "confirm": N_("Confirmation of the hamlet"),
    "subject_none": N_("What it is about when nothing was received"),
    "received": N_("Before the support received"),
    "none": N_("Sentence when nothing was received"),
    "purpose": N_("Sentence with the purpose"),
    "validity": N_("Sentence with the last day"),
    "cover": N_("Lines of the cover, one a line"),
    "headings": N_("Headings of the parts, one a line"),
    "index_heading": N_("Heading of the index"),
    "index_columns": N_("Columns of the index, one a line"),
    "class_columns": N_("Columns of the classes, one a line"),
    "programme_columns": N_("Columns of the programmes, one a line"),
    "support_columns": N_("Columns of the support received, one a line"),
    "loan_columns": N_("Columns of the loans, one a line"),
    "case_columns": N_("Columns of plans and courses, one a line"),
    "story_columns": N_("Columns of what happened, one a line"),
    "kinds": N_("Names of plans and courses, one a line"),
    "certificate": N_("Name of a certificate in the index"),
    "footer": N_("Beside the page number"),
    "tables": N_("Tables, one a line"),
    "remark": N_("Small print below everything"),
    "photo": N_("In the box for a photograph"),
    "layout": N_("Page and head, one word a line"),
}
"""What each text is called on the settings page."""

CASE_LABELS: Final = {
    "addressee": N_("To whom, one a line"),
    "sections": N_("Text, one part a line"),
    "signers": N_("Who signs, one a line"),
    "confirms": N_("Confirmation, one paragraph a line"),
}
"""The same for papers of cases, whose text is one list of lines."""

CASE_HELP: Final = {
    "sections": N_("# heading; > label: {name} | label: {name}; [table]; anything else is a paragraph"),
    "tables": N_("name: column | column"),
    "signers": N_("title | hint | {name}"),
    "photo": N_("Empty: there is no box"),
    "layout": N_("a4, landscape, a5, phone, motto, minutes, office"),
}
"""How the lines of such a paper are read."""


def fields_of(key: str, template: LetterTemplate[Any]) -> tuple[Field, ...]:
    """The form of a paper's wording: its version first, then its texts as long as the shipped ones are."""
    kind = PAPERS[key].wording
    several = list_fields(kind)
    case = kind is CasePaperWording
    labels = LABELS | CASE_LABELS if case else LABELS
    return (
        *VERSION_FIELDS,
        *(
            replace(
                _field(field.name, labels[field.name], getattr(template.wording, field.name), field.name in several),
                help=CASE_HELP.get(field.name, "") if case else "",
            )
            for field in fields(kind)
        ),
    )


def _field(name: str, label: str, value: str | tuple[str, ...], several: bool) -> Field:
    if several:
        lines = min(_MOST_LINES, max(2, sum(1 + len(line) // _LONG for line in value)))
        return Field(name, label, partial(NotedLines, lines=lines, wraps=True), wide=True)
    if len(value) > _LONG:
        return Field(name, label, partial(NotedText, lines=min(5, 1 + len(value) // _LONG)), wide=True)
    return Field(name, label, partial(NotedLine, longest=600), wide=len(value) > _LONG // 2)
