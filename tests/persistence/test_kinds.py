"""Search reads quotes, memos and what is known about stories beside transcripts, and nothing of what was put away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.coding import Memo, Subject
from storybank.domain.query import Kind, understood
from storybank.domain.quote import Translation
from storybank.persistence.indexing import reindex


@pytest.fixture
def house(shelf):
    shelf.story("We sang in the garden.", "And it rained.", role="plumber", organization="Rivière-Claire",
                province="QC")
    shelf.made = shelf.quote("r-amina", 0, "amplify")
    with shelf.work() as work:
        shelf.jo = work.codings.coder("Jo Tremblay")
        work.memos.save(Memo("m-quote", Subject.QUOTE, shelf.made.id, "Compare with kitchens.", shelf.jo.id, "", ""))
        work.memos.save(Memo("m-story", Subject.STORY, "s-amina", "Call about kitchens.", shelf.jo.id, "", ""))
        work.memos.save(Memo("m-code", Subject.CODE, "amplify", "About kitchens too.", shelf.jo.id, "", ""))
        work.commit()
    return shelf


def search(shelf, typed, **filters):
    query = understood(typed, **filters)
    with shelf.work() as work:
        hits, total = work.index.search(query, None, 50), work.index.count(query, None)[0]
    assert total == len(hits)
    return hits


def kinds(shelf, typed, **filters):
    return sorted(hit.kind for hit in search(shelf, typed, **filters))


def test_memos_about_quotes_and_stories_are_found_with_whose_they_are(house):
    hits = {hit.owner_id: hit for hit in search(house, "kitchen")}
    assert set(hits) == {"m-quote", "m-story"}
    about = hits["m-quote"]
    assert (about.kind, about.text, about.speaker) == ("memo", "Compare with kitchens.", "Jo Tremblay")
    assert (about.recording_id, about.start_ms, about.quote_code) == ("r-amina", house.made.start_ms, house.made.code)
    assert (hits["m-story"].recording_id, hits["m-story"].quote_code) == ("", "")
    assert kinds(house, "kitchens coder:tremblay") == ["memo", "memo"]
    assert kinds(house, "kitchens block:amplify") == ["memo"]


@pytest.mark.parametrize("typed", ["amina diallo", "plumber", "riviere", "quebec", "québec", "Amina", "qc"])
def test_a_story_is_found_by_what_is_known_of_it(house, typed):
    (hit,) = search(house, typed, kinds=frozenset({Kind.STORY}))
    assert (hit.kind, hit.owner_id, hit.recording_id) == ("story", "s-amina", "")
    assert hit.marks


def test_what_is_known_of_a_story_is_followed(house):
    with house.work() as work:
        work.stories.save(replace(work.stories.get("s-amina"), title="Waterfall", place="Sudbury",
                                  recorded_on="2024-05-01"))
        work.contributors.save(replace(work.contributors.get("p-amina"), name="P-0001", role="", organization=""))
        work.commit()
    assert kinds(house, "waterfall sudbury 2024") == ["story"]
    assert kinds(house, "diallo") == kinds(house, "plumber") == kinds(house, "riviere") == []


def test_a_quote_is_found_by_its_wording_and_its_translations(house):
    with house.work() as work:
        work.quotes.save(replace(house.made, wording="We sang […] outdoors.",
                                 translations=(Translation("fr", "Nous chantions au jardin.", "Jo", ""),)))
        work.commit()
    (hit,) = search(house, "outdoors")
    assert (hit.kind, hit.text, hit.quote_code) == ("quote", "We sang […] outdoors.", house.made.code)
    (hit,) = search(house, "chantions jardins")
    assert hit.text == "Nous chantions au jardin."
    assert [hit.text[start:end] for start, end in hit.marks] == ["chantions", "jardin"]


def test_each_kind_is_counted_whichever_is_asked_for(house):
    with house.work() as work:
        for wanted in (frozenset(), frozenset({Kind.MEMO})):
            counted = work.index.kinds(understood("garden OR kitchens", kinds=wanted), None)
            assert counted == {"passage": 1, "quote": 1, "memo": 2, "story": 0}
    assert kinds(house, "garden OR kitchens") == ["memo", "memo", "passage"]
    assert kinds(house, "garden OR kitchens", kinds=frozenset({Kind.MEMO})) == ["memo", "memo"]
    assert kinds(house, "garden kind:quote") == kinds(house, "garden genre:citation") == ["quote"]


def test_a_memo_goes_with_its_quote_and_comes_back_with_it(house):
    with house.work() as work:
        work.quotes.remove(house.made.id)
        work.commit()
    assert [hit.owner_id for hit in search(house, "kitchens")] == ["m-story"]
    with house.work() as work:
        work.quotes.save(house.made)
        work.memos.remove("m-story")
        work.commit()
    assert [hit.owner_id for hit in search(house, "kitchens")] == ["m-quote"]


def everything(shelf):
    return kinds(shelf, "garden OR kitchens OR amina")


def test_what_was_put_away_is_found_by_nothing_whatever_is_done_to_it(house):
    with house.work() as work:
        work.eraser.hide_story("s-amina")
        work.memos.save(Memo("m-story", Subject.STORY, "s-amina", "Kitchens again.", house.jo.id, "", ""))
        work.quotes.save(house.made)
        work.contributors.save(replace(work.contributors.get("p-amina"), role="plumber"))
        work.stories.save(replace(work.stories.get("s-amina"), place="Garden"))
        work.commit()
    assert everything(house) == []
    with house.library.engine.begin() as connection:
        reindex(connection)
    assert everything(house) == []
    with house.work() as work:
        work.eraser.show_story("s-amina")
        work.commit()
    assert everything(house) == ["memo", "memo", "passage", "story"]


def test_nothing_of_an_erased_story_is_found(house):
    with house.work() as work:
        work.eraser.erase_story("s-amina")
        work.contributors.save(replace(work.contributors.get("p-amina"), role="plumber"))
        work.commit()
    assert everything(house) == []
    assert house.library.check() == []


def test_rings_join_words_of_both_languages_unless_they_are_meant_as_written(shelf):
    shelf.story("They were prescribing walks.")
    shelf.story("La prescription aide les bénévoles.", slug="bea", language="fr")
    assert len(search(shelf, "prescrire")) == len(search(shelf, "prescriptions")) == 2
    assert [hit.story_id for hit in search(shelf, "volunteering")] == ["s-bea"]
    (hit,) = search(shelf, "volunteering")
    assert [hit.text[start:end] for start, end in hit.marks] == ["bénévoles"]
    assert search(shelf, "=volunteer") == search(shelf, '"volunteer"') == search(shelf, "volunt*") == []
    assert len(search(shelf, "prescription -volunteer")) == 2
    assert [hit.story_id for hit in search(shelf, "prescription -bénévole")] == ["s-amina"]
