"""Films: the clips of a kit in every shape, with their captions, words and pictures to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from exports import xmp
from exports.attribution import translation_of
from exports.cards.composing import alt_of
from exports.kits import captions, pictures, rights
from exports.kits.assets import folder_name, quotation
from exports.kits.packing import Packing, Stretch
from exports.typography import quoted, shortened, tidy
from storybank.domain.captions import captions as cues_of
from storybank.domain.clip import WIDE, ClipJob, Cue, Cut, Shape
from storybank.domain.export import Passage
from storybank.domain.transcript import Word
from storybank.errors import Damaged, StorybankError, Unavailable
from storybank.words import Words, say

_FOLDER = "04_clips"
_THUMB = (1280, 720)
_ALT_LIMIT = 250


@dataclass(frozen=True, slots=True)
class _Film:
    """A clip that is to be made, and where it lies."""

    passage: Passage
    to: Path
    cut: Cut


def pack(packing: Packing, begin: float, share: float) -> None:
    """Make every clip of the kit in one go, so that all cores work, then write what goes with each."""
    films = [film for passage in packing.parcel.passages if rights.has_clip(passage)
             for film in _films(packing, passage)]
    if not films:
        return
    jobs = [ClipJob(packing.media_of(film.passage.cleared.recording), film.cut, film.to) for film in films]
    packing.report(begin, say("The clips"))
    packing.media.clips(jobs, Stretch(packing.ticket, begin, share, str(say("The clips"))))
    for film in films:
        packing.ticket.check()
        _describe(packing, film)
        packing.keep(film.to, [film.passage], packing.parcel.language_of(film.passage), _alt(packing, film.passage))
    for passage in dict.fromkeys(film.passage for film in films):
        _words(packing, passage)
        _thumb(packing, passage)


def check_recordings(packing: Packing) -> None:
    """Refuse before anything is made where the recording of a clip is not at hand, naming its story."""
    for passage in packing.parcel.passages:
        if not rights.has_clip(passage):
            continue
        cleared = passage.cleared
        try:
            there = packing.media_of(cleared.recording).is_file()
        except Damaged:
            raise
        except StorybankError as error:
            raise _missing(passage, str(error.hint)) from error
        if not there:
            raise _missing(passage)


def is_audiogram(passage: Passage) -> bool:
    """Tell whether a clip shows no person, because there is no picture or it may not be shown."""
    return passage.cleared.recording.facts.video is None or not passage.cut().picture


def clip_name(passage: Passage, shape: Shape, *, clean: bool = False) -> str:
    """Return what a clip is called: one without a picture is an audiogram, and is called so."""
    kind = "_audiogram" if is_audiogram(passage) else ""
    return f"{folder_name(passage)}{kind}_{shape.name}{'_clean' if clean else ''}.mp4"


def _missing(passage: Passage, how: str = "") -> Unavailable:
    story, quote = passage.cleared.story.code, passage.cleared.quote.code
    message = say("The recording of story {story} is not there, so the clips of {quote} cannot be made. No kit was"
                  " made.", story=story, quote=quote)
    leave = say("Bring the recording back, or leave {quote} out of the kit. {how}", quote=quote, how=how)
    return Unavailable(message, hint=leave)


def _films(packing: Packing, passage: Passage) -> Iterator[_Film]:
    into = packing.room(_FOLDER, folder_name(passage))
    who = packing.parcel.caption_title(passage)
    for shape in packing.shapes:
        yield _Film(passage, into / clip_name(passage, shape), packing.cut(passage, shape, title=who))
    yield _Film(passage, into / clip_name(passage, WIDE, clean=True), passage.cut(WIDE, captioned=False))


def _describe(packing: Packing, film: _Film) -> None:
    """Write who is credited and what was agreed into a film, and nothing else."""
    language = packing.parcel.language_of(film.passage)
    alt = {one: _alt(packing, film.passage, one) for one in packing.parcel.languages}
    facts = packing.parcel.facts(film.passage, language, {language: alt[language], **alt} if language in alt else alt)
    packing.media.describe(film.to, facts.title, facts.rights, xmp.packet(facts))


def _alt(packing: Packing, passage: Passage, language: str = "") -> str:
    """Return what a clip shows, for people who cannot see it."""
    language = language or packing.parcel.language_of(passage)
    words, who = Words(language), packing.parcel.credit(passage, language)
    said = (words("A voice, its sound drawn as bars on a plain ground: {credit}.", credit=who) if is_audiogram(passage)
            else words("A person speaks to the camera: {credit}.", credit=who))
    return shortened(tidy(said, language), _ALT_LIMIT)


def _words(packing: Packing, passage: Passage) -> None:
    """Write captions and transcript in the language that is spoken, and where a translation is allowed, in that."""
    name, spoken = folder_name(passage), passage.cleared.quote.language
    into = packing.room(_FOLDER, name)
    for language in dict.fromkeys([spoken, *packing.parcel.languages]):
        cues = passage.captions if language == spoken else translated_cues(passage, language)
        if not cues:
            continue
        who = packing.parcel.credit(passage, language)
        said = quoted(passage.cleared.quote.text, spoken) if language == spoken else quotation(passage, language)[0]
        packing.write(into / f"{name}.{language}.srt", captions.srt(cues), [passage], language)
        packing.write(into / f"{name}.{language}.vtt", captions.vtt(cues, who, language), [passage], language)
        packing.write(into / f"{name}.transcript.{language}.txt", f"{said}\n— {who}\n", [passage],
                      language)


def translated_cues(passage: Passage, language: str) -> tuple[Cue, ...]:
    """Return captions in another language, where a translation may go out, spread over the time of the words."""
    texts = translation_of(passage.cleared, language).split()
    quote = passage.cleared.quote
    if not texts:
        return ()
    whole, said = sum(len(text) + 1 for text in texts), 0
    words = []
    for text in texts:
        start, said = said, said + len(text) + 1
        words.append(Word(text, _moment(quote.start_ms, quote.end_ms, start / whole),
                          _moment(quote.start_ms, quote.end_ms, said / whole)))
    return cues_of(words, passage.clip.start_ms, clip_end_ms=passage.clip.end_ms)


def _moment(start_ms: int, end_ms: int, part: float) -> int:
    return round(start_ms + (end_ms - start_ms) * part)


def _thumb(packing: Packing, passage: Passage) -> None:
    """Write a picture to begin with: the person where their picture may be shown, else the quote's card."""
    name, language = folder_name(passage), packing.parcel.language_of(passage)
    shown = packing.face(passage)
    picture = shown or pictures.drawn(packing, passage, language, pictures.THUMB)
    alt = _alt(packing, passage) if shown else alt_of(passage, language, packing.parcel.order.codebook)
    to = packing.room(_FOLDER, name) / f"{name}_thumb.jpg"
    fitted = ImageOps.fit(picture.convert("RGB"), _THUMB, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    facts = packing.parcel.facts(passage, language, {language: alt})
    fitted.save(to, "JPEG", quality=88, xmp=xmp.packet(facts).encode())
    packing.keep(to, [passage], language, alt)
