"""People's words are found again in a text that others have set, cut or changed; other people's words are not."""

from __future__ import annotations

import random
import time

from hypothesis import assume, given
from hypothesis import strategies as st

from storybank.domain.folding import folded, words_of
from storybank.domain.likeness import Likeness, find, in_order

QUOTE = "Trust is the first prescription we write, and it takes three visits before anyone tells you what is wrong."


def found(text, quote=QUOTE):
    pieces = [text] if isinstance(text, str) else text
    return [(match.likeness, match.text) for match in find({"q": quote}, pieces)]


def likeness(text, quote=QUOTE):
    return [one for one, _ in found(text, quote)]


def test_the_words_are_found_whatever_typesetting_did_to_them():
    assert likeness(f"She said: “{QUOTE}”") == [Likeness.VERBATIM]
    assert likeness(QUOTE.upper().replace(" ", "\u00a0")) == [Likeness.VERBATIM]
    assert likeness(QUOTE.replace("prescription", "pre-\nscription")) == [Likeness.VERBATIM]
    assert likeness(QUOTE.replace("prescription", "pre\u00adscrip\u00adtion")) == [Likeness.VERBATIM]
    assert likeness(QUOTE.replace("first", "\ufb01rst").replace("visits", "vis its")) == [Likeness.VERBATIM]
    assert likeness(QUOTE.replace(" ", "")) == [Likeness.VERBATIM]


def test_french_words_are_found_with_and_without_their_accents_and_marks():
    quote = "C'est l'accès aux soins qui a tout changé, à cœur ouvert: 3,5 % de plus."
    assert likeness("« C’est l’accès aux soins qui a tout changé, à cœur ouvert\u00a0: 3,5\u00a0% de plus. »", quote)
    assert likeness("C’est l’acce\u0300s aux soins qui a tout change, a coeur ouvert : 3,5% de plus", quote) == [
        Likeness.VERBATIM]


def test_a_quote_that_runs_over_several_pieces_is_found_with_its_first_and_last():
    match, = find({"q": QUOTE}, ["Before.", "Trust is the first prescription", "we write, and it takes three visits",
                                 "before anyone tells you what is wrong.", "After."])
    assert match.likeness is Likeness.VERBATIM and (match.begin[0], match.end[0]) == (1, 3)
    assert match.text.startswith("Trust is") and match.text.endswith("what is wrong")


def test_every_place_is_found():
    assert likeness([QUOTE, "Other words.", QUOTE]) == [Likeness.VERBATIM, Likeness.VERBATIM]


def test_a_changed_word_is_seen_and_shown():
    changed = QUOTE.replace("three visits", "five visits")
    (one, text), = found(f"He said “{changed}” and left.")
    assert one is Likeness.CHANGED and text == changed.rstrip(".")


def test_a_changed_number_is_a_changed_quote():
    assert likeness("We saw 105 people in the walking group.", "We saw 10.5 people in the walking group.") == [
        Likeness.CHANGED]


def test_a_word_left_out_without_a_mark_is_a_change():
    assert likeness(QUOTE.replace("anyone ", "")) == [Likeness.CHANGED]


def test_words_left_out_with_a_mark_are_no_change():
    assert likeness("Trust is the first prescription we write […] before anyone tells you what is wrong.") == [
        Likeness.SHORTENED]
    assert likeness("[...] it takes three visits before anyone tells you what is wrong.") == [Likeness.SHORTENED]
    assert likeness("Trust is the first prescription we write, and it takes three visits […]") == [Likeness.SHORTENED]


def test_a_mark_does_not_hide_a_change_beside_it():
    assert likeness("Trust is the first prescription we buy […] it takes three visits before anyone tells you what is"
                    " wrong.") == [Likeness.CHANGED]


def test_parts_in_another_order_are_not_the_quote():
    assert Likeness.SHORTENED not in likeness(
        "it takes three visits before anyone tells you what is wrong […] Trust is the first prescription we write")


def test_a_withheld_name_is_no_change():
    quote = "When Amina Diallo opened the door I knew that somebody would listen."
    assert likeness("When [name withheld] opened the door I knew that somebody would listen.", quote) == [
        Likeness.SHORTENED]
    assert likeness("When [nom omis] opened the window I knew that somebody would listen.", quote) == [
        Likeness.CHANGED]


def test_an_explanation_in_brackets_is_no_change():
    assert likeness(QUOTE.replace("three visits", "three visits [to the clinic]")) == [Likeness.VERBATIM]


def test_a_quote_that_stands_in_brackets_itself_is_found():
    assert likeness("They told us [trust is the first prescription].", "Trust is the first prescription.") == [
        Likeness.VERBATIM]


def test_a_sentence_taken_out_of_a_long_quote_is_found_as_a_part():
    long = QUOTE + " I tell every new colleague that the paper comes last, after the tea and after the listening."
    assert likeness("Quoted: it takes three visits before anyone tells you what. So there.", long) == [Likeness.PART]


