"""Forms: what people were given never changes, and the lists are the organisation's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storybank.domain.agreement import Agreement
from storybank.domain.consent import Decision, Provision, Taken
from storybank.domain.use import TermKind, Use
from storybank.errors import Invalid, NotFound
from tests.services.conftest import Calm

STARTER = "voices 2026-11 (en)"
PODCAST = Use("podcast", "awareness", "radio", "public", "podcast", "balado")


def test_a_library_begins_with_a_form_in_both_languages_to_be_reviewed(house):
    notices = house.forms.notices()
    assert {n.language for n in notices} == {"en", "fr"} and all(n.is_template for n in notices)
    assert all(set(n.uses) == {use.key for use in house.browsing.uses()} for n in notices)


def test_a_new_version_never_changes_what_earlier_people_were_given(house):
    starter = house.forms.notice(STARTER)
    amina = house.people.add("Amina Diallo")
    given = house.consenting.put_on_file(
        Agreement(amina.id, (Provision(Decision.PERMIT, "website"),), taken=Taken(starter.id)), [], Calm())
    revised = house.forms.add(starter.key, "2027-01", "en", "Your voice", starter.body + "\n\nWe also make a podcast.")
    assert (revised.key, revised.language, revised.uses, revised.title) == (
        "voices", "en", starter.uses, "Your voice")
    assert house.forms.notice(STARTER) == starter and not revised.is_template
    assert house.consenting.receipt(given.id).notice == starter
    assert revised.sha256 != starter.sha256


def test_a_version_that_is_there_already_is_refused(house):
    starter = house.forms.notice(STARTER)
    with pytest.raises(Invalid, match="never changes"):
        house.forms.add("voices", starter.version, "en", "Your voice", "Something else altogether.")
    assert house.forms.notice(STARTER) == starter
    assert house.forms.add("voices", starter.version, "es", "Su voz", "Hola.").name == "voices 2026-11 (es)"


def test_a_form_keeps_its_uses_its_contacts_and_the_day_it_is_used_from(house):
    added = house.forms.add(" choir ", "1", "fr-CA", " Chœur ", " Bonjour. ", uses=["print"],
                            contacts=["a@example.ca"], effective_from=date(2026, 4, 1))
    assert house.forms.notice("choir 1 (fr)") == house.forms.notice(added.id) == added
    assert (added.title, added.body, added.uses) == ("Chœur", "Bonjour.", ("print",))
    assert (added.contacts, added.effective_from) == (("a@example.ca",), date(2026, 4, 1))


@pytest.mark.parametrize("typed", [
    ("", "1", "en", "Title", "Body"), ("key", " ", "en", "Title", "Body"), ("key", "1", "en", "", "Body"),
    ("key", "1", "en", "Title", " \n"), ("key", "1", "english", "Title", "Body"),
])
def test_a_form_without_what_makes_it_one_is_refused(house, typed):
    before = house.forms.notices()
    with pytest.raises(Invalid):
        house.forms.add(*typed)
    assert house.forms.notices() == before


def test_a_form_asks_about_uses_that_there_are(house):
    with pytest.raises(Invalid, match="website"):
        house.forms.add("key", "1", "en", "Title", "Body", uses=["teleportation"])
    with pytest.raises(NotFound, match="no consent form"):
        house.forms.notice("voices 1999 (en)")


def test_who_keeps_the_library_is_said_part_by_part(house):
    house.forms.describe(name="Open Door", email="privacy@example.ca")
    house.forms.describe(privacy_officer=" Paula Privacy ")
    told = house.forms.organization()
    assert (told.name, told.email, told.privacy_officer) == ("Open Door", "privacy@example.ca", "Paula Privacy")
    with pytest.raises(Invalid, match="needs a name"):
        house.forms.describe(name="  ")
    assert house.forms.organization() == told


def test_an_entry_joins_its_list_at_the_end_and_keeps_its_place_when_renamed(house):
    before = house.forms.terms(TermKind.CHANNEL)
    radio = house.forms.save_term(TermKind.CHANNEL, "radio", "radio", "")
    assert house.forms.terms(TermKind.CHANNEL) == [*before, radio] and radio.label_fr == "radio"
    renamed = house.forms.save_term(TermKind.CHANNEL, before[0].key, "our website", "notre site")
    assert house.forms.terms(TermKind.CHANNEL)[0] == renamed and renamed.position == before[0].position
    assert {t.kind for t in house.forms.terms()} == set(TermKind)
    with pytest.raises(Invalid, match="needs a key"):
        house.forms.save_term(TermKind.CHANNEL, " ", "a", "b")


def test_a_new_use_is_asked_about_and_silence_about_it_is_no(house, tmp_path):
    story = house.a_story(tmp_path)
    house.consenting.put_on_file(
        Agreement(story.people[0].id, (Provision(Decision.PERMIT, "website"),)), [], Calm())
    house.forms.save_term(TermKind.CHANNEL, "radio", "radio", "radio")
    house.forms.save_use(PODCAST)
    assert PODCAST in house.browsing.uses()
    assert not house.consenting.permission(story.story.id, ["podcast"]).allowed


@pytest.mark.parametrize(("use", "message"), [
    (PODCAST, "radio is not in the list"), (replace(PODCAST, channel="website", key=""), "needs a key"),
    (replace(PODCAST, channel="website", label_fr=""), "in English and in French"),
    (replace(PODCAST, channel="website", territory="Atlantis"), "Atlantis is not in the list"),
])
def test_a_use_is_made_of_what_is_on_the_lists(house, use, message):
    with pytest.raises(Invalid, match=message):
        house.forms.save_use(use)
    assert "podcast" not in {use.key for use in house.browsing.uses()}
