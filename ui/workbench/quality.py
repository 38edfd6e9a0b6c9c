"""Quality: how far the transcript can be trusted, under its head in words and in the details in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from storybank.domain.quality import Quality
from storybank.errors import StorybankError
from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.parts.text import note
from ui.story.details import LANGUAGES, Fact, FactList
from ui.theme import SPACE_4
from ui.workbench.measured import in_words, percent, share_in_words

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App

LONG = 9_000
"""Words in an hour of talk; more than that are counted only while somebody looks at the details."""


class QualityTool(QObject):
    """Counts again when the story changed, a moment later, so that nobody waits for it."""

    def __init__(self, page: StoryPage, app: App, tr: Words) -> None:
        super().__init__(page)
        self._page, self._app, self._tr = page, app, tr
        self._story: StoryView | None = None
        self.said = note("", wrap=True)
        self.said.setContentsMargins(SPACE_4, 0, SPACE_4, 0)
        self.said.hide()
        page.words.body.insertWidget(1, self.said)
        self.facts = FactList()
        page.details.put_first(self.facts)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.count)
        page.side.tabs.currentChanged.connect(self._soon.start)

    def show_story(self, story: StoryView) -> None:
        """Count a story's transcript soon."""
        self._story = story
        self._soon.start()

    def count(self) -> None:
        """Count now, unless that would take long and nobody looks."""
        story = self._story
        if story is None or not story.lines:
            self._show(None)
            return
        if sum(len(line.words) for line in story.lines) > LONG and not self.facts.isVisible():
            return
        try:
            self._show(self._app.measuring.quality(story.recordings[0].id))
        except StorybankError:
            self._show(None)  # it was put away in the meantime

    def _show(self, quality: Quality | None) -> None:
        said = in_words(quality, self._tr) if quality and quality.whole.reviewed else ""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.facts.setVisible(quality is not None)
        if quality is not None:
            self.facts.show_facts(self._facts(quality))

    def _facts(self, quality: Quality) -> list[Fact]:
        tr, whole = self._tr, quality.whole
        changed = percent(whole.changed / whole.words, tr) if whole.words else "–"
        rows = [
            (tr("Quality of the transcript"), in_words(quality, tr)),
            (tr("Words that people changed"), changed),
            *((name, share_in_words(share, tr)) for share in quality.by_voice for name in (share.name,)),
        ]
        if len(quality.by_language) > 1:
            rows += [(tr(LANGUAGES.get(share.name, share.name)), share_in_words(share, tr))
                     for share in quality.by_language]
        return [*rows, (tr("Still doubtful"), tr.many("{n} word", "{n} words", quality.doubtful)),
                (tr("To be listened to"), tr.many("{n} line", "{n} lines", quality.flagged)),
                (tr("Times worked out, not heard"), tr.many("{n} word", "{n} words", quality.estimated))]
