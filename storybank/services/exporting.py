"""Exporting: taking cleared quotes out of the library, and writing down what left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from storybank import __version__
from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.clearance import Gate
from storybank.domain.clip import WIDE, Shape
from storybank.domain.commission import Brief, Kit
from storybank.domain.events import ExportMade
from storybank.domain.export import Export, ExportedFile, ExportKind, Order
from storybank.domain.lists import ExportLine
from storybank.domain.recording import Recording
from storybank.domain.transcript import Line
from storybank.domain.use import Act, Asked, Material
from storybank.domain.withholding import says_too_much
from storybank.errors import Invalid, NotFound, Refused
from storybank.ports import BriefWriter, Clock, KitWriter, MediaTools, OpenWork, Store, Ticket, UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.services.leaving import heard_by, is_as_free_as, item_of, who_withdrew
from storybank.services.originals import unchanged
from storybank.services.own_words import named_within, that_may_leave
from storybank.services.passages import Passages, without_restricted
from storybank.services.placing import check_free, put_in_place_last
from storybank.services.selecting import ALSO, Selection, first_reason, for_parts, selected, wider
from storybank.words import say

__all__ = ["Exporting", "Selection", "Written"]


@dataclass(frozen=True, slots=True)
class _Ask:
    """What an export is for: uses, the last day, whom it is given to, and what it cannot do without."""

    uses: tuple[str, ...]
    until: date | None
    recipient: str = ""
    materials: tuple[Material, ...] = (Material.QUOTE,)
    draft: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Uses that parts of it need besides."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is about to leave: the order for the writer, and what the ledger will say."""

    kind: ExportKind
    title: str
    audience: str
    order: Order
    to: Path
    gate: Gate
    ask: _Ask


_PREVIEW = "E-0000"
"""Stands where the export's code will."""

