"""Devices: a graphics card that gives up costs nobody their transcript."""

from __future__ import annotations

import pytest

from media.devices import heard_somewhere
from storybank.domain.speech import Hearing, Precision
from storybank.domain.transcript import Chunk, Span
from storybank.errors import Unavailable

CARD, PROCESSOR = Hearing("cuda", Precision.FLOAT16), Hearing("cpu", Precision.INT8)


def load(may_use_card):
    return ("card", CARD) if may_use_card else ("processor", PROCESSOR)


def chunks(span, index):
    for start in range(span.start_ms, span.end_ms, 30_000):
        yield Chunk(index, start, start + 30_000, (), "en")
        index += 1


def until(most, why):
    """Listen with a device that gives up after `most` chunks; another goes on for ever."""
    def listen(device, span, index):
        for number, chunk in enumerate(chunks(span, index)):
            if device == "card" and number == most:
                raise RuntimeError(why)
            yield chunk
    return listen


def test_where_the_card_gives_up_the_processor_goes_on_after_the_last_chunk():
    told = list(heard_somewhere(load, until(2, "CUDA out of memory"), Span(0, 120_000), 7))
    hearings = [said for said in told if isinstance(said, Hearing)]
    heard = [said for said in told if isinstance(said, Chunk)]
    assert [hearing.device for hearing in hearings] == ["cuda", "cpu"]
    assert "CUDA out of memory" in str(hearings[1].remark) and "takes longer" in str(hearings[1].remark)
    assert [(chunk.index, chunk.start_ms) for chunk in heard] == [(7, 0), (8, 30_000), (9, 60_000), (10, 90_000)]


def test_where_the_processor_gives_up_too_people_are_told_why():
    def listen(device, span, index):
        raise RuntimeError("mkl_malloc: failed to allocate memory")
        yield

    with pytest.raises(Unavailable, match="failed to allocate memory"):
        list(heard_somewhere(lambda may_use_card: ("processor", PROCESSOR), listen, Span(0, 60_000), 0))
