"""Word: a transcript as a document to read, with its speakers and times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from exports import template, word
from exports.palette import PRIMARY
from exports.transcripts.told import provenance
from exports.typography import clean, tidy, timecode
from storybank.domain.sheet import Manner, Sheet, SheetLine, paragraphs

TURN, SAID, TOLD = "SB Turn", "SB Said", "SB Told"
"""The names of our paragraphs: who speaks and when, what they say, and what is told of the whole."""
_LOOKS = ((TURN, 9, 10, 1, True), (SAID, 11, 0, 4, False), (TOLD, 9, 18, 0, False))


def write(sheet: Sheet, to: Path, manner: Manner) -> None:
    """Write a transcript as a Word file: a heading, each paragraph under its speaker and time, and where it is from."""
    document = template.empty_document(manner.language)
    _add_styles(document)
    document.add_paragraph(clean(sheet.title) or clean(sheet.recording) or "—", style="Heading 1")
    for paragraph in paragraphs(sheet.lines):
        _set(document, paragraph, sheet.language or manner.language, times=manner.times)
    told = " ".join(provenance(sheet, manner.language))
    document.add_paragraph(tidy(told, manner.language), style=TOLD)
    template.describe(document, title=clean(sheet.title), subject=clean(told), author="Storybank",
                      identifier=sheet.recording, language=sheet.language or manner.language,
                      made_at=datetime.now(UTC).isoformat())
    template.save(document, to)


def _add_styles(document: Document) -> None:
    body = document.styles["Normal"]
    for name, size, before, after, bold in _LOOKS:
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)
        style.base_style = body
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.keep_with_next = name == TURN
        if name == TURN:
            style.font.color.rgb = RGBColor.from_string(PRIMARY)


def _set(document: Document, paragraph: Sequence[SheetLine], language: str, *, times: bool) -> None:
    first = paragraph[0]
    at = timecode(first.start_ms) if times and first.start_ms is not None else ""
    if at or first.speaker:
        head = document.add_paragraph(style=TURN)
        head.add_run(clean(first.speaker))
        if at:
            head.add_run(f"\t{at}" if first.speaker else at).bold = False
    said = document.add_paragraph(style=SAID)
    for number, line in enumerate(paragraph):
        word.spoken(said.add_run((" " if number else "") + clean(line.text)), line.language or language)
