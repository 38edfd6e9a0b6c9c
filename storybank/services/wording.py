"""Wording: quotes shortened and translated by hand, never by a word more than was said, and always marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce

from storybank.domain.events import QuoteReworded
from storybank.domain.integrity import Fault, faults_of, settled, translation_faults
from storybank.domain.names import plain
from storybank.domain.quote import Quote, Translation
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import OpenWork
from storybank.services.edits import Edit
from storybank.services.stepping import Author
from storybank.words import Sentence, say


class Wording:
    """Everything one can do to how a quote is read. What was said stays as it is, beside it."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        """`author` tells who sits at this machine: they translate where nobody else is named."""
        self._open_work = open_work
        self._author = author

    def faults(self, quote_id: str, wording: str) -> list[Fault]:
        """Return what is wrong with a wording before it is kept: what is refused first, then what to look at again."""
        with self._open_work() as work:
            return faults_of(work.quotes.find(quote_id).text, wording) if wording.strip() else []

    def shorten(self, quote_id: str, wording: str) -> Edit:
        """Plan to let a quote be read shortened; without words, as it was said. Refused with every fault.

        Cuts are `[…]`, what is added stands in brackets, and nothing else differs from what was said.
        """
        with self._open_work() as work:
            quote = work.quotes.find(quote_id)
        untrusted = plain(wording)
        grave = [one.message for one in faults_of(quote.text, untrusted) if one.is_grave] if untrusted else []
        if grave:
            raise Invalid(grave[0], hint=_rest(grave[1:]))
        kept = settled(quote.text, untrusted) if untrusted else ""
        return self._edit(say("Shorten quote"), quote, replace(quote, wording=kept))

    def translate(self, quote_id: str, language: str, text: str, translator: str = "") -> Edit:
        """Plan to keep a translation of a quote beside what was said; one without words is taken out."""
        with self._open_work() as work:
            quote, moment = work.quotes.find(quote_id), work.moment
        language, untrusted = language.strip(), plain(text)
        others = tuple(one for one in quote.translations if one.language != language)
        if not untrusted:
            if len(others) == len(quote.translations):
                raise NotFound(say("Quote {code} has no translation in that language.", code=quote.code))
            return self._translated(quote, others)
        if faults := translation_faults(quote, language, untrusted):
            raise Invalid(faults[0], hint=_rest(faults[1:]))
        new = Translation(language, untrusted, plain(translator) or self._author(), moment)
        return self._translated(quote, tuple(sorted((*others, new), key=lambda one: one.language)))

    def _translated(self, quote: Quote, translations: tuple[Translation, ...]) -> Edit:
        return self._edit(say("Translate quote"), quote, replace(quote, translations=translations))

    def _edit(self, label: Sentence, before: Quote, after: Quote) -> Edit:
        return Edit(label, partial(self._keep, after), partial(self._keep, before))

    def _keep(self, wanted: Quote) -> None:
        """Let a quote be read as wanted, if it still says what it said."""
        with self._open_work() as work:
            quote = work.quotes.get(wanted.id)
            if quote.text != wanted.text:
                raise Refused(say("The words of quote {code} were taken anew in the meantime.", code=quote.code),
                              hint=say("Read them, and word it again."))
            work.quotes.save(replace(quote, wording=wanted.wording, translations=wanted.translations))
            work.record(QuoteReworded(quote.id, quote.story_id))
            work.commit()


def _rest(messages: Sequence[Sentence]) -> Sentence | str:
    """Return what else is wrong, to be read after the first."""
    if not messages:
        return ""
    return reduce(lambda one, other: say("{one} {other}", one=one, other=other), messages)
