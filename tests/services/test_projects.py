"""Projects: what leaves as QDPX comes back the same, into the same library and into an empty one."""

from __future__ import annotations

import zipfile

import pytest
from lxml import etree

from exports.refi.names import schema
from tests.services.conftest import Calm
from tests.services.exchange import another, coded, everything, projects_of


@pytest.fixture
def sent(house, tmp_path):
    """A coded library, and the project that was made of it."""
    coded(house, tmp_path)
    file = tmp_path / "out" / "project.qdpx"
    file.parent.mkdir()
    projects_of(house).take_out(file, Calm())
    return house, file


def qde(file):
    with zipfile.ZipFile(file) as package:
        return package.read("project.qde")


def test_what_was_written_follows_the_schema(sent):
    assert schema().validate(etree.fromstring(qde(sent[1])))


def test_our_own_project_changes_nothing_in_the_same_library(sent):
    house, file = sent
    before = everything(house)
    taken = projects_of(house).take_in(file, Calm())
    assert taken.counts.is_nothing and taken.counts.known_stories == 2
    assert everything(house) == before


def test_our_own_project_comes_back_whole_into_an_empty_library(sent, empty_library, tmp_path):
    house, file = sent
    other = another(empty_library, tmp_path / "other")
    taken = projects_of(other).take_in(file, Calm())
    there, here = everything(other, whole=False), everything(house, whole=False)
    for kind in here:
        assert there[kind] == here[kind], kind
    assert taken.counts.without_file == 2
    with other.work() as work:
        assert work.consents.all() == []
    again = everything(other)
    assert projects_of(other).take_in(file, Calm()).counts.is_nothing
    assert everything(other) == again
    other.library.close()


def test_without_its_texts_a_project_brings_each_passage_once(sent, empty_library, tmp_path):
    house, file = sent
    bare = tmp_path / "bare.qdpx"
    with zipfile.ZipFile(bare, "w") as package:
        package.writestr("project.qde", qde(file))
    other = another(empty_library, tmp_path / "other")
    projects_of(other).take_in(bare, Calm())
    assert len(everything(other)["quotes"]) == len(everything(house)["quotes"])
    other.library.close()
