"""Quoting: how a quote is set in a brief: its rule, its words, who says so, and the way to its source."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Pt
from docx.text.paragraph import Paragraph

from exports import word
from exports.attribution import credit, translation_of, wording_of
from exports.briefs.paper import DOT, Paper
from exports.palette import PRIMARY, block_colour
from exports.typography import quoted, span, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.export import Passage

_LARGE = Pt(18)
_HAIR = 10
"""Twentieths of a point: rules of neighbours with the same indents would be drawn as one."""


def colour_of(passage: Passage) -> str:
    """Return the colour of the first building block that a quote speaks to."""
    return block_colour(passage.blocks[0].key) if passage.blocks else PRIMARY


def set_quotes(paper: Paper, passages: Sequence[Passage], colour: str = "", *, large: bool = False) -> None:
    """Set quotes one after the other, each introduced where its author wrote something to introduce it."""
    for passage in passages:
        if note := paper.plan.notes.get(passage.cleared.quote.code):
            paper.fill(paper.paragraph("SB Lead"), note)
        set_quote(paper, passage, colour or colour_of(passage), large=large)


def set_quote(paper: Paper, passage: Passage, colour: str, *, large: bool = False) -> None:
    """Set a quote with a rule in its block's colour, found by its number; neighbours' rules do not run together."""
    quote, document = passage.cleared.quote, paper.document
    first = len(document.element.body)
    said = paper.paragraph("SB Quote")
    run = word.spoken(said.add_run(quoted(wording_of(passage.cleared), quote.language)), quote.language)
    if large:
        run.font.size = _LARGE
    word.rule(said, colour)
    word.bookmark(said, word.quote_mark(quote.code), next(paper.numbers))
    if translated := translation_of(passage.cleared, paper.language):
        beside = paper.paragraph("SB Quote")
        word.spoken(beside.add_run(tidy(translated, paper.language)), paper.language)
        word.rule(beside, colour)
    under = paper.paragraph("SB Attribution")
    under.add_run(credit(passage.cleared, paper.language, paper.order.codebook).text).bold = True
    under.add_run(f"{DOT}{span(quote.start_ms, quote.end_ms)}{DOT}")
    word.link(under, quote.code, word.source_mark(quote.code))
    word.rule(under, colour)
    _labels_beside(paper, under, passage.cleared, colour)
    if len(paper.printed) % 2:
        for paragraph in document.element.body[first - 1 : -1]:
            word.indent_right(paragraph, _HAIR)
    paper.printed.append(passage)


def set_in_cell(paper: Paper, paragraph: Paragraph, passage: Passage) -> None:
    """Set a quote's words into a cell of a table."""
    quote = passage.cleared.quote
    paragraph.style = "SB Cell Quote"
    translated = translation_of(passage.cleared, paper.language)
    if translated:
        word.spoken(paragraph.add_run(tidy(translated, paper.language)), paper.language)
    else:
        words = quoted(wording_of(passage.cleared), quote.language)
        word.spoken(paragraph.add_run(words), quote.language)


def _labels_beside(paper: Paper, under: Paragraph, cleared: ClearedQuote, colour: str) -> None:
    """Name the labels and notices of its communities; their words stand with the sources."""
    named = [one for one in dict.fromkeys(cleared.labels) if one.name]
    if not named:
        return
    under.paragraph_format.space_after = Pt(0)
    beside = paper.paragraph("SB Attribution")
    for number, one in enumerate(named):
        beside.add_run(DOT if number else "")
        word.verbatim(beside, one.name, one.language)
    word.rule(beside, colour)
