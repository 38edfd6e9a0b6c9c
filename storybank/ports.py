"""The sockets of the house: what services need, and leave to others to provide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self, TypeVar

from storybank.domain.catalogue import CardRow, Catalogue
from storybank.domain.chain import Link
from storybank.domain.change import Change, ChangeKind
from storybank.domain.clearance import ClearedQuote
from storybank.domain.clip import ClipJob, Cut, Scene
from storybank.domain.codebook import Code, CodeKind
from storybank.domain.codebook_sheet import CodebookSheet
from storybank.domain.coding import Coder, Coding, Memo, Settled, Subject
from storybank.domain.commission import Brief, Kit, Site
from storybank.domain.consent import Consent
from storybank.domain.contributor import Contributor
from storybank.domain.document import Document
from storybank.domain.dossier import Dossier, QuoteRow
from storybank.domain.draft import Draft, DraftVersion
from storybank.domain.events import Event
from storybank.domain.export import Export, ExportedFile, ExportStatus, Order
from storybank.domain.found import Beside, Concordance, Facet
from storybank.domain.glossary import GlossaryEntry
from storybank.domain.lists import ExportLine, HistoryLine, StoryLine
from storybank.domain.notice import Notice
from storybank.domain.project import Project, ProjectManner
from storybank.domain.query import Hit, Query, Stretch
from storybank.domain.queue import QueueEntry
from storybank.domain.quote import Anchor, Quote
from storybank.domain.readiness import Memory, Processor, Trial
from storybank.domain.recall import CaseFile
from storybank.domain.receipt import Organization, Receipt
from storybank.domain.recording import MediaFacts, Recording
from storybank.domain.remark import LookReport, Remark
from storybank.domain.restriction import Restriction
from storybank.domain.saved import Mark, Ring, SavedSearch
from storybank.domain.sheet import USUAL, Manner, Sheet
from storybank.domain.speech import Hearing, KnownModel, Listening, SpeechModel
from storybank.domain.story import Story
from storybank.domain.transcript import Chunk, Line, Passage, RunState, Segment, Span, TranscriptRun, Word
from storybank.domain.use import Term, TermKind, Use
from storybank.domain.voice import Voice
from storybank.domain.withdrawal import Wish, WithdrawalCase
from storybank.words import Sentence

T = TypeVar("T")


class Ticket(Protocol):
    """A job's line back to whoever ordered it."""

    def report(self, fraction: float, note: str = "") -> None:
        """Say how far the work is, 0 to 1, with a few words about it."""

    def check(self) -> None:
        """Raise `Cancelled` if the user asked to stop."""


Clock = Callable[[], datetime]
"""Tells the time, with its zone; handed in, so that a test can live on any day."""


# ---- the library file -------------------------------------------------------------------------------------------


class Contributors(Protocol):
    """The people whose voices the library holds."""

    def get(self, contributor_id: str) -> Contributor: ...
    def find(self, name_or_code: str) -> Contributor | None:
        """Return the person of that id, short code or exact name (case and accents ignored)."""

    def all(self) -> list[Contributor]: ...
    def save(self, contributor: Contributor) -> None: ...


class Stories(Protocol):
    """The reflections that the library holds."""

    def get(self, story_id: str) -> Story: ...
    def find(self, code_or_slug: str) -> Story:
        """Return the story of that id, short code or slug; raise `NotFound` with what to do."""

    def all(self) -> list[Story]: ...
    def of_contributor(self, contributor_id: str) -> list[Story]: ...
    def save(self, story: Story) -> None: ...
    def lines(self) -> list[StoryLine]:
        """Return what a list of stories shows, without the gate's answer, in the order they came in."""


class Recordings(Protocol):
    """The media files that the library holds or points at."""

    def get(self, recording_id: str) -> Recording: ...
    def of_story(self, story_id: str) -> list[Recording]: ...
    def with_hash(self, sha256: str) -> Recording | None: ...
    def all(self) -> list[Recording]: ...
    def save(self, recording: Recording) -> None: ...


