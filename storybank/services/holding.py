"""Holding: how quotes stand on the transcripts of today, and what people do about those that changed or were lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from storybank.domain.events import QuoteReworded
from storybank.domain.holding import Ground, same_words
from storybank.domain.integrity import faults_of
from storybank.domain.quote import Anchor, Hold, Quote
from storybank.domain.wordwise import Piece, pieces
from storybank.errors import Invalid, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.anchoring import move_quotes, speaker_of
from storybank.services.edits import Edit
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Stood:
    """A quote, and how it stands on the transcript of today."""

    quote: Quote
    hold: Hold
    now: str
    """What is read at its place; empty where that is lost."""
    difference: tuple[Piece, ...]
    """The words that were quoted beside those that stand there now; empty where it holds, or is lost."""


class Holding:
    """Everything one can do to see that quotes hold. A quote never changes its words by itself."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def standing(self, story_id: str | None = None) -> list[Stood]:
        """Return how a story's quotes, or all of them, stand today, each read at its place in the transcript."""
        with self._open_work() as work:
            quotes = work.quotes.of_story(story_id) if story_id else work.quotes.all()
            return [stood for _, stood, _ in _read(work, quotes)]

    def of(self, quote_id: str) -> Stood:
        """Return how one quote stands."""
        with self._open_work() as work:
            (_, stood, _), = _read(work, [work.quotes.find(quote_id)])
            return stood

    def check(self) -> list[Stood]:
        """Return the quotes that do not read today as they were quoted, or of which something else is on file."""
        return [one for one in self.standing() if one.hold is not Hold.HOLDS or one.hold is not one.quote.hold]

    def mend(self) -> list[Stood]:
        """Look for the words of every quote that does not read as it did, as after a new transcript; return those."""
        with self._open_work() as work:
            found = [one for one in _read(work, work.quotes.all())
                     if one[1].hold is not Hold.HOLDS or one[0].hold is not Hold.HOLDS]
            for recording_id in dict.fromkeys(quote.recording_id for quote, _, _ in found):
                wanted = {quote.id for quote, _, _ in found}
                move_quotes(work, recording_id, work.transcripts.lines(recording_id), only=wanted)
            for quote, _, _ in found:
                if work.quotes.get(quote.id) != quote:
                    work.record(QuoteReworded(quote.id, quote.story_id))
            work.commit()
        return [self.of(quote.id) for quote, _, _ in found]

    def accept(self, quote_id: str) -> Edit:
        """Plan to let a quote read as its words stand now, with their times; `taken_back` tells what goes with it."""
        with self._open_work() as work:
            quote = work.quotes.find(quote_id)
            (_, stood, ground), = _read(work, [quote])
        if stood.hold is Hold.LOST:
            raise Refused(say("The words of quote {code} are not in the transcript any more.", code=quote.code),
                          hint=say("Select the words it should stand on, and put it there."))
        if stood.hold is Hold.HOLDS:
            raise Refused(say("Quote {code} reads as the transcript does.", code=quote.code))
        there = ground.read(quote.anchor)
        assert there is not None
        before, after = ground.around(quote.anchor)
        start = there.words[0].start_ms
        now = replace(quote, text=there.text, start_ms=start, end_ms=max(there.words[-1].end_ms, start + 1),
                      before=before, after=after, hold=Hold.HOLDS)
        return self._edit(say("Take the words as they are now"), quote, _fitting(now, quote))

    def place(self, quote_id: str, anchor: Anchor) -> Edit:
        """Plan to put a quote on words that somebody chose. It reads as it was quoted; their times become its own."""
        with self._open_work() as work:
            quote = work.quotes.find(quote_id)
            lines = work.transcripts.lines(quote.recording_id)
        ground = Ground(lines)
        there = ground.read(anchor)
        if there is None:
            raise Invalid(say("These words are not in the transcript of this quote's recording."),
                          hint=say("Select words of the transcript that people see."))
        line = next(line for line in lines if line.id == anchor.first_line_id)
        before, after = ground.around(anchor)
        start = there.words[0].start_ms
        hold = Hold.HOLDS if same_words(there.text, quote.text) else Hold.CHANGED
        now = replace(quote, anchor=anchor, hold=hold, start_ms=start, end_ms=max(there.words[-1].end_ms, start + 1),
                      before=before, after=after, speaker_id=speaker_of(quote, line))
        return self._edit(say("Put quote on words"), quote, now)

    def taken_back(self, quote_id: str) -> list[Sentence]:
        """Return what does not fit a quote any more once its words are taken as they are now."""
        stood = self.of(quote_id)
        quote, told = stood.quote, []
        if stood.hold is Hold.CHANGED and quote.wording and faults_of(stood.now, quote.wording):
            told.append(say("The shortened wording does not fit the new words, so it goes."))
        if stood.hold is Hold.CHANGED and quote.translations:
            told.append(say("Translations of the old words go."))
        return told

    def _edit(self, label: Sentence, before: Quote, after: Quote) -> Edit:
        return Edit(label, partial(self._keep, after), partial(self._keep, before))

    def _keep(self, wanted: Quote) -> None:
        """Let a quote stand and read as wanted; its codes and its star stay as they are."""
        with self._open_work() as work:
            there = work.quotes.get(wanted.id)
            work.quotes.save(replace(wanted, codes=there.codes, important=there.important))
            work.record(QuoteReworded(wanted.id, wanted.story_id))
            work.commit()


def _fitting(now: Quote, before: Quote) -> Quote:
    """Return a quote of new words without the wording and the translations that were made of the old ones."""
    fits = not now.wording or not faults_of(now.text, now.wording)
    same = now.text == before.text
    return replace(now, wording=now.wording if fits else "", translations=now.translations if same else ())


def _read(work: UnitOfWork, quotes: Iterable[Quote]) -> Iterator[tuple[Quote, Stood, Ground]]:
    """Yield quotes with how they stand, and the words of their recording; each transcript is read once."""
    for recording_id, own in groupby(sorted(quotes, key=lambda quote: quote.recording_id),
                                     key=lambda quote: quote.recording_id):
        ground = Ground(work.transcripts.lines(recording_id))
        for quote in own:
            yield quote, _stood(quote, ground), ground


def _stood(quote: Quote, ground: Ground) -> Stood:
    there = ground.read(quote.anchor)
    if there is None:
        return Stood(quote, Hold.LOST, "", ())
    if same_words(there.text, quote.text):
        return Stood(quote, Hold.HOLDS, there.text, ())
    if quote.hold is Hold.LOST:
        return Stood(quote, Hold.LOST, "", ())
    return Stood(quote, Hold.CHANGED, there.text, pieces(quote.text, there.text))
