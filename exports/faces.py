"""Faces: which moment of a film may stand beside a quote as a picture of who says it."""

from __future__ import annotations

from storybank.domain.clearance import ClearedQuote

_APART_MS = 200
"""How far from a hidden stretch a picture is taken: the frame nearest to a moment may lie on its other side."""


def moment_to_show(cleared: ClearedQuote) -> int | None:
    """Return the earliest moment of the quote that is not hidden, in milliseconds of the recording; None for none.

    It is never taken from before the first word: whoever is seen there was not asked.
    """
    at = cleared.quote.start_ms
    for closed in sorted((r for r in cleared.restrictions if r.hides), key=lambda r: r.start_ms):
        if closed.start_ms - _APART_MS <= at < closed.end_ms + _APART_MS:
            at = closed.end_ms + _APART_MS
    return at if at < cleared.quote.end_ms else None
