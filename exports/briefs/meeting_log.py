"""Meeting log: the companion of a one-pager: who was met, when, what they promised, and when to ask again."""

from __future__ import annotations

from pathlib import Path

from docx.shared import Pt

from exports import template, word
from exports.briefs.front import foot
from exports.briefs.paper import DOT, Paper, title_of
from exports.briefs.selection import Plan
from exports.typography import clean, day, tied
from storybank.domain.commission import Brief
from storybank.domain.export import Order

_COLUMNS = (1700, 2700, 3572, 2000)
_MEETINGS = 5
_LINE = Pt(36)


def write_meeting_log(brief: Brief, order: Order, to: Path) -> None:
    """Write the log to `to`, with room for five meetings; the same order makes the same bytes."""
    paper = Paper(brief, order, template.empty_document(brief.language), Plan())
    words = paper.words
    title = paper.said(words("Meeting log: {title}", title=title_of(brief)))
    paper.line("SB Kicker", words("For inside use") + DOT + words("Voices of Social Prescribing"))
    paper.document.add_paragraph(tied(title), style="Heading 1")
    about = [words("For {audience}", audience=brief.audience) if brief.audience.strip() else "",
             words("Brief {number}.", number=paper.number).rstrip("."), day(order.made_at, brief.language)]
    paper.line("SB Meta", DOT.join(one for one in about if one))
    _asks(paper)
    _meetings(paper)
    paper.heading(words("After the meeting"))
    for said in (words("Write within two days: thank them, repeat the ask, and send what they asked for."),
                 words("Note what they promised in their own words, and who will do it by when."),
                 words("Tell the people who are quoted what came of it.")):
        paper.line("List Bullet", said)
    foot(paper)
    template.describe(paper.document, title=title, subject=words("Meeting log"),
                      author=clean(brief.author or brief.organization), identifier=order.code,
                      language=brief.language, made_at=order.made_at)
    template.save(paper.document, to)


def _asks(paper: Paper) -> None:
    asks = [ask for ask in paper.brief.ask if ask.strip()]
    if not asks:
        return
    paper.heading(paper.words("What we ask for"))
    number = word.restarted(paper.document)
    for ask in asks:
        paragraph = paper.document.add_paragraph(style="List Number")
        paper.fill(paragraph, ask)
        number(paragraph)


def _meetings(paper: Paper) -> None:
    words = paper.words
    paper.heading(words("What was promised"))
    header = (words("When"), words("Who was there"), words("What they promised to do"), words("Ask again on"))
    table = paper.table(words("One row for each meeting or call"), header, _COLUMNS, _MEETINGS)
    for cells in word.cells_of(table)[1:]:
        for cell in cells:
            cell.add_run("…")
            cell.paragraph_format.space_after = _LINE