def test_a_short_quote_is_found_only_word_for_word():
    assert likeness("I think that trust comes first here.", "Trust comes first") == [Likeness.VERBATIM]
    assert likeness("I think that trust came first here.", "Trust comes first") == []


def test_one_or_two_words_count_only_where_they_stand_alone():
    assert likeness("We want to thank you for coming.", "Thank you.") == []
    assert likeness("All she said was “Thank you.”", "Thank you.") == [Likeness.VERBATIM]


def test_words_that_only_end_alike_are_not_the_same():
    assert likeness("She trusts us with it all", "he trusts us with it all") == [Likeness.CHANGED]
    assert likeness("distrust us", "trust us") == []


def test_common_words_in_another_sentence_are_nobodys_quote():
    assert likeness("It was really important to us that it was done on time.", "It was really good.") == []
    assert likeness("The first thing we write is what is wrong with it, and before that the visits.") == []


def test_a_quote_of_signs_only_is_found_nowhere():
    assert likeness("… — !", "… — !") == [] and likeness("Anything.", "") == [] and likeness([], QUOTE) == []


word = st.text("abcdefghijklmnopqrstuvwxyzéèàç", min_size=2, max_size=9)
sentences = st.lists(word, min_size=8, max_size=30, unique_by=folded)


@given(st.lists(word, max_size=40), sentences, st.lists(word, max_size=40), st.randoms())
def test_a_quote_among_any_words_is_found_however_it_is_set(before, quote, after, chance):
    def setting(one):
        at = chance.randrange(1, len(one))
        return chance.choice([one, one.upper(), f"«\u00a0{one}\u00a0»", f"{one[:at]}\u00ad{one[at:]}",
                              f"{one[:at]}-\n{one[at:]}", f"{one},"])

    text = " ".join([*before, *map(setting, quote), *after])
    assert Likeness.VERBATIM in likeness(text, " ".join(quote))


@given(sentences, st.data())
def test_a_quote_with_up_to_a_third_of_its_words_replaced_is_found_as_changed(quote, data):
    many = data.draw(st.integers(1, len(quote) * 3 // 10))
    places = data.draw(st.lists(st.integers(0, len(quote) - 1), min_size=many, max_size=many, unique=True))
    changed = [f"zz{i}zz" if i in places else one for i, one in enumerate(quote)]
    assert likeness(" ".join(["xx1", *changed, "xx2"]), " ".join(quote)) == [Likeness.CHANGED]


@given(sentences, st.data())
def test_a_cut_with_a_mark_is_never_a_change(quote, data):
    first = data.draw(st.integers(4, len(quote) - 4))
    last = data.draw(st.integers(first, len(quote) - 4))
    cut = " ".join([*quote[:first], "[…]", *quote[last:]])
    seen = likeness(f"xx1 {cut} xx2", " ".join(quote))
    assert seen in ([Likeness.SHORTENED], [Likeness.VERBATIM])


@given(sentences, sentences)
def test_other_words_are_never_taken_for_the_quote(quote, other):
    assume(not {folded(w) for w in quote} & {folded(w) for w in other})
    assume(" ".join(quote).replace(" ", "") != " ".join(other).replace(" ", ""))
    assert likeness(" ".join(other), " ".join(quote)) == []


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abcd"), max_size=12))
def test_words_in_order_are_counted_as_a_slow_and_plain_count_does(quote, window):
    best = [[0] * (len(window) + 1) for _ in range(len(quote) + 1)]
    for i, one in enumerate(quote):
        for j, other in enumerate(window):
            best[i + 1][j + 1] = best[i][j] + 1 if one == other else max(best[i][j + 1], best[i + 1][j])
    assert in_order(quote, window) == best[-1][-1]


def test_a_library_of_quotes_is_looked_for_in_a_long_document_in_seconds():
    chance = random.Random(7)
    common = [f"w{i}" for i in range(3000)]
    weights = [1 / (i + 1) for i in range(3000)]
    quotes = {f"Q-{n:04}": " ".join(chance.choices(common, weights, k=chance.randint(8, 50))) for n in range(5000)}
    paragraphs = [" ".join(chance.choices(common, weights, k=60)) for _ in range(250)]
    paragraphs[40], paragraphs[90] = quotes["Q-0007"], f"He said {quotes['Q-1234']} twice."
    begun = time.perf_counter()
    keys = {match.key for match in find(quotes, paragraphs)}
    took = time.perf_counter() - begun
    assert {"Q-0007", "Q-1234"} <= keys and len(keys) < 10
    assert took < 10, f"{took:.1f} s"


def test_the_words_of_a_text_leave_out_what_its_editor_put_between_them():
    assert words_of("So [pause] we … went on") == ["so", "we", "went", "on"]
