"""The dictionaries: both languages as people here write them, asked without anybody waiting."""

from __future__ import annotations

from concurrent.futures import Future

import pytest

from storybank.domain.spelling import is_wrong, to_look_up
from ui.spelling import HunspellSpeller, Spelling


def wrong(text, language):
    words = text.split()
    asked = [form for word in words for form in to_look_up(word)]
    unknown = HunspellSpeller().unknown(asked, language)
    return [word for word in words if is_wrong(word, unknown, frozenset())]


def test_english_is_spelled_as_in_canada():
    assert wrong("The colour of the neighbour's centre, she practised; it's well-being in Toronto", "en") == []
    assert wrong("The color of toronto wsa prescribbed.", "en") == ["color", "toronto", "wsa", "prescribbed."]


def test_french_has_its_elisions_hyphens_and_both_spellings():
    assert wrong("Aujourd’hui, l'aîné qu’elle voit s’est-il senti mieux ? Peut-être.", "fr") == []
    assert wrong("L'ainé a-t-il ri ? Dit-on : rendez-vous !", "fr") == []
    assert wrong("L’ordonance de l'ainéé", "fr") == ["L’ordonance", "l'ainéé"]


def test_a_language_without_a_dictionary_has_no_wrong_words_and_an_unknown_one_may_be_either():
    assert wrong("tansi niwâhkômâkanak", "cr") == []
    assert wrong("the été of colour xqzt", "") == ["xqzt"]


def test_likely_words_come_first():
    assert HunspellSpeller().suggestions("prescribbe", "en")[0] == "prescribe"
    assert HunspellSpeller().suggestions("ordonance", "fr")[0] == "ordonnance"
    assert len(HunspellSpeller().suggestions("cat", "en")) <= 5


@pytest.fixture
def spelling():
    made = Spelling()
    yield made
    made.close()


def test_answers_come_from_another_process_in_the_order_they_were_asked(spelling):
    unknown, suggested = Future(), Future()
    spelling.unknown(["tea", "teea"], "en", unknown.set_result)
    spelling.suggestions("teea", "en", suggested.set_result)
    assert unknown.result(timeout=60) == {"teea"}
    assert "tea" in suggested.result(timeout=60)


def test_a_process_that_dies_says_nothing_and_the_next_question_gets_a_fresh_one(spelling):
    first, second = Future(), Future()
    spelling.unknown(["tea"], "en", first.set_result)
    assert first.result(timeout=60) == frozenset()
    spelling._apart._child._process.kill()
    spelling.unknown(["teea"], "en", second.set_result)
    assert second.result(timeout=60) == {"teea"}


def test_after_closing_nobody_is_told_anything():
    made = Spelling()
    made.close()
    made.unknown(["teea"], "en", pytest.fail)
