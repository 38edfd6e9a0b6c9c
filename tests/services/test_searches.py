"""Saved searches: what they find today, and what is new since somebody looked; corrections are no news."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.change import ChangeKind
from storybank.domain.events import SearchesChanged
from storybank.domain.query import Kind, Sort, understood
from storybank.errors import Invalid, NotFound
from storybank.services.searches import Searches


@pytest.fixture
def searches(house, tmp_path):
    house.view = house.a_story(tmp_path, text="Trust is the first prescription we write")
    return Searches(house.work, lambda: house.now.date())


def save(searches, name, typed, **filters):
    searches.save(name, understood(typed, **filters)).do()
    return searches.find(name)


def correct(house, number, text, **about):
    with house.work() as work:
        line = work.transcripts.lines(house.view.recordings[0].id)[number]
        after = replace(line, text=text, **about)
        work.transcripts.revise(work.transcripts.run_of(line.id), [after], "Jo", ChangeKind.REWORDED)
        work.commit()


def standing(searches):
    return [(one.search.name, one.total, one.new) for one in searches.all()]


def test_what_a_search_found_when_it_was_saved_is_not_new(searches):
    save(searches, "Trust", "trust")
    assert standing(searches) == [("Trust", 1, 0)]


def test_what_came_since_is_new_until_somebody_looks(searches, house, tmp_path):
    search = save(searches, "Trust", "trust")
    house.a_story(tmp_path, "marie", "Marie Gagnon", "Trust grows slowly here")
    assert standing(searches) == [("Trust", 2, 1)]
    searches.look(search.id)
    assert standing(searches) == [("Trust", 2, 0)]


def test_a_corrected_passage_is_no_news(searches, house):
    save(searches, "Trust", "trust")
    correct(house, 0, "Trust is the very first prescription that we ever write")
    assert standing(searches) == [("Trust", 1, 0)]


def test_a_quote_from_what_was_seen_is_no_news(searches, house):
    save(searches, "Trust", "trust")
    house.quoting.pick_lines(house.view.recordings[0].id, 1, 1).edit.do()
    assert [new for _name, _total, new in standing(searches)] == [0]


def test_a_name_is_taken_once_and_found_however_it_is_written(searches):
    save(searches, "Réseau de  Québec", "trust")
    assert searches.find("reseau de quebec").name == "Réseau de Québec"
    for name in ("RÉSEAU DE QUÉBEC", "", " ", "x" * 500):
        with pytest.raises(Invalid):
            searches.save(name, understood("walk"))
    with pytest.raises(NotFound, match="Walking") as refused:
        searches.find("Walking")
    assert "Réseau de Québec" in str(refused.value.hint)


def test_a_search_asks_again_what_was_asked(searches):
    query = replace(understood('"first prescription" -walk', languages=frozenset({"en"}), usable_for="website"),
                    kinds=frozenset({Kind.PASSAGE}), sort=Sort.NEWEST)
    searches.save("All of it", query).do()
    assert searches.query(searches.find("All of it")) == query


def test_saving_renaming_and_forgetting_can_be_undone_and_are_on_record(searches, house):
    heard = []
    house.hub.subscribe(heard.append)
    saved = searches.save("Trust", understood("trust"))
    saved.do()
    search = searches.find("Trust")
    renamed = searches.rename(search.id, "First trust")
    renamed.do()
    assert searches.find("first trust").id == search.id
    renamed.undo()
    gone = searches.remove(search.id)
    gone.do()
    assert standing(searches) == []
    gone.undo()
    assert standing(searches) == [("Trust", 1, 0)]
    saved.undo()
    assert standing(searches) == []
    assert heard == [SearchesChanged(search.id)] * 6


def test_no_words_are_kept_of_what_was_seen(searches):
    assert "trust" not in " ".join(save(searches, "All", "the OR trust OR we").seen).casefold()
