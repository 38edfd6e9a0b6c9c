"""Hands: what a person does on the Story page, made so that it can be undone, or explained where it fails."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from storybank.domain.codebook import Code
from storybank.domain.quote import Anchor
from storybank.domain.story import Story
from storybank.errors import StorybankError
from storybank.services.edits import Edit
from storybank.words import say
from ui.parts.undo import History

if TYPE_CHECKING:
    from ui.wiring import App


class Hands:
    """One method for each thing that can be done by hand."""

    def __init__(self, app: App, history: History, explain: Callable[[StorybankError], None]) -> None:
        self._app = app
        self._history = history
        self._explain = explain

    def reword(self, line_id: str, text: str) -> None:
        """Give a line a person's text."""
        self.make(partial(self._app.correcting.reword, line_id, text))

    def review(self, line_id: str, reviewed: bool) -> None:
        """Mark a line as read against the recording, or not."""
        self.make(partial(self._app.correcting.review, line_id, reviewed))

    def pick(self, recording_id: str, anchor: Anchor, codes: frozenset[str]) -> None:
        """Make a quote of some words."""
        self.make(lambda: self._app.quoting.pick(recording_id, anchor, codes).edit)

    def retag(self, quote_id: str, codes: frozenset[str]) -> None:
        """Give a quote exactly these tags."""
        self.make(partial(self._app.quoting.retag, quote_id, codes))

    def remove(self, quote_id: str) -> None:
        """Take a quote out."""
        self.make(partial(self._app.quoting.remove, quote_id))

    def star(self, quote_id: str, important: bool) -> None:
        """Mark a quote as important, or not."""
        self.make(partial(self._app.quoting.mark_important, quote_id, important))

    def rename(self, story: Story, title: str) -> None:
        """Give a story another title."""
        describe = self._app.collecting.describe
        self.make(lambda: Edit(say("Rename story"), partial(describe, story.id, title=title),
                                partial(describe, story.id, title=story.title)))

    def add_code(self, name: str) -> Code | None:
        """Add a tag of that name; None where it was refused, and explained."""
        try:
            return self._app.quoting.add_code(name)
        except StorybankError as error:
            self._explain(error)
            return None

    def make(self, plan: Callable[[], Edit]) -> None:
        """Make a change that can be undone; say why where it is refused."""
        try:
            self._history.make(plan())
        except StorybankError as error:
            self._explain(error)
