"""Transcripts: the journal, the engine's words kept for ever, and corrections on top."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from storybank.domain import editing
from storybank.domain.change import ChangeKind
from storybank.domain.query import understood
from storybank.domain.transcript import RunState, Span
from storybank.domain.voice import Voice
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


def revise(shelf, *after, kind=ChangeKind.REWORDED, author="Jo", run_id="t-amina"):
    with shelf.work() as work:
        change = work.transcripts.revise(run_id, after, author, kind)
        work.commit()
    return change


def as_of(shelf, number, run_id="t-amina"):
    with shelf.work() as work:
        return editing.in_order(work.transcripts.lines_as_of(run_id, number))


def test_a_correction_keeps_what_stood_before(shelf):
    shelf.story("We sang in the garden.")
    line = shelf.lines("r-amina")[0]
    first = line.reworded("We sing in our garden.")
    second = first.reworded("We all sing.")
    revise(shelf, first)
    revise(shelf, second, author="Sam")
    with shelf.work() as work:
        assert work.transcripts.line(line.id) == work.transcripts.lines("r-amina")[0] == second
        assert work.transcripts.segments("t-amina")[0].text == "We sang in the garden."
        assert [(c.number, c.author, c.kind, c.lines, c.text) for c in work.transcripts.changes("t-amina")] == [
            (1, "Jo", "reworded", 1, "We sing in our garden."), (2, "Sam", "reworded", 1, "We all sing.")]
    assert [as_of(shelf, number) for number in range(3)] == [[line], [first], [second]]


def test_a_change_says_when_it_was_made(shelf):
    shelf.story("We sang.")
    assert revise(shelf, shelf.lines("r-amina")[0].reworded("We sing.")).at.startswith("2026-03-01T12:00:00")


def test_a_correction_can_be_put_back(shelf):
    shelf.story("We sang.")
    before = shelf.lines("r-amina")[0]
    revise(shelf, before.reworded("We sing."))
    revise(shelf, before, kind=ChangeKind.UNDONE)
    assert shelf.lines("r-amina") == [before] == as_of(shelf, 2)


def test_what_did_not_change_is_no_change(shelf):
    shelf.story("We sang.", "We danced.")
    one, other = shelf.lines("r-amina")
    assert revise(shelf, one, other).lines == 0
    assert revise(shelf, one.reworded("We sing."), other).lines == 1
    with shelf.work() as work:
        assert len(work.transcripts.changes("t-amina")) == 1
        assert [line.id for line in work.transcripts.changed_since("t-amina", 0)] == [one.id]
        assert work.transcripts.changed_since("t-amina", 1) == []


def test_a_line_that_is_cut_in_two_was_one_before(shelf):
    shelf.story("We sang in the garden.", "We danced.")
    one, two = shelf.lines("r-amina")
    parts = editing.split(one, 2, "new", 0.5)
    revise(shelf, *parts, kind=ChangeKind.SPLIT)
    assert shelf.lines("r-amina") == [*parts, two] == as_of(shelf, 1)
    assert as_of(shelf, 0) == [one, two]
    assert found(shelf, "sang") == ["We sang"] and found(shelf, "garden") == ["in the garden."]


def test_lines_that_became_one_can_stand_alone_again(shelf):
    shelf.story("We sang.", "We danced.")
    one, two = shelf.lines("r-amina")
    revise(shelf, *editing.merged(one, two), kind=ChangeKind.MERGED)
    assert [line.text for line in shelf.lines("r-amina")] == ["We sang. We danced."]
    assert found(shelf, "danced") == ["We sang. We danced."]
    revise(shelf, one, two, kind=ChangeKind.UNDONE)
    assert shelf.lines("r-amina") == [one, two] == as_of(shelf, 0) == as_of(shelf, 2)
    assert found(shelf, "danced") == ["We danced."]


def test_many_lines_change_together(shelf):
    said = [f"We sing song {number}." for number in range(600)]
    shelf.story(*said)
    before = shelf.lines("r-amina")
    assert revise(shelf, *(line.reworded(line.text.replace("song", "hymn")) for line in before)).lines == 600
    assert {line.revision for line in shelf.lines("r-amina")} == {1}
    assert as_of(shelf, 0) == before


def test_the_same_words_at_their_own_times_are_not_kept_twice(shelf):
    shelf.story("We sang.")
    revise(shelf, replace(shelf.lines("r-amina")[0], reviewed=True), kind=ChangeKind.REVIEWED)
    with shelf.library.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT words FROM line_states").scalar() is None


def test_what_was_done_to_a_transcript_cannot_be_altered_by_anyone(shelf):
    shelf.story("We sang.")
    revise(shelf, shelf.lines("r-amina")[0].reworded("We sing."))
    with shelf.library.engine.connect() as connection:
        for statement in ("UPDATE changes SET author = 'Sam'", "UPDATE line_states SET text = 'We shout.'"):
            with pytest.raises(IntegrityError, match="only ever added to"):
                connection.exec_driver_sql(statement)


def test_a_voice_stands_beside_its_lines_in_every_state_they_had(shelf):
    shelf.story("We sang.", "We danced.")
    one = shelf.lines("r-amina")[0]
    with shelf.work() as work:
        work.voices.save(Voice("v1", "r-amina", 1, "Interviewer"))
        work.commit()
    revise(shelf, replace(one, voice_id="v1"), kind=ChangeKind.VOICED)
    with shelf.work() as work:
        work.voices.save(Voice("v1", "r-amina", 1, "Interviewer", "p-amina"))
        work.commit()
    assert shelf.lines("r-amina")[0].speaker_id == as_of(shelf, 1)[0].speaker_id == "p-amina"
    assert as_of(shelf, 0)[0].voice_id is None


def test_a_voice_that_was_taken_out_is_nobodys_in_earlier_states(shelf):
    shelf.story("We sang.")
    one = shelf.lines("r-amina")[0]
    with shelf.work() as work:
        work.voices.save(Voice("v1", "r-amina", 1, "Interviewer"))
        work.commit()
    revise(shelf, replace(one, voice_id="v1"), kind=ChangeKind.VOICED)
    revise(shelf, one, kind=ChangeKind.UNDONE)
    with shelf.work() as work:
        work.voices.remove("v1")
        work.commit()
    assert as_of(shelf, 1) == [one]


def test_a_quote_is_found_under_whoever_its_voice_turned_out_to_be(shelf):
    shelf.story("We sang.")
    shelf.story("We listened.", slug="marie", person="Marie Gagnon")
    with shelf.work() as work:
        work.voices.save(Voice("v1", "r-amina", 1, ""))
        work.commit()
    revise(shelf, replace(shelf.lines("r-amina")[0], voice_id="v1"), kind=ChangeKind.VOICED)
    quote = shelf.quote("r-amina", 0, text="Sung by somebody")
    with shelf.work() as work:
        work.voices.save(Voice("v1", "r-amina", 1, "", "p-marie"))
        work.commit()
    with shelf.work() as work:
        assert work.quotes.get(quote.id).speaker_id == "p-marie"
        assert [hit.speaker for hit in work.index.search(understood("somebody"), None, 9)] == ["Marie Gagnon"]


def test_a_channels_voice_is_made_once_and_stays_on_the_lines_it_said(shelf):
    chunk = a_stretch(0, "We sang.", "You danced.")
    by_side = replace(chunk, segments=tuple(
        replace(segment, voice=side) for segment, side in zip(chunk.segments, ("left", "right"), strict=True)))
    shelf.story(chunk=by_side)
    with shelf.work() as work:
        left, right = work.voices.of_recording("r-amina")
    assert [(left.number, left.channel), (right.number, right.channel)] == [(1, "left"), (2, "right")]
    before = shelf.lines("r-amina")
    assert [line.voice_id for line in before] == [left.id, right.id]
    revise(shelf, replace(before[0], voice_id=right.id), kind=ChangeKind.VOICED)
    assert as_of(shelf, 0) == before


def test_lines_between_others_stay_in_their_place_while_the_engine_goes_on(shelf):
    shelf.story()
    journal(shelf, a_run("t-amina", "r-amina"), a_stretch(1, "We sing and we dance."))
    (line,) = shelf.lines("r-amina")
    revise(shelf, *editing.split(line, 2, "new", *editing.between(line.position, None, 1)), kind=ChangeKind.SPLIT)
    journal(shelf, a_run("t-amina", "r-amina"), a_stretch(2, "We eat.", begin=9000))
    assert [one.text for one in shelf.lines("r-amina")] == ["We sing", "and we dance.", "We eat."]


def test_search_follows_a_correction(shelf):
    shelf.story("We sang in the garden.")
    revise(shelf, shelf.lines("r-amina")[0].reworded("We sang in the kitchen."))
    assert found(shelf, "kitchen") == ["We sang in the kitchen."]
    assert found(shelf, "garden") == []


def test_a_correction_that_is_not_committed_is_not_found(shelf):
    shelf.story("We sang in the garden.")
    with shelf.work() as work:
        line = work.transcripts.lines("r-amina")[0]
        work.transcripts.revise("t-amina", [line.reworded("In the kitchen.")], "Jo", ChangeKind.REWORDED)
    assert found(shelf, "kitchen") == []
    assert found(shelf, "garden") == ["We sang in the garden."]


def test_a_run_that_lies_beside_is_not_found_and_not_seen_until_it_is_shown(shelf):
    shelf.story("Old words here.")
    journal(shelf, a_run("t2", "r-amina", RunState.DONE, beside=True), a_stretch(0, "New words here."))
    with shelf.work() as work:
        (line,) = work.transcripts.lines_of("t2")
    revise(shelf, line.reworded("New words there."), run_id="t2")
    assert [one.text for one in shelf.lines("r-amina")] == ["Old words here."] == found(shelf, "words")
    with shelf.work() as work:
        work.transcripts.show("t2")
        work.transcripts.save_run(a_run("t-amina", "r-amina", RunState.DONE))
        work.commit()
    assert [one.text for one in shelf.lines("r-amina")] == ["New words there."] == found(shelf, "words")


def test_a_story_counts_only_lines_that_stand_in_the_transcript_people_see(shelf):
    shelf.story("We sang.", "We danced.", "We ate.")
    journal(shelf, a_run("t2", "r-amina", RunState.DONE, beside=True), a_stretch(0, "Another."))
    one, two, _three = shelf.lines("r-amina")
    revise(shelf, *editing.merged(replace(one, reviewed=True), replace(two, reviewed=True)), kind=ChangeKind.MERGED)
    with shelf.work() as work:
        (story,) = work.stories.lines()
    assert (story.lines, story.reviewed) == (2, 1)


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


def test_a_story_of_which_only_a_stretch_was_heard_has_no_transcript_that_is_done(shelf):
    shelf.story("We sang.", "We danced.")
    whole = a_run("t-amina", "r-amina", RunState.INTERRUPTED)
    journal(shelf, whole)
    journal(shelf, a_run("t2", "r-amina", RunState.DONE, only=Span(0, 5000)), a_stretch(0, "Another."))
    with shelf.work() as work:
        assert work.stories.lines()[0].transcript == "interrupted"
    journal(shelf, replace(whole, state=RunState.DONE))
    with shelf.work() as work:
        (story,) = work.stories.lines()
    assert (story.transcript, story.lines) == ("done", 2)
