"""Brief: a policy brief as a Word file, after the 1:3 form: a page that asks, three that show why."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.shared import Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from exports import template, word
from exports.briefs.selection import Chapter, chapters, in_order, lead
from exports.briefs.voices import Voices
from exports.obligations import length_of
from exports.palette import PRIMARY, WASH, block_colour
from exports.typography import clean, day, tidy, tied
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.commission import Brief
from storybank.domain.export import Order
from storybank.errors import Refused
from storybank.ports import Ticket
from storybank.words import Words, say

_FEWEST_MESSAGES, _MOST_MESSAGES = 5, 7
_ROOM_FOR_A_VOICE = 900
"""Characters of asks and messages up to which page 1 has room for a quote."""
_LINE, _MOST_LINES = 78, 21
_SMALL_PRINT, _LEAST_ROOM = 3000, 0.4
"""Characters of conditions and labels that would leave no room for quotes, and the share that quotes have at least."""
_TEXT_LEFT, _NUMBER_ROOM = 200, 400


class WordBrief:
    """Writes a policy brief as a Word file (`ports.BriefWriter`)."""

    def write(self, brief: Brief, order: Order, to: Path, ticket: Ticket) -> None:
        """Write the brief to `to`, replacing what is there; the same order makes the same bytes."""
        if not order.passages:
            raise Refused(
                say("There is no quote that may be used in this brief."),
                hint=say("Choose quotes whose consent covers it, or ask for that consent first."),
            )
        ticket.check()
        page = _Page(brief, order, template.empty_document(brief.language))
        page.fill(ticket)
        ticket.check()
        template.describe(
            page.document, title=page.title, subject=page.words("Policy brief"), author=clean(brief.author),
            identifier=order.code, language=brief.language, made_at=order.made_at,
        )
        template.save(page.document, to)
        ticket.report(1.0, str(say("The brief is written")))


@dataclass(frozen=True, slots=True)
class _Page:
    """A brief on its way to paper."""

    brief: Brief
    order: Order
    document: Document

    @property
    def words(self) -> Words:
        return Words(self.brief.language)

    @property
    def title(self) -> str:
        return self.said(self.brief.title or next(iter(self.brief.ask), self.words("Policy brief")))

    def said(self, text: str) -> str:
        """Return the author's text, set as the brief's language asks for."""
        return tidy(text, self.brief.language)

    def fill(self, ticket: Ticket) -> None:
        """Set every section, in the order a reader needs them."""
        room = max(_LEAST_ROOM, 1 - length_of(self.order.passages) / _SMALL_PRINT)
        printed = chapters(self.order.passages, self.order.codebook, room)
        voices = Voices(self.document, self.order, self.brief.language)
        self._head()
        self._ask()
        self._messages()
        self._lead(voices, printed)
        self._issue()
        ticket.report(0.3, str(say("Setting the quotes")))
        ticket.check()
        voices.what_people_told_us(printed, new_page=not self.brief.issue.strip())
        ticket.report(0.6, str(say("Setting the method and the sources")))
        ticket.check()
        voices.who_spoke()
        voices.method()
        voices.sources()
        self._foot()

    def _head(self) -> None:
        words, brief = self.words, self.brief
        self.document.add_paragraph(tied(self.title), style="Heading 1")
        self._meta((words("For"), brief.audience))
        self._meta((words("From"), brief.author), ("", brief.contact), ("", day(self.order.made_at, brief.language)))
        self._meta((words("Policy brief"), self.order.code), ("", words("Voices of Social Prescribing")),
                   ("", self.said(self._valid_until())))

    def _valid_until(self) -> str:
        if self.order.use_until is None:
            return self.words("quotes valid until withdrawn")
        return self.words("quotes valid until {day}", day=day(self.order.use_until, self.brief.language))

    def _meta(self, *facts: tuple[str, str]) -> None:
        known = [(name, self.said(text)) for name, text in facts if text.strip()]
        if not known:
            return
        paragraph = self.document.add_paragraph(style="SB Meta")
        for number, (name, text) in enumerate(known):
            if name:
                paragraph.add_run(f"{name}\u00a0 ").bold = True
            paragraph.add_run(text + ("  ·  " if number + 1 < len(known) else ""))

    def _ask(self) -> None:
        asks = [tied(self.said(ask)) for ask in self.brief.ask if ask.strip()]
        if not asks:
            return
        several = len(asks) > 1
        self._boxed(self.document.add_paragraph(self.words.many("Our ask", "Our asks", len(asks)), style="Heading 2"),
                    several=several)
        for ask in asks:
            style = "List Number" if several else "SB Ask"
            self._boxed(self.document.add_paragraph(ask, style=style), several=several)

    def _boxed(self, paragraph: Paragraph, *, several: bool) -> None:
        room = _NUMBER_ROOM if several else 0
        word.box(paragraph, WASH, PRIMARY, _TEXT_LEFT + room, room)

    def _messages(self) -> None:
        self.document.add_paragraph(self.said(self.words("Main messages")), style="Heading 2")
        messages = [self.said(message) for message in self.brief.messages if message.strip()][:_MOST_MESSAGES]
        self._make_room_for(messages)
        for message in messages:
            self.document.add_paragraph(tied(message), style="List Bullet")
        for code in self._blocks_spoken_to()[: max(0, _FEWEST_MESSAGES - len(messages))]:
            language = self.brief.language
            paragraph = self.document.add_paragraph(style="List Bullet")
            name = paragraph.add_run(self.said(code.label(language) + (" :" if language == "fr" else ":")))
            word.coloured(name, block_colour(code.key)).bold = True
            paragraph.add_run(" " + tied(self.said(code.gist(language))))

    def _make_room_for(self, messages: list[str]) -> None:
        """Set wordy messages smaller, so that page 1 stays one page."""
        lines = sum(len(text) // _LINE + 1 for text in (*self.brief.ask, *messages))
        if lines > _MOST_LINES:
            style = self.document.styles["List Bullet"]
            if isinstance(style, ParagraphStyle):
                style.font.size = Pt(10.5)
                style.paragraph_format.line_spacing, style.paragraph_format.space_after = 1.25, Pt(3)

    def _blocks_spoken_to(self) -> list[Code]:
        spoken_to = {block.key for passage in self.order.passages for block in passage.blocks}
        blocks = in_order(self.order.codebook, CodeKind.BLOCK)
        return [code for code in blocks if code.key in spoken_to and code.gist(self.brief.language)]

    def _lead(self, voices: Voices, printed: list[Chapter]) -> None:
        """Let one more voice speak on page 1 where there is room: a page that asks should not ask in figures only."""
        length = sum(map(len, (*self.brief.ask, *self.brief.messages)))
        passage = lead(self.order.passages, printed, self.brief.language)
        if passage is not None and length < _ROOM_FOR_A_VOICE:
            self.document.add_paragraph(self.said(self.words("In their words")), style="Heading 2")
            voices.quote(passage, PRIMARY, large=True)

    def _issue(self) -> None:
        paragraphs = [self.said(part) for part in self.brief.issue.split("\n") if part.strip()]
        if not paragraphs:
            return
        heading = self.document.add_paragraph(self.said(self.words("The issue, and why now")), style="Heading 2")
        heading.paragraph_format.page_break_before = True
        for text in paragraphs:
            self.document.add_paragraph(text)

    def _foot(self) -> None:
        paragraph = self.document.sections[0].footer.paragraphs[0]
        version = f" · Storybank {self.order.storybank_version}" if self.order.storybank_version else ""
        words, series = self.words, self.words("Voices of Social Prescribing")
        paragraph.add_run(f"{self.order.code} · {series}{version}\t")
        paragraph.add_run(words("Page") + " ")
        word.field(paragraph, "PAGE")
        paragraph.add_run(" " + words("of") + " ")
        word.field(paragraph, "NUMPAGES")
