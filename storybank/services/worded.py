"""Worded: how a cleared quote may be read where it goes: shortened or translated only where its people agreed to that.

Where words of it are withheld, it leaves as it was said: an editor's words might tell what was taken out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from storybank.domain.clearance import Circle, ClearedQuote, Gate
from storybank.domain.contributor import Contributor
from storybank.domain.integrity import faults_of
from storybank.domain.permission import most_restrictive
from storybank.domain.quote import Hold, Quote
from storybank.domain.recognition import recognisable
from storybank.domain.use import Act, Asked, Material
from storybank.domain.withholding import says_too_much
from storybank.words import Sentence, say


class Worded:
    """Asks the gate about wordings and translations, for everything one export is asked for."""

    def __init__(self, asked: Asked) -> None:
        self._edit = Gate(replace(asked, acts=(Act.EDIT,)))
        self._translate = Gate(replace(asked, materials=(Material.TRANSLATION,), acts=(Act.TRANSLATE,)))

    def of(self, circle: Circle, quote: Quote, cleared: ClearedQuote) -> ClearedQuote:
        """Return a cleared quote with the wording and the translations in which it may be read besides."""
        if not (quote.wording or quote.translations) or not _leaves_whole(quote, cleared):
            return cleared
        fits = quote.wording and not any(fault.is_grave for fault in faults_of(quote.text, quote.wording))
        if fits and not _tells_more(cleared, quote.wording):
            answer = self._edit.of_quote(circle, quote)
            if answer.allowed:
                permission = most_restrictive([cleared.permission, answer])
                cleared = replace(cleared, wording=quote.wording, permission=permission)
        told = tuple(one for one in quote.translations if not _tells_more(cleared, one.text))
        if told:
            answer = self._translate.of_quote(circle, quote)
            if answer.allowed:
                permission = most_restrictive([cleared.permission, answer])
                cleared = replace(cleared, translations=told, permission=permission)
        return cleared


def warnings_of(cleared: Sequence[ClearedQuote], quotes: Mapping[str, Quote],
                everyone: Sequence[Contributor]) -> tuple[tuple[str, Sentence], ...]:
    """Return what staff have to think of before quotes leave; one sentence or several for each that has any.

    That is whose words could be told apart although no name stands beside them, what was corrected since it was
    quoted, and which wording stays in the house.
    """
    found = []
    for one in cleared:
        quote = quotes[one.quote.id]
        told = recognisable(one.speaker, one.attribution, one.permission.features, everyone)
        if warnings := [each for each in (told, _held(quote), _kept_verbatim(quote, one)) if each]:
            found.append((quote.code, _together(warnings)))
    return tuple(found)


def _leaves_whole(quote: Quote, cleared: ClearedQuote) -> bool:
    """Tell whether nothing of a quote is taken out, muted or put in brackets where it goes."""
    silenced = any(one.silences for one in cleared.restrictions)
    return cleared.quote.text == quote.text and not silenced and not says_too_much(cleared)


def _tells_more(cleared: ClearedQuote, text: str) -> bool:
    """Tell whether somebody's own wording names a person or a place that may not be told."""
    return says_too_much(replace(cleared, quote=replace(cleared.quote, text=text)))


def _held(quote: Quote) -> Sentence | None:
    if quote.hold is Hold.CHANGED:
        return say("The transcript was corrected since this was quoted; it leaves as it was quoted.")
    if quote.hold is Hold.LOST:
        return say("Its words are not in the transcript any more; it leaves as it was quoted.")
    return None


def _kept_verbatim(quote: Quote, cleared: ClearedQuote) -> Sentence | None:
    """Return that a wording or a translation stays in the house, where one does."""
    stays = quote.wording and not cleared.wording, len(cleared.translations) < len(quote.translations)
    if not any(stays):
        return None
    if not _leaves_whole(quote, cleared):
        return say("Words of it are withheld, so neither its shortened wording nor a translation leaves.")
    if all(stays):
        return say("It leaves as it was said: nobody agreed to shorten or translate it for this.")
    if stays[0]:
        return say("It leaves as it was said: nobody agreed to shorten it for this.")
    return say("Its translation stays here: nobody agreed to translate it for this.")


def _together(warnings: Sequence[Sentence]) -> Sentence:
    first, *others = warnings
    for one in others:
        first = say("{one} {other}", one=first, other=one)
    return first
