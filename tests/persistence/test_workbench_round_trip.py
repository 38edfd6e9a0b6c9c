"""What the workbench keeps comes back as it was: runs, flags, speech, voices, terms, the queue, states of lines."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain import names
from storybank.domain.change import ChangeKind
from storybank.domain.flag import Flag
from storybank.domain.glossary import GlossaryEntry
from storybank.domain.queue import QueueEntry, QueueState
from storybank.domain.speech import Listening
from storybank.domain.transcript import Chunk, RunState, Segment, Span, TranscriptRun, Word
from storybank.domain.voice import Voice
from tests.persistence.test_round_trip import MS, REAL, SOME, SOME_TEXT, SPANS, TEXT, UUID, YES_NO, few, one_of

SPAN = st.builds(Span, MS, MS)
WORDS = few(st.builds(Word, TEXT, MS, MS, st.none() | REAL, YES_NO))
SIDE = st.sampled_from(["", "left", "right"])
SEGMENTS = few(st.builds(Segment, MS, MS, TEXT, WORDS, REAL, REAL, REAL, REAL, st.sampled_from(["", "fr"]), SIDE,
                         few(one_of(Flag))))  # fmt: skip
HOW = st.builds(Listening, SOME_TEXT, few(TEXT), st.integers(1, 9), YES_NO, st.integers(0, 64), few(TEXT), YES_NO)


def a_recording(shelf):
    """Put one story on the shelf, the first time it is asked for, and return its recording."""
    with shelf.work() as work:
        known = work.recordings.all()
    return known[0].id if known else shelf.story("We sing.")


@SOME
@given(st.builds(TranscriptRun, UUID, st.just("r-amina"), TEXT, TEXT, TEXT, SOME_TEXT, one_of(RunState), MS, MS, TEXT,
                 TEXT, TEXT, YES_NO, st.none() | SPAN, TEXT, MS), SEGMENTS, SPANS)  # fmt: skip
def test_a_run_with_flags_sides_and_speech(shelf, run, segments, speech):
    a_recording(shelf)
    with shelf.work() as work:
        work.transcripts.save_run(run)
        work.transcripts.journal(run.id, Chunk(0, 0, 1, segments, "en", speech))
        assert work.transcripts.run(run.id) == run
        assert work.transcripts.segments(run.id) == list(segments)
        assert work.transcripts.speech(run.id) == list(speech)
        lines = work.transcripts.lines_of(run.id)
        assert [(line.flags, bool(line.voice_id)) for line in lines] == [(s.flags, bool(s.voice)) for s in segments]


@SOME
@given(WORDS, TEXT, MS, MS, one_of(ChangeKind), TEXT, YES_NO, YES_NO, few(one_of(Flag)), REAL)
def test_every_state_of_a_line(shelf, words, text, start, end, kind, author, opens, gone, flags, position):
    a_recording(shelf)
    with shelf.work() as work:
        line = work.transcripts.lines_as_of("t-amina", 0)[0]
        fresh = replace(line, id=names.new_id(), words=words, text=text, start_ms=start, end_ms=end, gone=gone,
                        opens_paragraph=opens, flags=flags, position=position)
        change = work.transcripts.revise("t-amina", [fresh], author, kind)
        assert work.transcripts.line(fresh.id) == fresh
        assert work.transcripts.changes("t-amina")[-1] == change
        assert fresh in work.transcripts.lines_as_of("t-amina", change.number)


@SOME
@given(UUID, TEXT, TEXT, st.none() | st.just("p-amina"), SIDE)
def test_a_voice(shelf, voice_id, name, other, person, side):
    recording_id = a_recording(shelf)
    with shelf.work() as work:
        voice = Voice(voice_id, recording_id, 1, name, None, side)
        work.voices.save(voice)
        work.voices.save(replace(voice, name=other, contributor_id=person))
        assert work.voices.of_recording(recording_id) == [replace(voice, name=other, contributor_id=person)]


@SOME
@given(UUID, TEXT, TEXT, few(TEXT), TEXT)
def test_a_term(shelf, entry_id, term, other, heard_as, language):
    with shelf.work() as work:
        work.glossary.save(GlossaryEntry(entry_id, term))
        entry = GlossaryEntry(entry_id, other, heard_as, language)
        work.glossary.save(entry)
        assert work.glossary.all() == [entry]
        work.glossary.remove(entry_id)
        assert work.glossary.all() == []


@SOME
@given(st.builds(QueueEntry, UUID, st.just("r-amina"), REAL, one_of(QueueState), HOW, TEXT, st.none() | SPAN, YES_NO,
                 st.just(0), TEXT, TEXT, TEXT))  # fmt: skip
def test_a_recording_in_the_queue(shelf, entry):
    a_recording(shelf)
    with shelf.work() as work:
        work.queue.save(entry)
        assert work.queue.get(entry.id) == entry
        assert work.queue.all() == [entry]
        work.queue.remove(entry.id)
        assert work.queue.all() == []
