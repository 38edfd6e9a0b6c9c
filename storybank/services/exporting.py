"""Exporting: taking cleared quotes out of the library, and writing down what left."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from storybank import __version__
from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.clearance import ClearedQuote, LeftOut, clear
from storybank.domain.clip import WIDE, Cut, Shape, captions, with_breath
from storybank.domain.codebook import CodeKind
from storybank.domain.consent import Use
from storybank.domain.events import ExportMade
from storybank.domain.export import Brief, Export, ExportedItem, ExportKind, Kit, Order, Passage
from storybank.domain.lists import ExportLine
from storybank.domain.quote import Quote
from storybank.domain.recording import Recording
from storybank.domain.transcript import Line, RunState, Span, Word
from storybank.errors import Invalid, Refused, StorybankError
from storybank.ports import BriefWriter, Clock, KitWriter, MediaTools, OpenWork, Store, Ticket, UnitOfWork
from storybank.services.consenting import circle_of
from storybank.services.quoting import words_between
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Selection:
    """What the gate answered for a handful of quotes."""

    cleared: tuple[ClearedQuote, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is about to leave: the order for the writer, and what the ledger will say."""

    kind: ExportKind
    title: str
    audience: str
    order: Order
    to: Path
    until: date | None


class Exporting:
    """Hands quotes to the writers, after asking consent for each of them, and keeps the ledger."""

    def __init__(self, open_work: OpenWork, briefs: BriefWriter, kits: KitWriter, media: MediaTools, store: Store,
                 clock: Clock) -> None:
        self._open_work = open_work
        self._briefs = briefs
        self._kits = kits
        self._media = media
        self._store = store
        self._clock = clock

    def select(self, quotes: Sequence[str] | None, uses: Sequence[str], until: date | None = None) -> Selection:
        """Return which quotes may be used for all of `uses`, and which may not and why; None asks for all."""
        with self._open_work() as work:
            return self._selected(work, quotes, uses, until)

    def make_brief(self, brief: Brief, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket,
                   *, until: date | None = None) -> Export:
        """Write a policy brief of the cleared quotes and enter it in the ledger."""
        plan = self._plan(ExportKind.BRIEF, brief.title, brief.audience, quotes, uses, to, until)
        self._briefs.write(brief, plan.order, to, ticket)
        return self._enter(plan, sha256_of(to), [to.name])

    def make_kit(self, kit: Kit, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket,
                 *, until: date | None = None) -> Export:
        """Write a campaign kit of the cleared quotes and enter it in the ledger."""
        plan = self._plan(ExportKind.KIT, kit.title, "", quotes, uses, to, until)
        manifest = self._kits.write(kit, plan.order, to, self._file_of, ticket)
        files = sorted(path.relative_to(to).as_posix() for path in to.rglob("*") if path.is_file())
        return self._enter(plan, manifest, files)

    def make_clip(self, quote: str, uses: Sequence[str], to: Path, ticket: Ticket, *, shape: Shape = WIDE,
                  captioned: bool = True, until: date | None = None) -> Export:
        """Cut the clip of one cleared quote and enter it in the ledger; refuse with the reason."""
        if to.exists():
            raise Refused(say("{name} exists already.", name=to.name), hint=say("Choose another name."))
        selection = self.select([quote], uses, until)
        if selection.left_out:
            raise Refused(selection.left_out[0].reasons[0])
        plan = self._plan(ExportKind.CLIP, quote, "", [quote], uses, to, until)
        passage = plan.order.passages[0]
        if not passage.cleared.carries_voice:
            raise Refused(say("The speaker asked to stay anonymous, so their voice may not be heard."))
        cut = Cut(passage.clip.start_ms, passage.clip.end_ms, shape, passage.captions if captioned else (),
                  passage.cleared.shows_face)
        self._media.clip(self._file_of(passage.cleared.recording), cut, to, ticket)
        return self._enter(plan, sha256_of(to), [to.name])

    def ledger(self) -> list[ExportLine]:
        """Return everything that ever left, latest first."""
        with self._open_work() as work:
            return work.ledger.lines()

    def exports(self) -> list[Export]:
        """Return the ledger with every item."""
        with self._open_work() as work:
            return work.ledger.all()

    def _file_of(self, recording: Recording) -> Path:
        return self._store.path(recording.place)

    def _selected(self, work: UnitOfWork, quotes: Sequence[str] | None, uses: Sequence[str],
                  until: date | None) -> Selection:
        wanted = [work.codebook.use(key) for key in uses]
        chosen = work.quotes.all() if quotes is None else [work.quotes.find(q) for q in dict.fromkeys(quotes)]
        cleared, left_out = [], []
        for quote in chosen:
            answer = self._ask(work, quote, wanted, until)
            if isinstance(answer, ClearedQuote):
                cleared.append(answer)
            else:
                left_out.append(answer)
        return Selection(tuple(cleared), tuple(left_out))

    def _ask(self, work: UnitOfWork, quote: Quote, uses: Sequence[Use], until: date | None) -> ClearedQuote | LeftOut:
        circle = circle_of(work, quote.story_id)
        try:
            return clear(quote, work.recordings.get(quote.recording_id), circle, uses, self._clock().date(), until)
        except Refused as refusal:
            reasons = [reason for reason in (refusal.message, refusal.hint) if isinstance(reason, Sentence)]
            return LeftOut(quote, circle.story, tuple(reasons))

    def _plan(self, kind: ExportKind, title: str, audience: str, quotes: Sequence[str] | None, uses: Sequence[str],
              to: Path, until: date | None) -> _Plan:
        if until and until < self._clock().date():
            raise Invalid(say("The last day of use, {day}, is over already.", day=until))
        with self._open_work() as work:
            selection = self._selected(work, quotes, uses, until)
            if not selection.cleared:
                raise Refused(say("No quote is cleared for this use, so there is nothing to export."),
                              hint=_first_reason(selection))
            passages = tuple(self._passage(work, cleared) for cleared in selection.cleared)
            order = Order(
                work.next_code("export"), self._clock().isoformat(), tuple(work.codebook.use(key) for key in uses),
                passages, selection.left_out, tuple(work.codebook.codes()),
                min((c.permission.until for c in selection.cleared if c.permission.until), default=None),
                __version__, self._engines(work, selection.cleared),
            )
            work.commit()
        return _Plan(kind, title, audience, order, to, until)

    def _passage(self, work: UnitOfWork, cleared: ClearedQuote) -> Passage:
        quote = cleared.quote
        lines = work.transcripts.lines(quote.recording_id)
        words = _words(lines, quote)
        clip = with_breath(Span(quote.start_ms, quote.end_ms), _silence_around(lines, quote, cleared.recording))
        blocks = tuple(code for code in work.codebook.codes(CodeKind.BLOCK) if code.key in quote.codes)
        proofs = tuple(
            proof.sha256 for consent in work.consents.of(cleared.speaker.id)
            if consent.code in cleared.permission.consents for proof in consent.evidence
        )
        return Passage(cleared, tuple(words), clip, captions(words, clip.start_ms), blocks, proofs)

    @staticmethod
    def _engines(work: UnitOfWork, cleared: Sequence[ClearedQuote]) -> tuple[str, ...]:
        runs = {
            f"{run.engine} {run.engine_version}, {run.model}"
            for recording_id in {c.recording.id for c in cleared}
            for run in work.transcripts.runs_of(recording_id) if run.state is RunState.DONE
        }
        return tuple(sorted(runs))

    def _enter(self, plan: _Plan, manifest: str, files: Sequence[str]) -> Export:
        """Ask the gate once more, then write the ledger; if consent changed meanwhile, what was made is removed."""
        order = plan.order
        with self._open_work() as work:
            for passage in order.passages:
                answer = self._ask(work, passage.cleared.quote, order.uses, plan.until)
                if isinstance(answer, LeftOut):
                    _remove(plan.to)
                    raise Refused(say("Consent changed while this was being made, so it was removed again."),
                                  hint=answer.reasons[0])
            export = Export(
                names.new_id(), order.code, plan.kind, plan.title, order.made_at,
                tuple(use.key for use in order.uses), str(plan.to.resolve()), manifest, order.use_until,
                tuple(_item(passage.cleared) for passage in order.passages),
                tuple((one.quote.code, " ".join(map(str, one.reasons))) for one in order.left_out),
                plan.audience, tuple(files),
            )
            work.ledger.save(export)
            work.record(ExportMade(export.id))
            work.commit()
        return export


