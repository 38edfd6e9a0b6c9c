"""Stationery: what every paper of consent is set on: headings, tables, boxes to tick, a foot, and a card of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt, Twips
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from exports import template, word
from exports.palette import PRIMARY, WASH
from exports.typography import clean, tidy, tied
from storybank.errors import Refused
from storybank.words import Words, say

BOX = "☐"
WIDTH = 9972
"""Between the margins, in twentieths of a point."""
_PHONE = r"(?<![\w-])(?:1-)?\d{3}-\d{3}-\d{4}(?![\w-])"
_SIGNS = re.compile(rf"({BOX}|\[[^\]]+\]|{_PHONE})")
_SIGN_FACE = "Segoe UI Symbol"
_KEPT_TOGETHER = 14
"""Rows up to which a table stays on one page."""


@dataclass(frozen=True, slots=True)
class Card:
    """A document's own card: what it is, whose it is, and of when."""

    title: str
    subject: str
    author: str
    identifier: str
    made_at: str
    """ISO 8601."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper on its way into a Word file, in one language."""

    document: Document
    language: str
    card: Card

    @classmethod
    def blank(cls, language: str, card: Card) -> Paper:
        """Return an empty paper in Storybank's styles."""
        return cls(template.empty_document(language), language, card)

    @property
    def words(self) -> Words:
        return Words(self.language)

    def said(self, text: str) -> str:
        """Return a text set as careful typography in the paper's language asks for."""
        return tidy(text, self.language)

    def title(self, text: str, *, before: float = 0) -> None:
        """Set the one heading that names the paper."""
        heading = self.document.add_paragraph(tied(self.said(text)), style="Heading 1")
        heading.paragraph_format.space_before = Pt(before)

    def part(self, text: str, *, level: int = 2, new_page: bool = False, before: float | None = None) -> None:
        """Set the heading of a part."""
        heading = self.document.add_paragraph(tied(self.said(text)), style=f"Heading {level}")
        heading.paragraph_format.page_break_before = new_page or None
        if before is not None:
            heading.paragraph_format.space_before = Pt(before)

    def say(self, text: str, style: str | None = None, *, with_next: bool = False) -> Paragraph:
        """Set a paragraph; one that follows a table stands off from it."""
        after_table = self.document.element.body[-2:-1]
        paragraph = self.document.add_paragraph(style=style)
        self._set(paragraph, text)
        if any(element.tag == qn("w:tbl") for element in after_table):
            paragraph.paragraph_format.space_before = Pt(8)
        paragraph.paragraph_format.keep_with_next = with_next or None
        return paragraph

    def meta(self, *texts: str, with_next: bool = False) -> None:
        """Set a line of facts, those that are known."""
        known = [text for text in texts if text.strip()]
        if known:
            self.say("  ·  ".join(known), "SB Meta", with_next=with_next)

    def items(self, texts: Sequence[str], *, numbered: bool = False) -> None:
        """Set a list."""
        for number, text in enumerate(texts, 1):
            item = self.say(text, "List Number" if numbered else "List Bullet")
            item.paragraph_format.space_after = Pt(3 if number < len(texts) else 8)

    def box(self, text: str) -> None:
        """Set a paragraph that nobody should overlook."""
        word.box(self.say(text), WASH, PRIMARY, 200)

    def table(self, title: str, header: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *,
              heads: bool = True, centred: int = 0, height: int = 0, exact: bool = False) -> Table:
        """Set a table; `heads`: the first column names the row, `centred`: so many at the right hold boxes.

        What is `exact`, such as the name of a file, is set sign by sign as it is.
        """
        made = word.table(self.document, self.said(title), [self.said(text) for text in header],
                          [[""] * len(header) for _ in rows], widths)
        for number, (row, texts) in enumerate(zip(made.rows[1:], rows, strict=True), 1):
            row.height = Twips(height) if height else None
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                if exact:
                    cell.paragraphs[0].add_run(clean(text))
                else:
                    self._set(cell.paragraphs[0], text, bold=heads and not centred and column == 0)
                cell.paragraphs[0].paragraph_format.keep_with_next = number < len(rows) <= _KEPT_TOGETHER or None
        for row in made.rows if centred else ():
            for cell in row.cells[-centred:]:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        for cell in made.rows[0].cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        return made

    def set_smaller(self, size: float, lines: float) -> None:
        """Set running text smaller, so that a long text keeps to fewer pages."""
        normal = self.document.styles["Normal"]
        if isinstance(normal, ParagraphStyle):
            normal.font.size, normal.paragraph_format.line_spacing = Pt(size), lines

    def set_margins(self, above: float, below: float) -> None:
        """Leave this much room above and below, in inches."""
        section = self.document.sections[0]
        section.top_margin, section.bottom_margin = Inches(above), Inches(below)

    def foot(self, text: str) -> None:
        """Set the foot of every page: what this is, and which page of how many."""
        paragraph, words = self.document.sections[0].footer.paragraphs[0], self.words
        paragraph.add_run(f"{self.said(text)}\t{words('Page')} ")
        word.field(paragraph, "PAGE")
        paragraph.add_run(f" {words('of')} ")
        word.field(paragraph, "NUMPAGES")

    def put(self, to: Path) -> None:
        """Write the paper, with its card; a file that is there already is left alone."""
        refuse_existing(to)
        card = self.card
        template.describe(self.document, title=self.said(card.title), subject=self.said(card.subject),
                          author=card.author, identifier=card.identifier, language=self.language, made_at=card.made_at)
        template.save(self.document, to)

    def _set(self, paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
        """Add a text line by line: boxes in a typeface that has them, blanks bold, telephone numbers unbroken."""
        for number, line in enumerate(text.split("\n")):
            if number:
                paragraph.add_run().add_break()
            for piece in filter(None, _SIGNS.split(self.said(line))):
                run = paragraph.add_run("" if re.fullmatch(_PHONE, piece) else piece)
                run.bold = True if bold or piece.startswith("[") else None
                if piece == BOX:
                    _in_sign_face(run)
                elif not run.text:
                    _unbroken(run, piece)


def _in_sign_face(run: Run) -> None:
    run.font.name, run.font.size = _SIGN_FACE, Pt(13)
    fonts = run.font.element.rPr.rFonts
    for name in ("w:eastAsia", "w:cs"):
        fonts.set(qn(name), _SIGN_FACE)


def _unbroken(run: Run, number: str) -> None:
    """Add a number whose hyphens end no line; it is still found and read as it is written."""
    for place, part in enumerate(number.split("-")):
        if place:
            run.element.append(OxmlElement("w:noBreakHyphen"))
        digits = OxmlElement("w:t")
        digits.text = part
        run.element.append(digits)


def refuse_existing(*files: Path) -> None:
    """Refuse to write over anything."""
    for file in files:
        if file.exists():
            raise Refused(say("{name} exists already.", name=file.name), hint=say("Choose another name."))