class Consents(Protocol):
    """The agreements on file. Saving may add events, provisions and proofs, never take any away."""

    def get(self, consent_id: str) -> Consent:
        """Return the agreement of that identifier or short code; raise `NotFound`."""

    def of(self, contributor_id: str) -> list[Consent]:
        """Return a person's consents, oldest first."""

    def all(self) -> list[Consent]: ...
    def save(self, consent: Consent) -> Consent:
        """Write an agreement, its new events linked to the chain, and return it as it now lies there."""

    def chain(self) -> list[Link]:
        """Return every event of every consent, in the order they happened."""

    def head(self) -> tuple[int, str]:
        """Return place and hash of the newest event, as noted beside the chain."""

    def keep_receipt(self, receipt: Receipt, record: Mapping[str, object]) -> None: ...
    def receipts_of(self, consent_id: str) -> list[Mapping[str, object]]:
        """Return the receipts given for an agreement, oldest first."""


class Notices(Protocol):
    """The consent forms, version by version; none ever changes."""

    def get(self, notice_id: str) -> Notice:
        """Return the notice of that identifier or name (`voices 2026-11 (fr)`); raise `NotFound`."""

    def all(self) -> list[Notice]: ...
    def add(self, notice: Notice) -> None: ...


class Cases(Protocol):
    """The withdrawals, and what is still to be done for each."""

    def get(self, case_id: str) -> WithdrawalCase:
        """Return the case of that identifier or short code; raise `NotFound`."""

    def all(self) -> list[WithdrawalCase]: ...
    def save(self, case: WithdrawalCase) -> None: ...


class Restrictions(Protocol):
    """Stretches of recordings that may not go out as they are."""

    def of_recordings(self, recording_ids: Sequence[str]) -> list[Restriction]: ...
    def all(self) -> list[Restriction]: ...
    def save(self, restriction: Restriction) -> None: ...
    def remove(self, restriction_id: str) -> None: ...


class House(Protocol):
    """Who keeps the library, and the lists that decisions are made of."""

    def organization(self) -> Organization: ...
    def save_organization(self, organization: Organization) -> None: ...
    def terms(self, kind: TermKind | None = None) -> list[Term]: ...
    def save_term(self, term: Term) -> None: ...
    def save_use(self, use: Use) -> None: ...


class Eraser(Protocol):
    """Takes words out so that none are left in the database: the one place that deletes what was said."""

    def hide_story(self, story_id: str) -> None:
        """Take a story out of what search reads and lists show; its words stay, sealed."""

    def show_story(self, story_id: str) -> None:
        """Let a sealed story be found again."""

    def forget_code(self, key: str) -> None:
        """Delete a code with everything that names it: what has it, memos about it, and what happened to it."""

    def erase_story(self, story_id: str) -> list[str]:
        """Delete every word of a story, and return the places of its files, which nothing else uses."""


class Transcripts(Protocol):
    """Runs of the engines, their journal, and the lines on top."""

    def run(self, run_id: str) -> TranscriptRun: ...
    def runs_of(self, recording_id: str) -> list[TranscriptRun]:
        """Return the runs over a recording, oldest first."""

    def in_state(self, state: RunState) -> list[TranscriptRun]: ...
    def save_run(self, run: TranscriptRun) -> None: ...
    def journal(self, run_id: str, chunk: Chunk) -> None:
        """Add a finished chunk with its segments and words; a chunk that is there already is refused."""

    def segments(self, run_id: str) -> list[Segment]:
        """Return what the engine heard, untouched, in order."""

    def speech(self, run_id: str) -> list[Span]:
        """Return where somebody speaks, as the voice detection of that run heard."""

    def shown(self, recording_id: str) -> TranscriptRun | None:
        """Return the run that people see."""

    def show(self, run_id: str) -> None:
        """Let people see this run; the others over its recording lie beside it from now on."""

    def lines(self, recording_id: str) -> list[Line]:
        """Return the transcript as people see it: the lines that stand, in order."""

    def lines_of(self, run_id: str) -> list[Line]:
        """Return the lines of a run that stand, in order."""

    def stretch(self, recording_id: str, first_id: str, last_id: str, beside: int = 0) -> list[Line]:
        """Return the lines from one to another as people see them, with some on each side; none where one is gone."""

    def lines_as_of(self, run_id: str, number: int) -> list[Line]:
        """Return every line of a run as it stood after a change; those it had not yet, or no more, are marked gone."""

    def line(self, line_id: str) -> Line:
        """Return the line of that identifier, of whichever run, gone or not."""

    def run_of(self, line_id: str) -> str:
        """Return the run that a line belongs to."""

    def revise(self, run_id: str, after: Sequence[Line], author: str, kind: ChangeKind) -> Change:
        """Bring lines to a new state, as one change; every earlier state stays, and the engine's words are untouched.

        Lines that are not on file yet are added. Lines that did not change are passed over.
        """

    def changes(self, run_id: str) -> list[Change]:
        """Return a transcript's changes, oldest first."""

    def changed_since(self, run_id: str, number: int) -> list[Line]:
        """Return the lines, gone or not, that changes after `number` touched."""

    def last_change(self, run_id: str) -> int:
        """Return the number of a transcript's latest change; 0 where nobody changed anything."""

    def neighbours(self, line_id: str) -> tuple[Line | None, Line | None]:
        """Return the lines that stand before and after a line."""


