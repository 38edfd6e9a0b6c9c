"""A small library out of the demo interviews, asked through the real gate; times as they were truly said."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image

from exports.cards.sizes import PORTRAIT
from exports.kits.kit import FolderKit
from storybank.domain.attribution import Attribution
from storybank.domain.captions import captions
from storybank.domain.clearance import Circle, ClearedQuote, Gate, LeftOut
from storybank.domain.clip import WIDE, ClipJob, Cut, Scene, Shape
from storybank.domain.commission import Brief, Kit
from storybank.domain.consent import Consent, ConsentEvent, ConsentState, Decision, Provision
from storybank.domain.contributor import Contributor
from storybank.domain.draft import Source, Spokesperson
from storybank.domain.export import HeardBy, Order, Passage
from storybank.domain.quote import Anchor, Quote
from storybank.domain.recording import AudioFacts, MediaFacts, Recording, VideoFacts
from storybank.domain.restriction import without
from storybank.domain.story import Participant, Story
from storybank.domain.transcript import Span, Word
from storybank.domain.twin import Twin
from storybank.domain.use import Asked, Material, Use
from storybank.domain.vocabulary import BUILDING_BLOCKS, CODES, USES

DEMO = Path(__file__).parents[2] / "demo"
TODAY = date(2026, 11, 23)
USE = {use.key: use for use in USES}

BRIEF = Brief(
    title="Will Canada fund link workers for more than one year?",
    audience="The Honourable Minister of Health",
    ask=(
        "Fund link worker positions for five years, starting with the 2027 budget.",
        "Name a physician champion in every health authority by September 2027.",
        "Adopt the same five measures of social prescribing in every province by March 2028.",
    ),
    messages=(
        "Link workers carry sixty families alone; a budget line for support keeps them in the work.",
        "One-year grants end before trust is built; five-year grants would let programs finish what they start.",
        "Doctors refer when somebody answers; a champion in each authority makes sure that somebody does.",
    ),
    issue=(
        "Half of what brings people to a clinic cannot be found in a pharmacy. Social prescribing connects them to a "
        "choir, a garden, housing support or a walking group, and a link worker walks with them.\n"
        "The national framework is being written this year. What it says about funding, training and measures will "
        "decide whether programs outlive their first grant."
    ),
    author="Voices of Social Prescribing, Community of Practice",
    contact="stories@example.ca",
)
BRIEF_FR = replace(
    BRIEF, language="fr",
    title="Le Canada financera-t-il les intervenants pivots plus d'un an ?",
    audience="L'honorable ministre de la Santé",
    ask=("Financer les postes d'intervenants pivots pendant cinq ans, dès le budget de 2027.",),
    messages=(), issue="La moitié de ce qui amène les gens à la clinique ne se trouve pas en pharmacie.",
    author="Voix de la prescription sociale",
)
KIT = Kit("Rural access", "rural-access", contact="stories@example.ca", link="https://example.ca/voices",
          languages=("en", "fr"))


FULL_KIT = replace(
    KIT, titles=Twin("Rural access", "L'accès en région"), audience=Twin("Partners", "Partenaires"),
    asks=(Twin("Fund link workers for five years.", "Financer les intervenants pivots pendant cinq ans."),),
    messages=(Twin("Trust takes longer than a grant. [1]", "La confiance prend plus de temps qu'une subvention. [1]"),
              Twin("A choir can do what a pill cannot [Q-0011].", "Une chorale peut ce qu'un comprimé ne peut pas.")),
    sections={
        "purpose": Twin("We ask for five years of funding.\n\n- Read it\n- Share it", "Nous demandons cinq ans."),
        "how_to_help": Twin("Post one card a day in March.", "Publiez une carte par jour en mars."),
        "questions": Twin("Who pays?\nThe province does.\n\nIs it new?\nNo.", "Qui paie ?\nLa province."),
        "release": Twin("A coalition asks for five years of funding today.\n\n“We ask for time,” says Nadia Roy.",
                        "Une coalition demande cinq ans de financement.\n\n« Du temps », dit Nadia Roy."),
        "release_headline": Twin("Coalition asks for five years", "Une coalition demande cinq ans"),
        "release_place": Twin("HALIFAX", "HALIFAX"),
        "backgrounder": Twin("Social prescribing began in 2019.", "La prescription sociale a commencé en 2019."),
        "boilerplate": Twin("We gather voices.", "Nous recueillons des voix."),
        "newsletter": Twin("Dear members, here are three voices.", "Chers membres, voici trois voix."),
        "email": Twin("Hello, please share.", "Bonjour, merci de partager."),
    },
    sources=(Source("s1", Twin("Kadowaki et al. (2024). Reach."), "https://example.ca/k", "2026-10-01"),),
    spokespeople=(Spokesperson("Nadia Roy", Twin("Director", "Directrice"), "English, français", "902-555-0199"),),
)
"""A kit with something in every part that its author may write."""


class OneSize(FolderKit):
    """Writes kits with cards in one size and clips in one shape, for tests that look at other things."""

    def __init__(self, media: Any = None, shapes: Sequence[Shape] = (WIDE,)) -> None:
        super().__init__(media or StandInMedia(), (PORTRAIT,), shapes)


@cache
def interviews() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads((DEMO / "interviews.json").read_text(encoding="utf-8")))


@cache
def timings() -> dict[str, list[dict[str, Any]]]:
    said: dict[str, list[dict[str, Any]]] = json.loads((DEMO / "media" / "timings.json").read_text(encoding="utf-8"))
    return said


def media_file(slug: str) -> Path:
    return next(path for path in (DEMO / "media").iterdir() if path.stem == slug)


def media_of(recording: Recording) -> Path:
    return DEMO / "media" / recording.place.removeprefix("media/")


def circle(interview: dict[str, Any], number: int) -> Circle:
    """Return a person, their story and their consent."""
    consent = interview["consent"]
    person = Contributor(
        f"person-{number}", f"P-{number:04}", interview["speaker"], interview["role"], interview["stakeholder"],
        interview["organization"], interview["province"], interview["language"],
    )
    events = [ConsentEvent(ConsentState.GIVEN, "2025-06-04T12:00:00Z")]
    if consent["status"] == "withdrawn":
        events.append(ConsentEvent(ConsentState.WITHDRAWN, "2026-01-15T12:00:00Z"))
    ends = consent.get("expires")
    given = Consent(
        f"consent-{number}", f"C-{number:04}", person.id, Attribution(consent["attribution"]),
        tuple(Provision(Decision.PERMIT, use=scope) for scope in consent["scopes"]), tuple(events),
        date(2025, 6, 4), date.fromisoformat(ends) if ends else None,
    )
    story = Story(f"story-{number}", f"S-{number:04}", f"The story of {person.name}", interview["slug"],
                  interview["language"], (Participant(person.id),), "2025-06-04")
    return Circle(story, {person.id: person}, [given])


def recording(interview: dict[str, Any], number: int) -> Recording:
    file = media_file(interview["slug"])
    video = None if file.suffix == ".m4a" else VideoFacts("h264", 1280, 720, 25.0)
    facts = MediaFacts(file.suffix[1:], 60_000, video, AudioFacts("aac", 1, 48_000))
    return Recording(f"recording-{number}", f"R-{number:04}", f"story-{number}", file.name, "0" * 64, 1, facts,
                     f"media/{file.name}")


def quotes(interview: dict[str, Any], number: int) -> list[Quote]:
    """Return every line that speaks to a building block as a quote."""
    times = timings()[media_file(interview["slug"]).name]
    made = []
    for line, ((text, codes), time) in enumerate(zip(interview["lines"], times, strict=True)):
        if codes:
            made.append(Quote(
                f"quote-{number}-{line}", f"Q-{number * 10 + line:04}", f"story-{number}", f"recording-{number}", text,
                round(time["start"] * 1000), round(time["end"] * 1000), interview["language"],
                Anchor("a", 0, "a", 1), frozenset(codes), f"person-{number}",
            ))
    return made


def passage(cleared: ClearedQuote, said: str = "", consents: Sequence[Consent] = ()) -> Passage:
    """Return a cleared quote with its words in time, those that are restricted taken out, as the library does it."""
    quote = cleared.quote
    texts = (said or quote.text).split()
    step = (quote.end_ms - quote.start_ms) / max(1, len(texts))
    words = tuple(without([
        Word(text, round(quote.start_ms + i * step), round(quote.start_ms + (i + 1) * step))
        for i, text in enumerate(texts)
    ], cleared.restrictions))
    blocks = tuple(code for code in BUILDING_BLOCKS if code.key in quote.codes)
    clip = Span(quote.start_ms, quote.end_ms)
    if said:
        cleared = replace(cleared, quote=replace(quote, text=" ".join(word.text for word in words)))
    return Passage(cleared, words, clip, captions(words, clip.start_ms), blocks, ("e" * 64,), tuple(consents))


ALSO = (Material.CLIP, Material.AUDIO, Material.STILL)
"""What a kit would like to have besides the words."""


def order(*uses: str, slugs: tuple[str, ...] = (), most_per_story: int = 9,
          changed: Callable[[Circle], Circle] = lambda circle: circle) -> Order:
    """Return what the library would hand an exporter for these uses, every story's circle `changed` first."""
    wanted: tuple[Use, ...] = tuple(USE[key] for key in uses or ("government_brief",))
    gate = Gate(Asked(wanted, TODAY), ALSO)
    passages, left_out = [], []
    for number, interview in enumerate(interviews(), 1):
        if slugs and interview["slug"] not in slugs:
            continue
        people = changed(circle(interview, number))
        for quote in quotes(interview, number)[:most_per_story]:
            answer = gate.of_quote(people, quote)
            if answer.allowed:
                cleared = gate.clear(people, quote, recording(interview, number))
                passages.append(passage(cleared, quote.text, people.consents))
            else:
                left_out.append(LeftOut(quote, people.story, answer))
    until = min((p.cleared.permission.until for p in passages if p.cleared.permission.until), default=None)
    return Order("E-0007", "2026-11-23T10:00:00+00:00", wanted, tuple(passages), tuple(left_out), CODES, until,
                 "0.1.0", (HeardBy("r1", "faster-whisper 1.2.1", "small", "2026-03-01", 100, 62),))


