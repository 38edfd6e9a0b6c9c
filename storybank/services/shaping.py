"""Shaping: moving a quote's start or end, making one of two that overlap, and which codes somebody used last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from storybank.domain import names
from storybank.domain.codebook import CodeKind
from storybank.domain.coding import Coding, Memo, Subject
from storybank.domain.digits import MOST
from storybank.domain.events import QuoteMade, QuoteRemoved, QuoteRetagged
from storybank.domain.quote import Anchor, Hold, Quote
from storybank.domain.transcript import Line
from storybank.errors import Invalid, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.blinding import own_codings, seen
from storybank.services.edits import Edit
from storybank.services.quoting import NEARBY, around, speaker_of, words_between
from storybank.services.stepping import Author
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Touching:
    """Two quotes that overlap or touch, and to which the same person gave the same code."""

    kept: Quote
    """The one that was there first."""
    other: Quote
    code: str


@dataclass(frozen=True, slots=True)
class _Whole:
    """A quote with all that hangs on it."""

    quote: Quote
    codings: tuple[Coding, ...]
    memos: tuple[Memo, ...]


class Shaping:
    """What can be done to where quotes begin and end. Nothing happens before the edit is done."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        self._open_work = open_work
        self._author = author

    def move(self, quote_id: str, anchor: Anchor) -> Edit:
        """Plan to let a quote begin and end elsewhere: it says what is said there now, and keeps its codes and memos.

        A wording or a translation was made of other words, so a quote that has one is moved without them.
        """
        with self._open_work() as work:
            before = work.quotes.find(quote_id)
            seen(work, before, self._author())
            after = _moved(work, before, anchor)
        return Edit(say("Move quote"), partial(self._save, after), partial(self._save, before))

    def touching(self, quote_id: str) -> Touching | None:
        """Return a quote that overlaps or touches another with a code of one's own, and that other; None without."""
        with self._open_work() as work:
            quote = work.quotes.get(quote_id)
            me = work.codings.coder(self._author()).id
            mine = {one.code for one in work.codings.of_quote(quote.id) if one.coder_id == me}
            mine -= {code.key for code in work.codebook.codes(CodeKind.STAKEHOLDER)}  # come with the speaker
            near = [one for one in work.quotes.near(quote) if one.codes & mine] if mine else []
            for other in near:
                same = sorted(mine & {one.code for one in work.codings.of_quote(other.id) if one.coder_id == me})
                if same and _touch(work, quote, other):
                    kept, gone = sorted((quote, other), key=lambda one: (one.made_at, one.code))
                    return Touching(kept, gone, same[0])
        return None

    def merge(self, kept_id: str, other_id: str) -> Edit:
        """Plan to make two quotes one, from the first word of either to the last, with the codes and memos of both."""
        with self._open_work() as work:
            kept, other = _whole(work, kept_id), _whole(work, other_id)
            if kept.quote.recording_id != other.quote.recording_id:
                raise Refused(say("Quotes of two recordings cannot become one."))
            whole = _moved(work, kept.quote, _around_both(work, kept.quote, other.quote))
        codings, given = list(kept.codings), {(one.code, one.coder_id) for one in kept.codings}
        codings += [replace(one, id=names.new_id(), quote_id=kept.quote.id) for one in other.codings
                    if (one.code, one.coder_id) not in given]
        memos = (*kept.memos, *(replace(one, id=names.new_id(), about_id=kept.quote.id) for one in other.memos))
        important = kept.quote.important or other.quote.important
        made = _Whole(replace(whole, important=important), tuple(codings), memos)
        return Edit(say("Merge quotes"), partial(self._change, [kept, other], [made]),
                    partial(self._change, [made], [kept, other]))

    def given(self, quote_id: str) -> dict[str, str]:
        """Return by whom each code of a quote was given, by their names; empty where nobody knows."""
        with self._open_work() as work:
            names_of = {coder.id: coder.name for coder in work.codings.coders()}
            found: dict[str, list[str]] = {}
            for one in own_codings(work, work.codings.of_quote(quote_id), self._author()):
                found.setdefault(one.code, []).append(names_of.get(one.coder_id, ""))
        return {code: ", ".join(filter(None, them)) for code, them in found.items()}

    def recent(self) -> list[str]:
        """Return the codes that whoever sits here used last, oldest first."""
        with self._open_work() as work:
            name = self._author()
            me = next((one.id for one in work.codings.coders() if one.name == name), "")
            return work.codings.recent(me, MOST) if me else []

    def stepped(self, quote_id: str, start: int, end: int) -> Anchor:
        """Return where a quote would stand with its start and its end moved by some words, on or back."""
        with self._open_work() as work:
            anchor, recording = work.quotes.find(quote_id).anchor, work.quotes.find(quote_id).recording_id
            lines = work.transcripts.lines(recording)
        words = [(line.id, number) for line in lines for number in range(len(line.words))]
        ends = [(anchor.first_line_id, anchor.first_word), (anchor.last_line_id, anchor.last_word)]
        if any(one not in words for one in ends):
            raise Refused(say("These words are not in the transcript any more."))
        first, last = words.index(ends[0]) + start, words.index(ends[1]) + end
        if not 0 <= first <= last < len(words):
            raise Invalid(say("A quote cannot begin or end there: the transcript has no such words."))
        return Anchor(*words[first], *words[last])

    # ---- inside --------------------------------------------------------------------------------------------

    def _save(self, quote: Quote) -> None:
        with self._open_work() as work:
            now = work.quotes.get(quote.id)
            work.quotes.save(replace(quote, codes=now.codes, important=now.important))
            work.record(QuoteRetagged(quote.id, quote.story_id))
            work.commit()

    def _change(self, before: Sequence[_Whole], after: Sequence[_Whole]) -> None:
        with self._open_work() as work:
            known, wanted = {one.quote.id for one in before}, {one.quote.id for one in after}
            for one in before:
                for memo in work.memos.about(Subject.QUOTE, one.quote.id):
                    work.memos.remove(memo.id)
                if one.quote.id not in wanted:
                    work.quotes.remove(one.quote.id)
                    work.record(QuoteRemoved(one.quote.id, one.quote.story_id))
            for one in after:
                work.quotes.save(replace(one.quote, codes=frozenset(coding.code for coding in one.codings)))
                work.codings.put(one.quote.id, one.codings)
                for memo in one.memos:
                    work.memos.save(memo)
                event = QuoteRetagged if one.quote.id in known else QuoteMade
                work.record(event(one.quote.id, one.quote.story_id))
            work.commit()


