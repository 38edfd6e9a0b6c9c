"""Agreeing: coding blind and being done, measuring how far coders agree, and settling where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from storybank.domain import names
from storybank.domain.codebook import by_key
from storybank.domain.coding import CONSENSUS, UNKNOWN_CODER, Coder, Coding, Settled
from storybank.domain.events import CodersChanged
from storybank.domain.quote import Anchor, Quote
from storybank.domain.reliability import measured, pooled
from storybank.domain.transcript import Line, Span
from storybank.domain.unitizing import SAME_BORDER_MS, Disagreement, disagreements, ratings
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.blinding import blind_coder
from storybank.services.compared import (
    Comparison,
    Differing,
    Options,
    Progress,
    Row,
    codes_compared,
    compared,
    given_in,
    is_settled,
    progress,
    unanimous,
    who_is_done,
    words_in,
)
from storybank.services.edits import Edit
from storybank.services.quoting import Quoting
from storybank.services.settling import Settling
from storybank.services.stepping import Author
from storybank.words import say

ALL = Options()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a coder stands."""

    coder: Coder
    codings: int
    finished: frozenset[str]
    """The recordings they are done with."""
    is_you: bool


class Agreeing:
    """Everything two or more coders do to find out whether they mean the same."""

    def __init__(self, open_work: OpenWork, author: Author) -> None:
        """`author` tells who sits at this machine."""
        self._open_work = open_work
        self._author = author

    # ---- who codes -------------------------------------------------------------------------------------------

    def coders(self) -> list[Standing]:
        """Return everybody who coded, and whoever sits here, by name."""
        with self._open_work() as work:
            them = [one for one in work.codings.coders() if one.id != CONSENSUS.id]
            done, count = work.codings.finished(), dict.fromkeys((one.id for one in them), 0)
            for coding in work.codings.all():
                count[coding.coder_id] = count.get(coding.coder_id, 0) + 1
        you = self._author()
        found = [Standing(one, count[one.id], frozenset(r for r, who in done.items() if one.id in who),
                          one.name == you) for one in them]
        return [one for one in found if one.codings or one.finished or (one.is_you and one.coder.name)]

    def rename(self, coder_id: str, name: str) -> Coder:
        """Call a coder by another name; their codings stay theirs."""
        plain = names.plain(name)
        if not plain:
            raise Invalid(say("A coder needs a name."))
        with self._open_work() as work:
            coder = _coder(work, coder_id)
            if coder.id in (CONSENSUS.id, UNKNOWN_CODER.id):
                raise Refused(say("This is nobody who could have another name."))
            if any(one.name == plain and one.id != coder_id for one in work.codings.coders()):
                raise Refused(say("{name} codes here already.", name=plain),
                              hint=say("Two coders cannot have one name."))
            renamed = replace(coder, name=plain)
            work.codings.save_coder(renamed)
            work.record(CodersChanged(coder_id))
            work.commit()
        return renamed

    def is_blind(self) -> bool:
        """Tell whether whoever sits here codes blind."""
        with self._open_work() as work:
            return blind_coder(work, self._author()) is not None

    def begin_blind(self) -> None:
        """Show whoever sits here their own quotes and codes alone, from now on."""
        self._set_blind(blind=True)

    def end_blind(self) -> None:
        """Show whoever sits here everything again."""
        self._set_blind(blind=False)

    def finish(self, recording_id: str, *, finished: bool = True) -> Edit:
        """Plan to say that whoever sits here is done coding a recording, or is not."""
        with self._open_work() as work:
            work.recordings.get(recording_id)
        label = say("Finish coding") if finished else say("Go on coding")
        return Edit(label, partial(self._finish, recording_id, finished=finished),
                    partial(self._finish, recording_id, finished=not finished))

    def has_finished(self, recording_id: str) -> bool:
        """Tell whether whoever sits here has said that they are done with a recording."""
        with self._open_work() as work:
            you = next((one for one in work.codings.coders() if one.name == self._author()), None)
            return you is not None and you.id in work.codings.finished().get(recording_id, frozenset())

    def progress(self) -> list[Progress]:
        """Return the recordings that anybody coded, with who is done with each, as the stories came in."""
        with self._open_work() as work:
            return progress(work)

    # ---- how far they agree ----------------------------------------------------------------------------------

    def measure(self, options: Options = ALL) -> Comparison:
        """Return how far the coders agree, code by code and over all codes, where at least two of them are done."""
        with self._open_work() as work:
            self._check_sees_all(work)
            coders = _chosen(work, options)
            recordings = compared(work, options, coders)
            codes = codes_compared(options, work.codebook.codes(), recordings)
            coded = {quote.recording_id for quote in work.quotes.all()}
        ids = [coder.id for coder in coders]
        said = ratings(recordings, ids, [code.key for code in codes], options.unit, spoken=options.spoken)
        rows = tuple(Row(code, measured(said[code.key], len(ids))) for code in codes)
        known = tuple(one.recording_id for one in recordings)
        return Comparison(tuple(coders), rows, Row(None, measured(pooled(said.values()), len(ids))), options.unit,
                          known, len(coded - set(known)))

    def disagreements(self, options: Options = ALL) -> list[Differing]:
        """Return where the coders differ and nobody has decided yet, recording by recording, as it is said."""
        with self._open_work() as work:
            self._check_sees_all(work)
            coders = _chosen(work, options)
            recordings = compared(work, replace(options, children=False), coders)
            codes, decided = work.codebook.codes(), work.codings.settled()
            wanted = {code.key for code in codes_compared(options, codes, recordings)}
            found: list[Differing] = []
            for one in recordings:
                differ = disagreements(one, [coder.id for coder in coders], wanted)
                if left := [each for each in differ if not is_settled(each, decided)]:
                    found += _told(work, left, coders)
        return found

    def agreed(self, options: Options = ALL) -> list[Coding]:
        """Return what holds for all: what was settled as consensus, and what everybody gave the same quote."""
        with self._open_work() as work:
            same = unanimous(compared(work, options, _chosen(work, options)))
            settled = [one for one in work.codings.all() if one.coder_id == CONSENSUS.id]
        known = {(one.quote_id, one.code) for one in settled}
        return settled + [Coding("", quote_id, code, CONSENSUS.id, "") for quote_id, code in sorted(same - known)]

    # ---- settling --------------------------------------------------------------------------------------------

    def adjudicate(self, one: Disagreement, keep: bool | Span) -> Edit:
        """Plan to settle a disagreement: keep the code as the first who gave it did, in a stretch, or not at all.

        What is kept is given by the consensus; the coders' own codings stay as they are.
        """
        with self._open_work() as work:
            self._check_sees_all(work)
            story_id = work.recordings.get(one.recording_id).story_id
            coder, moment = work.codings.coder(self._author()), work.moment
            span = keep if isinstance(keep, Span) else one.gave[0][1]
            quotes = _quotes_at(work, story_id, one, span) if keep else []
            lines = work.transcripts.lines(one.recording_id) if keep and not quotes else []
            work.commit()
        new = self._new_quote(one, span, lines) if keep and not quotes else None
        if new and new.made_by != CONSENSUS.id:  # somebody picked just these words
            quotes, new = [new], None
        given = [Coding(names.new_id(), quote.id, one.code, CONSENSUS.id, moment)
                 for quote in (quotes or ([new] if new else []))]
        decision = Settled(names.new_id(), one.recording_id, one.code, min(one.span.start_ms, span.start_ms),
                           max(one.span.end_ms, span.end_ms), bool(keep), coder.id, moment)
        step = Settling(self._open_work, story_id, decision, tuple(given), new)
        return Edit(say("Settle disagreement"), step.do, step.undo)

    def _new_quote(self, one: Disagreement, span: Span, lines: Sequence[Line]) -> Quote:
        """Return a quote of the words in a stretch, which nobody has picked just so."""
        inside = [(line.id, index) for line in lines for index, word in enumerate(line.words)
                  if span.start_ms <= word.middle_ms < span.end_ms]
        if not inside:
            raise Invalid(say("Nobody says anything in this stretch."))
        (first, i), (last, j) = inside[0], inside[-1]
        planned = Quoting(self._open_work, lambda: CONSENSUS.name).pick(one.recording_id, Anchor(first, i, last, j))
        return replace(planned.quote, codes=frozenset({one.code}))

    # ---- within ----------------------------------------------------------------------------------------------

    def _check_sees_all(self, work: UnitOfWork) -> None:
        if blind_coder(work, self._author()):
            raise Refused(say("You code blind: how far you agree with others is not shown to you yet."),
                          hint=say("Say that you see all codings again, when you are done."))

    def _set_blind(self, *, blind: bool) -> None:
        with self._open_work() as work:
            coder = work.codings.coder(self._author())
            if not coder.name:
                raise Refused(say("Nobody knows who you are."), hint=say("Write your name in the settings first."))
            work.codings.save_coder(replace(coder, blind=blind))
            work.record(CodersChanged(coder.id))
            work.commit()

    def _finish(self, recording_id: str, *, finished: bool) -> None:
        with self._open_work() as work:
            coder = work.codings.coder(self._author())
            work.codings.finish(coder.id, recording_id, finished)
            work.record(CodersChanged(coder.id, recording_id))
            work.commit()


