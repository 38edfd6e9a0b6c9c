"""Nothing leaks: after people said stop, or only so much, every way out is looked through for what may not be told.

One library holds somebody in every state of consent, with secrets planted in names, words, files and metadata, and a
colour for a face. Each way out of it is used as people use it, and everything that came out is read.
"""

from __future__ import annotations

import argparse
import inspect
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractProxyModel, QAbstractTableModel, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from storybank import ports
from storybank.domain.coding import Subject
from storybank.domain.draft import Chosen, DraftKind
from storybank.domain.query import Query, understood
from storybank.settings import Settings
from storybank.words import Words
from tests.exports.unpacked import everything_in, where_it_says
from tests.journeys import leaky_library as leaky
from tests.journeys.leaky_library import BLOCKED, GONE, INTERNAL, PEOPLE, RECIPIENT, not_to_be_told, secrets
from ui import cli, theme
from ui.app import application
from ui.desk import Desk
from ui.search.copying import cited_text
from ui.search.places import save_places
from ui.window import Window
from ui.wiring import open_app

TOLD = ("withdrawn", "erased")
"""Who gets a letter at once."""


@dataclass
class World:
    """The library, and what left it before anybody said stop."""

    library: Path
    home: Path
    before: Path
    codes: dict[str, str]
    """The code of each person's quote."""
    slugs: dict[str, str]
    people: dict[str, str]
    recordings: dict[str, str]

    def __call__(self, *words: object) -> int:
        return cli.main(["--library", str(self.library), *map(str, words)])


@pytest.fixture(scope="module")
def world(tmp_path_factory) -> Iterator[World]:
    """Everybody is put into their state; a brief and a clip leave; then four people say stop."""
    here = tmp_path_factory.mktemp("world")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STORYBANK_HOME", str(here / "home"))
        app = leaky.build(here / "library", here / "media")
        quotes = {quote.story_id: quote for quote in app.quoting.all()}
        views = {key: _story_of(app, key) for key in PEOPLE}
        made = World(
            here / "library", here / "home", here / "before", {k: quotes[v.story.id].code for k, v in views.items()},
            {k: v.story.slug for k, v in views.items()}, {k: v.people[0].code for k, v in views.items()},
            {k: v.recordings[0].id for k, v in views.items()},
        )  # fmt: skip
        app.close()
        made.before.mkdir()
        chosen = [word for key in ("conditional", *GONE) for word in ("--quote", made.codes[key])]
        assert made("brief", made.before / "before.docx", "--title", "Fund it", "--ask", "Fund it.", "--use", "website",
                    "--use", "government_brief", "--recipient", RECIPIENT, *chosen) == 0
        assert made("clip", made.codes["withdrawn"], made.before / "before.mp4", "--recipient", RECIPIENT) == 0
        for key, fate in zip(GONE, ([], ["--anonymise"], ["--seal"], ["--erase"]), strict=True):
            letters = ["--letters", here / "letters" / key] if key in TOLD else []
            assert made("withdraw", made.people[key], *fate, "--reason", leaky.WHY, "--via", "telephone", *letters,
                        "--yes") == 0
        shutil.rmtree(here / "media")
        yield made


def _story_of(app, key):
    person = next(p for p in app.people.all() if p.name == PEOPLE[key].name)
    with app._open_work() as work:
        story = work.stories.of_contributor(person.id)[0]
    return app.browsing.story(story.id)


@pytest.fixture(autouse=True)
def at_home(world, monkeypatch):
    """Use the home that the library was made in."""
    monkeypatch.setenv("STORYBANK_HOME", str(world.home))


# ---- every command that writes ------------------------------------------------------------------------------------


