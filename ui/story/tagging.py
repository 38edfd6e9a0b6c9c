"""Tagging: from selected words to a tagged quote, and from a quote to other tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer

from storybank.domain.codebook import Code, CodeKind
from storybank.domain.digits import Digits
from storybank.domain.quote import Anchor, Quote
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.services.quoting import NOT_SUGGESTED
from storybank.words import Words
from ui.story.digit_strip import DigitStrip
from ui.story.hands import Hands
from ui.story.in_vivo import NewTagBar
from ui.story.moments import quoted
from ui.story.tags import HEIGHT, WIDTH, TagPalette
from ui.theme import Tokens
from ui.transcript.spans import Span
from ui.transcript.view import TranscriptView

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

Target = Quote | Anchor
"""What is tagged: a quote, or words that become one."""


class Tagging(QObject):
    """Tags the words or the quote one is at: through the palette, by a digit, or as one did last."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens, hands: Hands,
                 view: TranscriptView) -> None:
        super().__init__(page)
        self._page, self._app, self._tr, self._hands, self._view = page, app, tr, hands, view
        self._story: StoryView | None = None
        self._target: Target | None = None
        self._last: frozenset[str] = frozenset()
        self.digits: Digits | None = None
        self.palette = TagPalette(page, tr, tokens)
        self.palette.applied.connect(self._apply)
        self.palette.new_code.connect(self._add_code)
        self.palette.left.connect(self._view.setFocus)
        self.strip = DigitStrip(tr, tokens)
        self.strip.pressed.connect(self.by_digit)
        self.new_tag = NewTagBar(tr)
        self.new_tag.named.connect(self._tag_in_vivo)
        self.new_tag.closed.connect(self._view.setFocus)
        page.words.add_strip(self.strip)
        page.words.add_bar(self.new_tag)
        view.moved.connect(self.show_digits)
        view.keys.digits_tag = lambda: not page.voices.heard
        view.resting.who = app.shaping.given

    def show_story(self, story: StoryView) -> None:
        """Tag in this story."""
        fresh = self._story is None or story.codes != self._story.codes
        self._story = story
        if self.digits is None:
            whose = {code.key for code in story.codes if code.kind is CodeKind.STAKEHOLDER}  # come with who speaks
            self.digits = Digits(story.codes, [key for key in self._app.shaping.recent() if key not in whose])
        elif fresh:
            self.digits.know(story.codes)
        if not self.palette.isHidden():
            self.palette.offer(story.codes)
        self.show_digits()

    # ---- what is tagged ------------------------------------------------------------------------------------

    @property
    def span(self) -> Span | None:
        """Return the quote one is about: the one that is selected, or else the shortest one is in."""
        script, cursor = self._view.script, self._view.cursor_
        if not script.count:
            return None
        if cursor.selection is not None:
            return script.span_like(*cursor.selection)
        return script.span_at(cursor.place)

    def target(self) -> Target | None:
        """Return what is meant: the selected words or their quote; else the quote one is in, or the sentence."""
        script, cursor = self._view.script, self._view.cursor_
        if self._story is None or not script.count:
            return None
        if (span := self.span) is not None:
            return span.quote
        if cursor.selection is None:
            cursor.select_sentence()
            self._view.changed()
        return script.anchor(*(cursor.selection or (cursor.place, cursor.place)))

    def give(self, target: Target, codes: frozenset[str], suggested: Mapping[str, str] = NOT_SUGGESTED) -> None:
        """Let a quote have exactly these codes, or words become a quote that has them; it is selected then."""
        if self._story is None:
            return
        before = target.codes if isinstance(target, Quote) else self._own_codes()
        if isinstance(target, Quote):
            made = target.id if self._hands.retag(target.id, codes, suggested) else ""
        else:
            made = self._hands.pick(self._story.recordings[0].id, target, codes, suggested)
        for code in self._story.codes:
            if code.key in codes - before and self.digits:
                self.digits.use(code.key)
        if not made:
            return
        if codes - before:
            self._last = codes - self._own_codes()
        self._page.freshness.show_quotes([made])
        self._view.choose(self._view.script.span_of(made))
        self._view.setFocus()
        self._view.viewport().update()
        if codes - before or not isinstance(target, Quote):
            QTimer.singleShot(0, self, lambda: self._page.at_quote.offer_merge(made))

    # ---- the ways to tag -----------------------------------------------------------------------------------

    def tag_here(self) -> None:
        """Open the palette for the selected words; with none selected, for the quote or the sentence one is in."""
        target = self.target()
        if isinstance(target, Quote):
            self.tag_quote(target)
        elif target is not None:
            first, last = self._view.cursor_.selection or (self._view.cursor_.place, self._view.cursor_.place)
            self._ask(target, self._view.script.text(first, last), self._own_codes())

    def tag_quote(self, quote: Quote) -> None:
        """Give a quote other tags."""
        self._ask(quote, quote.text, quote.codes)

    def keep_quote(self) -> None:
        """Keep the words as a quote with the tags given last; a quote has them too then."""
        target = self.target()
        if target is not None:
            own = target.codes if isinstance(target, Quote) else self._own_codes()
            self.give(target, own | self._last)

    def by_digit(self, digit: int) -> None:
        """Give the words, or the quote, the code of a digit; a quote that has it loses it."""
        key = self.digits.code(digit) if self.digits else ""
        target = self.target() if key else None
        if target is not None:
            own = target.codes if isinstance(target, Quote) else self._own_codes()
            self.give(target, own ^ {key})

    def in_vivo(self) -> None:
        """Offer a new tag, named by the selected words, among the tags that the last one stands with."""
        target = self.target()
        if target is None or self._story is None:
            return
        self._target = target
        first, last = self._view.cursor_.selection or (self._view.cursor_.place, self._view.cursor_.place)
        text = target.text if isinstance(target, Quote) else self._view.script.text(first, last)
        self.new_tag.ask(text, self._story.codes, self._last, self._tr.language)

    def show_digits(self) -> None:
        """Show which digit gives which tag, and which of them the quote one is in has."""
        if self._story is None or self.digits is None:
            return
        span, reach = self.span, self._view.reach
        codes = {code.key: code for code in self._story.codes}
        shown = [codes[key] for key in self.digits.keys if key in codes]
        tags = self._view.cursor_.selection is not None or self._view.keys.digits_tag()
        self.strip.show_codes(shown, span.quote.codes if span else frozenset(), lit=tags,
                              reach=("end" if reach.end else "start") if reach.active else "")

    # ---- inside --------------------------------------------------------------------------------------------

    def _own_codes(self) -> frozenset[str]:
        """Return the stakeholder that the speaker speaks as."""
        people = self._story.people if self._story else ()
        return frozenset(person.stakeholder for person in people[:1] if person.stakeholder)

    def _ask(self, target: Target, text: str, chosen: frozenset[str]) -> None:
        if self._story is None:
            return
        self._target = target
        shown = text if len(text) <= 90 else f"{text[:88].rsplit(' ', 1)[0]}…"
        self._place()
        self.palette.digits = self.digits
        self.palette.suggest(self._suggested(target))
        self.palette.ask(quoted(shown, self._story.story.language), self._story.codes, chosen)

    def _suggested(self, target: Target) -> dict[str, str]:
        """Return the codes to offer first, with why; none where that is not wanted, or there is nothing to say."""
        anchor = target.anchor if isinstance(target, Quote) else target
        recording = self._story.recordings[0].id if self._story else ""
        try:
            found = self._app.suggesting.for_words(recording, anchor)
        except StorybankError:
            return {}
        own = target.codes if isinstance(target, Quote) else frozenset()
        return {one.code: "; ".join(map(self._tr.sentence, one.reasons)) for one in found if one.code not in own}

    def _place(self) -> None:
        """Lay the palette beside the words, inside the page."""
        rect = self._view.rect_of(self._view.cursor_.place).toRect()
        at = self._view.viewport().mapTo(self._page, QPoint(rect.left(), rect.bottom() + 10))
        left = max(8, min(at.x(), self._page.width() - WIDTH - 8))
        top = max(8, min(at.y(), self._page.height() - HEIGHT - 8))
        self.palette.move(left, top)

    def _apply(self, codes: frozenset[str]) -> None:
        target, self._target = self._target, None
        if target is not None:
            self.give(target, codes, self.palette.reasons)
        self._view.setFocus()
        if self.palette.wants_memo:
            self._page.at_quote.write_memo()

    def _tag_in_vivo(self, name: str, under: str) -> None:
        target, self._target = self._target, None
        code = self._hands.add_code(name, under)
        if code is None or target is None:
            return
        self._know(self._app.quoting.codes())
        own = target.codes if isinstance(target, Quote) else self._own_codes()
        self.give(target, own | {code.key})

    def _know(self, codes: list[Code]) -> list[Code]:
        """Take the codebook as it is now."""
        if self._story and self.digits:
            self._story = replace(self._story, codes=tuple(codes))
            self.digits.know(codes)
        return codes

    def _add_code(self, name: str) -> None:
        code = self._hands.add_code(name)
        if code is None:
            return
        self.palette.offer(self._know(self._app.quoting.codes()))
        if code.key not in self.palette.chosen:
            self.palette.choose(code.key)
