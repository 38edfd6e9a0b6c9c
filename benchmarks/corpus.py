"""Corpus: a library of a thousand hours, some nine million words in English and French, made up and always the same."""

from __future__ import annotations

import json
import random
import shutil
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from storybank.domain.attribution import Attribution
from storybank.domain.consent import Consent, ConsentEvent, ConsentState, Decision, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.recording import AudioFacts, MediaFacts, Recording
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import RunState, TranscriptRun
from storybank.persistence import coding_tables, indexing, tables
from storybank.persistence.library import SCHEMA, Library, create_library, open_library
from storybank.persistence.work import SqlWork
from storybank.ports import UnitOfWork
from ui.wiring import now

HOURS, LINES, WORDS_A_LINE, LINE_MS, PAUSE_MS = 1000, 750, 12, 4500, 300
VOCABULARY = 30_000
QUOTES_EACH = 4
SEED = 7
FORM = "1"
"""Goes up when what is made changes: a corpus of before is then left alone."""

COMMON = {
    "en": "the and to of a that I in it you we is was they for so with on have but not this be are what know do like "
          "just there my as people or about if can our when at because who one all out from would them get think "
          "really had he she go up an me time their very want by how going then where were been said more",
    "fr": "de la et le que les des je on est un une pour pas dans qui ça en ce il avec mais sont plus se nous au c'est "
          "elle sur tout par vous comme fait bien ou du gens aussi ils être leur faire y même quand avoir très ont si "
          "parce là cette où mon peut était donc alors deux temps dit sans entre autre encore",
}  # fmt: skip
THEMES = {
    "en": "health community link worker trust referral garden walking group loneliness isolation prescription social "
          "prescribing funding volunteer doctor clinic patient program support neighbour transport housing food music "
          "art evaluation data training partner policy government hospital nurse family elder youth language river",
    "fr": "santé communauté intervenante confiance référence jardin marche groupe solitude isolement prescription "
          "sociale financement bénévole médecin clinique patient programme soutien voisin transport logement "
          "nourriture musique art évaluation données formation partenaire politique gouvernement hôpital infirmière "
          "famille aîné jeune langue rivière cœur réseau",
}  # fmt: skip
PROVINCES = ("ON", "QC", "BC", "AB", "MB", "NS", "NB", "SK", "NL", "YT")


def corpus(folder: Path, hours: int = HOURS) -> Library:
    """Return the corpus, made where it is not there yet, which takes some minutes."""
    place = folder / f"storybank-corpus-{SCHEMA}-{FORM}-{hours}"
    if not (place / "made").exists():
        shutil.rmtree(place, ignore_errors=True)
        with create_library(place / "library", "A thousand hours", now) as library:
            _furnish(library, hours)
        (place / "made").touch()
    return open_library(place / "library", now=now)


class Tongue:
    """Speaks a language that is like a real one in how often each word comes."""

    def __init__(self, language: str, chance: random.Random) -> None:
        self.language = language
        self._chance = chance
        self.words = [*COMMON[language].split(), *THEMES[language].split(), *_rare(language, chance)][:VOCABULARY]
        self._often = list(accumulate(1 / (rank + 2.7) for rank in range(len(self.words))))

    def lines(self, number: int) -> Iterator[str]:
        """Yield lines as they would be heard."""
        said = self._chance.choices(self.words, cum_weights=self._often, k=number * WORDS_A_LINE)
        for at in range(0, len(said), WORDS_A_LINE):
            line = " ".join(said[at : at + WORDS_A_LINE])
            yield f"{line[0].upper()}{line[1:]}."


def tongues(chance: random.Random) -> dict[str, Tongue]:
    """Return those who speak in the corpus; the words of each by how often they come."""
    return {language: Tongue(language, chance) for language in COMMON}


def _rare(language: str, chance: random.Random) -> list[str]:
    file = Path(__file__).parents[1] / "ui" / "dictionaries" / {"en": "en_CA.dic", "fr": "fr.dic"}[language]
    known = {entry.partition("/")[0] for entry in file.read_text("utf-8").splitlines()}
    usual = sorted(word for word in known if word.isalpha() and word.islower() and 3 <= len(word) <= 14)
    chance.shuffle(usual)
    return [form for word in usual[: VOCABULARY // 2] for form in (word, f"{word}s")]


def _furnish(library: Library, hours: int) -> None:
    chance = random.Random(SEED)
    with SqlWork(library, print, now) as work:
        for number in range(hours):
            _add_story(work, number)
        work.commit()
    speaking = tongues(chance)
    with library.engine.connect() as connection, connection.begin():
        for number in range(hours):
            heard = _lines(number, speaking[_language(number)], chance)
            connection.execute(insert(tables.lines), heard)
            _add_quotes(connection, number, heard, chance)
        indexing.reindex(connection)


def _language(number: int) -> str:
    return "fr" if number % 5 < 2 else "en"


def _identifier(*what: object) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(what)))


