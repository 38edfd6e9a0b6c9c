"""Comparing: where two runs differ is shown word by word, and what one heard better is taken without losing work."""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storybank.domain.quote import Anchor
from storybank.domain.sidebyside import SideBySide
from storybank.domain.transcript import Line, Span
from storybank.errors import Refused
from storybank.services.comparing import Comparing
from storybank.services.quoting import words_between
from tests.build import some_words
from tests.services.conftest import LISTENING, Calm, a_chunk

HERE = ("Trust is the first description.", "We started a walking grope.", "They cook for one another.")
THERE = ("Trust is the first prescription. We started", "a walking group.", "They cook for one another.")


@pytest.fixture
def two(house, tmp_path):
    """Return a recording that two runs heard; the second lies beside because somebody worked on the first."""
    view = house.a_story(tmp_path)
    house.recording_id = view.recordings[0].id
    house.engine.chunks = [a_chunk(0, 0, *HERE)]
    house.transcribing.transcribe(house.recording_id, LISTENING, Calm(), again=True)
    house.first = house.transcribing.runs(house.recording_id)[-1].id
    line = house.correcting.lines(house.recording_id)[2]
    house.correcting.review(line.id).do()
    house.engine.chunks = [shifted(a_chunk(0, 0, *THERE))]
    house.second = house.transcribing.transcribe(house.recording_id, LISTENING, Calm(), again=True, model="large").id
    house.comparing = Comparing(house.work, house.correcting)
    return house


def shifted(chunk):
    """Return what another engine heard, a little later than the first."""
    return replace(chunk, segments=tuple(replace(s, words=tuple(
        replace(w, start_ms=w.start_ms + 90, end_ms=w.end_ms + 90) for w in s.words)) for s in chunk.segments))


def texts(house):
    return [line.text for line in house.correcting.lines(house.recording_id)]


def test_each_run_says_who_heard_and_which_one_is_seen(two):
    found = two.comparing.runs(two.recording_id)[-2:]
    assert [(one.run.model, one.shown, one.lines, one.changes) for one in found] == [
        ("small", True, 3, 1), ("large", False, 3, 0)]
    assert found[0].speed is not None


def test_differences_are_words_and_not_where_lines_end(two):
    lines = two.correcting.lines(two.recording_id)
    assert [(one.here, one.there, one.line_ids, one.corrected)
            for one in two.comparing.differences(two.recording_id, two.second)] == [
        ("description.", "prescription.", (lines[0].id,), False), ("grope.", "group.", (lines[1].id,), False)]


def test_taking_one_passage_leaves_the_others(two):
    first, second = two.comparing.differences(two.recording_id, two.second)
    edit = two.comparing.take(two.recording_id, two.second, second.span)
    edit.do()
    assert texts(two) == [HERE[0], "We started", "a walking group.", HERE[2]]
    assert two.comparing.differences(two.recording_id, two.second) == [first]
    edit.undo()
    assert texts(two) == list(HERE)
    edit.do()
    assert texts(two) == [HERE[0], "We started", "a walking group.", HERE[2]]


def test_taking_everything_says_what_the_other_run_says(two):
    two.comparing.take(two.recording_id, two.second).do()
    assert " ".join(texts(two)) == " ".join(THERE)
    assert two.comparing.differences(two.recording_id, two.second) == []
    assert [change.kind for change in two.correcting.changes(two.recording_id)][-1] == "heard_again"


def test_what_somebody_put_right_is_not_written_over_unless_they_say_so(two):
    line = two.correcting.lines(two.recording_id)[0]
    two.correcting.reword(line.id, "Trust is the first subscription.").do()
    first = two.comparing.differences(two.recording_id, two.second)[0]
    assert first.corrected
    with pytest.raises(Refused, match="put these lines right"):
        two.comparing.take(two.recording_id, two.second, first.span)
    two.comparing.take(two.recording_id, two.second).do()
    assert texts(two) == ["Trust is the first subscription.", "We started", "a walking group.", HERE[2]]
    two.comparing.take(two.recording_id, two.second, first.span, over_corrected=True).do()
    assert texts(two)[0] == "Trust is the first prescription."


def test_taking_where_both_say_the_same_is_explained(two):
    with pytest.raises(Refused, match="says the same"):
        two.comparing.take(two.recording_id, two.second, Span(50_000, 51_000))


