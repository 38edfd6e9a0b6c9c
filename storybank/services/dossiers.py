"""Dossiers: cleared quotes as tables, data and Word files, and tables of them taken back in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from storybank.domain import names
from storybank.domain.clearance import Gate
from storybank.domain.codebook import Code
from storybank.domain.coding import Coding, Subject
from storybank.domain.dossier import Dossier, Entry, QuoteRow, Retagging
from storybank.domain.events import QuoteRetagged
from storybank.domain.export import Export, Order, Passage
from storybank.domain.query import folded
from storybank.domain.quote import Quote
from storybank.domain.transcript import Line
from storybank.domain.use import Asked
from storybank.errors import NotFound, StorybankError
from storybank.ports import OpenWork, QuoteFiles, Ticket, UnitOfWork
from storybank.services.edits import Edit
from storybank.services.exporting import Exporting
from storybank.services.passages import Passages
from storybank.services.stepping import Author
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class Kept:
    """What a quote carries: its codings, and whether it is important."""

    quote_id: str
    story_id: str
    codings: tuple[Coding, ...]
    important: bool


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a table would change, and the edit that does it; without changes there is none."""

    retagging: Retagging
    edit: Edit | None


class Dossiers:
    """Takes quotes out with all that is known of them, as far as people agreed, and takes tables back in."""

    def __init__(self, open_work: OpenWork, exporting: Exporting, files: QuoteFiles, author: Author) -> None:
        self._open_work = open_work
        self._exporting = exporting
        self._files = files
        self._author = author

    def make(self, title: str, quotes: Sequence[str] | None, uses: Sequence[str], to: Path, ticket: Ticket, *,
             language: str = "en", notes: bool = False, context: bool = False, until: date | None = None,
             recipient: str = "") -> Export:
        """Write the cleared quotes in the format that the file's ending names, and enter it in the ledger.

        `notes` takes memos along, which otherwise stay in the house; `context` what the same person says just
        before and after, where that may go out as well.
        """
        self._files.check(to)

        def write(order: Order, aside: Path) -> None:
            ticket.check()
            self._files.write(self._dossier(title, language, order, notes=notes, context=context), aside)
            ticket.report(1.0)

        return self._exporting.make_file(title, quotes, uses, to, write, until=until, recipient=recipient)

    def plan(self, untrusted_file: Path) -> TakenIn:
        """Return what a table of quotes would change: codes and importance; words and times never change so."""
        rows = self._files.read(untrusted_file)
        with self._open_work() as work:
            reader = _Reader(work, work.codings.coder(self._author()).id)
            changes, same, refused = reader.through(rows)
            work.commit()
        told = Retagging(tuple(sorted(reader.code_of[after.quote_id] for _before, after in changes)), same, refused)
        if not changes:
            return TakenIn(told, None)
        before, after = [old for old, _new in changes], [new for _old, new in changes]
        return TakenIn(told, Edit(say("Take in a table of quotes"), partial(self._keep, after),
                                  partial(self._keep, before)))

    def _keep(self, wanted: Sequence[Kept]) -> None:
        with self._open_work() as work:
            for kept in wanted:
                quote = work.quotes.get(kept.quote_id)
                if quote.important != kept.important:
                    work.quotes.save(replace(quote, important=kept.important))
                work.codings.put(kept.quote_id, kept.codings)
                work.record(QuoteRetagged(kept.quote_id, kept.story_id))
            work.commit()

    def _dossier(self, title: str, language: str, order: Order, *, notes: bool, context: bool) -> Dossier:
        with self._open_work() as work:
            company = _Company(work, order, notes=notes, context=context)
            return Dossier(title, language, order, tuple(map(company.of, order.passages)))


