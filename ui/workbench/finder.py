"""Finder: find and replace in the transcript; what is found is marked among the words while one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from storybank.domain.change import ChangeKind
from storybank.domain.finding import Found, Searchable, Sought, replaced, seen, words_at
from storybank.domain.transcript import Line
from storybank.services.browsing import StoryView
from storybank.words import Words, say
from ui.parts.buttons import link_button, quiet_button
from ui.parts.fields import line_field, tick
from ui.parts.text import note
from ui.transcript.script import UNSAVED
from ui.transcript.spans import Place
from ui.workbench.bars import Bar

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App


class FindBar(Bar):
    """What is sought, how many places there are, and the words to write instead."""

    def __init__(self, tr: Words) -> None:
        super().__init__(tr, tr("Find and replace"))
        self.sought = line_field(tr("Find"), hint=tr("Find in the transcript"))
        self.count = note("", wrap=False)
        self.before, self.next = quiet_button(tr("Before")), quiet_button(tr("Next"))
        self.add_row(self.sought, self.count, self.before, self.next, stretch=self.sought, closing=True)
        self.instead = line_field(tr("Replace with"), hint=tr("Replace with"))
        self.replace, self.replace_all = quiet_button(tr("Replace")), quiet_button(tr("Replace all"))
        self.add_row(self.instead, self.replace, self.replace_all, stretch=self.instead)
        self.case, self.whole = tick(tr("Match capitals and accents")), tick(tr("Whole words"))
        self.more = link_button(tr("Replace…"))
        self.add_row(self.case, self.whole, self.more)

    def offer_replacing(self, offered: bool) -> None:
        """Show the words to write instead, or not."""
        for part in (self.instead, self.replace, self.replace_all):
            part.setVisible(offered)
        self.more.setVisible(not offered)


class Finder(QObject):
    """Looks through the words as they are shown, and remembers which place one is at."""

    def __init__(self, page: StoryPage, app: App, tr: Words) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._view = page, app, tr, page.view
        self._lines: tuple[Line, ...] = ()
        self._searchable = Searchable(())
        self.places: list[Found] = []
        self.at: int | None = None
        self._from = Place(0, 0)
        self._story = ""
        self.bar = FindBar(tr)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._build()

    def show_story(self, story: StoryView) -> None:
        """Look for nothing any more where another story is opened."""
        if self._story not in ("", story.story.id):
            self.bar.close_bar()
        self._story = story.story.id

    def open(self, *, replacing: bool = False) -> None:
        """Show the bar, with the selected words in it where some of one line are selected."""
        view = self._view
        chosen = view.cursor_.selection
        if chosen and chosen[0].line == chosen[1].line:
            self.bar.sought.setText(view.script.text(*chosen))
        if view.script.count:
            self._from = chosen[0] if chosen else view.cursor_.place
        self.bar.offer_replacing(replacing or (self.bar.isVisible() and not self.bar.instead.isHidden()))
        self.bar.show()
        self.bar.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.bar.sought.selectAll()
        self.search()

    def search(self) -> None:
        """Find every place anew, and stand at the first one from where the reader is."""
        if self._lines is not self._view.script.lines:
            self._lines = self._view.script.lines
            self._searchable = Searchable([seen(line) for line in self._lines])
        bar = self.bar
        sought = Sought(bar.sought.text(), whole_word=bar.whole.isChecked(), match_case=bar.case.isChecked())
        self.places = self._searchable.find(sought)
        starts = [self._place_of(place) for place in self.places]
        self.at = next((number for number, start in enumerate(starts) if start >= self._from), 0) if starts else None
        self._show()

    def go(self, step: int) -> None:
        """Go to the next place, or the one before; after the last comes the first."""
        if self.at is None:
            return
        if self._stands_here():
            self.at = (self.at + step) % len(self.places)
        self._arrive()

    def replace_here(self) -> None:
        """Write other words in the place one is at, and go to the next."""
        if self.at is None:
            return
        place = self.places[self.at]
        start = self._place_of(place)
        words = len(self.bar.instead.text().split())
        if self._write([place]) == 0:
            self._from = Place(start.line, start.word + words)
            self.search()
            if self.at is not None:
                self._arrive()

    def replace_all(self) -> None:
        """Write other words in every place, as one change."""
        count = len(self.places)
        stay = self._write(self.places) if count else None
        if stay is None:
            return
        self.search()
        said = self._tr.many("{n} place was replaced.", "{n} places were replaced.", count - stay)
        if stay:
            said += " " + self._tr.many("{n} stays: its line would be empty.", "{n} stay: their lines would be empty.",
                                        stay)
        self._page.toast.say(said, "warn" if stay else "good")

    # ---- what is done --------------------------------------------------------------------------------------

    def _write(self, places: Sequence[Found]) -> int | None:
        """Replace places; return how many had to stay, None where the change was refused or is none."""
        writable = [place for place in places if not self._lines[place.line].id.startswith(UNSAVED)]
        texts, stay = replaced(self._searchable.lines, writable, self.bar.instead.text())
        if not texts:
            return stay or None
        now = {self._lines[number].id: text for number, text in texts.items()}
        made = self._page.hands.make(
            lambda: self._app.correcting.reword_all(say("Replace"), now, ChangeKind.REPLACED))
        return stay if made else None

    def _arrive(self) -> None:
        if self.at is None:
            return
        self._view.cursor_.go(self._place_of(self.places[self.at]))
        self._view.arrived()
        self._show()

    def _stands_here(self) -> bool:
        """Tell whether the reader is at the place already, so that the next one is meant."""
        return self.at is not None and self._view.cursor_.place == self._place_of(self.places[self.at])

    def _place_of(self, found: Found) -> Place:
        words = words_at(self._searchable.lines[found.line], found.start, max(found.start + 1, found.end))
        return Place(found.line, min(words[0], len(self._lines[found.line].words) - 1))

    def _show(self) -> None:
        """Mark what was found, and say how much that is."""
        marks = self._view.painter.marks
        marks.found = self._marked(self.places)
        here = self._marked([self.places[self.at]]) if self.at is not None else {}
        marks.here = next(((line, *stretches[0]) for line, stretches in here.items()), None)
        sought = self.bar.sought.text().strip()
        if not sought:
            said = ""
        elif self.at is None:
            said = self._tr("Not found")
        else:
            said = self._tr("{at} of {count}", at=self.at + 1, count=len(self.places))
        self.bar.count.setText(said)
        self.bar.sought.setAccessibleDescription(said)
        for button in (self.bar.before, self.bar.next, self.bar.replace, self.bar.replace_all):
            button.setEnabled(self.at is not None)
        self._view.viewport().update()

    def _marked(self, places: Sequence[Found]) -> Mapping[str, list[tuple[int, int]]]:
        """Return the words of each line that places touch."""
        marked: dict[str, list[tuple[int, int]]] = {}
        for place in places:
            for number in range(place.line, place.last_line + 1):
                text = self._searchable.lines[number]
                start = place.start if number == place.line else 0
                end = place.end if number == place.last_line else len(text)
                marked.setdefault(self._lines[number].id, []).append(words_at(text, start, end))
        return marked

    # ---- how it is built -----------------------------------------------------------------------------------

    def _build(self) -> None:
        page, bar, tr = self._page, self.bar, self._tr
        page.words.add_bar(bar)
        page.words.add_tool(tr("Find"), self.open, "Ctrl+F")
        page.words.add_tool(tr("Find and replace"), lambda: self.open(replacing=True), "Ctrl+H")
        for keys, step in (("F3", 1), ("Shift+F3", -1)):
            shortcut = QShortcut(QKeySequence(keys), page, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.go(step))
        bar.sought.textChanged.connect(lambda _text: self.search())
        for box in (bar.case, bar.whole):
            box.toggled.connect(lambda _on: self.search())
        bar.more.clicked.connect(lambda: self.open(replacing=True))
        bar.next.clicked.connect(lambda: self.go(1))
        bar.before.clicked.connect(lambda: self.go(-1))
        bar.replace.clicked.connect(self.replace_here)
        bar.replace_all.clicked.connect(self.replace_all)
        bar.closed.connect(self._on_closed)
        for field in (bar.sought, bar.instead):
            field.installEventFilter(self)
        self._view.shown.connect(self._on_shown)
        self._soon.timeout.connect(self.search)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if watched is self.bar.instead:
            self.replace_here()
        else:
            self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        return True

    def _on_shown(self) -> None:
        if self.bar.isVisible():
            if self._view.script.count:
                self._from = self._view.cursor_.place
            self._soon.start()

    def _on_closed(self) -> None:
        self.places, self.at = [], None
        marks = self._view.painter.marks
        marks.found, marks.here = {}, None
        self._view.viewport().update()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