def names_of_the_unnamed(the_order: Order) -> set[str]:
    """Return the words of names that may stand nowhere: of the unnamed and of the left out."""
    hidden = {p.cleared.speaker.name for p in the_order.passages if not p.cleared.attribution.names_the_person}
    speakers = {number: interview["speaker"] for number, interview in enumerate(interviews(), 1)}
    hidden |= {speakers[int(one.story.id.removeprefix("story-"))] for one in the_order.left_out}
    return {name.split()[-1] for name in hidden}


class Quiet:
    """A ticket that nobody reads."""

    def report(self, fraction: float, note: str = "") -> None:
        assert 0 <= fraction <= 1

    def check(self) -> None:
        pass


class StandInMedia:
    """Writes what it was asked for instead of a film, so that a test can read it."""

    def __init__(self) -> None:
        self.cuts: list[Cut] = []
        self.stills: list[str] = []
        self.moments: list[int] = []
        self.described: dict[str, tuple[str, str, str]] = {}

    def still(self, file: Path, at_ms: int, to: Path, width: int = 1080) -> None:
        self.stills.append(file.name)
        self.moments.append(at_ms)
        Image.new("RGB", (640, 360), (120, 90, 60)).save(to)

    def clip(self, file: Path, cut: Cut, to: Path, ticket: object) -> None:
        self.cuts.append(cut)
        to.write_bytes(f"{cut.start_ms}-{cut.end_ms} {cut.picture} {cut.title} {len(cut.captions)}".encode())

    def clips(self, jobs: Sequence[ClipJob], ticket: object) -> None:
        for job in jobs:
            self.clip(job.file, job.cut, job.to, ticket)

    def sound(self, file: Path, cut: Cut, to: Path, ticket: object) -> None:
        to.write_bytes(f"{to.suffix} {cut.start_ms}-{cut.end_ms} {len(cut.muted)}".encode())

    def reel(self, scenes: Sequence[Scene], to: Path, ticket: object) -> None:
        to.write_text(" ".join(f"{scene.file.name}:{scene.seconds:g}" for scene in scenes), encoding="utf-8")

    def describe(self, file: Path, title: str, rights: str, xmp: str) -> None:
        self.described[file.name] = (title, rights, xmp)


def with_text(the_order: Order, text: str, language: str = "en") -> Order:
    """Return the order with other words in every quote."""
    passages = tuple(
        replace(p, cleared=replace(p.cleared, quote=replace(p.cleared.quote, text=text, language=language)))
        for p in the_order.passages
    )
    return replace(the_order, passages=passages)


def with_level(the_order: Order, level: Attribution) -> Order:
    """Return the order with every person named as `level` allows, in each of its parts too."""
    def levelled(passages: tuple[Passage, ...]) -> tuple[Passage, ...]:
        return tuple(
            replace(p, cleared=replace(p.cleared, permission=replace(p.cleared.permission, attribution=level,
                                                                     features=level.features)))
            for p in passages
        )

    return replace(the_order, passages=levelled(the_order.passages),
                   parts={part: levelled(held) for part, held in the_order.parts.items()})


def with_part(the_order: Order, part: str, *codes: str) -> Order:
    """Return the order with a part that holds these quotes, or all there are."""
    held = tuple(p for p in the_order.passages if not codes or p.cleared.quote.code in codes)
    return replace(the_order, parts={part: held})
