"""Whatever a value holds, it comes back the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybank.domain import names
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.consent import Attribution, Consent, ConsentEvent, ConsentState, Decision, Evidence, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.export import Export, ExportedItem, ExportKind
from storybank.domain.recording import AudioFacts, MediaFacts, VideoFacts
from storybank.domain.story import Story
from storybank.domain.transcript import Chunk, Segment, TranscriptRun, Word
from tests.persistence.shelf import a_take

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
MS = st.integers(0, 2**31 - 1)
REAL = st.floats(allow_nan=False, allow_infinity=False)
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

FACTS = st.builds(
    MediaFacts, TEXT, MS,
    st.none() | st.builds(VideoFacts, TEXT, MS, MS, REAL, st.booleans(), st.sampled_from([0, 90, 180, 270])),
    st.none() | st.builds(AudioFacts, TEXT, MS, MS),
)  # fmt: skip
WORDS = st.lists(st.builds(Word, TEXT, MS, MS, st.none() | REAL), max_size=4).map(tuple)
SEGMENTS = st.lists(st.builds(Segment, MS, MS, TEXT, WORDS, REAL, REAL, REAL, REAL), max_size=4).map(tuple)
PROVISIONS = st.lists(
    st.builds(Provision, st.sampled_from(Decision), st.none() | TEXT.filter(bool), st.none() | TEXT, st.none() | TEXT,
              st.none() | st.sampled_from(Attribution), st.none() | st.dates(), st.none() | st.dates(), TEXT),
    max_size=3,
).map(tuple)  # fmt: skip
EVENTS = st.lists(st.builds(ConsentEvent, st.sampled_from(ConsentState), TEXT, TEXT, TEXT), max_size=3).map(tuple)
PROOFS = st.lists(st.builds(Evidence, TEXT, TEXT, TEXT), max_size=2).map(tuple)
ITEMS = st.lists(
    st.builds(ExportedItem, TEXT, TEXT, TEXT, st.lists(TEXT, max_size=2).map(tuple), TEXT, TEXT), max_size=3
).map(tuple)


@pytest.fixture
def work(shelf):
    with shelf.work() as work:
        yield work


@SOME
@given(st.builds(Contributor, st.uuids().map(str), st.uuids().map(str), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT))
def test_a_person(work, person):
    work.contributors.save(person)
    assert work.contributors.get(person.id) == person


@SOME
@given(FACTS, TEXT, st.integers(0, 2**60))
def test_a_recording(work, facts, name, size):
    story = Story(names.new_id(), names.new_id(), name, names.new_id(), "en", (), name, name)
    recording = a_take(names.new_id(), names.new_id(), story.id, facts=facts, original_name=name, bytes=size)
    work.stories.save(story)
    work.recordings.save(recording)
    assert work.stories.get(story.id) == story
    assert work.recordings.get(recording.id) == recording


@SOME
@given(st.sampled_from(Attribution), PROVISIONS, EVENTS, st.none() | st.dates(), st.none() | st.dates(), PROOFS, EVENTS)
def test_a_consent(work, level, provisions, events, given_on, until, proofs, later):
    person = Contributor(names.new_id(), names.new_id(), "Amina")
    work.contributors.save(person)
    consent = Consent(names.new_id(), names.new_id(), person.id, level, provisions, events, given_on, until,
                      evidence=proofs)
    work.consents.save(consent)
    assert work.consents.get(consent.id) == consent
    grown = replace(consent, events=events + later)
    work.consents.save(grown)
    assert work.consents.of(person.id) == [grown]


@SOME
@given(SEGMENTS, st.sampled_from(["en", "fr", "xx"]), WORDS, TEXT)
def test_a_transcript(work, segments, language, said, text):
    story = Story(names.new_id(), names.new_id(), "T", names.new_id(), "en")
    recording = a_take(names.new_id(), names.new_id(), story.id)
    run = TranscriptRun(names.new_id(), recording.id, text, text, text, None, "running", options=text)
    work.stories.save(story)
    work.recordings.save(recording)
    work.transcripts.save_run(run)
    work.transcripts.journal(run.id, Chunk(0, 0, 1, segments, language))
    assert work.transcripts.run(run.id) == run
    assert work.transcripts.segments(run.id) == list(segments)
    lines = work.transcripts.lines(recording.id)
    assert [line.words for line in lines] == [segment.words for segment in segments]
    for line in lines:
        corrected = replace(line, text=text, words=said, revision=1, reviewed=True)
        work.transcripts.save_line(corrected)
        assert work.transcripts.line(line.id) == corrected
    assert all(line.words == said and line.text == text for line in work.transcripts.lines(recording.id))


@SOME
@given(st.sampled_from(ExportKind), TEXT, st.lists(TEXT, max_size=3).map(tuple), st.none() | st.dates(), ITEMS,
       st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple))  # fmt: skip
def test_an_export(work, kind, text, several, until, items, left_out):
    export = Export(names.new_id(), names.new_id(), kind, text, text, several, text, text, until, items, left_out,
                    text, several)
    work.ledger.save(export)
    assert work.ledger.get(export.id) == export


@SOME
@given(st.builds(Code, st.uuids().map(str), st.sampled_from(CodeKind), TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, MS))
def test_a_code(work, code):
    work.codebook.save(code)
    assert work.codebook.code(code.key) == code