def _chosen(work: UnitOfWork, options: Options) -> list[Coder]:
    if options.coders:
        return [_coder(work, one) for one in dict.fromkeys(options.coders)]
    return who_is_done(work)


def _coder(work: UnitOfWork, coder_id: str) -> Coder:
    for one in work.codings.coders():
        if one.id == coder_id:
            return one
    raise NotFound(say("There is no coder {name} in this library.", name=coder_id))


def _told(work: UnitOfWork, found: Sequence[Disagreement], coders: Sequence[Coder]) -> list[Differing]:
    """Return disagreements of one recording with their story, words and names."""
    story = work.stories.get(work.recordings.get(found[0].recording_id).story_id)
    lines, known = work.transcripts.lines(found[0].recording_id), by_key(work.codebook.codes())
    by_id = {coder.id: coder for coder in coders}
    return [
        Differing(one, story.id, story.code, story.title, known[one.code], words_in(lines, one.span),
                  tuple((by_id[who], span) for who, span in one.gave), tuple(by_id[who] for who in one.gave_not))
        for one in found
    ]


def _quotes_at(work: UnitOfWork, story_id: str, one: Disagreement, span: Span) -> list[Quote]:
    """Return the quotes that make up a stretch as somebody gave it the code, else any quote of just that stretch."""
    givers = [who for who, theirs in one.gave if theirs == span]
    given = given_in(work, story_id, one.recording_id)
    own = {quote.id: quote for coding, quote in given if coding.code == one.code and coding.coder_id in givers[:1]
           and span.start_ms <= quote.start_ms and quote.end_ms <= span.end_ms}
    if own:
        return list(own.values())
    return [quote for quote in work.quotes.of_story(story_id) if quote.recording_id == one.recording_id
            and abs(quote.start_ms - span.start_ms) <= SAME_BORDER_MS
            and abs(quote.end_ms - span.end_ms) <= SAME_BORDER_MS][:1]
