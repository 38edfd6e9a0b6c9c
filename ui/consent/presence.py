"""Presence: who is in a story and when, which communities decide beside them, and what is not free in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from storybank.domain.contributor import Contributor
from storybank.domain.restriction import Restriction, Treatment
from storybank.domain.story import Participant, Sharing, Story
from storybank.words import Words
from ui.parts.buttons import link_button
from ui.parts.flow import Flow
from ui.parts.said import N_, timecode
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2

TREATMENTS = {
    Treatment.CUT: N_("left out altogether"), Treatment.MUTE: N_("silenced"),
    Treatment.BLUR: N_("made unrecognizable"), Treatment.REDACT: N_("words taken out"),
}
"""What is done with a stretch that is not free."""


class Presence(QWidget):
    """Lines to read, each with the way to change it."""

    changed_asked = Signal(object)
    """Somebody's part should be changed: a participant."""
    person_asked = Signal(object)
    community_asked = Signal(object)
    restriction_asked = Signal()
    freed = Signal(object)

    def __init__(self, tr: Words, story: Story, people: Mapping[str, Contributor],
                 restrictions: Sequence[Restriction]) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._tr = tr
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addWidget(label(tr("Who is in it"), "strong"))
        for one in story.participants:
            person = people[one.contributor_id]
            column.addLayout(self._line(person.name, presence_said(one, tr), tr("Change…"),
                                        partial(self.changed_asked.emit, one)))
        for key in story.communities:
            self._add_community(column, people[key], story)
        for restriction in restrictions:
            self._add_restriction(column, restriction)
        ways = Flow(gap=SPACE_1)
        for words, pressed in (
            (tr("Add a person…"), lambda: self.person_asked.emit(None)),
            (tr("Add a community…"), lambda: self.community_asked.emit(None)),
            (tr("Restrict a stretch…"), self.restriction_asked.emit),
        ):
            button = link_button(words, pressed)
            button.setStyleSheet("padding: 0 10px 0 0;")
            ways.addWidget(button)
        column.addLayout(ways)

    def _add_community(self, column: QVBoxLayout, community: Contributor, story: Story) -> None:
        tr = self._tr
        said = tr("decides beside the people in it")
        if len(story.communities) > 1:
            said = tr("one of the communities is enough") if story.sharing is Sharing.ANY else tr(
                "every community must agree")
        if community.labels:
            said += "\n" + tr("Labels: {labels}", labels=", ".join(one.name for one in community.labels))
        column.addLayout(self._line(community.name, said, tr("Change…"),
                                    lambda: self.community_asked.emit(community)))

    def _add_restriction(self, column: QVBoxLayout, restriction: Restriction) -> None:
        tr = self._tr
        said = tr(TREATMENTS[restriction.treatment])
        if restriction.reason:
            said = f"{said}: {restriction.reason}"
        span = f"{timecode(restriction.start_ms)}–{timecode(restriction.end_ms)}"
        column.addLayout(self._line(span, said, tr("Free again"), lambda: self.freed.emit(restriction)))

    def _line(self, name: str, said: str, way: str, pressed: Callable[[], object]) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, wrap=True))
        words.addWidget(note(said))
        button = link_button(way, pressed)
        button.setAccessibleName(f"{way} {name}")
        row = QHBoxLayout()
        row.addLayout(words, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row


def presence_said(one: Participant, tr: Words) -> str:
    """Return how somebody is in a story: `speaks, is seen · 00:10–00:20`."""
    said = [words for on, words in ((one.speaks, tr("speaks")), (one.audible and not one.speaks, tr("is heard")),
                                    (one.visible, tr("is seen"))) if on]
    how = ", ".join(said) or tr("is neither seen nor heard, so is not asked")
    when = ", ".join(f"{timecode(span.start_ms)}–{timecode(span.end_ms)}" for span in one.spans)
    return f"{how} · {when}" if when else how