class Voices(Protocol):
    """Who is heard in each recording."""

    def of_recording(self, recording_id: str) -> list[Voice]:
        """Return a recording's voices in the order of their numbers."""

    def lines(self, recording_id: str) -> dict[str, int]:
        """Return how many lines each voice says in the transcript that people see."""

    def get(self, voice_id: str) -> Voice: ...
    def save(self, voice: Voice) -> None:
        """Write a voice; whose it is then stands beside every line and quote that it says."""

    def remove(self, voice_id: str) -> None:
        """Take out a voice that says nothing."""


class Glossary(Protocol):
    """The names and terms that must be written right."""

    def all(self) -> list[GlossaryEntry]: ...
    def save(self, entry: GlossaryEntry) -> None: ...
    def remove(self, entry_id: str) -> None: ...


class Queue(Protocol):
    """The recordings that wait to be heard."""

    def all(self) -> list[QueueEntry]:
        """Return the queue in its order."""

    def get(self, entry_id: str) -> QueueEntry: ...
    def save(self, entry: QueueEntry) -> None: ...
    def remove(self, entry_id: str) -> None: ...
    def held(self) -> bool:
        """Tell whether somebody paused all of it."""

    def hold(self, held: bool) -> None:
        """Remember that all of it is paused, or not any more."""


class Quotes(Protocol):
    """The quotes that people picked."""

    def get(self, quote_id: str) -> Quote: ...
    def find(self, code: str) -> Quote:
        """Return the quote of that id or short code; raise `NotFound`."""

    def of_story(self, story_id: str) -> list[Quote]:
        """Return a story's quotes in the order they are said."""

    def near(self, quote: Quote) -> list[Quote]:
        """Return the other quotes of a recording that are said while a quote is, or just before or after."""

    def at(self, anchor: Anchor) -> list[Quote]:
        """Return the quotes of exactly the words of an anchor."""

    def all(self) -> list[Quote]: ...
    def speakers(self, story_id: str = "") -> Mapping[str, frozenset[str]]:
        """Return for each story, or for one, who speaks in its quotes."""

    def in_unknown_voices(self, story_id: str | None = None) -> frozenset[str]:
        """Return the quotes, of one story or of all, that begin in a line whose voice is nobody's yet."""

    def save(self, quote: Quote) -> None:
        """Write a quote; codings of codes it has no more go, a code that nobody gave it is put down to nobody known."""

    def add(self, new: Sequence[Quote]) -> None:
        """Write quotes that are not on file yet, without codes, all at once."""

    def remove(self, quote_id: str) -> None:
        """Take a quote out, with its codings and translations."""


class Codings(Protocol):
    """Who gave which quote which code, and who is done with what."""

    def coders(self) -> list[Coder]: ...
    def coder(self, name: str) -> Coder:
        """Return the coder of that name, put on file now where they are not yet."""

    def save_coder(self, coder: Coder) -> None: ...
    def of_quote(self, quote_id: str) -> list[Coding]:
        """Return a quote's codings, oldest first."""

    def of_story(self, story_id: str) -> list[Coding]: ...
    def with_code(self, key: str) -> list[Coding]: ...
    def all(self) -> list[Coding]: ...
    def recent(self, coder_id: str, most: int) -> list[str]:
        """Return the codes that somebody gave last, each once, oldest first."""

    def add(self, new: Sequence[Coding]) -> None:
        """Write codings that are not on file yet, all at once."""

    def put(self, quote_id: str, wanted: Sequence[Coding]) -> None:
        """Let a quote have exactly these codings."""

    def tagged(self) -> list[tuple[str, str, str]]:
        """Return each code with each quote that somebody gave it, and that quote's story."""

    def exchange(self, taken: Sequence[Coding], given: Sequence[Coding]) -> None:
        """Take these codings out and put those in, thousands at once; what would stand there twice is left out.

        So is what belongs to a quote that is not there any more.
        """

    def finished(self) -> Mapping[str, frozenset[str]]:
        """Return for each recording the coders who have said they are done with it, by identifier."""

    def finish(self, coder_id: str, recording_id: str, finished: bool) -> None: ...
    def settled(self) -> list[Settled]:
        """Return what was decided where coders differed, oldest first."""

    def settle(self, decision: Settled) -> None: ...
    def unsettle(self, decision_id: str) -> None: ...


