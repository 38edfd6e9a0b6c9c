"""Doubts: a walk from one doubtful word or flagged line to the next: hear it, find it right, or put it right."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from storybank.domain.change import ChangeKind
from storybank.domain.flag import flag_reasons
from storybank.domain.spelling import core_of
from storybank.services.browsing import StoryView
from storybank.services.edits import Edit
from storybank.words import Words, say
from ui.workbench.doubts_bar import MOST, DoubtsBar
from ui.workbench.lookup import Lookup
from ui.workbench.stops import Stop, following, form_of, rewritten, stops

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

AROUND_MS = 1000
"""How much is heard before and after a doubtful word."""

class Doubts(QObject):
    """Goes from stop to stop; every answer goes on to the next."""

    _suggested = Signal(str, object)

    def __init__(self, page: StoryPage, app: App, tr: Words, lookup: Lookup) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, tr
        self._view, self._lookup = page.view, lookup
        self.stops: list[Stop] = []
        self.here: Stop | None = None
        self._right: set[tuple[str, str]] = set()
        self._story = ""
        self.bar = DoubtsBar(tr)
        self._suggested.connect(self._on_suggested, Qt.ConnectionType.QueuedConnection)
        self._build()

    def show_story(self, story: StoryView) -> None:
        """Put the bar away where another story is opened."""
        if self._story not in ("", story.story.id):
            self.bar.close_bar()
        self._story = story.story.id

    # ---- going ---------------------------------------------------------------------------------------------

    def go(self, step: int) -> None:
        """Go to the next stop or the one before, from where the reader is, and play it."""
        if not self._view.script.count:
            return
        self._view.close_editor(keep=True)
        self._gather()
        self.bar.show()
        self._arrive(following(self.stops, self._from(step), step))

    def _from(self, step: int) -> tuple[int, int]:
        """Return where the walk goes on: from the stop one is at, or else from the word the reader is on, taken in."""
        place = self._view.cursor_.place
        if self.here is not None and self.here.place == place:
            return self.here.order
        if step < 0:
            return place.line, place.word
        return place.line, place.word - 1 if place.word else -2

    def play(self) -> None:
        """Play the word one is at with a second around it, or the whole line."""
        if self.here is None:
            return
        line = self._view.script.lines[self.here.line]
        if self.here.word is None:
            self._page.player.play_span(line.start_ms, line.end_ms)
        else:
            word = line.words[self.here.word]
            self._page.player.play_span(max(0, word.start_ms - AROUND_MS), word.end_ms + AROUND_MS)

    def _arrive(self, stop: Stop | None) -> None:
        self.here = stop
        if stop is not None:
            self._view.cursor_.go(stop.place)
            self._view.changed()
        self._show()
        if stop is None:
            self.bar.next.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        (self.bar.play if stop.word is None else self.bar.instead).setFocus(Qt.FocusReason.OtherFocusReason)
        self.bar.instead.selectAll()
        self.play()

    def _gather(self) -> None:
        found = stops(self._view.script, self._lookup.wrong_in)
        self.stops = [stop for stop in found
                      if not (stop.misspelt and not stop.unsure and (stop.line_id, stop.form) in self._right)]

    # ---- answers -------------------------------------------------------------------------------------------

    def find_right(self) -> None:
        """Leave the word, or the flagged line, as it is, and go on."""
        stop = self.here
        if stop is None:
            return
        if stop.misspelt:
            self._right.add((stop.line_id, stop.form))
        if stop.word is None:
            self.find_line_right()
        elif stop.unsure:
            self._do(partial(self._app.correcting.accept, stop.line_id, stop.word))
        else:
            self._go_on(stop)

    def find_line_right(self) -> None:
        """Mark the line as read against the recording, and go on."""
        if self.here is not None:
            self._do(partial(self._app.correcting.review, self.here.line_id))

    def write(self, *, everywhere: bool = False) -> None:
        """Write other words here, or in every doubtful place of the same word; the same word means it is right."""
        stop, text = self.here, " ".join(self.bar.instead.text().split())
        if stop is None or stop.word is None:
            return
        if not text or text == self._core(stop):
            self.find_right()
            return
        those = [one for one in self.stops if one.form == stop.form] if everywhere else [stop]
        texts = rewritten(self._view.script, those, text)
        told = say("Replace all the same") if everywhere else say("Replace")
        self._do(lambda: self._app.correcting.reword_all(told, texts, ChangeKind.REPLACED))

    def strike(self) -> None:
        """Take a line out that nobody said; it stays on file, and can be undone."""
        stop = self.here
        if stop is None or stop.word is not None:
            return
        lines = [line for line in self._app.correcting.lines(self._view.script.lines[stop.line].recording_id)
                 if line.id == stop.line_id]
        gone = [replace(line, gone=True) for line in lines]
        self._do(lambda: self._app.correcting.replace_lines(
            say("Take out what nobody said"), ChangeKind.REPLACED, lines, gone))

    def _do(self, plan: Callable[[], Edit]) -> None:
        """Make a change, and go on to the next stop."""
        stop = self.here
        if stop is not None and self._page.hands.make(plan):
            self._go_on(stop)

    def _go_on(self, stop: Stop) -> None:
        self._gather()
        self._arrive(following(self.stops, (stop.line, stop.order[1] - 1), 1))

    # ---- what is shown -------------------------------------------------------------------------------------

    def _show(self) -> None:
        tr, bar, stop = self._tr, self.bar, self.here
        self._show_counts()
        self._mark(stop)
        bar.why.setText(self._why(stop) if stop else "")
        bar.why.setVisible(stop is not None)
        for part in bar.of_word:
            part.setVisible(stop is not None and stop.word is not None)
        bar.nobody.setVisible(stop is not None and stop.word is None)
        bar.line_right.setText(tr("It was said") if stop and stop.word is None else tr("The whole line is right"))
        bar.line_right.setAccessibleName(bar.line_right.text())
        bar.doing.setVisible(stop is not None)
        bar.offer([])
        if stop and stop.word is not None:
            self._show_word(stop)

    def _mark(self, stop: Stop | None) -> None:
        """Let what it is about stand out among the words."""
        marks = self._view.painter.marks
        marks.found, marks.here = {}, None
        if stop is not None:
            last = len(self._view.script.lines[stop.line].words) - 1
            first, last = (0, last) if stop.word is None else (stop.word, stop.word)
            marks.found, marks.here = {stop.line_id: [(first, last)]}, (stop.line_id, first, last)
        self._view.viewport().update()

    def _show_counts(self) -> None:
        words, lines = sum(one.word is not None for one in self.stops), sum(one.word is None for one in self.stops)
        said = [self._tr.many("{n} doubtful word", "{n} doubtful words", words)] if words else []
        if lines:
            said.append(self._tr.many("{n} flagged line", "{n} flagged lines", lines))
        self.bar.count.setText(" · ".join(said) if said else self._tr("Nothing doubtful is left."))

    def _show_word(self, stop: Stop) -> None:
        core, same = self._core(stop), sum(one.form == stop.form for one in self.stops)
        self.bar.instead.setText(core)
        self.bar.fix_all.setVisible(same > 1)
        told = self._tr("Replace all {count}", count=same)
        self.bar.fix_all.setText(told)
        self.bar.fix_all.setAccessibleName(told)
        self.bar.offer(self._lookup.like(core)[:MOST])
        language = self._view.script.lines[stop.line].language
        self._app.spelling.suggestions(core, language, partial(self._hand_over, core))

    def _why(self, stop: Stop) -> str:
        """Return what is odd here, in words."""
        line = self._view.script.lines[stop.line]
        if stop.word is None:
            reasons = flag_reasons()
            return " ".join(self._tr.sentence(reasons[flag]) for flag in line.flags)
        said = []
        if stop.unsure:
            sure = round(100 * (line.words[stop.word].probability or 0))
            said.append(self._tr("The engine was {sure} % sure of “{word}”.", sure=sure, word=self._core(stop)))
        if stop.misspelt:
            said.append(self._tr("“{word}” is in no dictionary.", word=self._core(stop)))
        return " ".join(said)

    def _core(self, stop: Stop) -> str:
        return core_of(self._view.script.lines[stop.line].words[stop.word or 0].text)[1]

    def _hand_over(self, core: str, suggested: tuple[str, ...]) -> None:
        with suppress(RuntimeError):  # the page may be gone by then
            self._suggested.emit(core, suggested)

    def _on_suggested(self, core: str, suggested: tuple[str, ...]) -> None:
        if self.here is not None and self.here.word is not None and form_of(core) == self.here.form:
            offered = dict.fromkeys([*self._lookup.like(core), *suggested])
            self.bar.offer([word for word in offered if word != core][:MOST])

    def _take_offer(self, number: int) -> None:
        self.bar.instead.setText(self.bar.offers[number].text())
        self.write()

    # ---- how it is built -----------------------------------------------------------------------------------

    def _build(self) -> None:
        page, bar, tr = self._page, self.bar, self._tr
        page.words.add_bar(bar)
        page.words.add_tool(tr("Next doubtful word or flagged line"), lambda: self.go(1), "F4")
        page.words.add_tool(tr("Doubtful word or flagged line before"), lambda: self.go(-1), "Shift+F4")
        for button, does in (
            (bar.next, lambda: self.go(1)), (bar.before, lambda: self.go(-1)), (bar.play, self.play),
            (bar.right, self.find_right), (bar.line_right, self.find_line_right), (bar.nobody, self.strike),
            (bar.fix, self.write), (bar.fix_all, lambda: self.write(everywhere=True)),
        ):
            button.clicked.connect(lambda _on=False, does=does: does())
        for number, offer in enumerate(bar.offers):
            offer.clicked.connect(lambda _on=False, number=number: self._take_offer(number))
        bar.instead.installEventFilter(self)
        bar.closed.connect(self._on_closed)
        self._lookup.changed.connect(self._on_known)
        self._view.shown.connect(self._on_known)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self.bar.instead \
                and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.write(everywhere=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            return True
        return False

    def _on_known(self) -> None:
        """Count anew when more words were looked up, or lines read differently; where one is stays, if it is left."""
        if self.bar.isVisible():
            self._gather()
            here = self.here
            self.here = here and next((one for one in self.stops if (one.line_id, one.word, one.form) ==
                                       (here.line_id, here.word, here.form)), None)
            self._show_counts()
            if self.here is None:
                self._show()

    def _on_closed(self) -> None:
        self.here = None
        self._mark(None)
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
