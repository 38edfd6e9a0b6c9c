"""Evidence: what claims rest on, with kind and certainty beside each, and options weighed as SUPPORT tool 13 asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.text.paragraph import Paragraph

from exports import word
from exports.attribution import credit
from exports.briefs.paper import Paper
from storybank.domain.draft import Certainty, Evidence, EvidenceKind, Option
from storybank.words import Sentence, say

_EVIDENCE = (480, 2450, 2500, 1430, 2012, 1100)
_OPTION = (2900, 7072)

KINDS: Mapping[EvidenceKind, Sentence] = {
    EvidenceKind.REVIEW: say("Review"),
    EvidenceKind.STUDY: say("Study"),
    EvidenceKind.PROGRAM_DATA: say("Program data"),
    EvidenceKind.MODEL: say("Model"),
    EvidenceKind.LIVED_EXPERIENCE: say("Lived experience"),
}
"""What a claim rests on, as the table says it."""
CERTAINTIES: Mapping[Certainty, Sentence] = {
    Certainty.HIGH: say("High"),
    Certainty.MODERATE: say("Moderate"),
    Certainty.LOW: say("Low"),
    Certainty.VERY_LOW: say("Very low"),
    Certainty.NOT_ASSESSED: say("Not assessed"),
}
"""How sure one may be."""


def evidence_table(paper: Paper, level: int = 2) -> None:
    """Set every claim with what it rests on, how sure it is, and its source."""
    rows = [row for row in paper.brief.evidence if row.claim.said(paper.language)]
    if not rows:
        return
    words = paper.words
    paper.heading(words("The evidence"), level)
    header = (words("No."), words("Claim"), words("Evidence"), words("Kind"), words("Certainty and limits"),
              words("Source"))
    table = paper.table(words("Claims, what each rests on, and how sure it is"), header, _EVIDENCE, len(rows))
    for number, (cells, row) in enumerate(zip(word.cells_of(table)[1:], rows, strict=True), 1):
        _fill(paper, cells, number, row)


def _fill(paper: Paper, cells: list[Paragraph], number: int, row: Evidence) -> None:
    words = paper.words
    cells[0].add_run(str(number))
    paper.fill(cells[1], row.claim.said(paper.language))
    paper.fill(cells[2], row.finding.said(paper.language) or "–")
    cells[3].add_run(paper.said(words.sentence(KINDS[row.kind])))
    cells[4].add_run(paper.said(words.sentence(CERTAINTIES[row.certainty]))).bold = True
    if limits := row.limits.said(paper.language):
        cells[4].add_run(". ")
        paper.fill(cells[4], limits)
    notes = [n for n in map(paper.notes.number_of, dict.fromkeys(row.sources)) if n]
    if notes:
        cells[5].add_run(paper.said(words("Note")) + " ")
        paper.cite(cells[5], notes, raised=False)
    quotes = [code for code in dict.fromkeys(row.quotes) if code in paper.known]
    for place, code in enumerate(quotes):
        _name_quote(paper, word.below(cells[5], "SB Cell") if notes and not place else cells[5], code,
                    follows=place > 0)
    if not notes and not quotes:
        cells[5].add_run("–")


def _name_quote(paper: Paper, paragraph: Paragraph, code: str, *, follows: bool) -> None:
    if follows:
        paragraph.add_run(", ")
    if code in paper.shown:
        word.link(paragraph, code, word.quote_mark(code))
    else:
        paragraph.add_run(code)


# ---- options ------------------------------------------------------------------------------------------------------


def options_in_short(paper: Paper) -> None:
    """Set each option as a paragraph: what it is, what speaks for it and against it, what it costs."""
    language, words = paper.language, paper.words
    for number, option in enumerate(_titled(paper), 1):
        paragraph = paper.document.add_paragraph()
        paragraph.add_run(f"{number}. {paper.said(option.title.said(language))}. ").bold = True
        parts = [(("", option.elements), (words("Benefits"), option.benefits), (words("Harms"), option.harms),
                  (words("Costs"), option.costs), (words("Uncertainty"), option.uncertainty))]
        said = [(name, twin.said(language)) for some in parts for name, twin in some if twin.said(language)]
        for place, (name, text) in enumerate(said):
            colon = "\u00a0: " if language == "fr" else ": "
            paper.fill(paragraph, f"{name}{colon}{_ended(text)}" if name else _ended(text))
            if place + 1 < len(said):
                paragraph.add_run(" ")


def option_tables(paper: Paper) -> None:
    """Set a table for each option, with what stakeholders say of it among its rows."""
    words, language = paper.words, paper.language
    for number, option in enumerate(_titled(paper), 1):
        title = words("Option {number}: {title}", number=number, title=option.title.said(language))
        paper.heading(title, 3)
        rows = (
            (words("Benefits"), option.benefits), (words("Harms"), option.harms),
            (words("Costs and cost-effectiveness"), option.costs), (words("Uncertainty"), option.uncertainty),
            (words("Key elements of the option"), option.elements),
        )  # fmt: skip
        header = (words("Category"), words("Findings"))
        caption = words("What is known about option {number}", number=number)
        table = paper.table(caption, header, _OPTION, len(rows) + 1)
        word.name_rows(table)
        cells = word.cells_of(table)[1:]
        for paragraph in (one for row in word.cells_of(table)[:-1] for one in row[:1]):
            word.keep_together(paragraph)
        for row, (name, twin) in zip(cells, rows, strict=False):
            row[0].add_run(paper.said(name)).bold = True
            paper.fill(row[1], twin.said(language) or words("Not assessed."))
        cells[-1][0].add_run(paper.said(words("Stakeholders’ views and experiences"))).bold = True
        _views(paper, cells[-1][1], option)


def has_options(paper: Paper) -> bool:
    """Tell whether there is an option with a title in this language."""
    return any(_titled(paper))


def _views(paper: Paper, paragraph: Paragraph, option: Option) -> None:
    """Name what stakeholders say of an option, and who they are; their words stand under their building block."""
    known = [code for code in dict.fromkeys(option.views) if code in paper.known]
    if not known:
        paragraph.add_run(paper.said(paper.words("No voice yet.")))
    line = paragraph
    for place, code in enumerate(known):
        line = word.below(line, "SB Cell") if place else line
        _name_quote(paper, line, code, follows=False)
        line.add_run(f" · {credit(paper.known[code].cleared, paper.language, paper.order.codebook).text}")


def _titled(paper: Paper) -> Iterable[Option]:
    return [option for option in paper.brief.options if option.title.said(paper.language)]


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