class Memos(Protocol):
    """The notes people write beside things."""

    def get(self, memo_id: str) -> Memo: ...
    def about(self, subject: Subject, about_id: str) -> list[Memo]:
        """Return the memos about something, oldest first."""

    def all(self) -> list[Memo]: ...
    def save(self, memo: Memo) -> None: ...
    def remove(self, memo_id: str) -> None: ...


class Drafts(Protocol):
    """Briefs, kits and sites while they are being written, version by version."""

    def get(self, draft_id: str) -> Draft: ...
    def find(self, code: str) -> Draft:
        """Return the draft of that short code or identifier that was not removed; raise `NotFound`."""

    def all(self) -> list[Draft]:
        """Return the drafts that were not removed, the latest saved first."""

    def every(self) -> list[Draft]:
        """Return every version of every draft, removed ones too."""

    def save(self, draft: Draft, author: str, *, keep: bool = False) -> Draft:
        """Write over the newest version, or the next where that one is kept; return the draft as it was saved."""

    def keep(self, draft_id: str) -> None:
        """See that the newest version is never written over."""

    def versions(self, draft_id: str) -> list[DraftVersion]: ...
    def version(self, draft_id: str, version: int) -> Draft: ...
    def set_removed(self, draft_id: str, removed: bool) -> None: ...
    def rewrite(self, draft: Draft) -> None:
        """Write a version anew, kept or not: only for taking somebody's name out of it."""


class Searches(Protocol):
    """The searches that were saved."""

    def all(self) -> list[SavedSearch]: ...
    def save(self, search: SavedSearch) -> None: ...
    def remove(self, search_id: str) -> None: ...


class Rings(Protocol):
    """The synonyms that search knows."""

    def all(self) -> list[Ring]: ...
    def save(self, ring: Ring) -> None: ...
    def remove(self, ring_id: str) -> None: ...


class Codebook(Protocol):
    """The organisation's own lists, and the uses that people are asked about."""

    def codes(self, kind: CodeKind | None = None) -> list[Code]:
        """Return the codes in the codebook's order."""

    def code(self, key: str) -> Code: ...
    def save(self, code: Code) -> None: ...
    def save_all(self, codes: Sequence[Code]) -> None:
        """Write many codes at once, new or known."""

    def remove(self, key: str) -> None:
        """Take a code out that nothing is tagged with and that no other stands under."""

    def uses(self) -> list[Use]: ...
    def use(self, key: str) -> Use:
        """Return the use of that key; raise `Invalid` naming the keys there are."""


class Ledger(Protocol):
    """Everything that ever left the house."""

    def get(self, export_id: str) -> Export: ...
    def all(self) -> list[Export]: ...
    def lines(self) -> list[ExportLine]: ...
    def save(self, export: Export) -> None: ...
    def set_status(self, export_id: str, status: ExportStatus) -> None:
        """Note what became of an export; everything else about it stays."""


class Index(Protocol):
    """The full-text index, kept by the same transactions that change what it reads."""

    def search(self, query: Query, story_ids: Sequence[str] | None, most: int, offset: int = 0) -> list[Hit]:
        """Return hits in the order asked for; `story_ids` narrows to those stories, None means all.

        Never fails on any query.
        """

    def count(self, query: Query, story_ids: Sequence[str] | None) -> tuple[int, int]:
        """Return how many hits there are, and in how many stories."""

    def kinds(self, query: Query, story_ids: Sequence[str] | None) -> Mapping[str, int]:
        """Return how many of each kind answer, whichever kinds are asked for; quotes count beside their passages."""

    def stretches(self, story_ids: Sequence[str]) -> list[Stretch]:
        """Return the passages and quotes of stories, without their words."""

    def said_by_strangers(self) -> list[Stretch]:
        """Return the passages and quotes of somebody who is not on record as being in the story."""

    def state(self) -> tuple[int, int]:
        """Return what is different as soon as anything in the library is."""


