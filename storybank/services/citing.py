"""Citing: the words of what was found, cleared for a use before anybody copies them, with why others stay."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.answer import Permission, no
from storybank.domain.clearance import ClearedQuote, Gate, LeftOut
from storybank.domain.codebook import Code
from storybank.domain.events import ExportMade
from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind
from storybank.domain.found import InContext
from storybank.domain.query import Hit
from storybank.domain.quote import Anchor, Quote
from storybank.domain.transcript import Line
from storybank.domain.use import Asked
from storybank.errors import Refused
from storybank.ports import OpenWork, Today, UnitOfWork
from storybank.services.passages import Passages
from storybank.services.placing import check_free, put_in_place_last
from storybank.words import say

AROUND_MS = 30_000
"""How far from a word its company may have been said: nothing restricted may be that near."""


Place = tuple[InContext, ClearedQuote]
"""A word in its company, and what the gate said of whoever says it."""


@dataclass(frozen=True, slots=True)
class Cited:
    """What may be copied for a use, what may not, and the codebook to name roles by."""

    cleared: tuple[ClearedQuote, ...]
    left_out: tuple[LeftOut, ...]
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class CitedPlaces:
    """The places of a concordance that may be shown to others for a use, and the rest."""

    cleared: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    codes: tuple[Code, ...]


class Citing:
    """Hands words out, after asking consent for each of them."""

    def __init__(self, open_work: OpenWork, today: Today) -> None:
        self._open_work = open_work
        self._today = today

    def cite(self, hits: Sequence[Hit], use: str) -> Cited:
        """Return what may be said of hits for a use; notes and details are not said by anybody and are passed over."""
        with self._open_work() as work:
            asking = _Asking(work, self._gate(work, use))
            answers = [one for hit in hits if (one := asking.of_hit(hit)) is not None]
            codes = tuple(work.codebook.codes())
        return Cited(tuple(one for one in answers if isinstance(one, ClearedQuote)),
                     tuple(one for one in answers if isinstance(one, LeftOut)), codes)

    def places(self, rows: Sequence[InContext], use: str) -> CitedPlaces:
        """Return which places of a concordance may be shown for a use."""
        with self._open_work() as work:
            return self._placed(work, rows, use)

    def take_out(self, places: Sequence[Place], use: str, title: str, to: Path, write: Callable[[Path], None],
                 recipient: str = "") -> Export:
        """Let `write` make a table of places that may be shown, and enter it in the ledger, story by story."""
        check_free(to)
        if not places:
            raise Refused(say("None of it may be used for this, so there is nothing to export."))
        with put_in_place_last(to) as aside:
            write(aside)
            with self._open_work() as work:
                if self._placed(work, [row for row, _cleared in places], use).left_out:
                    raise Refused(say("Consent changed while this was being made, so it was removed again."))
                checksum, of_stories = sha256_of(aside), {one.story.id: one for _row, one in places}
                ends = [one.permission.until for _row, one in places if one.permission.until]
                export = Export(
                    names.new_id(), work.next_code("export"), ExportKind.QUOTES, title, work.moment, (use,),
                    str(to.resolve()), checksum, min(ends, default=None), tuple(map(_item, of_stories.values())),
                    files=(ExportedFile(to.name, checksum),), recipient=recipient, head=work.consents.head(),
                )  # fmt: skip
                work.ledger.save(export)
                work.record(ExportMade(export.id))
                work.commit()
        return export

    def _placed(self, work: UnitOfWork, rows: Sequence[InContext], use: str) -> CitedPlaces:
        asking = _Asking(work, self._gate(work, use))
        answers = [(row, asking.of_place(row)) for row in rows]
        return CitedPlaces(tuple((row, one) for row, one in answers if isinstance(one, ClearedQuote)),
                           tuple(one for _row, one in answers if isinstance(one, LeftOut)),
                           tuple(work.codebook.codes()))

    def _gate(self, work: UnitOfWork, use: str) -> Gate:
        return Gate(Asked((work.codebook.use(use),), self._today()))


class _Asking:
    """Asks the gate about one passage after another, and reads each transcript only once."""

    def __init__(self, work: UnitOfWork, gate: Gate) -> None:
        self._work, self._gate = work, gate
        self._passages = Passages(work)
        self._lines: dict[str, dict[str, Line]] = {}

    def of_hit(self, hit: Hit) -> ClearedQuote | LeftOut | None:
        """Return the answer for a hit; None for what nobody said."""
        if hit.quote_code:
            return self._ask(self._work.quotes.find(hit.quote_code))
        if not hit.recording_id or not hit.line_ids:
            return None
        return self._of_lines(hit.story_id, hit.recording_id, hit.line_ids)

    def of_place(self, row: InContext) -> ClearedQuote | LeftOut:
        """Return the answer for a word in its company; nothing near it may be restricted."""
        answer = self._of_lines(row.story_id, row.recording_id, (row.line_id,))
        circle = self._passages.circle(row.story_id)
        if isinstance(answer, ClearedQuote) and any(
                one.recording_id == row.recording_id
                and one.touches(row.moment_ms - AROUND_MS, row.moment_ms + AROUND_MS) for one in circle.restrictions):
            return LeftOut(answer.quote, circle.story, no(say("Something said near it was restricted.")))
        return answer

    def _of_lines(self, story_id: str, recording_id: str, line_ids: Sequence[str]) -> ClearedQuote | LeftOut:
        if recording_id not in self._lines:
            self._lines[recording_id] = {line.id: line for line in self._work.transcripts.lines(recording_id)}
        lines = self._lines[recording_id]
        own = [lines[one] for one in line_ids if one in lines]
        language = (own[0].language if own else "") or self._passages.circle(story_id).story.language
        if not own:
            empty = Quote("", "", story_id, recording_id, "", 0, 1, language, Anchor("", 0, "", 0))
            return self._left_out(empty, no(say("These words are not in the transcript any more.")))
        anchor = Anchor(own[0].id, 0, own[-1].id, len(own[-1].words) - 1)
        text = " ".join(word.text for line in own for word in line.words)
        quote = Quote("", "", story_id, recording_id, text, own[0].start_ms, own[-1].end_ms, language, anchor,
                      speaker_id=own[0].speaker_id)
        if any(line.speaker_id != own[0].speaker_id or (line.voice_id and line.speaker_id is None) for line in own):
            return self._left_out(quote, no(say("Nobody has said whose voice this is.")))
        return self._ask(quote)

    def _ask(self, quote: Quote) -> ClearedQuote | LeftOut:
        circle = self._passages.circle(quote.story_id)
        answer = self._gate.of_quote(circle, quote)
        if not answer.allowed:
            return LeftOut(quote, circle.story, answer)
        try:
            recording = self._work.recordings.get(quote.recording_id)
            return self._gate.clear(circle, quote, recording, self._passages.free_text(quote))
        except Refused as refusal:
            return self._left_out(quote, no(say("{why}", why=refusal.message)))

    def _left_out(self, quote: Quote, why: Permission) -> LeftOut:
        return LeftOut(quote, self._passages.circle(quote.story_id).story, why)


def _item(cleared: ClearedQuote) -> ExportedItem:
    """Return a story of which words left, as the ledger holds it: by its code, and without any of them."""
    story, answer = cleared.story, cleared.permission
    return ExportedItem(story.id, story.code, story.id, answer.consents, cleared.attribution,
                        hashlib.sha256(story.code.encode()).hexdigest(), answer.verdict, answer.reasons,
                        answer.conditions, answer.events, answer.until)
