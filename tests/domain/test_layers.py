"""Layers, sentences and digits: the rules under tagging by keys."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.digits import Digits
from storybank.domain.layers import layered, united
from storybank.domain.sentences import sentence_at
from storybank.domain.transcript import Line
from tests import build

STRETCHES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda one: (one[0], one[0] + one[1])),
                     max_size=40)


def depth(stretches) -> int:
    return max((sum(1 for first, last in stretches if first <= at <= last) for at in range(82)), default=0)


@given(STRETCHES)
def test_no_two_that_overlap_share_a_column_and_no_column_is_too_many(stretches):
    columns = layered(stretches)
    for one, (first, last) in enumerate(stretches):
        for other in range(one):
            if columns[one] == columns[other]:
                assert stretches[other][1] < first or last < stretches[other][0]
    assert max(columns, default=-1) + 1 == depth(stretches)


@given(STRETCHES, st.tuples(st.integers(0, 60), st.integers(0, 20)))
def test_one_more_moves_none_that_begins_before_it(stretches, added):
    new = (added[0], added[0] + added[1])
    before, after = layered(stretches), layered([*stretches, new])
    for stretch, was, now in zip(stretches, before, after, strict=False):
        if stretch[0] <= new[0]:
            assert was == now


@given(STRETCHES)
def test_united_stretches_cover_the_same_and_do_not_touch(stretches):
    found = united(stretches)
    assert {at for a, b in stretches for at in range(a, b + 1)} == {at for a, b in found for at in range(a, b + 1)}
    assert all(one[1] + 1 < other[0] for one, other in pairwise(found))


def lines(*texts, voices=()):
    return [Line(f"l{n}", "r1", n, n * 9000, n * 9000 + 8000, text, build.some_words(text, n * 9000), "en",
                 voice_id=voices[n] if voices else None) for n, text in enumerate(texts)]


def said(transcript, line, word):
    first, last = sentence_at(transcript, line, word)
    return " ".join(word.text for n, one in enumerate(transcript) for place, word in enumerate(one.words)
                    if first <= (n, place) <= last)


@pytest.mark.parametrize(("texts", "at", "sentence"), [
    (["We walk. We talk to people. Then tea."], (0, 3), "We talk to people."),
    (["We talk to", "people every day. Then", "tea."], (1, 0), "We talk to people every day."),
    (["We talk to", "people every day. Then", "tea."], (1, 3), "Then tea."),
    (["Dr. Roy asked Mme. Gagnon. She said no. Then yes."], (0, 2), "Dr. Roy asked Mme. Gagnon."),
    (["Dr. Roy asked Mme. Gagnon. She said no. Then yes."], (0, 6), "She said no."),
    (["Vous venez ? Oui, demain."], (0, 0), "Vous venez ?"),
    (["Vous venez ? Oui, demain."], (0, 4), "Oui, demain."),
    (["Elle a dit : « Venez. » Puis rien."], (0, 4), "Elle a dit : « Venez. »"),
    (["I waited... and waited. Yes."], (0, 3), "I waited... and waited."),
    (["No. It was 3.5 hours, at 9 a.m. sharp. So."], (0, 4), "It was 3.5 hours, at 9 a.m. sharp."),
    (["nobody wrote any", "marks at all here", "not one"], (1, 2), "marks at all here"),
])
def test_a_sentence_is_found_by_its_punctuation_across_lines_else_it_is_the_line(texts, at, sentence):
    assert said(lines(*texts), *at) == sentence


def test_another_voice_ends_a_sentence():
    told = lines("And then we. Just", "what did you do?", voices=("a", "b"))
    assert said(told, 0, 3) == "Just"
    assert said(told, 1, 0) == "what did you do?"


@given(st.lists(st.text(alphabet="aB.?! »«…", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=6))
def test_every_word_is_in_its_sentence_and_the_sentence_is_the_same_for_each_of_its_words(texts):
    told = lines(*texts)
    for number, line in enumerate(told):
        for word in range(len(line.words)):
            first, last = sentence_at(told, number, word)
            assert first <= (number, word) <= last


def code(key, kind=CodeKind.FREE, **about):
    return Code(key, kind, key, key, **about)


BOOK = [*(code(f"b{n}", CodeKind.BLOCK) for n in range(1, 6)), *(code(f"t{n}") for n in range(1, 8)),
        code("gathers", codable=False)]


def test_building_blocks_have_the_first_digits_and_used_tags_the_next():
    digits = Digits(BOOK, ["t1", "t2"])
    assert digits.keys == ("b1", "b2", "b3", "b4", "b5", "t1", "t2")
    assert (digits.code(6), digits.digit("t2"), digits.code(9), digits.digit("t7")) == ("t1", 7, "", 0)


def test_a_tag_keeps_its_digit_until_it_is_the_one_longest_out_of_use():
    digits = Digits(BOOK, ["t1", "t2", "t3", "t4"])
    digits.use("t1")
    digits.use("t5")
    assert digits.keys[5:] == ("t1", "t5", "t3", "t4")
    digits.use("b1")
    digits.use("gathers")
    assert digits.keys[:6] == ("b1", "b2", "b3", "b4", "b5", "t1")


def test_a_code_that_is_gone_gives_its_digit_up():
    digits = Digits(BOOK, ["t1", "t2"])
    digits.know([one for one in BOOK if one.key not in ("t1", "b2")])
    assert digits.keys == ("b1", "b3", "b4", "b5", "t2")
