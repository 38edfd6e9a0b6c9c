"""Transcripts: the journal, the engine's words kept for ever, and corrections on top."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from storybank.domain.query import understood
from storybank.domain.transcript import RunState
from storybank.errors import NotFound, Refused
from tests.persistence.shelf import a_run, a_stretch


def found(shelf, typed):
    with shelf.work() as work:
        return [hit.text for hit in work.index.search(understood(typed), None, 50)]


def journal(shelf, run, *chunks):
    with shelf.work() as work:
        work.transcripts.save_run(run)
        for chunk in chunks:
            work.transcripts.journal(run.id, chunk)
        work.commit()


def test_what_the_engine_heard_comes_back_word_for_word(shelf):
    first, second = a_stretch(0, "We sing.", "We dance."), a_stretch(1, "We eat.", begin=9000)
    shelf.story(chunk=first)
    with shelf.work() as work:
        work.transcripts.journal("t-amina", second)
        assert work.transcripts.segments("t-amina") == [*first.segments, *second.segments]
        lines = work.transcripts.lines("r-amina")
    assert [(line.position, line.text) for line in lines] == [(0, "We sing."), (1, "We dance."), (2, "We eat.")]
    assert lines[2].words == second.segments[0].words
    assert {line.revision for line in lines} == {0}


def test_a_stretch_is_journalled_once(shelf):
    shelf.story("We sing.")
    with shelf.work() as work, pytest.raises(Refused, match="Stretch 1"):
        work.transcripts.journal("t-amina", a_stretch(0, "We sing."))


def test_a_stretch_of_silence_is_journalled_too(shelf):
    shelf.story("We sing.")
    journal(shelf, a_run("t-amina", "r-amina"), a_stretch(1), a_stretch(2, "We eat.", begin=9000))
    assert [line.text for line in shelf.lines("r-amina")] == ["We sing.", "We eat."]


def test_a_journal_needs_its_run(shelf):
    with shelf.work() as work, pytest.raises(NotFound, match="t1"):
        work.transcripts.journal("t1", a_stretch(0, "We sing."))


def test_the_engines_words_cannot_be_altered_by_anyone(shelf):
    shelf.story("We sing.")
    with shelf.library.engine.connect() as connection, pytest.raises(IntegrityError, match="only ever added to"):
        connection.exec_driver_sql("UPDATE words SET text = 'shout'")


def test_what_happened_to_a_consent_cannot_be_altered_by_anyone(shelf):
    with shelf.library.engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO history(at, event, details) VALUES ('', '', '{}')")
        with pytest.raises(IntegrityError, match="only ever added to"):
            connection.exec_driver_sql("DELETE FROM history")


def test_a_correction_keeps_what_stood_before(shelf):
    shelf.story("We sang in the garden.")
    line = shelf.lines("r-amina")[0]
    corrected = line.reworded("We sing in our garden.")
    with shelf.work() as work:
        work.transcripts.save_line(corrected, author="Jo")
        work.transcripts.save_line(corrected.reworded("We all sing."), author="Jo")
        work.commit()
    with shelf.work() as work:
        assert work.transcripts.line(line.id) == work.transcripts.lines("r-amina")[0]
        assert work.transcripts.line(line.id).text == "We all sing."
        assert work.transcripts.segments("t-amina")[0].text == "We sang in the garden."
    with shelf.library.engine.connect() as connection:
        kept = connection.exec_driver_sql("SELECT seq, revision, text, author FROM line_revisions ORDER BY seq").all()
    assert [tuple(row) for row in kept] == [(1, 1, "We sing in our garden.", "Jo"), (2, 2, "We all sing.", "Jo")]


def test_a_correction_can_be_put_back(shelf):
    shelf.story("We sang.")
    before = shelf.lines("r-amina")[0]
    with shelf.work() as work:
        work.transcripts.save_line(before.reworded("We sing."))
        work.transcripts.save_line(before)
        work.commit()
    assert shelf.lines("r-amina") == [before]


def test_marking_a_line_as_read_makes_no_revision(shelf):
    shelf.story("We sang.")
    line = shelf.lines("r-amina")[0]
    with shelf.work() as work:
        work.transcripts.save_line(replace(line, reviewed=True, speaker_id="p-amina"))
        work.commit()
    assert shelf.lines("r-amina") == [replace(line, reviewed=True, speaker_id="p-amina")]
    with shelf.library.engine.connect() as connection:
        assert not connection.exec_driver_sql("SELECT count(*) FROM line_revisions").scalar()


def test_search_follows_a_correction(shelf):
    shelf.story("We sang in the garden.")
    with shelf.work() as work:
        work.transcripts.save_line(shelf_line(work).reworded("We sang in the kitchen."))
        work.commit()
    assert found(shelf, "kitchen") == ["We sang in the kitchen."]
    assert found(shelf, "garden") == []


def shelf_line(work):
    return work.transcripts.lines("r-amina")[0]


def test_a_correction_that_is_not_committed_is_not_found(shelf):
    shelf.story("We sang in the garden.")
    with shelf.work() as work:
        work.transcripts.save_line(shelf_line(work).reworded("We sang in the kitchen."))
    assert found(shelf, "kitchen") == []
    assert found(shelf, "garden") == ["We sang in the garden."]


def test_text_shows_while_the_engine_is_still_listening(shelf):
    shelf.story()
    journal(shelf, a_run("t-amina", "r-amina"), a_stretch(1, "We sing."))
    assert [line.text for line in shelf.lines("r-amina")] == ["We sing."]
    assert found(shelf, "sing") == ["We sing."]


def test_a_new_run_shows_once_it_is_done_and_not_before(shelf):
    shelf.story("Old words here.")
    journal(shelf, a_run("t2", "r-amina"), a_stretch(0, "New words here."))
    assert [line.text for line in shelf.lines("r-amina")] == ["Old words here."]
    assert (found(shelf, "old"), found(shelf, "new")) == (["Old words here."], [])
    journal(shelf, a_run("t2", "r-amina", RunState.DONE))
    assert [line.text for line in shelf.lines("r-amina")] == ["New words here."]
    assert (found(shelf, "old"), found(shelf, "new")) == ([], ["New words here."])


def test_runs_come_oldest_first_however_they_are_named(shelf):
    shelf.story("We sing.")
    journal(shelf, a_run("a-later-one", "r-amina"))
    journal(shelf, a_run("t-amina", "r-amina", RunState.DONE, heard_ms=5))
    with shelf.work() as work:
        assert [run.id for run in work.transcripts.runs_of("r-amina")] == ["t-amina", "a-later-one"]
        assert [run.id for run in work.transcripts.in_state(RunState.RUNNING)] == ["a-later-one"]
        assert work.transcripts.run("t-amina").heard_ms == 5
