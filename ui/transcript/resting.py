"""Resting: what one rests on in the transcript, a stripe, a flag or a doubtful word, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from ui.transcript.described import doubt_of, flags_of, stripes_of
from ui.transcript.line_paint import MOST_STRIPES, STRIPE_STEP
from ui.transcript.spans import Stripe

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView


class Resting:
    """Tells what lies under the pointer."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self.labels: dict[str, str] = {}
        """What the codes of the stripes are called, by their keys."""
        self.who: Callable[[str], Mapping[str, str]] = lambda _quote_id: {}
        """Tells who gave a quote which code."""

    def about(self, point: QPointF) -> str:
        """Return what is said of it: a stripe's code and coder, a flag's reasons, or a word's doubt."""
        view = self._view
        place, sheet = view.place_at(point), view.sheet
        if point.x() >= sheet.stripes_left - 2:
            return stripes_of(self.stripes_at(point), self.labels, self.who, view.tr_)
        if point.x() < sheet.gutter:
            return flags_of(view.script, place.line, view.tr_)
        return doubt_of(view.script, place, view.tr_)

    def stripes_at(self, point: QPointF) -> list[Stripe]:
        """Return the stripe there; beside the stripes, all of that line; none among the words."""
        view, column = self._view, (point.x() - self._view.sheet.stripes_left) / STRIPE_STEP
        beside = view.script.stripes_in(view.place_at(point).line) if column >= -0.3 else []
        return [one for one in beside if one.column == int(max(0.0, column)) < MOST_STRIPES] or beside
