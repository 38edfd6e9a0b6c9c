"""Wordings and translations in a real brief: there and marked where that was agreed to, else nowhere in the file."""

from __future__ import annotations

import pytest
from docx import Document

from exports.briefs.brief import WordBrief
from storybank.domain.agreement import Agreement
from storybank.domain.attribution import Attribution
from storybank.domain.commission import Brief
from storybank.domain.consent import Decision, Provision
from storybank.domain.use import Act
from storybank.services.exporting import Exporting
from storybank.services.wording import Wording
from tests.exports.unpacked import where_it_says
from tests.services.conftest import Calm, House, StandInMedia, StandInWriter, empty_library, house  # noqa: F401

YES = Provision(Decision.PERMIT)
BOTH = (Provision(Decision.PERMIT, act=Act.EDIT), Provision(Decision.PERMIT, act=Act.TRANSLATE))


def brief(house, to, *provisions):  # noqa: F811
    view = house.a_story(to)
    house.quoting.pick_lines(view.recordings[0].id, 1, 1, ["bridges"]).edit.do()
    wording = Wording(house.work, lambda: "Robin")
    wording.shorten("Q-0001", "Trust is the first prescription [thistledown] […]").do()
    wording.translate("Q-0001", "fr", "La confiance, comme le chardonneret.", "Marie Roy").do()
    house.consenting.put_on_file(Agreement(view.people[0].id, provisions, Attribution.FULL_NAME), [], Calm())
    exporting = Exporting(house.work, WordBrief(), StandInWriter(), StandInMedia(), house.store, house.clock)
    file = to / "out" / "b.docx"
    file.parent.mkdir()
    exporting.make_brief(Brief("Fund", "Minister", ("Fund.",), language="fr"), None, ["website"], file, Calm())
    return file


def test_without_that_consent_neither_is_anywhere_in_the_file(house, tmp_path):  # noqa: F811
    file = brief(house, tmp_path, YES)
    assert where_it_says(file.parent, "thistledown", "chardonneret", "Marie Roy") == []


def test_with_it_both_are_read_and_the_translation_says_that_it_is_one(house, tmp_path):  # noqa: F811
    file = brief(house, tmp_path, YES, *BOTH)
    text = "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)
    assert "Trust is the first prescription [thistledown] […]" in text
    assert "[Traduction] La confiance" in text


@pytest.mark.parametrize("given", BOTH)
def test_one_consent_does_not_stand_for_the_other(house, tmp_path, given):  # noqa: F811
    text = "\n".join(p.text for p in Document(str(brief(house, tmp_path, YES, given))).paragraphs)
    assert ("thistledown" in text, "chardonneret" in text) == (given.act is Act.EDIT, given.act is Act.TRANSLATE)
