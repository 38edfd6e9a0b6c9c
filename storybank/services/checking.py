"""Checking: what of ours is in a document from outside, and whether it may still stand there today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from storybank.domain.document import Document, Finding, Piece, Standing, Unread
from storybank.domain.export import Export
from storybank.domain.imprint import imprint, imprints_in
from storybank.domain.likeness import Likeness, Match, find
from storybank.domain.names import codes_in
from storybank.domain.quote import Quote
from storybank.domain.reasons import put_away
from storybank.domain.use import Material
from storybank.errors import Refused
from storybank.ports import Clock, DocumentReader, OpenWork, Ticket, UnitOfWork
from storybank.services.judging import GRAVEST_FIRST, Judge, Judgement, recalled
from storybank.services.naming import named_too_fully
from storybank.words import Sentence, say

_FAITHFUL = frozenset({Likeness.VERBATIM, Likeness.SHORTENED})
_LISTS_WHAT_IS_NOT_THERE = "left-out.csv"
_FILMS = frozenset({".mp4", ".m4v", ".mov", ".webm", ".m4a"})


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a document, the gravest first."""

    document: str
    on: date
    exports: tuple[str, ...]
    """Codes of the exports in the ledger that it is, or is made of."""
    findings: tuple[Finding, ...]
    notes: tuple[Sentence, ...] = ()
    """What is to be said of the whole: that it was called back."""
    unread: tuple[Unread, ...] = ()
    """Files in it that could not be looked into, save those that are just as they left."""

    @property
    def counts(self) -> Mapping[Standing, int]:
        """Return how many quotes stand how."""
        return Counter(finding.standing for finding in self.findings)

    @property
    def untouched(self) -> bool:
        """Tell whether nothing of ours was found, as far as it could be read."""
        return not self.findings and not self.exports


@dataclass(slots=True)
class _Seen:
    """Where a quote was seen in a document."""

    matches: list[Match] = field(default_factory=list)
    coded: dict[str, None] = field(default_factory=dict)
    """Places where its code stands."""
    files: dict[str, None] = field(default_factory=dict)
    """Files that are just as they left, with it in them."""
    printed: dict[str, None] = field(default_factory=dict)
    """Places with the words as they left, known by their checksum alone."""
    as_it_left: bool = False


@dataclass(frozen=True, slots=True)
class _Known:
    """What the library knows that may be found outside."""

    quotes: Mapping[str, Quote]
    exports: Mapping[str, Export]

    def carrying(self, code: str) -> list[Export]:
        return [export for export in self.exports.values() if any(item.quote_code == code for item in export.items)]


class Checking:
    """Checks documents against the library. Changes nothing."""

    def __init__(self, open_work: OpenWork, reader: DocumentReader, clock: Clock) -> None:
        self._open_work = open_work
        self._reader = reader
        self._clock = clock

    def check(self, untrusted_file: Path, ticket: Ticket, uses: Sequence[str] = ()) -> Report:
        """Return what of ours is in a document, and how it stands today.

        Asked about are `uses`: all of them must be allowed. Without any, those of the exports that it was made
        from; where it is none of ours, a quote is beyond its scope only if no use at all is allowed.
        """
        with self._open_work() as work:
            for key in uses:
                work.codebook.use(key)
            known = _known(work)
        document = self._reader.read(untrusted_file, ticket)
        ticket.check()
        seen = _seen(document, known)
        exports = _recognised(document, known)
        ticket.check()
        with self._open_work() as work:
            judge = _Judging(Judge(work, self._clock().date()), document, known, exports, uses)
            findings = [finding for code, sight in seen.items() for finding in judge.finding(code, sight)]
        findings += [
            Finding(Standing.UNKNOWN, code, tuple(_coded(document.pieces, code)),
                    (say("No export {code} stands in this ledger.", code=code),))
            for code in sorted(document.identifiers) if code.startswith("E-") and code not in known.exports
        ]
        findings.sort(key=lambda finding: (GRAVEST_FIRST.index(finding.standing), finding.quote_code))
        notes = tuple(note for export in exports if (note := recalled(export)))
        return Report(document.name, self._clock().date(), tuple(export.code for export in exports), tuple(findings),
                      notes, _unread(document, known))


@dataclass(frozen=True, slots=True)
class _Judging:
    """Turns what was seen into findings."""

    judge: Judge
    document: Document
    known: _Known
    exports: Sequence[Export]
    uses: Sequence[str]

    def finding(self, code: str, seen: _Seen) -> list[Finding]:
        """Return what is to be said of a quote; nothing where all there is of it lies in a quote beside it."""
        quote = self.known.quotes.get(code)
        where = _places(self.document, seen)
        if not quote:
            carriers = self.known.carrying(code)
            if not carriers:
                reason = say("No quote of the code {code} is in this library.", code=code)
                return [Finding(Standing.UNKNOWN, code, where, (reason,))]
            return [_finding(code, where, self.judge.of_missing(code, carriers))]
        carriers = [export for export in self.exports if any(item.quote_code == code for item in export.items)]
        uses = self.uses or [key for export in carriers or self.exports for key in export.uses]
        judged = self.judge.of_quote(quote, carriers, tuple(dict.fromkeys(uses)), _materials(seen))
        judged = self._with_name(judged, quote, seen)
        changed = [match for match in seen.matches if match.likeness not in _FAITHFUL]
        for match in changed:
            judged = judged.with_fault(Standing.ALTERED, _ALTERED[match.likeness])
        if seen.as_it_left and (changed or not seen.matches):
            judged = judged.with_fault(Standing.ALTERED, say("Its words were corrected in the library since it left."))
        if not changed or put_away(self.judge.circle(quote.story_id).story):
            return [_finding(code, where, judged)]
        return [_finding(code, where, judged, changed[0].text, quote.text)]

    def _with_name(self, judged: Judgement, quote: Quote, seen: _Seen) -> Judgement:
        """Return the judgement with a fault where the speaker is named more fully than they allow today."""
        if judged.faults:
            return judged
        try:
            speaker = self.judge.circle(quote.story_id).speaker(quote)
        except Refused:
            return judged
        reason = named_too_fully(speaker, judged.level, self.document.pieces, _files(self.document, seen), seen.matches)
        return judged.with_fault(Standing.BEYOND_SCOPE, reason) if reason else judged