Written = tuple[str, tuple[ExportedFile, ...]]
"""The SHA-256 of what was written, and every file in it."""


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

    def today(self) -> date:
        """Return the day that the gate is asked about."""
        return self._clock().date()

    def select(self, quotes: Sequence[str] | None, uses: Sequence[str], until: date | None = None) -> Selection:
        """Return which quotes may be used for all of `uses`, and which may not and why; None asks for all."""
        with self._open_work() as work:
            return selected(work, quotes, self._gate(work, uses, until), Passages(work))

    def make_brief(self, brief: Brief, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket,
                   *, until: date | None = None, recipient: str = "") -> Export:
        """Write a policy brief of the cleared quotes and enter it in the ledger."""
        ask = _Ask(tuple(uses), until, recipient or brief.audience, draft=brief.reference)
        plan = self._plan(ExportKind.BRIEF, brief.title, brief.audience, quotes, ask, to)
        plan = replace(plan, order=self._briefs.told_in(brief, plan.order))

        def write(aside: Path) -> tuple[str, tuple[ExportedFile, ...]]:
            self._briefs.write(brief, plan.order, aside, ticket)
            return _whole(aside, plan)

        return self._make(plan, write)

    def make_kit(self, kit: Kit, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket,
                 *, until: date | None = None, recipient: str = "") -> Export:
        """Write a campaign kit of the cleared quotes and enter it in the ledger."""
        check_free(to)
        ask = _Ask(tuple(uses), until, recipient, draft=kit.reference)
        plan = self._plan(ExportKind.KIT, kit.title, "", quotes, ask, to)
        return self._make(plan, lambda aside: self._kits.write(kit, plan.order, aside, self._file_of, ticket))

    def make_folder(self, kind: ExportKind, title: str, quotes: Sequence[str] | None, uses: Sequence[str], to: Path,
                    write: Callable[[Order, Path, Callable[[Recording], Path]], Written], *, until: date | None = None,
                    recipient: str = "", audience: str = "", draft: str = "",
                    parts: Mapping[str, tuple[str, ...]] | None = None, replacing: bool = False) -> Export:
        """Let `write` fill a folder with what may leave of the quotes, and enter it in the ledger.

        It is handed the order, the folder to make, and where recordings lie; it returns what it wrote. `parts` names
        the uses that parts of it need besides `uses`: their quotes are in `Order.parts`. With `replacing`, what is
        there already makes way once all is done.
        """
        if not replacing:
            check_free(to)
        ask = _Ask(tuple(uses), until, recipient, draft=draft, parts=parts or {})
        plan = self._plan(kind, title, audience, quotes, ask, to)
        return self._make(plan, lambda aside: write(plan.order, aside, self._file_of), replacing=replacing)

    def preview(self, quotes: Sequence[str] | None, uses: Sequence[str], until: date | None = None) -> Order:
        """Return what would leave today, to be looked at in the house: nothing of it is entered in the ledger."""
        with self._open_work() as work:
            gate = self._gate(work, uses, until)
            reading = Passages(work)
            selection = selected(work, quotes, gate, reading)
            return self._order(work, gate, selection, reading, _PREVIEW, "")

    def make_clip(self, quote: str, uses: Sequence[str], to: Path, ticket: Ticket, *, shape: Shape = WIDE,
                  captioned: bool = True, until: date | None = None, recipient: str = "") -> Export:
        """Cut the clip of one cleared quote and enter it in the ledger; refuse with the reason."""
        check_free(to)
        ask = _Ask(tuple(uses), until, recipient, (Material.CLIP,))
        plan = self._plan(ExportKind.CLIP, quote, "", [quote], ask, to)
        passage = plan.order.passages[0]
        if not passage.cleared.carries_voice:
            raise Refused(say("The speaker asked to stay anonymous, so their voice may not be heard."))
        if says_too_much(passage.cleared):
            raise Refused(say("The speaker says a name or a place that may not be told, so no clip can be made."),
                          hint=say("The quote itself can be used: there it is taken out."))
        recording, cut = self._file_of(passage.cleared.recording), passage.cut(shape, captioned=captioned)

        def write(aside: Path) -> tuple[str, tuple[ExportedFile, ...]]:
            self._media.clip(recording, cut, aside, ticket)
            return _whole(aside, plan)

        return self._make(plan, write)

    def make_file(self, title: str, quotes: Sequence[str] | None, uses: Sequence[str], to: Path,
                  write: Callable[[Order, Path], None], *, until: date | None = None, recipient: str = "") -> Export:
        """Let `write` make one file of the cleared quotes, and enter it in the ledger."""
        check_free(to)
        plan = self._plan(ExportKind.QUOTES, title, "", quotes, _Ask(tuple(uses), until, recipient), to)

        def made(aside: Path) -> tuple[str, tuple[ExportedFile, ...]]:
            write(plan.order, aside)
            return _whole(aside, plan)

        return self._make(plan, made)

    def transcript(self, story_id: str) -> list[Line]:
        """Return a story's lines as they may be written to a file, for the house's own use.

        Restricted words are taken out; refused where somebody in it said stop, or no to transcription.
        """
        with self._open_work() as work:
            answer = may_be_processed(work, story_id, Act.TRANSCRIBE, self._clock().date())
            if not answer.allowed:
                raise Refused(answer.reasons[0], hint=say("Nothing was written."))
            recording = work.recordings.of_story(story_id)[0]
            restrictions = work.restrictions.of_recordings([recording.id])
            return [without_restricted(line, restrictions) for line in work.transcripts.lines(recording.id)]

    def ledger(self) -> list[ExportLine]:
        """Return everything that ever left, latest first."""
        with self._open_work() as work:
            return work.ledger.lines()

    def exports(self) -> list[Export]:
        """Return the ledger with every item."""
        with self._open_work() as work:
            return work.ledger.all()

    def _file_of(self, recording: Recording) -> Path:
        return unchanged(self._store, recording)

    def _gate(self, work: UnitOfWork, uses: Sequence[str], until: date | None,
              materials: tuple[Material, ...] = (Material.QUOTE,)) -> Gate:
        wanted = tuple(work.codebook.use(key) for key in uses)
        return Gate(Asked(wanted, self._clock().date(), until, materials), ALSO)

    def _plan(self, kind: ExportKind, title: str, audience: str, quotes: Sequence[str] | None, ask: _Ask,
              to: Path) -> _Plan:
        if ask.until and ask.until < self._clock().date():
            raise Invalid(say("The last day of use, {day}, is over already.", day=ask.until))
        with self._open_work() as work:
            gate = self._gate(work, ask.uses, ask.until, ask.materials)
            reading = Passages(work)
            selection = selected(work, quotes, gate, reading)
            if not selection.cleared:
                raise Refused(say("No quote is cleared for this use, so there is nothing to export."),
                              hint=first_reason(selection))
            order = self._order(work, gate, selection, reading, work.next_code("export"), ask.recipient)
            order = self._with_parts(work, order, gate, ask.parts, reading)
            work.commit()
        return _Plan(kind, title, audience, order, to, gate, ask)

    def _order(self, work: UnitOfWork, gate: Gate, selection: Selection, reading: Passages, code: str,
               recipient: str) -> Order:
        codes = that_may_leave(work, work.codebook.codes(), gate.asked.uses, gate.asked.on)
        passages = tuple(named_within(reading.of(one), codes) for one in selection.cleared)
        ends = [gate.asked.until, *(cleared.permission.until for cleared in selection.cleared)]
        return Order(
            code, self._clock().isoformat(), gate.asked.uses, passages, selection.left_out, tuple(codes),
            min((day for day in ends if day), default=None), __version__,
            heard_by(work, selection.cleared), recipient, work.consents.head(), withdrawn=who_withdrew(work),
        )

    @staticmethod
    def _with_parts(work: UnitOfWork, order: Order, gate: Gate, uses: Mapping[str, tuple[str, ...]],
                    reading: Passages) -> Order:
        """Return an order with what each part of it may hold, as that part's own uses allow it."""
        parts = {}
        for part, cleared in for_parts(work, [p.cleared for p in order.passages], gate, uses, reading).items():
            asked = wider(work, gate, uses[part]).asked
            codes = that_may_leave(work, work.codebook.codes(), asked.uses, asked.on)
            parts[part] = tuple(named_within(reading.of(one), codes) for one in cleared)
        ends = [one.cleared.permission.until for passages in parts.values() for one in passages]
        until = min((day for day in (order.use_until, *ends) if day), default=None)
        return replace(order, parts=parts, use_until=until)

    def _make(self, plan: _Plan, write: Callable[[Path], Written], *, replacing: bool = False) -> Export:
        """Write beside the place it is meant for, enter it in the ledger, and only then put it there.

        So nothing is ever out that the ledger does not know, wherever the power fails. Where consent changed
        meanwhile, the clips that were kept of it go as well.
        """
        with put_in_place_last(plan.to, replacing=replacing) as aside:
            try:
                return self._enter(plan, *write(aside))
            except Refused:
                self._store.drop_clips([passage.cleared.recording.place for passage in plan.order.passages])
                raise

    def _enter(self, plan: _Plan, manifest: str, files: Sequence[ExportedFile]) -> Export:
        """Ask the gate once more, then write the ledger."""
        order = plan.order
        with self._open_work() as work:
            self._ask_again(work, plan)
            export = Export(
                names.new_id(), order.code, plan.kind, plan.title, order.made_at,
                _uses_of(plan), str(plan.to.resolve()), manifest, order.use_until,
                tuple(item_of(*(one.cleared for one in order.everywhere(passage.cleared.quote.code)))
                      for passage in order.passages),
                tuple((one.quote.code, one.reasons) for one in order.left_out), plan.audience, tuple(files),
                order.recipient, head=order.head, draft=plan.ask.draft,
            )
            work.ledger.save(export)
            work.record(ExportMade(export.id))
            work.commit()
        return export

    def _ask_again(self, work: UnitOfWork, plan: _Plan) -> None:
        """Refuse where consent changed since the quotes were cleared, or one of them is gone."""
        before = [passage.cleared for passage in plan.order.passages]
        changed = say("Consent changed while this was being made, so it was removed again.")
        gate = Gate(replace(plan.gate.asked, on=self._clock().date()), ALSO)
        try:
            again = selected(work, [one.quote.code for one in before], gate, Passages(work))
        except NotFound as gone:
            raise Refused(changed, hint=gone.message) from gone
        if again.left_out or not all(map(is_as_free_as, again.cleared, before)):
            raise Refused(changed, hint=first_reason(again) if again.left_out else "")
        now = for_parts(work, again.cleared, gate, plan.ask.parts, Passages(work))
        for part, passages in plan.order.parts.items():
            standing = {one.quote.code: one for one in now[part]}
            then = [passage.cleared for passage in passages]
            if not all(one.quote.code in standing and is_as_free_as(standing[one.quote.code], one) for one in then):
                raise Refused(changed)


def _whole(aside: Path, plan: _Plan) -> tuple[str, tuple[ExportedFile, ...]]:
    """Return the hash of an export that is one file, and that file as it will be called."""
    codes = tuple(passage.cleared.quote.code for passage in plan.order.passages)
    checksum = sha256_of(aside)
    return checksum, (ExportedFile(plan.to.name, checksum, codes),)


def _uses_of(plan: _Plan) -> tuple[str, ...]:
    """Return what an export is for, the uses of those of its parts that hold anything among them."""
    more = (use for part, held in plan.order.parts.items() if held for use in plan.ask.parts[part])
    return tuple(dict.fromkeys([*(use.key for use in plan.order.uses), *more]))
