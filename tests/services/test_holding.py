"""Quotes that hold: whatever becomes of a transcript, a quote reads as it was quoted, and says where it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.quote import Anchor, Hold
from storybank.errors import Invalid, Refused
from storybank.services.comparing import Comparing
from storybank.services.holding import Holding
from storybank.services.wording import Wording
from tests.services.conftest import LISTENING, Calm, a_chunk
from tests.services.test_correcting import SAID, SOME, STEPS, Walk, step


@pytest.fixture
def walk(house, tmp_path):
    """Five lines with quotes on them, one of which reaches over three lines."""
    view = house.a_story(tmp_path, text=SAID[0])
    house.engine.chunks = [a_chunk(0, 0, *SAID)]
    recording_id = view.recordings[0].id
    house.transcribing.transcribe(recording_id, LISTENING, Calm(), again=True)
    lines = house.correcting.lines(recording_id)
    for first, a, last, b in ((0, 2, 0, 4), (1, 3, 1, 5), (1, 7, 3, 1), (3, 0, 3, 6)):
        house.quoting.pick(recording_id, Anchor(lines[first].id, a, lines[last].id, b)).edit.do()
    house.holding, house.comparing = Holding(house.work), Comparing(house.work, house.correcting)
    return Walk(house, recording_id)


def holds(walk):
    return {quote.text: quote.hold.value for quote in walk.quotes}


def quote(walk, text):
    return next(one for one in walk.quotes if one.text == text)


@SOME
@given(st.lists(STEPS, max_size=12))
def test_a_quote_that_holds_reads_as_it_was_quoted_whatever_is_done_and_undone(walk, steps):
    before = walk.quotes
    texts, moments = {one.id: one.text for one in before}, {}
    for what, line, number in steps:
        step(walk, what, line, number)
        for now in walk.quotes:
            assert now.text == texts[now.id]
            assert (" ".join(walk.read(now)) == now.text) == (now.hold is Hold.HOLDS)
            at = (now.start_ms, now.end_ms)
            assert moments.get(now.id, at) == at or now.hold is not Hold.LOST or what in ("undo", "back")
            moments[now.id] = at
    walk.undo_all()
    assert walk.quotes == before


def test_a_word_in_the_middle_line_of_a_quote_is_noticed(walk):
    walk.make(walk.house.correcting.reword(walk.lines[2].id, "No no yes."))
    assert holds(walk)["walk. No no no. Neighbours cook"] == "changed"
    walk.undo_all()
    assert set(holds(walk).values()) == {"holds"}


def test_a_quote_whose_words_are_taken_out_is_lost_where_it_was_and_holds_again_when_they_come_back(walk):
    before = quote(walk, SAID[3])
    walk.house.correcting.reword(walk.lines[3].id, "Hm.").do()
    lost = quote(walk, SAID[3])
    assert (lost.hold, lost.start_ms, lost.end_ms, lost.text) == (Hold.LOST, before.start_ms, before.end_ms, SAID[3])
    walk.house.correcting.reword(walk.lines[3].id, SAID[3]).do()
    assert quote(walk, SAID[3]).hold is Hold.HOLDS


def test_a_lost_quote_is_not_given_to_the_same_words_that_were_there_before(walk):
    walk.house.correcting.reword(walk.lines[4].id, SAID[3]).do()
    walk.house.correcting.reword(walk.lines[3].id, "Hm.").do()
    assert quote(walk, SAID[3]).hold is Hold.LOST


def test_another_run_moves_quotes_by_their_words_and_undo_brings_them_back_exactly(walk):
    heard = ("Trust is the first prescription", "we write. We walk and we walk and we walk.", "No no no. Neighbors",
             "cook for one another every week. Yes.")
    walk.house.engine.chunks = [a_chunk(0, 700, *heard)]
    run = walk.house.transcribing.transcribe(walk.recording_id, LISTENING, Calm(), again=True, model="large")
    before = walk.quotes
    assert holds(walk)[SAID[3]] == "holds", "a run that lies beside moves nothing"
    edit = walk.house.comparing.show(run.id)
    edit.do()
    assert holds(walk) == {"the first prescription": "holds", "we walk and": "holds", SAID[3]: "changed",
                           "walk. No no no. Neighbours cook": "changed"}
    assert walk.read(quote(walk, SAID[3])) == ["Neighbors", *SAID[3].split()[1:]]
    edit.undo()
    assert walk.quotes == before


def test_a_stretch_heard_again_and_taken_tells_what_it_changed(walk):
    walk.house.engine.chunks = [a_chunk(0, 0, *SAID[:3], "Neighbors cook for one another every week.", SAID[4])]
    run = walk.house.transcribing.transcribe(walk.recording_id, LISTENING, Calm(), again=True, model="large")
    walk.make(walk.house.comparing.take(walk.recording_id, run.id))
    assert holds(walk)[SAID[3]] == "changed" and holds(walk)["the first prescription"] == "holds"
    walk.undo_all()
    assert set(holds(walk).values()) == {"holds"}


def test_quotes_of_older_libraries_learn_what_is_said_around_them_when_they_are_first_touched(walk):
    old = replace(quote(walk, "the first prescription"), before="", after="")
    with walk.house.work() as work:
        work.quotes.save(old)
        work.commit()
    walk.make(walk.house.correcting.reword(walk.lines[0].id, "Trust is the first prescription we wrote."))
    now = quote(walk, "the first prescription")
    assert (now.before, now.after) == ("Trust is", "we write. We walk and we walk an")
    walk.undo_all()
    assert quote(walk, "the first prescription") == old


def test_what_changed_is_told_word_by_word_and_taken_when_somebody_says_so(walk):
    walk.house.correcting.reword(walk.lines[3].id, "Neighbours help one another every week.").do()
    (told,) = [one for one in walk.house.holding.standing() if one.hold is Hold.CHANGED and one.quote.text == SAID[3]]
    assert told.now == "Neighbours help one another every week."
    assert [(one.then, one.now) for one in told.difference if not one.is_same] == [("cook for", "help")]
    edit = walk.house.holding.accept(told.quote.code)
    edit.do()
    assert quote(walk, told.now).hold is Hold.HOLDS
    edit.undo()
    assert quote(walk, SAID[3]) == told.quote


def test_taking_new_words_takes_back_a_wording_and_translations_that_do_not_fit(walk):
    wording = Wording(walk.house.work, lambda: "Robin")
    code = quote(walk, SAID[3]).code
    wording.shorten(code, "Neighbours cook […] every week.").do()
    wording.translate(code, "fr", "Les voisins cuisinent.").do()
    assert walk.house.holding.taken_back(code) == []
    walk.house.correcting.reword(walk.lines[3].id, "Neighbours help one another every week.").do()
    before = walk.house.quoting.get(code)
    assert len(walk.house.holding.taken_back(code)) == 2
    edit = walk.house.holding.accept(code)
    edit.do()
    now = walk.house.quoting.get(code)
    assert (now.wording, now.translations) == ("", ())
    edit.undo()
    assert walk.house.quoting.get(code) == before


def test_a_lost_quote_is_put_on_words_that_somebody_chose_and_still_reads_as_it_was_quoted(walk):
    walk.house.correcting.reword(walk.lines[3].id, "Hm.").do()
    lost, line = quote(walk, SAID[3]), walk.lines[0]
    with pytest.raises(Refused, match="not in the transcript any more"):
        walk.house.holding.accept(lost.code)
    edit = walk.house.holding.place(lost.code, Anchor(line.id, 0, line.id, 1))
    edit.do()
    placed = quote(walk, SAID[3])
    assert (placed.hold, walk.read(placed)) == (Hold.CHANGED, ["Trust", "is"])
    edit.undo()
    assert quote(walk, SAID[3]) == lost
    with pytest.raises(Invalid):
        walk.house.holding.place(lost.code, Anchor("nowhere", 0, "nowhere", 1))


def test_a_quote_that_reads_as_the_transcript_does_has_nothing_to_take(walk):
    with pytest.raises(Refused, match="reads as the transcript does"):
        walk.house.holding.accept(walk.quotes[0].code)


def test_the_check_tells_what_is_not_as_it_is_on_file_and_mends_it(walk):
    untrue, holding = quote(walk, SAID[3]), quote(walk, "we walk and")
    with walk.house.work() as work:
        work.quotes.save(replace(untrue, text="Neighbours cook for each other every week."))
        work.quotes.save(replace(holding, hold=Hold.LOST))
        work.commit()
    told = walk.house.holding.check()
    assert {(one.quote.hold.value, one.hold.value) for one in told} == {("holds", "changed"), ("lost", "holds")}
    walk.house.holding.mend()
    assert [(one.quote.code, one.hold) for one in walk.house.holding.check()] == [(untrue.code, Hold.CHANGED)]
    assert walk.house.quoting.get(untrue.code).hold is Hold.CHANGED
