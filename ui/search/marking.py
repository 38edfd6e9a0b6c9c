"""Marking in the list: the palette for what is chosen, the digits of recent codes, the star; each one step to undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from storybank.domain.digits import Digits
from storybank.domain.query import Hit
from storybank.errors import StorybankError
from storybank.services.marking import Planned
from storybank.services.searching import Found
from storybank.words import Words
from ui.parts.page import Page
from ui.parts.undo import History
from ui.search.hits import HitList
from ui.story.moments import quoted
from ui.story.tags import TagPalette
from ui.theme import Tokens

if TYPE_CHECKING:
    from ui.wiring import App

LONGEST = 90


class HitMarking(QObject):
    """Tags and stars what is chosen in the list."""

    failed = Signal(object)
    told = Signal(str, object)
    """What was done, and details."""
    memo_wanted = Signal(str)
    """Identifier of the quote that a memo is to be written about."""

    def __init__(self, page: Page, app: App, tr: Words, tokens: Tokens, history: History, hits: HitList) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._history, self._hits = page, app, tr, history, hits
        self._targets: list[Hit] = []
        self._before: frozenset[str] = frozenset()
        self.digits = Digits()
        self.palette = TagPalette(page, tr, tokens)
        self.palette.applied.connect(self._apply)
        self.palette.new_code.connect(self._add_code)
        self.palette.left.connect(self._hits.setFocus)

    def tag(self, chosen: Sequence[Found]) -> None:
        """Ask which codes the chosen hits are to have."""
        self._targets = [found.hit for found in chosen if _is_said(found.hit)]
        if not self._targets:
            self.told.emit(self._tr("Only what somebody says can be tagged."), ())
            return
        try:
            self._before = self._app.marking.codes_of(self._targets)
        except StorybankError as error:
            self.failed.emit(error)
            return
        first = self._targets[0]
        shown = first.text if len(first.text) <= LONGEST else f"{first.text[:LONGEST - 2].rsplit(' ', 1)[0]}…"
        about = (quoted(shown, first.language or self._tr.language) if len(self._targets) == 1
                 else self._tr("{n} passages at once", n=len(self._targets)))
        self._place()
        self.palette.digits = self._digits()
        self.palette.suggest(self._suggested(self._targets))
        self.palette.ask(about, self._app.browsing.codes(), self._before)

    def give(self, digit: int, chosen: Sequence[Found]) -> None:
        """Give the chosen hits the code of a digit; where all of them have it, take it from them."""
        key, hits = self._digits().code(digit), [found.hit for found in chosen if _is_said(found.hit)]
        if not key or not hits:
            return
        try:
            has = key in self._app.marking.codes_of(hits)
            code, nothing = frozenset({key}), frozenset[str]()
            self._make(self._app.marking.tag(hits, nothing if has else code, code if has else nothing))
        except StorybankError as error:
            self.failed.emit(error)

    def star(self, chosen: Sequence[Found]) -> None:
        """Mark what is chosen as important, or no longer."""
        hits = [found.hit for found in chosen if _is_said(found.hit)]
        if not hits:
            return
        try:
            self._make(self._app.marking.star(hits))
        except StorybankError as error:
            self.failed.emit(error)

    def _apply(self, codes: frozenset[str]) -> None:
        targets, self._targets = self._targets, []
        self._hits.setFocus()
        for key in codes - self._before:
            self.digits.use(key)
        try:
            planned = self._app.marking.tag(targets, codes - self._before, self._before - codes, self.palette.reasons)
            self._make(planned)
            if self.palette.wants_memo and len(planned.quote_ids) == 1:
                self.memo_wanted.emit(planned.quote_ids[0])
        except StorybankError as error:
            self.failed.emit(error)

    def _make(self, planned: Planned) -> None:
        if planned.edit is not None:
            self._history.make(planned.edit)
        if planned.refused:
            why = tuple(dict.fromkeys(self._tr.sentence(reason) for _hit, reason in planned.refused))
            self.told.emit(self._tr.many("{n} passage was left as it is.", "{n} passages were left as they are.",
                                         len(planned.refused)), why)

    def _add_code(self, name: str) -> None:
        try:
            code = self._app.quoting.add_code(name)
        except StorybankError as error:
            self.failed.emit(error)
            return
        self.palette.offer(self._app.browsing.codes())
        if code.key not in self.palette.chosen:
            self.palette.choose(code.key)

    def _digits(self) -> Digits:
        self.digits.know(self._app.browsing.codes())
        return self.digits

    def _suggested(self, hits: Sequence[Hit]) -> dict[str, str]:
        """Return the codes to offer first for a passage, with why; for several at once there are none."""
        if len(hits) != 1 or hits[0].quote_code:
            return {}
        try:
            found = self._app.suggesting.for_words(hits[0].recording_id, self._app.marking.anchor(hits[0]))
        except StorybankError:
            return {}
        return {one.code: "; ".join(map(self._tr.sentence, one.reasons)) for one in found}

    def _place(self) -> None:
        """Lay the palette under the row one is on, inside the page."""
        row = self._hits.visualRect(self._hits.currentIndex())
        at = self._hits.viewport().mapTo(self._page, QPoint(row.left() + 66, min(row.bottom(), self._hits.height())))
        palette = self.palette
        left = max(8, min(at.x(), self._page.width() - palette.width() - 8))
        top = max(8, min(at.y(), self._page.height() - palette.height() - 8))
        palette.move(left, top)


def _is_said(hit: Hit) -> bool:
    return bool(hit.quote_code or (hit.recording_id and hit.line_ids))
