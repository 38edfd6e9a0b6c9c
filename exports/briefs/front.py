"""Front: what one look at page 1 must tell: who asks whom for what, and what it means for the reader."""

from __future__ import annotations

from docx.text.paragraph import Paragraph

from exports import word
from exports.briefs.paper import DOT, Paper, title_of
from exports.briefs.quoting import set_quotes
from exports.briefs.selection import in_order
from exports.palette import PRIMARY, WASH, block_colour
from exports.typography import day, tied
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.draft import Form, Stance

_FEWEST_MESSAGES = 5
_TEXT_LEFT, _NUMBER_ROOM = 200, 400
_LARGE_UP_TO = 160
_META_LINE = 96
"""Characters that stand on one line under the title."""


def head(paper: Paper) -> None:
    """Set what kind of brief it is, its title, and for whom, from whom and of which day it is."""
    brief, words = paper.brief, paper.words
    stance = words("Advocacy brief") if brief.stance is Stance.ADVOCACY else words("Objective brief")
    kind = [stance]
    if brief.form is Form.SUBMISSION:
        kind.append(words("Submission"))
    kind.append(words("Voices of Social Prescribing"))
    paper.line("SB Kicker", DOT.join(paper.said(one) for one in kind))
    paper.document.add_paragraph(tied(title_of(paper.brief)), style="Heading 1")
    today = day(paper.order.made_at, brief.language)
    author = brief.author.strip() or brief.organization.strip()
    whole = brief.organization if brief.organization.strip() != author else ""
    if brief.form is Form.ONE_PAGER:
        facts = ((words("For"), brief.audience), (words("From"), author), ("", today))
        for some in (facts[:1], facts[1:]) if _is_long(paper, *facts) else (facts,):
            _meta(paper, *some)
        return
    _meta(paper, (words("For"), brief.audience))
    signed = [(words("From"), author), ("", whole), ("", brief.contact), ("", _shown(brief.link))]
    for line in [signed[:2], signed[2:]] if _is_long(paper, *signed) else [signed]:
        _meta(paper, *line)
    _meta(paper, (words("Date"), today), ("", paper.number), ("", paper.valid_until()))


def ask(paper: Paper) -> None:
    """Set what is asked for in a box: the part that is read first, and often alone."""
    asks = [tied(paper.said(ask)) for ask in paper.brief.ask if ask.strip()]
    if not asks:
        return
    several = len(asks) > 1
    several_name = paper.words.many("Our ask", "Our asks", len(asks))
    _boxed(paper.heading(several_name), several=several)
    number = word.restarted(paper.document)
    for text in asks:
        paragraph = paper.document.add_paragraph(style="List Number" if several else "SB Ask")
        paper.fill(paragraph, text)
        if several:
            number(paragraph)
        _boxed(paragraph, several=several)


def messages(paper: Paper) -> None:
    """Set the main messages; a brief without enough of them says what its building blocks stand for."""
    said = [one for one in paper.brief.messages if one.strip()]
    named = _blocks_spoken_to(paper)[: max(0, _FEWEST_MESSAGES - len(said))] if not paper.brief.placing else []
    if not said and not named:
        return
    paper.heading(paper.words("Main messages"))
    for message in said:
        paper.fill(paper.document.add_paragraph(style="List Bullet"), message, hold_end=True)
    for code in named:
        paragraph = paper.document.add_paragraph(style="List Bullet")
        name = paragraph.add_run(paper.said(code.label(paper.language) + (" :" if paper.language == "fr" else ":")))
        word.coloured(name, block_colour(code.key)).bold = True
        paragraph.add_run(" " + tied(paper.said(code.gist(paper.language))))


def leads(paper: Paper) -> None:
    """Let the voices that were meant for page 1 speak there."""
    if paper.plan.leads:
        paper.heading(paper.words("In their words"))
        large = sum(len(one.cleared.quote.text) for one in paper.plan.leads) < _LARGE_UP_TO
        set_quotes(paper, paper.plan.leads, large=large)


def foot(paper: Paper) -> None:
    """Set the number of the brief and of its pages at the foot of every page; a letterhead has its own."""
    if paper.brief.letterhead is not None:
        return
    order, words = paper.order, paper.words
    paragraph = paper.document.sections[0].footer.paragraphs[0]
    version = f" · Storybank {order.storybank_version}" if order.storybank_version else ""
    series = words("Voices of Social Prescribing")
    paragraph.add_run(f"{paper.number} · {series}{version}\t")
    paragraph.add_run(words("Page") + " ")
    word.field(paragraph, "PAGE")
    paragraph.add_run(" " + words("of") + " ")
    word.field(paragraph, "NUMPAGES")


def _shown(address: str) -> str:
    return address.strip().removeprefix("https://").removeprefix("http://").removesuffix("/")


def _boxed(paragraph: Paragraph, *, several: bool) -> None:
    room = _NUMBER_ROOM if several else 0
    word.box(paragraph, WASH, PRIMARY, _TEXT_LEFT + room, room)


def _is_long(paper: Paper, *facts: tuple[str, str]) -> bool:
    """Tell whether facts would not stand on one line under the title."""
    return sum(len(paper.said(f"{name}  {text}")) + 5 for name, text in facts if text.strip()) > _META_LINE


def _meta(paper: Paper, *facts: tuple[str, str]) -> None:
    known = [(name, paper.said(text)) for name, text in facts if text.strip()]
    if not known:
        return
    paragraph = paper.document.add_paragraph(style="SB Meta")
    for number, (name, text) in enumerate(known):
        if name:
            paragraph.add_run(f"{paper.said(name)}\u00a0 ").bold = True
        paragraph.add_run(text + ("  ·  " if number + 1 < len(known) else ""))


def _blocks_spoken_to(paper: Paper) -> list[Code]:
    spoken_to = {block.key for passage in paper.order.passages for block in passage.blocks}
    blocks = in_order(paper.order.codebook, CodeKind.BLOCK)
    return [code for code in blocks if code.key in spoken_to and code.gist(paper.language)]
