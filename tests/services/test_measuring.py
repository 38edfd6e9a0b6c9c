"""Measuring: what people read and changed is counted, and what the engine got wrong in what they read."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.flag import Flag
from storybank.domain.transcript import Line, RunState, Segment, Span, TranscriptRun
from storybank.errors import NotFound
from storybank.services.measuring import Measuring, measured
from tests.build import some_words

RUN = TranscriptRun("t", "r", "faster-whisper", "1.2.1", "small", "en", RunState.DONE, ended_at="2026-03-01T10:00:00")


def a_transcript(*pairs, reviewed=True, language="en", **about):
    """Return lines and segments from (what the engine wrote, what people made of it)."""
    heard, lines, at = [], [], 0
    for number, (said, now) in enumerate(pairs):
        words = some_words(said, at)
        end = words[-1].end_ms if words else at + 400
        heard.append(Segment(at, end, said, words))
        line = Line(f"l{number}", "r", number, at, end, said, words, language, reviewed=reviewed, **about)
        if now != said:
            line = replace(line.reworded(now, Span(at, end)), reviewed=reviewed)
        lines.append(line)
        at = end + 500
    return lines, heard


def share(*pairs, **about):
    return measured(RUN, *a_transcript(*pairs, **about), {}).whole


SAID = st.lists(st.sampled_from(["trust", "is", "the", "first", "prescription", "we", "write"]), min_size=1,
                max_size=8).map(" ".join)


@given(st.lists(SAID, min_size=1, max_size=6))
def test_what_nobody_changed_has_no_errors(said):
    whole = share(*((one, one) for one in said))
    assert (whole.errors, whole.changed, whole.word_error_rate) == (0, 0, 0.0)
    assert whole.words == whole.reviewed == whole.judged == sum(len(one.split()) for one in said)


@pytest.mark.parametrize(("said", "now", "errors", "judged", "changed"), [
    ("the cat sat", "the cat sat", 0, 3, 0),
    ("the cat sat", "the dog sat", 1, 3, 1),
    ("the cat sat", "the cat", 1, 2, 0),
    ("the cat sat", "the black cat sat", 1, 4, 1),
    ("a b c d", "e f g h", 4, 4, 4),
    ("thank you for watching", "yes", 4, 1, 1),
    ("trust is first", "Trust is first.", 0, 3, 2),
    ("we dont know", "we don’t know", 0, 3, 1),
    ("about 7 people", "about seven people", 0, 3, 1),
    ("its 1,000 people", "it's 1000 people", 0, 3, 2),
])  # fmt: skip
def test_known_errors_are_counted(said, now, errors, judged, changed):
    whole = share((said, now))
    assert (whole.errors, whole.judged, whole.changed) == (errors, judged, changed)


def test_only_what_somebody_read_is_judged():
    unread, heard = a_transcript(("the cat sat", "the cat sat"), ("we sing", "we sang"), reviewed=False)
    quality = measured(RUN, [unread[0], replace(unread[1], reviewed=True)], heard, {})
    assert (quality.whole.words, quality.whole.reviewed, quality.whole.word_error_rate) == (5, 2, 0.5)
    assert measured(RUN, unread, heard, {}).whole.word_error_rate is None


def test_a_word_that_was_left_out_counts_where_it_was_said():
    lines, heard = a_transcript(("we sing and", "we sing"), ("you dance", "you dance"))
    quality = measured(RUN, [replace(lines[0], voice_id="v1"), replace(lines[1], voice_id="v2")], heard,
                       {"v1": "Amina Diallo", "v2": "Interviewer"})
    assert [(one.name, one.errors, one.judged) for one in quality.by_voice] == [
        ("Amina Diallo", 1, 2), ("Interviewer", 0, 2)]


def test_each_language_is_counted_on_its_own():
    lines, heard = a_transcript(("we sing", "we sang"), ("on chante", "on chante"))
    quality = measured(RUN, [lines[0], replace(lines[1], language="fr")], heard, {})
    assert [(one.name, one.word_error_rate) for one in quality.by_language] == [("en", 0.5), ("fr", 0.0)]


def test_lines_that_were_cut_or_put_together_are_no_errors(house, tmp_path):
    view = house.a_story(tmp_path)
    recording_id = view.recordings[0].id
    house.correcting.merge(view.lines[0].id).do()
    house.correcting.split(view.lines[0].id, 4).do()
    house.correcting.review_all([line.id for line in house.correcting.lines(recording_id)]).do()
    quality = Measuring(house.work).quality(recording_id)
    assert (quality.whole.errors, quality.whole.changed, quality.whole.reviewed) == (0, 0, 13)
    assert (quality.engine, quality.model, quality.heard_on) == ("scripted 1", "small", "2026-03-01")


def test_doubt_flags_and_estimates_are_counted():
    lines, heard = a_transcript(("we sing", "we sing"), ("la la", "la la la"), reviewed=False)
    doubtful = tuple(replace(word, probability=0.2) for word in lines[0].words)
    flagged = replace(lines[0], words=doubtful, flags=(Flag.LOOP,))
    quality = measured(RUN, [flagged, lines[1]], heard, {})
    assert (quality.doubtful, quality.flagged, quality.estimated) == (2, 1, 1)
    assert measured(RUN, [replace(flagged, reviewed=True)], heard, {}).doubtful == 0


def test_no_engine_is_judged_where_people_wrote():
    lines, heard = a_transcript(("we sing", "we sang"))
    quality = measured(replace(RUN, engine="written", engine_version=""), lines, heard, {})
    assert (quality.whole.word_error_rate, quality.engine, quality.whole.reviewed) == (None, "written", 2)


def test_a_recording_without_a_transcript_is_explained(house, tmp_path):
    view = house.a_story(tmp_path)
    with house.work() as work:
        recording = replace(view.recordings[0], id="other", code="R-0099", sha256="cd" * 32)
        work.recordings.save(recording)
        work.commit()
    with pytest.raises(NotFound, match="no transcript yet"):
        Measuring(house.work).quality("other")


def test_three_hours_are_counted_in_a_second():
    pairs = [(f"we said word{n} and word{n * 7 % 900} again and again to them", f"we said word{n} and more{n} again "
              f"and again to them") for n in range(2700)]
    lines, heard = a_transcript(*pairs)
    begun = perf_counter()
    whole = measured(RUN, lines, heard, {}).whole
    assert perf_counter() - begun < 3
    assert (whole.words, whole.errors) == (27_000, 2_700)
