"""Glossing: terms are kept once, brought in from lists, told to the engine and looked for afterwards."""

from __future__ import annotations

import pytest

from storybank.domain.events import GlossaryChanged
from storybank.errors import Invalid, NotFound, Unavailable
from storybank.services.glossing import Glossing
from tests.services.conftest import LISTENING, Calm


@pytest.fixture
def glossing(house):
    return Glossing(house.work, house.correcting)


@pytest.fixture
def heard(house, tmp_path):
    """A story in which an engine misheard who speaks."""
    return house.a_story(tmp_path, text="I am Amina Dialo, and can social was Trust for me")


def listed(glossing):
    return [(one.term, one.heard_as, one.language) for one in glossing.all()]


def test_a_term_that_is_there_already_gets_the_new_spelling_besides(glossing):
    glossing.add("link worker", ["Lynn Walker"])
    glossing.add(" Link  Worker ", ["link broker", "Lynn Walker"])
    assert listed(glossing) == [("Link Worker", ("Lynn Walker", "link broker"), "")]
    glossing.add("link worker", language="fr-CA")
    assert len(glossing.all()) == 2


def test_a_change_of_the_glossary_is_told(house, glossing):
    told = []
    house.hub.subscribe(told.append)
    entry = glossing.add("Diallo")
    glossing.change(entry.id, "Diallo", ["jello"], "en")
    glossing.remove("DIALLO")
    assert told == [GlossaryChanged()] * 3
    assert listed(glossing) == []


def test_what_is_no_term_is_refused_with_the_reason(glossing):
    for nothing in ("", "  ", "…!"):
        with pytest.raises(Invalid, match="needs letters"):
            glossing.add(nothing)
    with pytest.raises(Invalid, match="too long"):
        glossing.add("so " * 40)
    with pytest.raises(NotFound, match="“nobody” is not in the glossary"):
        glossing.remove("nobody")
    with pytest.raises(NotFound):
        glossing.change("gone", "Diallo")


@pytest.mark.parametrize(("content", "expected"), [
    ("Diallo\n\n  Québec \n", [("Diallo", (), ""), ("Québec", (), "")]),
    ("term,heard as,language\nlink worker,Lynn Walker; link broker,en\n",
     [("link worker", ("Lynn Walker", "link broker"), "en")]),
    ("Terme\tautres\nintervenante\t\tfr\n", [("intervenante", (), "fr")]),
])
def test_a_list_is_brought_in_line_by_line(glossing, tmp_path, content, expected):
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(content.encode(encoding))
        glossing.bring_in(file)
        assert listed(glossing) == expected


def test_a_file_without_terms_is_refused(glossing, tmp_path):
    empty, huge = tmp_path / "empty.txt", tmp_path / "huge.txt"
    empty.write_text("\n,,\n")
    huge.write_bytes(b"x" * 1_000_001)
    long = tmp_path / "long.csv"
    long.write_text('"' + "x" * 200_000)
    for file, why in ((empty, "no term"), (huge, "too large"), (long, "no list")):
        with pytest.raises(Invalid, match=why):
            glossing.bring_in(file)
    with pytest.raises(Unavailable):
        glossing.bring_in(tmp_path / "nowhere.txt")


def test_terms_and_the_names_in_the_story_are_looked_for_and_put_right_at_once(house, glossing, heard):
    glossing.add("CanSocial", ["can social"])
    recording = heard.recordings[0].id
    found = glossing.suggestions(recording)
    assert [(one.found, one.replacement, one.certain) for one in found] == [
        ("Amina Dialo,", "Amina Diallo,", False), ("can social", "CanSocial", True)]
    edit = glossing.apply(found)
    edit.do()
    (line, _other) = house.correcting.lines(recording)
    assert line.text == "I am Amina Diallo, and CanSocial was Trust for me"
    assert not line.reviewed, "nobody listened to it"
    assert [one.kind for one in house.correcting.changes(recording)] == ["replaced"]
    assert glossing.suggestions(recording) == []
    edit.undo()
    assert house.correcting.lines(recording)[0].text.startswith("I am Amina Dialo, and can social")


def test_words_that_changed_meanwhile_are_left(house, glossing, heard):
    recording = heard.recordings[0].id
    found = glossing.suggestions(recording)
    line = house.correcting.lines(recording)[0]
    house.correcting.reword(line.id, "I am somebody else").do()
    with pytest.raises(Invalid, match="changed by now"):
        glossing.apply(found)


def test_the_engine_is_told_who_is_in_the_story_and_then_the_terms_of_its_language(house, glossing, tmp_path):
    for term, language in (("link worker", "en"), ("intervenante", "fr"), ("CanSocial", "")):
        glossing.add(term, language=language)
    told = []
    listen = house.engine.listen
    house.engine.listen = lambda *given: told.append(given[2].glossary) or listen(*given)
    story = house.a_story(tmp_path)
    assert told[-1] == ("Amina Diallo", "CanSocial", "intervenante", "link worker")
    house.transcribing.transcribe(story.recordings[0].id, type(LISTENING)(language="fr"), Calm(), again=True)
    assert told[-1] == ("Amina Diallo", "CanSocial", "intervenante")
    assert all("Diallo" not in run.options for run in house.transcribing.runs(story.recordings[0].id)), \
        "a name that somebody may want taken out must not lie in a run's options"