class _Company:
    """What stands beside quotes, read within one unit of work."""

    def __init__(self, work: UnitOfWork, order: Order, *, notes: bool, context: bool) -> None:
        self._work, self._notes, self._context = work, notes, context
        self._passages = Passages(work)
        self._codes = order.codebook
        self._gate = Gate(Asked(order.uses, date.fromisoformat(order.made_at[:10]), order.use_until))
        self._lines: dict[str, list[Line]] = {}
        coders = {coder.id: coder.name for coder in work.codings.coders()}
        wanted = {passage.cleared.quote.id for passage in order.passages}
        self._coders: dict[str, set[str]] = defaultdict(set)
        for coding in work.codings.all() if wanted else []:
            if coding.quote_id in wanted and coders.get(coding.coder_id):
                self._coders[coding.quote_id].add(coders[coding.coder_id])
        self._used: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for export in work.ledger.all():
            for item in export.items:
                self._used[item.quote_id].append((export.code, export.made_at[:10]))

    def of(self, passage: Passage) -> Entry:
        quote = passage.cleared.quote
        before, after = self._around(quote) if self._context else ("", "")
        memos = self._work.memos.about(Subject.QUOTE, quote.id) if self._notes else []
        return Entry(passage, tuple(code for code in self._codes if code.key in quote.codes), before, after,
                     tuple(self._used[quote.id]), tuple(sorted(self._coders[quote.id])),
                     tuple(memo.text for memo in memos))

    def _around(self, quote: Quote) -> tuple[str, str]:
        """Return the line before and after a quote, where the same person says it and the gate lets it go too."""
        lines = self._of_recording(quote.recording_id)
        places = {line.id: number for number, line in enumerate(lines)}
        first, last = places.get(quote.anchor.first_line_id), places.get(quote.anchor.last_line_id)
        if first is None or last is None:
            return "", ""
        before = self._told(lines[first - 1], lines[first], quote) if first else ""
        after = self._told(lines[last + 1], lines[last], quote) if last + 1 < len(lines) else ""
        return before, after

    def _told(self, line: Line, beside: Line, quote: Quote) -> str:
        if (line.voice_id, line.speaker_id) != (beside.voice_id, beside.speaker_id):
            return ""
        circle = self._passages.circle(quote.story_id)
        said = replace(quote, id="", code="", start_ms=line.start_ms, end_ms=line.end_ms, text=line.text)
        near = any(one.recording_id == quote.recording_id for one in circle.restrictions)
        return "" if near or not self._gate.of_quote(circle, said).allowed else line.text

    def _of_recording(self, recording_id: str) -> list[Line]:
        if recording_id not in self._lines:
            self._lines[recording_id] = self._work.transcripts.lines(recording_id)
        return self._lines[recording_id]


Refused = tuple[tuple[int, Sentence], ...]


class _Reader:
    """Holds rows that came back against the library."""

    def __init__(self, work: UnitOfWork, coder_id: str) -> None:
        self._work, self._coder_id, self._moment = work, coder_id, work.moment
        self._codes = _by_name(work.codebook.codes())
        self.code_of: dict[str, str] = {}

    def through(self, rows: Iterable[QuoteRow]) -> tuple[list[tuple[Kept, Kept]], int, Refused]:
        """Return what changes, how many rows change nothing, and the rows that are refused."""
        changes, refused, same = [], [], 0
        seen: set[str] = set()
        for row in rows:
            try:
                before, after = self._of(row)
            except StorybankError as error:
                refused.append((row.number, say("{why}", why=error.message)))
                continue
            if before.quote_id in seen:
                refused.append((row.number, say("Quote {code} is in the file twice.", code=row.quote)))
            elif before == after:
                same += 1
            else:
                changes.append((before, after))
            seen.add(before.quote_id)
        return changes, same, tuple(refused)

    def _of(self, row: QuoteRow) -> tuple[Kept, Kept]:
        quote = self._work.quotes.find(row.quote)
        self.code_of[quote.id] = quote.code
        codings = tuple(self._work.codings.of_quote(quote.id))
        before = Kept(quote.id, quote.story_id, codings, quote.important)
        if row.codes is not None:
            codings = self._recoded(quote, codings, {self._key(typed) for typed in row.codes})
        important = quote.important if row.important is None else row.important
        return before, replace(before, codings=codings, important=important)

    def _recoded(self, quote: Quote, codings: Sequence[Coding], wanted: set[str]) -> tuple[Coding, ...]:
        kept = [one for one in codings if one.code in wanted]
        new = sorted(wanted - {one.code for one in kept})
        return (*kept, *(Coding(names.new_id(), quote.id, key, self._coder_id, self._moment) for key in new))

    def _key(self, typed: str) -> str:
        code = self._codes.get(typed) or self._codes.get(folded(typed.strip()))
        if code is None or not code.codable:
            raise NotFound(say("There is no code {key} in the codebook.", key=typed))
        return code.key


def _by_name(codes: Iterable[Code]) -> Mapping[str, Code]:
    """Return codes by key and by their names, folded; a key counts before a name, and the first of two namesakes."""
    known: dict[str, Code] = {}
    every = list(codes)
    for called in _CALLED:
        for code in every:
            known.setdefault(called(code), code)
    return known


_CALLED: tuple[Callable[[Code], str], ...] = (
    lambda code: code.key, lambda code: folded(code.key), lambda code: folded(code.label_en),
    lambda code: folded(code.label_fr),
)