def _add_story(work: UnitOfWork, number: int) -> None:
    people = [_identifier("person", number % 400), _identifier("guest", number)]
    if number < 400:
        _add_person(work, people[0], number)
    _add_person(work, people[1], number)
    story = Story(_identifier("story", number), f"S-{number:04}", f"Story {number}", f"story-{number}",
                  _language(number), tuple(map(Participant, people)),
                  recorded_on=(date(2019, 1, 1) + timedelta(days=number * 3)).isoformat())  # fmt: skip
    work.stories.save(story)
    length = LINES * (LINE_MS + PAUSE_MS)
    facts = MediaFacts("m4a", length, None, AudioFacts("aac", 1, 16_000))
    recording = Recording(_identifier("recording", number), f"R-{number:04}", story.id, "a.m4a", f"{number:064}", 1,
                          facts, f"{number}.m4a")  # fmt: skip
    work.recordings.save(recording)
    run = TranscriptRun(_identifier("run", number), recording.id, "e", "1", "m", "en", RunState.DONE, length)
    work.transcripts.save_run(run)


def _add_person(work: UnitOfWork, person_id: str, number: int) -> None:
    stakeholders = [code.key for code in work.codebook.codes() if code.kind.value == "stakeholder"]
    work.contributors.save(Contributor(
        person_id, work.next_code("person"), f"Person {person_id[:6]}", "", stakeholders[number % len(stakeholders)],
        province=PROVINCES[number % len(PROVINCES)], language=_language(number)))
    allowed = [use.key for use in work.codebook.uses()][number % 4 :]
    work.consents.save(Consent(
        _identifier("consent", person_id), work.next_code("consent"), person_id, Attribution.FULL_NAME,
        tuple(Provision(Decision.PERMIT, use) for use in allowed),
        (ConsentEvent(ConsentState.GIVEN, "2026-01-01T00:00:00+00:00"),), date(2026, 1, 1)))


def _lines(number: int, tongue: Tongue, chance: random.Random) -> list[dict[str, Any]]:
    people = [_identifier("person", number % 400), _identifier("guest", number)]
    rows, at, turn, speaker = [], 0, 0, 0
    for position, text in enumerate(tongue.lines(LINES)):
        if not turn:
            turn, speaker = chance.randint(2, 12), 1 - speaker
        turn -= 1
        rows.append({
            "id": str(uuid.UUID(int=chance.getrandbits(128), version=4)), "run_id": _identifier("run", number),
            "recording_id": _identifier("recording", number), "segment_id": None, "position": position,
            "start_ms": at, "end_ms": at + LINE_MS, "text": text, "language": tongue.language,
            "speaker_id": people[speaker], "revision": 0, "reviewed": False,
        })  # fmt: skip
        at += LINE_MS + PAUSE_MS
    return rows


def _add_quotes(connection: Connection, number: int, heard: list[dict[str, Any]], chance: random.Random) -> None:
    keys = [row.key for row in connection.execute(tables.codes.select()).all() if row.codable]
    rows, given = [], []
    for n in range(QUOTES_EACH):
        line = heard[chance.randrange(len(heard))]
        quote_id = _identifier("quote", number, n)
        rows.append({
            "id": quote_id, "code": f"Q-{number * QUOTES_EACH + n:05}", "story_id": _identifier("story", number),
            "recording_id": line["recording_id"], "text": line["text"], "start_ms": line["start_ms"],
            "end_ms": line["end_ms"], "language": line["language"], "first_line_id": line["id"], "first_word": 0,
            "last_line_id": line["id"], "last_word": WORDS_A_LINE - 1, "speaker_id": line["speaker_id"],
            "important": False,
        })  # fmt: skip
        given += [{"id": _identifier("coding", quote_id, key), "quote_id": quote_id, "code": key,
                   "coder_id": _coder(connection, n), "at": "", "suggested": ""} for key in chance.sample(keys, 3)]
    connection.execute(insert(tables.quotes), rows)
    connection.execute(insert(coding_tables.codings), given)


def _coder(connection: Connection, number: int) -> str:
    coder = _identifier("coder", number)
    if connection.execute(coding_tables.coders.select().where(coding_tables.coders.c.id == coder)).first() is None:
        connection.execute(insert(coding_tables.coders).values(id=coder, name=f"Coder {number}"))
    return coder