_ALTERED = {
    Likeness.CHANGED: say("The words are not those that were said."),
    Likeness.PART: say("Only a part of it stands here, and nothing marks where it was cut."),
}


def _finding(code: str, where: tuple[str, ...], judged: Judgement, found: str = "", expected: str = "") -> Finding:
    return Finding(judged.standing(), code, where, judged.reasons(), found, expected)


def _known(work: UnitOfWork) -> _Known:
    quotes = {quote.code: quote for quote in work.quotes.all()}
    return _Known(quotes, {export.code: export for export in work.ledger.all()})


def _recognised(document: Document, known: _Known) -> list[Export]:
    """Return the exports that a document names, or has a file of that is just as it left."""
    hashes = {sha256 for _, sha256 in document.files}
    return [
        export for export in known.exports.values()
        if export.code in document.identifiers or export.manifest_sha256 in hashes
        or any(file.sha256 in hashes for file in export.files if file.quotes)
    ]  # fmt: skip


def _seen(document: Document, known: _Known) -> dict[str, _Seen]:
    """Return where quotes are seen: by their words, their codes, the files they left in, and checksums of words."""
    seen: dict[str, _Seen] = {}
    texts = {code: quote.text for code, quote in known.quotes.items()}
    for match in _without_echoes(find(texts, [piece.text for piece in document.pieces]), document, known):
        seen.setdefault(match.key, _Seen()).matches.append(match)
    for piece in document.pieces:
        if PurePosixPath(piece.file).name != _LISTS_WHAT_IS_NOT_THERE:
            for code in codes_in(piece.text):
                if code.startswith("Q-"):
                    seen.setdefault(code, _Seen()).coded[piece.where] = None
    _by_files(document, known, seen)
    _by_imprint(document, known, seen)
    return dict(sorted(seen.items()))


def _by_files(document: Document, known: _Known, seen: dict[str, _Seen]) -> None:
    left = {file.sha256: file.quotes for export in known.exports.values() for file in export.files}
    for path, sha256 in document.files:
        for code in left.get(sha256, ()):
            seen.setdefault(code, _Seen()).files[path] = None


def _by_imprint(document: Document, known: _Known, seen: dict[str, _Seen]) -> None:
    """Look for words that the library does not have any more, erased or corrected since they left."""
    now = {code: imprint(quote.text) for code, quote in known.quotes.items()}
    wanted = {
        item.text_sha256: item.quote_code for export in known.exports.values() for item in export.items
        if item.quote_id != item.story_id and now.get(item.quote_code) != item.text_sha256
    }  # fmt: skip
    if not wanted:
        return
    for piece in document.pieces:
        for found in imprints_in(piece.text):
            if code := wanted.get(found):
                sight = seen.setdefault(code, _Seen())
                sight.printed[piece.where] = None
                sight.as_it_left = code in known.quotes


def _without_echoes(matches: Sequence[Match], document: Document, known: _Known) -> list[Match]:
    """Return the matches without those that are only there because quotes of one story share words."""
    whole = [match for match in matches if match.likeness in _FAITHFUL]
    stories = {code: quote.story_id for code, quote in known.quotes.items()}

    def is_echo(match: Match) -> bool:
        return match.key not in document.identifiers and match.likeness not in _FAITHFUL and any(
            match.lies_in(other) and stories[other.key] == stories[match.key] for other in whole
        )

    return [match for match in matches if not is_echo(match)]


def _places(document: Document, seen: _Seen) -> tuple[str, ...]:
    """Return where a quote stands, its words before its codes."""
    words = [document.pieces[match.begin[0]].where for match in seen.matches]
    return tuple(dict.fromkeys([*words, *seen.printed, *seen.files, *seen.coded]))


def _files(document: Document, seen: _Seen) -> set[str]:
    """Return the files that a quote stands in."""
    coded = {piece.file for piece in document.pieces if piece.where in seen.coded or piece.where in seen.printed}
    return {document.pieces[match.begin[0]].file for match in seen.matches} | set(seen.files) | coded


def _materials(seen: _Seen) -> tuple[Material, ...]:
    """Return what of a quote is out there: its written words, its clip, or both."""
    films = [path for path in seen.files if PurePosixPath(path).suffix.lower() in _FILMS]
    written = seen.matches or seen.printed or len(films) < len(seen.files) or not films
    return (*((Material.QUOTE,) if written else ()), *((Material.CLIP,) if films else ()))


def _coded(pieces: Iterable[Piece], code: str) -> list[str]:
    return list(dict.fromkeys(piece.where for piece in pieces if code in codes_in(piece.text)))


def _unread(document: Document, known: _Known) -> tuple[Unread, ...]:
    """Return what could not be looked into; a file that is just as it left hides nothing."""
    ours = {file.sha256 for export in known.exports.values() for file in export.files}
    hashes = dict(document.files)
    return tuple(one for one in document.unread if hashes.get(one.file) not in ours)
