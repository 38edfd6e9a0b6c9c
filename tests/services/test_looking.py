"""Looking: letterheads and themes are checked, kept in the library, checked again on use, and taken out."""

from __future__ import annotations

import json
import os

import pytest

from exports.looks.checking import LookFormats
from storybank.domain.events import LooksChanged
from storybank.errors import Invalid, NotFound, Unavailable
from storybank.services.looking import Looks
from storybank.words import say
from tests.exports import letterheads
from tests.exports.letterheads import plain


class Happened:
    """Work that keeps nothing but what happened."""

    def __init__(self):
        self.events = []

    def __call__(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def record(self, event):
        self.events.append(event)

    def commit(self):
        """Nothing to do."""


class NoPages:
    """A machine without LibreOffice."""

    def why_not(self):
        return say("LibreOffice is not installed here.")


@pytest.fixture
def happened():
    return Happened()


@pytest.fixture
def looks(tmp_path, happened):
    return Looks(tmp_path / "library", LookFormats(NoPages()), happened)


def a_theme(folder, name="a"):
    letterhead_logo = letterheads.logo().read()
    (folder / "logo.png").write_bytes(letterhead_logo)
    (folder / f"{name}.json").write_text(json.dumps({"storybank_theme": 1, "name": name, "logo": "logo.png"}), "utf-8")
    return folder / f"{name}.json"


def test_a_letterhead_is_kept_under_a_safe_name_and_others_are_told(looks, happened, tmp_path):
    report = looks.take_in(plain(tmp_path / "a.docx"), "../Papier à en-tête (Été)")
    assert report.name == "papier-a-en-tete-ete" and looks.letterheads() == ("papier-a-en-tete-ete",)
    assert looks.path(report.name).is_relative_to(tmp_path / "library" / "templates")
    assert happened.events == [LooksChanged(report.name)]
    assert [one.name for one in (tmp_path / "library" / "templates").iterdir()] == ["papier-a-en-tete-ete.docx"]


def test_a_bad_one_is_refused_with_its_reason_and_nothing_is_kept(looks, happened, tmp_path):
    with pytest.raises(Invalid, match="Nothing says where"):
        looks.take_in(plain(tmp_path / "a.docx", marker=("",)))
    assert looks.letterheads() == () and happened.events == []


def test_one_that_was_changed_in_the_library_is_refused_on_use(looks, tmp_path):
    looks.take_in(plain(tmp_path / "a.docx"))
    plain(tmp_path / "library" / "templates" / "a.docx", marker=("{{ ''.__class__ }}",))
    with pytest.raises(Invalid):
        looks.path("a")


def test_a_theme_is_kept_with_its_logo_and_its_name_is_no_letterheads(looks, tmp_path):
    looks.take_in(plain(tmp_path / "harbour.docx"))
    report = looks.take_in(a_theme(tmp_path, "harbour"))
    assert (report.name, looks.themes(), looks.letterheads()) == ("harbour-2", ("harbour-2",), ("harbour",))
    assert looks.path("harbour-2").suffix == ".json"
    looks.sample("harbour-2", tmp_path / "card.png", "fr")
    assert (tmp_path / "card.png").read_bytes()[:4] == b"\x89PNG"
    looks.remove("harbour-2")
    assert looks.themes() == () and list((tmp_path / "library" / "themes").iterdir()) == []


@pytest.mark.parametrize("name", ["../a", "a.docx", "", "b", "/etc/passwd", "A"])
def test_a_name_never_becomes_a_path(looks, tmp_path, name):
    looks.take_in(plain(tmp_path / "a.docx"))
    for ask in (looks.path, looks.remove):
        with pytest.raises(NotFound):
            ask(name)


def test_a_sample_is_shown_as_word_and_without_libreoffice_it_says_so(looks, tmp_path):
    looks.take_in(plain(tmp_path / "a.docx"))
    assert looks.sample("a", tmp_path / "sample.docx").is_file()
    with pytest.raises(Unavailable, match="LibreOffice"):
        looks.sample("a", tmp_path / "sample.png", pages=NoPages())
    assert not (tmp_path / "sample.png").exists()


def test_one_of_more_than_forty_megabytes_is_refused(looks, tmp_path):
    with (tmp_path / "a.docx").open("wb") as file:
        os.truncate(file.fileno(), 41_000_000)
    with pytest.raises(Invalid, match="larger than 40 MB"):
        looks.take_in(tmp_path / "a.docx")


def test_a_file_that_is_not_there_is_told(looks, tmp_path):
    with pytest.raises(NotFound, match=r"no file gone\.docx"):
        looks.take_in(tmp_path / "gone.docx")
