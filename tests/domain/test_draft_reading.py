"""Draft reading: what somebody wrote in a file is taken in whole, or refused with its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storybank.domain.draft import Chosen, Draft, DraftKind, Evidence, EvidenceKind, Option, Part, Source, Spokesperson
from storybank.domain.draft_content import content_of
from storybank.domain.draft_forgetting import without_quotes
from storybank.domain.draft_reading import draft_told
from storybank.domain.twin import Twin
from storybank.errors import Invalid

BLANK = Draft("d", "D-0001", DraftKind.BRIEF, Twin())
TWINS = st.builds(Twin, st.text(max_size=20), st.text(max_size=20))
FULL = Draft(
    "d", "D-0001", DraftKind.BRIEF, Twin("Title", "Titre"), languages=("en", "fr"), until=date(2027, 3, 31),
    asks=(Twin("Fund it", "Financez"),), sections={"issue": Twin("Why\n\n- now", "Pourquoi")},
    quotes=(Chosen("Q-0001", "told", True, Twin("She says:")), Chosen("Q-0002")),
    sources=(Source("s1", Twin("A report"), "https://example.ca"),),
    evidence=(Evidence("e1", Twin("It may help"), kind=EvidenceKind.LIVED_EXPERIENCE, quotes=("Q-0001",)),),
    options=(Option("o1", Twin("Do it"), views=("Q-0002",)),), spokespeople=(Spokesperson("Jo Smith"),),
    parts=(Part.ONLINE, Part.PRINT), highlight=True,
)  # fmt: skip


def test_a_draft_comes_back_from_json_as_it_went():
    assert draft_told(json.dumps(content_of(FULL)), BLANK) == FULL


@given(st.lists(TWINS, max_size=3), st.dictionaries(st.sampled_from(["issue", "known"]), TWINS))
def test_any_text_survives_the_way_but_for_signs_nobody_sees(asks, sections):
    draft = replace(BLANK, asks=tuple(asks), sections=sections)
    again = draft_told(json.dumps(content_of(draft)), BLANK)
    assert draft_told(json.dumps(content_of(again)), BLANK) == again
    assert len(again.asks) == len(asks) and again.sections.keys() == sections.keys()


def test_a_plain_file_fills_both_languages():
    told = ("Language: en\nLanguage: fr\nTitle: Fund it\nTitle.fr: Financez\nAsk: One\nAsk.fr: Un\nAsk: Two\n"
            "Quote: q-0003 @ told ! lead\nQuote: Q-0004\nSource: A report\nUntil: 2027-03-31\n"
            "# issue\nWhy now.\n\n- A bullet\n# issue.fr\nPourquoi.\n")
    draft = draft_told(told, BLANK)
    assert draft.title == Twin("Fund it", "Financez") and draft.asks == (Twin("One", "Un"), Twin("Two"))
    assert draft.quotes == (Chosen("Q-0003", "told", True), Chosen("Q-0004"))
    assert draft.sections == {"issue": Twin("Why now.\n\n- A bullet", "Pourquoi.")}
    assert draft.sources == (Source("s1", Twin("A report")),) and draft.until == date(2027, 3, 31)


@pytest.mark.parametrize("told", [
    "[1]", "{", '{"nothing": 1}', '{"title": 5}', '{"title": {"de": "x"}}', '{"until": "soon"}', '{"form": "long"}',
    '{"asks": "one"}', '{"quotes": [{}]}', '{"quotes": [{"quote": "Q-0001", "x": 1}]}', '{"sections": []}',
    '{"languages": ["de"]}', '{"highlight": "yes"}', '{"sources": ["x"]}', '{"parts": ["radio"]}', "what is this",
    '{"sources": [{"id": "a", "citation": "x"}, {"id": "a", "citation": "y"}]}', "[" * 100_000,
    json.dumps({"asks": ["x"] * 501}), "x" * 2_000_001,
])  # fmt: skip
def test_what_is_no_draft_is_refused_in_words(told):
    with pytest.raises(Invalid) as refused:
        draft_told(told, BLANK)
    assert str(refused.value.message).strip()


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
                        st.sampled_from([*content_of(BLANK), "en", "fr", "id", "quote"]), inner, max_size=3)))
def test_nothing_that_json_can_say_breaks_it(told):
    try:
        draft_told(json.dumps(told), BLANK)
    except Invalid as refused:
        assert refused.message


def test_identifiers_cannot_be_written():
    assert draft_told('{"id": "x", "code": "D-9", "version": 7}', BLANK) == BLANK


def test_a_draft_without_a_quote_names_it_nowhere():
    draft = replace(FULL, sections={"known": Twin("As told [Q-0001] and [Q-0002].")})
    assert "Q-0001" not in json.dumps(content_of(without_quotes(draft, {"Q-0001"})))
