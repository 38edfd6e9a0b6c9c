"""The script and the cursor: which word is said, doubted, selected or quoted."""

from __future__ import annotations

from dataclasses import replace

from storybank.domain.quote import Anchor
from storybank.domain.transcript import Line, Word
from tests import build
from ui.story.happenings import happenings
from ui.story.moments import quoted
from ui.story.tag_rows import rows_for
from ui.transcript.cursor import Cursor
from ui.transcript.script import Place, Script


def a_line(number, text, start_ms):
    return Line(f"l{number}", "r1", number, start_ms, start_ms + 2000, text, build.some_words(text, start_ms), "en")


LINES = [a_line(0, "One two three", 0), a_line(1, "four five", 5000), a_line(2, "six seven eight", 9000)]


def test_the_word_at_a_moment_and_none_in_a_pause():
    script = Script(LINES)
    assert script.at(450) == Place(0, 1)
    assert script.at(1300) == Place(0, 2)
    assert script.at(3000) is None
    assert script.at(5000) == Place(1, 0)


def test_a_quote_over_two_lines_stripes_both_and_keeps_its_column():
    both = build.a_quote(id="a", anchor=Anchor("l0", 1, "l1", 0), codes=frozenset({"amplify"}))
    late = build.a_quote(id="b", anchor=Anchor("l1", 1, "l2", 0), codes=frozenset({"amplify", "policy"}))
    script = Script(LINES, [both, late], ["amplify", "policy"])
    assert [(s.column, s.code) for s in script.stripes_in(1)] == [(0, "amplify"), (1, "amplify"), (2, "policy")]
    assert [s.column for s in script.stripes_in(2)] == [1, 2]
    assert script.span_at(Place(1, 0)).quote.id == "a"


def test_a_quote_whose_lines_are_gone_stands_nowhere():
    assert Script(LINES, [build.a_quote(anchor=Anchor("l9", 0, "l9", 2))]).spans == ()


def test_doubtful_words_are_found_both_ways():
    words = tuple(Word(w, i * 400, i * 400 + 400, p) for i, (w, p) in enumerate([("a", 0.9), ("b", 0.2), ("c", None)]))
    script = Script([Line("l", "r1", 0, 0, 1200, "a b c", words, "en")])
    assert script.next_doubtful(Place(0, 0), 1) == Place(0, 1)
    assert script.next_doubtful(Place(0, 2), -1) == Place(0, 1)
    assert script.next_doubtful(Place(0, 1), 1) is None
    assert script.doubts == 1
    assert Script([replace(script.lines[0], reviewed=True)]).doubts == 0


def test_a_selection_takes_in_the_word_one_is_on_and_crosses_lines():
    cursor = Cursor()
    cursor.set_script(Script(LINES))
    cursor.go(Place(0, 2))
    for _press in range(3):
        cursor.by_words(1, extend=True)
    assert cursor.selection == (Place(0, 2), Place(1, 1))
    assert cursor.script.text(*cursor.selection) == "three four five"


def test_the_place_holds_when_a_line_is_corrected_and_gets_shorter():
    cursor = Cursor()
    cursor.set_script(Script(LINES))
    cursor.go(Place(2, 2))
    cursor.set_script(Script([*LINES[:2], a_line(2, "six", 9000)]))
    assert cursor.place == Place(2, 0)


def test_tags_are_found_without_accents_in_both_languages_and_offered_new():
    from storybank.domain.vocabulary import CODES

    found = [row.code.key for row in rows_for(CODES, "medecin") if row.code]
    assert found[0] == "physician"  # the names first, then those whose description says so
    assert [row.new for row in rows_for(CODES, "rural life") if row.new] == ["rural life"]
    assert not any(row.new for row in rows_for(CODES, "Measure impact"))


def test_french_quotes_stand_in_their_own_marks():
    assert quoted("La confiance", "fr") == "«\u00a0La confiance\u00a0»"
    assert quoted("Trust", "en") == "“Trust”"


def test_the_history_tells_a_run_of_the_same_once():
    from storybank.domain.lists import HistoryLine
    from storybank.words import Words

    lines = [HistoryLine(n, f"2026-03-0{n}", "TranscriptGrew", "{}") for n in (3, 2, 1)]
    assert happenings(lines, [], Words()) == [("2026-03-03", "The transcript grew (3×)")]
