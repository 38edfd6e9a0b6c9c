"""Asking all: what of every story may leave for a use, story by story and quote by quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storybank.domain.answer import no
from storybank.domain.clearance import Circle, ClearedQuote, Gate, LeftOut
from storybank.domain.permission import Permission, most_restrictive
from storybank.domain.quote import Quote
from storybank.domain.reasons import put_away
from storybank.domain.recording import Recording
from storybank.domain.story import Story
from storybank.domain.use import Act, Asked, Material
from storybank.errors import Refused
from storybank.ports import UnitOfWork
from storybank.services.circles import may_be_processed
from storybank.services.passages import Passages
from storybank.words import Sentence, say


@dataclass(frozen=True, slots=True)
class StoryAnswer:
    """What the gate said of one story: as a whole, and of its quotes."""

    circle: Circle
    recordings: tuple[Recording, ...]
    whole: Permission
    cleared: tuple[ClearedQuote, ...]
    left_out: tuple[LeftOut, ...]
    media: Permission
    """Whether the recording itself may go, to be seen and heard."""

    @property
    def story(self) -> Story:
        """Return the story."""
        return self.circle.story

    @property
    def may_go(self) -> bool:
        """Tell whether anything of it may leave: a transcript goes with passages, not where each of them may not."""
        return bool(self.cleared) or (self.whole.allowed and not self.left_out)

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Return why nothing of it may leave."""
        return self.left_out[0].reasons if self.whole.allowed and self.left_out else self.whole.reasons

    @property
    def permission(self) -> Permission:
        """Return what may be told of its people, whatever of it is read."""
        return most_restrictive([*([self.whole] if self.whole.allowed else []),
                                 *(one.permission for one in self.cleared)])

    def is_as_free_as(self, before: StoryAnswer) -> bool:
        """Tell whether nothing was taken back, narrowed or restricted since an answer was given."""
        now = {one.quote.id: one for one in self.cleared}
        return (
            self.whole.is_as_good_as(before.whole) and self.media.is_as_good_as(before.media)
            and set(self.circle.restrictions) <= set(before.circle.restrictions)
            and all(one.quote.id in now and now[one.quote.id].permission.is_as_good_as(one.permission)
                    for one in before.cleared)
        )  # fmt: skip


class AskingAll:
    """Puts one question about every story; within one unit of work."""

    def __init__(self, work: UnitOfWork, asked: Asked) -> None:
        self._work, self._asked = work, asked
        self._passages = Passages(work)
        self._gate = Gate(asked)
        self._seen = {kind: Gate(replace(asked, materials=(kind,))) for kind in (Material.VIDEO, Material.AUDIO)}

    def answers(self, story_ids: Sequence[str] | None = None) -> list[StoryAnswer]:
        """Return the answers for these stories, or for all; those that were put away are not spoken of."""
        stories = [story for story in self._work.stories.all()
                   if not put_away(story) and (story_ids is None or story.id in story_ids)]
        return [self._of(story) for story in stories]

    def of_use(self, circle: Circle, asked: Asked) -> bool:
        """Tell whether a story may be used as a whole for something else."""
        return Gate(asked).of_story(circle).allowed

    def _of(self, story: Story) -> StoryAnswer:
        circle, quotes = self._passages.circle(story.id), self._work.quotes.of_story(story.id)
        recordings = tuple(self._work.recordings.of_story(story.id))
        stop = may_be_processed(self._work, story.id, Act.TRANSCRIBE, self._asked.on)
        if not stop.allowed:
            return StoryAnswer(circle, recordings, stop, (), tuple(LeftOut(one, story, stop) for one in quotes), stop)
        whole = self._gate.of_story(circle)
        found = [self._ask(circle, quote, recordings) for quote in quotes]
        return StoryAnswer(
            circle, recordings, whole, tuple(one for one in found if isinstance(one, ClearedQuote)),
            tuple(one for one in found if isinstance(one, LeftOut)), self._media(circle, recordings, whole),
        )  # fmt: skip

    def _ask(self, circle: Circle, quote: Quote, recordings: Sequence[Recording]) -> ClearedQuote | LeftOut:
        answer = self._gate.of_quote(circle, quote)
        if not answer.allowed:
            return LeftOut(quote, circle.story, answer)
        try:
            recording = next(one for one in recordings if one.id == quote.recording_id)
            return self._gate.clear(circle, quote, recording, self._passages.free_text(quote))
        except Refused as refusal:
            return LeftOut(quote, circle.story, no(say("{why}", why=refusal.message)))

    def _media(self, circle: Circle, recordings: Sequence[Recording], whole: Permission) -> Permission:
        """Return whether the recordings may be seen and heard as they are."""
        if not whole.allowed:
            return whole
        pictures = any(recording.facts.video is not None for recording in recordings)
        answer = self._seen[Material.VIDEO if pictures else Material.AUDIO].of_story(circle)
        if not answer.allowed:
            return answer
        if not answer.features.voice or (pictures and not answer.features.face):
            return no(say("Somebody in it may not be seen or heard."))
        if circle.restrictions:
            return no(say("A stretch of it is restricted, and it would go as it is."))
        return answer
