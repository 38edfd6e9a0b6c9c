"""Details and history of a story: its file, who made the transcript, and what has happened."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storybank.domain.recording import Recording
from storybank.domain.speech import DEMO_MODEL
from storybank.domain.story import Story
from storybank.domain.transcript import RunState, TranscriptRun
from storybank.words import Words
from ui.parts.page import scrolled
from ui.parts.rows import clear
from ui.parts.said import N_, day, length, moment, weight
from ui.parts.text import label, note
from ui.theme import SPACE_1, SPACE_2, SPACE_3

Fact = tuple[str, str]

LANGUAGES = {"en": N_("English"), "fr": N_("French")}

STATES = {
    RunState.DONE: N_("finished"), RunState.RUNNING: N_("listening now"),
    RunState.CANCELLED: N_("stopped on request"), RunState.INTERRUPTED: N_("interrupted"),
}


class FactList(QWidget):
    """Names and values under one another; values can be selected and copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, SPACE_1, SPACE_2, 0)
        self._column.setSpacing(SPACE_1)
        self._shown: tuple[Fact, ...] = ()

    @property
    def text(self) -> str:
        """Return everything it says."""
        return "\n".join(f"{name}: {value}" for name, value in self._shown)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, each a name and a value."""
        if tuple(facts) == self._shown:
            return
        self._shown = tuple(facts)
        clear(self._column)
        for name, value in facts:
            self._column.addWidget(note(name))
            said = label(value, wrap=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setContentsMargins(0, 0, 0, SPACE_2)
            self._column.addWidget(said)
        self._column.addSpacing(SPACE_3)


class Facts(QWidget):
    """Facts that scroll, in one list or in several under one another."""

    shown = Signal()
    """Somebody looks at it."""

    def __init__(self) -> None:
        super().__init__()
        inner = QWidget()
        self._lists, self._own = QVBoxLayout(inner), FactList()
        self._lists.setContentsMargins(0, 0, 0, 0)
        self._lists.setSpacing(0)
        self._lists.addWidget(self._own)
        self._lists.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolled(inner))

    @property
    def text(self) -> str:
        """Return everything it says of its own."""
        return self._own.text

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these, each a name and a value."""
        self._own.show_facts(facts)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()

    def put_first(self, facts: QWidget) -> None:
        """Show another list, or a field, above its own."""
        self._lists.insertWidget(0, facts)


def file_facts(recording: Recording, file: Path, tr: Words) -> list[Fact]:
    """Return what is known about a recording's file."""
    facts, picture, sound = recording.facts, recording.facts.video, recording.facts.audio
    found = [
        (tr("File"), recording.original_name),
        (tr("Length and size"), f"{length(facts.duration_ms)} · {weight(recording.bytes, tr.language)}"),
    ]
    if picture:
        turned = " · " + tr("turned by {degrees}°", degrees=picture.rotation) if picture.rotation else ""
        found.append((tr("Picture"), f"{picture.codec} · {picture.width} × {picture.height} · "
                                     f"{picture.frame_rate:.3g} " + tr("pictures a second") + turned))
    if sound:
        found.append((tr("Sound"), f"{sound.codec} · {sound.sample_rate / 1000:g} kHz · "
                                   + tr.many("{n} channel", "{n} channels", sound.channels)))
    place = tr("Left where it was: {path}", path=str(file)) if recording.left_in_place else tr("In the library")
    return [*found, (tr("Container"), facts.container), (tr("Place"), place),
            (tr("Came in"), moment(recording.added_at, tr.language)), (tr("Number"), recording.code),
            (tr("SHA-256 of the original"), _in_groups(recording.sha256))]


def subtitle(story: Story, tr: Words) -> str:
    """Return what stands under a story's title: its number, when it was recorded, its language."""
    recorded = tr("recorded {day}", day=day(story.recorded_on, tr.language)) if story.recorded_on else ""
    language = tr(LANGUAGES.get(story.language, story.language))
    return " · ".join(part for part in (story.code, recorded, language) if part)


def demo_remark(tr: Words) -> str:
    """Return what must be known of a transcript that the demo model made."""
    return tr("Made by the demo model, which knows only the demo's own voices. For real recordings, add a real model "
              "in the settings.")


def transcript_facts(runs: Sequence[TranscriptRun], tr: Words) -> list[Fact]:
    """Return who made the transcript, the latest run first."""
    found = []
    for run in reversed(runs):
        when = moment(run.ended_at or run.started_at, tr.language)
        said = f"{run.engine} {run.engine_version} · {run.model}\n{tr(STATES[run.state])} · {when}"
        if run.model == DEMO_MODEL:
            said = f"{said}\n{demo_remark(tr)}"
        found.append((tr("Transcript"), said))
    return found


def _in_groups(digest: str) -> str:
    return " ".join(digest[i:i + 8] for i in range(0, len(digest), 8))
