"""Media releases: what a newsroom expects, said before the kit leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from storybank.domain.draft import Draft, DraftKind, Spokesperson
from storybank.domain.lint_releases import release_remarks
from storybank.domain.twin import Twin

GOOD = Draft(
    "d1", "D-0001", DraftKind.KIT, Twin("Rural access"), spokespeople=(Spokesperson("Nadia Roy"),),
    sections={"release": Twin("We ask for five years today.\n\n“We ask for time,” says Nadia Roy."),
              "release_headline": Twin("Coalition asks for five years"), "release_place": Twin("HALIFAX")},
)  # fmt: skip


def told(**sections):
    draft = replace(GOOD, sections={**GOOD.sections, **{key: Twin(text) for key, text in sections.items()}})
    return [str(remark.message) for remark in release_remarks(draft, "en")]


def test_a_good_release_is_let_go_and_so_is_a_kit_without_one():
    assert told() == [] and told(release="") == []
    assert list(release_remarks(GOOD, "fr")) == []


@pytest.mark.parametrize(("sections", "said"), [
    ({"release_headline": "word " * 13}, "The headline of the release has 13 words"),
    ({"release": f"{'word ' * 36}\n\n“Yes,” she says."}, "The first paragraph of the release has 36 words"),
    ({"release": f"Short.\n\n“{'word ' * 400}”"}, "The release has 402 words"),
    ({"release": "We ask for five years today."}, "Nobody of yours speaks"),
    ({"release_place": ""}, "does not say where it comes from"),
])
def test_what_a_newsroom_would_miss_is_said(sections, said):
    (message,) = told(**sections)
    assert said in message


def test_a_release_needs_somebody_to_call():
    (remark,) = release_remarks(replace(GOOD, spokespeople=()), "en")
    assert "nobody whom the media may call" in str(remark.message)
    assert list(release_remarks(replace(GOOD, spokespeople=(), contact="press@example.ca"), "en")) == []
