"""The one place where parts are chosen and joined. Everything else takes what it is given.

Parts that are slow to load (ffmpeg's libraries, Word, the speech engines) are chosen when they are first needed,
so that opening the window or listing stories does not wait for them; hence the imports inside the properties.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from storybank import places
from storybank.errors import Unavailable
from storybank.jobs.hub import Hub
from storybank.jobs.runner import Lane, Runner
from storybank.persistence.library import Library, create_library, open_library
from storybank.persistence.store import FolderStore
from storybank.persistence.wishes import FileWishes
from storybank.persistence.work import SqlWork
from storybank.services.asking import Asking
from storybank.services.browsing import Browsing
from storybank.services.consenting import Consenting
from storybank.services.correcting import Correcting
from storybank.services.forms import Forms
from storybank.services.people import People
from storybank.services.proving import Proving
from storybank.services.quoting import Quoting
from storybank.services.renewing import Renewing
from storybank.services.searching import Searching
from storybank.services.surveying import Surveying
from storybank.services.voicing import Voicing
from storybank.services.withdrawing import Withdrawing
from storybank.words import Words, say
from ui.machine import author, engines, speech_models
from ui.press import Press
from ui.study import Study

if TYPE_CHECKING:
    from storybank.jobs.chain import Chain
    from storybank.ports import MediaTools, PaperWriter, SpeechModels
    from storybank.services.carrying import Carrying
    from storybank.services.checking import Checking
    from storybank.services.collecting import Collecting
    from storybank.services.comparing import Comparing
    from storybank.services.erasing import Erasing
    from storybank.services.glossing import Glossing
    from storybank.services.housekeeping import Housekeeping
    from storybank.services.measuring import Measuring
    from storybank.services.playing import Playing
    from storybank.services.preflight import Preflight
    from storybank.services.queueing import Queueing
    from storybank.services.relinking import Relinking
    from storybank.services.transcribing import Transcribing
    from ui.spelling import Spelling


def now() -> datetime:
    """Return the time on this machine, with its zone."""
    return datetime.now().astimezone()


class App(Press, Study):
    """The house, furnished: what the window and the command line are both handed."""

    def __init__(self, library: Library, clock: Callable[[], datetime] = now) -> None:
        self._library = library
        self._clock = clock
        self._at_the_end: list[Callable[[], None]] = []
        self.hub = Hub()
        self.runner = Runner(self.hub.publish)
        self.store = FolderStore(library.folder)
        self._open_work = partial(SqlWork, library, self.hub.publish, clock)
        self.browsing = Browsing(self._open_work, self.store, self._today, lambda: self.author)
        self.consenting = Consenting(self._open_work, self.store, clock)
        self.asking = Asking(self._open_work, self._today)
        self.author = author()
        self.correcting = Correcting(self._open_work, lambda: self.author)
        self.voicing = Voicing(self._open_work, self.correcting)
        self.quoting = Quoting(self._open_work, lambda: self.author)
        self.searching = Searching(self._open_work, self._today, lambda: self.author)
        self.people = People(self._open_work)
        self.forms = Forms(self._open_work)
        self.proving = Proving(self._open_work, self.store, clock)
        self.renewing = Renewing(self._open_work, self.consenting)
        self.surveying = Surveying(self._open_work, self.renewing)
        self._wishes = FileWishes(library.folder, places.home(), library.id)
        self.withdrawing = Withdrawing(self._open_work, self._wishes, lambda: self.papers, library.id, clock,
                                       self.store.drop_clips)
        self._keep_wishes()

    @property
    def title(self) -> str:
        """Return the library's own name."""
        return self._library.title

    @property
    def folder(self) -> Path:
        """Return the library's folder."""
        return self._library.folder

    @cached_property
    def media(self) -> MediaTools:
        """Return the room that knows ffmpeg."""
        from media.ffmpeg_media import FfmpegMedia

        return FfmpegMedia(self.store.folder / "derived" / "clips")

    @cached_property
    def models(self) -> SpeechModels:
        """Return the speech models on this machine, the demo's among them."""
        return speech_models()

    @cached_property
    def collecting(self) -> Collecting:
        """Return the service that brings recordings in."""
        from storybank.services.collecting import Collecting

        return Collecting(self._open_work, self.media, self.store, self._clock, self.withdrawing.was_erased)

    @cached_property
    def transcribing(self) -> Transcribing:
        """Return the service that asks an engine to listen."""
        from storybank.jobs.child import Apart, patience
        from storybank.services.transcribing import Transcribing

        apart = Apart(patience())
        self._at_the_end.append(apart.close)
        return Transcribing(self._open_work, engines(), self.models, apart, self.store, self._clock, self.hub.publish,
                            self.correcting)

    @cached_property
    def queueing(self) -> Queueing:
        """Return the service that keeps the queue of what is to be heard."""
        from storybank.jobs.awake import awake
        from storybank.services.queueing import Queueing

        return Queueing(self._open_work, self.transcribing, self._clock, self.hub.publish, awake)

    @cached_property
    def hearing(self) -> Chain:
        """Return the job that works on the queue; `go` sees that it does."""
        from storybank.jobs.chain import Chain

        queue = self.queueing
        return Chain(self.runner, Lane.SPEECH, queue.hear_next, queue.waits, queue.title)

    @cached_property
    def glossing(self) -> Glossing:
        """Return the service that knows how names and terms are written."""
        from storybank.services.glossing import Glossing

        return Glossing(self._open_work, self.correcting)

    @cached_property
    def spelling(self) -> Spelling:
        """Return the dictionaries, in a process of their own."""
        from ui.spelling import Spelling

        spelling = Spelling()
        self._at_the_end.append(spelling.close)
        return spelling

    @cached_property
    def preflight(self) -> Preflight:
        """Return the service that looks whether this computer is ready."""
        from media.machine import ThisMachine
        from storybank.jobs.child import in_child
        from storybank.services.preflight import Preflight

        return Preflight(self._open_work, ThisMachine(), self.models, in_child, self.store)

    @cached_property
    def comparing(self) -> Comparing:
        """Return the service that holds several runs side by side."""
        from storybank.services.comparing import Comparing

        return Comparing(self._open_work, self.correcting)

    @cached_property
    def measuring(self) -> Measuring:
        """Return the service that counts how far transcripts can be trusted."""
        from storybank.services.measuring import Measuring

        return Measuring(self._open_work)

    @cached_property
    def playing(self) -> Playing:
        """Return the service that helps the player."""
        from storybank.services.playing import Playing

        return Playing(self._open_work, self.media, self.store)

    @cached_property
    def relinking(self) -> Relinking:
        """Return the service that finds recordings again."""
        from storybank.services.relinking import Relinking

        return Relinking(self._open_work, self.store, self.media, self.withdrawing.was_erased)

    @cached_property
    def carrying(self) -> Carrying:
        """Return the service that takes transcripts out as files, and brings them in."""
        from exports.transcripts.formats import TranscriptFormats
        from storybank.services.carrying import Carrying

        return Carrying(self._open_work, TranscriptFormats(), self.exporting.transcript, self._clock,
                        lambda: self.author)

    @property
    def papers(self) -> PaperWriter:
        """Return the writer of forms, receipts and letters."""
        from exports.papers.writer import WordPapers

        return WordPapers(self.forms.organization().name, self._clock)

    @cached_property
    def erasing(self) -> Erasing:
        """Return the service that seals, anonymises and erases."""
        from storybank.persistence.erasure import LibraryErasure
        from storybank.services.erasing import Erasing

        erasure = LibraryErasure(self._library, self.store, self._clock)
        return Erasing(self._open_work, self.withdrawing, self._wishes, erasure, self._clock)

    def checking(self, words: Words) -> Checking:
        """Return the service that checks what lies about outside; it names places in the language of `words`."""
        from exports.reading.outside import ReaderApart
        from storybank.jobs.child import in_child
        from storybank.services.checking import Checking

        return Checking(self._open_work, ReaderApart(in_child, words), self._clock)

    @cached_property
    def housekeeping(self) -> Housekeeping:
        """Return the service that looks after the library itself."""
        from storybank.services.housekeeping import Housekeeping

        return Housekeeping(self._open_work, self.store, self._library.check)

    def close(self) -> None:
        """Stop every job, and leave the library in order."""
        self.runner.close()
        for end in self._at_the_end:
            end()
        self._library.close()

    def _keep_wishes(self) -> None:
        """See that an older copy of the library brings nothing back that somebody took away."""
        if self._library.read_only:
            if self.withdrawing.forgotten():
                raise Behind(say("This copy of the library is older than a withdrawal of consent."),
                             hint=say("Open it for writing once, and the withdrawal is put back."))
        else:
            self.erasing.keep_wishes(_Quiet())


class Behind(Unavailable):
    """A copy of a library that has forgotten a withdrawal, and may not be read before it is put back."""


class _Quiet:
    """A ticket for work that nobody watches."""

    def report(self, fraction: float, note: str = "") -> None:
        """Say nothing."""

    def check(self) -> None:
        """Never stop."""


def open_app(folder: Path, *, for_writing: bool = True, clock: Callable[[], datetime] = now) -> App:
    """Return the house around a library that exists; a copy that forgot a withdrawal is first reminded of it."""
    library = open_library(folder, now=clock, for_writing=for_writing)
    try:
        return App(library, clock)
    except Behind:
        library.close()
        open_app(folder, clock=clock).close()
        return App(open_library(folder, now=clock, for_writing=False), clock)
    except BaseException:
        library.close()
        raise


def create_app(folder: Path, title: str, clock: Callable[[], datetime] = now) -> App:
    """Make a library and return the house around it."""
    return App(create_library(folder, title, now=clock), clock)
