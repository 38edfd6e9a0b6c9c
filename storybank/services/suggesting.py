"""Suggesting: codes for a passage that somebody is about to tag, with the reasons; nothing is ever tagged by itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Collection, Sequence
from datetime import date

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.lexicon import Lexicon, Said, said
from storybank.domain.permission import Permission
from storybank.domain.quote import Anchor, Quote
from storybank.domain.reasons import put_away
from storybank.domain.suggestion import MOST, NEAR_MS, NEIGHBOURS, Nearby, Similar, Suggestion, ranked
from storybank.domain.tagged import TaggedQuotes, Tagging
from storybank.domain.transcript import Line
from storybank.domain.use import Act
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.blinding import blind_coder
from storybank.services.circles import circles_of, may_be_processed, processing
from storybank.services.quoting import words_between
from storybank.services.stepping import Author

LATELY = 5
"""How many codes count as used lately."""

_OF_QUOTES = {"QuoteMade", "QuoteRetagged", "QuoteRemoved"}
_CHANGES_NOTHING = {
    "TranscriptStarted", "TranscriptGrew", "TranscriptEnded", "TranscriptShown", "GlossaryChanged", "QueueChanged",
    "RecordingFound", "ExportMade", "EvidenceViewed", "ExportChanged", "MemoChanged", "SearchSaved",
}  # fmt: skip
"""What happens without any quote, code or consent being another."""


class Suggesting:
    """Reads the quotes that are tagged already, and the codebook, and says what they point to."""

    def __init__(self, open_work: OpenWork, today: Today, author: Author = str,
                 wanted: Callable[[], bool] = lambda: True) -> None:
        """`author` tells who sits here, who may be blind to the others; `wanted` whether they want suggestions."""
        self._open_work = open_work
        self._today = today
        self._author = author
        self._wanted = wanted
        self._known = _Known()
        self._one_at_a_time = threading.Lock()

    def for_words(self, recording_id: str, anchor: Anchor, most: int = MOST,
                  kinds: Collection[CodeKind] = tuple(CodeKind)) -> tuple[Suggestion, ...]:
        """Return the codes to suggest for words of a recording, the likeliest first; none where it is not allowed."""
        with self._open_work() as work:
            story_id = work.recordings.get(recording_id).story_id
            if not self._may(work, story_id):
                return ()
            lines = _lines(work, recording_id, anchor)
            words = words_between(lines, anchor)
            text, language = " ".join(word.text for word in words), lines[0].language
            language = language or work.stories.get(story_id).language
            end = max(words[-1].end_ms, words[0].start_ms)
            passage = _Passage(said(text, language), language, recording_id, words[0].start_ms, end)
            voiced = lines[0].speaker_id or _first_speaker(work, story_id)
            without = {CodeKind.STAKEHOLDER} if voiced and work.contributors.get(voiced).stakeholder else set()
            return self._suggested(work, passage, frozenset(), set(kinds) - without, most)

    def for_quote(self, quote_id: str, most: int = MOST,
                  kinds: Collection[CodeKind] = tuple(CodeKind)) -> tuple[Suggestion, ...]:
        """Return the codes to suggest for a quote beside those it has, the likeliest first."""
        with self._open_work() as work:
            quote = work.quotes.find(quote_id)
            if not self._may(work, quote.story_id):
                return ()
            coder = blind_coder(work, self._author())
            own = {one.code for one in work.codings.of_quote(quote.id) if coder is None or one.coder_id == coder.id}
            known = {code.key: code.kind for code in work.codebook.codes()}
            without = {CodeKind.STAKEHOLDER} if CodeKind.STAKEHOLDER in map(known.get, own) else set()
            passage = _Passage(said(quote.text, quote.language), quote.language, quote.recording_id, quote.start_ms,
                               quote.end_ms, quote.id)
            return self._suggested(work, passage, frozenset(own), set(kinds) - without, most)

    def permission(self, recording_id: str) -> Permission:
        """Return whether the people of a recording let a machine suggest codes, with the reasons."""
        with self._open_work() as work:
            story_id = work.recordings.get(recording_id).story_id
            return may_be_processed(work, story_id, Act.ANALYSE, self._today())

    @property
    def wanted(self) -> bool:
        """Tell whether whoever sits here wants suggestions at all."""
        return self._wanted()

    def _may(self, work: UnitOfWork, story_id: str) -> bool:
        return self._wanted() and may_be_processed(work, story_id, Act.ANALYSE, self._today()).allowed

    def _suggested(self, work: UnitOfWork, passage: _Passage, has: Collection[str], kinds: Collection[CodeKind],
                   most: int) -> tuple[Suggestion, ...]:
        coder = blind_coder(work, self._author())
        viewer = coder.id if coder else ""
        with self._one_at_a_time:
            known = self._known
            known.refresh(work, self._today())
            offered = [code.key for code in known.codes if code.codable and code.kind in kinds and code.key not in has]
            named = known.lexicon.named(passage.words, passage.language, known.quotes.rarity)
            alike = known.quotes.nearest(passage.words, NEIGHBOURS, passage.quote_id)
            similar = [Similar(cosine, quote.codes_for(viewer)) for quote, cosine in alike if quote.codes_for(viewer)]
            return ranked(offered, named, similar, known.nearby(passage, viewer), known.lately(viewer), most)


class _Passage:
    """The words to be tagged, and where they are said."""

    def __init__(self, words: Sequence[Said], language: str, recording_id: str, start_ms: int, end_ms: int,
                 quote_id: str = "") -> None:
        self.words, self.language, self.recording_id = words, language, recording_id
        self.start_ms, self.end_ms, self.quote_id = start_ms, end_ms, quote_id


class _Known:
    """What was read of the library, kept up with what happens to it; quotes of people who said no are not in it."""

    def __init__(self) -> None:
        self.quotes, self.lexicon = TaggedQuotes(), Lexicon(())
        self.codes: list[Code] = []
        self._last: dict[tuple[str, str], str] = {}
        """When each coder gave each code last."""
        self._read: tuple[int, date] | None = None
        self._open_stories: frozenset[str] = frozenset()

    def refresh(self, work: UnitOfWork, today: date) -> None:
        """Read what changed since the last time: a quote or two, or everything where more than that happened."""
        news = work.history()
        latest = news[0].seq if news else 0
        if self._read is None or self._read[1] != today or not news or news[-1].seq > self._read[0] + 1:
            self._read_all(work, today)
        else:
            happened = [line for line in news if line.seq > self._read[0] and line.event not in _CHANGES_NOTHING]
            if all(line.event in _OF_QUOTES for line in happened):
                self._read_some(work, [json.loads(line.details) for line in happened])
            else:
                self._read_all(work, today)
        self._read = latest, today

    def nearby(self, passage: _Passage, viewer: str) -> list[Nearby]:
        """Return the quotes around a passage, with the codes that somebody sees of them."""
        found = []
        for quote in self.quotes.of_recording(passage.recording_id):
            gap = max(quote.start_ms - passage.end_ms, passage.start_ms - quote.end_ms, 0)
            codes = quote.codes_for(viewer)
            if codes and gap <= NEAR_MS and quote.quote_id != passage.quote_id:
                found.append(Nearby(gap, codes))
        return found

    def lately(self, viewer: str) -> list[str]:
        """Return the codes that were given last, as somebody sees them."""
        given = sorted(((at, key) for (key, coder), at in self._last.items() if viewer in ("", coder)), reverse=True)
        return list(dict.fromkeys(key for _at, key in given))[:LATELY]

    def _read_all(self, work: UnitOfWork, today: date) -> None:
        self.codes = work.codebook.codes()
        self.lexicon = Lexicon(code for code in self.codes if code.codable)
        self._open_stories = frozenset(
            circle.story.id for circle in circles_of(work)
            if not put_away(circle.story) and processing(circle, Act.ANALYSE, today).allowed
        )
        given: dict[str, list[tuple[str, str, str]]] = {}
        for one in work.codings.all():
            given.setdefault(one.quote_id, []).append((one.code, one.coder_id, one.at))
        self.quotes, self._last = TaggedQuotes(), {}
        for quote in work.quotes.all():
            if quote.story_id in self._open_stories:
                self._put(quote, given.get(quote.id, []))

    def _read_some(self, work: UnitOfWork, happened: Sequence[dict[str, str]]) -> None:
        stories = {one["story_id"] for one in happened} & self._open_stories
        for story_id in stories:
            wanted = {one["quote_id"] for one in happened}
            there = {quote.id: quote for quote in work.quotes.of_story(story_id) if quote.id in wanted}
            for quote_id in wanted - set(there):
                self.quotes.remove(quote_id)
            for quote in there.values():
                codings = work.codings.of_quote(quote.id)
                self._put(quote, [(one.code, one.coder_id, one.at) for one in codings])

    def _put(self, quote: Quote, codes: Sequence[tuple[str, str, str]]) -> None:
        tagging = Tagging(quote.id, quote.recording_id, quote.start_ms, quote.end_ms, tuple(codes))
        self.quotes.put(tagging, said(quote.text, quote.language))
        for key, coder, at in codes:
            if at:
                self._last[key, coder] = max(at, self._last.get((key, coder), ""))


def _lines(work: UnitOfWork, recording_id: str, anchor: Anchor) -> list[Line]:
    """Return the lines that an anchor stands on; where it is one, that one alone is read."""
    if anchor.first_line_id == anchor.last_line_id:
        return [work.transcripts.line(anchor.first_line_id)]
    lines = work.transcripts.lines(recording_id)
    first = next((number for number, line in enumerate(lines) if line.id == anchor.first_line_id), 0)
    return lines[first:]


def _first_speaker(work: UnitOfWork, story_id: str) -> str | None:
    return next((one.contributor_id for one in work.stories.get(story_id).participants if one.speaks), None)
