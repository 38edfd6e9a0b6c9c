"""A library on disk for the tests of this room, and a few hands to furnish it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from storybank.domain import names
from storybank.domain.quote import Anchor, Quote
from storybank.domain.recording import AudioFacts, MediaFacts, Recording, VideoFacts
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Chunk, RunState, Segment, TranscriptRun
from storybank.persistence.work import SqlWork
from tests.build import a_person, some_words

FACTS = MediaFacts("mp4", 60_000, VideoFacts("h264", 1280, 720, 25.0), AudioFacts("aac", 2, 48_000))


def noon():
    return datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Calm:
    """A ticket nobody stops; it remembers what it was told."""

    def __init__(self):
        self.told = []

    def report(self, fraction, note=""):
        self.told.append(fraction)

    def check(self):
        """Go on."""


class Shelf:
    """An open library with short ways to put things on it."""

    def __init__(self, library):
        self.library = library
        self.told = []
        self.work = partial(SqlWork, library, self.told.append, noon)

    def story(self, *said, slug="amina", person="Amina Diallo", language="en", chunk=None, **about):
        """Put a person, a story, a recording and a finished transcript of these lines on the shelf."""
        with self.work() as work:
            contributor = replace(a_person(id=f"p-{slug}", name=person, code=work.next_code("person")), **about)
            work.contributors.save(contributor)
            work.stories.save(Story(f"s-{slug}", work.next_code("story"), slug.title(), slug, language,
                                    (Participant(contributor.id),)))
            work.recordings.save(a_take(f"r-{slug}", work.next_code("recording"), f"s-{slug}"))
            run = a_run(f"t-{slug}", f"r-{slug}", RunState.DONE)
            work.transcripts.save_run(run)
            work.transcripts.journal(run.id, chunk or a_stretch(0, *said, language=language))
            work.commit()
        return f"r-{slug}"

    def lines(self, recording_id):
        with self.work() as work:
            return work.transcripts.lines(recording_id)

    def quote(self, recording_id, number, *codes, words=slice(None), **about):
        """Make a quote of a line's words."""
        line = self.lines(recording_id)[number]
        span = line.words[words]
        first, last = line.words.index(span[0]), line.words.index(span[-1])
        with self.work() as work:
            quote = Quote(names.new_id(), work.next_code("quote"), recording_id.replace("r-", "s-", 1), recording_id,
                          " ".join(w.text for w in span), span[0].start_ms, span[-1].end_ms, line.language,
                          Anchor(line.id, first, line.id, last), frozenset(codes))
            quote = replace(quote, **about)
            work.quotes.save(quote)
            work.commit()
        return quote


def a_take(id="r1", code="R-0001", story_id="s1", **about):
    """Return a recording whose hash tells it from others."""
    sha256 = hashlib.sha256(id.encode()).hexdigest()
    return replace(Recording(id, code, story_id, "film.mp4", sha256, 1000, FACTS, f"media/{sha256[:2]}/{sha256}.mp4"),
                   **about)


def a_run(id="t1", recording_id="r1", state=RunState.RUNNING, **about):
    return replace(TranscriptRun(id, recording_id, "scripted", "1", "small", None, state), **about)


def a_stretch(index, *said, language="en", begin=0):
    """Return a chunk of these sentences, one second after the other."""
    segments, at = [], begin
    for sentence in said:
        words = some_words(sentence, at)
        end = words[-1].end_ms if words else at + 100
        segments.append(Segment(at, end, sentence, words, -0.25, 0.01, 1.5, 0.0))
        at = end + 1000
    return Chunk(index, begin, at, tuple(segments), language)
