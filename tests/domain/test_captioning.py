"""Captions can be read in time, and the checker says where they cannot."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.captioning import UPRIGHT_LIMITS, WIDE_LIMITS, FaultKind, check, leads_on
from storybank.domain.captions import captions
from storybank.domain.clip import Cue
from storybank.domain.transcript import Word
from tests.build import some_words

VOCABULARY = ("the", "a", "of", "garden", "we", "meet", "on", "Tuesday,", "friends.", "and", "prescription", "la",
              "confiance", "d'abord,", "to", "tea.", "Yes.", "loneliness", "their", "walk")
spoken = st.lists(
    st.tuples(st.sampled_from(VOCABULARY), st.integers(40, 900), st.sampled_from((0, 0, 0, 30, 400, 2500))),
    min_size=1, max_size=80,
)  # fmt: skip


def in_time(said):
    words, at = [], 0
    for text, long, pause in said:
        words.append(Word(text, at, at + long))
        at += long + pause
    return words


def kinds(cues, limits=WIDE_LIMITS):
    return [fault.kind for fault in check(cues, limits)]


@pytest.mark.parametrize("limits", [WIDE_LIMITS, UPRIGHT_LIMITS], ids=["wide", "upright"])
@given(said=spoken, beyond=st.integers(0, 3000))
def test_what_we_make_passes_our_own_check_wherever_speech_allows(limits, said, beyond):
    words = in_time(said)
    end = words[-1].end_ms + beyond
    cues = captions(words, 0, limits, clip_end_ms=end)
    afters = [cue.start_ms - limits.gap_ms for cue in cues[1:]] + [end]
    assert " ".join(cue.text for cue in cues).split() == [word.text for word in words]
    for fault in check(cues, limits):
        cue, free_to = cues[fault.cue - 1], afters[fault.cue - 1]
        if fault.kind in (FaultKind.FAST, FaultKind.SHORT):
            assert cue.end_ms >= min(free_to, cue.start_ms + limits.longest_ms), "there was silence left to use"
        else:
            assert fault.kind in (FaultKind.BREAK, FaultKind.ORPHAN, FaultKind.CROWDED, FaultKind.GAP), fault
            if fault.kind is FaultKind.GAP:
                assert free_to <= cue.start_ms


@given(spoken)
def test_captions_follow_one_another_and_never_leave_the_clip(said):
    words = in_time(said)
    cues = captions(words, 0, clip_end_ms=words[-1].end_ms)
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(cues))
    assert cues[-1].end_ms == words[-1].end_ms or cues[-1].end_ms <= words[-1].end_ms


def test_a_caption_stays_on_in_the_silence_until_it_can_have_been_read():
    (cue,) = captions(some_words("Loneliness is a prescription nobody writes.", each_ms=100), 0, clip_end_ms=60_000)
    assert cue.end_ms == -(-1000 * len(cue.text) // 17)
    assert kinds([cue]) == []


def test_it_does_not_stay_past_the_end_of_the_clip():
    (cue,) = captions(some_words("Loneliness is a prescription nobody writes.", each_ms=100), 0, clip_end_ms=700)
    assert cue.end_ms == 700
    assert kinds([cue]) == [FaultKind.SHORT, FaultKind.FAST]


@pytest.mark.parametrize("said", [
    "We meet every Tuesday in the garden behind the library and we drink tea with all of the neighbours who come.",
    "Nous buvons du thé avec tous les voisins qui viennent au jardin de la bibliothèque avec leurs enfants le mardi.",
])  # fmt: skip
def test_nothing_breaks_after_an_article_or_a_preposition(said):
    cues = captions(some_words(said, each_ms=350), 0)
    ends = [line.split()[-1] for cue in cues for line in cue.text.split("\n")]
    assert len(ends) > 2
    assert not [end for end in ends if leads_on(end)]


def test_a_short_answer_does_not_stand_alone_before_the_sentence_that_follows():
    cues = captions(some_words("Yes. We meet in the garden.", each_ms=300), 0)
    assert [cue.text for cue in cues] == ["Yes. We meet in the garden."]


FINE = Cue(0, 2000, "We meet on Tuesday.")


@pytest.mark.parametrize(("cues", "kind", "said"), [
    ([Cue(0, 3000, "Friends\nmeet\nhere.")], FaultKind.LINES, "It has 3 lines; 2 can be read."),
    ([Cue(0, 6000, "x" * 43)], FaultKind.LINE, "A line has 43 characters; 42 fit."),
    ([Cue(0, 900, "We meet.")], FaultKind.SHORT, "It stands for 0.9 s, too short to be seen."),
    ([Cue(0, 7100, "We meet.")], FaultKind.LONG, "It stands for 7.1 s; 7 s is enough."),
    ([Cue(0, 1000, "We meet on Tuesdays.")], FaultKind.FAST, "20 characters a second are too many to read; 17 can"),
    ([FINE, Cue(1900, 4000, "Every week.")], FaultKind.OVERLAP, "It is still there when the next caption comes."),
    ([FINE, Cue(2010, 4000, "Every week.")], FaultKind.GAP, "Nothing is between it and the next caption."),
    ([Cue(0, 2000, "We meet on the"), Cue(2100, 4000, "green hill.")], FaultKind.BREAK, "It ends after “the”"),
    ([Cue(0, 2000, "We meet on the\ngreen hill.")], FaultKind.BREAK, "Its line ends after “the”"),
    ([Cue(0, 2000, "We meet every"), Cue(2100, 4000, "week.")], FaultKind.ORPHAN, "The last word of a sentence"),
])  # fmt: skip
def test_the_checker_says_what_is_wrong(cues, kind, said):
    (fault,) = check(cues)
    assert fault.kind is kind
    assert str(fault.reason).startswith(said)


def test_a_minute_of_too_many_words_is_told_once():
    cues = [Cue(n * 2000, n * 2000 + 1900, "I am in it so far up") for n in range(60)]
    assert kinds(cues) == [FaultKind.CROWDED]
    assert "210 words" in str(check(cues)[0].reason)


def test_captions_that_can_be_read_have_no_fault():
    assert check([FINE, Cue(2100, 4000, "Every week.")]) == []
