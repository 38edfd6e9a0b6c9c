"""Volume: what a site tells, whatever the language: whose words stand together, and where each page lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from exports.attribution import credit
from exports.kits.assets import Parcel, folder_name
from exports.kits.rights import has_clip
from storybank.domain import names
from storybank.domain.codebook import Code, CodeKind, under, with_descendants
from storybank.domain.commission import SERIES, Kit, Site
from storybank.domain.export import Order, Passage
from storybank.domain.withholding import tells_role

_PUBLIC = ("amplify", "training", "policy", "bridges", "measure")
"""The building blocks whose colours the house's style knows."""


@dataclass(frozen=True, slots=True)
class Tale:
    """What one person says in one story, under one name: a page of the site.

    Whoever is named in one quote and not in another has two pages, and nothing on them or in their addresses tells
    that they belong together.
    """

    name: str
    """Of its page; a code, because a title or a name may tell who it is."""
    passages: tuple[Passage, ...]

    @property
    def page(self) -> str:
        """Return where its page lies in its language's folder."""
        return f"stories/{self.name}.html"

    def credit(self, language: str, codebook: Sequence[Code]) -> tuple[str, ...]:
        """Return how the person is named, in lines."""
        return credit(self.passages[0].cleared, language, codebook).lines

    @property
    def group(self) -> str:
        """Return the key of the person's role, where it may be told."""
        cleared = self.passages[0].cleared
        return cleared.speaker.stakeholder if tells_role(cleared) else ""


@dataclass(frozen=True)
class Volume:
    """A site on its way."""

    site: Site
    order: Order

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Return the languages of the site, each once; English where none was named."""
        return tuple(dict.fromkeys(one for one in self.site.languages if one in ("en", "fr"))) or ("en",)

    @cached_property
    def parcel(self) -> Parcel:
        """Return the site as its papers of rights know it."""
        first = self.languages[0]
        title = self.site.titles.said(first) or self.site.titles.en or self.site.titles.fr or SERIES
        return Parcel(Kit(title, "voices", self.site.organization.said(first) or SERIES, self.site.contact,
                          self.site.link, self.languages, self.site.titles, placing=self.site.placing,
                          reference=self.site.reference), self.order)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Return the quotes as their author placed them, those that lead first; then the rest by their codes."""
        places = {one.quote: (not one.lead, number) for number, one in enumerate(self.site.placing)}
        by_code = sorted(self.order.passages, key=lambda passage: passage.cleared.quote.code)
        return tuple(sorted(by_code, key=lambda p: places.get(p.cleared.quote.code, (True, len(places)))))

    @cached_property
    def tales(self) -> tuple[Tale, ...]:
        """Return the pages of people in the order of the quotes; those without a name last, beside nobody of theirs."""
        found: dict[tuple[str, str, str], list[Passage]] = {}
        for one in self.passages:
            cleared = one.cleared
            found.setdefault((cleared.story.id, cleared.speaker.id, cleared.attribution.value), []).append(one)
        stories = [story for story, _, _ in found]
        told = sorted(found.items(), key=lambda item: not item[1][0].cleared.attribution.names_the_person)
        return tuple(
            Tale(names.slug(said[0].cleared.story.code) if stories.count(story) == 1
                 else names.slug(min(one.cleared.quote.code for one in said)), tuple(said))
            for (story, _, _), said in told
        )  # fmt: skip

    @cached_property
    def blocks(self) -> tuple[Code, ...]:
        """Return the building blocks of the codebook."""
        return tuple(under("", CodeKind.BLOCK, self.order.codebook))

    @cached_property
    def stages(self) -> tuple[Code, ...]:
        """Return the stages of the referral pathway."""
        return tuple(under("", CodeKind.STAGE, self.order.codebook))

    @cached_property
    def groups(self) -> tuple[Code, ...]:
        """Return the groups of people who speak on the site."""
        present = {tale.group for tale in self.tales}
        return tuple(code for code in under("", CodeKind.STAKEHOLDER, self.order.codebook) if code.key in present)

    @cached_property
    def _under(self) -> dict[str, frozenset[str]]:
        """Return for each code its key and those under it."""
        return {code.key: with_descendants(code.key, self.order.codebook) for code in (*self.blocks, *self.stages)}

    @cached_property
    def _homes(self) -> dict[str, Tale]:
        return {one.cleared.quote.code: tale for tale in self.tales for one in tale.passages}

    def speaking_to(self, code: Code) -> tuple[Passage, ...]:
        """Return the quotes that have a code, or one under it."""
        return tuple(one for one in self.passages if one.cleared.quote.codes & self._under[code.key])

    def codes_of(self, passage: Passage, among: Sequence[Code]) -> tuple[Code, ...]:
        """Return which of some codes a quote has."""
        return tuple(code for code in among if passage.cleared.quote.codes & self._under[code.key])

    def tale_of(self, passage: Passage) -> Tale:
        """Return the page on which a quote stands."""
        return self._homes[passage.cleared.quote.code]

    def look(self, code: Code | None) -> str:
        """Return the class that gives a building block its colour."""
        if code is None:
            return ""
        return code.key if code.key in _PUBLIC and not code.colour else f"own-{names.slug(code.key)}"

    def look_of(self, passage: Passage) -> str:
        """Return the class that gives a quote the colour of its first building block."""
        return self.look(next(iter(self.codes_of(passage, self.blocks)), None))

    def page_of(self, block: Code) -> str:
        """Return where a building block's page lies in its language's folder."""
        return f"blocks/{names.slug(block.key)}.html"

    def lead(self) -> Passage | None:
        """Return the quote that opens the site: the one its author chose, else the shortest that can be watched."""
        chosen = {one.quote for one in self.site.placing if one.lead}
        led = [one for one in self.passages if one.cleared.quote.code in chosen]
        return next(iter(led or sorted(self.passages, key=_readiness)), None)

    def note(self, passage: Passage, language: str) -> str:
        """Return what the author says to introduce a quote."""
        code = passage.cleared.quote.code
        return next((one.note.said(language) for one in self.site.placing if one.quote == code), "")


def anchor(passage: Passage) -> str:
    """Return where links to a quote lead on its page."""
    return folder_name(passage)


def _readiness(passage: Passage) -> tuple[bool, bool, bool, int, str]:
    length, heard = len(passage.cleared.quote.text), has_clip(passage)
    return not heard, not (heard and passage.cut().picture), not 40 <= length <= 160, length, passage.cleared.quote.code
