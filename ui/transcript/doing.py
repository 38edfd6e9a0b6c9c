"""Doing: what each gesture in the transcript does, on the line one writes in, or else the one the reader is at."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from storybank.domain.transcript import Line, Span
from ui.player.player import LEAP
from ui.transcript.gestures import TAG, VOICE, VOICE_TO_THE_END
from ui.transcript.script import UNSAVED
from ui.transcript.spans import Place

if TYPE_CHECKING:
    from ui.story.page import StoryPage

ANYWHERE = ("play", "back", "on", "slower", "faster", "tags", "keys")
"""What can be done wherever on the page one is."""
NUDGE = 100
"""Milliseconds that a line's start or end is moved by."""


class Doing:
    """Does gestures by their names."""

    def __init__(self, page: StoryPage) -> None:
        self._page, self._view, self._hands = page, page.view, page.hands
        player = page.player
        self._does: dict[str, Callable[[], object]] = {
            "play": player.toggle, "back": partial(player.leap, -LEAP), "on": partial(player.leap, LEAP),
            "slower": player.slower, "faster": player.faster, "loop": self._loop,
            "doubt next": partial(self._to_doubt, 1), "doubt before": partial(self._to_doubt, -1),
            "flag next": partial(self._to_flag, 1), "flag before": partial(self._to_flag, -1),
            "review": self._review, "split": self._split,
            "merge before": partial(self._merge, before=True), "merge next": partial(self._merge, before=False),
            "word from next": partial(self._shift, 1), "word to next": partial(self._shift, -1),
            "start earlier": partial(self._nudge, -NUDGE, 0), "start later": partial(self._nudge, NUDGE, 0),
            "end earlier": partial(self._nudge, 0, -NUDGE), "end later": partial(self._nudge, 0, NUDGE),
            "paragraph": self._paragraph, "keys": page.keys.toggle,
            **_about_quotes(page),
        }  # fmt: skip

    def do(self, name: str) -> None:
        """Do what a gesture asks."""
        page = self._page
        for voiced, give in ((VOICE_TO_THE_END, page.voices.give_to_the_end), (VOICE, page.voices.give),
                             (TAG, page.tagging.by_digit)):
            if name.startswith(voiced):
                give(int(name.removeprefix(voiced)))
                return
        self._does[name]()

    # ---- where one is --------------------------------------------------------------------------------------

    @property
    def number(self) -> int | None:
        """Return the line one is at; None where there is none that can be changed."""
        if not self._view.script.count:
            return None
        writing = self._view.writing.number
        number = self._view.cursor_.place.line if writing is None else writing
        return None if self._view.script.lines[number].id.startswith(UNSAVED) else number

    def _place(self) -> tuple[int, int] | None:
        """Return the line one is at and the word, as far as it is typed."""
        if (number := self.number) is None:
            return None
        editor = self._view.editor
        return number, editor.word if editor else self._view.cursor_.place.word

    def _line(self) -> Line | None:
        return None if (number := self.number) is None else self._view.script.lines[number]

    def _go(self, number: int, word: int, *, write: bool) -> None:
        """Stand on a word, writing if one was."""
        self._page.freshness.catch_up()
        words = self._view.script.lines[number].words
        self._view.cursor_.go(Place(number, min(word, len(words) - 1)))
        if write and (editor := self._view.writing.open(number)):
            editor.begin_before(word)
        self._view.changed()

    def _rest(self) -> bool:
        """Stop writing, keeping the draft; tell whether one was."""
        was = self._view.editor is not None
        self._view.close_editor(keep=True)
        return was

    # ---- lines ---------------------------------------------------------------------------------------------

    def _split(self) -> None:
        if (place := self._place()) is None:
            return
        number, word = place
        line_id, was = self._view.script.lines[number].id, self._rest()
        done = self._hands.split(line_id, word)
        self._go(number + 1 if done else number, 0 if done else word, write=was)

    def _merge(self, *, before: bool) -> None:
        if (place := self._place()) is None or (before and place[0] == 0):
            return
        number, word = place
        was = self._rest()
        first = number - 1 if before else number
        words = len(self._view.script.lines[first].words)
        done = self._hands.merge(self._view.script.lines[first].id)
        if done and before:
            number, word = first, words + word
        elif was and done:
            word = words
        self._go(number, word, write=was)

    def _shift(self, words: int) -> None:
        if (place := self._place()) is None:
            return
        line_id, was = self._view.script.lines[place[0]].id, self._rest()
        self._hands.shift(line_id, words)
        self._go(*place, write=was)

    def _nudge(self, start_ms: int, end_ms: int) -> None:
        self._view.writing.save()
        if line := self._line():
            self._hands.retime(line.id, line.start_ms + start_ms, line.end_ms + end_ms)

    def _paragraph(self) -> None:
        if line := self._line():
            self._hands.paragraph(line.id, not line.opens_paragraph)

    def _review(self) -> None:
        if line := self._line():
            self._hands.review(line.id, not line.reviewed)

    # ---- playing and finding -------------------------------------------------------------------------------

    def _loop(self) -> None:
        line = self._line()
        if line is None:
            return
        player = self._page.player
        if player.passage == Span(line.start_ms, line.end_ms):
            player.clear_loop()
        else:
            player.loop(line.start_ms, line.end_ms)

    def _to_doubt(self, step: int) -> None:
        if (place := self._place()) is None:
            return
        words = self._view.script.lines[place[0]].words
        here = Place(place[0], min(place[1], len(words) - 1))
        found = self._view.script.next_doubtful(here, step)
        if found is not None:
            self._arrive(found)

    def _to_flag(self, step: int) -> None:
        found = None if (number := self.number) is None else self._view.script.next_flagged(number, step)
        if found is not None:
            self._arrive(Place(found, 0))

    def _arrive(self, place: Place) -> None:
        was = self._rest()
        self._view.cursor_.go(place)
        self._view.arrived()
        if was:
            self._view.edit_here()


def _about_quotes(page: StoryPage) -> dict[str, Callable[[], object]]:
    """Return what is done with quotes and tags."""
    tagging, at_quote = page.tagging, page.at_quote
    return {
        "sentence": at_quote.choose_sentence, "quote": tagging.keep_quote,
        "tags": tagging.tag_here, "in vivo": tagging.in_vivo,
        "memo": at_quote.write_memo, "important": at_quote.mark, "remove quote": at_quote.remove,
        "shorten": partial(at_quote.word, "shorten"), "translate": partial(at_quote.word, "translate"),
        "untag": at_quote.untag, "overlapping": at_quote.choose_overlapping,
        "quote start": partial(at_quote.reach, end=False), "quote end": partial(at_quote.reach, end=True),
        "keep reach": at_quote.keep_reach, "quote next": partial(at_quote.step, 1),
        "quote before": partial(at_quote.step, -1), "merge quotes": at_quote.merge,
    }  # fmt: skip
