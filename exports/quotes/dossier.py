"""Dossier: quotes as a Word file for use inside: what is covered and missing, then each quote with its facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document
from docx.text.paragraph import Paragraph

from exports import template, word
from exports.attribution import credit, words_of
from exports.palette import block_colour
from exports.quotes.columns import clock, facts
from exports.typography import NBSP, clean, day, in_sentence, quoted, tidy
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.dossier import Dossier, Entry
from storybank.domain.quote import Hold
from storybank.domain.use import Material
from storybank.words import Words, say

_WIDTH = 9972
"""Between the margins, in twentieths of a point."""
_NAME = 2400
_MOST_COLUMNS = 6
_LATEST = 3
_MEDIA = {
    Material.QUOTE.value: say("words").text, Material.CLIP.value: say("clip").text,
    Material.AUDIO.value: say("sound").text, Material.STILL.value: say("picture").text,
}  # fmt: skip


def write_dossier(dossier: Dossier, to: Path) -> None:
    """Write the dossier as a Word file."""
    page = _Pages(dossier, template.empty_document(dossier.language))
    page.fill()
    template.describe(
        page.document, title=clean(dossier.title), subject=page.words("Quote dossier"), author="",
        identifier=dossier.order.code, language=dossier.language, made_at=dossier.order.made_at,
    )
    template.save(page.document, to)


@dataclass(frozen=True, slots=True)
class _Pages:
    """A dossier on its way to paper."""

    dossier: Dossier
    document: Document

    @property
    def words(self) -> Words:
        return Words(self.dossier.language)

    def fill(self) -> None:
        """Set the head, the coverage, and every quote by building block, stakeholder and number."""
        words = self.words
        self.document.add_paragraph(self._set(self.dossier.title or words("Quote dossier")), style="Heading 1")
        self._head()
        self._coverage()
        blocks = [code for code in self.dossier.order.codebook if code.kind is CodeKind.BLOCK]
        done: set[str] = set()
        for block in blocks:
            own = [entry for entry in self._sorted() if block in entry.codes and _id(entry) not in done]
            self._chapter(self._set(block.label(self.dossier.language)), own, block_colour(block.key))
            done |= {_id(entry) for entry in own}
        rest = [entry for entry in self._sorted() if _id(entry) not in done]
        self._chapter(words("Without a building block"), rest, block_colour(""))

    def _head(self) -> None:
        words, order, language = self.words, self.dossier.order, self.dossier.language
        inside = self.document.add_paragraph(style="SB Meta")
        inside.add_run(self._set(words("Internal: contains restricted use information"))).bold = True
        uses = ", ".join(use.label(language) for use in order.uses)
        told = [words("Cleared for: {uses}", uses=uses), order.code, day(order.made_at, language),
                words.many("{n} quote", "{n} quotes", len(self.dossier.entries))]
        if order.left_out:
            told.append(words.many("{n} left out for want of consent", "{n} left out for want of consent",
                                   len(order.left_out)))
        self.document.add_paragraph("  ·  ".join(map(self._set, told)), style="SB Meta")

    def _coverage(self) -> None:
        """Count cleared quotes by building block and stakeholder, and name the empty cells."""
        words, language = self.words, self.dossier.language
        codebook = self.dossier.order.codebook
        blocks = [code for code in codebook if code.kind is CodeKind.BLOCK]
        spoken = [code for code in codebook if code.kind is CodeKind.STAKEHOLDER and self._count(code)]
        if not blocks or not spoken:
            return
        self.document.add_paragraph(self._set(words("What is covered")), style="Heading 2")
        for first in range(0, len(spoken), _MOST_COLUMNS):
            some = spoken[first : first + _MOST_COLUMNS]
            width = (_WIDTH - _NAME) // len(some)
            rows = [[self._set(block.short(language)), *(str(self._count(block, one) or "–") for one in some)]
                    for block in blocks]
            header = [words("Building block"), *(self._set(one.short(language)) for one in some)]
            word.table(self.document, words("Cleared quotes by building block and stakeholder"), header, rows,
                       (_NAME, *(width for _one in some)))
            self.document.add_paragraph(style="SB Small")
        empty = [words("no {stakeholder} on {block}", stakeholder=in_sentence(one.label(language)),
                       block=quoted(block.short(language), language))
                 for block in blocks for one in spoken if not self._count(block, one)]
        if empty:
            paragraph = self.document.add_paragraph(style="SB Small")
            paragraph.add_run(self._set(words("Empty:"))).bold = True
            paragraph.add_run(f" {self._set('; '.join(empty))}.")

    def _count(self, *codes: Code) -> int:
        return sum(set(codes) <= set(entry.codes) for entry in self.dossier.entries)

    def _sorted(self) -> list[Entry]:
        order = {code.key: place for place, code in enumerate(self.dossier.order.codebook)}

        def place(entry: Entry) -> tuple[object, ...]:
            spoken = [order[code.key] for code in entry.codes if code.kind is CodeKind.STAKEHOLDER]
            return (min(spoken, default=len(order)), len(_id(entry)), _id(entry))

        return sorted(self.dossier.entries, key=place)

    def _chapter(self, heading: str, entries: Sequence[Entry], colour: str) -> None:
        if not entries:
            return
        self.document.add_paragraph(self._set(heading), style="Heading 2")
        for entry in entries:
            self._quote(entry, colour)

    def _quote(self, entry: Entry, colour: str) -> None:
        cleared, language = entry.passage.cleared, self.dossier.language
        heading = self.document.add_paragraph(_id(entry), style="Heading 3")
        word.bookmark(heading, word.quote_mark(_id(entry)), sum(map(ord, cleared.quote.id)) + cleared.quote.start_ms)
        said = self.document.add_paragraph(style="SB Quote")
        word.rule(said, colour)
        word.verbatim(said, quoted(words_of(cleared), cleared.quote.language), cleared.quote.language)
        self._versions(entry)
        who = self.document.add_paragraph(style="SB Attribution")
        who.add_run(self._set(credit(cleared, language, self.dossier.order.codebook).text))
        when = f"{clean(cleared.story.code)}{NBSP}· {clock(cleared.quote.start_ms)}–{clock(cleared.quote.end_ms)}"
        who.add_run(f"  ·  {when}")
        self._facts(entry)

    def _versions(self, entry: Entry) -> None:
        told = facts(entry, self.dossier)
        for column, mark in (("translation_en", "[Translation]"), ("translation_fr", "[Traduction]")):
            if told[column]:
                paragraph = self._small()
                language = column[-2:]
                word.verbatim(paragraph, f"{mark} {quoted(str(told[column]), language)}", language)
        if told["shortened"]:
            paragraph = self._small()
            paragraph.add_run(self._set(self.words("Shortened:"))).bold = True
            language = entry.passage.cleared.quote.language
            word.verbatim(paragraph, f" {quoted(str(told['shortened']), language)}", language)

    def _facts(self, entry: Entry) -> None:
        """Set what is known of a quote as lines of a name and a value; what is empty is left out."""
        words, told, language = self.words, facts(entry, self.dossier), self.dossier.language
        until, recorded = str(told["use_until"]), str(told["recorded_on"])
        short = (
            (words("Recorded"), day(recorded, language) if recorded else ""), (words("Place"), str(told["place"])),
            (words("Consent"), _listed(told["consents"])),
            (words("Until"), day(until, language) if until else words("withdrawn")),
            (words("May go out as"), ", ".join(words(_MEDIA[one]) for one in told["media"])),  # type: ignore[union-attr]
        )  # fmt: skip
        lines = (
            ((words("Codes"), ", ".join(code.label(language) for code in entry.codes)),),
            ((words("Just before"), str(told["before"])),), ((words("Just after"), str(told["after"])),), short,
            ((words("Conditions"), _listed(told["conditions"])),), ((words("Used in"), self._used(entry)),),
            ((words("Transcript"), _standing(entry.hold, words)),), ((words("Note"), _listed(told["notes"])),),
        )  # fmt: skip
        paragraph = self._small()
        for line in lines:
            known = [(name, value) for name, value in line if value]
            if known and paragraph.text:
                paragraph.add_run().add_break()
            for place, (name, value) in enumerate(known):
                paragraph.add_run(f"  ·  {self._set(name)}" if place else self._set(name)).bold = True
                paragraph.add_run(f"{NBSP} {self._set(value)}")

    def _used(self, entry: Entry) -> str:
        """Return the latest exports it was in, and how many more."""
        latest = [f"{code} ({day(when, self.dossier.language)})" for code, when in entry.used[-_LATEST:]]
        more = len(entry.used) - len(latest)
        return ", ".join([*latest, *([self.words("and {n} more", n=more)] if more else [])])

    def _small(self) -> Paragraph:
        return self.document.add_paragraph(style="SB Small")

    def _set(self, text: str) -> str:
        return tidy(text, self.dossier.language)


def _standing(hold: Hold, words: Words) -> str:
    return {Hold.CHANGED: words("corrected since it was quoted"),
            Hold.LOST: words("its words are not found any more")}.get(hold, "")


def _listed(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _id(entry: Entry) -> str:
    return clean(entry.passage.cleared.quote.code)
