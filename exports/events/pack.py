"""Events: the part of a kit for a room full of people: slides with films and notes, and a reel that runs in a loop."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from exports import xmp
from exports.attribution import wording_of
from exports.cards.card import draw
from exports.cards.composing import card_of
from exports.cards.sizes import Size
from exports.events.deck import Film, write_deck
from exports.events.titles import SIZE, title_picture
from exports.kits.assets import folder_name
from exports.kits.packing import Packing, Stretch
from exports.kits.rights import has_clip
from exports.obligations import conditions, label_names, listed_codes
from exports.typography import clean, day, tidy
from storybank.domain.clip import WIDE, ClipJob, Scene
from storybank.domain.draft import Part
from storybank.domain.export import Passage
from storybank.words import Words, say

FOLDER = "10_events"
_TITLE_SECONDS, _FEWEST_SECONDS, _WORDS_A_SECOND = 5.0, 6.0, 2.2
_POSTER_MS = 600


def pack(packing: Packing) -> None:
    """Fill the folder; where nothing may be shown at events, a page says so."""
    passages = packing.passages_for(Part.EVENTS)
    if not passages:
        _say_nothing(packing)
        return
    with tempfile.TemporaryDirectory(prefix="storybank-events-") as aside:
        films = _films(packing, passages, Path(aside))
        for language in packing.parcel.kit.languages:
            packing.report(0.4, say("The slides"))
            deck = packing.room(FOLDER) / f"slides.{language}.pptx"
            write_deck(packing.parcel, passages, films, language, deck)
            packing.keep(deck, passages, language)
        _reel(packing, passages, films, Path(aside))
    _say_conditions(packing, passages)


def _say_nothing(packing: Packing) -> None:
    for language in packing.parcel.kit.languages:
        nobody = Words(language)("Nobody in this kit agreed to be shown at events, so there are no slides and no reel.")
        packing.write(packing.room(FOLDER) / f"nothing-to-show.{language}.txt", tidy(nobody, language) + "\n", (),
                      language)


def _say_conditions(packing: Packing, passages: Sequence[Passage]) -> None:
    """Write what people asked for beside the reel, which has no notes to say it in; without conditions, no file."""
    asked = [f"{listed_codes(one.quotes)}: {one.text}" for one in conditions(passages)]
    for language in packing.parcel.kit.languages if asked else ():
        text = "\n".join([Words(language)("CONDITIONS"), *asked]) + "\n"
        packing.write(packing.room(FOLDER) / f"conditions.{language}.txt", text, passages, language)


def _films(packing: Packing, passages: Sequence[Passage], aside: Path) -> dict[str, Film]:
    """Return the captioned film of each quote that may be one; they are those of the web, encoded once."""
    parcel, jobs = packing.parcel, {}
    for passage in filter(has_clip, passages):
        who = parcel.caption_title(passage)
        jobs[passage.cleared.quote.code] = ClipJob(
            packing.media_of(passage.cleared.recording), packing.cut(passage, WIDE, title=who),
            aside / f"{folder_name(passage)}.mp4",
        )  # fmt: skip
    told = str(say("The films for events"))
    packing.media.clips(list(jobs.values()), Stretch(packing.ticket, 0.0, 0.4, told))
    films = {}
    for code, job in jobs.items():
        still = job.to.with_suffix(".png")
        packing.media.still(job.to, min(_POSTER_MS, (job.cut.end_ms - job.cut.start_ms) // 2), still)
        passage = next(one for one in passages if one.cleared.quote.code == code)
        with Image.open(still) as picture:
            may_stand = passage.cleared.may_be_still or not job.cut.picture
            films[code] = Film(job.to, picture.convert("RGB") if may_stand else _drawn(packing, passage))
    return films


def _reel(packing: Packing, passages: Sequence[Passage], films: dict[str, Film], aside: Path) -> None:
    """Write the reel: titles, films, the cards of those who are not seen, and whose words these were."""
    parcel, language = packing.parcel, next(iter(packing.parcel.kit.languages), "en")
    scenes = [_opening(packing, language, aside)]
    for passage in passages:
        film = films.get(passage.cleared.quote.code)
        scenes.append(Scene(film.file) if film else _card(packing, passage, aside))
    scenes.append(_closing(packing, passages, language, aside))
    to = packing.room(FOLDER) / "screening-reel.mp4"
    packing.media.reel(scenes, to, Stretch(packing.ticket, 0.5, 0.5, str(say("The screening reel"))))
    line = Words(language)("© {year} {organization}. Used with permission.", year=parcel.year,
                           organization=clean(parcel.kit.signed(language)))
    consents = tuple(sorted({code for passage in passages for code in passage.cleared.permission.consents}))
    facts = xmp.Facts(title=parcel.kit.titled(language), description="", creator=clean(parcel.kit.signed(language)),
                      rights=line, credit=line, terms=line, alt={}, consents=consents)
    packing.media.describe(to, parcel.kit.titled(language), line, xmp.packet(facts))
    packing.keep(to, passages, language)


def _opening(packing: Packing, language: str, aside: Path) -> Scene:
    kit, words = packing.parcel.kit, Words(language)
    told = [words("Voices of Social Prescribing"), clean(kit.signed(language))]
    lines = [tidy(line, language) for line in dict.fromkeys(told)]
    return _still(title_picture(tidy(kit.titled(language), language), lines), aside / "opening.png", _TITLE_SECONDS)


def _closing(packing: Packing, passages: Sequence[Passage], language: str, aside: Path) -> Scene:
    parcel, words = packing.parcel, Words(language)
    told = [words("Everybody you saw and heard agreed to be here."), parcel.kit.contact, parcel.kit.link]
    if parcel.use_until:
        told.append(words("May be shown up to and including {day}", day=day(parcel.use_until, language)))
    title = tidy(words("Thank you for listening"), language)
    lines = [tidy(line, language) for line in told if line]
    lines += dict.fromkeys(name for passage in passages for name in label_names(passage.cleared))
    return _still(title_picture(title, lines), aside / "closing.png", _TITLE_SECONDS)


def _card(packing: Packing, passage: Passage, aside: Path) -> Scene:
    """Return the words of somebody who is not seen or heard, for as long as it takes to read them."""
    seconds = max(_FEWEST_SECONDS, len(wording_of(passage.cleared).split()) / _WORDS_A_SECOND + 2)
    return _still(_drawn(packing, passage), aside / f"{folder_name(passage)}.card.png", seconds)


def _drawn(packing: Packing, passage: Passage) -> Image.Image:
    """Return the card of a quote, with the person's picture where one may stand beside the words."""
    language = packing.parcel.language_of(passage)
    card = card_of(passage, language, packing.parcel.order.codebook, packing.face(passage), packing.theme)
    return draw(card, Size(*SIZE), packing.theme)


def _still(picture: Image.Image, to: Path, seconds: float) -> Scene:
    picture.save(to, "PNG")
    return Scene(to, seconds)