def _words(lines: Sequence[Line], quote: Quote) -> list[Word]:
    """Return the quote's words in time; where its text was changed since, its snapshot over its own span."""
    try:
        words = words_between(lines, quote.anchor)
    except StorybankError:
        words = []
    if " ".join(word.text for word in words) == quote.text:
        return words
    texts = quote.text.split()
    span = quote.end_ms - quote.start_ms
    return [
        Word(text, quote.start_ms + span * i // len(texts), quote.start_ms + span * (i + 1) // len(texts))
        for i, text in enumerate(texts)
    ]


def _silence_around(lines: Sequence[Line], quote: Quote, recording: Recording) -> Span:
    """Return the stretch around a quote in which nothing else is said."""
    words = [word for line in lines for word in line.words]
    before = max((word.end_ms for word in words if word.end_ms <= quote.start_ms), default=0)
    after = min((word.start_ms for word in words if word.start_ms >= quote.end_ms),
                default=recording.facts.duration_ms)
    return Span(before, after)


def _item(cleared: ClearedQuote) -> ExportedItem:
    quote = cleared.quote
    return ExportedItem(quote.id, quote.code, quote.story_id, cleared.permission.consents, cleared.attribution,
                        hashlib.sha256(quote.text.encode()).hexdigest())


def _first_reason(selection: Selection) -> Sentence | str:
    return selection.left_out[0].reasons[0] if selection.left_out else say("Pick quotes from a transcript first.")


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
