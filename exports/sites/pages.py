"""Pages: what people read: the front page, everything that was said, a page a person, a page a building block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from exports.attribution import wording_of
from exports.sites.edition import Edition, Leaf, anchor_of
from exports.sites.journey import path_of
from exports.sites.volume import Tale, anchor
from exports.typography import marks, tidy
from exports.web.elements import esc, heading, link, listed, locale_of, paragraphs, spoken_in
from storybank.domain.codebook import Code
from storybank.domain.export import Passage

_PEOPLE_AT_FRONT = 6


def home(edition: Edition) -> Leaf:
    """Return the front page of a language."""
    words, volume = edition.words, edition.volume
    lead = volume.lead()
    seen = tuple(volume.tales[:_PEOPLE_AT_FRONT])
    body = [_hero(edition), _featured(edition, lead) if lead else "", _messages(edition),
            "<section>\n", heading(2, words("Five building blocks")) if len(volume.blocks) == 5
            else heading(2, words("Building blocks")), _blocks(edition), "</section>\n",
            "<section>\n", heading(2, words("Who speaks")), _people(edition, seen, ""),
            link("voices.html", words("All voices"), "more"), "</section>\n",
            "<section>\n", heading(2, words("The experience map")),
            paragraphs([words("Five stages of a referral, and the link worker who walks along: what people said about"
                              " each.")], "lede"), path_of(edition, "map.html"),
            link("map.html", words("Read the map"), "more"), "</section>\n"]
    shown = {one: None for tale in seen if (one := edition.taste(tale))}
    return Leaf("index.html", edition.title, "".join(body), tuple(dict.fromkeys([*([lead] if lead else []), *shown])),
                edition.own("about").split("\n")[0])


def voices(edition: Edition) -> Leaf:
    """Return the page with everything that was said, to be searched and sifted; without a script it is all listed."""
    words, volume = edition.words, edition.volume
    cards = []
    for passage in volume.passages:
        blocks, stages = volume.codes_of(passage, volume.blocks), volume.codes_of(passage, volume.stages)
        about = (f'data-code="{anchor(passage)}" data-block="{_keys(blocks)}" data-stage="{_keys(stages)}"'
                 f' data-who="{esc(anchor_of(volume.tale_of(passage).group))}"')
        cards.append(f"<li {about}>\n{edition.quote(passage)}{edition.tags(passage, '')}"
                     f"{edition.way_to(passage, '')}</li>\n")
    n, people = len(volume.passages), len(volume.tales)
    one, many = words("1 of {all} quotes", all="{all}"), words("{n} of {all} quotes", n="{n}", all="{all}")
    told = words("{quotes} from {people}", quotes=edition.count(n),
                 people=words.many("{n} person", "{n} people", people))
    body = "".join([
        heading(1, words("All voices")),
        paragraphs([words("Everything that people agreed to have shown here, in the words they chose.")], "lede"),
        '<div class="browse">\n', _filters(edition), "<div>\n",
        f'<p class="found" role="status" tabindex="-1" data-one="{esc(one)}" data-many="{esc(many)}">{esc(told)}</p>\n',
        _nothing(edition), f'<ul class="columns" role="list">\n{"".join(cards)}</ul>\n', "</div>\n</div>\n",
    ])
    return Leaf("voices.html", words("All voices"), body, volume.passages, "", ("words.js", "site.js"))


def story(edition: Edition, tale: Tale) -> Leaf:
    """Return the page of what one person says."""
    words, volume, up = edition.words, edition.volume, "../"
    who, *more = tale.credit(edition.language, volume.order.codebook)
    code = tale.name.upper()
    said = "".join(_spoken(edition, one, up) for one in tale.passages)
    about = [*more, edition.count(len(tale.passages)), code]
    body = "".join([
        '<p class="eyebrow">', link(f"{up}voices.html", words("All voices")), "</p>\n", heading(1, who),
        f'<p class="about-person">{"".join(f"<span>{esc(line)}</span>" for line in about)}</p>\n', said,
        _turn(edition, tale),
    ])
    return Leaf(tale.page, f"{who} ({code})", body, tale.passages)


def block(edition: Edition, code: Code) -> Leaf:
    """Return the page of a building block: what it stands for, and what was said about it."""
    words, volume, up = edition.words, edition.volume, "../"
    said, label = volume.speaking_to(code), code.label(edition.language)
    silence = paragraphs([words("Nobody who may be heard here has spoken about this yet.")], "silent")
    others = (one for one in volume.blocks if one is not code)
    body = "".join([
        f'<div class="banner {volume.look(code)}">\n', paragraphs([words("Building block")], "eyebrow"),
        heading(1, label), paragraphs([code.gist(edition.language)], "lede"), "</div>\n",
        edition.several(said, up, "columns", tint=volume.look(code)) or silence,
        '<nav class="turn" aria-label="', esc(words("Other building blocks")), '">',
        *(link(f"{up}{volume.page_of(one)}", one.short(edition.language)) for one in others), "</nav>\n",
    ])
    return Leaf(volume.page_of(code), label, body, said, code.gist(edition.language))


def cover(editions: Sequence[Edition]) -> tuple[str, str]:
    """Return title and body of the first page, on which one chooses a language."""
    halves = []
    for edition in editions:
        tongue = spoken_in(edition.language, editions[0].language)
        enter = {"en": "Read in English", "fr": "Lire en français"}[edition.language]
        tag = "h1" if edition is editions[0] else "p"
        href = f'href="{edition.language}/index.html" hreflang="{locale_of(edition.language)}"'
        halves.append(
            f'<div{tongue}>\n<{tag} class="title">{esc(edition.title)}</{tag}>\n'
            f"{paragraphs([edition.organization])}"
            f'<p><a class="button" {href}>{esc(enter)}</a></p>\n</div>\n'
        )
    return " · ".join(dict.fromkeys(one.title for one in editions)), f'<div class="pair">\n{"".join(halves)}</div>\n'


# ---- parts --------------------------------------------------------------------------------------------------------


def _hero(edition: Edition) -> str:
    words = edition.words
    intro, _, _ = edition.own("about").strip().partition("\n")
    begin = intro or words("People who make social prescribing happen tell what it is like, in their own words.")
    return (
        '<section class="hero">\n<div>\n' + paragraphs([edition.organization], "eyebrow") + heading(1, edition.title)
        + paragraphs([tidy(begin, edition.language)], "lede")
        + '</div>\n<form class="find" role="search" action="voices.html" method="get">\n'
        + '<label for="q">' + esc(words("Find what somebody said"))
        + '</label>\n<input type="search" id="q" name="q" autocomplete="off">\n<button class="button" type="submit">'
        + esc(words("Search")) + "</button>\n</form>\n</section>\n"
    )


def _featured(edition: Edition, lead: Passage) -> str:
    """Return the quote that opens the site, large."""
    note = edition.volume.note(lead, edition.language)
    heard = heading(2, edition.words("One voice"), look="unseen")
    more = link(edition.volume.tale_of(lead).page, edition.words("All that this person says"))
    return (f'<section class="featured">\n{heard}{edition.film(lead, "")}<div>\n{paragraphs([note], "eyebrow")}'
            f'{edition.quote(lead, look="big")}<p class="beside">{more}</p></div>\n</section>\n')


def _messages(edition: Edition) -> str:
    said = [message for twin in edition.volume.site.messages if (message := twin.said(edition.language))]
    if not said:
        return ""
    items = listed((esc(tidy(one, edition.language)) for one in said), "told")
    head = heading(2, edition.words("What they tell us"))
    return f'<section class="prose">\n{head}{items}</section>\n'


def _blocks(edition: Edition) -> str:
    volume = edition.volume
    rows = "".join(
        f'<li class="{volume.look(one)}">\n<h3>{link(volume.page_of(one), one.label(edition.language))}</h3>\n'
        f'<span class="count">{esc(edition.count(len(volume.speaking_to(one))))}</span>\n'
        f"{paragraphs([tidy(one.gist(edition.language), edition.language)])}</li>\n"
        for one in volume.blocks
    )
    return f'<ul class="blocks" role="list">\n{rows}</ul>\n'


def _people(edition: Edition, tales: Sequence[Tale], up: str) -> str:
    """Return people as cards: a face only where it may be shown, else a quiet picture of how they speak."""
    cards = []
    for tale in tales:
        who, *more = tale.credit(edition.language, edition.volume.order.codebook)
        shot = edition.posters[tale.passages[0].cleared.quote.code]
        taste = edition.taste(tale)
        cards.append(
            f'<li class="person">\n<h3>{link(f"{up}{tale.page}", who)}</h3>\n'
            f'<img class="shot" src="{up}../{esc(shot)}" alt="" width="960" height="540" loading="lazy">\n'
            f"{paragraphs([*more, edition.count(len(tale.passages))])}{_taste(edition, taste) if taste else ''}</li>\n"
        )
    return f'<ul class="people" role="list">\n{"".join(cards)}</ul>\n'


def _taste(edition: Edition, taste: Passage) -> str:
    language = taste.cleared.quote.language
    opening, closing = marks(language)
    said = tidy(wording_of(taste.cleared), language)
    return f'<p class="taste"{spoken_in(language, edition.language)}>{esc(f"{opening}{said}{closing}")}</p>\n'


def _spoken(edition: Edition, passage: Passage, up: str) -> str:
    """Return a quote with its clip, as it stands on its person's page."""
    note = paragraphs([edition.volume.note(passage, edition.language)], "eyebrow")
    number = heading(2, passage.cleared.quote.code, look="unseen")
    return (f'<section class="spoken">\n{number}{edition.film(passage, up)}<div>\n{note}'
            f"{edition.quote(passage, anchored=True)}{edition.tags(passage, up)}</div>\n</section>\n")


