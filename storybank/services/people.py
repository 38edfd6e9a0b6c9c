"""People: who is in the library, who decides for them, and who is in which story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storybank.domain import names
from storybank.domain.contributor import Citation, Contributor, ContributorKind, Guardian, Label
from storybank.domain.events import ContributorSaved, RestrictionsChanged, StoryDescribed
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing, Story
from storybank.domain.vocabulary import language_code, province_code
from storybank.errors import Invalid, NotFound
from storybank.ports import OpenWork
from storybank.services.circles import check_still_asked
from storybank.words import say


class People:
    """Everything one can do with people and communities."""

    def __init__(self, open_work: OpenWork) -> None:
        self._open_work = open_work

    def all(self) -> list[Contributor]:
        """Return everyone in the library."""
        with self._open_work() as work:
            return work.contributors.all()

    def find(self, name_or_code: str) -> Contributor:
        """Return the person of that short code or name; raise `NotFound`."""
        with self._open_work() as work:
            if person := work.contributors.find(name_or_code):
                return person
        raise NotFound(say("There is no person called {name} in this library.", name=name_or_code),
                       hint=say("`storybank people` lists everyone."))

    def add(self, name: str, *, role: str = "", stakeholder: str = "", organization: str = "", province: str = "",
            language: str = "en", kind: ContributorKind = ContributorKind.PERSON) -> Contributor:
        """Put a person or a community on file."""
        if not names.plain(name):
            raise Invalid(say("A person needs a name."))
        with self._open_work() as work:
            if stakeholder:
                work.codebook.code(stakeholder)
            person = Contributor(names.new_id(), work.next_code("person"), names.plain(name), role, stakeholder,
                                 organization, province_code(province), language_code(language), kind)
            work.contributors.save(person)
            work.record(ContributorSaved(person.id))
            work.commit()
        return person

    def save(self, person: Contributor) -> None:
        """Change what is known about a person."""
        with self._open_work() as work:
            work.contributors.get(person.id)
            work.contributors.save(person)
            work.record(ContributorSaved(person.id))
            work.commit()

    def put_under(self, person: Contributor, guardian: Guardian | None) -> Contributor:
        """Note who decides for a person, and what they say themselves."""
        if person.is_community and guardian:
            raise Invalid(say("{name} is a community, and decides for itself.", name=person.name))
        if guardian and not names.plain(guardian.name):
            raise Invalid(say("Say who decides for {person}.", person=person.name))
        return self._changed(replace(person, guardian=guardian))

    def label(self, community: Contributor, labels: Sequence[Label]) -> Contributor:
        """Give a community its labels and notices, to stand unaltered beside whatever is shared of it."""
        if not community.is_community:
            raise Invalid(say("{name} is not a community; labels are given by communities.", name=community.name))
        if any(not one.name.strip() or not one.text.strip() for one in labels):
            raise Invalid(say("A label needs its name and its text, as the community wrote them."))
        return self._changed(replace(community, labels=tuple(labels)))

    def cite(self, person: Contributor, citation: Citation | None) -> Contributor:
        """Note how an Elder or Knowledge Keeper is cited."""
        return self._changed(replace(person, citation=citation))

    def place(self, story_id: str, participants: Sequence[Participant]) -> Story:
        """Say who can be heard or seen in a story, and when, the speaker first."""
        with self._open_work() as work:
            story = work.stories.get(story_id)
            recordings = {recording.id for recording in work.recordings.of_story(story_id)}
            check_still_asked(work, story, [one.contributor_id for one in participants])
            for one in participants:
                work.contributors.get(one.contributor_id)
                if one.recording_id and one.recording_id not in recordings:
                    raise Invalid(say("That recording does not belong to story {code}.", code=story.code))
                if any(span.end_ms <= span.start_ms for span in one.spans):
                    raise Invalid(say("A stretch of time must end after it begins."))
            changed = replace(story, participants=tuple(participants))
            work.stories.save(changed)
            work.record(StoryDescribed(story.id))
            work.commit()
        return changed

    def share_with(self, story_id: str, communities: Sequence[str], sharing: Sharing = Sharing.ALL) -> Story:
        """Say which communities decide about a story beside its people: all of them, or any one."""
        with self._open_work() as work:
            for one in communities:
                if not work.contributors.get(one).is_community:
                    raise Invalid(say("{name} is a person and not a community.", name=work.contributors.get(one).name))
            changed = replace(work.stories.get(story_id), communities=tuple(communities), sharing=sharing)
            work.stories.save(changed)
            work.record(StoryDescribed(story_id))
            work.commit()
        return changed

    def restrict(self, recording_id: str, start_ms: int, end_ms: int, treatment: Treatment,
                 reason: str = "") -> Restriction:
        """Say that a stretch of a recording may not go out as it is."""
        with self._open_work() as work:
            recording = work.recordings.get(recording_id)
            if not 0 <= start_ms < end_ms <= recording.facts.duration_ms:
                raise Invalid(say("That stretch does not lie in {name}, which is {seconds} seconds long.",
                                  name=recording.original_name, seconds=recording.facts.duration_ms // 1000))
            restriction = Restriction(names.new_id(), recording_id, start_ms, end_ms, treatment, reason)
            work.restrictions.save(restriction)
            work.record(RestrictionsChanged(recording_id))
            work.commit()
        return restriction

    def free(self, restriction: Restriction) -> None:
        """Take a restriction back."""
        with self._open_work() as work:
            work.restrictions.remove(restriction.id)
            work.record(RestrictionsChanged(restriction.recording_id))
            work.commit()

    def restrictions(self, recording_ids: Sequence[str]) -> list[Restriction]:
        """Return what is not free in some recordings."""
        with self._open_work() as work:
            return work.restrictions.of_recordings(recording_ids)

    def _changed(self, person: Contributor) -> Contributor:
        self.save(person)
        return person
