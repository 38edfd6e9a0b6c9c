"""Voices: the part of a brief that shows what people said, who they are and how we know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from exports import word
from exports.attribution import credit, label, translation_of, wording_of
from exports.briefs.heard import heard
from exports.briefs.reasons import counted
from exports.briefs.selection import Chapter, in_order, keys_of
from exports.briefs.sources import Sources
from exports.obligations import conditions, listed_codes
from exports.palette import PRIMARY, block_colour
from exports.typography import NBSP, day, in_sentence, listed, marks, quoted, span, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.export import Order, Passage
from storybank.domain.vocabulary import province
from storybank.domain.withholding import tells_place, tells_role
from storybank.words import Words

_WIDTH = 9972
"""Between the margins, in twentieths of a point."""
_FIRST_COLUMN = 3300
_LARGE = Pt(18)


@dataclass(slots=True)
class Voices:
    """Sets the quotes, the coverage table, the method and the sources of a brief."""

    document: Document
    order: Order
    language: str
    _printed: list[Passage] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=word.numbered)

    @property
    def words(self) -> Words:
        return Words(self.language)

    # ---- what people told us ----------------------------------------------------------------------------------

    def what_people_told_us(self, chapters: Sequence[Chapter], *, new_page: bool) -> None:
        """Set the quotes by building block."""
        heading = self._heading(self.words("What people told us"))
        heading.paragraph_format.page_break_before = new_page
        for chapter in chapters:
            self._chapter(chapter)

    def _chapter(self, chapter: Chapter) -> None:
        block, language = chapter.block, self.language
        colour = block_colour(block.key) if block else PRIMARY
        heading = self.document.add_paragraph(style="Heading 3")
        title = block.label(language) if block else self.words("Across the building blocks")
        word.coloured(heading.add_run(tidy(title, language)), colour)
        if block and block.gist(language):
            self.document.add_paragraph(tidy(block.gist(language), language), style="SB Gist")
        for passage in chapter.passages:
            self.quote(passage, colour)

    def quote(self, passage: Passage, colour: str, *, large: bool = False) -> None:
        """Set a quote with a rule in its block's colour; under it who says so, the times, and the way to its source."""
        quote = passage.cleared.quote
        said = self.document.add_paragraph(style="SB Quote")
        run = word.spoken(said.add_run(quoted(wording_of(passage.cleared), quote.language)), quote.language)
        run.font.size = _LARGE if large else None
        word.rule(said, colour)
        word.bookmark(said, word.quote_mark(quote.code), next(self._numbers))
        if translated := translation_of(passage.cleared, self.language):
            beside = self.document.add_paragraph(style="SB Quote")
            word.spoken(beside.add_run(tidy(translated, self.language)), self.language)
            word.rule(beside, colour)
        under = self.document.add_paragraph(style="SB Attribution")
        under.add_run(credit(passage.cleared, self.language, self.order.codebook).text).bold = True
        under.add_run(f" {NBSP}·{NBSP} {span(quote.start_ms, quote.end_ms)}{NBSP}{NBSP}·{NBSP}{NBSP}")
        word.link(under, quote.code, word.source_mark(quote.code))
        word.rule(under, colour)
        self._beside(under, passage.cleared, colour)
        self._printed.append(passage)

    def _beside(self, under: Paragraph, cleared: ClearedQuote, colour: str) -> None:
        """Name the labels and notices of its communities; their words stand with the sources."""
        named = [one for one in dict.fromkeys(cleared.labels) if one.name]
        if not named:
            return
        under.paragraph_format.space_after = Pt(0)
        beside = self.document.add_paragraph(style="SB Attribution")
        for number, one in enumerate(named):
            beside.add_run(f" {NBSP}·{NBSP} " if number else "")
            word.verbatim(beside, one.name, one.language)
        word.rule(beside, colour)

    # ---- who spoke --------------------------------------------------------------------------------------------

    def who_spoke(self) -> None:
        """Set the table of stakeholders and building blocks, and name what is missing."""
        self._heading(self.words("Who spoke"))
        blocks = in_order(self.order.codebook, CodeKind.BLOCK)
        groups = self._groups()
        counts = Counter(
            (passage.cleared.speaker.stakeholder, key)
            for passage in self.order.passages if tells_role(passage.cleared) for key in keys_of(passage)
        )
        if blocks and groups:
            rows = [
                [tidy(group.label(self.language), self.language),
                 *(str(counts[group.key, block.key] or "–") for block in blocks)]
                for group in groups
            ]
            title = self.words("Number of quotes by stakeholder and building block")
            self.document.add_paragraph(title, style="Caption")
            width = (_WIDTH - _FIRST_COLUMN) // len(blocks)
            header = [self.words("Stakeholder"), *(block.short(self.language) for block in blocks)]
            word.table(self.document, title, header, rows, [_FIRST_COLUMN, *[width] * len(blocks)])
        self._name_what_is_missing(blocks, groups, counts)

    def _groups(self) -> list[Code]:
        spoke = {p.cleared.speaker.stakeholder for p in self.order.passages if tells_role(p.cleared)}
        return [code for code in in_order(self.order.codebook, CodeKind.STAKEHOLDER) if code.key in spoke]

    def _name_what_is_missing(self, blocks: Sequence[Code], groups: Sequence[Code],
                              counts: Counter[tuple[str, str]]) -> None:
        gaps = []
        for block in blocks:
            silent = [self._in_line(group) for group in groups if not counts[group.key, block.key]]
            if silent:
                gaps.append(f"{block.short(self.language)} ({listed(silent, self.words)})")
        paragraph = self._small()
        paragraph.paragraph_format.space_before = Pt(6)
        if gaps:
            self._say(paragraph, self.words("No quote yet on: {gaps}.", gaps="; ".join(gaps)))
        elif groups:
            self._say(paragraph, self.words("Every group that spoke is heard on every building block."))
        absent = [self._in_line(code) for code in in_order(self.order.codebook, CodeKind.STAKEHOLDER)
                  if code not in groups]
        if not all(tells_role(passage.cleared) for passage in self.order.passages):
            self._say(paragraph, " " + self.words("Voices shared without a name are not counted here."))
        elif absent:
            self._say(paragraph, " " + self.words("Not heard in this brief: {groups}.",
                                                  groups=listed(absent, self.words)))

    def _in_line(self, code: Code) -> str:
        return in_sentence(code.label(self.language))

    # ---- method -----------------------------------------------------------------------------------------------

    def method(self) -> None:
        """Say how many voices there are, how they were heard and chosen, and what was left out."""
        self._heading(self.words("Method"))
        words = self.words
        uses = listed([in_sentence(use.label(self.language)) for use in self.order.uses], words)
        self._note(words("Voices"), self._count_voices(), words(
            "They recorded a reflection for Voices of Social Prescribing. This is lived experience: it shows what"
            " people saw and need, and proves no effect."))
        self._note(words("Words"), heard(self.order.heard_by, words), words(
            "Quotes are printed as they were said, in the language they were said in. Each building block shows up to"
            " three: those marked as important, then voices not yet heard, then the shortest clear ones."))
        self._note(words("Consent"), words(
            "On {day}, each quote was checked against the consent of everyone in its recording, for: {uses}.",
            day=day(self.order.made_at, self.language), uses=uses), self._witness())
        self._conditions()
        self._note(words("Left out"), self._count_left_out())

    def _witness(self) -> str:
        """Return where the record of consent stood: whoever rewrites it later cannot rewrite this paper."""
        place, seal = self.order.head
        if not place:
            return ""
        return self.words("The record of consent stood at entry {place}, seal {seal}.", place=place, seal=seal[:12])

    def _conditions(self) -> None:
        """Print what people asked for in return, in their words, by quote."""
        kept = conditions(self._printed)
        if not kept:
            return
        paragraph = self._small()
        paragraph.add_run(tidy(f"{self.words('Conditions')}.", self.language)).bold = True
        lead = self.words("They go with the quotes wherever these are used, in the persons' words:")
        self._say(paragraph, f" {lead}")
        opening, closing = marks(self.language)
        for number, one in enumerate(kept):
            end = "." if number + 1 == len(kept) else ";"
            paragraph.add_run(f" {listed_codes(one.quotes)}{NBSP}– {opening}{one.text}{closing}{end}")

    def _note(self, name: str, *sentences: str) -> None:
        paragraph = self._small()
        paragraph.add_run(tidy(f"{name}.", self.language)).bold = True
        self._say(paragraph, " " + " ".join(sentence for sentence in sentences if sentence))

    def _count_voices(self) -> str:
        people = {passage.cleared.speaker.id: passage.cleared for passage in self.order.passages}.values()
        by_group = self._tally(people, self._group)
        by_place = self._tally(people, self._place)
        by_language = self._tally(people, self._language_of)
        voices = self.words.many("{n} voice", "{n} voices", len(people))
        return self.words("{voices}: by stakeholder, {groups}; by province, {places}; by language, {languages}.",
                          voices=voices, groups=by_group, places=by_place, languages=by_language)

    def _tally(self, people: Iterable[ClearedQuote], of: Callable[[ClearedQuote], str]) -> str:
        counts = Counter(of(one) for one in people)
        return ", ".join(f"{what}{NBSP}{n}" for what, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _group(self, cleared: ClearedQuote) -> str:
        if not tells_role(cleared):
            return self.words("not told")
        return in_sentence(label(cleared.speaker.stakeholder, self.order.codebook, self.language))

    def _place(self, cleared: ClearedQuote) -> str:
        told = province(cleared.speaker.province, self.language) if tells_place(cleared) else ""
        return told or self.words("not told")

    def _language_of(self, cleared: ClearedQuote) -> str:
        said = self.words("French") if cleared.quote.language == "fr" else self.words("English")
        return said.lower() if self.language == "fr" else said

    def _count_left_out(self) -> str:
        if not self.order.left_out:
            return self.words("No quote was left out.")
        kinds = [f"{self.words.sentence(reason)}{NBSP}({n})" for reason, n in counted(self.order.left_out)]
        left = self.words.many("{n} quote was left out", "{n} quotes were left out", len(self.order.left_out))
        return self.words("{left}: {reasons}.", left=left, reasons="; ".join(kinds))

    def sources(self) -> None:
        """List the sources of everything that was printed, and what goes along with it."""
        Sources(self.document, self.order, self.language, self._printed, self._numbers).set()

    # ---- paper ------------------------------------------------------------------------------------------------

    def _heading(self, text: str) -> Paragraph:
        return self.document.add_paragraph(tidy(text, self.language), style="Heading 2")

    def _small(self) -> Paragraph:
        return self.document.add_paragraph(style="SB Small")

    def _say(self, paragraph: Paragraph, text: str) -> None:
        lead = " " if text.startswith(" ") else ""
        paragraph.add_run(lead + tidy(text, self.language))

