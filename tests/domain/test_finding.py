"""Finding: a text is found as people mean it, wherever it stands, and replaced without losing a line."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.finding import Found, Searchable, Sought, replaced, words_at

LINES = ["The clinic gave me tea.", "L’été, la Clinique de l'aîné", "was open. The end of the",
         "walking group came late."]


def found(text, lines=LINES, **how):
    return Searchable(lines).find(Sought(text, **how))


def texts(text, lines=LINES, **how):
    return [lines[one.line][one.start : one.end] for one in found(text, lines, **how)]


def test_case_and_accents_do_not_matter_unless_they_are_asked_for():
    assert texts("CLINI") == ["clini", "Clini"]
    assert texts("ete") == ["été"]
    assert texts("aine") == ["aîné"]
    assert texts("Clini", match_case=True) == ["Clini"]
    assert texts("ete", match_case=True) == []
    assert texts("été", match_case=True) == ["été"]


def test_a_typed_apostrophe_finds_the_printed_one():
    assert texts("l'été") == ["L’été"]
    assert texts("l’aîné", match_case=True) == ["l'aîné"]


def test_a_whole_word_ends_where_its_letters_end_and_begins_after_an_elision():
    assert texts("end", whole_word=True) == ["end"]
    assert texts("gav", whole_word=True) == []
    assert texts("aîné", whole_word=True) == ["aîné"]
    assert texts("don", ["I don't know Don."], whole_word=True) == ["Don"]
    assert texts("group came", whole_word=True) == ["group came"]


def test_a_phrase_over_the_end_of_a_line_is_found_where_it_begins():
    assert found("end of the walking") == [Found(2, 14, 3, 7)]
    assert found("tea. l'ete") == [Found(0, 19, 1, 5)]


def test_signs_of_a_pattern_are_only_signs_and_nothing_is_not_sought():
    assert texts(".*", ["a.*b"]) == [".*"]
    assert texts("[a-z]+(") == []
    assert texts("(", ["one (two)"]) == ["("]
    assert found("") == found("   ") == []


def test_places_do_not_overlap():
    assert [one.start for one in found("aa", ["aaaaa"])] == [0, 2]


def test_letters_that_fold_to_two_keep_their_place():
    lines = ["Ma sœur et son cœur."]
    assert texts("soeur", lines) == ["sœur"]
    assert texts("coeur.", lines) == ["cœur."]
    assert texts("son", lines) == ["son"]


def test_an_accent_that_is_a_sign_of_its_own_goes_with_its_letter():
    assert texts("ete", ["un e\u0301te\u0301 chaud"]) == ["e\u0301te\u0301"]
    assert texts("chaud", ["un e\u0301te\u0301 chaud"]) == ["chaud"]


def test_all_places_are_replaced_at_once_and_other_lines_stay():
    lines = ["tea and tea", "coffee"]
    assert replaced(lines, found("tea", lines), "herbal tea") == ({0: "herbal tea and herbal tea"}, 0)
    assert replaced(lines, found("tea", lines), "tea") == ({}, 0)


def test_a_phrase_over_two_lines_is_written_in_the_first():
    after, stay = replaced(LINES, found("the walking"), "a running")
    assert (after, stay) == ({2: "was open. The end of a running", 3: "group came late."}, 0)


def test_a_place_that_would_leave_its_line_empty_stays():
    lines = ["uh", "uh yes", "no"]
    assert replaced(lines, found("uh", lines), "") == ({1: "yes"}, 1)
    assert replaced(lines, found("yes no", lines), "x") == ({}, 1)


def test_a_stretch_touches_whole_words():
    assert words_at("one two three", 4, 7) == (1, 1)
    assert words_at("one two three", 2, 9) == (0, 2)
    assert words_at("one two three", 4, 8) == (1, 1)


SOME = st.lists(st.text(st.sampled_from("abéœ Ö'’.-x "), min_size=1, max_size=12), min_size=1, max_size=5)


@given(SOME, st.text(st.sampled_from("abéœ Ö'’.-x "), max_size=4), st.booleans(), st.booleans())
def test_what_is_found_reads_as_what_was_sought(lines, text, whole, case):
    for one in found(text, lines, whole_word=whole, match_case=case):
        stretch = _read(lines, one)
        assert texts(text.strip(), [stretch], match_case=case), (stretch, text)
        assert 0 <= one.start <= len(lines[one.line]) and 0 <= one.end <= len(lines[one.last_line])


@given(SOME, st.sampled_from(["a", "œ", "ab", "b a", "'"]), st.sampled_from(["", "q", "q q"]))
def test_replacing_leaves_no_line_empty_and_takes_every_place_that_may_go(lines, text, replacement):
    lines = [" ".join(line.split()) or "x" for line in lines]
    places = found(text, lines)
    after, stay = replaced(lines, places, replacement)
    now = [after.get(number, line) for number, line in enumerate(lines)]
    assert all(line.strip() for line in now)
    assert stay <= len(places)
    if not stay and len(text) == 1 and text != "a":
        assert not found(text, now)


def test_a_long_transcript_is_searched_within_a_frame():
    lines = [f"So we went to the walking group number {n} and had a cup of tea in the été." for n in range(1700)]
    searchable = Searchable(lines)
    searchable.find(Sought("warm"))
    begun = perf_counter()
    assert len(searchable.find(Sought("walking"))) == 1700
    assert perf_counter() - begun < 0.1  # a frame is 16 ms; the machine that runs this may be busy


def _read(lines, one):
    if one.line == one.last_line:
        return lines[one.line][one.start : one.end]
    between = lines[one.line + 1 : one.last_line]
    return " ".join([lines[one.line][one.start :], *between, lines[one.last_line][: one.end]])


@pytest.mark.parametrize("case", [True, False])
def test_nothing_is_found_in_nothing(case):
    assert Searchable([]).find(Sought("a", match_case=case)) == []
    assert Searchable([""]).find(Sought("a", match_case=case)) == []