def _brief(language: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("brief", to / "brief.docx", "--title", "Fund it", "--ask", "Fund it.", "--language", language,
                     "--use", "website", "--use", "government_brief", "--audience", "Minister") == 0

    return write


_OWN = {"brief": "issue", "kit": "purpose", "site": "about"}
"""What an author writes in each."""


def _drafted(kind: str, *words: str, keys: tuple[str, ...] = tuple(PEOPLE),
             **more: object) -> Callable[[World, Path], None]:
    """Make what a draft orders, with quotes of many and the author's own words in both languages."""

    def write(world: World, to: Path) -> None:
        chosen = [world.codes[key] for key in keys if key not in ("sealed", "erased")]
        told = {
            "title": {"en": "Fund it", "fr": "Financez"}, "languages": ["en", "fr"], "quotes": chosen,
            "uses": ["website"], "asks": [{"en": "The Ministry should fund it by 2027.",
                                           "fr": "Le ministère devrait financer d'ici 2027."}],
            "sections": {_OWN[kind]: {"en": "Grants end.", "fr": "Les fonds finissent."}}, **more,
        }  # fmt: skip
        file = to.parent / f"{to.name}.json"
        file.write_text(json.dumps(told), "utf-8")
        assert world("draft", "new", kind, "Fund it", "--from", file) == 0
        with closing(open_app(world.library)) as app:
            code = app.building.all()[0].code
        assert world("draft", "make", code, to / words[0], *words[1:]) == 0
        assert world("draft", "check", code) == 0
        file.unlink()

    return write


def _looked_at(kind: str) -> Callable[[World, Path], None]:
    """Make the pages of a draft of everybody's quotes, to be looked at before it leaves."""

    def write(world: World, to: Path) -> None:
        with closing(open_app(world.library)) as app:
            draft = app.building.begin(DraftKind(kind), "Fund it")
            chosen = tuple(Chosen(code) for key, code in world.codes.items() if key not in ("sealed", "erased"))
            app.building.save(replace(draft, uses=("website",), quotes=chosen))
        assert world("draft", "preview", draft.code, to / "pages") == 0

    return write


def _clip(key: str, shape: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("clip", world.codes[key], to / "clip.mp4", "--shape", shape) == 0

    return write


def _transcript(ending: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("transcript", "export", world.slugs["restricted"], to / f"words.{ending}") == 0

    return write


def _kit(*keys: str, languages: tuple[str, ...] = ("en", "fr")) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        told = [word for language in languages for word in ("--language", language)]
        chosen = [word for key in (*keys, *BLOCKED) if key not in ("sealed", "erased")
                  for word in ("--quote", world.codes[key])]
        assert world("kit", to / "kit", "--title", "Voices", *told, *chosen) == 0

    return write


def _quotes(ending: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("export", ending, to / f"quotes.{ending}", "--use", "website", "--notes") == 0

    return write


def _stories(form: str, ending: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("export", form, to / f"stories{ending}", "--use", "website") == 0

    return write


@contextmanager
def _with_codes_in_own_words(world: World, to: Path) -> Iterator[Path]:
    """Give a copy of the library in which codes are named in the words of everybody, and given to everybody.

    There are memos about every quote and story as well, in which everybody is named.
    """
    library = shutil.copytree(world.library, to.parent / f"copy for {to.name}")
    with closing(open_app(library)) as app:
        under = cycle(("", "bridges"))
        quotes, told = app.quoting.all(), " ".join(one.name for key, one in PEOPLE.items() if key != "nameless")
        for quote in quotes:
            said = " ".join(quote.text.split()[:8])
            code = app.quoting.add_code(said, said, next(under))
            for other in quotes:
                app.quoting.retag(other.id, [*app.quoting.get(other.id).codes, code.key]).do()
            app.noting.write(Subject.QUOTE, quote.id, told).do()
    yield library
    shutil.rmtree(library)


def _in_own_words(*words: str) -> Callable[[World, Path], None]:
    """Use a way out of a library whose codes are named in the words of everybody."""

    def write(world: World, to: Path) -> None:
        with _with_codes_in_own_words(world, to) as library:
            *command, name = words
            assert cli.main(["--library", str(library), *command, str(to / name), "--use", "website"]) == 0

    return write


def _receipt(world: World, to: Path) -> None:
    assert world("consent", "receipt", world.people["named"], "--to", to) == 0


def _form(world: World, to: Path) -> None:
    assert world("consent", "notice", "form", "voices 2026-11 (fr)", "--to", to / "form.docx") == 0


def _letters(world: World, to: Path) -> None:
    for case in ("W-0002", "W-0003"):
        assert world("consent", "case", case, "letters", "--to", to) == 0
    for letter in to.glob("*letter-to-person*"):
        letter.unlink()


def _project(*options: str) -> Callable[[World, Path], None]:
    def write(world: World, to: Path) -> None:
        assert world("export", "qdpx", to / "project.qdpx", "--use", "website", "--recipient", "A university",
                     "--report", to / "report.txt", *options) == 0

    return write


def _counted(world: World, to: Path) -> None:
    assert world("coverage", "--use", "website", "--csv", to / "coverage.csv") == 0


def _agreed(world: World, to: Path) -> None:
    """Two coders say that they are done with a copy of every story there is; how far they agree is a table."""
    with _with_codes_in_own_words(world, to) as library:
        for coder in ([], ["--coder", "Somebody"]):
            for key in ("named", "role", "ask", "refused", "withdrawn"):
                finish = ["agreement", "finish", world.slugs[key], *coder]
                assert cli.main(["--library", str(library), *finish]) == 0
        assert cli.main(["--library", str(library), "agreement", "--csv", str(to / "agreement.csv")]) == 0


def _copied(language: str) -> Callable[[World, Path], None]:
    """Copy all that search finds, as one does with Ctrl+C, and paste it into a file."""

    def write(world: World, to: Path) -> None:
        with closing(open_app(world.library)) as app:
            hits = [found.hit for query in (Query(), understood("kind:passage"), understood("kind:quote"))
                    for found in app.searching.find(query, 1000).hits]
            said = cited_text(app.citing.cite(hits, "website"), Words(language))
        assert said.count and said.left_out
        (to / "pasted.txt").write_text(said.text, "utf-8")

    return write


_EVERY_WORD = " OR ".join(sorted({word for one in PEOPLE.values() for word in one.said.split()} | {"we", "the"}))


def _searched(world: World, to: Path) -> None:
    assert world("search", _EVERY_WORD, "--most", "10000", "--csv", to / "places.csv", "--use", "website") == 0


def _places(world: World, to: Path) -> None:
    """Save the concordance of every word that is said, as the Search page does."""
    words = _EVERY_WORD
    with closing(open_app(world.library)) as app:
        rows = app.concordances.of(understood(words), most=10_000).rows
        assert save_places(app.citing, rows, "website", to / "places.csv", Words("en")).count


IN_PROJECTS = ["homevisit", leaky.REDACTED, "carousel"]
"""A project tells the titles of stories whose people are named, and all they say, but where it was restricted."""
IN_PLACES = ["carousel", leaky.REDACTED]
"""Everybody says them, and only Rosa's are restricted: nothing of hers is in the table at all."""
NAMED, ROSA = PEOPLE["named"], PEOPLE["restricted"]
"""A transcript is for the house's own use: it tells who speaks and the story's title, nothing that was restricted."""
WRITTEN: dict[str, tuple[Callable[[World, Path], None], list[str], tuple[str, ...]]] = {
    "a brief in English": (_brief("en"), [], (NAMED.surname, "velvet", "garden")),
    "a brief in French": (_brief("fr"), [], (NAMED.surname, "velvet", "garden")),
    "a kit with cards, clips, captions, posts and credits": (
        _kit("role", "anonymous", "restricted"), ["Abernathy", "saffron"], ("velvet", "walnut", "Rosa")),
    "a kit in French": (_kit("anonymous", languages=("fr",)), ["saffron", "Abernathy"], ("walnut",)),
    "a brief from a draft": (_drafted("brief", "brief"), [], (NAMED.surname, "velvet", "garden")),
    "a site from a draft": (_drafted("site", "site"), [], (NAMED.surname, "velvet", "garden")),
    "pages of a brief to look at": (_looked_at("brief"), [], (NAMED.surname, "velvet")),
    "cards of a kit to look at": (_looked_at("kit"), [], (".en.png",)),
    "a kit for radio, print and events as a zip": (
        _drafted("kit", "kit.zip", "--zip", keys=("role", "anonymous", "restricted", "faceless", *BLOCKED),
                 parts=["podcast", "print", "events"]),
        ["Abernathy", "saffron"], ("velvet", "walnut", "Rosa", "screening-reel", "script.en", "handout.fr.pdf")),
    "a wide clip": (_clip("faceless", "16x9"), [], ()),
    "a square clip": (_clip("role", "1x1"), [], ()),
    "an upright clip": (_clip("role", "9x16"), [], ()),
    **{f"a transcript as {ending.upper()}": (_transcript(ending), [], ("We", "[…]", "internal use"))
       for ending in ("txt", "srt", "vtt", "json", "docx", "xml")},
    **{f"quotes as {ending.upper()}": (_quotes(ending), [], (NAMED.surname, "velvet", "garden"))
       for ending in ("csv", "xlsx", "json", "docx")},
    "passages that were copied": (_copied("en"), [], (NAMED.surname, "velvet")),
    "passages that were copied in French": (_copied("fr"), [], (NAMED.surname, "velvet")),
    "a concordance as a table": (_places, ["Rosa", "tangerine"], (NAMED.surname, "velvet")),
    "a concordance that was asked for by command": (_searched, ["Rosa", "tangerine"], (NAMED.surname, "velvet")),
    **{f"the codebook as {ending.upper()}": (_in_own_words("codebook", "export", f"book.{ending}"), [],
                                             ("Measure impact",)) for ending in ("qdc", "csv", "xlsx")},
    "the codebook as an export": (_in_own_words("export", "qdc", "book.qdc"), [], ("Measure impact",)),
    **{f"quotes with codes in own words as {ending.upper()}": (
        _in_own_words("export", ending, f"quotes.{ending}"), [], (NAMED.surname, "velvet", "garden"))
       for ending in ("csv", "xlsx", "json", "docx")},
    "a kit with codes in own words": (
        _in_own_words("kit", "--title", "Voices", "--language", "en", "kit"), [], (NAMED.surname, "velvet")),
    "a brief with codes in own words": (
        _in_own_words("brief", "--title", "Fund it", "--ask", "Fund it.", "brief.docx"), [], (NAMED.surname, "velvet")),
    "a project with codes in own words": (_in_own_words("export", "qdpx", "project.qdpx"), [],
                                          (NAMED.surname, "velvet", "walnut", "garden")),
    "a table of coverage": (_counted, [], ("Measure impact",)),
    "a table of agreement": (_agreed, [], ("Measure impact",)),
    "stories as Dublin Core": (_stories("dublin-core", ".csv"), [], (NAMED.surname,)),
    "stories as JSON-LD": (_stories("json-ld", ".jsonld"), [], (NAMED.surname,)),
    "a project of names only": (_project(), [], (NAMED.surname, "velvet", "walnut", "garden")),
    "a project with recordings and texts": (
        _project("--media", "inside", "--also-text"), [], (NAMED.surname, "velvet", "Rosa")),
    "a project with recordings beside it": (
        _project("--media", "beside", "--no-moments"), [], (NAMED.surname, "velvet", "Rosa")),
    "a receipt": (_receipt, ["saffron", "lighthouse"], (NAMED.name,)),
    "a consent form": (_form, [NAMED.name, "saffron"], ("voices",)),
    "letters to recipients and stop-use notices": (_letters, ["Abernathy", "saffron"], (RECIPIENT, "before.docx")),
}
"""Each way out: how it is used, what else it may not tell, and what it must tell (so that it is seen to be there)."""


@pytest.fixture(scope="module")
def written(world, tmp_path_factory):
    """Use a way out once, and return the folder with everything that came out."""
    done: dict[str, Path] = {}

    def use(way: str) -> Path:
        if way not in done:
            done[way] = tmp_path_factory.mktemp("out")
            WRITTEN[way][0](world, done[way])
        return done[way]

    return use


@pytest.mark.parametrize("way", WRITTEN)
def test_nothing_that_may_not_be_told_leaves_through(written, way):
    _, forbidden, told = WRITTEN[way]
    here = written(way)
    inside = [ROSA.surname, "homevisit"] if way.startswith("a transcript") else []
    inside = IN_PROJECTS if way.startswith("a project") else inside
    inside = IN_PLACES if way.startswith("a concordance") else inside
    inside = [PEOPLE["cut"].surname] if way.startswith("stories") else inside
    own = {"a receipt": [leaky.WITNESS]}.get(way, inside)
    kept = [word for word in not_to_be_told() if word not in own]
    assert where_it_says(here, *kept, *forbidden, str(leaky.places.home())) == []
    assert all(where_it_says(here, word) for word in told), "what may be told is there"


def test_no_face_is_on_a_card_that_may_not_show_it(written):
    kit = written("a kit with cards, clips, captions, posts and credits")
    cards = sorted([*kit.rglob("*.png"), *kit.rglob("*.jpg")])
    assert len(cards) == 3 * 2 * 6 + 2, "three quotes in two languages and six sizes, and two clips to begin"
    assert [card.name for card in cards if leaky.face_in(card) > 0.001] == []
    assert any(leaky.face_in(card, leaky.SEEN) > 0.01 for card in cards), "who may be seen is seen"


def test_no_face_is_in_a_clip_that_may_not_show_it(written):
    kit = written("a kit with cards, clips, captions, posts and credits")
    films = [*sorted(kit.rglob("*.mp4")), *(written(f"a{shape} clip") / "clip.mp4"
                                            for shape in (" wide", " square", "n upright"))]
    assert len(films) == 2 * 4 + 3
    assert [film.name for film in films if leaky.face_in_film(film) > 0.001] == []
    assert any(leaky.face_in_film(film, leaky.SEEN) > 0.1 for film in films), "who may be seen is seen"


def test_no_face_is_in_slides_reels_or_cards_that_may_not_show_it(written, tmp_path):
    with zipfile.ZipFile(written("a kit for radio, print and events as a zip") / "kit.zip") as kit:
        kit.extractall(tmp_path, [name for name in kit.namelist() if "10_events" in name])
    with zipfile.ZipFile(next(tmp_path.rglob("slides.en.pptx"))) as deck:
        deck.extractall(tmp_path / "slides", [name for name in deck.namelist() if "media" in name])
    pictures = [file for file in tmp_path.rglob("*") if file.suffix in (".png", ".jpg", ".jpeg")]
    pictures += (written("cards of a kit to look at") / "pages").glob("*.png")
    films = {film: leaky.face_in_film(film) for film in tmp_path.rglob("*.mp4")}
    assert [file.name for file in pictures if leaky.face_in(file) > 0.001] == []
    assert [film.name for film, hidden in films.items() if hidden > 0.001] == []
    assert any("slides" in str(film) for film in films)
    assert leaky.face_in_film(next(tmp_path.rglob("screening-reel.mp4")), leaky.SEEN) > 0.1


def test_a_project_has_nothing_that_was_restricted(written):
    for way in ("a project of names only", "a project with recordings and texts"):
        texts = [text for where, text in everything_in(written(way)) if where.endswith(".txt")]
        restricted = [text for text in texts if "[…]" in text]
        assert len(restricted) == 1, "Rosa's"
        assert [word for text in restricted for word in ("carousel", *ROSA.said.split(), *PEOPLE["cut"].said.split())
                if word in text] == []
        assert sum("carousel" in text for text in texts) == 5


def test_no_face_is_in_a_recording_of_a_project_that_may_not_show_it(written):
    beside = sorted(written("a project with recordings beside it").glob("*.mp4"))
    assert len(beside) == 2, "those of whom face and voice may go, and nothing is restricted"
    assert [film.name for film in beside if leaky.face_in_film(film) > 0.001] == []
    assert all(leaky.face_in_film(film, leaky.SEEN) > 0.1 for film in beside)


def test_of_an_anonymous_person_no_voice_and_no_clip_goes_along(written, world):
    kit = written("a kit with cards, clips, captions, posts and credits")
    assert not list(kit.rglob(f"04_clips/{world.codes['anonymous'].lower()}*"))


def test_the_letter_to_the_person_tells_nothing_of_anybody_else(world):
    for key in TOLD:
        letters = world.library.parent / "letters" / key
        mine = [p for p in letters.iterdir() if "letter-to-person" in p.name]
        assert len(mine) == 2
        others = [word for other in PEOPLE if other != key for word in secrets(other)]
        assert [found for letter in mine for found in where_it_says(letter, *others, *INTERNAL)] == []


@pytest.mark.parametrize("key", BLOCKED)
def test_no_clip_is_cut_of_who(world, key, tmp_path, capsys):
    assert world("clip", world.codes[key], tmp_path / "clip.mp4") in (2, 3, 4)
    assert list(tmp_path.glob("clip*")) == []
    assert not any(word in capsys.readouterr().out for word in PEOPLE[key].said.split())


@pytest.mark.parametrize("key", ["minor", "refused", *GONE])
@pytest.mark.parametrize("ending", ["vtt", "json", "docx", "xml"])
def test_no_transcript_is_written_of_who_said_stop(world, key, ending, tmp_path):
    if key == "nameless":
        world("transcript", "export", world.people[key].replace("P-", "S-"), tmp_path / f"t.{ending}")
    else:
        assert world("transcript", "export", world.slugs[key], tmp_path / f"t.{ending}") in (3, 4)
    assert list(tmp_path.glob("t.*")) == []


@pytest.mark.parametrize("key", BLOCKED)
def test_no_brief_and_no_kit_is_made_of_who_alone_is_asked_for(world, key, tmp_path):
    assert world("brief", tmp_path / "b.docx", "--title", "T", "--ask", "A.", "--quote", world.codes[key]) in (3, 4)
    assert world("kit", tmp_path / "kit", "--title", "T", "--quote", world.codes[key]) in (3, 4)
    assert list(tmp_path.glob("[bk]*")) == []


# ---- what staff read ----------------------------------------------------------------------------------------------

SHOWN = {
    "the list of stories": (["stories"], ("sealed", "erased", "nameless")),
    "what waits for a transcript": (["jobs"], tuple(PEOPLE)),
    "the quotes": (["quote", "list"], ("sealed", "erased")),
    "the check of the library": (["verify"], tuple(PEOPLE)),
    "the list of people": (["people"], ("nameless",)),
    "the withdrawals": (["consent", "cases"], ("nameless",)),
    "the withdrawals one by one": (["consent", "case", "W-0002"], ("nameless", "sealed", "erased")),
    "the board of agreements": (["consent", "board"], ("nameless",)),
}


@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.parametrize("way", SHOWN)
def test_who_was_put_away_is_not_read_any_more_in(world, way, form, capsys):
    words, gone = SHOWN[way]
    assert world(*words, *(["--json"] if form == "json" else [])) == 0
    said = capsys.readouterr()
    text = (said.out + said.err).casefold()
    assert text.strip() and [word for word in secrets(*gone) if word.casefold() in text] == []


@pytest.mark.parametrize("form", ["plain", "json"])
def test_the_ledger_holds_what_left_without_a_word_of_it(world, form, capsys):
    assert world("ledger", *(["--json"] if form == "json" else [])) == 0
    text = capsys.readouterr().out.casefold()
    words = [word for one in PEOPLE.values() for word in one.said.split()]
    assert "fund it" in text and [word for word in (*words, *INTERNAL) if word.casefold() in text] == []


@pytest.mark.parametrize("key", ["sealed", "erased"])
def test_what_was_put_away_is_found_by_nobody(world, key, capsys):
    for word in (*PEOPLE[key].said.split(), PEOPLE[key].surname):
        assert world("search", word, "--json") == 0
        assert json.loads(capsys.readouterr().out)["total"] == 0, word


@pytest.mark.parametrize("key", [key for key in BLOCKED if key not in ("sealed", "erased", "cut")])
def test_a_snippet_of_who_may_not_be_used_says_so(world, key, capsys):
    """Staff may read what is in the library; the badge beside it says no, and asking for what is usable hides it."""
    assert world("search", *PEOPLE[key].said.split(), "--json") == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert hits and all(hit["usable"] == [] for hit in hits)
    assert world("search", *PEOPLE[key].said.split(), "--usable-for", "website", "--json") == 0
    assert json.loads(capsys.readouterr().out)["total"] == 0


def test_a_document_that_left_before_is_told_to_be_out_of_order_without_its_words(world, capsys):
    assert world("check-document", world.before / "before.docx", "--json") == 4
    told = json.loads(capsys.readouterr().out)
    standings = {one["quote"]: one["standing"] for one in told["findings"]}
    assert [standings[world.codes[key]] for key in GONE] == ["withdrawn"] * 4
    text = json.dumps(told, ensure_ascii=False).casefold()
    assert [word for key in ("sealed", "erased") for word in PEOPLE[key].said.split() if word in text] == []


def test_no_picture_no_wave_and_no_original_is_left_of_who_is_gone(world):
    left = [path.name for path in world.library.rglob("*") if path.is_file()]
    for key in ("nameless", "sealed", "erased"):
        assert [name for name in left if world.recordings[key] in name] == []
    assert [name for name in left if world.recordings["named"] in name], "posters and waves of the others are there"
    originals = list((world.library / "media").rglob("*.mp4"))
    assert len(originals) == len(PEOPLE) - 1
    assert [p.name for p in originals if where_it_says(p, *PEOPLE["erased"].said.split())] == []


def test_no_name_of_a_file_in_the_library_tells_anything(world):
    names = " ".join(path.relative_to(world.library).as_posix() for path in world.library.rglob("*")).casefold()
    assert [word for word in (*secrets(*PEOPLE), *INTERNAL) if word.casefold() in names] == []


def test_what_left_before_holds_what_is_looked_for(world):
    """The search can find: in what left before anybody said stop, their names and words are read."""
    for key in GONE:
        assert where_it_says(world.before / "before.docx", PEOPLE[key].said.split()[0]), key
        assert where_it_says(world.before / "before.docx", PEOPLE[key].surname), key
    assert leaky.face_in_film(world.before / "before.mp4") > 0.1


# ---- every page of the window -------------------------------------------------------------------------------------


@pytest.fixture
def window(world, qtbot):
    """The window on this library, in English."""
    tokens = theme.tokens_for("light")
    theme.apply(application(), tokens)
    made = Window(Words("en"), tokens, Settings(language="en", theme="light"))
    qtbot.addWidget(made)
    desk = Desk(open_app(world.library))
    made.furnish(desk)
    made.show()
    yield made
    desk.bridge.close()
    desk.app.close()


def _texts(widget: QWidget) -> Iterator[str]:
    """Yield every text of a page: what is written, painted from a model, told on hovering, and read aloud."""
    for one in [widget, *widget.findChildren(QWidget)]:
        yield from (one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle())
        if isinstance(one, (QLabel, QAbstractButton, QLineEdit)):
            yield one.text()
        if isinstance(one, (QPlainTextEdit, QTextEdit)):
            yield one.toPlainText()
        if isinstance(one, QComboBox):
            yield from (one.itemText(n) for n in range(one.count()))
        if isinstance(one, QAbstractItemView) and one.model():
            yield from _cells(one.model())


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    for row in range(model.rowCount()):
        columns = model.columnCount() if isinstance(model, (QAbstractTableModel, QAbstractProxyModel)) else 1
        for index in (model.index(row, column) for column in range(columns)):
            told = (model.data(index, role) for role in (*roles, *(Qt.ItemDataRole.UserRole + n for n in range(6))))
            yield from (one for one in told if isinstance(one, str))


def _read(qtbot, page: QWidget, until: Callable[[str], bool] = bool) -> str:
    text = ""

    def there() -> bool:
        nonlocal text
        text = "\n".join(_texts(page)).casefold()
        return until(text)

    qtbot.waitUntil(there, timeout=10_000)
    return text


def _none_of(text: str, *keys: str, but: tuple[str, ...] = ()) -> bool:
    found = [word for word in secrets(*keys) if word.casefold() in text and word not in but]
    assert found == []
    return True


PUT_AWAY = ("sealed", "erased", "nameless")


def _stories(qtbot, window, world):
    window.pages.show_page("stories")
    page = window.pages.stories()
    text = _read(qtbot, page, lambda text: NAMED.surname.casefold() in text)
    assert _none_of(text, "sealed", "erased") and PEOPLE["nameless"].surname.casefold() not in text
    badges = {card.story.line.people[0]: card.story.badge for card in page.cards.values()}
    for key in BLOCKED:
        if key not in (*PUT_AWAY, "cut"):
            assert badges[PEOPLE[key].name].uses == (), key
    page.choose_view("table")
    _none_of(_read(qtbot, page), "sealed", "erased")


def _search(qtbot, window, world):
    window.pages.show_page("search")
    page = window.pages.search()
    for key in ("sealed", "erased"):
        window.pages.search_for(PEOPLE[key].said)
        text = _read(qtbot, page, lambda text: "nothing" in text or "no passage" in text or "0 " in text)
        assert page.hits.hits.rowCount() == 0 and PEOPLE[key].surname.casefold() not in text
    window.pages.search_for(PEOPLE["withdrawn"].said)
    qtbot.waitUntil(lambda: page.hits.hits.rowCount() > 0, timeout=10_000)
    model = page.hits.hits
    assert {model.found(model.index(row)).usable for row in range(model.rowCount())} == {()}


def _story(qtbot, window, world):
    page = window.pages.story()
    window.pages.show_story(world.slugs["withdrawn"])
    text = _read(qtbot, page, lambda text: "telescope" in text)
    _none_of(text, *PUT_AWAY)
    assert page.story.badge.uses == () and "withdr" in text
    for key in ("sealed", "erased"):
        window.pages.show_story(world.slugs[key])
        _none_of("\n".join(_texts(window)).casefold(), key, but=(PEOPLE[key].surname,))


def _player(qtbot, window, world):
    with pytest.raises(Exception, match="sealed"):
        window.pages.story()._app.browsing.story(world.slugs["sealed"])
    window.pages.show_story(world.slugs["sealed"])
    player = window.pages.story().player
    _none_of("\n".join(_texts(player)).casefold(), *PEOPLE)


def _exports(qtbot, window, world):
    window.pages.show_page("exports")
    page, app = window.pages.exports(), window.desk.app
    draft = app.building.begin(DraftKind.BRIEF, "Every quote there is")
    chosen = tuple(Chosen(code) for code in world.codes.values())
    app.building.save(replace(draft, uses=("website",), quotes=chosen))
    page.open_draft(draft.code)
    qtbot.waitUntil(lambda: page.builder.bar.standing is not None, timeout=30_000)
    qtbot.waitUntil(lambda: len(page.builder.chosen.cards) == len(chosen), timeout=30_000)
    cards = {card.one.quote: card.answer for card in page.builder.chosen.cards}
    allowed = {code for code, answer in cards.items() if answer is not None and answer.allowed}
    assert not allowed & {world.codes[key] for key in BLOCKED} and world.codes["named"] in allowed
    page.builder.tabs.choose("quotes")
    _read_without_names(qtbot, page)
    app.building.save(replace(app.building.find(draft.code), quotes=()))
    qtbot.waitUntil(lambda: not page.builder.chosen.cards, timeout=30_000)
    page.builder.add_quotes()
    qtbot.waitUntil(lambda: bool(page.builder.picker.rows.rows), timeout=30_000)
    picked = {row.quote.code for row in page.builder.picker.rows.rows if row.allowed}
    assert not picked & {world.codes[key] for key in BLOCKED} and world.codes["named"] in picked
    _read_without_names(qtbot, page)
    app.building.remove(draft.code).do()


def _read_without_names(qtbot, page):
    text = _read(qtbot, page, lambda text: "saffron" in text)
    _none_of(text, "sealed", "erased")
    assert PEOPLE["nameless"].surname.casefold() not in text


def _consent(qtbot, window, world):
    window.pages.show_page("consent")
    page = window.pages.consent()
    page.refresh()
    text = _read(qtbot, page, lambda text: NAMED.surname.casefold() in text)
    _none_of(text, *PEOPLE, but=tuple(one.surname for key, one in PEOPLE.items() if key != "nameless"))
    for one in page.all:
        page.show_person(one)
        if one.person.code == world.people["nameless"]:
            _none_of(_read(qtbot, page.side), "nameless", "sealed", "erased")


def _check(qtbot, window, world):
    window.pages.show_page("check")
    page = window.pages.check()
    page.check([world.before / "before.docx"])
    text = _read(qtbot, page, lambda text: world.codes["withdrawn"].casefold() in text)
    _none_of(text, *PEOPLE, but=tuple(one.surname for key, one in PEOPLE.items() if key != "nameless"))


def _quotes_page(qtbot, window, world):
    window.pages.show_page("quotes")
    page = window.pages.quotes()
    coverage = page.view("coverage")
    qtbot.waitUntil(lambda: coverage.matrix is not None, timeout=10_000)
    entries = coverage.matrix.entries
    listed = "\n".join(f"{one.quote.text} {one.speaker} {one.story_title}" for one in entries).casefold()
    assert "saffron" in listed and _none_of(listed, "sealed", "erased")
    assert PEOPLE["nameless"].surname.casefold() not in listed
    for view, shown in (("coverage", "website"), ("codebook", ""), ("agreement", "agreement takes two")):
        page.show_view(view)
        text = _read(qtbot, page.view(view), lambda text, shown=shown: text.strip() and shown in text)
        _none_of(text, "sealed", "erased")
        assert PEOPLE["nameless"].surname.casefold() not in text


def _settings(qtbot, window, world):
    window.pages.show_page("settings")
    _none_of(_read(qtbot, window.pages.settings()), *PEOPLE)


PAGES = {"stories": _stories, "search": _search, "story": _story, "player": _player, "exports": _exports,
         "consent": _consent, "check": _check, "quotes": _quotes_page, "settings": _settings}


@pytest.mark.parametrize("page", PAGES)
def test_no_page_shows_what_was_put_away_and_each_says_no_where_it_must(page, qtbot, window, world):
    PAGES[page](qtbot, window, world)


# ---- that none was forgotten --------------------------------------------------------------------------------------

TAKES_FILES = {
    "brief": "a brief in English", "kit": "a kit in French", "clip": "a wide clip",
    "codebook export": "the codebook as CSV", "export qdc": "the codebook as an export",
    **{f"export {ending}": f"quotes as {ending.upper()}" for ending in ("csv", "xlsx", "json", "docx")},
    "export dublin-core": "stories as Dublin Core", "export json-ld": "stories as JSON-LD",
    "export qdpx": "a project of names only", "search": "a concordance that was asked for by command",
    "coverage": "a table of coverage", "agreement": "a table of agreement",
    "transcript export": "a transcript as VTT", "consent receipt": "a receipt", "consent notice form": "a consent form",
    "consent case letters": "letters to recipients and stop-use notices",
    "withdraw": "letters to recipients and stop-use notices",
    "draft make": "a kit for radio, print and events as a zip", "draft preview": "pages of a brief to look at",
    "site make": "a site from a draft",
}
"""Commands that write a file, each with the way out that is looked through above."""
ONLY_READS = {"import", "transcript import", "check-document", "consent notice add", "models add", "locate",
              "glossary import", "codebook import", "quote import", "project import", "draft new", "draft write",
              "template check", "template keep", "theme check", "theme keep"}
"""Commands that are handed a file and write none."""
ON_PURPOSE = {"consent evidence open", "demo", "template show", "theme show"}
"""What hands out a proof because it was asked for (and writes that down), what makes a library of its own, and samples
of made-up words.
"""


STAYS_IN_THE_HOUSE = {"MediaTools.proxy", "Machine.room", "ProjectFiles.copy_media", "QuoteFiles.check",
                      "CatalogueFiles.check", "LookFiles.sample", "LookFiles.sample_card"}
"""Copies to play from and to keep, in the library's own folder, looks at a disk's room and at names of files, and
samples of made-up words, whose writers are handed no quote.
"""


def _leaves(parser: argparse.ArgumentParser, path: tuple[str, ...]) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    branches = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not branches or parser.get_default("run"):
        yield " ".join(path), parser
    for branch in branches:
        for name, below in branch.choices.items():
            yield from _leaves(below, (*path, name))


def _takes_files() -> set[str]:
    found = set()
    for name in cli.COMMANDS:
        parser = cli._parser(name)
        top = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
        found |= {path for path, leaf in _leaves(top.choices[name], (name,))
                  if any(action.type is Path for action in leaf._actions)}
    return found


def test_every_command_that_takes_a_file_is_looked_through_or_writes_none():
    assert _takes_files() == {*TAKES_FILES, *ONLY_READS, *ON_PURPOSE}
    assert set(TAKES_FILES.values()) <= set(WRITTEN)


def test_every_writer_there_is_has_its_way_out_here():
    """A port that is handed a place to write to (`to`, or a folder) is one that something can leak through."""
    own = {name: port for name, port in vars(ports).items() if getattr(port, "__module__", "") == ports.__name__}
    writing = {
        f"{name}.{method}" for name, port in own.items() if inspect.isclass(port)
        for method, function in vars(port).items() if inspect.isfunction(function)
        and {"to", "folder"} & set(inspect.signature(function).parameters)
    }  # fmt: skip
    assert writing == {
        "BriefWriter.write", "KitWriter.write", "PaperWriter.notice", "PaperWriter.receipt", "PaperWriter.letters",
        "MediaTools.clip", "MediaTools.poster", "MediaTools.still", "TranscriptFiles.write",
        "CodebookFiles.write", "QuoteFiles.write", "CatalogueFiles.write", "ProjectFiles.write", "SiteWriter.write",
        "Bundler.zip", "Bundler.bag", "CardPainter.paint", "PageMaker.pdf", "PageMaker.pictures", "MediaTools.sound",
        "MediaTools.reel",
    } | STAYS_IN_THE_HOUSE


def test_every_page_of_the_window_is_read(window):
    shown = {name for name, _ in inspect.getmembers(type(window.pages), inspect.isfunction)
             if name in ("stories", "story", "search", "consent", "check", "exports", "quotes", "settings")}
    made = {name for name, function in inspect.getmembers(type(window.pages), inspect.isfunction)
            if str(inspect.signature(function).return_annotation).endswith("Page")}
    assert made == shown and made | {"player"} == set(PAGES)


def test_everything_that_came_out_was_read(written):
    """Cards, films, Word files, tables and texts: each kind of file is opened, not only its name looked at."""
    kit = written("a kit with cards, clips, captions, posts and credits")
    kinds = {file.suffix for file in kit.rglob("*") if file.is_file()}
    assert kinds == {".png", ".jpg", ".mp4", ".srt", ".vtt", ".txt", ".csv", ".json", ".docx", ".html", ".ics"}
    read = {where.rsplit(", ", 1)[-1] for where, _ in everything_in(kit)}
    assert {"text chunks", "metadata", "as it lies"} <= read
