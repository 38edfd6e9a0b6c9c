"""`python3 dev.py bench`: every measurement in turn, as a table, and as JSON where asked."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.figures import Figure

# By name: the speech process starts by importing this file again, and must not load the whole house with it.
MEASUREMENTS = {
    "help": "benchmarks.command:help_beside_python",
    "window": "benchmarks.window:window_beside_qt",
    "import": "benchmarks.importing:import_beside_copying",
    "typing": "benchmarks.typing:typing_in_three_hours",
    "tagging": "benchmarks.tagging:tagging_in_an_hour",
    "gate": "benchmarks.gate:gate_beside_reading",
    "clips": "benchmarks.clips:clips_beside_ffmpeg",
    "brief": "benchmarks.brief:brief_beside_python_docx",
    "kit": "benchmarks.kits:kit_of_ten",
    "search": "benchmarks.search:search_in_a_thousand_hours",
    "suggestions": "benchmarks.suggestions:held_out",
    "transcription": "benchmarks.speech:transcribing_beside_whisper",
    "sizes": "benchmarks.speech:real_sizes_beside_whisper",
    "first": "benchmarks.speech:first_words",
    "memory": "benchmarks.memory:an_hour_of_speech",
    "flat": "benchmarks.memory:ten_minutes_and_three_hours",
}


def main() -> int:
    """Measure what is asked for; 1 when a limit is not kept."""
    parser = argparse.ArgumentParser(prog="python3 dev.py bench", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--only", choices=sorted(MEASUREMENTS))
    asked = parser.parse_args()
    print(f"Measuring on {platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}. "
          "This takes some minutes; other work on the machine blurs the figures.\n", flush=True)
    figures = list(_measured([asked.only] if asked.only else list(MEASUREMENTS)))
    if asked.json:
        about = {"system": platform.platform(), "cores": os.cpu_count(), "python": platform.python_version()}
        asked.json.write_text(json.dumps(about | {"figures": [one.told() for one in figures]}, indent=1), "utf-8")
        print(f"\nWritten to {asked.json}.")
    return 0 if all(figure.kept for figure in figures) else 1


def _measured(names: list[str]) -> Iterator[Figure]:
    print(f"{'what':<56}{'median':>9}{'min':>9}{'max':>9}{'limit':>12}", flush=True)
    for name in names:
        module, _, function = MEASUREMENTS[name].partition(":")
        measure = getattr(import_module(module), function)
        with tempfile.TemporaryDirectory(prefix="storybank-bench-", ignore_cleanup_errors=True) as folder:
            os.environ["STORYBANK_HOME"] = str(Path(folder) / "home")
            for figure in measure(Path(folder)):
                print(_row(figure), flush=True)
                yield figure


def _row(figure: Figure) -> str:
    numbers = "".join(f"{_number(value, figure.unit):>9}" for value in (
        figure.middle, min(figure.values), max(figure.values)))  # fmt: skip
    limit = f"{'≤' if figure.at_most else '≥'} {_number(figure.limit, figure.unit)}"
    return f"{figure.what:<56}{numbers}{limit:>12}  {'kept' if figure.kept else 'NOT KEPT'}"


def _number(value: float, unit: str) -> str:
    return f"{value:.2f} {unit}" if unit == "×" else f"{value:.0f} {unit}"


if __name__ == "__main__":
    sys.exit(main())
