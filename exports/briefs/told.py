"""Told: what people told us: quotes by building block, and the strip that shows all five at one look."""

from __future__ import annotations

from exports import word
from exports.attribution import credit
from exports.briefs.paper import DOT, Paper
from exports.briefs.quoting import set_in_cell, set_quotes
from exports.briefs.selection import Chapter, in_order, strength
from exports.palette import PRIMARY, block_colour
from storybank.domain.brief_forms import ACTION, FINDING
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.export import Passage
from storybank.domain.withholding import tells_role

_STRIP = (1900, 2300, 3322, 2450)


def what_people_told_us(paper: Paper, *, heading: str = "", new_page: bool = False) -> None:
    """Set the author's words about it, then the quotes by building block."""
    chapters, placed = paper.plan.chapters, paper.plan.sections.get("told", ())
    own = paper.section("told")
    if not chapters and not placed and not own:
        return
    paper.heading(heading or paper.words("What people told us"), new_page=new_page)
    paper.text(own)
    set_quotes(paper, placed)
    for chapter in chapters:
        _chapter(paper, chapter)


def quotes_alone(paper: Paper) -> None:
    """Set the quotes of a short form without dividing them by building block."""
    passages = [*paper.plan.sections.get("told", ()), *(p for c in paper.plan.chapters for p in c.passages)]
    own = paper.section("told")
    if passages or own:
        paper.heading(paper.words("What people told us"))
        paper.text(own)
        set_quotes(paper, passages)


def _chapter(paper: Paper, chapter: Chapter) -> None:
    block, language = chapter.block, paper.language
    colour = block_colour(block.key) if block else PRIMARY
    title = block.label(language) if block else paper.words("Across the building blocks")
    paper.heading(title, 3, colour=colour)
    finding = paper.section(FINDING + block.key) if block else ""
    gist = block.gist(language) if block else ""
    if finding or gist:
        paper.fill(paper.document.add_paragraph(style="SB Gist"), finding or gist)
    set_quotes(paper, chapter.passages, colour)
    if block and (action := paper.section(ACTION + block.key)):
        paragraph = paper.document.add_paragraph()
        recommended = paper.words("We recommend")
        word.coloured(paragraph.add_run(paper.said(recommended) + DOT), colour).bold = True
        paper.fill(paragraph, action)


# ---- the strip ----------------------------------------------------------------------------------------------------


def strip(paper: Paper) -> None:
    """Set the five building blocks at one look: what we found, one voice, what should be done."""
    blocks = in_order(paper.order.codebook, CodeKind.BLOCK)
    if not blocks:
        return
    words = paper.words
    paper.heading(words("The building blocks at a glance"), 3)
    header = (words("Building block"), words("What we found"), words("In their words"), words("What should be done"))
    title = words("One finding, one voice and one recommendation for each building block")
    table = paper.table(title, header, _STRIP, len(blocks))
    word.name_rows(table)
    for cell in word.cells_of(table)[0]:
        word.keep_together(cell)
    used: list[Passage] = []
    for cells, block in zip(word.cells_of(table)[1:], blocks, strict=True):
        colour = block_colour(block.key)
        word.edge(cells[0], colour)
        name = cells[0].add_run(paper.said(block.label(paper.language)))
        word.coloured(name, colour).bold = True
        paper.fill(cells[1], paper.section(FINDING + block.key) or _counted(paper, block))
        voice = _voice(paper, block, used)
        if voice is None:
            cells[2].add_run(paper.said(words("No quote yet.")))
        else:
            used.append(voice)
            set_in_cell(paper, cells[2], voice)
            under = word.below(cells[2], "SB Cell")
            under.add_run(credit(voice.cleared, paper.language, paper.order.codebook).text).add_break()
            word.link(under, voice.cleared.quote.code, word.quote_mark(voice.cleared.quote.code))
        for cell in cells if block is not blocks[-1] else ():
            word.keep_together(cell)
        paper.fill(cells[3], paper.section(ACTION + block.key) or block.gist(paper.language) or "–")


def _voice(paper: Paper, block: Code, used: list[Passage]) -> Passage | None:
    """Return the quote that says most about a block at one look: important, clear and short, of someone not yet met."""
    met = {p.cleared.speaker.id for p in used}
    free = [p for p in paper.plan.of_block(block.key) if p not in used]
    return min(free, key=lambda p: (p.cleared.speaker.id in met, p.cleared.quote.language != paper.language,
                                    *strength(p)), default=None)


def _counted(paper: Paper, block: Code) -> str:
    """Return how many quotes, people and groups speak to a block, where nobody wrote what was found."""
    about = [p for p in paper.order.passages if block.key in {one.key for one in p.blocks}]
    people = {p.cleared.speaker.id for p in about}
    groups = {p.cleared.speaker.stakeholder for p in about if tells_role(p.cleared)}
    words = paper.words
    if not about:
        return words("Nobody has spoken to this yet.")
    quotes = words.many("{n} quote", "{n} quotes", len(about))
    voices = words.many("{n} voice", "{n} voices", len(people))
    if not groups:
        return words("{quotes} of {voices}.", quotes=quotes, voices=voices)
    kinds = words.many("{n} group of stakeholders", "{n} groups of stakeholders", len(groups))
    return words("{quotes} of {voices}, from {groups}.", quotes=quotes, voices=voices, groups=kinds)

