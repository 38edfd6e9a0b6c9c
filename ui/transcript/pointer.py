"""The pointer in the transcript: a click goes to a word, a drag selects, a double click opens the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt

from ui.transcript.spans import Place

if TYPE_CHECKING:
    from ui.transcript.view import TranscriptView


class Pointer:
    """Turns presses and drags over a view into what the reader wants."""

    def __init__(self, view: TranscriptView) -> None:
        self._view = view
        self._pressed_on: Place | None = None

    def press(self, point: QPointF, *, extend: bool) -> None:
        """Stand on the word there; or select up to it."""
        view = self._view
        view.setFocus(Qt.FocusReason.MouseFocusReason)
        if stripe := next(iter(view.resting.stripes_at(point)), None):
            view.choose(view.script.span_of(stripe.quote.id))
            return
        place = self._pressed_on = view.place_at(point)
        if extend:
            view.cursor_.extend(place)
        else:
            view.cursor_.go(place)
        view.changed()

    def drag(self, point: QPointF) -> None:
        """Select from where the button went down to the word there."""
        place = self._view.place_at(point) if self._pressed_on else None
        if place is not None and place != self._view.cursor_.place:
            self._view.cursor_.extend(place)
            self._view.changed()

    def release(self, point: QPointF, gutter: float) -> None:
        """Go where one clicked; beside the words, to the start of the line."""
        view, (pressed, self._pressed_on) = self._view, (self._pressed_on, None)
        if pressed is None or view.cursor_.selection is not None:
            return
        if point.x() < gutter:
            view.cursor_.go(Place(view.cursor_.place.line, 0))
        view.seek_here()

    def open(self, point: QPointF) -> None:
        """Open the line there for correction."""
        self._pressed_on = None
        self._view.cursor_.go(self._view.place_at(point))
        self._view.edit_here()
