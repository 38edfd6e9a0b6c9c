"""A fresh library for each test, closed at the end; it is copied from one that is made once."""

from __future__ import annotations

import multiprocessing
import shutil
import sys

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


@pytest.fixture(scope="session")
def apart():
    """Start processes from one that has everything loaded, where the system can; each is one that can be killed."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.persistence.test_kills", "tests.persistence.test_killed_erasing"])
    return context
