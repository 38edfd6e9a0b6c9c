"""Cataloguing: what is known about stories, out as Dublin Core and JSON-LD and back in, as far as people agreed."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from storybank import __version__
from storybank.checksum import sha256_of
from storybank.domain import names
from storybank.domain.catalogue import Card, CardRow, Catalogue
from storybank.domain.clearance import Circle, ClearedQuote, Gate
from storybank.domain.dossier import Retagging
from storybank.domain.events import ExportMade
from storybank.domain.export import Export, ExportedFile, ExportedItem, ExportKind, Order
from storybank.domain.quote import Anchor, Quote
from storybank.domain.recording import Recording
from storybank.domain.use import Asked
from storybank.errors import Refused, StorybankError
from storybank.ports import CatalogueFiles, Clock, OpenWork, Ticket, UnitOfWork
from storybank.services.circles import circles_of
from storybank.services.collecting import Collecting
from storybank.services.details import check_day
from storybank.services.edits import Edit
from storybank.services.own_words import that_may_leave
from storybank.services.placing import check_free, put_in_place_last
from storybank.words import Sentence, say

_LeftOut = tuple[tuple[str, tuple[Sentence, ...]], ...]


class Cataloguing:
    """Tells others which stories there are, and takes corrected titles, dates and languages back in."""

    def __init__(self, open_work: OpenWork, collecting: Collecting, files: CatalogueFiles, clock: Clock) -> None:
        self._open_work = open_work
        self._collecting = collecting
        self._files = files
        self._clock = clock

    def make(self, title: str, uses: Sequence[str], to: Path, ticket: Ticket, *, language: str = "en",
             titles: bool = False, until: date | None = None, recipient: str = "") -> Export:
        """Write every story that may be told of for all of `uses`, and enter it in the ledger.

        Without `titles` each is called after its speaker, as far as they may be named: titles are staff's own words.

        Raises `Refused` where nobody agreed, `Invalid` for an ending that names no format.
        """
        self._files.check(to)
        check_free(to)
        with self._open_work() as work:
            cards, _left_out = self._cards(work, uses, until)
            order = self._order(work, uses, until, recipient)
            work.commit()
        with put_in_place_last(to) as aside:
            ticket.check()
            self._files.write(Catalogue(title, language, order, tuple(cards), titles), aside)
            return self._enter(order, title, cards, to, sha256_of(aside))

    def plan(self, untrusted_file: Path) -> tuple[Retagging, list[Edit]]:
        """Return what a catalogue that came back would change about stories: title, date and language."""
        changed, refused, edits, same = [], [], [], 0
        for row in self._files.read(untrusted_file):
            try:
                code, edit = self._described(row)
            except StorybankError as error:
                refused.append((row.number, say("{why}", why=error.message)))
                continue
            if edit:
                changed.append(code)
                edits.append(edit)
            else:
                same += 1
        return Retagging(tuple(changed), same, tuple(refused)), edits

    def _described(self, row: CardRow) -> tuple[str, Edit | None]:
        with self._open_work() as work:
            story = work.stories.find(row.story)
        if story.erased_on:
            raise Refused(say("Story {code} was erased.", code=story.code))
        now = {"title": story.title, "recorded_on": story.recorded_on, "language": story.language}
        told = {"title": names.plain(row.facts.get("title", "")), "recorded_on": row.facts.get("date", ""),
                "language": row.facts.get("language", "")[:2].lower()}
        check_day(told["recorded_on"])
        new = {name: value for name, value in told.items()
               if value and value != now[name] and not (name == "title" and "[" in value)}
        if not new:
            return story.code, None
        describe = self._collecting.describe
        return story.code, Edit(say("Describe story"), partial(describe, story.id, **new),
                                partial(describe, story.id, **{name: now[name] for name in new}))

    def _cards(self, work: UnitOfWork, uses: Sequence[str], until: date | None) -> tuple[list[Card], _LeftOut]:
        gate = Gate(Asked(tuple(map(work.codebook.use, uses)), self._clock().date(), until))
        codes = that_may_leave(work, work.codebook.codes(), gate.asked.uses, gate.asked.on)
        carried: defaultdict[str, set[str]] = defaultdict(set)
        for quote in work.quotes.all():
            carried[quote.story_id] |= quote.codes
        cards, left_out = [], []
        for circle in circles_of(work):
            story = circle.story
            if story.erased_on:
                continue
            for recording in work.recordings.of_story(story.id)[:1]:
                cleared = _cleared(gate, circle, recording)
                if isinstance(cleared, ClearedQuote):
                    cards.append(Card(cleared, tuple(code for code in codes if code.key in carried[story.id])))
                else:
                    left_out.append((story.code, cleared))
        if not cards:
            raise Refused(say("No story is cleared for this use, so there is nothing to export."),
                          hint=left_out[0][1][0] if left_out else say("Import recordings first."))
        return cards, tuple(left_out)

    def _order(self, work: UnitOfWork, uses: Sequence[str], until: date | None, recipient: str) -> Order:
        return Order(work.next_code("export"), self._clock().isoformat(), tuple(map(work.codebook.use, uses)), (), (),
                     tuple(work.codebook.codes()), until, __version__, (), recipient, work.consents.head())

    def _enter(self, order: Order, title: str, cards: Sequence[Card], to: Path, checksum: str) -> Export:
        """Ask the gate once more, then write the ledger."""
        with self._open_work() as work:
            again, left_out = self._cards(work, [use.key for use in order.uses], order.use_until)
            if {_standing(card) for card in again} != {_standing(card) for card in cards}:
                raise Refused(say("Consent changed while this was being made, so it was removed again."))
            ends = [card.cleared.permission.until for card in cards if card.cleared.permission.until]
            export = Export(
                names.new_id(), order.code, ExportKind.STORIES, title, order.made_at,
                tuple(use.key for use in order.uses), str(to.resolve()), checksum,
                min(ends, default=order.use_until), tuple(map(_item, cards)), left_out, "",
                (ExportedFile(to.name, checksum),), order.recipient, head=order.head,
            )  # fmt: skip
            work.ledger.save(export)
            work.record(ExportMade(export.id))
            work.commit()
        return export


def take_in_all(edits: Sequence[Edit]) -> Edit:
    """Return several edits as one; the way back goes backwards."""

    def each(act: Callable[[Edit], Callable[[], None]], those: Sequence[Edit]) -> None:
        for edit in those:
            act(edit)()

    return Edit(say("Take in a catalogue"), partial(each, lambda edit: edit.do, edits),
                partial(each, lambda edit: edit.undo, edits[::-1]))


def _cleared(gate: Gate, circle: Circle, recording: Recording) -> ClearedQuote | tuple[Sentence, ...]:
    """Return a story cleared as if all of it were quoted, its title for words; or why not."""
    story = circle.story
    answer = gate.of_story(circle)
    if not answer.allowed:
        return answer.reasons
    speaker = next((one.contributor_id for one in story.participants if one.speaks), None)
    whole = Quote("", story.code, story.id, recording.id, story.title, 0, 0, story.language, Anchor("", 0, "", 0),
                  speaker_id=speaker)
    try:
        return gate.clear(circle, whole, recording, story.title)
    except Refused as refusal:
        return (say("{why}", why=refusal.message),)


def _item(card: Card) -> ExportedItem:
    cleared = card.cleared
    answer = cleared.permission
    return ExportedItem(cleared.story.id, cleared.story.code, cleared.story.id, answer.consents, cleared.attribution,
                        hashlib.sha256(cleared.quote.text.encode()).hexdigest(), answer.verdict, answer.reasons,
                        answer.conditions, answer.events, answer.until)


def _standing(card: Card) -> tuple[object, ...]:
    answer = card.cleared.permission
    return card.cleared.story.id, answer.verdict, answer.attribution, answer.until