class Facets(Protocol):
    """Counts of what was found."""

    def count(self, query: Query, story_ids: Sequence[str] | None) -> Mapping[str, tuple[Facet, ...]]:
        """Return `FACETS` with their values, most hits first; each counts as if its own boxes were not checked."""

    def by_story(self, query: Query, story_ids: Sequence[str] | None = None) -> Mapping[str, int]:
        """Return how many hits each story has."""

    def owners(self, query: Query, owner_ids: Collection[str]) -> Mapping[str, str]:
        """Return which of these passages and quotes are hits, with the story that each is of."""

    def marks(self, query: Query, story_ids: Sequence[str] | None, most: int) -> list[Mark]:
        """Return where hits are, so that they can be known again: no more than `most`, and none of their words."""


class Places(Protocol):
    """The places where found words stand."""

    def of(
        self, query: Query, story_ids: Sequence[str] | None, beside: Beside, most: int, width: int
    ) -> Concordance:
        """Return the places where a query's words stand, sorted by a word beside them."""


class WordsThere(Protocol):
    """The words that the index knows."""

    def beginning(self, begun: str, most: int) -> list[str]:
        """Return words that begin so, the most frequent first, as they are mostly written."""

    def nearest(self, word: str, most: int) -> list[str]:
        """Return words that are written much like one, the likeliest first, as they are mostly written."""


class UnitOfWork(Protocol):
    """One all-or-nothing change to the library; leaving without `commit` leaves no trace."""

    @property
    def contributors(self) -> Contributors: ...
    @property
    def stories(self) -> Stories: ...
    @property
    def recordings(self) -> Recordings: ...
    @property
    def consents(self) -> Consents: ...
    @property
    def transcripts(self) -> Transcripts: ...
    @property
    def voices(self) -> Voices: ...
    @property
    def glossary(self) -> Glossary: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def quotes(self) -> Quotes: ...
    @property
    def codings(self) -> Codings: ...
    @property
    def memos(self) -> Memos: ...
    @property
    def searches(self) -> Searches: ...
    @property
    def rings(self) -> Rings: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def codebook(self) -> Codebook: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def index(self) -> Index: ...
    @property
    def facets(self) -> Facets: ...
    @property
    def places(self) -> Places: ...
    @property
    def words_there(self) -> WordsThere: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def restrictions(self) -> Restrictions: ...
    @property
    def house(self) -> House: ...
    @property
    def eraser(self) -> Eraser: ...

    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    @property
    def moment(self) -> str:
        """When this work was opened, as ISO 8601 in UTC."""

    def next_code(self, kind: str) -> str:
        """Return the next short code of a kind (`story`, `quote`…); numbers are never used twice."""

    def next_codes(self, kind: str, count: int) -> list[str]:
        """Return as many short codes of a kind, one after the other."""

    def history(self, about: str = "", most: int = 200) -> list[HistoryLine]:
        """Return what happened, latest first; `about` narrows to one identifier."""

    def record(self, event: Event) -> None:
        """Note what happened: it is written with the change, and told once both are safe."""

    def commit(self) -> None: ...


OpenWork = Callable[[], UnitOfWork]


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the library took in: where it lies, relative to the library folder, and what it weighs."""

    place: str
    sha256: str
    bytes: int


class Store(Protocol):
    """The library's folder of files: originals by their hash, and what is derived from them."""

    @property
    def folder(self) -> Path:
        """The library's own folder."""

    def take_in(self, file: Path, ticket: Ticket) -> KeptFile:
        """Copy a file into `media/` under its SHA-256: as part, fsync, rename, directory fsync; all or nothing.

        Raises `Unavailable` when the disk is full, `Damaged` when the file changes or breaks off while it is read.
        """

    def weigh(self, file: Path, ticket: Ticket) -> KeptFile:
        """Return what `take_in` would, for a file that stays where it is; `place` is its absolute path."""

    def discard(self, kept: KeptFile) -> None:
        """Remove a file that was taken in and turned out not to belong; one that stays outside is left alone."""

    def path(self, place: str) -> Path:
        """Return where a kept file lies on this machine."""

    def derived(self, name: str) -> Path:
        """Return the path of a file that can be rebuilt, such as `posters/<recording id>.jpg`; its folder exists."""

    def drop_clips(self, places: Iterable[str]) -> None:
        """Remove the clips that were kept of recordings; they are made again where that is allowed."""

    def tidy(self, known_places: Iterable[str]) -> list[str]:
        """Remove what an interrupted import left behind, and return the names; files of known places are kept."""


# ---- sound and pictures -----------------------------------------------------------------------------------------


