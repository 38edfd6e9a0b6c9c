"""The command line: `storybank --help` beside a Python that does nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, ratio, seconds, take_turns

ROUNDS = 21


def help_beside_python(folder: Path) -> Iterator[Figure]:
    """Start the same interpreter on both, cold imports and all."""

    def run(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        return seconds(lambda: subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, check=True))

    run("-P", "-m", "ui", "--help")  # compiled once, as an installed program is
    ours, bare = take_turns(lambda: run("-P", "-m", "ui", "--help"), lambda: run("-c", "pass"), ROUNDS)
    yield ratio("help", "storybank --help / an empty Python", ours, bare, 3.0)
