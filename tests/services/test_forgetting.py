"""Forgetting: tags named in erased words, memos, saved searches and synonyms do not keep what was to go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from storybank.domain.coding import Memo, Subject
from storybank.domain.draft import Chosen, DraftKind, Evidence
from storybank.domain.query import understood
from storybank.domain.saved import Ring, SavedSearch
from storybank.domain.twin import Twin, both
from storybank.domain.withdrawal import Choice
from storybank.services.withdrawing import Stop
from tests.services.conftest import Calm

SAID = "Heron feathers by the kettle"


@pytest.fixture
def two(house, tmp_path):
    """Amina and George have a story and a quote each; she says what nobody else does."""
    for name, person, said in (("amina", "Amina Diallo", f"{SAID} every morning"),
                               ("george", "George Campbell", "Trust is the first prescription")):
        story = house.a_story(tmp_path, name, person, said)
        house.quoting.pick_lines(story.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    return house


def tag(house, quote, name):
    code = house.quoting.add_code(name, name)
    found = house.quoting.get(quote)
    house.quoting.retag(found.id, [*found.codes, code.key]).do()
    return code


def stop(house, choice=Choice.ERASE, **about):
    case = house.withdrawing.withdraw(Stop(house.people.find("Amina Diallo").id, **about)).case
    return house.erasing.carry_out(case.id, choice, Calm())


def labels(house):
    return {code.label_en for code in house.quoting.codes()}


def in_words(house):
    """Return every table in which her words can still be read, each cell of each looked at."""
    with house.work() as work:
        run = work._transaction.execute
        tables = [row[0] for row in run(text("SELECT name FROM sqlite_master WHERE type = 'table'"))]
        return [name for name in tables if "fts" not in name
                for row in run(text(f'SELECT * FROM "{name}"')) if "heron" in repr(tuple(row)).casefold()]


def test_a_tag_in_erased_words_that_only_she_has_goes(two):
    tag(two, "Q-0001", SAID)
    assert {"codes", "history"} <= set(in_words(two))
    stop(two)
    assert SAID not in labels(two) and not any("heron" in code.key for code in two.quoting.codes())
    assert in_words(two) == []


def test_a_tag_in_erased_words_that_others_have_keeps_its_place_without_its_name(two):
    code = tag(two, "Q-0001", SAID)
    tag(two, "Q-0002", SAID)
    under = two.quoting.add_code("Tea", "", code.key)
    stop(two)
    with pytest.raises(IntegrityError, match="only ever added"), two.work() as work:
        work._transaction.execute(text("UPDATE history SET details = ''"))
    (quote,) = two.quoting.all()
    (renamed,) = [key for key in quote.codes if key.startswith("renamed")]
    assert two.quoting.code(renamed).label_en == "Renamed tag 1" and two.quoting.code(under.key).parent == renamed
    assert in_words(two) == []


def test_a_tag_of_others_that_she_happened_to_say_stays(two):
    tag(two, "Q-0002", "Trust is the first")
    tag(two, "Q-0001", "Trust is the first")
    stop(two)
    assert "Trust is the first" in labels(two)


@pytest.mark.parametrize("choice", [Choice.ANONYMISE, Choice.ERASE])
def test_memos_searches_and_synonyms_forget_who_wants_out(two, choice):
    amina, georges = two.people.find("Amina Diallo"), two.quoting.get("Q-0002").id
    with two.work() as work:
        coder = work.codings.coder("Robin")
        for number, (subject, about) in enumerate((
                (Subject.PERSON, amina.id), (Subject.LIBRARY, ""), (Subject.QUOTE, georges))):
            work.memos.save(Memo(f"m{number}", subject, about, "Ask  AMINA Diallo again.", coder.id, "", ""))
        work.searches.save(SavedSearch("s", "Hers", 'speaker:"Amina Diallo"'))
        work.rings.save(Ring("r", ("Amina Diallo", "founder")))
        work.commit()
    stop(two, choice)
    with two.work() as work:
        assert [memo.text for memo in work.memos.all()] == ["Ask  [name withheld] again."] * 2
        assert work.searches.all() == [] and "r" not in {ring.id for ring in work.rings.all()}
    assert two.searching.find(understood("kind:memo amina")).total == 0


def draft_about_her(house):
    """Return a draft that has her quote, names her, and copies her words; an older version of it is kept."""
    draft = house.building.begin(DraftKind.BRIEF, "What Amina Diallo told us")
    said = Twin(en=f"As “{SAID.lower()} every  morning” shows [Q-0001]. Others agree [Q-0002].")
    draft = replace(draft, quotes=(Chosen("Q-0001"), Chosen("Q-0002")), sections={"known": said},
                    evidence=(Evidence("e1", both("They sing."), quotes=("Q-0001", "Q-0002")),))
    house.building.save(draft)
    house.building.keep(draft.id)
    return house.building.save(draft)


def test_every_version_of_a_draft_loses_erased_words_names_and_quotes(two):
    draft = draft_about_her(two)
    assert "draft_versions" in in_words(two)
    stop(two)
    assert in_words(two) == []
    for version in (1, 2):
        now = two.building.version(draft.id, version)
        assert now.codes == ("Q-0002",) and now.evidence[0].quotes == ("Q-0002",)
        assert now.title.en == "What [name withheld] told us"
        assert now.sections["known"].en == "As “[…]” shows. Others agree [Q-0002]."


def test_who_stays_anonymous_is_not_named_in_drafts_and_a_removed_draft_is_no_hiding_place(two):
    draft = draft_about_her(two)
    two.building.remove(draft.code).do()
    stop(two, Choice.ANONYMISE)
    assert "Amina" not in repr(two.building.version(draft.id, 1)) + repr(two.building.version(draft.id, 2))
