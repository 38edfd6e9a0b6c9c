"""Merging quotes: the passages of a project found among our quotes, or put beside them, with whoever coded them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from storybank.domain.coding import Coding
from storybank.domain.events import QuoteMade, QuoteRetagged
from storybank.domain.project import (
    Case,
    Project,
    ProjectTranscript,
    Selection,
    Source,
    guid_of,
)
from storybank.domain.quote import Anchor, Quote
from storybank.domain.sounding import Placed, Places
from storybank.domain.taken import Book
from storybank.ports import UnitOfWork
from storybank.services.merging_codes import MergingCoders, MergingCodes
from storybank.services.merging_stories import Found, MergingStories, selections_of
from storybank.services.quoting import around, words_between
from storybank.words import say

_NEAR_MS = 50


class MergingQuotes:
    """Puts passages and their codings beside ours; each quote is found by its identifier, or by its place."""

    def __init__(self, work: UnitOfWork, project: Project, book: Book, codes: MergingCodes,
                 coders: MergingCoders) -> None:
        self._work, self._project, self._book = work, project, book
        self._codes, self._coders = codes, coders
        self._claimed = {one.id for source in project.sources
                         for some in (source.selections, *(text.selections for text in source.transcripts))
                         for one in some}
        self._quotes = {guid_of(quote.id): quote for quote in work.quotes.all()}
        self._standing: dict[tuple[str, Anchor], Quote] = {}
        self._said: defaultdict[tuple[str, int], list[Quote]] = defaultdict(list)
        for key, quote in self._quotes.items():
            if key not in self._claimed:
                self._standing.setdefault((quote.recording_id, quote.anchor), quote)
                self._said[quote.recording_id, quote.start_ms // _NEAR_MS].append(quote)
        self._codings: defaultdict[str, list[Coding]] = defaultdict(list)
        for coding in work.codings.all():
            self._codings[coding.quote_id].append(coding)
        self._coding_ids = {guid_of(one.id) for some in self._codings.values() for one in some}
        self._speakers = _speakers(project.cases)
        self._new: list[Quote] = []
        self._given: list[Coding] = []
        self.became: dict[str, str] = {}
        """The quote that each passage is here."""

    def merge(self, source: Source, found: Found, stories: MergingStories) -> None:
        """Put the passages of a source beside ours."""
        for text, passages in _by_text(selections_of(source, found)):
            placing = _Placing(found, text)
            for one in passages:
                anchor = placing.anchor(one)
                if anchor is None:
                    self._book.tally.add("Selection", say("There are no words here for them to stand on."), one.name)
                    continue
                self._merge_one(one, anchor, found, source, stories)
        self._write()

    def _write(self) -> None:
        """Put what is new of a source on file, all at once."""
        if self._new:
            codes = self._work.next_codes("quote", len(self._new))
            self._work.quotes.add([replace(one, code=code) for one, code in zip(self._new, codes, strict=True)])
        self._work.codings.add(self._given)
        self._new, self._given = [], []

    def _merge_one(self, one: Selection, anchor: Anchor, found: Found, source: Source,
                   stories: MergingStories) -> None:
        quote = self._quotes.get(one.id) or self._at(one, anchor, found.recording_id, timed=source.timed)
        is_new = quote is None
        if quote is None:
            quote = self._made(one, anchor, found, source, stories)
        self.became[one.id] = quote.id
        own = self._codings[quote.id]
        added = self._new_codings(one, quote.id, own)
        if not is_new and not added:
            return
        own += added
        codes = frozenset(coding.code for coding in own)
        if is_new:
            self._new.append(quote)
            self._book.counts.quotes += 1
        self._given += added
        self._quotes[one.id] = replace(quote, codes=codes)
        self._work.record((QuoteMade if is_new else QuoteRetagged)(quote.id, quote.story_id))

    def _new_codings(self, one: Selection, quote_id: str, own: Sequence[Coding]) -> list[Coding]:
        given = {(coding.code, coding.coder_id) for coding in own}
        added: list[Coding] = []
        for coding in one.codings:
            key = self._codes.key(coding.code)
            if not key or coding.id in self._coding_ids:
                continue
            coder = self._coders.coder(coding.user)
            if (key, coder) in given:
                continue
            given.add((key, coder))
            at = coding.at or ("" if self._project.is_ours else one.at or self._project.at)
            added.append(Coding(coding.id, quote_id, key, coder, at))
            self._coding_ids.add(coding.id)
        self._book.counts.codings += len(added)
        return added

    def _at(self, one: Selection, anchor: Anchor, recording_id: str, *, timed: bool) -> Quote | None:
        """Return the quote of ours that stands at the same place."""
        if (standing := self._standing.get((recording_id, anchor))) or not timed:
            return standing
        bucket = one.start_ms // _NEAR_MS
        for quote in (quote for near in (-1, 0, 1) for quote in self._said.get((recording_id, bucket + near), ())):
            if abs(quote.start_ms - one.start_ms) <= _NEAR_MS and abs(quote.end_ms - one.end_ms) <= _NEAR_MS:
                return quote
        return None

    def _made(self, one: Selection, anchor: Anchor, found: Found, source: Source, stories: MergingStories) -> Quote:
        words = words_between(found.lines, anchor)
        before, after = around(found.lines, anchor)
        line = next(line for line in found.lines if line.id == anchor.first_line_id)
        begins, ends = words[0].start_ms, words[-1].end_ms
        if source.timed:
            begins, ends = one.start_ms, one.end_ms
        speaker = self._speakers.get(one.id)
        story = stories.story(found.story_id)
        alone = [p.contributor_id for p in story.participants if p.speaks]
        person = stories.person(speaker) if speaker else ""
        who = person or line.speaker_id or (alone[0] if len(alone) == 1 else None)
        coder = self._coders.coder(one.user) if one.user else ""
        return Quote(one.id, "", found.story_id, found.recording_id,
                     " ".join(word.text for word in words), begins, max(ends, begins + 1),
                     line.language or story.language, anchor, frozenset(), who, before=before, after=after,
                     made_by=coder, made_at=one.at or ("" if self._project.is_ours else self._project.at))


class _Placing:
    """Finds the words of ours on which a passage of a project stands."""

    def __init__(self, found: Found, text: ProjectTranscript | None) -> None:
        self._lines = found.lines
        spoken = next((placed for one, placed in found.spoken if one is text), ())
        self._given = Places(spoken)
        self._ours = [(line.id, word) for line in found.lines for word in range(len(line.words))]
        self._middles = [word.middle_ms for line in found.lines for word in line.words]
        self._numbers = self._same_words(spoken)

    def _same_words(self, spoken: Sequence[Placed]) -> dict[tuple[int, int], int] | None:
        """Return the number of each of the project's words among ours; None where they are not the same words."""
        given = [(line, word) for line, one in enumerate(spoken) for word in range(len(one.places))]
        theirs = [word.text for one in spoken for word in one.segment.words]
        ours = [word.text for line in self._lines for word in line.words]
        return {place: number for number, place in enumerate(given)} if theirs == ours else None

    def anchor(self, one: Selection) -> Anchor | None:
        """Return where a passage stands here: on the same words, or on those said at its moments."""
        if not self._ours:
            return None
        if self._numbers is not None and one.start is not None and one.end is not None:
            ends = self._given.of_text(one.start, one.end)
            if ends:
                first, last = (self._ours[self._numbers[place]] for place in ends)
                return Anchor(*first, *last)
        earliest = min(bisect_left(self._middles, one.start_ms), len(self._ours) - 1)
        latest = max(earliest, bisect_right(self._middles, one.end_ms) - 1)
        return Anchor(*self._ours[earliest], *self._ours[latest])


def _by_text(every: Sequence[tuple[Selection, ProjectTranscript | None]]
             ) -> list[tuple[ProjectTranscript | None, list[Selection]]]:
    groups: dict[int, tuple[ProjectTranscript | None, list[Selection]]] = {}
    for one, text in every:
        groups.setdefault(id(text), (text, []))[1].append(one)
    return list(groups.values())


def _speakers(cases: Sequence[Case]) -> dict[str, Case]:
    """Return who says each passage: the one case that refers to it."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for one in case.selections:
            found[one].append(case)
    return {one: own[0] for one, own in found.items() if len(own) == 1}
