"""Study: the parts of the house that researchers use: the codebook, coding, coverage, agreement, exchange.

Each is chosen when it is first needed, as everything that the window can open without.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ui.machine import suggestions_wanted

if TYPE_CHECKING:
    from pathlib import Path

    from storybank.persistence.store import FolderStore
    from storybank.ports import MediaTools, OpenWork
    from storybank.services.agreeing import Agreeing
    from storybank.services.cataloguing import Cataloguing
    from storybank.services.citing import Citing
    from storybank.services.codebook_carrying import CodebookCarrying
    from storybank.services.codebooks import Codebooks
    from storybank.services.collecting import Collecting
    from storybank.services.completing import Completing
    from storybank.services.concordancing import Concordances
    from storybank.services.covering import Covering
    from storybank.services.dossiers import Dossiers
    from storybank.services.exporting import Exporting
    from storybank.services.facetting import Facetting
    from storybank.services.holding import Holding
    from storybank.services.marking import Marking
    from storybank.services.noting import Noting
    from storybank.services.playing import Playing
    from storybank.services.projects import Projects
    from storybank.services.quoting import Quoting
    from storybank.services.searches import Searches
    from storybank.services.searching import Searching
    from storybank.services.shaping import Shaping
    from storybank.services.suggesting import Suggesting
    from storybank.services.synonyms import Synonyms
    from storybank.services.unfound import Unfound
    from storybank.services.withdrawing import Withdrawing
    from storybank.services.wording import Wording


class Study:
    """What `App` has besides, for those who code and count."""

    _open_work: OpenWork
    _clock: Callable[[], datetime]
    author: str
    quoting: Quoting
    searching: Searching
    store: FolderStore
    withdrawing: Withdrawing

    @property
    def exporting(self) -> Exporting:
        """Return the service that takes cleared quotes out; `App` has it."""
        raise NotImplementedError

    @property
    def collecting(self) -> Collecting:
        """Return the service that brings recordings in; `App` has it."""
        raise NotImplementedError

    @property
    def media(self) -> MediaTools:
        """Return the room that knows ffmpeg; `App` has it."""
        raise NotImplementedError

    @property
    def playing(self) -> Playing:
        """Return the service that helps the player; `App` has it."""
        raise NotImplementedError

    def _today(self) -> date:
        return self._clock().date()

    @cached_property
    def codebooks(self) -> Codebooks:
        """Return the service that keeps the codebook."""
        from storybank.services.codebooks import Codebooks

        return Codebooks(self._open_work)

    @cached_property
    def codebook_carrying(self) -> CodebookCarrying:
        """Return the service that takes codebooks out as files, and brings them in."""
        from exports.codebook.formats import CodebookFormats
        from storybank.services.codebook_carrying import CodebookCarrying

        return CodebookCarrying(self._open_work, CodebookFormats(), self._today)

    @cached_property
    def noting(self) -> Noting:
        """Return the service that keeps memos."""
        from storybank.services.noting import Noting

        return Noting(self._open_work, lambda: self.author)

    @cached_property
    def shaping(self) -> Shaping:
        """Return the service that moves and merges quotes."""
        from storybank.services.shaping import Shaping

        return Shaping(self._open_work, lambda: self.author)

    @cached_property
    def suggesting(self) -> Suggesting:
        """Return the service that suggests codes."""
        from storybank.services.suggesting import Suggesting

        return Suggesting(self._open_work, self._today, lambda: self.author, suggestions_wanted)

    @cached_property
    def dossiers(self) -> Dossiers:
        """Return the service that takes quotes out as tables, data and dossiers, and tables back in."""
        from exports.quotes.files import QuoteFormats
        from storybank.services.dossiers import Dossiers

        return Dossiers(self._open_work, self.exporting, QuoteFormats(), lambda: self.author)

    @cached_property
    def cataloguing(self) -> Cataloguing:
        """Return the service that tells others which stories there are."""
        from exports.catalogue import CatalogueFormats
        from storybank.services.cataloguing import Cataloguing

        return Cataloguing(self._open_work, self.collecting, CatalogueFormats(), self._clock)

    @cached_property
    def holding(self) -> Holding:
        """Return the service that tells how quotes stand on the transcripts of today."""
        from storybank.services.holding import Holding

        return Holding(self._open_work)

    @cached_property
    def wording(self) -> Wording:
        """Return the service that keeps shortened wordings and translations of quotes."""
        from storybank.services.wording import Wording

        return Wording(self._open_work, lambda: self.author)

    @cached_property
    def covering(self) -> Covering:
        """Return the service that counts what may be used."""
        from storybank.services.covering import Covering

        return Covering(self._open_work, self._today, lambda: self.author)

    @cached_property
    def agreeing(self) -> Agreeing:
        """Return the service that measures how far coders agree."""
        from storybank.services.agreeing import Agreeing

        return Agreeing(self._open_work, lambda: self.author)

    @cached_property
    def projects(self) -> Projects:
        """Return the service that exchanges projects with other programs."""
        from exports.refi.files import RefiProjects
        from storybank.services.projects import Projects

        return Projects(self._open_work, RefiProjects(), self.store, self._clock, self.media, self.playing.copy,
                        self.withdrawing.was_erased)

    @cached_property
    def facets(self) -> Facetting:
        """Return the service that counts what was found by facet."""
        from storybank.services.facetting import Facetting

        return Facetting(self._open_work, self._today, lambda: self.author)

    @cached_property
    def concordances(self) -> Concordances:
        """Return the service that tells found words in their company."""
        from storybank.services.concordancing import Concordances

        return Concordances(self._open_work, self._today)

    @cached_property
    def completing(self) -> Completing:
        """Return the service that helps with what to type."""
        from storybank.services.completing import Completing

        return Completing(self._open_work, self._today)

    @cached_property
    def unfound(self) -> Unfound:
        """Return the service that knows why nothing is found."""
        from storybank.services.unfound import Unfound

        return Unfound(self._open_work, self._today)

    @cached_property
    def searches(self) -> Searches:
        """Return the service that keeps saved searches."""
        from storybank.services.searches import Searches

        return Searches(self._open_work, self._today)

    @cached_property
    def marking(self) -> Marking:
        """Return the service that tags what was found."""
        from storybank.services.marking import Marking

        return Marking(self._open_work, self.quoting)

    @cached_property
    def citing(self) -> Citing:
        """Return the service that clears the words of what was found for somebody who copies them."""
        from storybank.services.citing import Citing

        return Citing(self._open_work, self._today)

    @cached_property
    def synonyms(self) -> Synonyms:
        """Return the service that keeps the words that mean the same to search."""
        from storybank.services.synonyms import Synonyms

        return Synonyms(self._open_work)

    def write_table(self, to: Path, rows: Sequence[Sequence[object]]) -> None:
        """Write a table as CSV, its first row the heading; a file that is there is not written over."""
        from exports.spreadsheets import write_csv
        from storybank.services.placing import check_free, put_in_place_last

        check_free(to)
        with put_in_place_last(to) as aside:
            write_csv(aside, [str(cell) for cell in rows[0]], rows[1:])
