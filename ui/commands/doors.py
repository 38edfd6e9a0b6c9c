"""Doors: what every command needs: opening the library, saying things, and explaining what went wrong."""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TypeVar

from storybank import places, settings
from storybank.domain.names import plain
from storybank.errors import Cancelled, Invalid, Refused, StorybankError, Unavailable
from storybank.logs import keep_log
from storybank.words import Sentence, Words, say
from ui.tongue import language
from ui.wiring import App, open_app

Tr = Callable[[str], str]
Arguments = Callable[[argparse.ArgumentParser, Tr], None]
Choice = TypeVar("Choice", bound=StrEnum)

WIDEST = 60
"""Letters that a column of a table may have; the last may have more."""
_MOMENT = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:[.,]\d{1,3})?)")


@dataclass(slots=True)
class Voice:
    """Speaks to whoever typed: one JSON value, or plain lines; progress and messages on standard error."""

    as_json: bool
    words: Words
    _answered: bool = False

    def tell(self, value: object, text: str | Sentence) -> None:
        """Answer: `value` where JSON was asked for, else `text`."""
        self._answered = True
        said = json.dumps(value, ensure_ascii=False, indent=1) if self.as_json else self.words.sentence(text)
        if said:
            _write(said)

    def aside(self, text: str | Sentence) -> None:
        """Say something that is not the answer."""
        print(self.words.sentence(text), file=sys.stderr)

    def explain(self, error: StorybankError) -> None:
        """Say what happened and what to do; where the answer was given already, JSON holds that alone."""
        title, message, hint = map(self.words.sentence, (error.title, error.message, error.hint))
        if self.as_json and not self._answered:
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
    _write_any_letter(as_json=asked.json)
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
    except UnicodeEncodeError:
        unreadable = Invalid(say("Something you typed holds letters that cannot be read."), hint=say("Type it again."))
        voice.explain(unreadable)
        return unreadable.exit_code
    except BrokenPipeError:
        sys.stderr.close()
    except OSError as error:
        out_of_reach = Unavailable(
            say("{file} cannot be read or written: {reason}.", file=Path(str(error.filename or "")).name[:60],
                reason=error.strerror or str(error)),
            hint=say("Check that it is there, that the disk has room and that you may write there."))
        voice.explain(out_of_reach)
        return out_of_reach.exit_code
    return 0


def _write(said: str) -> None:
    """Write an answer to the end; where there is no room for it, say so, and let the rest of it go."""
    try:
        print(said, flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise Unavailable(say("The answer could not be written: {reason}.", reason=error.strerror or str(error)),
                          hint=say("Check that the disk has room and that you may write there.")) from error


def correct(parser: argparse.ArgumentParser, message: str, *, as_json: bool) -> int:
    """Say what was mistyped, and how it is typed; return the exit code."""
    wrong = Invalid(message, hint=" ".join(parser.format_usage().split()))
    if as_json:
        _write_any_letter(as_json=True)
        Voice(as_json, Words(language())).explain(wrong)
    else:
        parser.print_usage(sys.stderr)
        print(Words(language())("%(prog)s: error: %(message)s\n") % {"prog": parser.prog, "message": message},
              end="", file=sys.stderr)
    return wrong.exit_code


def _write_any_letter(*, as_json: bool) -> None:
    """Let no letter stop an answer: JSON is always UTF-8; a terminal shows a question mark for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8" if as_json and stream is sys.stdout else None, errors="replace")


def folder_of(asked: argparse.Namespace) -> Path:
    """Return the library's folder: named, or opened last, or the usual place."""
    if asked.library is not None:
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


def moment_of(text: str | None) -> int | None:
    """Return the moment of a recording that was typed, in milliseconds; raise `Invalid` saying how to write one."""
    if text is None:
        return None
    if not (typed := _MOMENT.fullmatch(text.strip())):
        raise Invalid(say("{text} is not a time in a recording.", text=text),
                      hint=say("Write it in seconds, as 0:05, or as 1:02:03.500."))
    hours, minutes, seconds = (float((part or "0").replace(",", ".")) for part in typed.groups())
    return round((hours * 3600 + minutes * 60 + seconds) * 1000)


def chosen(kind: type[Choice], text: str) -> Choice:
    """Return the value of a list that was typed within other words; raise `Invalid` naming what there is."""
    try:
        return kind(text.strip().lower())
    except ValueError as error:
        raise Invalid(say("{text} is none of these: {known}.", text=text, known=", ".join(kind))) from error


def make_sure(question: str, needs: Sentence, refusal: Sentence) -> None:
    """Ask for a yes; refuse without one, and where nobody is there to ask."""
    if not sys.stdin.isatty():
        raise Refused(needs, hint=say("Add --yes to the command."))
    print(question, end=" ", file=sys.stderr, flush=True)
    if sys.stdin.readline().strip().lower() not in ("yes", "y", "oui", "o"):
        raise Refused(refusal)


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Return rows with their columns aligned: a line each, and only the last column may be long."""
    if not rows:
        return ""
    rows = [(*(_cell(cell) for cell in row[:-1]), plain(row[-1])) for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
                     for row in rows)


def _cell(text: str) -> str:
    shown = plain(text)
    return shown if len(shown) <= WIDEST else f"{shown[:WIDEST - 1]}…"


def _left(fraction: float, spent: float) -> str:
    if not 0.02 < fraction < 1:
        return ""
    seconds = round(spent / fraction - spent)
    return f"{seconds // 60}:{seconds % 60:02}"
