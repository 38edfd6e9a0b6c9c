"""Devices: hears on the graphics card while it works, and goes on with the processor where it stops working."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from storybank.domain.speech import Hearing
from storybank.domain.transcript import Chunk, Segment, Span
from storybank.errors import Unavailable
from storybank.words import Sentence, say

Loaded = TypeVar("Loaded")
log = logging.getLogger(__name__)


def heard_somewhere(load: Callable[[bool], tuple[Loaded, Hearing]],
                    listen: Callable[[Loaded, Span, int], Iterator[Segment | Chunk]],
                    span: Span, first_index: int) -> Iterator[Hearing | Segment | Chunk]:
    """Yield how it is heard, and what; `load` is told whether the graphics card may be used.

    Where the card gives up on the way, the processor goes on after the last chunk, and people are told why.
    """
    loaded, hearing = load(True)
    yield hearing
    try:
        for told in listen(loaded, span, first_index):
            yield told
            if isinstance(told, Chunk):
                span, first_index = Span(told.end_ms, span.end_ms), told.index + 1
        return
    except RuntimeError as error:
        if hearing.device == "cpu":
            raise _gave_up(error) from error
        log.warning("The graphics card gave up, the processor goes on: %s", error)
        remark = no_card(str(error))
    loaded, hearing = load(False)
    yield replace(hearing, remark=remark)
    try:
        yield from listen(loaded, span, first_index)
    except RuntimeError as error:
        raise _gave_up(error) from error


def no_card(why: str) -> Sentence:
    """Return what people are told when the graphics card is there and does not work."""
    return say(
        "The graphics card could not be used ({why}), so the processor does the work; it takes longer.", why=why.strip()
    )


def _gave_up(error: RuntimeError) -> Unavailable:
    return Unavailable(
        say("The speech engine gave up: {why}.", why=str(error).strip().rstrip(".")),
        hint=say("What it had heard is kept. Try again, or with a smaller model."),
    )
