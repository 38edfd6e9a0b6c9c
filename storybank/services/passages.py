"""Passages: a cleared quote's words in time, and where its clip may begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storybank.domain.captions import captions
from storybank.domain.clearance import Circle, ClearedQuote
from storybank.domain.clip import kept_clear, with_breath
from storybank.domain.codebook import CodeKind
from storybank.domain.editing import timed_words
from storybank.domain.export import Passage
from storybank.domain.quote import Quote
from storybank.domain.recording import Recording
from storybank.domain.restriction import REDACTED, UNSURE_MS, Restriction, surely_within, without
from storybank.domain.transcript import Line, Span, Word
from storybank.errors import StorybankError
from storybank.ports import UnitOfWork
from storybank.services.circles import circle_of
from storybank.services.quoting import words_between


class Passages:
    """What exporters need of quotes, read within one unit of work: each story and each transcript only once."""

    def __init__(self, work: UnitOfWork) -> None:
        self._work = work
        self._circles: dict[str, Circle] = {}
        self._lines: dict[str, list[Line]] = {}

    def circle(self, story_id: str) -> Circle:
        """Return everyone a story needs to ask."""
        if story_id not in self._circles:
            self._circles[story_id] = circle_of(self._work, story_id)
        return self._circles[story_id]

    def free_text(self, quote: Quote) -> str:
        """Return a quote's words without those that may not go out."""
        restrictions = _of_recording(self.circle(quote.story_id), quote)
        if not restrictions:
            return quote.text
        return " ".join(word.text for word in _free(self._said(quote), quote, restrictions))

    def of(self, cleared: ClearedQuote) -> Passage:
        """Return a cleared quote with everything an exporter needs besides."""
        quote = self._work.quotes.get(cleared.quote.id)
        circle, lines = self.circle(quote.story_id), self._said(quote)
        words = _free(lines, quote, _of_recording(circle, quote))
        said = Span(quote.start_ms, quote.end_ms)
        quiet = _silence_around(lines, quote, cleared.recording)
        clip = with_breath(said, kept_clear(quiet, said, _closed(circle, quote)))
        blocks = tuple(code for code in self._work.codebook.codes(CodeKind.BLOCK) if code.key in quote.codes)
        resting = tuple(consent for consent in circle.consents if consent.code in cleared.permission.consents)
        proofs = tuple(proof.sha256 for consent in resting for proof in consent.evidence)
        cues = captions(words, clip.start_ms, clip_end_ms=clip.end_ms)
        return Passage(cleared, tuple(words), clip, cues, blocks, proofs, resting)

    def _said(self, quote: Quote) -> list[Line]:
        if quote.recording_id not in self._lines:
            self._lines[quote.recording_id] = self._work.transcripts.lines(quote.recording_id)
        return self._lines[quote.recording_id]


def without_restricted(line: Line, restrictions: Sequence[Restriction]) -> Line:
    """Return a line without the words that may not go out."""
    said = timed_words(line)
    words = without(said, restrictions)
    if tuple(words) == said:
        return line
    return replace(line, text=" ".join(word.text for word in words), words=tuple(words))


def _of_recording(circle: Circle, quote: Quote) -> list[Restriction]:
    """Return what is restricted anywhere in a quote's recording: some of its words may lie elsewhere than it seems."""
    return [one for one in circle.restrictions if one.recording_id == quote.recording_id]


def _free(lines: Sequence[Line], quote: Quote, restrictions: Sequence[Restriction]) -> list[Word]:
    """Return the words that may go out, in time; none where it is not known any more when each of them was said."""
    words = _as_said(lines, quote)
    if words is not None:
        return without(words, restrictions)
    where = _surely_said_within(lines, quote)
    if any(one.silences and one.touches(where.start_ms, where.end_ms) for one in restrictions):
        return [Word(REDACTED, quote.start_ms, quote.end_ms)]
    return _spread(quote)


def _surely_said_within(lines: Sequence[Line], quote: Quote) -> Span:
    """Return the stretch that surely holds a quote whose text was changed since, judged by the words at its place."""
    try:
        spans = surely_within(words_between(lines, quote.anchor))
    except StorybankError:
        return Span(quote.start_ms - UNSURE_MS, quote.end_ms + UNSURE_MS)
    return Span(min([quote.start_ms, *(span.start_ms for span in spans)]),
                max([quote.end_ms, *(span.end_ms for span in spans)]))


def _as_said(lines: Sequence[Line], quote: Quote) -> list[Word] | None:
    """Return the quote's words with their times; None where its text was changed since."""
    try:
        words = words_between(lines, quote.anchor)
    except StorybankError:
        return None
    return list(words) if " ".join(word.text for word in words) == quote.text else None


def _spread(quote: Quote) -> list[Word]:
    """Return the words of the snapshot, evenly over its own span."""
    texts, span = quote.text.split(), quote.end_ms - quote.start_ms
    return [
        Word(text, quote.start_ms + span * i // len(texts), quote.start_ms + span * (i + 1) // len(texts))
        for i, text in enumerate(texts)
    ]


def _silence_around(lines: Sequence[Line], quote: Quote, recording: Recording) -> Span:
    """Return the stretch around a quote in which nothing else is said."""
    words = [word for line in lines for word in line.words]
    before = max((word.end_ms for word in words if word.end_ms <= quote.start_ms), default=0)
    after = min((word.start_ms for word in words if word.start_ms >= quote.end_ms),
                default=recording.facts.duration_ms)
    return Span(before, after)


def _closed(circle: Circle, quote: Quote) -> list[Span]:
    """Return what the breath of a clip may not enter: what is restricted, and people who were not asked."""
    asked = circle.in_quote(quote)
    others = [
        span for one in circle.story.participants if one.contributor_id not in asked and one.is_in_it
        and one.recording_id in ("", quote.recording_id) for span in one.spans
    ]  # fmt: skip
    return [*others, *(
        Span(r.start_ms, r.end_ms) for r in circle.restrictions if r.recording_id == quote.recording_id
    )]  # fmt: skip
