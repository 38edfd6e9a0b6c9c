"""Voicing: who is heard in a recording; a voice is named once, and linked to a person of the story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from storybank.domain import names
from storybank.domain.contributor import Contributor
from storybank.domain.events import VoicesChanged
from storybank.domain.voice import Voice
from storybank.errors import Invalid, Refused
from storybank.ports import OpenWork, UnitOfWork
from storybank.services.correcting import Correcting
from storybank.services.edits import Edit
from storybank.words import say


@dataclass(frozen=True, slots=True)
class HeardVoice:
    """A voice, with what it is called and how much it says."""

    voice: Voice
    person: Contributor | None
    lines: int

    @property
    def name(self) -> str:
        """Return the person's name, or else what the voice is called; empty where nobody named it."""
        return self.person.name if self.person else self.voice.name


class Voicing:
    """Everything one can do to the voices of a recording."""

    def __init__(self, open_work: OpenWork, correcting: Correcting) -> None:
        self._open_work = open_work
        self._correcting = correcting

    def of_recording(self, recording_id: str) -> list[HeardVoice]:
        """Return a recording's voices in the order of their numbers."""
        with self._open_work() as work:
            said = work.voices.lines(recording_id)
            return [
                HeardVoice(voice, work.contributors.get(voice.contributor_id) if voice.contributor_id else None,
                           said.get(voice.id, 0))
                for voice in work.voices.of_recording(recording_id)
            ]

    def people(self, recording_id: str) -> list[Contributor]:
        """Return whose voice it can be: the people of the story."""
        with self._open_work() as work:
            story = work.stories.get(work.recordings.get(recording_id).story_id)
            there = dict.fromkeys(one.contributor_id for one in story.participants if one.audible)
            return [work.contributors.get(one) for one in there]

    def add(self, recording_id: str, name: str = "", contributor_id: str | None = None) -> Voice:
        """Put a voice on file, under the next number."""
        with self._open_work() as work:
            self._check_there(work, recording_id, contributor_id)
            taken = [voice.number for voice in work.voices.of_recording(recording_id)]
            number = next(n for n in range(1, len(taken) + 2) if n not in taken)
            voice = Voice(names.new_id(), recording_id, number, names.plain(name), contributor_id)
            work.voices.save(voice)
            work.record(VoicesChanged(recording_id))
            work.commit()
        return voice

    def rename(self, voice_id: str, name: str) -> Edit:
        """Plan to call a voice something else, wherever it speaks."""
        voice, plain = self._get(voice_id), names.plain(name)
        if not plain:
            raise Invalid(say("A voice needs a name."))
        return self._edit(voice, replace(voice, name=plain))

    def link(self, voice_id: str, contributor_id: str | None) -> Edit:
        """Plan to say whose voice it is; the person's name and consent then stand beside all it says."""
        voice = self._get(voice_id)
        with self._open_work() as work:
            self._check_there(work, voice.recording_id, contributor_id)
        return self._edit(voice, replace(voice, contributor_id=contributor_id))

    def give(self, line_ids: Sequence[str], voice_id: str | None) -> Edit:
        """Plan to say whose voice lines are; None takes it back."""
        return self._correcting.give(line_ids, voice_id)

    def give_to_the_end(self, line_id: str, voice_id: str) -> Edit:
        """Plan to give a voice this line and every one after it."""
        return self._correcting.give_to_the_end(line_id, voice_id)

    def remove(self, voice_id: str) -> None:
        """Take out a voice that says nothing and never did."""
        voice = self._get(voice_id)
        with self._open_work() as work:
            runs = work.transcripts.runs_of(voice.recording_id)
            if any(line.voice_id == voice_id for run in runs for line in work.transcripts.lines_of(run.id)):
                raise Refused(say("This voice says something, so it stays."), hint=say("Give its lines away first."))
            work.voices.remove(voice_id)
            work.record(VoicesChanged(voice.recording_id))
            work.commit()

    def _get(self, voice_id: str) -> Voice:
        with self._open_work() as work:
            return work.voices.get(voice_id)

    @staticmethod
    def _check_there(work: UnitOfWork, recording_id: str, contributor_id: str | None) -> None:
        """Refuse somebody who is not heard in the story: the gate would not ask them."""
        if contributor_id is None:
            return
        story = work.stories.get(work.recordings.get(recording_id).story_id)
        if contributor_id not in {one.contributor_id for one in story.participants if one.audible}:
            person = work.contributors.get(contributor_id)
            raise Refused(say("{person} is not among those heard in this story.", person=person.name),
                          hint=say("Add them to the story first, so that their consent is asked too."))

    def _edit(self, before: Voice, after: Voice) -> Edit:
        return Edit(say("Change voice"), partial(self._save, after), partial(self._save, before))

    def _save(self, voice: Voice) -> None:
        with self._open_work() as work:
            work.voices.save(voice)
            work.record(VoicesChanged(voice.recording_id))
            work.commit()
