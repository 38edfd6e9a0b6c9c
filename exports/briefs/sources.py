"""Sources: the end of a brief: what was read, every quote's recording and times, who taught what, what is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from exports import word
from exports.briefs.notes import cite_source
from exports.briefs.paper import DOT, WIDTH, Paper
from exports.obligations import Labelled, labels, listed_codes, teachings
from exports.typography import NBSP, clean, day, span, tidy
from storybank.domain.clearance import ClearedQuote

_COLUMNS = 3
_MOST_OTHERS = 48
_SOURCE_COLUMNS = (1250, 1800, 2400, 2250, 2272)


def published(paper: Paper, *, new_page: bool = False) -> None:
    """List what was read, by the numbers of the notes; what was not cited comes after."""
    if not paper.brief.sources:
        return
    paper.heading(paper.words("Published sources"), new_page=new_page)
    number = word.restarted(paper.document, "SB Source")
    for source in paper.notes.in_order:
        paragraph = paper.document.add_paragraph(style="SB Source")
        number(paragraph)
        cite_source(paragraph, source, paper.language, paper.document.part)


def of_quotes(paper: Paper) -> None:
    """List every printed quote with its recording's date and its times; the others follow in a grid."""
    words = paper.words
    paper.heading(words("Sources of the quotes") if paper.brief.sources else words("Sources"))
    title = words("Voices of Social Prescribing, recorded reflections. Used with permission.")
    paper.caption(paper.said(title))
    printed = sorted(paper.printed, key=lambda passage: passage.cleared.quote.code)
    header = [words("Quote"), words("Reflection"), words("Recorded"), words("Times"), words("Valid")]
    rows = [_source(paper, passage.cleared) for passage in printed]
    table = word.table(paper.document, title, header, rows, _SOURCE_COLUMNS)
    for cells, passage in zip(word.cells_of(table)[1:], printed, strict=True):
        code, paragraph = passage.cleared.quote.code, cells[0]
        word.link(paragraph, code, word.quote_mark(code))
        word.bookmark(paragraph, word.source_mark(code), next(paper.numbers))
    others = [passage for passage in paper.order.passages if passage not in paper.printed]
    if others:
        _others(paper, sorted((passage.cleared for passage in others), key=lambda cleared: cleared.quote.code))
    goes_along(paper)
    paper.line("SB Small", words("Brief {number}.", number=paper.number)).paragraph_format.space_before = Pt(6)


def in_short(paper: Paper) -> None:
    """Cite every printed quote in a line, and what else was read, where a page has no room for tables."""
    words = paper.words
    paragraph = paper.line("SB Small", lead=f"{words('Sources')}.")
    for passage in sorted(paper.printed, key=lambda passage: passage.cleared.quote.code):
        cleared, code = passage.cleared, passage.cleared.quote.code
        paragraph.add_run(" ")
        start = len(paragraph._p)  # noqa: SLF001 - where the bookmark begins
        word.link(paragraph, code, word.quote_mark(code))
        word.bookmark(paragraph, word.source_mark(code), next(paper.numbers), start)
        kind = words("video") if cleared.recording.facts.video else words("audio")
        recorded = cleared.story.recorded_on
        told = [f"{clean(cleared.story.code)}, {kind}"]
        if recorded:
            told.append(words("recorded {day}", day=day(recorded, paper.language)))
        told.append(span(cleared.quote.start_ms, cleared.quote.end_ms))
        paragraph.add_run(f" {paper.said(', '.join(told))}.")
    cited = paper.notes.cited
    for source in (one for one in paper.brief.sources if one not in cited):
        paragraph.add_run(" ")
        cite_source(paragraph, source, paper.language, paper.document.part)
    until = paper.valid_until()
    said = words("Voices of Social Prescribing. Used with permission; {until}. Brief {number}.", until=until,
                 number=paper.number)
    paragraph.add_run(f" {paper.said(said)}")
    goes_along(paper)


def goes_along(paper: Paper) -> None:
    """Cite teachings, and set the labels of communities exactly as they were written."""
    for cited, codes in teachings(paper.printed, paper.language, paper.order.codebook):
        paragraph = paper.document.add_paragraph(style="SB Small")
        paragraph.add_run(f"{listed_codes(codes)}.").bold = True
        paragraph.add_run(f" {cited}")
    for one in labels(paper.printed):
        _label(paper, one)


def _source(paper: Paper, cleared: ClearedQuote) -> list[str]:
    words, until, recorded = paper.words, cleared.permission.until, cleared.story.recorded_on
    kind = words("video") if cleared.recording.facts.video else words("audio")
    valid = words("until {day}", day=day(until, paper.language)) if until else words("until withdrawn")
    return [
        "",
        f"{clean(cleared.story.code)}, {kind}",
        day(recorded, paper.language) if recorded else words("not noted"),
        span(cleared.quote.start_ms, cleared.quote.end_ms),
        paper.said(valid),
    ]


def _others(paper: Paper, others: Sequence[ClearedQuote]) -> None:
    words = paper.words
    paragraph = paper.line("SB Small", words("Not printed here, but cleared for the same use:"))
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.keep_with_next = Pt(6), True
    grid = paper.document.add_paragraph(style="SB Small")
    for number in range(1, _COLUMNS):
        grid.paragraph_format.tab_stops.add_tab_stop(Twips(WIDTH * number // _COLUMNS))
    for number, cleared in enumerate(others[:_MOST_OTHERS]):
        ends = number + 1 == len(others[:_MOST_OTHERS])
        run = grid.add_run(f"{cleared.quote.code}{NBSP} {span(cleared.quote.start_ms, cleared.quote.end_ms)}")
        if not ends and (number + 1) % _COLUMNS == 0:
            run.add_break()
        elif not ends:
            run.add_tab()
    if len(others) > _MOST_OTHERS:
        more = len(others) - _MOST_OTHERS
        paper.line("SB Small", words.many("and {n} more in the library", "and {n} more in the library", more))


def _label(paper: Paper, one: Labelled) -> None:
    """Set a community's label or notice exactly as it was written, and which quotes it stands beside."""
    label, words = one.label, paper.words
    paragraph: Paragraph = paper.document.add_paragraph(style="SB Small")
    paragraph.paragraph_format.space_before = Pt(6)
    word.verbatim(paragraph, label.name, label.language).bold = True
    lead = words("Community notice for {quotes}", quotes=listed_codes(one.quotes)) if label.is_notice \
        else words("Community label for {quotes}", quotes=listed_codes(one.quotes))
    paragraph.add_run(f"{DOT if label.name else ''}{tidy(lead, paper.language)}")
    for text in filter(None, (label.text, label.uri)):
        paragraph.add_run().add_break()
        word.verbatim(paragraph, text, label.language)

