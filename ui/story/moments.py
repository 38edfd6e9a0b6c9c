"""Moments: how the Story and Search pages write the times and words of a quote."""

from __future__ import annotations

from ui.parts.said import timecode


def exact_timecode(ms: int) -> str:
    """Return a moment with its tenth of a second, as `00:19.2`."""
    return f"{timecode(max(0, ms))}.{max(0, ms) % 1000 // 100}"


def span(start_ms: int, end_ms: int) -> str:
    """Return a stretch of time as `00:07–00:13`."""
    return f"{timecode(start_ms)}–{timecode(end_ms)}"


def quoted(text: str, language: str) -> str:
    """Return the words between the quotation marks of their own language."""
    return f"«\u00a0{text}\u00a0»" if language == "fr" else f"“{text}”"
