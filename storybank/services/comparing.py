"""Comparing: two runs over a recording side by side, and taking from one what it heard better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from storybank.domain.change import ChangeKind
from storybank.domain.comparison import Difference
from storybank.domain.events import TranscriptShown
from storybank.domain.quote import Quote
from storybank.domain.sidebyside import SideBySide
from storybank.domain.transcript import Span, TranscriptRun
from storybank.errors import NotFound, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.anchoring import move_quotes, put_back
from storybank.services.correcting import Correcting
from storybank.services.edits import Edit
from storybank.words import say


@dataclass(frozen=True, slots=True)
class ComparedRun:
    """A run over a recording, with what a list of runs shows."""

    run: TranscriptRun
    shown: bool
    """Whether it is the transcript that people see."""
    lines: int
    changes: int

    @property
    def speed(self) -> float | None:
        """Return how many seconds of the recording the engine heard in one; None where nobody knows."""
        begun = self.run.only.start_ms if self.run.only else 0
        return (self.run.heard_ms - begun) / self.run.spent_ms if self.run.spent_ms else None


class Comparing:
    """Everything one can do with several runs over one recording."""

    def __init__(self, open_work: OpenWork, correcting: Correcting) -> None:
        self._open_work = open_work
        self._correcting = correcting

    def runs(self, recording_id: str) -> list[ComparedRun]:
        """Return the runs over a recording that heard anything, oldest first."""
        with self._open_work() as work:
            shown = work.transcripts.shown(recording_id)
            found = [
                ComparedRun(run, shown is not None and run.id == shown.id, len(work.transcripts.lines_of(run.id)),
                            len(work.transcripts.changes(run.id)))
                for run in work.transcripts.runs_of(recording_id)
            ]
        return [one for one in found if one.lines or one.shown]

    def differences(self, recording_id: str, run_id: str) -> list[Difference]:
        """Return where another run wrote other words than the transcript people see, in order.

        Only the stretch that the other run heard is compared; case and punctuation do not count.
        """
        with self._open_work() as work:
            return list(_side_by_side(work, recording_id, run_id).differences())

    def take(self, recording_id: str, run_id: str, span: Span | None = None, *, over_corrected: bool = False) -> Edit:
        """Plan to put what another run heard in the place of the lines where it differs; without a span, everywhere.

        Lines that somebody corrected or reviewed stay as they are, unless `over_corrected`.
        """
        with self._open_work() as work:
            pair = _side_by_side(work, recording_id, run_id)
            wanted = [one for one in pair.differences() if span is None or _touch(one.span, span)]
            before, after = pair.taken(wanted, over_corrected=over_corrected)
        if not before:
            raise _nothing_to_take(wanted)
        return self._correcting.replace_lines(say("Take from another run"), ChangeKind.HEARD_AGAIN, before, after)

    def show(self, run_id: str) -> Edit:
        """Plan to let another run be the transcript that people see; quotes stand on its words then."""
        with self._open_work() as work:
            run = work.transcripts.run(run_id)
            former = work.transcripts.shown(run.recording_id)
            if run.only is not None or not work.transcripts.lines_of(run_id):
                raise Refused(say("This run heard only a part of the recording."),
                              hint=say("Take what it heard into the transcript instead."))
        stood: list[Quote] = []
        back = partial(self._show, former.id, stood, forth=False) if former else _stay
        return Edit(say("Use another transcript"), partial(self._show, run_id, stood, forth=True), back)

    def _show(self, run_id: str, stood: list[Quote], *, forth: bool) -> None:
        with self._open_work() as work:
            run = work.transcripts.run(run_id)
            work.transcripts.show(run_id)
            moved = move_quotes(work, run.recording_id, work.transcripts.lines_of(run_id))
            if forth:
                stood[:] = moved
            else:
                put_back(work, stood)
            work.record(TranscriptShown(run_id, run.recording_id))
            work.commit()


def _stay() -> None:
    """Do nothing: nobody saw another transcript before."""


def _nothing_to_take(wanted: Sequence[Difference]) -> Refused:
    if wanted:
        return Refused(say("People have put these lines right, so they stay as they are."),
                       hint=say("Say that they may be written over, if the other run is better all the same."))
    return Refused(say("The other run says the same here."))


def _touch(one: Span, other: Span) -> bool:
    return one.start_ms < other.end_ms and other.start_ms < max(one.end_ms, one.start_ms + 1)


def _side_by_side(work: UnitOfWork, recording_id: str, run_id: str) -> SideBySide:
    run, shown = work.transcripts.run(run_id), work.transcripts.shown(recording_id)
    if shown is None or run.recording_id != recording_id:
        raise NotFound(say("This recording has no transcript yet."))
    if shown.id == run_id:
        raise Refused(say("This is the transcript people see already."), hint=say("Choose another run."))
    heard = run.only or Span(0, max(run.heard_ms, 1))
    return SideBySide(work.transcripts.lines_of(shown.id), work.transcripts.lines_of(run_id), heard)
