"""Agreeing: two coders on real quotes: blind, done, measured, and settled where they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.coding import CONSENSUS
from storybank.domain.query import understood
from storybank.domain.quote import Anchor
from storybank.domain.transcript import Span
from storybank.domain.unitizing import Difference, Unit
from storybank.errors import Invalid, NotFound, Refused
from storybank.services.agreeing import Agreeing
from storybank.services.browsing import Browsing
from storybank.services.compared import Options
from storybank.services.covering import Covering
from storybank.services.facetting import Facetting
from storybank.services.quoting import Quoting
from storybank.services.searching import Searching


class Coders:
    """Ana and Ben, over one library."""

    def __init__(self, house, view):
        self.house, self.view = house, view
        self.recording = view.recordings[0].id

    def quoting(self, who):
        return Quoting(self.house.work, lambda: who)

    def agreeing(self, who="Ana"):
        return Agreeing(self.house.work, lambda: who)

    def gives(self, who, line, *codes, first=0, last=None, suggested=None):
        own = self.view.lines[line - 1]
        anchor = Anchor(own.id, first, own.id, len(own.words) - 1 if last is None else last)
        new = self.quoting(who).pick(self.recording, anchor, codes, suggested or {})
        new.edit.do()
        return new.quote

    def are_done(self, *who):
        for one in who or ("Ana", "Ben"):
            self.agreeing(one).finish(self.recording).do()

    def row(self, code, options=Options()):  # noqa: B008 - a frozen value
        return next(row.measure for row in self.agreeing().measure(options).rows if row.code.key == code)


@pytest.fixture
def coders(house, tmp_path):
    return Coders(house, house.a_story(tmp_path))


def test_what_only_one_is_done_with_is_not_measured(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 1, "policy")
    coders.are_done("Ana")
    assert coders.agreeing().measure().recordings == ()
    assert coders.agreeing().measure().waiting == 1
    coders.are_done("Ben")
    assert coders.agreeing().measure().recordings == (coders.recording,)
    assert coders.row("policy").kappa == pytest.approx(1.0)


def test_two_coders_of_the_same_words_share_one_quote(coders):
    first, second = coders.gives("Ana", 1, "policy"), coders.gives("Ben", 1, "policy", "measure")
    assert first.id == second.id
    with coders.house.work() as work:
        assert len(work.quotes.of_story(coders.view.story.id)) == 1
        names = {one.id: one.name for one in work.codings.coders()}
        given = {(names[one.coder_id], one.code) for one in work.codings.of_quote(first.id)}
    assert given >= {("Ana", "policy"), ("Ben", "policy"), ("Ben", "measure")}


def test_taking_back_a_shared_quote_takes_back_ones_own_codes_alone(coders):
    quote = coders.gives("Ana", 1, "policy")
    own = coders.view.lines[0]
    edit = coders.quoting("Ben").pick(coders.recording, Anchor(own.id, 0, own.id, len(own.words) - 1), ["measure"]).edit
    edit.do()
    edit.undo()
    assert coders.quoting("Ana").get(quote.id).codes == quote.codes


def test_the_blind_see_and_touch_their_own_alone(coders):
    theirs = coders.gives("Ana", 1, "policy")
    coders.gives("Ana", 2, "measure")
    coders.agreeing("Ben").begin_blind()
    ben, browsing = coders.quoting("Ben"), Browsing(coders.house.work, coders.house.store,
                                                    lambda: coders.house.now.date(), lambda: "Ben")
    assert ben.of_story(coders.view.story.id) == ben.all() == [] == list(browsing.story("amina").quotes)
    with pytest.raises(Refused, match="you code blind"):
        ben.get(theirs.code)
    shared = coders.gives("Ben", 1, "training")
    assert shared.id == theirs.id
    assert [quote.codes - {"link_worker"} for quote in browsing.story("amina").quotes] == [{"training"}]
    ben.retag(shared.id, ["bridges"]).do()
    assert ben.get(shared.id).codes == {"bridges"}
    assert coders.quoting("Ana").get(shared.id).codes >= {"policy", "bridges"}
    ben.remove(shared.id).do()
    assert ben.all() == []
    assert "policy" in coders.quoting("Ana").get(shared.id).codes


def test_a_search_tells_the_blind_of_no_quote_and_no_code_but_their_own(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 2, "measure")

    def found(who, typed):
        searching = Searching(coders.house.work, lambda: coders.house.now.date(), lambda: who)
        return {(one.hit.kind, code) for one in searching.find(understood(typed)).hits for code in one.hit.codes}

    assert ("passage", "policy") in found("Ben", "prescription")
    coders.agreeing("Ben").begin_blind()
    assert {code for _kind, code in found("Ben", "prescription")} <= {"measure", "link_worker"}
    assert ("passage", "measure") in found("Ben", "walking")
    assert ("passage", "policy") in found("Ana", "prescription")


def test_what_is_counted_for_the_blind_is_their_own_alone(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 2, "measure")

    def today():
        return coders.house.now.date()

    ben = Covering(coders.house.work, today, lambda: "Ben")

    def told():
        facets = Facetting(coders.house.work, today, lambda: "Ben").of(understood("prescription"))
        cells = ben.matrix("website")
        return ({one.key for name in ("blocks", "codes", "coders") for one in facets[name]},
                {row.key for row in cells.rows for column in cells.columns if cells.cell(row.key, column.key).all})

    assert "policy" in told()[0] and told()[1] == {"policy", "measure"}
    coders.agreeing("Ben").begin_blind()
    assert told() == (set(), {"measure"})
    coders.agreeing("Ben").end_blind()
    assert told()[1] == {"policy", "measure"}


def test_the_blind_are_not_told_how_far_they_agree(coders):
    coders.agreeing("Ben").begin_blind()
    for asked in (coders.agreeing("Ben").measure, coders.agreeing("Ben").disagreements):
        with pytest.raises(Refused, match="code blind"):
            asked()
    coders.agreeing("Ben").end_blind()
    assert coders.agreeing("Ben").measure().recordings == ()


def test_suggested_codes_can_be_left_out(coders):
    coders.gives("Ana", 1, "policy", suggested={"policy": "says: ministry"})
    coders.gives("Ben", 1, "policy")
    coders.are_done()
    assert coders.row("policy").f1 == 1.0
    assert coders.row("policy", Options(suggested=False)).f1 == 0.0


def test_a_heading_may_count_what_stands_under_it(coders):
    coders.house.quoting.add_code("Money")
    with coders.house.work() as work:
        for key in ("policy", "measure"):
            work.codebook.save(replace(work.codebook.code(key), parent="money"))
        work.commit()
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 1, "measure")
    coders.are_done()
    assert coders.row("money", Options(children=True)).f1 == 1.0
    assert [row.code.key for row in coders.agreeing().measure(Options(codes=frozenset({"policy"}))).rows] == ["policy"]


def test_units_of_lines_are_counted_one_each(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 1, "policy", last=4)
    coders.are_done()
    lines = coders.row("policy", Options(unit=Unit.LINES))
    assert (lines.weight, lines.percent) == (2, 1.0)
    assert coders.row("policy", Options(unit=Unit.TIME)).f1 < 1.0


def test_every_difference_is_told_with_its_words_and_who(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ana", 2, "measure")
    coders.gives("Ben", 2, "measure", last=2)
    coders.are_done()
    found = {one.code.key: one for one in coders.agreeing().disagreements()}
    assert [coder.name for coder, _span in found["policy"].gave] == ["Ana"]
    assert [coder.name for coder in found["policy"].gave_not] == ["Ben"]
    assert found["policy"].words == "Trust is the first prescription we write"
    assert found["measure"].disagreement.kind is Difference.BORDERS


@pytest.mark.parametrize("kept", [True, False])
def test_a_settled_difference_leaves_the_list_and_comes_back_when_undone(coders, kept):
    quote = coders.gives("Ana", 1, "policy")
    coders.are_done()
    one = next(d for d in coders.agreeing().disagreements() if d.code.key == "policy")
    edit = coders.agreeing().adjudicate(one.disagreement, kept)
    edit.do()
    assert "policy" not in [d.code.key for d in coders.agreeing().disagreements()]
    assert consensus(coders) == ([(quote.id, "policy")] if kept else [])
    edit.undo()
    assert "policy" in [d.code.key for d in coders.agreeing().disagreements()]
    assert consensus(coders) == []


def test_borders_are_settled_as_one_of_them_has_it_or_anew(coders):
    coders.gives("Ana", 2, "measure")
    bens = coders.gives("Ben", 2, "measure", last=2)
    coders.are_done()
    one = next(d for d in coders.agreeing().disagreements() if d.code.key == "measure")
    edit = coders.agreeing().adjudicate(one.disagreement, Span(bens.start_ms, bens.end_ms))
    edit.do()
    assert consensus(coders) == [(bens.id, "measure")]
    edit.undo()
    words = coders.view.lines[1].words
    edit = coders.agreeing().adjudicate(one.disagreement, Span(words[1].start_ms, words[3].end_ms))
    edit.do()
    (made, _code), = consensus(coders)
    assert coders.quoting("Ana").get(made).text == "started with a"
    assert "measure" not in [d.code.key for d in coders.agreeing().disagreements()]
    edit.undo()
    with pytest.raises(NotFound):
        coders.quoting("Ana").get(made)


def test_what_all_gave_holds_for_all_beside_what_was_settled(coders):
    shared = coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 1, "policy")
    coders.gives("Ana", 2, "measure")
    coders.are_done()
    one = next(d for d in coders.agreeing().disagreements() if d.code.key == "measure")
    coders.agreeing().adjudicate(one.disagreement, keep=True).do()
    agreed = {(coding.quote_id, coding.code) for coding in coders.agreeing().agreed()}
    assert (shared.id, "policy") in agreed and "measure" in {code for _quote, code in agreed}


def test_coders_are_told_with_what_they_gave_and_can_have_another_name(coders):
    coders.gives("Ana", 1, "policy")
    coders.gives("Ben", 1, "policy")
    coders.are_done("Ben")
    found = {one.coder.name: one for one in coders.agreeing().coders()}
    assert found["Ana"].is_you and not found["Ben"].is_you
    assert found["Ben"].finished == {coders.recording}
    coders.agreeing().rename(found["Ben"].coder.id, "  Benoît ")
    assert {one.coder.name for one in coders.agreeing().coders()} == {"Ana", "Benoît"}
    with pytest.raises(Refused, match="codes here already"):
        coders.agreeing().rename(found["Ben"].coder.id, "Ana")
    with pytest.raises(Invalid, match="needs a name"):
        coders.agreeing().rename(found["Ben"].coder.id, " ")


def test_being_done_can_be_undone(coders):
    edit = coders.agreeing().finish(coders.recording)
    edit.do()
    assert coders.agreeing().has_finished(coders.recording)
    edit.undo()
    assert not coders.agreeing().has_finished(coders.recording)


def consensus(coders):
    with coders.house.work() as work:
        return [(one.quote_id, one.code) for one in work.codings.all() if one.coder_id == CONSENSUS.id]