class MediaTools(Protocol):
    """What ffmpeg and its libraries do for us. Every file named is on this machine; nothing is fetched."""

    def probe(self, file: Path) -> MediaFacts:
        """Look inside a media file; raise `Invalid`, `Damaged` or `Unavailable` with the plain reason.

        Its own reason each for: an empty file, a file that is no media, one cut off (the container promises
        more than can be read), one without sound, one that may not be read.
        """

    def poster(self, file: Path, facts: MediaFacts, to: Path) -> None:
        """Write a JPEG still, 640 pixels wide, that shows the person; a recording without picture writes none."""

    def still(self, file: Path, at_ms: int, to: Path, width: int = 1080) -> None:
        """Write the picture at a moment as PNG."""

    def waveform(self, file: Path, ticket: Ticket) -> Sequence[float]:
        """Return the loudness of the recording, 0 to 1, fifty values a second."""

    def clip(self, file: Path, cut: Cut, to: Path, ticket: Ticket) -> None:
        """Write a cut as MP4, exact to the frame, metadata removed, put in place last."""

    def clips(self, jobs: Sequence[ClipJob], ticket: Ticket) -> None:
        """Write several clips, as many at a time as this machine has cores; each is kept, and encoded once only."""

    def sound(self, file: Path, cut: Cut, to: Path, ticket: Ticket) -> None:
        """Write the sound of a cut as the ending of `to` says (MP3, WAV, M4A): 48 kHz, -16 LUFS, metadata removed."""

    def reel(self, scenes: Sequence[Scene], to: Path, ticket: Ticket) -> None:
        """Join pictures and films into one MP4 of 1920 by 1080 that can be shown in a loop, put in place last."""

    def describe(self, file: Path, title: str, rights: str, xmp: str) -> None:
        """Write credit and terms into an MP4, MP3, WAV or M4A, and `xmp` where it can be held; nothing else in it."""

    def proxy(self, file: Path, to: Path, ticket: Ticket) -> None:
        """Write a light copy for listening and looking: upright, an even frame rate, sound levelled to -16 LUFS.

        Its moments are those of the original, to the frame; it is put in place last.
        """


class Transcriber(Protocol):
    """Turns speech into timed words. Runs in a process of its own, so an instance can be pickled."""

    @property
    def engine(self) -> str: ...
    @property
    def version(self) -> str: ...

    def listen(
        self, recording: Path, model: SpeechModel, how: Listening, span: Span, first_index: int
    ) -> Iterator[Hearing | Segment | Chunk]:
        """Yield how it will listen, then segments as they are heard, and at least once a minute of sound a `Chunk`.

        Listening begins at the span's start, where an earlier run was journalled to; the first chunk has
        `first_index`, each begins where the one before ended, and the last ends with the span. Times are of the
        recording. Raises `Unavailable` when the engine or the model cannot be used.
        """

    def align(
        self, recording: Path, model: SpeechModel, passages: Sequence[Passage]
    ) -> Iterator[tuple[str, tuple[Word, ...]]]:
        """Yield for each passage its id and its own words, unaltered, with the times at which the model hears them.

        A passage in which nothing can be timed comes back with the words it had.
        """


class RunApart(Protocol):
    """Runs a generator in a process of its own, which a stopped ticket ends at once."""

    def __call__(self, task: Callable[..., Iterable[T]], *arguments: object, ticket: Ticket) -> Iterator[T]: ...


class SpeechModels(Protocol):
    """The speech models on this machine."""

    @property
    def folder(self) -> Path:
        """The folder they lie in."""

    def all(self) -> list[SpeechModel]: ...
    def find(self, name: str | None = None) -> SpeechModel:
        """Return the model of that name, or the one this person chose, or the best there is.

        Raises `Unavailable` saying how to get one.
        """

    def add(self, folder_or_zip: Path, name: str | None, ticket: Ticket) -> SpeechModel:
        """Copy a model in from a folder, a zip or a .pt file, after checking every file it needs."""

    def catalogue(self) -> tuple[KnownModel, ...]:
        """Return the models that can be downloaded, the smallest first, with what to expect of each."""

    def offered(self) -> Mapping[str, int]:
        """Return the models that can be downloaded, with their size in bytes."""

    def download(self, name: str, ticket: Ticket) -> SpeechModel:
        """Fetch a model over the network; what came before a break or a stop is used again."""

    def remove(self, name: str) -> None: ...
    def leftovers(self) -> int:
        """Return how many bytes downloads and imports that were broken off have left."""

    def remove_leftovers(self) -> int:
        """Remove what was broken off; return how many bytes that freed."""


