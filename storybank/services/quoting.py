"""Quoting: picking passages out of transcripts, and tagging them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from storybank.domain import names
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.coding import Coder, Coding, Memo, Subject
from storybank.domain.events import CodebookChanged, QuoteMade, QuoteRemoved, QuoteRetagged
from storybank.domain.query import folded, tokens
from storybank.domain.quote import Anchor, Quote
from storybank.domain.story import Story
from storybank.domain.transcript import Line, Word
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.blinding import blind_coder, given_by_others, of_another, seen, visible
from storybank.services.edits import Edit
from storybank.services.stepping import Author
from storybank.words import say

NOT_SUGGESTED: Mapping[str, str] = MappingProxyType({})

CONTEXT, NEARBY = 32, 8
"""Characters of what is said around a quote that are kept with it, and the lines beside it that these come from."""


@dataclass(slots=True)
class NewQuote:
    """A quote that is planned, with the edit that makes it; it gets its number when it is first made, and keeps it."""

    quote: Quote
    edit: Edit


class Quoting:
    """Everything one can do to a quote. Nothing happens before the edit is done."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        """`author` tells who sits at this machine: they are who codes."""
        self._open_work = open_work
        self._author = author

    def pick(self, recording_id: str, anchor: Anchor, codes: Iterable[str] = (),
             suggested: Mapping[str, str] = NOT_SUGGESTED) -> NewQuote:
        """Plan a quote of the words from the anchor's first to its last, with their exact times and text.

        The speaker's stakeholder comes with it; codes can be changed afterwards. `suggested` tells why, by code.
        """
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            story = work.stories.get(recording.story_id)
            lines = work.transcripts.stretch(recording_id, anchor.first_line_id, anchor.last_line_id, NEARBY)
            words = words_between(lines, anchor)
            before, after = around(lines, anchor)
            speaker = speaker_of(work, story, lines, anchor)
            own = {work.contributors.get(speaker).stakeholder} if speaker else set()
            wanted = frozenset(_codable(work, key).key for key in {*codes, *own} if key)
            language = next((line.language for line in lines if line.id == anchor.first_line_id), story.language)
            coder, moment = work.codings.coder(self._author()), work.moment
            known = of_another(work, anchor, coder) if wanted else None
            work.commit()
        if known:
            return NewQuote(known, self._join(known, wanted, coder, moment, suggested))
        quote = Quote(names.new_id(), "", story.id, recording_id, " ".join(word.text for word in words),
                      words[0].start_ms, max(words[-1].end_ms, words[0].start_ms + 1), language or story.language,
                      anchor, wanted, speaker, before=before, after=after, made_by=coder.id, made_at=moment)
        codings = [Coding(names.new_id(), quote.id, key, coder.id, moment, suggested.get(key, ""))
                   for key in sorted(wanted)]
        new: NewQuote = NewQuote(quote, Edit(say("Make quote"), lambda: self._make(new, codings),
                                             lambda: self._take_out(new.quote)))
        return new

    def _join(self, quote: Quote, wanted: Iterable[str], coder: Coder, moment: str,
              suggested: Mapping[str, str]) -> Edit:
        """Plan to give somebody else's quote of the same words codes of one's own, instead of making a second one."""
        with self._open_work() as work:
            before = work.codings.of_quote(quote.id)
        given = {one.code for one in before if one.coder_id == coder.id}
        new = [Coding(names.new_id(), quote.id, key, coder.id, moment, suggested.get(key, ""))
               for key in sorted(set(wanted) - given)]
        return Edit(say("Tag quote"), partial(self._set_codings, quote.id, [*before, *new]),
                    partial(self._set_codings, quote.id, before))

    def pick_lines(self, recording_id: str, first: int, last: int, codes: Iterable[str] = ()) -> NewQuote:
        """Plan a quote of whole lines; 1 is the first line."""
        with self._open_work() as work:
            lines = work.transcripts.lines(recording_id)
        if not 1 <= first <= last <= len(lines):
            raise Invalid(say("Lines {first} to {last} are not in this transcript; it has {count}.", first=first,
                              last=last, count=len(lines)))
        anchor = Anchor(lines[first - 1].id, 0, lines[last - 1].id, len(lines[last - 1].words) - 1)
        return self.pick(recording_id, anchor, codes)

    def retag(self, quote_id: str, codes: Iterable[str], suggested: Mapping[str, str] = NOT_SUGGESTED, *,
              own: bool = False) -> Edit:
        """Plan to give a quote exactly these codes: those it has stay whoever gave them, new ones are the author's.

        With `own` these are the author's codes alone, and nobody else's are touched: two can code the same words.
        """
        with self._open_work() as work:
            quote, before = work.quotes.get(quote_id), work.codings.of_quote(quote_id)
            after = frozenset(key if key in quote.codes else _codable(work, key).key for key in codes)
            coder, moment = work.codings.coder(self._author()), work.moment
            work.commit()
        others = given_by_others(before, replace(coder, blind=coder.blind or own))
        mine = [one for one in before if one.code in after and one not in others]
        kept, new = [*others, *mine], sorted(after - {one.code for one in mine})
        given = [Coding(names.new_id(), quote_id, key, coder.id, moment, suggested.get(key, "")) for key in new]
        return Edit(say("Tag quote"), partial(self._set_codings, quote_id, [*kept, *given]),
                    partial(self._set_codings, quote_id, before))

    def own_codes(self, quote_id: str) -> frozenset[str]:
        """Return the codes that whoever sits here gave a quote."""
        with self._open_work() as work:
            coder = work.codings.coder(self._author())
            return frozenset(one.code for one in work.codings.of_quote(quote_id) if one.coder_id == coder.id)

    def mark_important(self, quote_id: str, important: bool) -> Edit:
        """Plan to mark a quote as important, or not."""
        return Edit(say("Mark quote"), partial(self._set_important, quote_id, important),
                    partial(self._set_important, quote_id, not important))

    def remove(self, quote_id: str) -> Edit:
        """Plan to take a quote out, with its codes and memos; all come back with it."""
        with self._open_work() as work:
            quote = work.quotes.find(quote_id)
            codings, memos = work.codings.of_quote(quote.id), work.memos.about(Subject.QUOTE, quote.id)
            blind = blind_coder(work, self._author())
        if blind and (others := given_by_others(codings, blind)):
            return Edit(say("Remove quote"), partial(self._set_codings, quote.id, others),
                        partial(self._set_codings, quote.id, codings))
        return Edit(say("Remove quote"), partial(self._take_out, quote), partial(self._keep, quote, codings, memos))

    def get(self, code_or_id: str) -> Quote:
        """Return the quote of that id or short code."""
        with self._open_work() as work:
            return seen(work, work.quotes.find(code_or_id), self._author())

    def those(self, quote_ids: Iterable[str]) -> list[Quote]:
        """Return the quotes of these identifiers, as far as they are there."""
        found = []
        with self._open_work() as work:
            for quote_id in dict.fromkeys(quote_ids):
                with suppress(NotFound):
                    found.append(work.quotes.get(quote_id))
            return visible(work, found, self._author())

    def of_story(self, story_id: str) -> list[Quote]:
        """Return a story's quotes in the order they are said."""
        with self._open_work() as work:
            return visible(work, work.quotes.of_story(story_id), self._author())

    def all(self) -> list[Quote]:
        """Return every quote in the library, but those of stories that were put away."""
        with self._open_work() as work:
            put_away = {story.id for story in work.stories.all() if story.sealed_on}
            quotes = [quote for quote in work.quotes.all() if quote.story_id not in put_away]
            return visible(work, quotes, self._author())

    def coders(self) -> list[Coder]:
        """Return everybody who coded."""
        with self._open_work() as work:
            return work.codings.coders()

    def codes(self, kind: CodeKind | None = None) -> list[Code]:
        """Return the codebook, in its order."""
        with self._open_work() as work:
            return work.codebook.codes(kind)

    def code(self, key: str) -> Code:
        """Return the code of that key; raise `NotFound` naming the keys there are."""
        with self._open_work() as work:
            return work.codebook.code(key)

    def add_code(self, label_en: str, label_fr: str = "", under: str = "") -> Code:
        """Add a code to the codebook, free or under another one, or return the one of that name."""
        label = names.plain(label_en)
        if not label:
            raise Invalid(say("A code needs a name."))
        with self._open_work() as work:
            codes = work.codebook.codes()
            for known in codes:
                if _said(label) in (_said(known.key), _said(known.label_en)):
                    return known
            key = names.free_slug(label, {known.key for known in codes})
            above = work.codebook.code(under) if under else None
            code = Code(key, above.kind if above else CodeKind.FREE, label, names.plain(label_fr) or label,
                        position=len(codes), parent=under)
            work.codebook.save(code)
            work.record(CodebookChanged(key))
            work.commit()
        return code

    def _make(self, new: NewQuote, codings: Sequence[Coding]) -> None:
        """Keep a quote that was planned; its number is taken with it, so that the disk is waited for once."""
        with self._open_work() as work:
            quote = new.quote if new.quote.code else replace(new.quote, code=work.next_code("quote"))
            self._put(work, quote, codings)
            work.commit()
        new.quote = quote

    def _keep(self, quote: Quote, codings: Sequence[Coding], memos: Sequence[Memo]) -> None:
        with self._open_work() as work:
            self._put(work, quote, codings)
            for memo in memos:
                work.memos.save(memo)
            work.commit()

    @staticmethod
    def _put(work: UnitOfWork, quote: Quote, codings: Sequence[Coding]) -> None:
        work.quotes.save(replace(quote, codes=frozenset(one.code for one in codings)))
        work.codings.put(quote.id, codings)
        work.record(QuoteMade(quote.id, quote.story_id))

    def _take_out(self, quote: Quote) -> None:
        with self._open_work() as work:
            for memo in work.memos.about(Subject.QUOTE, quote.id):
                work.memos.remove(memo.id)
            work.quotes.remove(quote.id)
            work.record(QuoteRemoved(quote.id, quote.story_id))
            work.commit()

    def _set_codings(self, quote_id: str, codings: Sequence[Coding]) -> None:
        with self._open_work() as work:
            work.codings.put(quote_id, codings)
            work.record(QuoteRetagged(quote_id, work.quotes.get(quote_id).story_id))
            work.commit()

    def _set_important(self, quote_id: str, important: bool) -> None:
        with self._open_work() as work:
            quote = replace(work.quotes.get(quote_id), important=important)
            work.quotes.save(quote)
            work.record(QuoteRetagged(quote_id, quote.story_id))
            work.commit()