def _moved(work: UnitOfWork, quote: Quote, anchor: Anchor) -> Quote:
    """Return a quote as it is said between other words, as if it had been picked there."""
    lines = work.transcripts.stretch(quote.recording_id, anchor.first_line_id, anchor.last_line_id, NEARBY)
    words = words_between(lines, anchor)
    before, after = around(lines, anchor)
    first = next(line for line in lines if line.id == anchor.first_line_id)
    speaker = quote.speaker_id
    if anchor.first_line_id != quote.anchor.first_line_id:
        speaker = speaker_of(work, work.stories.get(quote.story_id), lines, anchor)
    text = " ".join(word.text for word in words)
    same = text == quote.text
    return replace(
        quote, anchor=anchor, text=text, start_ms=words[0].start_ms,
        end_ms=max(words[-1].end_ms, words[0].start_ms + 1), before=before, after=after, speaker_id=speaker,
        language=first.language or quote.language, hold=Hold.HOLDS, wording=quote.wording if same else "",
        translations=quote.translations if same else (),
    )  # fmt: skip


def _whole(work: UnitOfWork, quote_id: str) -> _Whole:
    quote = work.quotes.find(quote_id)
    return _Whole(quote, tuple(work.codings.of_quote(quote.id)), tuple(work.memos.about(Subject.QUOTE, quote.id)))


def _around_both(work: UnitOfWork, one: Quote, other: Quote) -> Anchor:
    ends = [_ends(work, quote) for quote in (one, other)]
    first, last = min(first for first, _last in ends), max(last for _first, last in ends)
    return Anchor(first[1], first[2], last[1], last[2])


def _ends(work: UnitOfWork, quote: Quote) -> tuple[tuple[float, str, int], tuple[float, str, int]]:
    anchor = quote.anchor
    first, last = (work.transcripts.line(one).position for one in (anchor.first_line_id, anchor.last_line_id))
    return (first, anchor.first_line_id, anchor.first_word), (last, anchor.last_line_id, anchor.last_word)


def _touch(work: UnitOfWork, one: Quote, other: Quote) -> bool:
    """Tell whether two quotes share a word, or one begins with the very next."""
    (first, last), (second, end) = sorted((_ends(work, one), _ends(work, other)), key=lambda ends: ends[0])
    del first, end
    if (second[0], second[2]) <= (last[0], last[2]):
        return True
    lines = work.transcripts.stretch(one.recording_id, last[1], second[1])
    return bool(lines) and _words_between(lines, last, second) == 0


def _words_between(lines: Sequence[Line], last: tuple[float, str, int], second: tuple[float, str, int]) -> int:
    begins = 0
    places = {}
    for line in lines:
        places[line.id] = begins
        begins += len(line.words)
    return places[second[1]] + second[2] - places[last[1]] - last[2] - 1
