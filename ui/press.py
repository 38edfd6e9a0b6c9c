"""Press: the parts of the house that make what leaves it: drafts, briefs, kits, sites, templates, pages.

Each is chosen when it is first needed, as everything that the window can open without.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from storybank.jobs.runner import Lane
from storybank.words import say

if TYPE_CHECKING:
    from storybank.jobs.runner import Runner
    from storybank.persistence.store import FolderStore
    from storybank.ports import MediaTools, OpenWork, PageMaker, Proofreader
    from storybank.services.answering import Answering
    from storybank.services.building import Building
    from storybank.services.exporting import Exporting
    from storybank.services.issuing import Issuing
    from storybank.services.looking import Looks


class Press:
    """What `App` has besides, for those who make briefs, kits and sites."""

    _open_work: OpenWork
    _clock: Callable[[], datetime]
    author: str
    store: FolderStore
    runner: Runner

    @property
    def media(self) -> MediaTools:
        """Return the room that knows ffmpeg; `App` has it."""
        raise NotImplementedError

    @cached_property
    def exporting(self) -> Exporting:
        """Return the service that takes cleared quotes out."""
        from exports.briefs.brief import WordBrief
        from exports.kits.kit import FolderKit
        from storybank.services.exporting import Exporting

        briefs, kits = WordBrief(self.pages), FolderKit(self.media)
        return Exporting(self._open_work, briefs, kits, self.media, self.store, self._clock)

    @cached_property
    def building(self) -> Building:
        """Return the service that keeps drafts."""
        from storybank.services.building import Building

        return Building(self._open_work, lambda: self.author)

    @cached_property
    def answering(self) -> Answering:
        """Return the service that says how a draft stands: the gate's answers, counts, remarks, gaps."""
        from exports.briefs.brief import WordBrief
        from storybank.services.answering import Answering

        return Answering(self._open_work, self.exporting, WordBrief(), self.proofreader)

    @cached_property
    def issuing(self) -> Issuing:
        """Return the service that makes of a draft what leaves the house, and pages to look at before."""
        from exports.briefs.brief import WordBrief
        from exports.briefs.meeting_log import write_meeting_log
        from exports.cards.looking import CardPainting
        from exports.kits.bundler import KitBundler
        from exports.kits.kit import FolderKit
        from exports.sites.site import FolderSite
        from storybank.services.issuing import Issuing
        from storybank.services.making import BriefMaking, KitMaking

        briefs = BriefMaking(WordBrief(self.pages), self.pages, self.proofreader, write_meeting_log)
        kits = KitMaking(FolderKit(self.media), KitBundler(), CardPainting(self.media))
        return Issuing(self._open_work, self.exporting, self.building, self.answering, briefs, kits,
                       FolderSite(self.media), lambda name, kind: self.looks.path(name, kind), self.store)

    def refresh_sites_soon(self) -> None:
        """See that sites which somebody said stop to are made again without them, in a job of their own."""
        from storybank.services.refreshing import met_by_a_stop

        if met_by_a_stop(self._open_work):
            self.runner.start(Lane.FILES, lambda ticket: self.issuing.refresh_sites(ticket) and None,
                              say("Make sites again without whoever said stop"))

    @cached_property
    def proofreader(self) -> Proofreader:
        """Return the reader of what is going to be printed."""
        from exports.proofreading import WordProofs

        return WordProofs()

    @cached_property
    def looks(self) -> Looks:
        """Return the service that keeps the organisation's letterheads and themes."""
        from exports.looks.checking import LookFormats
        from storybank.services.looking import Looks

        return Looks(self.store.folder, LookFormats(self.pages), self._open_work)

    @cached_property
    def pages(self) -> PageMaker:
        """Return the maker of PDF pages."""
        from exports.pages.office import OfficePages

        return OfficePages()
