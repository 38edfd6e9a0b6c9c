"""Doors: what every command needs: opening the library, saying things, and explaining what went wrong."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic

from storybank import places, settings
from storybank.errors import Cancelled, Invalid, StorybankError
from storybank.logs import keep_log
from storybank.words import Sentence, Words, say
from ui.cli import language
from ui.wiring import App, open_app

Tr = Callable[[str], str]
Arguments = Callable[[argparse.ArgumentParser, Tr], None]


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks to whoever typed: one JSON value, or plain lines; progress and messages on standard error."""

    as_json: bool
    words: Words

    def tell(self, value: object, text: str | Sentence) -> None:
        """Answer: `value` where JSON was asked for, else `text`."""
        said = json.dumps(value, ensure_ascii=False, indent=1) if self.as_json else self.words.sentence(text)
        if said:
            print(said)

    def aside(self, text: str | Sentence) -> None:
        """Say something that is not the answer."""
        print(self.words.sentence(text), file=sys.stderr)

    def explain(self, error: StorybankError) -> None:
        """Say what happened and what to do."""
        title, message, hint = map(self.words.sentence, (error.title, error.message, error.hint))
        if self.as_json:
            told = {"title": title, "message": message, "hint": hint, "exit_code": error.exit_code}
            print(json.dumps({"error": told}, ensure_ascii=False, indent=1))
        said = self.words("{title}: {message}", title=title, message=message)
        print(f"{said} {hint}".rstrip(), file=sys.stderr)


@dataclass(slots=True)
class ConsoleTicket:
    """Shows progress on a terminal, a line that rewrites itself; elsewhere it keeps quiet."""

    label: str = ""
    _since: float = field(default_factory=monotonic)
    _shown: float = 0.0

    def report(self, fraction: float, note: str = "") -> None:
        """Rewrite the line, ten times a second at most."""
        if not sys.stderr.isatty() or (monotonic() - self._shown < 0.1 and fraction < 1):
            return
        self._shown = monotonic()
        bar = "█" * round(fraction * 20) + "░" * (20 - round(fraction * 20))
        left = _left(fraction, self._shown - self._since)
        print(f"\r\x1b[K{self.label} {bar} {fraction:4.0%} {left} {note[:60]}", end="", file=sys.stderr, flush=True)
        if fraction >= 1:
            print(file=sys.stderr)

    def check(self) -> None:
        """Do nothing: on a terminal, Ctrl+C stops the work itself."""


def run(asked: argparse.Namespace) -> int:
    """Do what was asked and return the exit code."""
    voice = Voice(asked.json, Words(language()))
    keep_log(places.home() / "logs")
    try:
        asked.run(asked, voice)
    except StorybankError as error:
        voice.explain(error)
        return error.exit_code
    except KeyboardInterrupt:
        voice.explain(Cancelled(say("Stopped on request."), hint=say("What was finished is kept.")))
        return Cancelled.exit_code
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def folder_of(asked: argparse.Namespace) -> Path:
    """Return the library's folder: named, or opened last, or the usual place."""
    if asked.library:
        return Path(asked.library)
    last = settings.load(places.home() / "settings.json").library
    return Path(last) if last and "STORYBANK_LIBRARY" not in os.environ else places.default_library()


@contextmanager
def opened(asked: argparse.Namespace, *, for_writing: bool = False) -> Iterator[App]:
    """Open the library for as long as a command needs it."""
    app = open_app(folder_of(asked), for_writing=for_writing)
    try:
        yield app
    finally:
        app.close()


def clock(ms: int) -> str:
    """Return a time in a recording as hh:mm:ss.mmm."""
    seconds, millis = divmod(max(0, ms), 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{millis:03}"


def day_of(text: str | None) -> date | None:
    """Return the day that was typed; raise `Invalid` saying how to write one."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Invalid(say("{text} is not a day.", text=text), hint=say("Write it as 2027-03-31.")) from error


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows with their columns aligned."""
    if not rows:
        return ""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)


def _left(fraction: float, spent: float) -> str:
    if not 0.02 < fraction < 1:
        return ""
    seconds = round(spent / fraction - spent)
    return f"{seconds // 60}:{seconds % 60:02}"
