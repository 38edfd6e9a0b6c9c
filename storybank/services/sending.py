"""Sending: a coded library made into a project for other programs, with nothing in it that may not leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from storybank.domain.clearance import Circle, ClearedQuote
from storybank.domain.codebook import by_key
from storybank.domain.coding import UNKNOWN_CODER, Coding, Subject
from storybank.domain.permission import Permission
from storybank.domain.project import (
    ORIGIN,
    Case,
    Project,
    ProjectCoding,
    ProjectTranscript,
    ProjectUser,
    Selection,
    Source,
    Tally,
    excerpt,
    guid_of,
    initials_of,
    moment,
    user_of,
)
from storybank.domain.quote import Hold
from storybank.domain.recording import Recording
from storybank.domain.restriction import Treatment
from storybank.domain.speaking import Place, Spoken, spoken
from storybank.domain.transcript import Line
from storybank.domain.use import Asked
from storybank.ports import UnitOfWork
from storybank.services.asking_all import AskingAll, StoryAnswer
from storybank.services.jotting import Jotted, codebook
from storybank.services.own_words import that_may_leave
from storybank.services.telling_people import (
    Teller,
    about_person,
    about_story,
    name_of,
    standing,
    strictest,
    title_of,
    variables,
    withheld,
)
from storybank.words import say


@dataclass(frozen=True, slots=True)
class Parcel:
    """A project ready to be written, and what it rests on."""

    project: Project
    answers: tuple[StoryAnswer, ...]
    """Of the stories that are in it."""
    left_out: tuple[StoryAnswer, ...]
    losses: Tally
    media: dict[str, Recording]
    """The recordings that may be seen and heard, by what they are called in it."""


class Sending:
    """Makes a project; within one unit of work."""

    def __init__(self, work: UnitOfWork, asked: Asked) -> None:
        self._work, self._asked = work, asked
        self._asking = AskingAll(work, asked)
        codes = work.codebook.codes()
        self._codes = by_key(that_may_leave(work, codes, asked.uses, asked.on))
        self._kept_codes = len(codes) - len(self._codes)
        self._uses = work.codebook.uses()
        self._tally = Tally()
        self._used: set[str] = set()
        self._tellers: dict[str, Teller] = {}
        self._spoken_by: defaultdict[str, list[str]] = defaultdict(list)
        self._sources_of: defaultdict[str, list[str]] = defaultdict(list)
        self._quotes: set[str] = set()
        self._media: dict[str, Recording] = {}
        self._names_said: set[str] = set()

    def parcel(self, name: str, story_ids: Sequence[str] | None, version: str) -> Parcel:
        """Return everything that may leave, as one project."""
        answers = self._asking.answers(story_ids)
        going = [one for one in answers if one.may_go]
        self._tellers = _tellers(going)
        self._jotted = Jotted(self._work, {one.speaker.id for one in self._tellers.values() if one.is_named})
        sources = tuple(source for answer in going for source in self._sources(answer))
        if self._kept_codes:
            self._tally.add("Code", say("It is named in somebody's own words, which may not be used for this."),
                            count=self._kept_codes)
        first = {answer.story.id: guid_of(answer.recordings[0].id) for answer in going if answer.recordings}
        notes = tuple(self._jotted.notes(self._about(first)))
        self._used |= self._jotted.used
        project = Project(
            name, f"{ORIGIN} {version}".strip(), moment(self._work.moment), "", self._users(), codebook(self._codes),
            variables(self._uses), self._cases(), sources, notes,
        )  # fmt: skip
        return Parcel(project, tuple(going), tuple(one for one in answers if not one.may_go), self._tally, self._media)

    # ---- stories ---------------------------------------------------------------------------------------------

    def _sources(self, answer: StoryAnswer) -> list[Source]:
        people = self._people(answer.circle)
        told = [*about_story(answer.story), *standing(answer.permission, self._allowed(answer.circle))]
        codings = defaultdict(list)
        for coding in self._work.codings.of_story(answer.story.id):
            codings[coding.quote_id].append(coding)
        found = []
        for recording in answer.recordings:
            cleared = [one for one in answer.cleared if one.quote.recording_id == recording.id]
            if not answer.whole.allowed and not cleared:
                continue
            source = Source(guid_of(recording.id), title_of(answer.story, people), recording.facts.video is not None,
                            _obligations(answer), self._transcripts(answer, recording, cleared, people, codings),
                            values=tuple(told), at=moment(recording.added_at), media=_light_name(recording))
            found.append(source)
            for person in people:
                self._sources_of[person.speaker.id].append(source.id)
            self._say_of_media(answer, recording)
        if answer.story.place:
            self._tally.add("VideoSource", say("Where it was recorded."), answer.story.code)
        for left in answer.left_out:
            self._tally.add("TranscriptSelection", say("They may not be used for this."), left.quote.code)
        return found

    def _transcripts(self, answer: StoryAnswer, recording: Recording, cleared: Sequence[ClearedQuote],
                     people: Sequence[Teller], codings: dict[str, list[Coding]]) -> tuple[ProjectTranscript, ...]:
        run = self._work.transcripts.shown(recording.id)
        if run is None:
            return ()
        lines = self._work.transcripts.lines(recording.id)
        said = self._spoken(answer, recording, lines, cleared, people)
        selections = [one for quote in cleared for one in self._selection(quote, said, codings)]
        if not said.text:
            return ()
        self._tally.add("Transcript", say("When each word is said: lines and passages keep their times."),
                        answer.story.code)
        borders = [place for one in selections for place in (one.start, one.end) if place is not None]
        return (ProjectTranscript(guid_of(run.id), said.text, said.points(borders), tuple(selections)),)

    def _spoken(self, answer: StoryAnswer, recording: Recording, lines: Sequence[Line],
                cleared: Sequence[ClearedQuote], people: Sequence[Teller]) -> Spoken:
        restrictions = [one for one in answer.circle.restrictions if one.recording_id == recording.id]
        unknown = {line.id for line in lines if line.voice_id and line.speaker_id is None}
        cut = {line.id for line in lines for one in restrictions
               if one.treatment is Treatment.CUT and one.touches(line.start_ms, max(line.end_ms, line.start_ms + 1))}
        within = None if answer.whole.allowed else _words_of(lines, cleared)

        def may_be_read(place: Place) -> bool:
            return place[0] not in unknown and place[0] not in cut and (within is None or place in within)

        said = spoken(lines, restrictions, withheld(people, answer.story.language), may_be_read,
                      keep_empty=within is None)
        code = answer.story.code
        if unknown:
            self._tally.add("Transcript", say("Lines in voices that are nobody's yet."), code, len(unknown))
        if said.hidden:
            self._tally.add("Transcript", say("Words that are restricted or not cleared."), code, said.hidden)
        if said.withheld:
            self._tally.add("Transcript", say("Names and places that may not be told."), code, said.withheld)
            self._names_said.add(recording.id)
        if any(line.speaker_id for line in lines) and len(people) > 1:
            self._tally.add("Transcript", say("Who says each line; who says each passage is kept."), code)
        return said

    def _selection(self, cleared: ClearedQuote, said: Spoken,
                   codings: dict[str, list[Coding]]) -> list[Selection]:
        quote = cleared.quote
        span = said.span(quote.anchor)
        if span is None:
            self._tally.add("TranscriptSelection", say("Their words are not in the transcript any more."), quote.code)
            return []
        self._tell_losses(cleared)
        own = guid_of(quote.id)
        self._quotes.add(quote.id)
        self._spoken_by[cleared.speaker.id].append(own)
        given = tuple(self._coding(one) for one in codings.get(quote.id, ()) if one.code in self._codes)
        self._used.add(quote.made_by)
        short = excerpt(self._jotted.first_of(quote.id))
        return [Selection(own, *span, quote.start_ms, max(quote.end_ms, quote.start_ms), excerpt(
            said.text[slice(*span)]), short, given, user_of(quote.made_by), moment(quote.made_at))]

    def _coding(self, one: Coding) -> ProjectCoding:
        self._used.add(one.coder_id)
        if one.suggested:
            self._tally.add("Coding", say("Why Storybank suggested it."))
        code = guid_of(self._codes[one.code].guid)
        return ProjectCoding(guid_of(one.id), code, user_of(one.coder_id), moment(one.at))

    def _tell_losses(self, cleared: ClearedQuote) -> None:
        quote = cleared.quote
        lost = (
            (quote.important, say("That they are marked as important.")),
            (bool(quote.wording), say("How they read where they are shortened.")),
            (bool(quote.translations), say("Their translations.")),
            (quote.hold is not Hold.HOLDS, say("How they read when they were picked: the words have changed since.")),
        )
        for is_lost, why in lost:
            if is_lost:
                self._tally.add("TranscriptSelection", why, quote.code)

    def _say_of_media(self, answer: StoryAnswer, recording: Recording) -> None:
        name = _light_name(recording)
        if not answer.media.allowed:
            self._tally.add("VideoSource", say("Picture or voice may not be used for this."), answer.story.code)
        elif recording.id not in self._names_said:
            self._media[name] = recording
        else:
            self._tally.add("VideoSource", say("Names or places are heard in it that may not be told."),
                            answer.story.code)

    def _allowed(self, circle: Circle) -> dict[str, bool]:
        return {use.key: self._asking.of_use(circle, replace(self._asked, uses=(use,))) for use in self._uses}

    # ---- people, codes, notes ------------------------------------------------------------------------------------

    def _people(self, circle: Circle) -> list[Teller]:
        return [self._tellers[one] for one, person in circle.people.items() if not person.is_community]

    def _cases(self) -> tuple[Case, ...]:
        return tuple(
            Case(guid_of(one.speaker.id), name_of(one, self._codes), "",
                 (*about_person(one, self._codes), *standing(one.permission, {})),
                 tuple(self._sources_of[one.speaker.id]), tuple(self._spoken_by[one.speaker.id]))
            for one in self._tellers.values() if self._sources_of.get(one.speaker.id)
        )  # fmt: skip

    def _users(self) -> tuple[ProjectUser, ...]:
        known = [coder for coder in self._work.codings.coders() if coder.id in self._used]
        return tuple(ProjectUser(guid_of(one.id), one.name, initials_of(one.name)) for one in known
                     if one.id != UNKNOWN_CODER.id)

    def _about(self, first: dict[str, str]) -> dict[tuple[Subject, str], str]:
        """Return what a memo may be about: everything that is in the project, by what it is there."""
        found = {(Subject.LIBRARY, ""): ""}
        found |= {(Subject.QUOTE, one): guid_of(one) for one in self._quotes}
        found |= {(Subject.CODE, one.key): guid_of(one.guid) for one in self._codes.values()}
        found |= {(Subject.STORY, one): source for one, source in first.items()}
        return found | {(Subject.PERSON, one): guid_of(one) for one, its in self._sources_of.items() if its}


def _tellers(answers: Sequence[StoryAnswer]) -> dict[str, Teller]:
    """Return what may be told of each person, whichever of the stories that leave is read."""
    said: defaultdict[str, list[Permission]] = defaultdict(list)
    first: dict[str, StoryAnswer] = {}
    for answer in answers:
        for one in (key for key, person in answer.circle.people.items() if not person.is_community):
            said[one].append(answer.permission)
            first.setdefault(one, answer)
    return {one: Teller(first[one].circle.people[one], first[one].story, strictest(permissions))
            for one, permissions in said.items()}


def _words_of(lines: Sequence[Line], cleared: Sequence[ClearedQuote]) -> set[Place]:
    """Return the words that stand in cleared quotes."""
    order = {line.id: number for number, line in enumerate(lines)}
    found: set[Place] = set()
    for anchor in (one.quote.anchor for one in cleared):
        if anchor.first_line_id not in order or anchor.last_line_id not in order:
            continue
        first, last = order[anchor.first_line_id], order[anchor.last_line_id]
        for number in range(first, last + 1):
            line = lines[number]
            begin = anchor.first_word if number == first else 0
            end = anchor.last_word if number == last else max(len(line.words), len(line.text.split())) - 1
            found |= {(line.id, word) for word in range(begin, end + 1)}
    return found


def _obligations(answer: StoryAnswer) -> str:
    """Return what must stand beside a story: the labels of its communities, and people's own conditions."""
    labels = [f"{label.name}: {label.text}" for label in answer.circle.labels]
    return "\n".join([*labels, *answer.permission.conditions])


def _light_name(recording: Recording) -> str:
    return f"{guid_of(recording.id)}{'.m4a' if recording.facts.video is None else '.mp4'}"
