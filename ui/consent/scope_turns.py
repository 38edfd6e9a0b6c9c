"""Questions about the answer itself: what was answered, by whom, to which question, and about which stories."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from storybank.domain.consent import Consent, ConsentState, Role, Stage
from storybank.domain.contributor import Contributor
from storybank.domain.lists import StoryLine
from storybank.words import Words
from ui.consent.conversation import Turn
from ui.consent.options import OneOf
from ui.parts.fields import line_field, tick
from ui.parts.page import labelled
from ui.parts.text import note
from ui.theme import Tokens


class AnswerTurn(Turn):
    """Did they agree, were they asked, do they want time, did they say no?"""

    def __init__(self, tr: Words, tokens: Tokens, person: Contributor, state: ConsentState) -> None:
        super().__init__(tr, tokens, tr("What did {name} answer?", name=person.name))
        self.choice = OneOf(self.question, [
            (ConsentState.GIVEN.value, tr("They agreed")),
            (ConsentState.REQUESTED.value, tr("They were asked and have not answered")),
            (ConsentState.DEFERRED.value, tr("They want time to think")),
            (ConsentState.REFUSED.value, tr("They said no")),
        ], state.value)
        self.reason = line_field(tr("Did they say why? (optional)"))
        self._why = labelled(self.reason.accessibleName(), self.reason)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._why)
        self.choice.changed.connect(self._chose)
        self._chose()
        self.close_body()

    @property
    def state(self) -> ConsentState:
        """Return what the answer makes of the agreement."""
        return ConsentState(self.choice.key)

    def said(self) -> str:
        return self.choice.words

    def first(self) -> QWidget:
        return self.choice.current

    def _chose(self) -> None:
        self._why.setVisible(self.state in (ConsentState.DEFERRED, ConsentState.REFUSED))
        self.changed.emit()


class WhoTurn(Turn):
    """Who gave the answer: the person, their guardian, or whoever speaks for a community."""

    def __init__(self, tr: Words, tokens: Tokens, person: Contributor) -> None:
        super().__init__(tr, tokens, tr("Who gave the answer?"))
        self._person = person
        guardian = person.guardian
        name = guardian.name if guardian else ""
        relation = f" ({guardian.relation})" if guardian and guardian.relation else ""
        self.choice = OneOf(self.question, [
            (Role.GUARDIAN.value, f"{name}{relation}"), (Role.PERSON.value, person.name),
        ] if guardian else [(Role.PERSON.value, person.name)])
        self.choice.setVisible(not person.is_community)
        self.by = line_field(tr("Who spoke for the community, and with what right?"))
        self._spoke = labelled(self.by.accessibleName(), self.by)
        self._spoke.setVisible(person.is_community)
        self.body.addWidget(self.choice)
        self.body.addWidget(self._spoke)
        if guardian:
            self.body.addWidget(note(tr("A guardian decides, and the person is asked as well: a no of theirs counts "
                                        "whatever the guardian says.")))
        self.choice.changed.connect(self.changed)
        self.by.textChanged.connect(self.changed)
        self.close_body()

    @property
    def matters(self) -> bool:
        """Tell whether there is anything to ask."""
        return self._person.is_community or self._person.guardian is not None

    @property
    def role(self) -> Role:
        """Return in which role the answer was given."""
        return Role.COMMUNITY if self._person.is_community else Role(self.choice.key)

    @property
    def name(self) -> str:
        """Return who answered where it was not the person."""
        if self._person.is_community:
            return self.by.text().strip()
        return self._person.guardian.name if self._person.guardian and self.role is Role.GUARDIAN else ""

    def said(self) -> str:
        return (self.name or self._person.name) if self._person.is_community else self.choice.words

    def first(self) -> QWidget:
        return self.by if self._person.is_community else self.choice.current


class StageTurn(Turn):
    """To be recorded, or to have the recording used: two questions with two answers."""

    def __init__(self, tr: Words, tokens: Tokens, stage: Stage) -> None:
        super().__init__(tr, tokens, tr("What were they asked?"))
        self.choice = OneOf(self.question, [
            (Stage.RELEASE.value, tr("Whether their story may be used")),
            (Stage.RECORD.value, tr("Whether they may be recorded; the use is asked about later")),
        ], stage.value)
        self.body.addWidget(self.choice)
        self.choice.changed.connect(self.changed)
        self.close_body()

    @property
    def stage(self) -> Stage:
        """Return what the answer is about."""
        return Stage(self.choice.key)

    def said(self) -> str:
        return self.choice.words

    def first(self) -> QWidget:
        return self.choice.current


class StoriesTurn(Turn):
    """For all of their stories, only this one, or some."""

    ALL, ONE, SOME = "all", "one", "some"

    def __init__(self, tr: Words, tokens: Tokens, story: StoryLine, own: Sequence[StoryLine],
                 before: Consent | None) -> None:
        super().__init__(tr, tokens, tr("Which of their stories is it about?"))
        self._story = story
        options = [(self.ALL, tr("All of them, also those still to come")),
                   (self.ONE, tr("Only this one: {title}", title=story.title))]
        if len(own) > 1:
            options.append((self.SOME, tr("Some of them")))
        covered = before.story_ids if before else frozenset()
        chosen = self.ALL if not covered else self.ONE if covered == {story.id} else self.SOME
        self.choice = OneOf(self.question, options, chosen)
        self._boxes = QWidget()
        self._boxes.setObjectName("plain")
        column = QVBoxLayout(self._boxes)
        column.setContentsMargins(16, 0, 0, 0)
        column.setSpacing(0)
        self.boxes: dict[str, QCheckBox] = {}
        for line in own:
            self.boxes[line.id] = tick(line.title, on=line.id in (covered or {story.id}))
            self.boxes[line.id].toggled.connect(self.changed)
            column.addWidget(self.boxes[line.id])
        self.body.addWidget(self.choice)
        self.body.addWidget(self._boxes)
        self.choice.changed.connect(self._chose)
        self._chose()
        self.close_body()

    @property
    def story_ids(self) -> frozenset[str]:
        """Return the stories it is about; none for all."""
        if self.choice.key == self.ALL:
            return frozenset()
        if self.choice.key == self.ONE:
            return frozenset({self._story.id})
        return frozenset(key for key, box in self.boxes.items() if box.isChecked()) or frozenset({self._story.id})

    def said(self) -> str:
        if self.choice.key != self.SOME:
            return self.choice.words
        return ", ".join(box.text() for box in self.boxes.values() if box.isChecked()) or self._story.title

    def first(self) -> QWidget:
        return self.choice.current

    def _chose(self) -> None:
        self._boxes.setVisible(self.choice.key == self.SOME)
        self.changed.emit()
