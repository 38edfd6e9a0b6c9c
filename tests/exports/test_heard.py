"""Heard: an export says who transcribed, when, and how much of it a person read."""

from __future__ import annotations

from exports.briefs.heard import heard
from storybank.domain.export import HeardBy
from storybank.words import Words

EN = Words("en")
BY = HeardBy("r1", "faster-whisper 1.2.1", "small", "2026-03-01", 100, 62)


def test_it_names_engine_model_day_and_what_was_read():
    assert heard([BY], EN) == (
        "Transcribed with faster-whisper 1.2.1, small on March\u00a01, 2026. Of the words in these recordings, 62 %"
        " were read against the sound by a person.")


def test_one_engine_is_named_once_and_words_are_counted_together():
    said = heard([BY, HeardBy("r2", BY.engine, BY.model, BY.on, 300, 0)], EN)
    assert said.count("faster-whisper") == 1
    assert "16 %" in said


def test_what_people_wrote_was_heard_by_no_engine():
    said = heard([HeardBy("r1", "written", "notes.docx", "2026-03-01", 10, 10)], EN)
    assert said.startswith("The transcripts were written by people.")
    assert "Transcribed" not in said and "notes.docx" not in said


def test_without_transcripts_nothing_is_said():
    assert heard([], EN) == ""
