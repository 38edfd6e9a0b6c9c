"""Online: cards, clips and posts of a kit, ready to be put on the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exports import spreadsheets, xmp
from exports.attribution import credit, label, wording_of
from exports.cards import card as cards
from exports.cards import sizes
from exports.cards.composing import alt_of, card_of, face_of, full_alt_of
from exports.cards.theme import HOUSE, read_theme
from exports.kits import captions, leaflets, rights
from exports.kits.assets import Parcel, folder_name
from exports.kits.packing import Packing, Stretch
from exports.kits.posts import compose, platforms
from exports.obligations import conditions_of, label_names, plainly
from exports.typography import clean, day, quoted
from storybank.domain import names
from storybank.domain.clip import WIDE
from storybank.domain.export import Passage
from storybank.domain.withholding import tells_role
from storybank.words import Words, say

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
        language, book = self.parcel.language_of(passage), self.parcel.order.codebook
        name = folder_name(passage)
        into = self.packing.room("03_quote-cards", name, language)
        series = names.slug(self.parcel.kit.slug or self.parcel.kit.title, 30)
        theme = read_theme(self.parcel.kit.theme) if self.parcel.kit.theme else HOUSE
        face = face_of(passage, self.packing.media, self.packing.media_of)
        card, alt = card_of(passage, language, book, face, theme), alt_of(passage, language, book)
        described = full_alt_of(passage, language, book, with_face=face is not None)
        for size in sizes.ONLINE:
            self.packing.ticket.check()
            file = into / f"{series}_{name}_{language}_{size}.png"
            xmp.save_png(cards.draw(card, size, theme), file, self._facts(passage, language, described))
            self.packing.keep(file, [passage], language, alt)
            beside = file.with_name(f"{file.stem}.alt.txt")
            _text(beside, "\n\n".join([alt, described, *self._besides(passage)]) + "\n")
            self.packing.keep(beside, [passage], language)

    def _facts(self, passage: Passage, language: str, described: str) -> xmp.Facts:
        line, cleared, words = self.parcel.credit_line(passage, language), passage.cleared, Words(language)
        end = cleared.permission.until
        until = words("Use until {day}.", day=day(end, language)) if end else ""
        terms = words("As it is, with its credit line; no changes, no advertising, no training of software.")
        return xmp.Facts(
            cleared.quote.code, described, clean(self.parcel.kit.organization),
            f"© {self.parcel.year} {clean(self.parcel.kit.organization)}", line, f"{terms} {until}".strip(),
            {language: described}, cleared.permission.consents,
        )

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
