"""The starter notice: both languages say the same, in plain words, and nothing that must be said is missing."""

from __future__ import annotations

import re

import pytest

from storybank.domain.starter import STARTER_NOTICES
from storybank.domain.vocabulary import USES

ENGLISH, FRENCH = STARTER_NOTICES
_VOWELS = re.compile(r"[aeiouyàâäéèêëîïôöùûüœæ]+", re.IGNORECASE)


def blocks(notice):
    return notice.body.split("\n\n")


def shape(notice):
    """What each block is: a heading, a paragraph, or a list of so many items."""
    return [
        "heading" if block.startswith("# ") else len(block.split("\n")) if block.startswith("- ") else "paragraph"
        for block in blocks(notice)
    ]  # fmt: skip


def sentences(notice):
    said = [line.lstrip("#- ") for block in blocks(notice) if not block.startswith("# ") for line in block.split("\n")]
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]", "", " ".join(said)).replace("TCPS 2", "").replace("EPTC 2", "")
    return [one for one in re.split(r"(?<=[.!?])\s+", plain) if re.search(r"\w", one)]


def words(text):
    return re.findall(r"[^\W\d_]+(?:’[^\W\d_]+)?", text)


def syllables(word):
    word = word.lower().removesuffix("’s")
    count = len(_VOWELS.findall(word))
    silent = (word.endswith("e") and not word.endswith(("le", "ee"))) or re.search(r"[^td]ed$", word)
    return max(1, count - bool(silent))


def grade(said):
    """Flesch-Kincaid: the school year from which sentences can be read."""
    counted = [word for one in said for word in words(one)]
    return 0.39 * len(counted) / len(said) + 11.8 * sum(map(syllables, counted)) / len(counted) - 15.59


def test_there_is_one_text_in_english_and_one_in_french_of_the_same_form():
    assert [n.language for n in STARTER_NOTICES] == ["en", "fr"]
    assert {n.key for n in STARTER_NOTICES} == {"voices"}
    assert {n.version for n in STARTER_NOTICES} == {"2026-11"}
    assert len({n.id for n in STARTER_NOTICES}) == 2
    assert len({n.sha256 for n in STARTER_NOTICES}) == 2


def test_both_say_plainly_that_they_are_only_a_template():
    for notice in STARTER_NOTICES:
        assert notice.is_template
        assert len(re.findall(r"\[[^\]]+\]", notice.body)) >= 10


def test_both_languages_have_the_same_headings_paragraphs_and_lists_in_the_same_places():
    assert shape(ENGLISH) == shape(FRENCH)
    assert shape(ENGLISH).count("heading") == 16
    blanks = [[len(re.findall(r"\[[^\]]+\]", block)) for block in blocks(notice)] for notice in STARTER_NOTICES]
    assert blanks[0] == blanks[1]


def test_it_asks_about_every_use_and_explains_each_by_the_name_on_the_form():
    for notice in STARTER_NOTICES:
        assert notice.uses == tuple(use.key for use in USES)
        items = [line.removeprefix("- ") for line in notice.body.split("\n") if line.startswith("- ")]
        explained = [re.split(r"\s*:\s", item.replace("’", "'"))[0] for item in items]
        assert [one.lower() for one in explained] == [use.label(notice.language).lower() for use in USES]


def test_the_english_can_be_read_after_nine_years_of_school():
    lawyers = ["The undersigned irrevocably authorizes the organization to reproduce, distribute and otherwise "
               "communicate the aforementioned recording in perpetuity, notwithstanding subsequent withdrawal."]
    assert grade(lawyers) > 14
    assert grade(sentences(ENGLISH)) < 9


@pytest.mark.parametrize(("notice", "usual", "longest"), [(ENGLISH, 14, 32), (FRENCH, 18, 42)], ids=["en", "fr"])
def test_sentences_are_short_in_both_languages(notice, usual, longest):
    lengths = [len(words(one)) for one in sentences(notice)]
    assert sum(lengths) / len(lengths) <= usual
    assert max(lengths) <= longest


MUST_SAY = {
    "who answers": ("privacy officer", "responsable de la protection des renseignements personnels"),
    "no cost": ("Saying no costs you nothing", "Un refus ne vous coûte rien"),
    "silence is no": ("leave empty is a no", "laissée vide est un non"),
    "ask first": ("“ask me first”", "« me demander d’abord »"),
    "training": ("unless you say yes", "sauf si vous dites oui"),
    "an end": ("two or three years", "deux ou trois ans"),
    "no recall": ("cannot be called back", "ne peuvent pas être rappelées"),
    "tabled": ("tabled in a legislature", "déposé devant une assemblée législative"),
    "federal": ("Privacy Commissioner of Canada", "Commissariat à la protection de la vie privée du Canada"),
    "quebec": ("Commission d’accès à l’information", "Commission d’accès à l’information"),
    "minors": ("under 14", "moins de 14 ans"),
    "communities": ("OCAP®", "PCAP®"),
    "research": ("TCPS 2 (2022)", "EPTC 2 (2022)"),
    "copy": ("signed copy", "copie signée"),
}


@pytest.mark.parametrize("what", MUST_SAY)
def test_both_languages_say_what_the_law_and_the_ethics_ask_for(what):
    english, french = MUST_SAY[what]
    assert english in ENGLISH.body
    assert french in FRENCH.body


def test_there_are_two_people_to_tell_when_one_changes_ones_mind():
    for notice in STARTER_NOTICES:
        assert len(set(notice.contacts)) == 2


def test_every_paragraph_is_one_line_without_stray_spaces():
    for notice in STARTER_NOTICES:
        assert "\n\n\n" not in notice.body
        assert all(line == line.strip() and "  " not in line for line in notice.body.split("\n"))
        assert "'" not in notice.body
