"""Spelling: the dictionaries of Hunspell, asked in a process of their own.

Hunspell holds Python's lock while it reads a dictionary and while it thinks of suggestions, a quarter of a second
each time; in this process, and on any thread of it, somebody's keystroke would wait for that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from storybank.errors import Cancelled, StorybankError
from storybank.jobs.child import Apart
from storybank.words import say

if TYPE_CHECKING:
    from hunspell import Hunspell

DICTIONARIES = Path(__file__).parent / "dictionaries"
NAMES = {"en": "en_CA", "fr": "fr"}
"""The dictionary of each language."""
MOST_SUGGESTED = 5


class HunspellSpeller:
    """Looks words up in this process."""

    def unknown(self, words: Sequence[str], language: str) -> frozenset[str]:
        """Return the words that the language's dictionary does not have; nothing where there is none."""
        dictionaries = _dictionaries(language)
        if not dictionaries:
            return frozenset()
        return frozenset(word for word in words if not any(one.spell(word) for one in dictionaries))

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """Return words that may have been meant, the likeliest first."""
        found = [other for one in _dictionaries(language) for other in one.suggest(word)]
        return tuple(dict.fromkeys(found))[:MOST_SUGGESTED]


class Spelling:
    """Looks words up without anybody waiting: whoever asks is told later, on another thread."""

    def __init__(self) -> None:
        self._apart = Apart()
        self._ticket = _Patient()
        self._line = ThreadPoolExecutor(max_workers=1, thread_name_prefix="spelling")

    def unknown(self, words: Sequence[str], language: str, then: Callable[[frozenset[str]], object]) -> None:
        """Ask which words the language's dictionary does not have."""
        self._ask(_look_up, (tuple(words), language), then)

    def suggestions(self, word: str, language: str, then: Callable[[tuple[str, ...]], object]) -> None:
        """Ask which words may have been meant."""
        self._ask(_suggest, (word, language), then)

    def close(self) -> None:
        """Ask nothing any more, wait for no answer, and let the dictionaries go."""
        self._ticket.stopped = True
        self._line.shutdown(wait=True, cancel_futures=True)
        self._apart.close()

    def _ask(self, task: Callable[..., Iterator[object]], given: tuple[object, ...],
             then: Callable[..., object]) -> None:
        def answered(asked: Future[list[object]]) -> None:
            if not asked.cancelled() and asked.exception() is None:
                for answer in asked.result():
                    then(answer)

        with suppress(RuntimeError):  # the library is being closed
            self._line.submit(self._wait, task, given).add_done_callback(answered)

    def _wait(self, task: Callable[..., Iterator[object]], given: tuple[object, ...]) -> list[object]:
        try:
            return list(self._apart(task, *given, ticket=self._ticket))
        except StorybankError:
            return []  # the process died: nothing is said of these words, and the next ones get a fresh one


class _Patient:
    """A ticket of work that nobody watches, and that ends with the library."""

    def __init__(self) -> None:
        self.stopped = False

    def report(self, fraction: float, note: str = "") -> None:
        """Say nothing."""

    def check(self) -> None:
        """Stop once nobody waits for an answer any more."""
        if self.stopped:
            raise Cancelled(say("Stopped on request."))


def _look_up(words: Sequence[str], language: str) -> Iterator[object]:
    yield HunspellSpeller().unknown(words, language)


def _suggest(word: str, language: str) -> Iterator[object]:
    yield HunspellSpeller().suggestions(word, language)


def _dictionaries(language: str) -> list[Hunspell]:
    """Return the dictionaries of a language; every one where nobody knows the language."""
    wanted = [NAMES[language]] if language in NAMES else [] if language else list(NAMES.values())
    return [found for name in wanted if (found := _dictionary(name)) is not None]


@cache
def _dictionary(name: str) -> Hunspell | None:
    """Return a dictionary; None on a machine for which Hunspell is not made (docs/decisions/0015)."""
    try:
        from hunspell import Hunspell
    except ImportError:
        return None
    return Hunspell(name, hunspell_data_dir=str(DICTIONARIES), system_encoding="UTF-8")
