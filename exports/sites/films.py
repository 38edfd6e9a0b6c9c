"""Films: the clips of a site, their captions, and the picture that stands for each quote."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageOps

from exports import xmp
from exports.kits import captions
from exports.kits.assets import Parcel
from exports.kits.packing import Packing, Stretch
from exports.kits.rights import has_clip
from exports.palette import block_colour
from exports.sites.volume import Volume, anchor
from exports.typography import tidy
from storybank.domain.clip import WIDE, ClipJob
from storybank.domain.export import Passage
from storybank.errors import Damaged, StorybankError, Unavailable
from storybank.words import Words, say

_POSTER = (960, 540)
_GROUND = "#12302F"


def write_films(packing: Packing, volume: Volume, begin: float, share: float) -> dict[str, str]:
    """Write clips and captions of all quotes that may be heard; return where each quote's picture lies, by its code."""
    heard = [one for one in volume.passages if has_clip(one)]
    into = packing.room("media")
    files = {one.cleared.quote.code: _recording(packing, one) for one in heard}
    jobs = [ClipJob(files[one.cleared.quote.code], one.cut(WIDE, title=_who(packing.parcel, one)),
                    into / f"{anchor(one)}.mp4") for one in heard]
    packing.report(begin, say("The clips"))
    packing.media.clips(jobs, Stretch(packing.ticket, begin, share * 0.8, str(say("The clips"))))
    posters = {}
    for number, one in enumerate(volume.passages):
        packing.report(begin + share * (0.8 + 0.2 * number / len(volume.passages)),
                       say("The page of {code}", code=one.cleared.quote.code))
        if has_clip(one):
            _describe(packing, one, into / f"{anchor(one)}.mp4")
        poster = _face(packing, one) or _rhythm(packing, one, volume)
        posters[one.cleared.quote.code] = poster.relative_to(packing.folder).as_posix()
    return posters


def _recording(packing: Packing, passage: Passage) -> Path:
    """Return the recording of a clip; refuse before anything is made where it is not at hand."""
    story, quote, how = passage.cleared.story.code, passage.cleared.quote.code, ""
    try:
        if (file := packing.media_of(passage.cleared.recording)).is_file():
            return file
    except Damaged:
        raise
    except StorybankError as error:
        how = str(error.hint)
    raise Unavailable(
        say("The recording of story {story} is not there, so the clip of {quote} cannot be made. No site was made.",
            story=story, quote=quote),
        hint=say("Bring the recording back, or leave {quote} out of the site. {how}", quote=quote, how=how),
    )


def _who(parcel: Parcel, passage: Passage) -> str:
    return parcel.credit(passage, parcel.language_of(passage))


def _describe(packing: Packing, passage: Passage, film: Path) -> None:
    """Write captions beside a clip, and credit and terms into it."""
    parcel, spoken = packing.parcel, passage.cleared.quote.language
    language, who = parcel.language_of(passage), _who(parcel, passage)
    facts = parcel.facts(passage, language, {language: _alt(passage, who, language)})
    packing.media.describe(film, facts.title, facts.rights, xmp.packet(facts))
    packing.keep(film, [passage], language, _alt(passage, who, language))
    packing.write(film.with_suffix(".vtt"), captions.vtt(passage.captions, who, spoken), [passage], spoken)


def _alt(passage: Passage, who: str, language: str) -> str:
    words, seen = Words(language), passage.cut().picture and passage.cleared.recording.facts.video is not None
    said = (words("A person speaks to the camera: {credit}.", credit=who) if seen
            else words("A voice over a plain ground: {credit}.", credit=who))
    return tidy(said, language)


def _face(packing: Packing, passage: Passage) -> Path | None:
    """Write the speaker's picture, where it may be shown and there is one."""
    picture = packing.face(passage)
    if picture is None:
        return None
    to = packing.room("media") / f"{anchor(passage)}.jpg"
    parcel, language = packing.parcel, packing.parcel.language_of(passage)
    alt = _alt(passage, _who(parcel, passage), language)
    fitted = ImageOps.fit(picture.convert("RGB"), _POSTER, Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    facts = xmp.packet(parcel.facts(passage, language, {language: alt}))
    fitted.save(to, "JPEG", quality=86, optimize=True, progressive=True, xmp=facts.encode())
    packing.keep(to, [passage], language, alt)
    return to


def _rhythm(packing: Packing, passage: Passage, volume: Volume) -> Path:
    """Write a quiet picture of how the words follow one another: a bar a word, at its time, as tall as it is long."""
    block = next(iter(volume.codes_of(passage, volume.blocks)), None)
    colour = "#" + (block_colour(block.key) if block else "63C7BB")
    start, length = passage.clip.start_ms, max(1, passage.clip.length_ms)
    bars = []
    for word in passage.words:
        x = 120 + 720 * (word.start_ms - start) / length
        wide = max(4.0, 720 * (word.end_ms - word.start_ms) / length - 7)
        tall = 26 + min(15, len(word.text)) * 12
        bars.append(f'<rect x="{x:.1f}" y="{270 - tall / 2:.1f}" width="{wide:.1f}" height="{tall}"'
                    f' rx="{min(wide / 2, 7):.1f}"/>')
    to = packing.room("media") / f"{anchor(passage)}.svg"
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_POSTER[0]}" height="{_POSTER[1]}"'
        f' viewBox="0 0 {_POSTER[0]} {_POSTER[1]}"><rect width="100%" height="100%" fill="{_GROUND}"/>'
        f'<rect width="100%" height="10" fill="{colour}"/><g fill="#D7E4E1">{"".join(bars)}</g></svg>\n'
    )
    packing.write(to, picture, [passage], packing.parcel.language_of(passage))
    return to
