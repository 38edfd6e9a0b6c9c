"""Erasing: what becomes of the recordings of somebody who withdrew - sealed, made anonymous, or gone for good."""

from __future__ import annotations

from collections.abc import Collection, Sequence, Set
from dataclasses import replace
from pathlib import PurePath

from storybank.domain import names
from storybank.domain.events import (
    CaseChanged,
    ContributorSaved,
    QueueChanged,
    RestrictionsChanged,
    StoryDescribed,
    StoryErased,
    VoicesChanged,
)
from storybank.domain.queue import QueueState
from storybank.domain.recall import CaseFile
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Story
from storybank.domain.withdrawal import Choice, TaskKind, TaskState, WithdrawalCase
from storybank.errors import Invalid
from storybank.ports import Clock, Erasure, OpenWork, Ticket, UnitOfWork, Wishes
from storybank.services.forgetting import forget_person, forget_words
from storybank.services.withdrawing import Withdrawing
from storybank.words import say

_LEAVES_LEAST = list(Choice).index
"""The choices are in that order: undecided, seal, anonymise, erase."""


class Erasing:
    """Carries out what was decided about the recordings."""

    def __init__(self, open_work: OpenWork, withdrawing: Withdrawing, wishes: Wishes, erasure: Erasure,
                 clock: Clock) -> None:
        self._open_work = open_work
        self._withdrawing = withdrawing
        self._wishes = wishes
        self._erasure = erasure
        self._clock = clock

    def carry_out(self, case_id: str, choice: Choice, ticket: Ticket) -> WithdrawalCase:
        """Seal, anonymise or erase the stories of a case, all of it or nothing, and note that it was done."""
        file = self._withdrawing.file(case_id)
        if file.case.uses:
            raise Invalid(say("Case {code} is about some uses only, so the recordings stay.", code=file.case.code),
                          hint=say("Open a case about the whole story if they are to go."))
        stories = [story for story in file.stories if not story.erased_on]
        ticket.check()
        if choice in (Choice.SEAL, Choice.ANONYMISE):
            self._wishes.add(replace(self._withdrawing.wish_of(file.case), choice=choice))
        if choice is Choice.SEAL:
            self._seal(stories)
        elif choice is Choice.ANONYMISE:
            self._anonymise(file, stories)
        elif choice is Choice.ERASE:
            self._erase(file, stories)
        else:
            raise Invalid(say("Choose what becomes of the recordings: seal, anonymise or erase."))
        ticket.report(1.0)
        return self._note(case_id, choice)

    def unseal(self, story_id: str) -> None:
        """Let a sealed story be found again, for somebody who agreed anew."""
        with self._open_work() as work:
            work.eraser.show_story(story_id)
            work.record(StoryDescribed(story_id))
            work.commit()

    def keep_wishes(self, ticket: Ticket) -> int:
        """Do again what an older copy of the library had forgotten, and finish what was cut off; return how many."""
        found = self._withdrawing.keep_wishes()
        chosen = self._chosen()
        for case in self._withdrawing.cases() if chosen else ():
            wish = self._withdrawing.wish_of(case)
            choice = chosen.get((wish.person, wish.at), Choice.UNDECIDED)
            still_open = any(t.kind is TaskKind.RECORDINGS and t.state is TaskState.OPEN for t in case.tasks)
            if choice is not Choice.UNDECIDED and (still_open or case.choice is not choice):
                self.carry_out(case.id, choice, ticket)
        return found

    def _chosen(self) -> dict[tuple[str, str], Choice]:
        """Return what was to become of the recordings, wish by wish: of several choices the one that leaves least."""
        chosen: dict[tuple[str, str], Choice] = {}
        for wish in self._wishes.all():
            choice = Choice.ERASE if wish.erase else wish.choice
            chosen[wish.person, wish.at] = max(chosen.get((wish.person, wish.at), choice), choice, key=_LEAVES_LEAST)
        return chosen

    def _seal(self, stories: Sequence[Story]) -> None:
        with self._open_work() as work:
            for story in stories:
                _leave_queue(work, story.id, (QueueState.PAUSED, QueueState.FAILED))
                work.eraser.hide_story(story.id)
                work.record(StoryDescribed(story.id))
            work.commit()
        self._forget()

    def _anonymise(self, file: CaseFile, stories: Sequence[Story]) -> None:
        """Take the names out of the stories, and silence and blur their recordings from end to end.

        The person's own details go where they want out altogether: in their other stories they keep their name.
        """
        with self._open_work() as work:
            self._forget_details(work, file, file.person.code)
            for story in stories:
                _leave_queue(work, story.id)
                self._take_names_away(work, story)
            work.commit()
        self._forget(hidden={story.id for story in stories})

    @staticmethod
    def _take_names_away(work: UnitOfWork, story: Story) -> None:
        slug = names.free_slug(story.code, {other.slug for other in work.stories.all() if other.id != story.id})
        work.stories.save(replace(work.stories.get(story.id), title=story.code, slug=slug, place=""))
        for recording in work.recordings.of_story(story.id):
            nameless = recording.code + PurePath(recording.original_name).suffix
            work.recordings.save(replace(recording, original_name=nameless))
            _take_names_from_transcripts(work, recording.id, recording.code)
            work.restrictions.save(Restriction(names.new_id(), recording.id, 0, recording.facts.duration_ms,
                                               Treatment.CUT))
            work.record(RestrictionsChanged(recording.id))

    def _erase(self, file: CaseFile, stories: Sequence[Story]) -> None:
        """Note the wish where no older copy can forget it, then leave no word."""
        self._wishes.add(replace(self._withdrawing.wish_of(file.case), erase=True, files=self._marks_of(stories)))
        gone: list[str] = []
        with self._open_work() as work:
            forget_words(work, stories)
            for story in stories:
                _leave_queue(work, story.id)
                gone += work.eraser.erase_story(story.id)
                work.record(StoryErased(story.id))
            self._forget_details(work, file, file.person.name)
            work.commit()
        self._forget(gone)

    def _marks_of(self, stories: Sequence[Story]) -> tuple[str, ...]:
        """Return the marks of the stories' files, so that none of them comes in again unnoticed."""
        with self._open_work() as work:
            files = [recording.sha256 for story in stories for recording in work.recordings.of_story(story.id)]
        return tuple(sorted(map(self._withdrawing.mark, files)))

    @staticmethod
    def _forget_details(work: UnitOfWork, file: CaseFile, name: str) -> None:
        """Leave of the person only what the proof needs: who it was, called by `name`."""
        if file.case.is_about_everything:
            person = work.contributors.get(file.person.id)
            forget_person(work, person)
            work.contributors.save(replace(person, name=name, role="", organization="", province="", citation=None))
            work.record(ContributorSaved(person.id))

    def _forget(self, gone: Sequence[str] = (), hidden: Set[str] = frozenset()) -> None:
        """Leave no trace of what is gone, and no picture of what is hidden."""
        with self._open_work() as work:
            sealed = hidden | {story.id for story in work.stories.all() if story.sealed_on or story.erased_on}
            recordings = work.recordings.all()
            proofs = [proof.place for consent in work.consents.all() for proof in consent.evidence]
        shown = [recording.id for recording in recordings if recording.story_id not in sealed]
        self._erasure.forget(gone, [*(r.place for r in recordings), *proofs], shown)

    def _note(self, case_id: str, choice: Choice) -> WithdrawalCase:
        with self._open_work() as work:
            case = work.cases.get(case_id)
            done = tuple(
                replace(task, state=TaskState.DONE, note=choice.value, done_at=self._clock().isoformat())
                if task.kind is TaskKind.RECORDINGS else task for task in case.tasks
            )
            case = replace(case, choice=choice, tasks=done)
            work.cases.save(case)
            work.record(CaseChanged(case.id))
            work.commit()
        return case


def _take_names_from_transcripts(work: UnitOfWork, recording_id: str, code: str) -> None:
    """Let voices be numbers, and files that were brought in be called after the recording."""
    for voice in work.voices.of_recording(recording_id):
        work.voices.save(replace(voice, name=""))
    for run in work.transcripts.runs_of(recording_id):
        if run.is_written:
            work.transcripts.save_run(replace(run, model=code + PurePath(run.model).suffix))
    work.record(VoicesChanged(recording_id))


def _leave_queue(work: UnitOfWork, story_id: str, among: Collection[QueueState] = tuple(QueueState)) -> None:
    """Take a story's recordings out of the queue, with the names that stand there.

    Those that wait may be left: they leave when their turn comes, with a word to whoever waits for them.
    """
    own = {recording.id for recording in work.recordings.of_story(story_id)}
    for entry in work.queue.all():
        if entry.recording_id in own and entry.state in among:
            work.queue.remove(entry.id)
            work.record(QueueChanged())
