"""Measuring: how far a transcript can be trusted, counted from what people did to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storybank.domain import alignment
from storybank.domain.quality import Quality, Share
from storybank.domain.transcript import DOUBTFUL_BELOW, Line, Segment, TranscriptRun, Word
from storybank.errors import NotFound
from storybank.ports import OpenWork, UnitOfWork
from storybank.words import say


class Measuring:
    """Counts words; it changes nothing."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def quality(self, recording_id: str, run_id: str | None = None) -> Quality:
        """Return how good a run over a recording is; without one, the transcript people see."""
        with self._open_work() as work:
            return quality_of(work, recording_id, run_id)


def quality_of(work: UnitOfWork, recording_id: str, run_id: str | None = None) -> Quality:
    """Return how good a run over a recording is, within work that is open."""
    run = work.transcripts.run(run_id) if run_id else work.transcripts.shown(recording_id)
    if run is None:
        raise NotFound(say("This recording has no transcript yet."))
    lines = work.transcripts.lines_of(run.id)
    return measured(run, lines, work.transcripts.segments(run.id), _names(work, recording_id))


def measured(run: TranscriptRun, lines: Sequence[Line], heard: Sequence[Segment], names: dict[str, str]) -> Quality:
    """Return the quality of lines against what the engine heard; `names` says what voices and people are called.

    Where people wrote the transcript, no engine was right or wrong.
    """
    tallies = _tallies(lines, heard, judge=not run.is_written)
    by_voice: defaultdict[str, _Tally] = defaultdict(_Tally)
    by_language: defaultdict[str, _Tally] = defaultdict(_Tally)
    for line, tally in zip(lines, tallies, strict=True):
        if name := names.get(line.voice_id or "") or names.get(line.speaker_id or ""):
            by_voice[name] += tally
        by_language[line.language] += tally
    return Quality(
        sum(tallies, _Tally()).share(""), _shares(by_voice), _shares(by_language),
        run.engine if run.is_written else f"{run.engine} {run.engine_version}".strip(), run.model,
        (run.ended_at or run.started_at)[:10],
        doubtful=sum(_is_doubtful(word) for line in lines if not line.reviewed for word in line.words),
        flagged=sum(bool(line.flags) for line in lines),
        estimated=sum(word.estimated for line in lines for word in line.words),
    )


@dataclass(slots=True)
class _Tally:
    """The counts of a line, and of several together."""

    words: int = 0
    reviewed: int = 0
    changed: int = 0
    errors: int = 0
    judged: int = 0

    def __add__(self, other: _Tally) -> _Tally:
        return _Tally(self.words + other.words, self.reviewed + other.reviewed, self.changed + other.changed,
                      self.errors + other.errors, self.judged + other.judged)

    def share(self, name: str) -> Share:
        return Share(name, self.words, self.reviewed, self.changed, self.errors, self.judged)


def _shares(tallies: Mapping[str, _Tally]) -> tuple[Share, ...]:
    return tuple(tally.share(name) for name, tally in sorted(tallies.items()))


class _Words:
    """The words of lines or segments, with when they were said, whose they are, and how they are compared."""

    def __init__(self, owners: Sequence[Line | Segment]) -> None:
        words = [(word, number) for number, one in enumerate(owners) for word in _words(one)]
        self.texts = [word.text for word, _ in words]
        self.middles = [(word.start_ms + word.end_ms) / 2 for word, _ in words]
        self.owner = [number for _, number in words]
        self.tokens = alignment.tokens(self.texts)


def _tallies(lines: Sequence[Line], heard: Sequence[Segment], *, judge: bool) -> list[_Tally]:
    said, now, tallies = _Words(heard), _Words(lines), [_Tally() for _ in lines]
    written_so: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in alignment.opcodes(said.tokens.texts, now.tokens.texts):
        if tag == "equal":
            written_so |= zip(range(j1, j2), range(i1, i2), strict=True)
        elif tag == "delete":
            for at in range(i1, i2):
                _nearest(lines, tallies, now, j1, said.middles[said.tokens.words[at]]).errors += 1
        else:
            for at in range(j1, j2):
                tallies[now.owner[now.tokens.words[at]]].errors += 1
    _count(lines, tallies, said, now, written_so)
    for line, tally in zip(lines, tallies, strict=True):
        if not (judge and line.reviewed):
            tally.errors = tally.judged = 0
    return tallies


def _count(lines: Sequence[Line], tallies: Sequence[_Tally], said: _Words, now: _Words,
           written_so: dict[int, int]) -> None:
    """Count words, those in reviewed lines, and those that the engine had written otherwise or not at all."""
    seen, same = set(), set(range(len(now.texts)))
    for at, word in enumerate(now.tokens.words):
        tally = tallies[now.owner[word]]
        tally.judged += 1
        if word not in seen:
            seen.add(word)
            tally.words += 1
            tally.reviewed += lines[now.owner[word]].reviewed
        if at not in written_so or said.texts[said.tokens.words[written_so[at]]] != now.texts[word]:
            same.discard(word)
    for word in seen - same:
        tallies[now.owner[word]].changed += 1


def _nearest(lines: Sequence[Line], tallies: Sequence[_Tally], now: _Words, token: int, moment: float) -> _Tally:
    """Return the tally of the line that a word which stands nowhere any more was in, between two that stand."""
    beside = {now.owner[now.tokens.words[at]] for at in (token - 1, token) if 0 <= at < len(now.tokens.words)}
    if not beside:
        return tallies[0] if tallies else _Tally()
    return tallies[min(beside, key=lambda number: max(lines[number].start_ms - moment, moment - lines[number].end_ms))]


def _words(one: Line | Segment) -> tuple[Word, ...]:
    """Return the words of a line or segment; where no engine timed them, those of its text at its time."""
    return one.words or tuple(Word(text, one.start_ms, one.end_ms) for text in one.text.split())


def _is_doubtful(word: Word) -> bool:
    return word.probability is not None and word.probability < DOUBTFUL_BELOW


def _names(work: UnitOfWork, recording_id: str) -> dict[str, str]:
    """Return what the voices and people of a recording are called."""
    names = {person.id: person.name for person in work.contributors.all()}
    for voice in work.voices.of_recording(recording_id):
        names[voice.id] = names.get(voice.contributor_id or "") or voice.name or str(voice.number)
    return names
