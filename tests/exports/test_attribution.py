"""Attribution: people are named exactly as they allowed, and never by a word more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.attribution import credit, teaching, words_of
from storybank.domain.attribution import Attribution
from storybank.domain.vocabulary import CODES
from storybank.domain.withholding import says_too_much
from tests.exports import library
from tests.exports.obliged import ELDER

AMINA, GEORGE, PRIYA, DANIEL, HELEN, MARIE = (
    "amina-link-worker", "george-physician", "priya-community-partner", "daniel-program-director", "helen-funder",
    "marie-intervenante",
)  # fmt: skip


def cleared(slug, level=None, **about):
    one = library.order("government_brief", slugs=(slug,)).passages[0].cleared
    if level is not None:
        one = replace(one, permission=replace(one.permission, attribution=level, features=level.features))
    return replace(one, speaker=replace(one.speaker, **about))


@pytest.mark.parametrize(("slug", "english", "french"), [
    (AMINA, ("Amina Diallo", "Link worker, Ontario"), ("Amina Diallo", "Intervenant pivot, Ontario")),
    (GEORGE, ("A family physician",), ("Médecin",)),
    (DANIEL, ("Daniel, Alberta",), ("Daniel, Alberta",)),
    (HELEN, ("A private funder", "Northern Light Foundation"),
     ("Bailleur de fonds privé", "Northern Light Foundation")),
    (MARIE, ("Marie Gagnon", "Link worker, Quebec"), ("Marie Gagnon", "Intervenante pivot, Québec")),
    (PRIYA, ("Priya Sharma", "Executive director, British Columbia"),
     ("Priya Sharma", "Partenaire communautaire, Colombie-Britannique")),
])  # fmt: skip
def test_everybody_is_named_as_they_chose(slug, english, french):
    assert credit(cleared(slug), "en", CODES).lines == english
    assert credit(cleared(slug), "fr", CODES).lines == french


def test_an_anonymous_person_has_neither_name_nor_role_nor_place():
    said = credit(cleared(AMINA, Attribution.ANONYMOUS), "en", CODES).text
    assert said == "Shared without a name"


def test_role_and_place_reads_as_a_person_not_as_a_record():
    assert credit(cleared(AMINA, Attribution.ROLE_AND_PLACE), "en", CODES).lines == ("A link worker", "Ontario")


def test_the_full_level_tells_the_employer_too():
    said = credit(cleared(AMINA, Attribution.FULL), "en", CODES).text
    assert said == "Amina Diallo, Link worker, Riverside Community Health Centre, Ontario"


@pytest.mark.parametrize("role", [
    "Physician at Lakeview Family Health Team", "Dr. Campbell in person", "Family physician in Nova Scotia",
])
def test_a_role_that_gives_the_person_away_gives_place_to_the_lists_own_word(role):
    assert credit(cleared(GEORGE, role=role), "en", CODES).text == "A physician"


@pytest.mark.parametrize(("role", "said"), [
    ("Elder", "An Elder"), ("Indigenous health worker", "An Indigenous health worker"), ("MP", "An MP"),
    ("University researcher", "A university researcher"), ("Outreach nurse", "An outreach nurse"),
    ("Community Health Centre director", "A Community Health Centre director"),
])
def test_the_article_and_the_capital_are_right(role, said):
    assert credit(cleared(GEORGE, role=role), "en", CODES).text == said


def test_a_person_without_a_role_is_still_a_voice():
    assert credit(cleared(GEORGE, role="", stakeholder=""), "en", CODES).text == "A voice of social prescribing"


def test_a_name_that_the_speaker_says_but_did_not_allow_is_withheld():
    one = cleared(GEORGE)
    one = replace(one, quote=replace(one.quote, text="I am Dr. George Campbell of Lakeview Family Health Team."))
    assert words_of(one) == "I am [name withheld] of [name withheld]."
    assert says_too_much(one)


def test_who_gives_a_first_name_may_say_it_but_not_the_family_name():
    one = cleared(DANIEL)
    one = replace(one, quote=replace(one.quote, text="My name is Daniel Okafor and I like Danielle."))
    assert words_of(one) == "My name is Daniel [name withheld] and I like Danielle."


def test_who_gives_their_name_may_say_it():
    one = cleared(AMINA)
    assert not says_too_much(replace(one, quote=replace(one.quote, text="My name is Amina Diallo.")))


# ---- each its own answer --------------------------------------------------------------------------------------------


def without(slug, level, **features):
    one = cleared(slug, level)
    return replace(one, permission=replace(one.permission, features=replace(level.features, **features)))


@pytest.mark.parametrize(("level", "features", "said"), [
    (Attribution.FULL, {"place": False}, "Amina Diallo, Link worker, Riverside Community Health Centre"),
    (Attribution.FULL, {"organization": False}, "Amina Diallo, Link worker, Ontario"),
    (Attribution.FULL_NAME, {"place": False}, "Amina Diallo, Link worker"),
    (Attribution.FIRST_NAME, {"place": False}, "Amina"),
    (Attribution.ROLE_AND_PLACE, {"place": False}, "A link worker"),
    (Attribution.ROLE_AND_ORGANIZATION, {"organization": False}, "A link worker"),
    (Attribution.ROLE_ONLY, {"organization": True, "place": True}, "A link worker"),
])  # fmt: skip
def test_place_and_employer_are_told_only_where_level_and_person_both_allow_it(level, features, said):
    assert credit(without(AMINA, level, **features), "en", CODES).text == said


def test_a_place_that_may_not_be_told_is_withheld_from_the_words_too():
    one = without(AMINA, Attribution.FULL_NAME, place=False)
    one = replace(one, quote=replace(one.quote, text="Here in Ontario, and in Ottawa, we walk."),
                  story=replace(one.story, place="Ottawa, Ontario"))
    assert words_of(one) == "Here in [place withheld], and in [place withheld], we walk."
    assert says_too_much(one)


@pytest.mark.parametrize("said", [
    "St. Mary's  Home", "St. Ma\u00adry's Home", "ST. MARY’S HOME", "St. Mary’s\u00a0Home",
])  # fmt: skip
def test_a_name_is_found_however_it_is_set(said):
    one = cleared(GEORGE, organization="St. Mary's Home")
    one = replace(one, quote=replace(one.quote, text=f"We at {said} refer."))
    assert words_of(one) == "We at [name withheld] refer."
    assert says_too_much(one)


def test_a_name_is_found_however_its_accents_are_stored():
    one = cleared(GEORGE, name="Hélène Côté")
    one = replace(one, quote=replace(one.quote, text="Ask He\u0301le\u0300ne Co\u0302te\u0301 about it."))
    assert words_of(one) == "Ask [name withheld] about it."
    assert says_too_much(one)


# ---- Elders and Knowledge Keepers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Delores Birch", "Elder Delores Birch"])
def test_an_elder_is_cited_as_canadian_guides_ask(name):
    one = cleared(AMINA, Attribution.FULL_NAME, name=name, citation=ELDER)
    assert credit(one, "en", CODES).lines == ("Elder Delores Birch", "Cedar Lake Nation, Treaty 8, Willow River")
    first = cleared(AMINA, Attribution.FIRST_NAME, name=name, citation=ELDER)
    assert credit(first, "en", CODES).lines[0] == "Elder Delores"
    assert "Birch" not in words_of(replace(first, quote=replace(first.quote, text="I, Elder Delores Birch, walk.")))


def test_where_an_elder_is_from_stays_untold_where_the_place_may_not_be_told():
    one = replace(without(AMINA, Attribution.FULL_NAME, place=False), speaker=replace(cleared(AMINA).speaker,
                                                                                   citation=ELDER))
    assert credit(one, "en", CODES).text == "Elder Amina Diallo"
    assert "Cedar" not in words_of(replace(one, quote=replace(one.quote, text="At Cedar Lake Nation we walk.")))


@pytest.mark.parametrize("level", [a for a in Attribution if not a.names_the_person])
def test_an_elder_who_is_not_named_is_not_cited(level):
    one = cleared(AMINA, level, citation=ELDER)
    assert teaching(one) == ""
    assert not {"Elder", "Cedar", "Treaty"} & set(credit(one, "en", CODES).text.replace(",", "").split())
