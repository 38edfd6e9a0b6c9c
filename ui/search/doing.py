"""Doing: what one does with what was found: open it, hear it here, tag it, star it, copy it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from storybank.domain.coding import Subject
from storybank.domain.found import InContext
from storybank.domain.query import Hit, Kind
from storybank.errors import StorybankError
from storybank.services.searching import Found
from ui.search.copying import cited_text
from ui.search.marking import HitMarking
from ui.search.places import Copied, save_places
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.search.page import SearchPage
    from ui.search.strip import Strip
    from ui.wiring import App


class Doing(QObject):
    """The hands of the page."""

    def __init__(self, page: SearchPage, app: App, tokens: Tokens) -> None:
        super().__init__(page)
        self._page, self._app, self._tokens = page, app, tokens
        self._tr = page.tr_
        self._strip: Strip | None = None
        self._use = ""
        self._then: Callable[[str], None] = self._copy
        self.marking = HitMarking(page, app, self._tr, tokens, page.history, page.hits)
        self.marking.failed.connect(page.explain)
        self.marking.told.connect(lambda said, why: page.toast.say(said, "warn", details=why))
        self._memo_about = ""
        self.marking.memo_wanted.connect(self._ask_memo)
        page.parts.memo_line.named.connect(self._write_memo)
        page.parts.memo_line.left.connect(page.enter_list)
        page.hits.asked.connect(self.do)
        page.hits.digit.connect(lambda digit: self.marking.give(digit, page.hits.chosen))
        page.concordance.opened.connect(self._open_place)
        page.concordance.heard.connect(lambda row: self._play(_as_found(row)))
        page.csv.clicked.connect(self._ask_csv)
        page.parts.copy_bar.chosen.connect(self._on_use)
        page.parts.copy_bar.left.connect(page.enter_list)

    @property
    def strip(self) -> Strip:
        """Return the player at the foot, made when something is first played."""
        from ui.search.strip import Strip  # loads QtMultimedia

        if self._strip is None:
            page = self._page
            self._strip = made = Strip(self._app, self._tr, self._tokens)
            made.failed.connect(page.explain)
            made.changed.connect(page.hits.hits.show_playing)
            made.opened.connect(self._open)
            page.parts.foot.addWidget(made)
        return self._strip

    def do(self, what: str) -> None:
        """Do what was asked with what is chosen."""
        hits = self._page.hits
        current = hits.current
        if what == "leave":
            self._leave()
        elif current is None:
            return
        elif what == "open":
            self._open(current)
        elif what == "play":
            self._play(current)
        elif what == "tag":
            self.marking.tag(hits.chosen)
        elif what == "important":
            self.marking.star(hits.chosen)
        elif what == "copy":
            self._ask_copy()

    def _leave(self) -> None:
        """Put the player away; where there is none, go back to the field."""
        if self._strip is not None and self._strip.isVisible():
            self._strip.put_away()
        else:
            self._page.focus_search()

    def pause(self) -> None:
        """Let nothing play on that nobody sees."""
        if self._strip is not None:
            self._strip.deck.pause()

    def show_hits(self) -> None:
        """Show in a new list which hit is heard; what is not there any more is not played on."""
        if self._strip is None or self._strip.found is None:
            return
        playing = self._strip.found
        same = next((one for one in self._page.hits.hits.all_found() if _same_place(one.hit, playing.hit)), None)
        if self._strip.deck.playing:
            self._page.hits.hits.show_playing(same)

    def _ask_memo(self, quote_id: str) -> None:
        self._memo_about = quote_id
        self._page.parts.memo_line.ask(self._tr("Memo"), "")

    def _write_memo(self, text: str) -> None:
        try:
            self._page.history.make(self._app.noting.write(Subject.QUOTE, self._memo_about, text))
        except StorybankError as error:
            self._page.explain(error)
        self._page.enter_list()

    def put_away(self) -> None:
        """Let go of the recording that was played."""
        if self._strip is not None:
            self._strip.put_away()

    def _open(self, found: Found) -> None:
        self.pause()
        hit = found.hit
        self._page.play_requested.emit(found.story_code, hit.moment_ms or hit.start_ms)

    def _play(self, found: Found) -> None:
        if found.hit.recording_id:
            self.strip.play_hit(found)
        else:
            self._page.toast.say(self._tr("Nothing can be heard of this: it was written."))

    def _open_place(self, row: InContext) -> None:
        self.pause()
        self._page.play_requested.emit(row.story_code, row.moment_ms)

    # ---- what leaves -----------------------------------------------------------------------------------------

    def _ask_copy(self) -> None:
        self._ask_use(self._tr("Copied words are for"), self._tr("Copy"), self._copy)

    def _ask_csv(self) -> None:
        self._ask_use(self._tr("The table is for"), self._tr("Save as CSV"), self._save)

    def _ask_use(self, about: str, what: str, then: Callable[[str], None]) -> None:
        """Go on with the use that the search is narrowed to, else ask what it is for."""
        self._then = then
        if chosen := self._page.query.usable_for:
            self._on_use(chosen)
        else:
            self._page.parts.copy_bar.ask(about, what, self._use or "research")

    def _on_use(self, use: str) -> None:
        self._use = use
        try:
            self._then(use)
        except StorybankError as error:
            self._page.explain(error)

    def _copy(self, use: str) -> None:
        copied = cited_text(self._app.citing.cite([found.hit for found in self._page.hits.chosen], use), self._tr)
        if copied.count:
            QGuiApplication.clipboard().setText(copied.text)
        self._tell(copied, use, self._tr.many("{n} passage was copied with its citation.",
                                              "{n} passages were copied with their citations.", copied.count))
        self._page.enter_list()

    def _save(self, use: str) -> None:
        name, _kind = QFileDialog.getSaveFileName(self._page, self._tr("Save as CSV"), "concordance.csv", "CSV (*.csv)")
        if name:
            self.save_places(use, Path(name))

    def save_places(self, use: str, to: Path) -> None:
        """Write the places that are shown to a file, as far as they may be shown for a use."""
        rows = self._page.concordance.places.rows
        page, tr = self._page, self._tr
        page.asking.beside("csv", lambda: save_places(self._app.citing, rows, use, to, tr),
                           partial(self._saved, use, to))

    def _saved(self, use: str, to: Path, copied: Copied) -> None:
        self._tell(copied, use, self._tr("{n} places were saved: {file}", n=copied.count, file=str(to)))

    def _tell(self, copied: Copied, use: str, done: str) -> None:
        name = self._page.names.of("usable_for", use)
        if not copied.count:
            done = self._tr("Nothing was taken out: none of it may be used for {use}.", use=name)
        elif copied.left_out:
            done += " " + self._tr("The rest may not be used for {use}.", use=name)
        tone = "warn" if copied.left_out or not copied.count else "good"
        self._page.toast.say(done, tone, details=copied.left_out[:5])


def _as_found(row: InContext) -> Found:
    """Return a place as the hit it is, to be played."""
    hit = Hit(Kind.PASSAGE, row.story_id, row.recording_id, row.moment_ms, row.moment_ms + 4000, row.speaker,
              f"{row.left} {row.node} {row.right}", (), moment_ms=row.moment_ms)
    return Found(hit, row.story_code, "", row.story_code, ())


def _same_place(one: Hit, other: Hit) -> bool:
    return (one.recording_id, one.start_ms, one.end_ms) == (other.recording_id, other.start_ms, other.end_ms)
