"""A fresh library for each test, closed at the end; it is copied from one that is made once."""

from __future__ import annotations

import shutil

import pytest

from storybank.persistence.library import create_library, open_library
from tests.persistence.shelf import Shelf, noon


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("template") / "library"
    create_library(folder, "Voices", noon).close()
    return folder


@pytest.fixture
def library(empty_library, tmp_path):
    shutil.copytree(empty_library, tmp_path / "library")
    with open_library(tmp_path / "library", now=noon) as library:
        yield library


@pytest.fixture
def shelf(library):
    return Shelf(library)
