"""Paper: a brief on its way to paper: its language, its notes and numbers, and the few ways in which a line is set."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph

from exports import word
from exports.briefs import markup
from exports.briefs.notes import Notes
from exports.briefs.selection import Plan
from exports.typography import NBSP, day, tidy, tied
from storybank.domain.brief_forms import FORMS, FormRules
from storybank.domain.commission import Brief
from storybank.domain.draft import Form
from storybank.domain.export import Order, Passage
from storybank.words import Words

WIDTH = 9972
"""Between the margins, in twentieths of a point."""
DOT = f" {NBSP}·{NBSP} "


class Thrift(IntEnum):
    """How much room there is for what stands behind a brief: its method and its sources."""

    FULL = 0
    LESS = 1
    """Sources in a line each, without tables."""
    SHORT = 2
    """The method in short, and fewer quotes where nobody chose them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as the contents list it."""

    level: int
    text: str
    bookmark: str


@dataclass(slots=True)
class Paper:
    """What every part of a brief is set on."""

    brief: Brief
    order: Order
    document: Document
    plan: Plan
    pages: Sequence[int] = ()
    """On which page each heading stands, where that is known from a rendering."""
    thrift: Thrift = Thrift.FULL
    printed: list[Passage] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=word.numbered)
    """For bookmarks and content controls, which must differ within a document."""
    words: Words = field(init=False)
    notes: Notes = field(init=False)
    known: dict[str, Passage] = field(init=False)
    shown: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = Words(self.brief.language)
        self.notes = Notes(self.document, self.brief.sources, self.brief.language)
        self.known = {p.cleared.quote.code: p for p in self.order.passages}
        self.shown = frozenset(p.cleared.quote.code for p in self.plan.passages)

    @property
    def language(self) -> str:
        return self.brief.language

    @property
    def rules(self) -> FormRules:
        return FORMS[self.brief.form]

    @property
    def has_contents(self) -> bool:
        return self.brief.form is Form.ONE_THREE_TWENTY_FIVE

    @property
    def number(self) -> str:
        """Return the export's number, and its draft's where it has one."""
        return ", ".join(one for one in (self.order.code, self.brief.reference) if one)

    def said(self, text: str) -> str:
        """Return a text of the house, set as the brief's language asks for."""
        return tidy(text, self.brief.language)

    def section(self, key: str) -> str:
        """Return what the author wrote in a section; the issue may come by its own road."""
        text = self.brief.sections.get(key, "") or (self.brief.issue if key == "issue" else "")
        return text.strip()

    def valid_until(self) -> str:
        """Return until when the quotes may be used."""
        if self.order.use_until is None:
            return self.said(self.words("quotes valid until withdrawn"))
        until = day(self.order.use_until, self.language)
        return self.said(self.words("quotes valid until {day}", day=until))

    def paragraph(self, style: str) -> Paragraph:
        """Add an empty paragraph of a style."""
        made = self.document.add_paragraph()
        made._p.style = word.style_id(self.document.part, style)  # noqa: SLF001 - python-docx asks every style each time
        return made

    # ---- lines ------------------------------------------------------------------------------------------------

    def heading(self, text: str, level: int = 2, *, colour: str = "", new_page: bool = False) -> Paragraph:
        """Set a heading; the contents can lead to it."""
        paragraph = self.paragraph(f"Heading {level}")
        said = self.said(text)
        run = paragraph.add_run(said)
        if colour:
            word.coloured(run, colour)
        if new_page:
            paragraph.paragraph_format.page_break_before = True
        if self.has_contents and level > 1:
            number = next(self.numbers)
            word.bookmark(paragraph, f"_Toc{number:08}", number)
            self.headings.append(Heading(level, said, f"_Toc{number:08}"))
        return paragraph

    def text(self, written: str, style: str = "Normal") -> None:
        """Set what an author wrote: paragraphs, bullets, notes, links to quotes."""
        for block in markup.blocks(written):
            name = "List Bullet" if block.is_bullet else style
            self.fill(self.paragraph(name), block.text)

    def fill(self, paragraph: Paragraph, written: str, *, hold_end: bool = False) -> None:
        """Set a line of the author's into a paragraph."""
        text, noted = self.said(written), False
        for piece in markup.pieces(tied(text) if hold_end else text, len(self.brief.sources), self.known):
            match piece:
                case markup.Note():
                    self.cite(paragraph, piece.numbers, follows=noted)
                case markup.Mention() if piece.code in self.shown:
                    word.link(paragraph, piece.code, word.quote_mark(piece.code))
                case markup.Mention():
                    paragraph.add_run(piece.code)
                case _:
                    paragraph.add_run(piece)
            noted = isinstance(piece, markup.Note)

    def cite(self, paragraph: Paragraph, numbers: Sequence[int], *, raised: bool = True, follows: bool = False) -> None:
        """Set the signs of notes to sources, by the author's numbers."""
        for place, number in enumerate(numbers):
            if place or follows:
                comma = paragraph.add_run("," if raised else ", ")
                comma.font.superscript = True if raised else None
            self.notes.cite(paragraph, number, next(self.numbers), raised=raised)

    def line(self, style: str, text: str = "", *, lead: str = "") -> Paragraph:
        """Set a line of the house's, with a bold beginning where there is one."""
        paragraph = self.paragraph(style)
        if lead:
            paragraph.add_run(self.said(lead)).bold = True
        if text:
            paragraph.add_run((" " if lead else "") + self.said(text))
        return paragraph

    def caption(self, said: str) -> None:
        """Set the caption of the table that follows, never parted from it."""
        self.document.add_paragraph(said, style="Caption").paragraph_format.keep_with_next = True

    def table(self, title: str, header: Sequence[str], widths: Sequence[int], rows: int) -> Table:
        """Set an empty table with its caption, header row and hairlines."""
        said = self.said(title)
        self.caption(said)
        return word.table(self.document, said, [self.said(one) for one in header],
                          [[""] * len(header)] * rows, widths)


def title_of(brief: Brief) -> str:
    """Return the title, or the first ask where nobody gave one."""
    first = next((ask for ask in brief.ask if ask.strip()), Words(brief.language)("Policy brief"))
    return tidy(brief.title if brief.title.strip() else first, brief.language)
