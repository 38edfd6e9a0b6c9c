"""Worded: a shortened or translated quote leaves only where everybody agreed to that, and where nothing is withheld."""

from __future__ import annotations

import pytest

from exports.attribution import translation_of, wording_of, words_of
from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import Decision, Provision
from storybank.domain.restriction import Treatment
from storybank.domain.use import Act
from storybank.services.wording import Wording
from tests.services.conftest import Calm

YES = Provision(Decision.PERMIT)
EDIT, TRANSLATE = Provision(Decision.PERMIT, act=Act.EDIT), Provision(Decision.PERMIT, act=Act.TRANSLATE)
SHORT, IN_FRENCH = "Trust is […] prescription we write", "La confiance est la première ordonnance."


@pytest.fixture
def worded(house, tmp_path):
    view = house.a_story(tmp_path)
    house.recording_id, house.amina = view.recordings[0].id, view.people[0]
    house.quoting.pick_lines(house.recording_id, 1, 1).edit.do()
    wording = Wording(house.work, lambda: "Robin")
    wording.shorten("Q-0001", SHORT).do()
    wording.translate("Q-0001", "fr", IN_FRENCH, "Marie Roy").do()
    return house


def agree(house, *provisions, level=Attribution.FULL_NAME):
    house.consenting.put_on_file(Agreement(house.amina.id, provisions, level), [], Calm())


def chosen(house):
    selection = house.exporting.select(["Q-0001"], ["website"])
    (cleared,) = selection.cleared
    return cleared, [str(warning) for _, warning in selection.warnings]


def test_who_agreed_to_no_more_than_use_is_quoted_as_they_spoke_and_staff_are_told(worded):
    agree(worded, YES)
    cleared, told = chosen(worded)
    assert (wording_of(cleared), translation_of(cleared, "fr")) == (words_of(cleared), "")
    assert not cleared.quote.wording and not cleared.quote.translations
    assert told == ["It leaves as it was said: nobody agreed to shorten or translate it for this."]


def test_who_agreed_to_each_is_read_shortened_and_translated_with_the_signs(worded):
    agree(worded, YES, EDIT, TRANSLATE)
    cleared, told = chosen(worded)
    assert wording_of(cleared) == SHORT
    assert translation_of(cleared, "fr") == f"[Traduction] {IN_FRENCH}"
    assert translation_of(cleared, "en") == ""
    assert words_of(cleared) == "Trust is the first prescription we write" and told == []


@pytest.mark.parametrize(("given", "short", "french"), [(EDIT, True, False), (TRANSLATE, False, True)])
def test_each_has_a_question_of_its_own(worded, given, short, french):
    agree(worded, YES, given)
    cleared, told = chosen(worded)
    assert (bool(cleared.wording), bool(cleared.translations), len(told)) == (short, french, 1)


def test_a_quote_of_which_words_are_withheld_leaves_in_no_other_wording(worded):
    agree(worded, YES, EDIT, TRANSLATE)
    worded.people.restrict(worded.recording_id, 0, 500, Treatment.REDACT)
    cleared, told = chosen(worded)
    assert (cleared.wording, cleared.translations) == ("", ())
    assert told == ["Words of it are withheld, so neither its shortened wording nor a translation leaves."]


def test_a_translation_that_names_who_is_not_to_be_named_stays_here(worded):
    agree(worded, YES, EDIT, TRANSLATE, level=Attribution.ROLE_ONLY)
    Wording(worded.work, lambda: "Robin").translate("Q-0001", "fr", "La confiance, dit Amina Diallo.").do()
    cleared, _told = chosen(worded)
    assert cleared.wording == SHORT and cleared.translations == ()


def test_what_is_not_agreed_to_any_more_when_it_is_written_does_not_leave(worded, tmp_path):
    agree(worded, YES, EDIT)
    worded.writer.meanwhile = lambda: agree(worded, YES)
    with pytest.raises(Exception, match="Consent changed"):
        worded.exporting.make_brief(Brief("Fund", "Minister", ("Fund.",)), None, ["website"], tmp_path / "b", Calm())


def test_words_corrected_since_leave_as_they_were_quoted_and_staff_are_told(worded):
    agree(worded, YES)
    line = worded.correcting.lines(worded.recording_id)[0]
    worded.correcting.reword(line.id, "Trust was the first prescription we write").do()
    cleared, (told,) = chosen(worded)
    assert words_of(cleared) == "Trust is the first prescription we write"
    assert "corrected since this was quoted" in told
