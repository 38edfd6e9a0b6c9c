"""Suggestion: words that name codes, quotes that are alike, and how reasons add up."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.lexicon import Lexicon, said
from storybank.domain.suggestion import Nearby, Similar, ranked
from storybank.domain.tagged import TaggedQuotes, Tagging
from storybank.domain.vocabulary import CODES

KEYS = [code.key for code in CODES]
SHIPPED = Lexicon(CODES)


def named(text, language="en", lexicon=SHIPPED):
    return lexicon.named(said(text, language), language, lambda _stem: 1.0)


def tagged(*texts):
    quotes = TaggedQuotes()
    for number, text in enumerate(texts):
        quotes.put(Tagging(f"q{number}", "r1", 0, 1, (("hope", "", ""),)), said(text, "en"))
    return quotes


def test_an_alias_is_seen_through_accents_case_and_forms():
    for text, language in (("LES SUBVENTIONS", "fr"), ("the Grants", "en"), ("subvention", "")):
        assert max(named(text, language).items(), key=lambda one: one[1].weight)[0] == "policy"


def test_a_phrase_counts_only_whole():
    lexicon = Lexicon([Code("k", CodeKind.FREE, "K", "K", aliases=("safe harbour",))])
    assert named("a Safe harbour", lexicon=lexicon)["k"].words == ("safe harbour",)
    assert named("a safe and a harbour", lexicon=lexicon) == {}


def test_a_word_of_a_longer_phrase_is_no_word_of_its_own():
    assert "bridges" not in named("I am a link worker")
    assert "bridges" in named("there is a link to the clinic")


def test_words_that_say_nothing_name_nothing():
    assert named("and they will have been there with you") == {}
    assert named("et ils ont été là avec vous", "fr") == {}


def test_a_word_that_belongs_to_one_code_tells_more_than_one_of_many():
    codes = [Code(key, CodeKind.FREE, key, key, aliases=("shared",)) for key in "abc"]
    lexicon = Lexicon([*codes, Code("d", CodeKind.FREE, "d", "d", aliases=("alone",))])
    found = named("shared and alone", lexicon=lexicon)
    assert found["d"].weight > found["a"].weight


def test_the_quote_with_the_rarer_words_in_common_is_the_nearest():
    quotes = tagged("people planted tomatoes", "people went home", "people sang songs", "people ate")
    best = quotes.nearest(said("tomatoes for people", "en"), 4)
    assert best[0][0].quote_id == "q0"
    assert best[0][1] > 2 * best[1][1]


def test_a_quote_is_as_like_itself_as_can_be():
    quotes = tagged("people planted tomatoes", "others sang")
    assert round(quotes.nearest(said("people planted tomatoes", "en"), 1)[0][1], 6) == 1.0


def test_what_was_used_lately_is_no_reason_by_itself():
    assert ranked(KEYS, {}, [], [], ["policy"]) == ()


def test_more_and_nearer_quotes_come_first():
    near = [Nearby(gap, frozenset({key})) for gap, key in ((0, "policy"), (60_000, "measure"), (10**9, "exit"))]
    assert [one.code for one in ranked(KEYS, {}, [], near, [])] == ["policy"]
    alike = [Similar(0.5, frozenset({"measure"}))] * 3 + [Similar(0.5, frozenset({"policy"}))]
    best = ranked(KEYS, {}, alike, near, [])[0]
    assert (best.code, str(best.reasons[0])) == ("measure", "3 similar quotes")


texts = st.lists(st.text(max_size=40), max_size=8)


@given(texts, st.text(max_size=60), st.sampled_from(["en", "fr", "", "cr"]))
def test_any_text_is_suggested_for_without_fault(others, text, language):
    quotes = TaggedQuotes()
    for number, other in enumerate(others):
        quotes.put(Tagging(f"q{number}", "r", 0, 1, (("policy", "", ""),)), said(other, language))
    words = said(text, language)
    nearest = quotes.nearest(words, 5)
    assert all(0 < cosine <= 1.000001 for _quote, cosine in nearest)
    similar = [Similar(cosine, quote.codes_for("")) for quote, cosine in nearest]
    found = ranked(KEYS, SHIPPED.named(words, language, quotes.rarity), similar, [], [], 5)
    assert len(found) <= 5 and all(one.reasons and one.score > 0 for one in found)


@given(texts)
def test_quotes_that_were_taken_out_leave_nothing_behind(others):
    quotes = tagged("tomatoes", *others)
    for number in range(len(others) + 1):
        quotes.remove(f"q{number}")
    assert quotes.nearest(said("tomatoes " + " ".join(others), "en"), 5) == []
    assert quotes.of_recording("r1") == []