def test_quotes_keep_their_words_when_lines_under_them_are_taken(two):
    line = two.correcting.lines(two.recording_id)[1]
    two.quoting.pick(two.recording_id, Anchor(line.id, 1, line.id, 3)).edit.do()
    edit = two.comparing.take(two.recording_id, two.second)
    edit.do()
    (quote,) = two.quoting.all()
    assert quote.text == "started a walking"
    said = words_between(two.correcting.lines(two.recording_id), quote.anchor)
    assert [word.text for word in said] == ["started", "a", "walking"]
    edit.undo()
    assert two.quoting.all()[0].anchor == Anchor(line.id, 1, line.id, 3)


def test_another_run_can_be_the_transcript_people_see_and_the_first_again(two):
    line = two.correcting.lines(two.recording_id)[1]
    two.quoting.pick(two.recording_id, Anchor(line.id, 2, line.id, 3)).edit.do()
    before = two.quoting.all()
    told = []
    two.hub.subscribe(told.append)
    edit = two.comparing.show(two.second)
    edit.do()
    assert texts(two) == list(THERE)
    (quote,) = two.quoting.all()
    said = words_between(two.correcting.lines(two.recording_id), quote.anchor)
    assert [word.text for word in said] == ["a", "walking"]
    assert [type(event).__name__ for event in told] == ["TranscriptShown"]
    edit.undo()
    assert texts(two) == list(HERE)
    assert two.quoting.all() == before


def test_a_stretch_that_was_heard_again_is_compared_there_and_nowhere_else(two):
    lines = two.correcting.lines(two.recording_id)
    only = Span(lines[0].words[2].start_ms, lines[1].words[2].start_ms)
    two.engine.chunks = [replace(a_chunk(0, only.start_ms, "the best prescription. We start"), index=0)]
    run = two.transcribing.transcribe(two.recording_id, LISTENING, Calm(), again=True, only=only)
    assert [one.there for one in two.comparing.differences(two.recording_id, run.id)] == [
        "best prescription.", "start"]
    with pytest.raises(Refused, match="only a part"):
        two.comparing.show(run.id)
    two.comparing.take(two.recording_id, run.id).do()
    assert " ".join(texts(two)) == (
        "Trust is the best prescription. We start a walking grope. They cook for one another.")


def test_the_transcript_people_see_is_not_compared_with_itself(two):
    with pytest.raises(Refused, match="see already"):
        two.comparing.differences(two.recording_id, two.first)


def lines_of(sentences, late=0):
    lines, at = [], 0
    for number, sentence in enumerate(sentences):
        words = some_words(sentence, at + late, 100)
        lines.append(Line(f"l{number}-{late}", "r", float(number), at, words[-1].end_ms, sentence, words, "en"))
        at += 100 * len(words) + 50
    return lines


SENTENCES = st.lists(st.lists(st.sampled_from("abcde"), min_size=1, max_size=5).map(" ".join), min_size=1, max_size=6)


@settings(deadline=None)
@given(SENTENCES, SENTENCES, st.integers(0, 60))
def test_taking_all_of_another_run_leaves_no_difference(here, there, late):
    both = SideBySide(lines_of(here), lines_of(there, late), Span(0, 10**9))
    before, after = both.taken(list(both.differences()), over_corrected=False)
    gone = {line.id for line in after if line.gone}
    now = sorted([line for line in both._all if line.id not in gone] + [line for line in after if not line.gone],
                 key=lambda line: line.position)
    assert " ".join(line.text for line in now) == " ".join(there)
    assert len({line.position for line in now}) == len(now)
    assert [line.id for line in before] == [line.id for line in after]


def test_three_hours_are_compared_quickly():
    draw = random.Random(3)
    said = [f"word{draw.randrange(2000)}" for _ in range(27_000)]
    other = [f"word{draw.randrange(2000)}" if draw.randrange(15) == 0 else word for word in said]
    here, there = (lines_of([" ".join(words[at : at + 9]) for at in range(0, 27_000, 9)], late)
                   for words, late in ((said, 0), (other, 40)))
    begun = perf_counter()
    both = SideBySide(here, there, Span(0, 10**9))
    found = list(both.differences())
    both.taken(found, over_corrected=False)
    assert perf_counter() - begun < 6
    assert 1400 < len(found) < 2000