def speaker_of(work: UnitOfWork, story: Story, lines: Sequence[Line], anchor: Anchor) -> str | None:
    """Return who says the passage: whoever its first line names, else the first of the story who speaks.

    Raises `Refused` for a voice that is nobody's yet: somebody else would be named for it, and asked.
    """
    first = next((line for line in lines if line.id == anchor.first_line_id), None)
    if first is not None and first.voice_id and first.speaker_id is None:
        voice = work.voices.get(first.voice_id)
        raise Refused(say("Nobody has said whose voice this is: {voice}.", voice=voice.name or str(voice.number)),
                      hint=say("Link the voice to a person of this story, then make the quote."))
    named = first.speaker_id if first else None
    return named or next((one.contributor_id for one in story.participants if one.speaks), None)


def _codable(work: UnitOfWork, key: str) -> Code:
    """Return the code of that key; raise `Invalid` for one that only gathers others."""
    code = work.codebook.code(key)
    if not code.codable:
        raise Invalid(say("{code} is a heading: it gathers other codes.", code=code),
                      hint=say("Choose one of the codes under it."))
    return code


def _said(label: str) -> str:
    """Return a label as it sounds: two that differ only in case, accents or hyphens are one."""
    return " ".join(folded(word) for word, _start, _end in tokens(label)) or label


