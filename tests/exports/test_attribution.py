"""Attribution: people are named exactly as they allowed, and never by a word more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from exports.attribution import credit, says_too_much, words_of
from storybank.domain.attribution import Attribution
from storybank.domain.vocabulary import CODES
from tests.exports import library

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
