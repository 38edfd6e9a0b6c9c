"""Codebooks out and in: what left comes back the same; what others wrote is told first, and done as one edit."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.codebook.formats import CodebookFormats
from storybank.domain.attribution import Attribution
from storybank.domain.codebook import Code, CodeKind, by_key, in_order, path_of
from storybank.domain.codebook_changes import alias_texts, gist_text, label_text
from storybank.domain.colour import nearest_legible
from storybank.errors import StorybankError
from storybank.services.codebook_carrying import CodebookCarrying
from storybank.services.codebooks import Codebooks
from tests.services.conftest import Calm, House


def carrying_of(house):
    return CodebookCarrying(house.work, CodebookFormats(), lambda: house.now.date())


@pytest.fixture
def carrying(house):
    return carrying_of(house)


@pytest.fixture
def bring(carrying, tmp_path):
    def plan(content, name="book.csv", language="en"):
        (tmp_path / name).write_text(content, "utf-8")
        return carrying.plan(tmp_path / name, language)

    return plan


def the_codes(house):
    with house.work() as work:
        return work.codebook.codes()


# ---- what left comes back -------------------------------------------------------------------------------------------

lines = st.text(st.characters(codec="utf-8"), max_size=20)
labels = lines.map(label_text).filter(bool)


@st.composite
def codebooks(draw):
    """Return codes of every list, up to three levels, as the services keep them."""
    made: list[Code] = []
    for number in range(draw(st.integers(1, 8))):
        above = draw(st.sampled_from([None, *made])) if made else None
        if above and len(path_of(above, by_key(made))) > 2:
            above = None
        english, french = draw(st.one_of(st.tuples(labels, labels), st.tuples(labels, st.just("")),
                                         st.tuples(st.just(""), labels)))
        made.append(Code(
            f"code-{number}", above.kind if above else draw(st.sampled_from(list(CodeKind))), english, french,
            label_text(draw(lines), 40), label_text(draw(lines), 40), gist_text(draw(st.text(max_size=40))),
            gist_text(draw(st.text(max_size=40))), number + 20, alias_texts(draw(st.lists(lines, max_size=3))),
            draw(st.one_of(st.just(""), st.integers(0, 0xFFFFFF).map(lambda n: nearest_legible(f"#{n:06x}")))),
            above.key if above else "", draw(st.booleans()), str(draw(st.uuids())),
        ))  # fmt: skip
    return made


@pytest.fixture(scope="module")
def two_houses(empty_library, tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    houses = [House(shutil.copytree(empty_library, folder / name / "library")) for name in ("one", "other")]
    yield houses
    for house in houses:
        house.library.close()


@pytest.mark.parametrize("ending", [".qdc", ".csv", ".xlsx"])
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(codes=codebooks(), language=st.sampled_from(["en", "fr"]))
def test_what_is_exported_comes_in_again_as_the_same_codebook(two_houses, ending, codes, language):
    with tempfile.TemporaryDirectory() as folder:
        out, into = map(carrying_of, two_houses)
        undo = _fill(two_houses[0], codes)
        file = Path(folder) / f"book{ending}"
        out.export(file, language)
        again = out.plan(file, "en")
        assert (again.new, again.changed, again.refused) == ((), (), ())
        plan = into.plan(file, "fr")
        assert (plan.refused, plan.remarks) == ((), ())
        plan.edit.do()
        ours, theirs = (in_order(the_codes(house)) for house in two_houses)
        plan.edit.undo()
        undo()
    assert [replace(one, position=0) for one in ours] == [replace(one, position=0) for one in theirs]


def _fill(house, codes):
    with house.work() as work:
        work.codebook.save_all(codes)
        work.commit()

    def empty():
        with house.work() as work:
            for code in codes:
                work.codebook.remove(code.key)
            work.commit()

    return empty


def test_a_code_named_in_the_words_of_somebody_of_whom_nothing_may_leave_stays_here(house, carrying, tmp_path):
    story = house.a_story(tmp_path)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
    books = Codebooks(house.work)
    for label, parent in (("Trust is the first", ""), ("Under it", "trust-is-the-first"), ("Trust comes first", "")):
        books.add(label, parent=parent).edit.do()
    house.quoting.retag(house.quoting.get("Q-0001").id, ["trust-is-the-first", "trust-comes-first"]).do()
    done = carrying.export(tmp_path / "book.csv", "en")
    assert [one.name for one in done.left_out] == ["trust-is-the-first"]
    text = (tmp_path / "book.csv").read_text("utf-8-sig")
    assert "Trust is the first" not in text and "trust-is-the-first" not in text
    assert "Under it" in text and "Trust comes first" in text
    books.merge("trust-is-the-first", "trust-comes-first").edit.do()
    assert carrying.export(tmp_path / "book.csv", "en").left_out == ()
    assert "Trust is the first" not in (tmp_path / "book.csv").read_text("utf-8-sig")
    amina = house.people.find("Amina Diallo").id
    for uses, kept in ((["website"], True), (["internal"], False)):
        house.consenting.record(amina, uses, Attribution.FULL_NAME, Calm())
        carrying.export(tmp_path / "book.csv", "en", "website")
        assert ("Trust is the first" in (tmp_path / "book.csv").read_text("utf-8-sig")) is kept
        carrying.export(tmp_path / "book.csv", "en")
        assert "Trust is the first" not in (tmp_path / "book.csv").read_text("utf-8-sig")


# ---- what others wrote ----------------------------------------------------------------------------------------------


def test_a_file_is_told_first_and_done_as_one_edit(house, bring):
    before = the_codes(house)
    plan = bring("name,description\nTrust,When people rely on it\nPhysician,\nmeasure impact,New words\n,\n,nothing\n")
    assert [one.name for one in plan.new] == ["Trust"]
    assert [(one.code.key, one.fields) for one in plan.changed] == [("measure", ("label_en", "gist_en"))]
    assert [one.code.key for one in plan.same] == ["physician"]
    assert [one.name for one in plan.refused] == ["#6"]
    assert the_codes(house) == before
    plan.edit.do()
    codes = by_key(the_codes(house))
    assert (codes["trust"].gist_en, codes["trust"].kind) == ("When people rely on it", CodeKind.FREE)
    plan.edit.undo()
    assert the_codes(house) == before


def test_codes_are_known_by_identifier_then_path_then_name(house, bring):
    books = Codebooks(house.work)
    for label, parent in (("Care", ""), ("Money", "care"), ("Away", ""), ("Time", "")):
        books.add(label, parent=parent).edit.do()
    guid = books.find("time").guid
    plan = bring(f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code name="care" isCodable="true">'
                 f'<Code name="Money" isCodable="true"/><Code guid="{{{guid.upper()}}}" name="Hours" isCodable="true"/>'
                 f'<Code name="AWAY" isCodable="true"/></Code></Codes></CodeBook>', "theirs.qdc")
    assert not plan.new
    plan.edit.do()
    codes = by_key(the_codes(house))
    assert (codes["time"].label_en, codes["time"].parent, codes["time"].guid) == ("Hours", "care", guid)
    assert codes["away"].parent == ""


def test_deeper_levels_are_brought_up_with_their_way_in_the_name(house, bring):
    deep = "".join(f'<Code name="{name}" isCodable="true">' for name in "ABCDE") + "</Code>" * 5
    content = f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{deep}</Codes></CodeBook>'
    plan = bring(content, "deep.qdc")
    assert [str(one) for one in plan.remarks][1:] == [
        "D stands deeper than 3 levels; it comes in as C / D.",
        "E stands deeper than 3 levels; it comes in as C / D / E."]
    plan.edit.do()
    codes = by_key(the_codes(house))
    assert {code.label_en for code in codes.values() if code.parent == "b"} == {"C", "C / D", "C / D / E"}
    again = bring(content, "deep.qdc")
    assert (again.new, again.changed) == ((), ())


def test_codes_of_the_same_name_stay_two(house, bring):
    content = ('<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
               '<Code guid="7d1a0f6e-0f5e-4a43-9b53-0c1d2e3f4a5b" name="Money" isCodable="true"/>'
               '<Code guid="8d1a0f6e-0f5e-4a43-9b53-0c1d2e3f4a5b" name="Money" isCodable="true"/>'
               '</Codes></CodeBook>')
    bring(content, "two.qdc").edit.do()
    assert [code.key for code in the_codes(house) if code.label_en == "Money"] == ["money", "money-2"]
    assert not bring(content, "two.qdc").changes_anything


def test_a_colour_that_cannot_be_read_comes_in_as_the_nearest_and_is_told(house, bring):
    plan = bring("name,colour\nSun,#ffff00\nSea,blueish\n")
    assert "too light" in str(plan.remarks[0]) and "not a colour" in str(plan.remarks[1])
    plan.edit.do()
    assert by_key(the_codes(house))["sun"].colour == nearest_legible("#ffff00")


def test_a_code_with_quotes_does_not_become_a_heading(house, bring, tmp_path):
    story = house.a_story(tmp_path)
    house.quoting.pick_lines(story.recordings[0].id, 1, 1).edit.do()
    plan = bring("key,name,codable\nlink_worker,Link worker,no\n")
    assert "has quotes" in str(plan.remarks[0])
    assert not plan.changes_anything


def test_what_stands_under_nothing_that_is_there_is_refused(house, bring):
    plan = bring("name,parent\nTrust,Elsewhere\nFaith,physician\n")
    assert [one.name for one in plan.refused] == ["Trust"]
    assert plan.new[0].code.kind is CodeKind.STAKEHOLDER


def test_the_order_of_a_file_is_taken_and_what_it_does_not_have_keeps_its_place(house, bring):
    books = Codebooks(house.work)
    for label in "ABCD":
        books.add(label).edit.do()
    bring("key,name,position\nd,D,1\nnew,New,2\na,A,3\nb,B,4\n").edit.do()
    free = [code.label_en for code in in_order(the_codes(house)) if code.kind is CodeKind.FREE]
    assert free == ["D", "New", "A", "C", "B"]


def test_a_code_does_not_come_to_stand_under_itself_or_in_another_list(house, bring):
    books = Codebooks(house.work)
    books.add("A").edit.do()
    books.add("B", parent="a").edit.do()
    plan = bring("key,name,parent\na,A,b\nphysician,Physician,policy\n")
    assert [one.name for one in plan.refused] == ["A", "Physician"]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.sampled_from([".qdc", ".csv", ".xlsx"]))
def test_no_file_does_anything_but_be_taken_in_or_refused(two_houses, content, ending):
    house = two_houses[0]
    before = the_codes(house)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"book{ending}"
        file.write_bytes(content)
        try:
            carrying_of(house).plan(file, "en")
        except StorybankError as error:
            assert str(error)
    assert the_codes(house) == before
