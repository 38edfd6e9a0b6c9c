"""Measured: a transcript's quality in a few words."""

from __future__ import annotations

from storybank.domain.quality import Quality, Share
from storybank.words import Words


def in_words(quality: Quality, tr: Words) -> str:
    """Return how much was read, and how wrong the engine was in that."""
    whole = quality.whole
    if not whole.words:
        return ""
    read = tr("{percent} of words reviewed", percent=percent(whole.reviewed / whole.words, tr, 0))
    if whole.word_error_rate is None:
        return read
    wrong = tr("the engine was wrong in {percent} of them", percent=percent(min(1.0, whole.word_error_rate), tr))
    return f"{read} · {wrong}"


def share_in_words(share: Share, tr: Words) -> str:
    """Return the same of a voice or a language."""
    rate = share.word_error_rate
    words = tr.many("{n} word", "{n} words", share.words)
    wrong = tr("not reviewed yet") if rate is None else tr("{percent} wrong", percent=percent(min(1.0, rate), tr))
    if rate is None:
        return f"{words} · {wrong}"
    read = tr("{percent} of words reviewed", percent=percent(share.reviewed / max(1, share.words), tr, 0))
    return f"{words} · {read} · {wrong}"


def percent(fraction: float, tr: Words, digits: int = 1) -> str:
    """Return a share as `4.1 %`, with the comma of French where it is spoken."""
    shown = f"{100 * fraction:.{digits}f}"
    return f"{shown.replace('.', ',') if tr.language == 'fr' else shown} %"
