"""Fields narrow what is found: who speaks, under which code, where, when, in what state; in English and French."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.change import ChangeKind
from storybank.domain.coding import Memo, Subject
from storybank.domain.query import understood
from storybank.domain.quote import Hold, Translation
from storybank.persistence.library import create_library
from tests.persistence.shelf import Shelf, noon

DAYS = {"amina": "2021-05-03", "bea": "2022", "george": ""}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a library that is only asked."""
    with create_library(tmp_path_factory.mktemp("kept") / "library", "Voices", noon) as library:
        yield furnished(Shelf(library))


@pytest.fixture
def three(shelf):
    """Return a library to be changed."""
    return furnished(shelf)


def furnished(shelf):
    """Three stories that all say garden; Amina's is quoted and tagged, Bea's is in French and quoted, George's bare."""
    shelf.story("We sang in the garden.", stakeholder="link_worker", province="ON")
    shelf.story("Le jardin, the garden.", slug="bea", person="Béa Roy", language="fr", stakeholder="funder",
                province="QC")
    shelf.story("A garden grows.", slug="george", person="George Campbell", province="")
    shelf.quotes = {"amina": shelf.quote("r-amina", 0, "amplify", "enter", important=True),
                    "bea": shelf.quote("r-bea", 0)}
    with shelf.work() as work:
        for slug, day in DAYS.items():
            work.stories.save(replace(work.stories.get(f"s-{slug}"), recorded_on=day))
        jo = work.codings.coder("Jo Tremblay")
        coding = work.codings.of_quote(shelf.quotes["amina"].id)
        work.codings.put(shelf.quotes["amina"].id, [replace(one, coder_id=jo.id) for one in coding])
        work.quotes.save(replace(shelf.quotes["bea"], hold=Hold.CHANGED,
                                 translations=(Translation("en", "The garden", "Jo", ""),)))
        for number, (subject, about) in enumerate((("quote", shelf.quotes["bea"].id), ("story", "s-george"))):
            work.memos.save(Memo(f"m{number}", Subject(subject), about, "Ask about the garden.", jo.id, "", ""))
        work.commit()
    return shelf


def found(shelf, typed, **filters):
    """Return whose transcripts are found."""
    query = understood(typed, **filters)
    with shelf.work() as work:
        hits = work.index.search(query, None, 50)
        assert work.index.count(query, None)[0] == len(hits)
    return {hit.story_id[2:] for hit in hits if hit.kind == "passage"}


EVERYBODY = {"amina", "bea", "george"}


@pytest.mark.parametrize(("typed", "whose"), [
    ("garden speaker:amina", {"amina"}), ("garden locuteur:béa", {"bea"}),
    ('garden speaker:"george campbell"', {"george"}),
    ("garden speaker:amina,bea", {"amina", "bea"}), ("garden -speaker:amina", {"bea", "george"}),
    ("garden speaker:geo*", {"george"}), ("garden speaker:nobody", set()),
    ("garden block:amplify", {"amina"}), ('garden bloc:"faire entendre"', {"amina"}), ("garden block:policy", set()),
    ("garden block:enter", set()), ("garden stage:enter", {"amina"}), ("garden code:amplify,measure", {"amina"}),
    ("garden stakeholder:funder", {"bea"}), ('garden partie:"bailleur de fonds privé"', {"bea"}),
    ("garden province:ontario", {"amina"}), ("garden province:QC", {"bea"}), ("garden pays:canada", {"amina", "bea"}),
    ("garden country:france", set()),
    ("garden lang:fr", {"bea"}), ("garden langue:anglais", {"amina", "george"}),
    ("garden year:2021", {"amina"}), ("garden année:2020..2022", {"amina", "bea"}), ("garden year:2022..", {"bea"}),
    ("garden before:2022", {"amina"}), ("garden after:2021-05-02", {"amina", "bea"}),
    ("garden avant:2021-05-03", set()),
    ("garden story:s-0002", {"bea"}), ("garden récit:george", {"george"}), ("garden video:R-0001", {"amina"}),
    ("garden coder:jo", {"amina"}), ("garden -codeur:tremblay", {"bea", "george"}),
    ("garden has:quote", {"amina", "bea"}), ("garden has:memo", {"bea"}), ("garden a:traduction", {"bea"}),
    ("garden is:tagged", {"amina"}), ("garden is:untagged", {"bea", "george"}), ("garden est:important", {"amina"}),
    ("garden is:changed", {"bea"}), ("garden is:lost", set()), ("garden is:reviewed", set()),
    ("garden kind:passage", EVERYBODY), ("garden kind:memo", set()),
    ("speaker:amina", {"amina"}), ("-speaker:amina", {"bea", "george"}), ("-sang", {"bea", "george"}),
    ("garden OR speaker:amina", EVERYBODY), ("(sang OR speaker:bea) garden", {"amina", "bea"}),
    ("garden -(sang OR lang:fr)", {"george"}), ("garden NOT sang", {"bea", "george"}),
    ("garden SAUF sang", {"bea", "george"}),
    ("sang | grows", {"amina", "george"}), ("sang OU grows", {"amina", "george"}),
    ("garden sang OR grows", {"amina", "george"}),
    ('"garden sang"~4', {"amina"}), ('"garden sang"~1', set()), ('"garden sang"', set()),
    ("colour:garden", set()), ("usable:website garden", set()), ("speaker: garden", set()),
])  # fmt: skip
def test_a_field_must_hold(kept, typed, whose):
    assert found(kept, typed) == whose


def test_a_passage_is_reviewed_when_all_its_lines_are(three):
    (line,) = three.lines("r-bea")
    with three.work() as work:
        work.transcripts.revise("t-bea", [replace(line, reviewed=True)], "Jo", ChangeKind.REVIEWED)
        work.commit()
    assert found(three, "garden est:relu") == {"bea"}


def test_a_code_stands_for_those_under_it(three):
    with three.work() as work:
        amplify = work.codebook.code("amplify")
        work.codebook.save(replace(amplify, key="voices", label_en="Voices", parent="amplify", guid=""))
        work.quotes.save(replace(three.quotes["bea"], codes=frozenset({"voices"})))
        work.commit()
    assert found(three, "garden block:amplify") == {"amina", "bea"}
    assert found(three, "garden block:voices") == {"bea"}


@pytest.mark.parametrize(("filters", "whose"), [
    ({"codes": {"enter"}}, {"amina"}), ({"years": {"2021", "2022"}}, {"amina", "bea"}),
    ({"speakers": {"p-bea"}}, {"bea"}),
    ({"stakeholders": {"funder"}, "provinces": {"QC"}}, {"bea"}),
    ({"stakeholders": {"funder"}, "provinces": {"ON"}}, set()),
])  # fmt: skip
def test_every_filter_must_hold(kept, filters, whose):
    assert found(kept, "garden", **{name: frozenset(keys) for name, keys in filters.items()}) == whose
