"""Correcting: whatever hands do, the engine's words stay, quotes keep their words, and there is a way back."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storybank.domain import editing
from storybank.domain.change import ChangeKind
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Segment
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.quoting import words_between
from tests.services.conftest import LISTENING, Calm, a_chunk

SAID = ("Trust is the first prescription we write.", "We walk and we walk and we walk.", "No no no.",
        "Neighbours cook for one another every week.", "Yes.")


@pytest.fixture
def walk(house, tmp_path):
    """Return a transcript of five lines with quotes on them, in which some words come again and again."""
    view = house.a_story(tmp_path, text=SAID[0])
    house.engine.chunks = [a_chunk(0, 0, *SAID)]
    recording_id = view.recordings[0].id
    house.transcribing.transcribe(recording_id, LISTENING, Calm(), again=True)
    lines = house.correcting.lines(recording_id)
    for first, a, last, b in ((0, 2, 0, 4), (1, 3, 1, 5), (1, 6, 2, 1), (0, 0, 4, 0)):
        house.quoting.pick(recording_id, Anchor(lines[first].id, a, lines[last].id, b)).edit.do()
    return Walk(house, recording_id)


@dataclass
class Walk:
    """Does things to one transcript, one after the other, and remembers how to undo them."""

    house: object
    recording_id: str
    done: list = field(default_factory=list)

    @property
    def lines(self):
        return self.house.correcting.lines(self.recording_id)

    @property
    def quotes(self):
        return self.house.quoting.all()

    @property
    def text(self):
        return " ".join(line.text for line in self.lines).split()

    @property
    def engines(self):
        run = self.house.transcribing.runs(self.recording_id)[-1]
        return self.house.transcribing.segments(run.id)

    def read(self, quote):
        return [word.text for word in words_between(self.lines, quote.anchor)]

    def make(self, edit):
        edit.do()
        self.done.append(edit)

    def undo_all(self):
        while self.done:
            self.done.pop().undo()

    def plan(self, what, line, number):
        correcting, lines = self.house.correcting, self.lines
        chosen = lines[line % len(lines)]
        return {
            "split": lambda: correcting.split(chosen.id, number),
            "merge": lambda: correcting.merge(chosen.id),
            "shift": lambda: correcting.shift(chosen.id, number - 4),
            "retime": lambda: correcting.retime(chosen.id, chosen.start_ms + 90 * (number - 4), chosen.end_ms + number),
            "review": lambda: correcting.review(chosen.id, bool(number % 2)),
            "paragraph": lambda: correcting.paragraph(chosen.id, bool(number % 2)),
            "give": lambda: correcting.give([chosen.id], None if number % 3 else self.voice()),
            "reword": lambda: correcting.reword(chosen.id, reworded(chosen.text, number)),
            "accept": lambda: correcting.accept(chosen.id, number),
        }[what]()

    def voice(self):
        known = self.house.voicing.of_recording(self.recording_id)
        return known[0].voice.id if known else self.house.voicing.add(self.recording_id, "Interviewer").id


def reworded(text, number):
    words = text.split()
    at = number % len(words)
    return " ".join([*words[:at], *(["garden", "path"][: number % 3]), *words[at + 1 :]]) or "garden"


KEEPS_WORDS = ("split", "merge", "shift", "retime", "review", "paragraph", "give", "accept")
STEPS = st.tuples(st.sampled_from([*KEEPS_WORDS, "reword", "undo", "back"]), st.integers(0, 9), st.integers(0, 9))
SOME = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def step(walk, what, line, number):
    """Do one thing, or find out that it cannot be done."""
    try:
        if what == "undo":
            if walk.done:
                walk.done.pop().undo()
        elif what == "back":
            latest = len(walk.house.correcting.changes(walk.recording_id))
            go_back_and_look(walk, number * latest // 9)
        else:
            walk.make(walk.plan(what, line, number))
    except (Invalid, NotFound):
        return


def go_back_and_look(walk, number):
    then = walk.house.correcting.as_of(walk.recording_id, number)
    walk.make(walk.house.correcting.go_back(walk.recording_id, number))
    assert walk.lines == then


def everything_is_in_order(walk):
    lines = walk.lines
    positions = [line.position for line in lines]
    assert positions == sorted(set(positions))
    assert all(line.start_ms <= line.end_ms and line.text == " ".join(w.text for w in line.words) for line in lines)
    for quote in walk.quotes:
        assert words_between(lines, quote.anchor)
        ends = {line.id: len(line.words) for line in lines}
        assert quote.anchor.first_word < ends[quote.anchor.first_line_id]
        assert quote.anchor.last_word < ends[quote.anchor.last_line_id]


@SOME
@given(st.lists(STEPS, max_size=12))
def test_whatever_is_done_can_be_undone_to_the_last_word(walk, steps):
    lines, quotes, heard, text = walk.lines, walk.quotes, walk.engines, walk.text
    said = {quote.id: walk.read(quote) for quote in quotes}
    only_moved = True
    for what, line, number in steps:
        step(walk, what, line, number)
        only_moved = only_moved and what in KEEPS_WORDS
        everything_is_in_order(walk)
        if only_moved:
            assert walk.text == text
            assert {quote.id: walk.read(quote) for quote in walk.quotes} == said
    assert walk.engines == heard
    walk.undo_all()
    assert walk.lines == lines
    assert walk.quotes == quotes


def test_going_back_equals_how_it_stood_for_every_change(walk):
    for what, line, number in (("split", 0, 3), ("reword", 1, 4), ("merge", 0, 0), ("give", 2, 3), ("shift", 1, 6),
                               ("retime", 3, 6), ("review", 3, 1), ("reword", 2, 2)):
        walk.make(walk.plan(what, line, number))
    assert [change.kind for change in walk.house.correcting.changes(walk.recording_id)] == [
        "split", "reworded", "merged", "voiced", "moved", "moved", "reviewed", "reworded"]
    for number in range(9):
        go_back_and_look(walk, number)


def test_going_back_forgets_nothing_that_came_later(walk):
    walk.make(walk.plan("reword", 0, 1))
    latest = walk.lines
    walk.make(walk.house.correcting.go_back(walk.recording_id, 0))
    assert [line.text for line in walk.lines] == list(SAID)
    walk.make(walk.house.correcting.go_back(walk.recording_id, 1))
    assert walk.lines == latest


def test_going_back_to_how_it_stands_does_nothing(walk):
    walk.house.correcting.go_back(walk.recording_id, 0).do()
    assert walk.house.correcting.changes(walk.recording_id) == []


def test_a_change_that_never_was_is_explained(walk):
    with pytest.raises(NotFound, match="no change 3; this transcript has 0"):
        walk.house.correcting.go_back(walk.recording_id, 3)


def test_each_change_says_who_made_it_and_what_it_was(walk):
    walk.make(walk.plan("reword", 0, 1))
    (change,) = walk.house.correcting.changes(walk.recording_id)
    assert (change.author, change.kind, change.lines, change.text) == (
        "Jo", "reworded", 1, "Trust garden the first prescription we write.")


def test_a_change_of_what_has_changed_in_the_meantime_is_refused(walk):
    planned = walk.plan("split", 0, 3)
    walk.make(walk.plan("reword", 0, 1))
    after = walk.lines
    with pytest.raises(Refused, match="changed in the meantime"):
        planned.do()
    walk.house.correcting.reword(after[0].id, "Another text").do()
    with pytest.raises(Refused, match="changed in the meantime"):
        walk.done[-1].undo()
    assert walk.lines[0].text == "Another text"


def test_what_was_corrected_while_the_engine_listened_stays_corrected(walk):
    before = walk.lines
    walk.make(walk.plan("reword", 0, 1))
    later = [editing.retimed(line, line.start_ms + 5, line.end_ms + 5) for line in before]
    walk.house.correcting.replace_lines("Find words in the sound", ChangeKind.REALIGNED, before, later).do()
    assert walk.lines[0].text == "Trust garden the first prescription we write."
    assert [line.start_ms for line in walk.lines[1:]] == [line.start_ms for line in later[1:]]


def test_the_same_text_again_is_no_correction(walk):
    walk.house.correcting.reword(walk.lines[0].id, f"  {SAID[0]} ").do()
    assert walk.lines[0].revision == 0
    assert walk.house.correcting.changes(walk.recording_id) == []


def test_a_line_that_was_merged_away_cannot_be_changed(walk):
    gone = walk.lines[1]
    walk.make(walk.plan("merge", 0, 0))
    with pytest.raises(NotFound, match="not in the transcript any more"):
        walk.house.correcting.reword(gone.id, "Still there?")


def test_a_line_can_be_cut_again_and_again_at_its_beginning(walk):
    line = walk.lines[1]
    walk.make(walk.house.correcting.reword(line.id, " ".join(f"word{number}" for number in range(60))))
    text = walk.text
    for _ in range(50):
        walk.make(walk.house.correcting.split(line.id, len(walk.lines[1].words) - 1))
        everything_is_in_order(walk)
    assert walk.text == text
    walk.undo_all()
    assert [one.text for one in walk.lines] == list(SAID)


def test_a_line_whose_words_were_never_timed_loses_none_of_them(house, tmp_path):
    view = house.a_story(tmp_path)
    chunk = a_chunk(0, 0, "Before.")
    house.engine.chunks = [type(chunk)(0, 0, 9000, (*chunk.segments, Segment(2000, 4000, "no times at all")), "en")]
    recording_id = view.recordings[0].id
    house.transcribing.transcribe(recording_id, LISTENING, Calm(), again=True)
    house.correcting.merge(house.correcting.lines(recording_id)[0].id).do()
    assert [line.text for line in house.correcting.lines(recording_id)] == ["Before. no times at all"]
    house.correcting.split(house.correcting.lines(recording_id)[0].id, 2).do()
    assert [line.text for line in house.correcting.lines(recording_id)] == ["Before. no", "times at all"]


def test_a_quote_whose_words_are_gone_stands_on_the_word_that_is_left_beside_them(walk):
    (quote,) = [quote for quote in walk.quotes if quote.text == "the first prescription"]
    walk.make(walk.house.correcting.reword(walk.lines[0].id, "Trust is we write."))
    now = walk.house.quoting.get(quote.id)
    assert walk.read(now) == ["we"]
    assert now.text == "the first prescription"
    walk.undo_all()
    assert walk.house.quoting.get(quote.id) == quote


def test_a_quote_is_said_by_whoever_its_line_is_given_to(walk):
    house = walk.house
    george = house.people.add("George Campbell")
    story = house.browsing.story("amina").story
    house.people.place(story.id, [*story.participants, type(story.participants[0])(george.id)])
    voice = house.voicing.add(walk.recording_id, contributor_id=george.id)
    before = walk.quotes
    walk.make(house.voicing.give([walk.lines[1].id], voice.id))
    assert [quote.speaker_id == george.id for quote in walk.quotes] == [
        quote.anchor.first_line_id == walk.lines[1].id for quote in before]
    walk.undo_all()
    assert walk.quotes == before


def test_undoing_does_not_forget_whose_voice_it_is(walk):
    house = walk.house
    amina = house.people.find("Amina Diallo")
    voice = house.voicing.add(walk.recording_id, "Voice 1")
    house.voicing.give([walk.lines[0].id], voice.id).do()
    walk.make(walk.plan("reword", 0, 1))
    house.voicing.link(voice.id, amina.id).do()
    walk.undo_all()
    assert walk.lines[0].speaker_id == amina.id


def test_a_voice_that_was_taken_out_does_not_come_back_with_an_old_state(walk):
    house = walk.house
    voice = house.voicing.add(walk.recording_id, "Voice 1")
    given_away = house.voicing.give([walk.lines[0].id], voice.id)
    given_away.do()
    given_away.undo()
    house.voicing.remove(voice.id)
    walk.house.correcting.go_back(walk.recording_id, 1).do()
    assert walk.lines[0].voice_id is None
    given_away.do()
    assert walk.lines[0].voice_id is None


def test_a_line_cannot_be_moved_past_the_lines_around_it(walk):
    house = walk.house
    first, second, third = house.correcting.lines(walk.recording_id)[:3]
    with pytest.raises(Invalid, match="leave its place"):
        house.correcting.retime(first.id, first.start_ms, second.end_ms + 5000)
    with pytest.raises(Invalid, match="leave its place"):
        house.correcting.retime(third.id, first.start_ms, third.end_ms)
