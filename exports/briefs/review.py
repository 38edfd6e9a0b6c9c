"""Review: the last page of a long brief, to be taken out: SUPPORT tool 13's six questions, answered by hand."""

from __future__ import annotations

from docx.shared import Pt

from exports import word
from exports.briefs.paper import Paper
from storybank.words import say

QUESTIONS = (
    say("Does the brief address a high-priority issue and describe the relevant context?"),
    say("Does it describe the problem, the costs and consequences of the options, and what to consider when putting"
        " them into practice?"),
    say("Does it use systematic and transparent methods to find, choose and weigh what it cites?"),
    say("Does it take account of quality, local applicability and equity when it discusses the evidence?"),
    say("Does it use a graded-entry format: a page, a few pages, then the rest?"),
    say("Was it reviewed both for scientific quality and for its relevance to the system?"),
)
"""After Lavis and others, SUPPORT tool 13, 2009."""
_COLUMNS = (480, 5992, 1100, 1100, 1300)


def self_review(paper: Paper) -> None:
    """Set the sheet on a page of its own."""
    words = paper.words
    paper.heading(words("Self-review"), new_page=True)
    paper.line("SB Small", words("For the authors: answer, sign, and take this page out before the brief is sent."))
    header = (words("No."), words("Question"), words("Yes"), words("No"), words("Initials"))
    table = paper.table(words("Six questions about this brief"), header, _COLUMNS, len(QUESTIONS))
    for number, (cells, question) in enumerate(zip(word.cells_of(table)[1:], QUESTIONS, strict=True), 1):
        cells[0].add_run(str(number))
        cells[1].add_run(paper.said(words.sentence(question)))
        for box in cells[2:4]:
            box.add_run("☐")
        cells[4].add_run("……")
    after = paper.line("SB Small", words("Questions after SUPPORT tool 13 (Lavis and others, 2009)."))
    after.paragraph_format.space_before = Pt(6)
