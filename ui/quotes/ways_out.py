"""Ways out: what the Quotes page writes as files, what each asks first, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from storybank.domain.project import Loss, MediaManner, ProjectManner
from storybank.ports import Ticket
from storybank.services.placing import check_free
from storybank.words import Sentence, Words
from ui.parts.said import N_

if TYPE_CHECKING:
    from ui.wiring import App

TABLE, DATA, DOSSIER, CATALOGUE, PROJECT, CODEBOOK = "table", "data", "dossier", "catalogue", "project", "codebook"


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of file: what it is called, what it is good for, its endings, and what is asked first."""

    key: str
    says: str
    about: str
    file: str
    """What the file is called unless somebody says otherwise, without its ending."""
    kinds: tuple[tuple[str, str], ...]
    """What each ending is called, and the ending."""
    use: str
    """The use that is asked about unless somebody says otherwise; empty where none need be."""
    asks: frozenset[str]
    """Of `recipient`, `language`, `notes`, `context`, `titles`, `media`, `texts`."""

    def placed(self, name: str, chosen: str = "") -> Path:
        """Return where it goes: a name without an ending of its own gets the one of the kind that was chosen."""
        to, endings = Path(name), [ending for _name, ending in self.kinds]
        if to.suffix.lower() in endings:
            return to
        ending = next((one for one in endings if one in chosen), endings[0])
        return to.with_name(to.name + ending)

    @property
    def filters(self) -> str:
        """Return its endings as a file dialog asks for them."""
        return ";;".join(f"{name} (*{ending})" for name, ending in self.kinds)


_OF_QUOTES = frozenset({"recipient", "language", "notes", "context"})
WAYS = (
    Way(TABLE, N_("Quotes as a table (CSV, XLSX)…"), N_("A row for each quote, with its codes and where it was said."),
        N_("quotes"), (("CSV", ".csv"), ("Excel", ".xlsx")), "research", _OF_QUOTES),
    Way(DATA, N_("Quotes as data (JSON)…"), N_("Everything about each quote, for programs of your own."), N_("quotes"),
        (("JSON", ".json"),), "research", _OF_QUOTES),
    Way(DOSSIER, N_("Dossier in Word…"), N_("Quotes by theme, to write from. It stays inside."), N_("dossier"),
        (("Word", ".docx"),), "government_brief", _OF_QUOTES),
    Way(CATALOGUE, N_("Stories for a catalogue (Dublin Core, JSON-LD)…"), N_("Which stories there are, without their"
        " words."), N_("stories"), (("Dublin Core CSV", ".csv"), ("JSON-LD", ".jsonld")), "research",
        frozenset({"recipient", "language", "titles"})),
    Way(PROJECT, N_("Project for NVivo, ATLAS.ti, MAXQDA (QDPX)…"), N_("Transcripts, quotes and codes, to go on coding"
        " there."), N_("project"), (("QDPX", ".qdpx"),), "research", frozenset({"recipient", "media", "texts"})),
    Way(CODEBOOK, N_("Codebook (QDC)…"), N_("The codes alone. Those in somebody's own words go only for a use that"
        " allows it."), N_("codebook"), (("QDC", ".qdc"),), "", frozenset({"language"})),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody said about a file before it is written."""

    use: str
    recipient: str = ""
    language: str = "en"
    notes: bool = False
    context: bool = False
    titles: bool = False
    media: MediaManner = MediaManner.NONE
    texts: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written: how much of each kind, who was left out and why, and what the other side does not get."""

    place: Path
    code: str = ""
    """Of its line in the ledger."""
    quotes: int | None = None
    stories: int | None = None
    codes: int | None = None
    left_out: tuple[tuple[str, tuple[Sentence, ...]], ...] = ()
    losses: tuple[Loss, ...] = ()


def write(app: App, way: Way, wish: Wish, to: Path, ticket: Ticket) -> Outcome:
    """Write a file; it is called in the language it is written in."""
    words = Words(wish.language)
    if way.key == CODEBOOK:
        check_free(to)
        done = app.codebook_carrying.export(to, wish.language, wish.use)
        return Outcome(to, codes=done.codes, left_out=tuple((one.name, (one.why,)) for one in done.left_out))
    if way.key == PROJECT:
        return _project(app, wish, to, ticket)
    if way.key == CATALOGUE:
        made = app.cataloguing.make(words("Stories"), [wish.use], to, ticket, language=wish.language,
                                    titles=wish.titles, recipient=wish.recipient)
        return Outcome(to, made.code, stories=len(made.items), left_out=made.left_out)
    made = app.dossiers.make(words("Quotes"), None, [wish.use], to, ticket, language=wish.language, notes=wish.notes,
                             context=wish.context, recipient=wish.recipient)
    return Outcome(to, made.code, quotes=len(made.items), left_out=made.left_out)


def _project(app: App, wish: Wish, to: Path, ticket: Ticket) -> Outcome:
    from storybank.services.projects import Wanted

    sent = app.projects.take_out(to, ticket, Wanted((wish.use,), recipient=wish.recipient, title=app.title),
                                 ProjectManner(wish.media, also_text=wish.texts))
    quotes = sum(bool(item.quote_id) and item.quote_id != item.story_id for item in sent.export.items)
    return Outcome(to, sent.export.code, quotes, sent.stories, left_out=sent.left_out, losses=sent.losses)


def told(outcome: Outcome, tr: Words) -> str:
    """Return what was written, in a line."""
    if outcome.codes is not None:
        return tr("{file} holds the codebook now. Codes: {n}.", file=outcome.place.name, n=outcome.codes)
    amounts = []
    if outcome.stories is not None:
        amounts.append(tr.many("{n} story", "{n} stories", outcome.stories))
    if outcome.quotes is not None:
        amounts.append(tr.many("{n} quote", "{n} quotes", outcome.quotes))
    amounts.append(tr.many("{n} left out", "{n} left out", len(outcome.left_out)))
    said = tr("{code} is ready: {name}.", code=outcome.code, name=outcome.place.name)
    return f"{said} {', '.join(amounts)}."


def by_reason(left_out: Sequence[tuple[str, Sequence[Sentence]]], tr: Words, most: int = 8, named: int = 10,
              ) -> list[str]:
    """Return a line for each reason why something was left out, with whom it concerns; the rest is counted."""
    groups: dict[str, list[str]] = {}
    for code, reasons in left_out:
        groups.setdefault(" ".join(map(tr.sentence, reasons)), []).append(code)
    lines = []
    for why, codes in sorted(groups.items(), key=lambda group: -len(group[1])):
        shown = ", ".join(codes[:named])
        if rest := len(codes[named:]):
            shown = tr("{codes} and {n} more", codes=shown, n=rest)
        lines.append(f"{why} {shown}")
    others = len(lines[most:])
    return [*lines[:most], *([tr("And {n} more.", n=others)] if others else [])]
