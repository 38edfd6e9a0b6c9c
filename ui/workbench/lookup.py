"""Lookup: which words of the shown transcript are in no dictionary; asked while nobody types, remembered for good."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from storybank.domain.events import ContributorSaved, Event, GlossaryChanged
from storybank.domain.spelling import core_of, is_wrong, known_words, to_look_up
from storybank.domain.transcript import Line
from storybank.errors import StorybankError
from ui.parts.bridge import Bridge
from ui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from ui.wiring import App

CALM_MS = 900
"""How long nothing must happen before words are looked up."""
AT_ONCE = 150
"""Lines that are looked at in one go."""


class Lookup(QObject):
    """Knows, word by word, what dictionaries, people and the glossary know."""

    changed = Signal()
    """More is known than before."""
    _answered = Signal(str, object, object)

    def __init__(self, view: TranscriptView, app: App, bridge: Bridge) -> None:
        super().__init__(view)
        self._view, self._app = view, app
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._answers: dict[str, set[str]] = defaultdict(set)
        self._unknown: dict[str, set[str]] = defaultdict(set)
        self._names: tuple[str, ...] = ()
        self._known: frozenset[str] | None = None
        self._left: set[str] = set()
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._look)
        self._answered.connect(self._on_answer, Qt.ConnectionType.QueuedConnection)
        bridge.happened.connect(self._on_happened)
        view.shown.connect(self._calm.start)
        view.typed.connect(self._calm.start)

    def wrong(self, word: str, language: str) -> bool | None:
        """Tell whether no dictionary has a word; None where nobody has asked yet."""
        forms = to_look_up(word)
        if not forms or core_of(word)[1].casefold() in self._left:
            return False
        if is_wrong(word, self._unknown[language], self._words_known()):
            return True
        return False if self._answers[language].issuperset(forms) else None

    def ask(self, words: Iterable[str], language: str) -> None:
        """Look words up that nobody has asked about yet; `changed` tells when it is known."""
        forms = {form for word in words for form in to_look_up(word)} - self._asked[language]
        if forms:
            self._asked[language] |= forms
            self._app.spelling.unknown(sorted(forms), language, partial(self._hand_over, language, forms))

    def _hand_over(self, language: str, forms: set[str], unknown: frozenset[str]) -> None:
        """Take an answer on the thread it comes on; the page may be gone by then."""
        with suppress(RuntimeError):
            self._answered.emit(language, forms, unknown)

    def leave(self, word: str) -> None:
        """Take a word for right until the window is closed."""
        self._left.add(core_of(word)[1].casefold())
        self._mark(self._view.script.lines)

    def like(self, word: str) -> list[str]:
        """Return names and terms that are written nearly like a word."""
        self._words_known()
        near = {name.casefold(): name for name in self._names}
        found = difflib.get_close_matches(word.casefold(), near, n=2, cutoff=0.72)
        return [near[one] for one in found if near[one] != word]

    def wrong_in(self, line: Line) -> frozenset[int]:
        """Return which words of a line are in no dictionary, as far as is known."""
        return self._view.painter.marks.misspelt_in(line)

    # ---- looking -------------------------------------------------------------------------------------------

    def _look(self) -> None:
        """Look up the words of the lines that changed, those from where the reader is first."""
        try:
            self._words_known()
        except StorybankError:
            return  # the library was closed meanwhile
        marks, lines = self._view.painter.marks, self._view.script.lines
        first = self._view.cursor_.place.line
        around = [*lines[first:], *lines[:first]]
        fresh = [line for line in around if marks.misspelt.get(line.id, ("",))[0] != line.text]
        by_language: dict[str, list[str]] = defaultdict(list)
        for line in fresh[:AT_ONCE]:
            by_language[line.language] += [word.text for word in line.words]
        for language, words in by_language.items():
            self.ask(words, language)
        self._mark(fresh[:AT_ONCE])
        if len(fresh) > AT_ONCE and self._view.isVisible():
            self._calm.start(30)

    def _mark(self, lines: Sequence[Line]) -> None:
        """Mark what is wrong in lines whose every word is known; the others wait for their answer."""
        marks, some = self._view.painter.marks, False
        for line in lines:
            found = [self.wrong(word.text, line.language) for word in line.words]
            if None in found:
                continue
            now = line.text, frozenset(number for number, wrong in enumerate(found) if wrong)
            some = some or marks.misspelt.get(line.id, (None, frozenset()))[1] != now[1]
            marks.misspelt[line.id] = now
        if some:
            self._view.viewport().update()
            self.changed.emit()

    def _on_answer(self, language: str, forms: set[str], unknown: frozenset[str]) -> None:
        self._answers[language] |= forms
        self._unknown[language] |= unknown
        self._mark([line for line in self._view.script.lines
                    if self._view.painter.marks.misspelt.get(line.id, ("",))[0] != line.text])
        self.changed.emit()

    def _words_known(self) -> frozenset[str]:
        """Return the words of every name in the library and of every term in the glossary."""
        if self._known is None:
            people = [name for one in self._app.people.all() for name in (one.name, one.organization) if name]
            terms = [entry.term for entry in self._app.glossing.all()]
            self._known = known_words([*people, *terms])
            parts = [part for name in people for part in name.split() if len(part) > 2]
            self._names = tuple(dict.fromkeys([*terms, *people, *parts]))
        return self._known

    def _on_happened(self, event: Event) -> None:
        if isinstance(event, GlossaryChanged | ContributorSaved):
            self._known = None
            self._mark(self._view.script.lines)
