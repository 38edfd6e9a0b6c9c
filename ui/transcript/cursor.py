"""The cursor: which word a reader is at in the script, and which words are selected. Knows no window."""

from __future__ import annotations

from ui.transcript.script import Script
from ui.transcript.spans import Place

START = Place(0, 0)


class Cursor:
    """A place, and where a selection began. It moves by whole words."""

    def __init__(self) -> None:
        self.script = Script()
        self.place = START
        self._begun: Place | None = None
        self._widened: tuple[Place, tuple[Place, Place] | None] = (START, None)

    def set_script(self, script: Script) -> None:
        """Stand in another script, on the line where one stood."""
        here, begun = self._moved(self.place, script), self._moved(self._begun, script) if self._begun else None
        self.script = script
        if not script.count:
            self.place, self._begun = START, None
        else:
            self.place, self._begun = self._nearest(here or self.place), self._nearest(begun) if begun else None

    def _moved(self, place: Place, script: Script) -> Place | None:
        """Return a place in another script, on the line of the same identifier; None where that is gone."""
        if place.line >= len(self.script.lines):
            return None
        number = script.numbers.get(self.script.lines[place.line].id)
        return None if number is None else Place(number, place.word)

    @property
    def selection(self) -> tuple[Place, Place] | None:
        """Return the first and the last selected word; None when nothing is selected."""
        if self._begun is None:
            return None
        return min(self._begun, self.place), max(self._begun, self.place)

    def go(self, place: Place) -> None:
        """Stand on a word, with nothing selected."""
        self.place, self._begun = place, None

    def extend(self, place: Place) -> None:
        """Select from where the selection began to a word."""
        self._begun = self.place if self._begun is None else self._begun
        self.place = place

    def select(self, first: Place, last: Place) -> None:
        """Select the words between two places."""
        self._begun, self.place = first, last

    def select_line(self) -> None:
        """Select the whole line one is in."""
        line = self.place.line
        self.select(Place(line, 0), Place(line, len(self.script.lines[line].words) - 1))

    def select_sentence(self) -> None:
        """Select the sentence one is in."""
        self.select(*self.script.sentence(self.place))

    def widen(self) -> None:
        """Select the sentence one is in; again, each quote around it; then the line; then the sentence again."""
        place = self._widened[0] if self._widened[1] == self.selection is not None else self.place
        line = Place(place.line, 0), Place(place.line, len(self.script.lines[place.line].words) - 1)
        around = [(span.first, span.last) for span in self.script.spans_at(place)]
        choices = list(dict.fromkeys([self.script.sentence(place), *around, line]))
        now = choices.index(self.selection) if self.selection in choices else -1
        self.select(*choices[(now + 1) % len(choices)])
        self._widened = place, self.selection

    def clear(self) -> None:
        """Select nothing."""
        self._begun = None

    def by_words(self, step: int, *, extend: bool) -> None:
        """Move some words on or back; the first step of a selection takes in the word one is on."""
        if extend and self._begun is None:
            self._begun = self.place
            return
        self._move(self.script.place(self.script.number(self.place) + step), extend=extend)

    def by_sentences(self, step: int, *, extend: bool) -> None:
        """Move to where the sentence one is in begins or ends, or else to where the next one does."""
        self._move(self.edge(self.place, step, inside=extend), extend=extend)

    def edge(self, place: Place, step: int, *, inside: bool = True) -> Place:
        """Return the last word of a sentence, or with a step of -1 its first, from a place on; with `inside` false,
        the first word of the next one.
        """
        first, last = self.script.sentence(place)
        if step > 0:
            beyond = self.script.place(self.script.number(last) + 1)
            if not inside:
                return beyond
            return last if place < last else self.script.sentence(beyond)[1]
        return first if place > first else self.script.sentence(self.script.place(self.script.number(first) - 1))[0]

    def by_lines(self, step: int, *, extend: bool) -> None:
        """Move some lines up or down, staying about as far from the left."""
        line = max(0, min(self.place.line + step, len(self.script.lines) - 1))
        self._move(self._nearest(Place(line, self.place.word)), extend=extend)

    def to_edge(self, *, end: bool, extend: bool) -> None:
        """Move to the first or the last word of the line."""
        last = len(self.script.lines[self.place.line].words) - 1
        self._move(Place(self.place.line, last if end else 0), extend=extend)

    def _move(self, place: Place, *, extend: bool) -> None:
        if extend:
            self.extend(place)
        else:
            self.go(place)

    def _nearest(self, place: Place) -> Place:
        line = max(0, min(place.line, len(self.script.lines) - 1))
        return Place(line, max(0, min(place.word, len(self.script.lines[line].words) - 1)))
