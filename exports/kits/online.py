"""Online: cards, clips and posts of a kit, ready to be put on the web."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from exports import spreadsheets
from exports.attribution import credit, label, wording_of
from exports.cards import card as cards
from exports.faces import moment_to_show
from exports.kits import captions, leaflets, rights
from exports.kits.assets import Parcel, folder_name
from exports.kits.packing import Packing, Stretch
from exports.kits.posts import compose, platforms
from exports.obligations import conditions_of, label_names, plainly
from exports.palette import PRIMARY, block_colour
from exports.typography import NBSP, quoted, tidy
from storybank.domain import names
from storybank.domain.clip import WIDE
from storybank.domain.export import Passage
from storybank.domain.withholding import tells_role
from storybank.words import Words, say

_SIZES = (cards.PORTRAIT, cards.SQUARE, cards.WIDE)
_LABEL_LIMIT = 44
_DOT = f" {NBSP}·{NBSP} "
_POST_COLUMNS = (
    "post_id", "platform", "lang", "text", "counted_length", "limit", "link", "asset", "alt_text", "credit_line",
    "quote_id", "consent_id", "building_block", "stakeholder", "use_from", "use_until", "note",
)


def pack(packing: Packing) -> None:
    """Fill the folders for the web."""
    _Online(packing).pack()


@dataclass(frozen=True, slots=True)
class _Online:
    """The part of a kit that goes on the web."""

    packing: Packing

    @property
    def parcel(self) -> Parcel:
        return self.packing.parcel

    def pack(self) -> None:
        """Fill the folders, quote by quote."""
        share = 0.95 / len(self.parcel.passages)
        for number, passage in enumerate(self.parcel.passages):
            begin = share * number
            self.packing.report(begin, say("The cards of {code}", code=passage.cleared.quote.code))
            self._cards(passage)
            if rights.has_clip(passage):
                self._clips(passage, begin, share * 0.8)
        self.packing.report(0.95, say("Posts and rights"))
        self._posts()
        self._papers()

    # ---- cards ------------------------------------------------------------------------------------------------

    def _cards(self, passage: Passage) -> None:
        language, quote = self.parcel.language_of(passage), passage.cleared.quote
        name = folder_name(passage)
        into = self.packing.room("03_quote-cards", name, language)
        series = names.slug(self.parcel.kit.slug or self.parcel.kit.title, 30)
        alt = cards.alt_text(wording_of(passage.cleared), quote.language, self.parcel.credit(passage, language))
        card = self._card(passage, language)
        for size in _SIZES:
            self.packing.ticket.check()
            file = into / f"{series}_{name}_{language}_{size}.png"
            cards.save(cards.draw(card, size), file, self._facts(passage, language, alt))
            self.packing.keep(file, [passage], language, alt)
            described = file.with_name(f"{file.stem}.alt.txt")
            _text(described, "\n\n".join([alt, self._full_description(passage, language), *self._besides(passage)])
                  + "\n")
            self.packing.keep(described, [passage], language)

    def _card(self, passage: Passage, language: str) -> cards.Card:
        block = passage.blocks[0] if passage.blocks else None
        words, cleared = Words(language), passage.cleared
        title = block.label(language) if block else ""
        foot = (words("Voices of Social Prescribing"), cleared.quote.code, words("Used with permission"))
        return cards.Card(
            wording_of(cleared), cleared.quote.language, credit(cleared, language, self.parcel.order.codebook).lines,
            block.short(language) if block and len(title) > _LABEL_LIMIT else title,
            block_colour(block.key) if block else PRIMARY, _DOT.join(foot), self._face(passage),
            _DOT.join(label_names(cleared)),
        )

    def _face(self, passage: Passage) -> Image.Image | None:
        """Return a still of the speaker, where their picture may be used and there is one."""
        cleared, at = passage.cleared, moment_to_show(passage.cleared)
        if not cleared.may_be_still or cleared.recording.facts.video is None or at is None:
            return None
        with tempfile.TemporaryDirectory() as aside:
            still = Path(aside) / "still.png"
            self.packing.media.still(self.packing.media_of(cleared.recording), at, still)
            with Image.open(still) as picture:
                return picture.convert("RGB")

    def _facts(self, passage: Passage, language: str, alt: str) -> dict[str, str]:
        line = self.parcel.credit_line(passage, language)
        return {"dc:title": passage.cleared.quote.code, "dc:rights": line, "xmpRights:UsageTerms": line,
                "Iptc4xmpCore:AltTextAccessibility": alt}

    def _full_description(self, passage: Passage, language: str) -> str:
        words = Words(language)
        look = words(
            "Quote card. {quote} — {credit}. Dark letters on a light ground, a band of colour above.",
            quote=quoted(wording_of(passage.cleared), passage.cleared.quote.language),
            credit=self.parcel.credit(passage, language))
        return tidy(look, language)

    def _besides(self, passage: Passage) -> list[str]:
        """Return what must be read along with a picture: its conditions, and the labels of its communities."""
        words = Words(self.parcel.language_of(passage))
        asked = [words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
        return [*asked, *map(plainly, dict.fromkeys(passage.cleared.labels))]

    # ---- clips ------------------------------------------------------------------------------------------------

    def _clips(self, passage: Passage, begin: float, share: float) -> None:
        cleared, name, language = passage.cleared, folder_name(passage), self.parcel.language_of(passage)
        into, said = self.packing.room("04_clips", name), passage.cleared.quote.language
        who = credit(cleared, language, self.parcel.order.codebook).text
        file, quote = self.packing.media_of(cleared.recording), cleared.quote
        burned, clean = passage.cut(WIDE, title=who), passage.cut(WIDE, captioned=False)
        for half, (cut, kind) in enumerate(((burned, ""), (clean, "_clean"))):
            self.packing.ticket.check()
            to = into / f"{name}_{WIDE.name}{kind}.mp4"
            stretch = Stretch(self.packing.ticket, begin + share * (0.25 + half * 0.5), share / 2,
                               str(say("A clip of {code}", code=quote.code)))
            self.packing.media.clip(file, cut, to, stretch)
            self.packing.keep(to, [passage], language)
        _text(into / f"{name}.{said}.srt", captions.srt(passage.captions))
        _text(into / f"{name}.{said}.vtt", captions.vtt(passage.captions, who, said))
        _text(into / f"{name}.transcript.{said}.txt", f"{quoted(quote.text, said)}\n— {who}\n")
        for ending in (f".{said}.srt", f".{said}.vtt", f".transcript.{said}.txt"):
            self.packing.keep(into / f"{name}{ending}", [passage], said)

    # ---- posts and papers -------------------------------------------------------------------------------------

    def _posts(self) -> None:
        rows = [row for passage in self.parcel.passages for row in self._posts_of(passage)]
        spreadsheets.write_csv(self.packing.room("02_posts") / "posts.csv", _POST_COLUMNS, rows)

    def _posts_of(self, passage: Passage) -> Iterator[list[object]]:
        cleared, language = passage.cleared, self.parcel.language_of(passage)
        who, words, book = self.parcel.credit(passage, language), Words(language), self.parcel.order.codebook
        card = next(asset for asset in self.packing.assets if asset.passages == (passage,) and asset.alt)
        group = cleared.speaker.stakeholder if tells_role(cleared) else ""
        for platform in platforms():
            post = compose(wording_of(cleared), cleared.quote.language, who, self.parcel.kit.link, language, platform)
            yield [
                f"{folder_name(passage)}_{platform.key}_{language}", platform.name, f"{language}-CA", post.text,
                post.length, platform.limit, self.parcel.kit.link, card.path, card.alt,
                self.parcel.credit_line(passage, language), cleared.quote.code,
                " ".join(cleared.permission.consents), "; ".join(block.label(language) for block in passage.blocks),
                label(group, book, language) if group else "", self.parcel.order.made_at[:10],
                cleared.permission.until or "", self._note_of(passage, words, is_cut=post.is_cut),
            ]

    @staticmethod
    def _note_of(passage: Passage, words: Words, *, is_cut: bool) -> str:
        """Return what whoever posts must know: that the quote is cut, the conditions, the labels to stand beside it."""
        asked = [words("Condition: {condition}", condition=text) for text in conditions_of(passage.cleared)]
        names = label_names(passage.cleared)
        beside = words("Keep beside it, see _rights/{file}: {labels}.", file=rights.LABELS, labels="; ".join(names))
        cut = words("The quote is cut; […] shows where.")
        return " ".join([*([cut] if is_cut else []), *asked, *([beside] if names else [])])

    def _papers(self) -> None:
        leaflets.write_readme(self.parcel, self.packing.folder / "README.txt")
        into = self.packing.room("_rights")
        rights.write_credits(self.parcel, into / "credits.csv")
        leaflets.write_terms(self.parcel, into / "usage-terms.txt")
        rights.write_labels(self.parcel, into / rights.LABELS)
        rights.write_left_out(self.parcel, into / "left-out.csv")
        rights.write_consent_manifest(self.parcel, self.packing.assets, self.packing.folder,
                                      into / "consent-manifest.json")


def _text(to: Path, text: str) -> None:
    to.write_text(text, encoding="utf-8", newline="\n")
