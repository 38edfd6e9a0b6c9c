"""Journeys run Storybank as people do: as a program of its own, on real recordings, with the real demo model."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def value(self):
        return json.loads(self.out)


@dataclass
class Storybank:
    """The command line, over one library and one home."""

    library: Path
    home: Path
    language: str = "en"

    def __call__(self, *words, typed=None):
        done = subprocess.run(self._command(words), env=self.environment, capture_output=True, text=True, input=typed,
                              timeout=280, cwd=ROOT)
        return Said(done.returncode, done.stdout, done.stderr)

    def json(self, *words):
        said = self(*words, "--json")
        assert said.code == 0, said.err
        return said.value

    def begin(self, *words):
        """Start a command and leave it running."""
        return subprocess.Popen(self._command(words), env=self.environment, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL, cwd=ROOT, start_new_session=True)

    @property
    def environment(self):
        return {**os.environ, "STORYBANK_HOME": str(self.home), "STORYBANK_LANGUAGE": self.language}

    def _command(self, words):
        return [sys.executable, "-P", "-m", "ui", "--library", str(self.library), *map(str, words)]


@pytest.fixture
def storybank(tmp_path):
    made = Storybank(tmp_path / "library", tmp_path / "home")
    assert made("init", "--title", "Test").code == 0
    return made


@pytest.fixture(scope="session")
def told(tmp_path_factory):
    """The demo, done once for every test that looks at what it made."""
    into = tmp_path_factory.mktemp("demo")
    made = Storybank(into / "library", tmp_path_factory.mktemp("home"))
    said = made("demo", "--into", into)
    return into, said, made