class Machine(Protocol):
    """This computer: what it has, and how it does. An instance can be pickled: what may crash is tried apart."""

    def processor(self) -> Processor: ...
    def memory(self) -> Memory: ...
    def room(self, folder: Path) -> int:
        """Return the free bytes of the disk that a folder lies on, or would lie on."""

    def ffmpeg(self) -> str:
        """Run ffmpeg on a second of sound and return its version; raise what went wrong."""

    def try_out(self, model: SpeechModel) -> Iterator[Trial]:
        """Let an engine hear half a minute with a model; raise `Unavailable` when it cannot."""

    def measure(self) -> Iterator[Trial]:
        """Let the engine hear half a minute with a model of known cost, which knows nothing."""


# ---- what leaves the house --------------------------------------------------------------------------------------


class BriefWriter(Protocol):
    """Writes a policy brief as a Word file."""

    def told_in(self, brief: Brief, order: Order) -> Order: ...
    def write(self, brief: Brief, order: Order, to: Path, ticket: Ticket) -> None: ...


WriteLog = Callable[[Brief, Order, Path], None]
"""Writes the log that goes along with a one-pager: who, when, what was promised, what follows."""


class KitWriter(Protocol):
    """Writes a campaign kit as a folder; returns the SHA-256 of its manifest."""

    def write(self, kit: Kit, order: Order, to: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> tuple[str, tuple[ExportedFile, ...]]:
        """Write the kit; return the SHA-256 of its manifest, and each file with its hash and the quotes in it."""


class Bundler(Protocol):
    """Packs a kit for its way."""

    def zip(self, folder: Path, to: Path, ticket: Ticket) -> None:
        """Write a folder as a zip: the same bytes for the same content."""

    def bag(self, folder: Path, to: Path, made_at: str, organisation: str, kit_id: str, ticket: Ticket) -> None:
        """Write a copy of a folder as a BagIt bag (RFC 8493)."""


class CardPainter(Protocol):
    """Draws the quote cards of a kit, to be looked at in the house."""

    def paint(self, kit: Kit, order: Order, folder: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> list[Path]:
        """Draw a card for each quote as PNG into a folder; return them in the order of the quotes."""


class SiteWriter(Protocol):
    """Writes the Voices microsite as a folder that any web host, or none, can serve."""

    def write(self, site: Site, order: Order, to: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> tuple[str, tuple[ExportedFile, ...]]:
        """Write the site; return the SHA-256 of its manifest, and each file with its hash and the quotes in it."""


class PageMaker(Protocol):
    """Makes pages of documents: what a reader will hold (LibreOffice, where it is installed)."""

    def why_not(self) -> Sentence | None:
        """Return why no pages can be made on this machine, with what to do; None when they can."""

    def pdf(self, document: Path, to: Path, ticket: Ticket) -> int:
        """Write a Word file as PDF/UA, the same bytes for the same file; return its pages; raise `Unavailable`."""

    def pictures(self, pdf: Path, folder: Path, width: int = 1000) -> list[Path]:
        """Write each page of a PDF as PNG, so many pixels wide; return them in order."""


class Proofreader(Protocol):
    """Reads what is going to be printed as its readers will."""

    def words(self, document: Path) -> int:
        """Return how many words a Word file has, everything counted that Word counts."""

    def quote(self, cleared: ClearedQuote) -> str:
        """Return a cleared quote as it will be read."""

    def credit(self, cleared: ClearedQuote, language: str, codebook: Sequence[Code]) -> str:
        """Return how its speaker will be named."""

    def faults(self, document: Path) -> tuple[Remark, ...]:
        """Return what keeps somebody from reading a Word file who cannot see it."""


class LookFiles(Protocol):
    """Checks what gives the organisation its own look: letterheads (Word) and themes of cards (JSON)."""

    def check_letterhead(self, untrusted_file: Path) -> LookReport:
        """Return what a letterhead holds and what is wrong with it, in plain words; never raises for its content."""

    def check_theme(self, untrusted_file: Path) -> LookReport:
        """Return what a theme holds and what is wrong with it, in plain words."""

    def companions(self, theme_file: Path) -> tuple[Path, ...]:
        """Return the files beside a theme that it needs: its logo and its typefaces."""

    def sample(self, letterhead: Path, to: Path, language: str) -> None:
        """Write a short made-up brief on a letterhead, to be looked at."""

    def sample_card(self, theme: Path, to: Path, language: str) -> None:
        """Write a made-up quote card in a theme as PNG, to be looked at."""


class PaperWriter(Protocol):
    """Writes the papers of consent as Word files: what people sign, keep and are told."""

    def notice(self, notice: Notice, uses: Sequence[Use], to: Path) -> None:
        """Write a consent form, to be printed and signed."""

    def receipt(self, receipt: Receipt, on: date, to: Path) -> None:
        """Write a receipt in the language of the person."""

    def letters(self, file: CaseFile, on: date, folder: Path) -> list[Path]:
        """Write, in English and French, the letter to the person, one to each recipient, and the stop-use notice."""


class TranscriptFiles(Protocol):
    """Writes transcripts for other programs, and reads theirs: SRT, VTT, TXT, DOCX, JSON and OHMS XML."""

    def write(self, sheet: Sheet, to: Path, manner: Manner = USUAL) -> None:
        """Write in the format that the file's ending names; raise `Invalid` naming the formats there are."""

    def read(self, untrusted_file: Path) -> Sheet:
        """Return what a file says; raise `Invalid` or `Damaged` with the reason in plain words."""

    def read_text(self, untrusted_text: str) -> Sheet:
        """Return what a text says that was pasted, whichever of the formats it is in."""


class QuoteFiles(Protocol):
    """Writes cleared quotes with all that is known of them, and reads tables of them back: CSV, XLSX, JSON, Word."""

    def check(self, to: Path) -> None:
        """Raise `Invalid` naming the formats there are, where the file's ending names none."""

    def write(self, dossier: Dossier, to: Path) -> None:
        """Write in the format that the file's ending names."""

    def read(self, untrusted_file: Path) -> list[QuoteRow]:
        """Return the rows of a CSV, XLSX or JSON file; raise `Invalid` or `Damaged` with the reason."""


class CatalogueFiles(Protocol):
    """Writes what is known about stories as Dublin Core (CSV) and JSON-LD, and reads both back."""

    def check(self, to: Path) -> None:
        """Raise `Invalid` naming the formats there are, where the file's ending names none."""

    def write(self, catalogue: Catalogue, to: Path) -> None: ...
    def read(self, untrusted_file: Path) -> list[CardRow]:
        """Return the rows of such a file; raise `Invalid` or `Damaged` with the reason."""


class ProjectFiles(Protocol):
    """Writes and reads projects as other programs for coding exchange them (QDPX)."""

    @property
    def largest_inside(self) -> int:
        """How many bytes a recording may have that goes into a project."""

    def write(self, project: Project, to: Path, manner: ProjectManner, media: Mapping[str, Path],
              ticket: Ticket) -> None:
        """Write a project, check it, and read it back; `media` are the recordings that go into it, by their names."""

    def read(self, untrusted_file: Path, ticket: Ticket) -> Project:
        """Return what a project says, with what of it cannot be kept; raise `Invalid` or `Damaged` with the reason."""

    def copy_media(self, untrusted_file: Path, name: str, to: Path, ticket: Ticket) -> bool:
        """Copy a recording out of a project to a path of ours; tell whether it was there."""


class CodebookFiles(Protocol):
    """Writes codebooks for other programs, and reads theirs: REFI-QDA (QDC), CSV and XLSX."""

    def write(self, codes: Sequence[Code], to: Path, language: str) -> None:
        """Write in the format that the file's ending names; QDC has one name a code, in `language`."""

    def read(self, untrusted_file: Path, language: str) -> CodebookSheet:
        """Return what a file says, names without a language taken for `language`; raise with the plain reason."""


class DocumentReader(Protocol):
    """Reads what lies about outside: Word files, PDFs, kit folders and zips, none of them trusted."""

    def read(self, untrusted_file: Path, ticket: Ticket) -> Document:
        """Return the texts, our identifiers and the hashes in it; raise `Invalid` or `Damaged` with the reason."""


class Erasure(Protocol):
    """What is left to do on disk when words were erased."""

    def forget(self, gone: Sequence[str], kept: Sequence[str], recording_ids: Sequence[str]) -> None:
        """Remove the files at `gone` and any that no kept place names, and what was derived of other recordings.

        The database's log is emptied, and older copies of it are replaced by one of today.
        """


class Wishes(Protocol):
    """Withdrawals kept outside the database, in the library's folder and on this machine."""

    def add(self, wish: Wish) -> None: ...
    def all(self) -> list[Wish]: ...
    def spread(self) -> None:
        """See that every place knows every wish."""


Today = Callable[[], date]
