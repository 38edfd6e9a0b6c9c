"""Gallery: a kit at a glance: quotes, films, cards and posts on a page that needs no network and no one's sight."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from exports.attribution import teaching
from exports.cards.composing import said_in
from exports.kits import contents
from exports.kits.assets import Asset, folder_name, quotation
from exports.kits.packing import Packing
from exports.kits.postings import postings
from exports.obligations import citation, conditions_of, plainly
from exports.typography import clean, day, tidy
from exports.web.elements import Film, Spoken, esc, film, heading, link, listed, paragraphs, spoken_in
from exports.web.elements import quotation as spoken_quote
from exports.web.page import document, stylesheet
from storybank.domain.export import Passage
from storybank.words import Words

FOLDER = "07_gallery"
_HERE = resources.files("exports") / "kits"
_UP = "../"
_PICTURES = (".png", ".jpg")
_SOUND = {".mp3": "audio/mpeg", ".wav": "audio/wav", ".m4a": "audio/mp4"}


def pack(packing: Packing) -> None:
    """Write the gallery in each language of the kit; the first is the one that opens."""
    names = {language: f"index.{language}.html" for language in packing.parcel.languages}
    names[packing.parcel.languages[0]] = "index.html"
    for language, name in names.items():
        packing.ticket.check()
        other = next((href for one, href in names.items() if one != language), "")
        page = _Gallery(packing, language).page(other)
        packing.write(packing.room(FOLDER) / name, page, packing.parcel.passages, language)


def style() -> str:
    """Return how the pages of a kit look."""
    return stylesheet() + (_HERE / "gallery.css").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class _Gallery:
    packing: Packing
    language: str

    @property
    def words(self) -> Words:
        return Words(self.language)

    def page(self, other: str) -> str:
        parcel, words = self.packing.parcel, self.words
        title = clean(parcel.kit.titled(self.language))
        told = [contents.voices(parcel, words), contents.until(parcel, words)]
        body = "".join([
            heading(1, title), paragraphs((tidy(line, self.language) for line in told), "lede"), self._ask(),
            *map(self._quote, parcel.in_order), self._papers(),
        ])
        script = (_HERE / "gallery.js").read_text(encoding="utf-8")
        top = link("../README.html", words("Start here"), "brand")
        foot = paragraphs(tidy(line, self.language) for line in contents.terms(parcel, words)[1:])
        name = words("Gallery of {title}", title=title)
        return document(name, self.language, body, style=style(), script=script, other_language_href=other,
                        header=top, footer=f"<div>{foot}</div>")

    def _ask(self) -> str:
        """Return what narrows the page down; without a script everything is shown, and this is not."""
        words = self.words
        blocks = {one.key: one for passage in self.packing.parcel.passages for one in passage.blocks}
        choices = "".join(f'<option value="{esc(key)}">{esc(one.label(self.language))}</option>'
                          for key, one in blocks.items())
        some, none = words("{n} of {all} quotes", n="{n}", all="{all}"), words("No quote fits.")
        find, block, every = words("Find words or people"), words("Building block"), words("All")
        return (
            '<form class="ask" role="search" hidden><div>'
            f'<label for="words">{esc(find)}</label>'
            '<input type="search" id="words" autocomplete="off"></div>'
            f'<div><label for="block">{esc(block)}</label><select id="block">'
            f'<option value="">{esc(every)}</option>{choices}</select></div></form>\n'
            f'<p class="found" role="status" data-some="{esc(some)}" data-none="{esc(none)}"></p>\n'
        )

    def _quote(self, passage: Passage) -> str:
        parcel, code = self.packing.parcel, passage.cleared.quote.code
        text, spoken, sign = said_in(passage, self.language)
        who = parcel.credit(passage, self.language)
        look = passage.blocks[0].key if passage.blocks else ""
        shown = Spoken(f"{text}", spoken, (who,), look=look, besides=tuple(self._besides(passage, sign)))
        told = " ".join([text, who, code, *(block.label(self.language) for block in passage.blocks)])
        blocks = " ".join(block.key for block in passage.blocks)
        pair = spoken_quote(shown, self.language) + self._films(passage)
        return (
            f'<article class="kit-quote" id="{folder_name(passage)}" data-text="{esc(told)}"'
            f' data-blocks="{esc(blocks)}">\n'
            f"{heading(2, ' · '.join([code, *(block.label(self.language) for block in passage.blocks)]))}"
            f'<div class="spoken">{pair}</div>\n{self._cards(passage)}{self._posts(passage)}{self._files(passage)}'
            "</article>\n"
        )

    def _besides(self, passage: Passage, sign: str) -> Iterator[str]:
        """Yield what must stand beside a quote: that it is a translation, conditions, labels, the last day."""
        words, cleared = self.words, passage.cleared
        lines = [words("Condition: {condition}", condition=text) for text in conditions_of(cleared)]
        lines += [plainly(label) for label in dict.fromkeys(cleared.labels)]
        lines += [citation(cleared, self.language, self.packing.parcel.order.codebook)] if teaching(cleared) else []
        if sign:
            original = quotation(passage, cleared.quote.language)[0]
            yield (f'<div class="beside">{paragraphs([sign])}<p{spoken_in(cleared.quote.language, self.language)}>'
                   f"{esc(original)}</p></div>\n")
        if lines:
            yield f'<div class="beside bound">{paragraphs(lines)}</div>\n'
        until = cleared.permission.until
        credit = [self.packing.parcel.credit_line(passage, self.language)]
        if until:
            credit.append(tidy(words("Use until {day}", day=day(until, self.language)), self.language))
        yield f'<div class="beside">{paragraphs(credit)}</div>\n'

    def _films(self, passage: Passage) -> str:
        own = self._own(passage)
        films = [asset for asset in own if asset.ending == ".mp4" and asset.path.startswith("04_")]
        if not films:
            return ""
        wide = next((one for one in films if one.path.endswith("_16x9.mp4")), films[0])
        spoken = passage.cleared.quote.language
        track = next((one.path for one in own if one.path.endswith(f".{spoken}.vtt")), "")
        poster = next((one.path for one in own if one.path.endswith("_thumb.jpg")), "")
        label = self.words("Clip of {code}: {credit}", code=passage.cleared.quote.code,
                           credit=self.packing.parcel.credit(passage, self.language))
        return film(Film(_UP + wide.path, _UP + poster if poster else "", _UP + track, spoken, label,
                         passage.captions), self.language)

    def _cards(self, passage: Passage) -> str:
        """Return the cards; the first says what they all say, the others are named by their size."""
        cards = [one for one in self._own(passage)
                 if one.ending == ".png" and one.path.startswith("03_") and one.language == self.language]
        shown = []
        for number, one in enumerate(cards):
            size = one.path.removesuffix(".png").rsplit("_", 1)[-1]
            width, _, height = size.partition("x")
            alt = one.alt if number == 0 else ""
            picture = (f'<img src="{esc(_UP + one.path)}" alt="{esc(alt)}" width="{esc(width)}" height="{esc(height)}"'
                       ' loading="lazy" decoding="async">')
            name = self.words("Card {size}", size=f"{width} × {height}")
            shown.append(f'<a href="{esc(_UP + one.path)}">{picture}{esc(name)}</a>')
        return listed(shown, "cards")

    def _posts(self, passage: Passage) -> str:
        words, inside = self.words, []
        for one in postings(self.packing, passage):
            if one.language == self.language:
                name = words("{platform}: {length} of {limit}", platform=one.platform.name, length=one.post.length,
                             limit=one.platform.limit)
                text = "\n".join(esc(line) for line in one.post.text.split("\n") if line)
                inside.append(f"<h3>{esc(name)}</h3>\n<p>{text}</p>\n")
        name = words("Posts")
        return (f'<details class="posts"><summary>{esc(name)}</summary>\n{"".join(inside)}</details>\n'
                if inside else "")

    def _files(self, passage: Passage) -> str:
        """Return all files of this quote alone, films in other shapes and sound among them."""
        own = self._own(passage)
        sounds = "".join(
            f'<audio controls preload="none" aria-label="{esc(one.path.rsplit("/", 1)[-1])}">'
            f'<source src="{esc(_UP + one.path)}" type="{_SOUND[one.ending]}"></audio>\n'
            for one in own if one.ending == ".mp3")
        links = [link(_UP + one.path, one.path.rsplit("/", 1)[-1]) for one in own
                 if not one.path.endswith(".alt.txt") and not (one.ending == ".png" and one.path.startswith("03_"))]
        name = self.words("Files of {code}", code=passage.cleared.quote.code)
        files = listed(links, "files")
        return f"{sounds}<details><summary>{esc(name)}</summary>\n{files}</details>\n" if links else sounds

    def _own(self, passage: Passage) -> list[Asset]:
        return [asset for asset in self.packing.assets if asset.passages == (passage,)]

    def _papers(self) -> str:
        """Return everything that belongs to no quote alone, folder by folder."""
        words, by_folder = self.words, {}  # type: ignore[var-annotated]
        for asset in sorted(self.packing.assets, key=lambda asset: asset.path):
            if len(asset.passages) != 1 or asset.ending in (".docx", ".pptx", ".pdf"):
                by_folder.setdefault(asset.path.split("/")[0], []).append(asset)
        told = dict(contents.inside(list(by_folder), words))
        parts = "".join(
            f"{heading(3, told[folder] or folder)}{listed(self._links(assets), 'files')}"
            for folder, assets in by_folder.items() if folder != FOLDER
        )  # fmt: skip
        name = heading(2, words("Papers for everybody"))
        return f"<section>{name}{parts}</section>\n" if parts else ""

    def _links(self, assets: Sequence[Asset]) -> list[str]:
        return [link(_UP + one.path, one.path.split("/", 1)[-1]) for one in assets]