def words_between(lines: Sequence[Line], anchor: Anchor) -> list[Word]:
    """Return the words from the anchor's first to its last; raise `Refused` where it stands nowhere."""
    places = {line.id: number for number, line in enumerate(lines)}
    if anchor.first_line_id not in places or anchor.last_line_id not in places:
        raise Refused(say("These words are not in the transcript any more."))
    first, last = places[anchor.first_line_id], places[anchor.last_line_id]
    words: list[Word] = []
    for number in range(first, last + 1):
        own = lines[number].words
        begin = anchor.first_word if number == first else 0
        end = anchor.last_word + 1 if number == last else len(own)
        words += own[begin:end]
    if not words:
        raise Invalid(say("Select at least one word for a quote."))
    return words


def around(lines: Sequence[Line], anchor: Anchor) -> tuple[str, str]:
    """Return what is said just before and after an anchor, up to 32 characters each."""
    places = {line.id: number for number, line in enumerate(lines)}
    first, last = places[anchor.first_line_id], places[anchor.last_line_id]
    before = [word.text for line in lines[max(0, first - NEARBY) : first] for word in line.words]
    before += [word.text for word in lines[first].words[: anchor.first_word]]
    after = [word.text for word in lines[last].words[anchor.last_word + 1 :]]
    after += [word.text for line in lines[last + 1 : last + 1 + NEARBY] for word in line.words]
    return " ".join(before)[-CONTEXT:], " ".join(after)[:CONTEXT]
