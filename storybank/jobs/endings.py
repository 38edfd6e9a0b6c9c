"""Endings: what an ended process says by its exit code, in plain words and with what to do."""

from __future__ import annotations

import signal
from collections.abc import Mapping

from storybank.errors import Died
from storybank.words import Sentence, say

_KEPT = say("What it had heard is kept. Try again, or with a smaller model.")
_SILENT = (say("The speech engine stopped without a word."), _KEPT)
_PROCESSOR = (
    say("This computer's processor lacks something that the speech engine needs."),
    say("Try a model of the other engine, or another computer; what was heard so far is kept."),
)
_MEMORY = (
    say("The speech engine was ended by this computer, most likely because memory ran out."),
    say("Close other programs, or choose a smaller model; what was heard so far is kept."),
)
_CRASH = (
    say("The speech engine crashed."),
    say("What was heard so far is kept. Try again from there; if it crashes again, choose another model."),
)
_ENDED = (
    say("The speech engine was ended by another program or by this computer."),
    say("What was heard so far is kept. Try again, and it goes on from there."),
)
_LIBRARY = (
    say("The speech engine could not start: a part of Windows that it needs is missing."),
    say("Install the Microsoft Visual C++ Redistributable, then try again."),
)
_SIGNALS: Mapping[str, tuple[Sentence, Sentence]] = {
    "SIGILL": _PROCESSOR, "SIGKILL": _MEMORY, "SIGSEGV": _CRASH, "SIGABRT": _CRASH, "SIGBUS": _CRASH,
    "SIGFPE": _CRASH, "SIGTERM": _ENDED, "SIGHUP": _ENDED, "SIGINT": _ENDED,
}  # fmt: skip
_WINDOWS: Mapping[int, tuple[Sentence, Sentence]] = {
    0xC000001D: _PROCESSOR,  # illegal instruction
    0xC0000005: _CRASH,  # access violation
    0xC0000409: _CRASH,  # the program stopped itself: a damaged stack, or abort()
    0xC0000374: _CRASH,  # damaged heap
    0xC00000FD: _CRASH,  # stack overflow
    0xC0000017: _MEMORY, 0xC000012D: _MEMORY,  # no memory; nothing left to commit
    0xC0000135: _LIBRARY, 0xC0000139: _LIBRARY, 0xC0000142: _LIBRARY,  # a library missing, too old, not starting
    0xC000013A: _ENDED, 0x40010004: _ENDED,  # Ctrl+C; the session ended
}  # fmt: skip


def died_of(exit_code: int | None) -> Died:
    """Return what an exit code means to people; on Windows it is a status of the system, elsewhere minus a signal."""
    problem, hint = _meaning(exit_code)
    return Died(problem, hint=hint)


def hung(minutes: int) -> Died:
    """Return that an engine said nothing for so long that it was ended."""
    return Died(
        say("The speech engine said nothing for {minutes} minutes and was ended.", minutes=minutes),
        hint=say("What was heard so far is kept. Try again from there, or choose a smaller model."),
    )


def failed(why: str, *, out_of_memory: bool) -> Died:
    """Return that work in a process of its own failed for a reason nobody foresaw."""
    if out_of_memory:
        return Died(_MEMORY[0], hint=_MEMORY[1])
    return Died(
        say("The speech engine failed: {why}.", why=why.rstrip(".")),
        hint=say("What was heard so far is kept. Try again, or choose another model; the log has the details."),
    )


def _meaning(exit_code: int | None) -> tuple[Sentence, Sentence]:
    if exit_code is None:
        return _SILENT
    if exit_code < 0 and (name := _signal_name(-exit_code)):
        return _SIGNALS.get(name, _SILENT)
    return _WINDOWS.get(exit_code & 0xFFFFFFFF, _SILENT)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return ""
