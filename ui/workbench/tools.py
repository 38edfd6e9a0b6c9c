"""Tools: what the workbench has beside the transcript itself, each put on the page of a story in one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from storybank.services.browsing import StoryView
from storybank.words import Words
from ui.parts.bridge import Bridge
from ui.player.playback import Playback
from ui.theme import Tokens
from ui.workbench.again import Again
from ui.workbench.compare import Compare
from ui.workbench.doubts import Doubts
from ui.workbench.files import TranscriptFilesTool
from ui.workbench.finder import Finder
from ui.workbench.glossary_bar import GlossaryTool
from ui.workbench.how import HowToListen
from ui.workbench.lookup import Lookup
from ui.workbench.quality import QualityTool
from ui.workbench.realign import Realign
from ui.workbench.revisions import Revisions
from ui.workbench.spelling import Spelling

if TYPE_CHECKING:
    from ui.story.page import StoryPage
    from ui.wiring import App


class Tool(Protocol):
    """A tool of the page: it puts its own action on the transcript's menu, and its bar or panel where it belongs."""

    def show_story(self, story: StoryView) -> None:
        """Be about this story now; asked again whenever something about it changed."""


class Tools:
    """Every tool of the page."""

    def __init__(self, page: StoryPage, app: App, tr: Words, tokens: Tokens, bridge: Bridge) -> None:
        self._all: list[Tool] = [Playback(page, app, tr, bridge)]
        lookup = Lookup(page.view, app, bridge)
        self._all += [Finder(page, app, tr), Doubts(page, app, tr, lookup), Spelling(page, app, tr, tokens, lookup),
                      GlossaryTool(page, app, tr, bridge), HowToListen(page, app, tr, tokens)]
        self._all.append(Again(page, app, tr, tokens, bridge))
        self._all.append(Realign(page, app, tr, bridge))
        self._all.append(TranscriptFilesTool(page, app, tr, bridge))
        self.compare, self.revisions = Compare(page, app, tr, tokens), Revisions(page, app, tr, tokens)
        self._all += [self.compare, self.revisions, QualityTool(page, app, tr)]

    def show_story(self, story: StoryView) -> None:
        """Let every tool be about this story."""
        for tool in self._all:
            tool.show_story(story)
