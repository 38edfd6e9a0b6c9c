"""The codebook: every change tells first what it reaches, takes along what hangs on a code, and has a way back."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import pytest

from storybank.domain.codebook import CodeKind, by_key, path_of, under
from storybank.domain.codebook_changes import Count
from storybank.domain.coding import Coder, Coding, Memo, Subject
from storybank.domain.events import CodebookChanged
from storybank.domain.saved import SavedSearch
from storybank.domain.vocabulary import CODES
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.codebooks import Codebooks


class Shelf:
    """A codebook with quotes by two coders, and what else points at codes."""

    def __init__(self, house, story):
        self.house, self.story, self.codebooks = house, story, Codebooks(house.work)
        house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
        house.quoting.pick_lines(story.recordings[0].id, 2, 2).edit.do()
        self.first, self.second = (house.quoting.get(code) for code in ("Q-0001", "Q-0002"))

    def add(self, label, parent="", **about):
        new = self.codebooks.add(label, parent=parent, **about)
        new.edit.do()
        return new.code.key

    def give(self, quote, *given):
        with self.house.work() as work:
            for coder in {coder for _key, coder in given}:
                work.codings.save_coder(Coder(coder, coder))
            work.codings.put(quote.id, [Coding(f"{quote.id}{key}{coder}", quote.id, key, coder, "2026-02-01", "why")
                                        for key, coder in given])
            work.commit()

    def given(self, quote):
        with self.house.work() as work:
            return {(one.code, one.coder_id) for one in work.codings.of_quote(quote.id)}

    def everything(self):
        with self.house.work() as work:
            return (by_key(work.codebook.codes()), set(work.codings.all()), set(work.contributors.all()),
                    {m.id: m for m in work.memos.all()},
                    {s.id: (s.typed, s.filters) for s in work.searches.all()})

    def labels(self, parent="", kind=CodeKind.FREE):
        return [one.label_en for one in under(parent, kind, self.codebooks.codes())]


@pytest.fixture
def shelf(house, tmp_path):
    return Shelf(house, house.a_story(tmp_path))


def undoes_exactly(shelf, edit):
    """Do an edit, take it back, and see that nothing is different; then do it again."""
    before = shelf.everything()
    edit.do()
    after = shelf.everything()
    edit.undo()
    assert shelf.everything() == before
    edit.do()
    assert shelf.everything() == after


# ---- one code -------------------------------------------------------------------------------------------------------


def test_a_code_is_added_under_another_of_any_list_and_taken_back(shelf):
    new = shelf.codebooks.add("Peer support", "Entraide", parent="bridges", gist_en="People like oneself.")
    undoes_exactly(shelf, new.edit)
    code = shelf.codebooks.find("entraide")
    assert (code.kind, code.parent, code.gist_en, code.guid) == (
        CodeKind.BLOCK, "bridges", "People like oneself.", new.code.guid)


def test_a_fourth_level_is_refused(shelf):
    one = shelf.add("One")
    two = shelf.add("Two", one)
    three = shelf.add("Three", two)
    with pytest.raises(Invalid, match="3 levels"):
        shelf.codebooks.add("Four", parent=three)


def test_two_codes_in_one_place_are_not_called_the_same_whatever_their_accents(shelf):
    shelf.add("Éloignement")
    with pytest.raises(Invalid, match="already"):
        shelf.codebooks.add("eloignement")
    shelf.add("Eloignement", "bridges")


def test_a_code_is_renamed_in_both_languages_and_its_guid_and_key_stay(shelf):
    before = shelf.codebooks.find("physician")
    plan = shelf.codebooks.rename("physician", label_en="Doctor", label_fr="Docteure", short_en="Dr")
    undoes_exactly(shelf, plan.edit)
    after = shelf.codebooks.find("Doctor")
    assert after == replace(before, label_en="Doctor", label_fr="Docteure", short_en="Dr")


def test_a_code_cannot_lose_its_name(shelf):
    with pytest.raises(Invalid, match="needs a name"):
        shelf.codebooks.rename("physician", label_en=" ", label_fr="\u202e")


def test_a_description_keeps_its_paragraphs_and_aliases_come_once(shelf):
    undoes_exactly(shelf, shelf.codebooks.describe("policy", gist_fr="Un.\r\n\r\nDeux.\0"))
    undoes_exactly(shelf, shelf.codebooks.call("policy", ["Loi; règlement", "Règlement", " law "]))
    code = shelf.codebooks.find("law")
    assert (code.gist_fr, code.aliases) == ("Un.\n\nDeux.", ("Loi", "règlement", "law"))


def test_a_colour_that_could_not_be_read_is_refused_and_the_nearest_is_offered(shelf):
    with pytest.raises(Invalid) as refused:
        shelf.codebooks.colour("policy", "#ff0")
    offered = str(refused.value.hint).split()[-1].rstrip(".")
    undoes_exactly(shelf, shelf.codebooks.colour("policy", offered))
    assert shelf.codebooks.find("policy").colour == offered
    with pytest.raises(Invalid, match="not a colour"):
        shelf.codebooks.colour("policy", "red")


def test_a_name_that_several_codes_have_is_not_guessed(shelf):
    one, two = shelf.add("Barriers"), shelf.add("Barriers", "policy")
    with pytest.raises(Refused) as refused:
        shelf.codebooks.find("Barriers")
    assert one in str(refused.value.hint) and two in str(refused.value.hint)
    assert shelf.codebooks.find(two).key == two
    with pytest.raises(NotFound):
        shelf.codebooks.find("nonsense")


# ---- where it stands ------------------------------------------------------------------------------------------------


def test_codes_are_put_in_order_and_ties_go(shelf, house):
    keys = [shelf.add(label) for label in "ABC"]
    with house.work() as work:
        for key in keys:
            work.codebook.save(replace(work.codebook.code(key), position=7))
        work.commit()
    undoes_exactly(shelf, shelf.codebooks.step(keys[2], -1))
    assert shelf.labels() == ["A", "C", "B"]
    assert [one.position for one in under("", CodeKind.FREE, shelf.codebooks.codes())] == [1, 2, 3]
    shelf.codebooks.order(keys[1], 1).do()
    shelf.codebooks.step(keys[1], -1).do()
    assert shelf.labels() == ["B", "A", "C"]


def test_a_code_moves_with_those_under_it_and_never_under_itself(shelf):
    one, other = shelf.add("One"), shelf.add("Other")
    two = shelf.add("Two", one)
    plan = shelf.codebooks.move(one, other)
    assert [code.key for code in plan.affected.codes] == [two]
    undoes_exactly(shelf, plan.edit)
    codes = by_key(shelf.codebooks.codes())
    assert [code.label_en for code in path_of(codes[two], codes)] == ["Other", "One", "Two"]
    for wrong in (two, one):
        with pytest.raises(Invalid, match="itself"):
            shelf.codebooks.move(one, wrong)
    with pytest.raises(Invalid, match="3 levels"):
        shelf.codebooks.move(other, shelf.add("Above"))
    shelf.codebooks.move(one, "", 1).edit.do()
    assert shelf.labels()[0] == "One"


def test_a_code_stays_in_its_list(shelf):
    with pytest.raises(Invalid, match="different lists"):
        shelf.codebooks.move("physician", "policy")


# ---- joining and parting --------------------------------------------------------------------------------------------


def test_merging_hands_everything_over_and_comes_back_with_coder_date_and_suggestion(shelf, house):
    one, other = shelf.add("Isolation", gist_en="Being alone"), shelf.add("Loneliness")
    shelf.codebooks.call(one, ["alone"]).do()
    shelf.give(shelf.first, (one, "ann"), (other, "ann"), (one, "bob"))
    shelf.give(shelf.second, (one, "bob"))
    with house.work() as work:
        work.memos.save(Memo("m", Subject.CODE, one, "Think again.", "ann", "", ""))
        work.searches.save(SavedSearch("s", "Alone", f"code:{one} garden", {"codes": (one, "policy")}))
        work.commit()
    plan = shelf.codebooks.merge(one, other)
    told = plan.affected
    assert (told.quotes, told.stories, told.coders, told.doubles, told.memos, told.searches) == (
        2, 1, 2, 1, 1, ("Alone",))
    assert {example.quote_code for example in told.examples} == {"Q-0001", "Q-0002"}
    undoes_exactly(shelf, plan.edit)
    assert shelf.given(shelf.first) == {(other, "ann"), (other, "bob")}
    assert shelf.given(shelf.second) == {(other, "bob")}
    assert shelf.codebooks.find("isolation").key == other
    assert set(shelf.codebooks.find(other).aliases) == {"Isolation", "alone"}
    with house.work() as work:
        assert work.memos.get("m").about_id == other
        kept = {(c.at, c.suggested) for c in work.codings.of_quote(shelf.second.id)}
        assert kept == {("2026-02-01", "why")}
        search = work.searches.all()[0]
    assert (search.typed, set(search.filters["codes"])) == (f"code:{other} garden", {other, "policy"})


def test_merging_into_a_code_underneath_brings_those_up(shelf):
    one = shelf.add("One")
    two, third = shelf.add("Two", one), shelf.add("Three", one)
    shelf.add("Deep", two)
    undoes_exactly(shelf, shelf.codebooks.merge(one, two).edit)
    assert shelf.labels() == ["Two", "Three"]
    assert shelf.labels(two) == ["Deep"]
    assert third in by_key(shelf.codebooks.codes())


def test_merging_takes_those_under_along_where_there_is_room(shelf):
    one, other = shelf.add("One"), shelf.add("Other")
    shelf.add("Two", one)
    undoes_exactly(shelf, shelf.codebooks.merge(one, other).edit)
    assert shelf.labels(other) == ["Two"]
    deep = shelf.add("Deep", shelf.add("Middle", shelf.add("Top")))
    with pytest.raises(Invalid, match="no place under"):
        shelf.codebooks.merge(other, deep)


def test_people_go_with_their_stakeholder_and_never_to_what_is_none(shelf, house):
    with pytest.raises(Refused, match="no stakeholder"):
        shelf.codebooks.merge("link_worker", "policy")
    plan = shelf.codebooks.merge("link_worker", "community_partner")
    assert plan.affected.people == 1
    undoes_exactly(shelf, plan.edit)
    assert house.people.find("Amina Diallo").stakeholder == "community_partner"
    house.quoting.pick_lines(shelf.story.recordings[0].id, 1, 2).edit.do()
    assert house.quoting.get("Q-0003").codes == {"community_partner"}


def test_the_five_building_blocks_go_only_after_a_yes(shelf):
    plan = shelf.codebooks.merge("bridges", "policy")
    assert "building blocks" in str(plan.warning)
    with pytest.raises(Refused, match="five building blocks"):
        plan.edit.do()
    assert shelf.codebooks.find("bridges")
    plan = shelf.codebooks.merge("bridges", "policy", sure=True)
    assert plan.warning is None
    undoes_exactly(shelf, plan.edit)
    assert shelf.codebooks.find("bridges").key == "policy"


def test_splitting_gives_some_quotes_to_a_new_code_beside_it(shelf):
    one = shelf.add("Trust")
    shelf.add("Last")
    shelf.give(shelf.first, (one, "ann"), (one, "bob"))
    shelf.give(shelf.second, (one, "ann"))
    plan = shelf.codebooks.split(one, ["q-0002"], label_en="Trust in doctors")
    assert plan.affected.quotes == 1
    undoes_exactly(shelf, plan.edit)
    new = shelf.codebooks.find("Trust in doctors").key
    assert shelf.labels() == ["Trust", "Trust in doctors", "Last"]
    assert shelf.given(shelf.second) == {(new, "ann")}
    assert shelf.given(shelf.first) == {(one, "ann"), (one, "bob")}
    with pytest.raises(Invalid, match="does not have"):
        shelf.codebooks.split(one, ["Q-0002"], into=new)


def test_a_used_code_asks_where_its_quotes_go(shelf):
    one = shelf.add("Trust")
    shelf.give(shelf.first, (one, "ann"))
    with pytest.raises(Refused, match="in use"):
        shelf.codebooks.remove(one)
    undoes_exactly(shelf, shelf.codebooks.remove(one, to="policy").edit)
    assert shelf.given(shelf.first) == {("policy", "ann")}


def test_a_quote_may_stay_without_a_code(shelf, house):
    one = shelf.add("Trust")
    shelf.give(shelf.first, (one, "ann"))
    with house.work() as work:
        work.memos.save(Memo("m", Subject.CODE, one, "Think again.", "ann", "", ""))
        work.searches.save(SavedSearch("s", "Trust", "", {"codes": (one,)}))
        work.commit()
    undoes_exactly(shelf, shelf.codebooks.remove(one, uncoded=True).edit)
    assert shelf.given(shelf.first) == set()
    with house.work() as work:
        assert (work.memos.get("m").subject, work.memos.get("m").text) == (Subject.LIBRARY, "Trust: Think again.")
        assert work.searches.all()[0].filters == {}


def test_removing_a_stakeholder_asks_also_for_people(shelf, house):
    shelf.give(shelf.first)
    shelf.give(shelf.second)
    with pytest.raises(Refused, match="People: 1"):
        shelf.codebooks.remove("link_worker")
    undoes_exactly(shelf, shelf.codebooks.remove("link_worker", uncoded=True).edit)
    assert house.people.find("Amina Diallo").stakeholder == ""


def test_codes_under_one_that_goes_come_up_or_go_with_it(shelf):
    shelf.add("First")
    one = shelf.add("One")
    two = shelf.add("Two", one)
    shelf.add("Three", two)
    shelf.add("Last")
    edit = shelf.codebooks.remove(one).edit
    undoes_exactly(shelf, edit)
    assert shelf.labels() == ["First", "Two", "Last"]
    edit.undo()
    shelf.give(shelf.first, (two, "ann"))
    with pytest.raises(Refused, match="in use"):
        shelf.codebooks.remove(one, with_those_under=True)
    with pytest.raises(Invalid, match="would go as well"):
        shelf.codebooks.remove(one, to=two, with_those_under=True)
    undoes_exactly(shelf, shelf.codebooks.remove(one, to="policy", with_those_under=True).edit)
    assert shelf.labels() == ["First", "Last"]


def test_a_used_code_becomes_a_heading_when_it_is_said_where_its_quotes_go(shelf):
    one = shelf.add("Trust")
    shelf.codebooks.make_heading(one).edit.do()
    assert not shelf.codebooks.find(one).codable
    shelf.codebooks.make_heading(one, heading=False).edit.do()
    shelf.give(shelf.first, (one, "ann"))
    with pytest.raises(Refused, match="in use"):
        shelf.codebooks.make_heading(one)
    undoes_exactly(shelf, shelf.codebooks.make_heading(one, to="policy").edit)
    assert shelf.given(shelf.first) == {("policy", "ann")}
    with pytest.raises(Invalid, match="heading"):
        shelf.codebooks.merge("measure", one)


# ---- all of it ------------------------------------------------------------------------------------------------------


def test_quotes_are_counted_once_for_all_the_codes_under_one(shelf):
    one = shelf.add("One")
    two = shelf.add("Two", one)
    shelf.give(shelf.first, (one, "ann"), (two, "ann"), (two, "bob"))
    shelf.give(shelf.second, (two, "bob"))
    counts = shelf.codebooks.counts()
    assert (counts[one], counts[two], counts["policy"]) == (Count(1, 2), Count(2, 2), Count(0, 0))


def test_a_change_is_told_and_stands_in_the_history(shelf, house):
    one = shelf.add("Trust")
    heard = []
    house.hub.subscribe(heard.append)
    shelf.codebooks.merge(one, "policy").edit.do()
    assert heard == [CodebookChanged(one, "policy", ("policy",))]
    with house.work() as work:
        assert work.history(one, 1)[0].event == "CodebookChanged"


def test_what_somebody_else_changed_meanwhile_is_not_written_over(shelf):
    one = shelf.add("Trust")
    plan = shelf.codebooks.merge(one, "policy")
    shelf.codebooks.rename(one, label_en="Faith").edit.do()
    with pytest.raises(Refused, match="meanwhile"):
        plan.edit.do()
    plan = shelf.codebooks.remove(one)
    shelf.give(shelf.first, (one, "ann"))
    before = shelf.everything()
    with pytest.raises(Refused, match="meanwhile"):
        plan.edit.do()
    assert shelf.everything() == before


def test_thousands_of_codings_are_merged_in_well_under_a_second(shelf, house):
    one = shelf.add("Trust")
    coders = [f"coder {number}" for number in range(2500)]
    for quote in (shelf.first, shelf.second):
        shelf.give(quote, *((one, coder) for coder in coders))
    begun = process_time()
    edit = shelf.codebooks.merge(one, "measure", sure=True).edit
    edit.do()
    edit.undo()
    assert process_time() - begun < 2
    assert len(shelf.given(shelf.first)) == 2500


def test_the_codebook_that_ships_is_as_it_was(shelf):
    assert {code.key for code in CODES} == by_key(shelf.codebooks.codes()).keys()