def _filters(edition: Edition) -> str:
    """Return what sifts the list; it shows itself when there is a script to obey it."""
    words, volume, language = edition.words, edition.volume, edition.language
    lists = ((words("Building block"), "block", volume.blocks), (words("Who speaks"), "who", volume.groups),
             (words("Stage of the pathway"), "stage", volume.stages))
    sets = "".join(
        f"<fieldset>\n<legend>{esc(legend)}</legend>\n{''.join(_picks(edition, name, codes))}</fieldset>\n"
        for legend, name, codes in lists if codes
    )
    find, clear, sift = esc(words("Words that were said")), _clear(edition), esc(words("Choose what to read"))
    return (
        f'<form class="filters" role="search" hidden lang="{locale_of(language)}">\n'
        f'<div class="find"><label for="q">{find}</label>\n'
        f'<input type="search" id="q" name="q" autocomplete="off"></div>\n<p>{clear}</p>\n'
        f'<details open><summary>{sift}</summary>\n{sets}</details></form>\n'
    )


def _clear(edition: Edition) -> str:
    everything = esc(edition.words("Show everything"))
    return f'<button class="plain" type="button" data-clear>{everything}</button>'


def _picks(edition: Edition, name: str, codes: Sequence[Code]) -> Iterator[str]:
    volume = edition.volume
    for code in codes:
        if name == "who":
            n = sum(volume.tale_of(one).group == code.key for one in volume.passages)
        else:
            n = len(volume.speaking_to(code))
        if not n:
            continue
        label = esc(code.short(edition.language))
        dot = f' class="dot {volume.look(code)}"' if name == "block" else ""
        yield (f'<label class="pick"><input type="checkbox" name="{name}" value="{esc(anchor_of(code.key))}">'
               f'<span{dot}>{label}</span> <span class="n">{n}</span></label>\n')


def _nothing(edition: Edition) -> str:
    words = edition.words
    told = paragraphs([words("Nobody here says that.")], "none")
    advice = esc(words("Try a shorter word, or fewer choices."))
    return f'<div class="none-found" hidden>{told}<p>{advice} {_clear(edition)}</p></div>\n'


def _keys(codes: Sequence[Code]) -> str:
    return esc(" ".join(anchor_of(code.key) for code in codes))


def _turn(edition: Edition, tale: Tale) -> str:
    """Return ways to the people before and after."""
    tales, words, book = edition.volume.tales, edition.words, edition.volume.order.codebook
    before = next((one for one, other in pairwise(tales) if other is tale), None)
    after = next((other for one, other in pairwise(tales) if one is tale), None)
    ways = []
    if before:
        ways.append(link(f"../{before.page}", words("Before: {who}", who=before.credit(edition.language, book)[0])))
    if after:
        ways.append(link(f"../{after.page}", words("Next: {who}", who=after.credit(edition.language, book)[0])))
    name = esc(words("Other people"))
    return f'<nav class="turn" aria-label="{name}">{"".join(ways)}</nav>\n' if ways else ""
