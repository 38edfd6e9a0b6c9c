"""A fresh library for each test, closed at the end."""

from __future__ import annotations

import pytest

from storybank.persistence.library import create_library
from tests.persistence.shelf import Shelf, noon


@pytest.fixture
def library(tmp_path):
    with create_library(tmp_path / "library", "Voices", noon) as library:
        yield library


@pytest.fixture
def shelf(library):
    return Shelf(library)
