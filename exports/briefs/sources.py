"""Sources: the end of a brief: every quote's recording and times, who taught what, and what communities ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from exports import word
from exports.obligations import Labelled, labels, listed_codes, teachings
from exports.typography import NBSP, clean, day, span, tidy
from storybank.domain.clearance import ClearedQuote
from storybank.domain.export import Order, Passage
from storybank.words import Words

_WIDTH = 9972
"""Between the margins, in twentieths of a point."""
_COLUMNS = 3
_MOST_OTHERS = 48
_SOURCE_COLUMNS = (1250, 1800, 2400, 2250, 2272)


@dataclass(frozen=True, slots=True)
class Sources:
    """Sets the sources of a brief."""

    document: Document
    order: Order
    language: str
    printed: Sequence[Passage]
    numbers: Iterator[int]
    """For bookmarks, which must differ within a document."""

    @property
    def words(self) -> Words:
        return Words(self.language)

    def set(self) -> None:
        """List every printed quote with its recording's date and its times; the others follow in a grid."""
        words = self.words
        self.document.add_paragraph(tidy(words("Sources"), self.language), style="Heading 2")
        title = words("Voices of Social Prescribing, recorded reflections. Used with permission.")
        self.document.add_paragraph(tidy(title, self.language), style="Caption")
        printed = sorted(self.printed, key=lambda passage: passage.cleared.quote.code)
        header = [words("Quote"), words("Reflection"), words("Recorded"), words("Times"), words("Valid")]
        rows = [self._source(passage.cleared) for passage in printed]
        table = word.table(self.document, title, header, rows, _SOURCE_COLUMNS)
        for row, passage in zip(table.rows[1:], printed, strict=True):
            code, paragraph = passage.cleared.quote.code, row.cells[0].paragraphs[0]
            word.link(paragraph, code, word.quote_mark(code))
            word.bookmark(paragraph, word.source_mark(code), next(self.numbers))
        others = [passage for passage in self.order.passages if passage not in self.printed]
        if others:
            self._others(sorted((passage.cleared for passage in others), key=lambda cleared: cleared.quote.code))
        self._teachings()
        for one in labels(self.printed):
            self._label(one)

    def _source(self, cleared: ClearedQuote) -> list[str]:
        words, until, recorded = self.words, cleared.permission.until, cleared.story.recorded_on
        kind = words("video") if cleared.recording.facts.video else words("audio")
        return [
            "",
            f"{clean(cleared.story.code)}, {kind}",
            day(recorded, self.language) if recorded else words("not noted"),
            span(cleared.quote.start_ms, cleared.quote.end_ms),
            tidy(words("until {day}", day=day(until, self.language)) if until else words("until withdrawn"),
                 self.language),
        ]

    def _others(self, others: Sequence[ClearedQuote]) -> None:
        words = self.words
        intro = self._small()
        intro.paragraph_format.keep_with_next = True
        intro.paragraph_format.space_before = Pt(8)
        self._say(intro, words("Also cleared for this use, not printed for lack of room:"))
        grid = self._small()
        for number in range(1, _COLUMNS):
            grid.paragraph_format.tab_stops.add_tab_stop(Twips(_WIDTH * number // _COLUMNS))
        for number, cleared in enumerate(others[:_MOST_OTHERS]):
            ends = number + 1 == len(others[:_MOST_OTHERS])
            run = grid.add_run(f"{cleared.quote.code}{NBSP} {span(cleared.quote.start_ms, cleared.quote.end_ms)}")
            if not ends and (number + 1) % _COLUMNS == 0:
                run.add_break()
            elif not ends:
                run.add_tab()
        if len(others) > _MOST_OTHERS:
            more = len(others) - _MOST_OTHERS
            self._say(self._small(), words.many("and {n} more in the library", "and {n} more in the library", more))

    def _teachings(self) -> None:
        """Cite what Elders and Knowledge Keepers taught, and on which day they shared it."""
        for cited, codes in teachings(self.printed, self.language, self.order.codebook):
            paragraph = self._small()
            paragraph.add_run(f"{listed_codes(codes)}.").bold = True
            paragraph.add_run(f" {cited}")

    def _label(self, one: Labelled) -> None:
        """Set a community's label or notice exactly as it was written, and which quotes it stands beside."""
        label = one.label
        paragraph = self._small()
        paragraph.paragraph_format.space_before = Pt(6)
        word.verbatim(paragraph, label.name, label.language).bold = True
        lead = self.words("Community notice for {quotes}", quotes=listed_codes(one.quotes)) if label.is_notice \
            else self.words("Community label for {quotes}", quotes=listed_codes(one.quotes))
        paragraph.add_run(f"{f' {NBSP}·{NBSP} ' if label.name else ''}{tidy(lead, self.language)}")
        for text in filter(None, (label.text, label.uri)):
            paragraph.add_run().add_break()
            word.verbatim(paragraph, text, label.language)

    def _small(self) -> Paragraph:
        return self.document.add_paragraph(style="SB Small")

    def _say(self, paragraph: Paragraph, text: str) -> None:
        paragraph.add_run(tidy(text, self.language))
