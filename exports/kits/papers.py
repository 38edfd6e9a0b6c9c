"""Papers: what every Word file of a kit is set on: a title, what it is, the author's words, quotes, sources, a foot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from docx.shared import Pt

from exports import word
from exports.kits.assets import quotation
from exports.kits.packing import Packing
from exports.kits.prose import Block, blocks, notes_in, pointing
from exports.obligations import conditions_of, label_names
from exports.palette import PRIMARY
from exports.papers.stationery import Card, Paper
from exports.typography import clean, day
from storybank.domain.export import Passage
from storybank.words import Words


@dataclass(slots=True)
class Sheet:
    """A Word file of a kit on its way, in one language."""

    packing: Packing
    paper: Paper
    passages: list[Passage] = field(default_factory=list)
    """The quotes that stand in it."""
    texts: list[str] = field(default_factory=list)
    """What the author says in it, for the sources it points at."""

    @classmethod
    def blank(cls, packing: Packing, language: str, title: str, *, titled: str = "") -> Sheet:
        """Return a sheet with its title, and the lines that say what it is, of which kit, and until when."""
        parcel, words = packing.parcel, Words(language)
        card = Card(titled or title, parcel.kit.titled(language), clean(parcel.kit.signed(language)), parcel.order.code,
                    parcel.order.made_at)
        sheet = cls(packing, Paper.blank(language, card))
        sheet.paper.title(clean(title))
        until = (words("Use until {day}", day=day(parcel.use_until, language)) if parcel.use_until
                 else words("May be used until we write that it may not"))
        sheet.paper.meta(clean(parcel.kit.titled(language)), words("Kit {code}", code=parcel.order.code),
                         day(parcel.order.made_at, language), until)
        sheet.paper.foot(f"{parcel.order.code} · {clean(parcel.kit.signed(language))}")
        return sheet

    @property
    def language(self) -> str:
        return self.paper.language

    @property
    def words(self) -> Words:
        return self.paper.words

    def say(self, text: str) -> None:
        """Set the author's words: paragraphs and lists."""
        self.set(blocks(text))

    def set(self, parts: Sequence[Block]) -> None:
        """Set paragraphs and items, with quotes named only where they are in the kit."""
        codes = {passage.cleared.quote.code for passage in self.packing.parcel.passages}
        items: list[str] = []
        for part in parts:
            said = pointing(part.text, codes)
            self.texts.append(said)
            if part.is_item:
                items.append(said)
                continue
            self._list(items)
            self.paper.say(said)
        self._list(items)

    def _list(self, items: list[str]) -> None:
        if items:
            self.paper.items(items)
            items.clear()

    def quote(self, passage: Passage, note: str = "") -> None:
        """Set a quote in its own language, who says it, and what goes with it."""
        text, spoken = quotation(passage, self.language)
        if note:
            self.paper.say(note, "SB Gist", with_next=True)
        paragraph = self.paper.document.add_paragraph(style="SB Quote")
        word.rule(paragraph, PRIMARY)
        word.spoken(paragraph.add_run(text), spoken)
        code = passage.cleared.quote.code
        who = self.packing.parcel.credit(passage, self.language)
        said_by = self.paper.document.add_paragraph(self.paper.said(f"— {who} ({code})"), style="SB Attribution")
        besides = [self.words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
        besides += ["; ".join(names)] if (names := label_names(passage.cleared)) else []
        for line in besides:
            said_by.paragraph_format.keep_with_next = True
            said_by.paragraph_format.space_after = Pt(0)
            said_by = self.paper.say(line, "SB Attribution")
        self.passages.append(passage)

    def verbatim(self, text: str) -> None:
        """Set a text that is to be copied, sign by sign as it is."""
        word.verbatim(self.paper.document.add_paragraph(), text, self.language)

    def sources(self) -> None:
        """Set the sources that the author's words point at, by their numbers."""
        known = self.packing.parcel.kit.sources
        wanted = [number for number in notes_in(self.texts) if 0 < number <= len(known)]
        if not wanted:
            return
        self.paper.part(self.words("Sources"))
        for number in wanted:
            source = known[number - 1]
            citation = clean(source.citation.said(self.language) or source.citation.en or source.citation.fr)
            self.paper.say(" ".join(part for part in (f"[{number}]", citation, clean(source.url)) if part), "SB Small")

    def put(self, to: Path) -> None:
        """Write it, and enter it among the files of the kit."""
        self.paper.put(to)
        self.packing.keep(to, self.passages, self.language)
