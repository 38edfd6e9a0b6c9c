"""Edition: a site in one language: its frame, its ways from page to page, and how a quote stands on any of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from exports.attribution import credit, teaching, translation_of, wording_of
from exports.kits.rights import has_clip
from exports.obligations import citation, conditions_of, is_bound
from exports.sites.volume import Tale, Volume, anchor
from exports.typography import clean, day, tidy
from exports.web.elements import Film, Spoken, esc, film, link, listed, locale_of, quotation, spoken_in
from exports.web.page import document
from storybank.domain.commission import SERIES
from storybank.domain.contributor import Label
from storybank.domain.export import Passage
from storybank.words import Words


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that is to be written, and whose words are on it."""

    path: str
    """In its language's folder."""
    title: str
    body: str
    passages: tuple[Passage, ...] = ()
    description: str = ""
    scripts: tuple[str, ...] = ("site.js",)


@dataclass(frozen=True)
class Edition:
    """A site in one language."""

    volume: Volume
    language: str
    posters: dict[str, str]
    """Where the picture of each quote lies in the site, by its code."""

    @cached_property
    def words(self) -> Words:
        """Return the words of the edition's language."""
        return Words(self.language)

    @cached_property
    def title(self) -> str:
        """Return what the site is called."""
        return tidy(self.volume.site.titles.said(self.language) or self.words(SERIES), self.language)

    @cached_property
    def organization(self) -> str:
        """Return whose site it is."""
        return tidy(self.volume.site.organization.said(self.language), self.language)

    def own(self, key: str) -> str:
        """Return what the author wrote for a part of the site; empty where nothing is."""
        twin = self.volume.site.sections.get(key)
        return twin.said(self.language) if twin else ""

    def credit(self, passage: Passage) -> tuple[str, ...]:
        """Return how the speaker of a quote is named, in lines."""
        return credit(passage.cleared, self.language, self.volume.order.codebook).lines

    # ---- the frame --------------------------------------------------------------------------------------------

    def page(self, leaf: Leaf) -> str:
        """Return a whole page."""
        up = "../" * leaf.path.count("/")
        other = next((one for one in self.volume.languages if one != self.language), "")
        at_home = leaf.path == "index.html"
        return document(
            self.title if at_home else f"{leaf.title} – {self.title}", self.language, leaf.body,
            other_language_href=f"{up}../{other}/{leaf.path}" if other else "",
            style_href=f"{up}../assets/style.css", script_hrefs=[f"{up}../assets/{one}" for one in leaf.scripts],
            header=self._header(leaf, up), footer=self._footer(up), description=leaf.description,
        )  # fmt: skip

    def _header(self, leaf: Leaf, up: str) -> str:
        words = self.words
        ways = (("voices.html", words("All voices")), ("map.html", words("The experience map")),
                ("about.html", words("About")))
        here = ' aria-current="page"'
        items = listed(link(f"{up}{to}", name, more=here if leaf.path == to else "") for to, name in ways)
        brand = link(f"{up}index.html", self.title, "brand", here if leaf.path == "index.html" else "")
        name = esc(words("Main"))
        return f'{brand}\n<nav aria-label="{name}">\n{items}</nav>\n'

    def _footer(self, up: str) -> str:
        words, site, until = self.words, self.volume.site, self.volume.parcel.use_until
        ways = (("about.html#stop", words("Ask us to stop")), ("about.html#terms", words("Terms of use")),
                ("credits.html", words("Credits")), ("accessibility.html", words("Accessibility")),
                ("sitemap.html", words("All pages")))
        year = self.volume.parcel.year
        lines = [
            f"© {year} {self.organization}" if self.organization else "",
            words("Every voice here is used with permission, under the name that each person chose."),
            words("May be shown until {day}.", day=day(until, self.language)) if until else "",
            words("Contact: {contact}", contact=clean(site.contact)) if site.contact else "",
        ]
        told = "".join(f"<p>{esc(tidy(line, self.language))}</p>\n" for line in lines if line)
        return f"<div>\n{listed(link(f'{up}{to}', name) for to, name in ways)}{told}</div>\n"

    # ---- quotes -----------------------------------------------------------------------------------------------

    def quote(self, passage: Passage, *, look: str = "", tint: str = "", anchored: bool = False) -> str:
        """Return a quote with who says it and all that must stand beside it, in its own colour or that of `tint`."""
        cleared = passage.cleared
        said = Spoken(wording_of(cleared), cleared.quote.language, self.credit(passage),
                      anchor(passage) if anchored else "", f"{look} {tint or self.volume.look_of(passage)}".strip(),
                      self._besides(passage))
        return quotation(said, self.language)

    def film(self, passage: Passage, up: str) -> str:
        """Return the clip of a quote, where one may go out; nothing else."""
        if not has_clip(passage):
            return ""
        code, name = passage.cleared.quote.code, anchor(passage)
        label = self.words("Clip {code}: {credit}", code=code, credit=", ".join(self.credit(passage)))
        at = f"{up}../media/{name}"
        return film(Film(f"{at}.mp4", f"{up}../{self.posters[code]}", f"{at}.vtt", passage.cleared.quote.language,
                         tidy(label, self.language), passage.captions), self.language)

    def tags(self, passage: Passage, up: str, *, stages: bool = True) -> str:
        """Return ways to what a quote speaks to: its building blocks and its stages."""
        volume = self.volume
        blocks = [f'<a class="{volume.look(one)}" href="{up}{volume.page_of(one)}">{esc(one.short(self.language))}</a>'
                  for one in volume.codes_of(passage, volume.blocks)]
        along = [link(f"{up}map.html#{anchor_of(one.key)}", one.short(self.language))
                 for one in volume.codes_of(passage, volume.stages)] if stages else []
        return listed([*blocks, *along], "tags")

    def way_to(self, passage: Passage, up: str) -> str:
        """Return a link from a quote to where it is told."""
        tale = self.volume.tale_of(passage)
        said = self.words("Watch or listen") if has_clip(passage) else self.words("Read it in its place")
        code = esc(passage.cleared.quote.code)
        return (f'<p class="beside"><a href="{up}{tale.page}#{anchor(passage)}">{esc(said)}'
                f'<span class="unseen"> ({code})</span></a></p>')

    def taste(self, tale: Tale) -> Passage | None:
        """Return a quote that fits on a card whole: none is cut, and none needs more beside it than fits."""
        short = [one for one in tale.passages if len(wording_of(one.cleared)) <= 140 and not is_bound(one.cleared)]
        return next(iter(short), None)

    def _besides(self, passage: Passage) -> tuple[str, ...]:
        """Return what must stand beside a quote: translation, conditions, labels, and who taught it."""
        cleared, words = passage.cleared, self.words
        found = []
        if told := translation_of(cleared, self.language):
            found.append(f'<div class="beside"><p class="translated">{esc(tidy(told, self.language))}</p></div>\n')
        around, condition = cleared.speaker.language, tidy(words("Condition:"), self.language)
        bound = [f"{esc(condition)} <span{spoken_in(around, self.language)}>{esc(text)}</span>"
                 for text in conditions_of(cleared)]
        bound += [_label(label, self.language) for label in dict.fromkeys(cleared.labels)]
        if teaching(cleared):
            bound.append(esc(citation(cleared, self.language, self.volume.order.codebook)))
        if bound:
            found.append(f'<div class="beside bound">{"".join(f"<p>{one}</p>" for one in bound)}</div>\n')
        return tuple(found)

    def count(self, n: int) -> str:
        """Return how many quotes there are, in words."""
        return self.words.many("{n} quote", "{n} quotes", n)

    def several(self, passages: Iterable[Passage], up: str, look: str = "said-list", *, tint: str = "",
                stages: bool = True) -> str:
        """Return quotes one under another, each with its ways."""
        return listed((self.quote(one, tint=tint) + self.tags(one, up, stages=stages) + self.way_to(one, up)
                       for one in passages), look)


def anchor_of(key: str) -> str:
    """Return a code's key as an anchor."""
    return "c-" + "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in key.lower())


def _label(label: Label, around: str) -> str:
    """Return a community's label or notice exactly as it was written."""
    lines = [f"<strong>{_exactly(label.name)}</strong>" if label.name else "", _exactly(label.text),
             _exactly(label.uri)]
    inside = "<br>".join(line for line in lines if line)
    code = f' lang="{esc(locale_of(label.language))}"' if label.language and label.language != around else ""
    return f"<span{code}>{inside}</span>"


def _exactly(text: str) -> str:
    """Return a text line by line, unaltered but for what HTML asks."""
    return "<br>".join(line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                       for line in text.splitlines())
