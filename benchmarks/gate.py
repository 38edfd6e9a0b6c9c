"""The gate: asking for 100 000 quotes whether they may be used, beside reading them from the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

from sqlalchemy import insert, select

from benchmarks.figures import Figure, ratio, seconds, take_turns
from storybank.domain.attribution import Attribution
from storybank.domain.clearance import Gate
from storybank.domain.consent import Consent, ConsentEvent, ConsentState, Decision, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.recording import AudioFacts, MediaFacts, Recording
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import RunState, Span, TranscriptRun
from storybank.domain.use import Asked
from storybank.persistence import tables
from storybank.persistence.library import Library, create_library
from storybank.persistence.work import SqlWork
from storybank.ports import UnitOfWork
from storybank.services.circles import circles_of
from ui.wiring import now

STORIES, QUOTES_EACH, HOUR_MS = 250, 400, 3_600_000
"""Two people in every story, in every fourth one of them only for part of the time, with nine decisions each."""


def gate_beside_reading(folder: Path) -> Iterator[Figure]:
    """Measure the gate over every quote, with everything it needs fetched anew, beside reading quotes and bare rows."""
    with create_library(folder / "library", "Measured", now) as library:
        _furnish(library)
        work = partial(SqlWork, library, print, now)
        with work() as reading:
            quotes = reading.quotes.all()

        def ask() -> None:
            with work() as asking:
                gate = Gate(Asked((asking.codebook.use("website"),), date(2026, 3, 1), date(2026, 9, 1)))
                circles = {circle.story.id: circle for circle in circles_of(asking)}
            answers = [gate.of_quote(circles[quote.story_id], quote).allowed for quote in quotes]
            assert 0 < sum(answers) < len(answers) == STORIES * QUOTES_EACH

        def read() -> None:
            with work() as reading:
                assert len(reading.quotes.all()) == len(quotes)

        def read_rows() -> None:
            with library.engine.connect() as connection:
                assert len(connection.execute(select(tables.quotes)).all()) == len(quotes)

        beside = {"quotes": read, "bare rows": read_rows}
        for what, other in beside.items():
            ours, theirs = take_turns(partial(seconds, ask), partial(seconds, other), 5)
            yield ratio(f"gate {what}", f"gate over {len(quotes):,} quotes / reading the {what}", ours, theirs, 1.0)


def _furnish(library: Library) -> None:
    with SqlWork(library, print, now) as work:
        uses = [use.key for use in work.codebook.uses()]
        for number in range(STORIES):
            _add_story(work, number, uses)
        work.commit()
    with library.engine.connect() as connection, connection.begin():
        for number in range(STORIES):
            connection.execute(insert(tables.segments).values(_segment(number)))
            connection.execute(insert(tables.lines).values(_line(number)))
            connection.execute(insert(tables.quotes), [_quote(number, n) for n in range(QUOTES_EACH)])


def _add_story(work: UnitOfWork, number: int, uses: list[str]) -> None:
    people = [f"p{number}a", f"p{number}b"]
    for person in people:
        work.contributors.save(Contributor(person, f"P-{person}", f"Person {person}"))
        state = ConsentState.WITHDRAWN if number % 5 == 0 else ConsentState.GIVEN
        permits = tuple(Provision(Decision.PERMIT, use) for use in uses)
        work.consents.save(Consent(f"c{person}", f"C-{person}", person, Attribution.FULL_NAME, permits,
                                   (ConsentEvent(state, "2026-01-01T00:00:00+00:00"),), date(2026, 1, 1)))
    part = (Span(0, HOUR_MS // 4),) if number % 4 == 0 else ()
    here = (Participant(people[0]), Participant(people[1], spans=part))
    work.stories.save(Story(f"s{number}", f"S-{number}", f"Story {number}", f"story-{number}", "en", here))
    facts = MediaFacts("mp4", HOUR_MS, None, AudioFacts("aac", 2, 48_000))
    work.recordings.save(Recording(f"r{number}", f"R-{number}", f"s{number}", "a.m4a", f"{number:064}", 1, facts, "x"))
    run = TranscriptRun(f"t{number}", f"r{number}", "e", "m", "1", "en", RunState.DONE)
    work.transcripts.save_run(run)
    if number % 10 == 1:
        work.restrictions.save(Restriction(f"x{number}", f"r{number}", 0, 60_000, Treatment.MUTE))


def _segment(number: int) -> dict[str, object]:
    return {"id": number + 1, "run_id": f"t{number}", "position": 0, "chunk": 0, "start_ms": 0, "end_ms": HOUR_MS,
            "text": "We walk.", "average_log_probability": 0.0, "no_speech_probability": 0.0,
            "compression_ratio": 1.0, "temperature": 0.0}


def _line(number: int) -> dict[str, object]:
    return {"id": f"l{number}", "run_id": f"t{number}", "recording_id": f"r{number}", "segment_id": number + 1,
            "position": 0, "start_ms": 0, "end_ms": HOUR_MS, "text": "We walk.", "language": "en",
            "speaker_id": None, "revision": 0, "reviewed": False}


def _quote(number: int, n: int) -> dict[str, object]:
    start = n * (HOUR_MS // QUOTES_EACH)
    return {"id": f"q{number}-{n}", "code": f"Q-{number}-{n}", "story_id": f"s{number}", "recording_id": f"r{number}",
            "text": "Every Thursday we walk to the river, and nobody asks what is wrong with me.", "start_ms": start,
            "end_ms": start + 5000, "language": "en", "first_line_id": f"l{number}", "first_word": 0,
            "last_line_id": f"l{number}", "last_word": 1, "speaker_id": f"p{number}a", "important": False}
