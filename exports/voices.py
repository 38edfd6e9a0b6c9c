"""Voices: the part of a brief that shows what people said, who they are and how we know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from docx.document import Document
from docx.text.paragraph import Paragraph

from exports import word
from exports.attribution import credit, label, tells_place, words_of
from exports.palette import PRIMARY, block_colour
from exports.reasons import counted
from exports.selection import Chapter, in_order, keys_of
from exports.typography import NBSP, clean, day, listed, quoted, span, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.export import Order, Passage
from storybank.domain.vocabulary import province
from storybank.words import Words

_WIDTH = 9972
"""Between the margins, in twentieths of a point."""
_FIRST_COLUMN = 3300


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

    def what_people_told_us(self, chapters: Sequence[Chapter]) -> None:
        """Set the quotes by building block."""
        self._heading(self.words("What people told us"))
        for chapter in chapters:
            self._chapter(chapter)
            self._printed += chapter.passages

    def _chapter(self, chapter: Chapter) -> None:
        block, language = chapter.block, self.language
        colour = block_colour(block.key) if block else PRIMARY
        heading = self.document.add_paragraph(style="Heading 3")
        title = block.label(language) if block else self.words("Across the building blocks")
        word.coloured(heading.add_run(tidy(title, language)), colour)
        if block and block.gist(language):
            self.document.add_paragraph(tidy(block.gist(language), language), style="SB Gist")
        for passage in chapter.passages:
            self._quote(passage, colour)

    def _quote(self, passage: Passage, colour: str) -> None:
        quote = passage.cleared.quote
        said = self.document.add_paragraph(style="SB Quote")
        text = quoted(words_of(passage.cleared), quote.language)
        word.spoken(said.add_run(text), quote.language)
        word.rule(said, colour)
        word.bookmark(said, _bookmark(quote.code), next(self._numbers))
        under = self.document.add_paragraph(style="SB Attribution")
        under.add_run(credit(passage.cleared, self.language, self.order.codebook).text).bold = True
        under.add_run(f"  ·  {span(quote.start_ms, quote.end_ms)}  ·  ")
        word.link(under, quote.code, _source_bookmark(quote.code))
        word.rule(under, colour)

    # ---- who spoke --------------------------------------------------------------------------------------------

    def who_spoke(self) -> None:
        """Set the table of stakeholders and building blocks, and name what is missing."""
        self._heading(self.words("Who spoke"))
        blocks = in_order(self.order.codebook, CodeKind.BLOCK)
        groups = self._groups()
        counts = Counter(
            (passage.cleared.speaker.stakeholder, key) for passage in self.order.passages for key in keys_of(passage)
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
        spoke = {passage.cleared.speaker.stakeholder for passage in self.order.passages}
        return [code for code in in_order(self.order.codebook, CodeKind.STAKEHOLDER) if code.key in spoke]

    def _name_what_is_missing(self, blocks: Sequence[Code], groups: Sequence[Code],
                              counts: Counter[tuple[str, str]]) -> None:
        gaps = []
        for block in blocks:
            silent = [self._in_line(group) for group in groups if not counts[group.key, block.key]]
            if silent:
                gaps.append(f"{block.short(self.language)} ({listed(silent, self.words)})")
        paragraph = self._small()
        paragraph.paragraph_format.space_before = 76200
        if gaps:
            self._say(paragraph, self.words("No quote yet on: {gaps}.", gaps="; ".join(gaps)))
        else:
            self._say(paragraph, self.words("Every group that spoke is heard on every building block."))
        absent = [self._in_line(code) for code in in_order(self.order.codebook, CodeKind.STAKEHOLDER)
                  if code not in groups]
        if absent:
            self._say(paragraph, " " + self.words("Not heard in this brief: {groups}.",
                                                  groups=listed(absent, self.words)))

    def _in_line(self, code: Code) -> str:
        return lower_first(code.label(self.language))

    # ---- method -----------------------------------------------------------------------------------------------

    def method(self) -> None:
        """Say how many voices there are, how they were heard, and what was left out."""
        self._heading(self.words("Method"))
        words = self.words
        sentences = [
            words("The quotes are the words of people who recorded a reflection for Voices of Social Prescribing."),
            words("They are lived experience: they show what people saw and need, and prove no effect."),
            self._count_voices(),
            words("Transcribed with {engines}.", engines=listed(self.order.engines, words))
            if self.order.engines else "",
            words("On {day}, each quote was checked against the consent of everyone in its recording, for: {uses}.",
                  day=day(self.order.made_at, self.language),
                  uses=listed([lower_first(use.label(self.language)) for use in self.order.uses], words)),
            words("Quotes are printed as they were said, in the language they were said in."),
            self._count_left_out(),
        ]
        self._say(self._small(), " ".join(sentence for sentence in sentences if sentence))

    def _count_voices(self) -> str:
        people = {passage.cleared.speaker.id: passage.cleared for passage in self.order.passages}.values()
        by_group = self._tally(people, lambda one: lower_first(label(one.speaker.stakeholder, self.order.codebook,
                                                                     self.language)))
        by_place = self._tally(people, self._place)
        by_language = self._tally(people, self._language_of)
        voices = self.words.many("{n} voice", "{n} voices", len(people))
        return self.words("{voices}: by stakeholder, {groups}; by province, {places}; by language, {languages}.",
                          voices=voices, groups=by_group, places=by_place, languages=by_language)

    def _tally(self, people: Iterable[ClearedQuote], of: Callable[[ClearedQuote], str]) -> str:
        counts = Counter(of(one) for one in people)
        return ", ".join(f"{what}{NBSP}{n}" for what, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def _place(self, cleared: ClearedQuote) -> str:
        told = province(cleared.speaker.province, self.language) if tells_place(cleared.attribution) else ""
        return told or self.words("not told")

    def _language_of(self, cleared: ClearedQuote) -> str:
        return self.words("French") if cleared.quote.language == "fr" else self.words("English")

    def _count_left_out(self) -> str:
        if not self.order.left_out:
            return self.words("No quote was left out.")
        kinds = [f"{self.words.sentence(reason)}{NBSP}({n})" for reason, n in counted(self.order.left_out)]
        left = self.words.many("{n} quote was left out", "{n} quotes were left out", len(self.order.left_out))
        return self.words("{left}: {reasons}.", left=left, reasons="; ".join(kinds))

    # ---- sources ----------------------------------------------------------------------------------------------

    def sources(self) -> None:
        """List every quote with its recording's date and its times; those not printed follow in a line."""
        self._heading(self.words("Sources"))
        printed = sorted(self._printed, key=lambda passage: passage.cleared.quote.code)
        for passage in printed:
            self._source(passage)
        others = sorted((p for p in self.order.passages if p not in self._printed),
                        key=lambda passage: passage.cleared.quote.code)
        if others:
            heard = [f"{p.cleared.quote.code}{NBSP}({span(p.cleared.quote.start_ms, p.cleared.quote.end_ms)})"
                     for p in others]
            self._say(self._small(), self.words("Cleared for this use, but not printed for lack of room: {quotes}.",
                                                quotes=", ".join(heard)))

    def _source(self, passage: Passage) -> None:
        cleared, words = passage.cleared, self.words
        paragraph = self._small()
        word.link(paragraph, cleared.quote.code, _bookmark(cleared.quote.code))
        kind = words("video reflection") if cleared.recording.facts.video else words("audio reflection")
        recorded = (words("recorded {day}", day=day(cleared.story.recorded_on, self.language))
                    if cleared.story.recorded_on else words("day of recording not noted"))
        until = (words("valid until {day}", day=day(cleared.permission.until, self.language))
                 if cleared.permission.until else words("valid until withdrawn"))
        self._say(paragraph, words(
            ". {series}, {kind} {story}, {recorded}, {times}. Used with permission; {until}.",
            series=words("Voices of Social Prescribing"), kind=kind, story=clean(cleared.story.code), recorded=recorded,
            times=span(cleared.quote.start_ms, cleared.quote.end_ms), until=until))
        word.bookmark(paragraph, _source_bookmark(cleared.quote.code), next(self._numbers))

    # ---- paper ------------------------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        self.document.add_paragraph(tidy(text, self.language), style="Heading 2")

    def _small(self) -> Paragraph:
        return self.document.add_paragraph(style="SB Small")

    def _say(self, paragraph: Paragraph, text: str) -> None:
        lead = " " if text.startswith(" ") else ""
        paragraph.add_run(lead + tidy(text, self.language))


def lower_first(text: str) -> str:
    """Return text as it stands inside a sentence: without its capital, unless it is an acronym."""
    text = clean(text)
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _bookmark(code: str) -> str:
    return "quote_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]


def _source_bookmark(code: str) -> str:
    return "source_" + "".join(sign if sign.isalnum() else "_" for sign in code)[:30]
