"""Journey: the experience map as a page: the referral pathway, the link worker's role in it, and what was said."""

from __future__ import annotations

from exports.sites.edition import Edition, Leaf, anchor_of
from exports.sites.prose import prose
from exports.typography import tidy
from exports.web.elements import esc, heading, link, paragraphs
from storybank.domain.codebook import Code


def journey(edition: Edition) -> Leaf:
    """Return the page of the map."""
    words, volume = edition.words, edition.volume
    said = {one: None for stage in volume.stages for one in volume.speaking_to(stage)}
    name = f"../map/experience-map.{edition.language}"
    body = "".join([
        heading(1, words("The experience map")),
        paragraphs([words("A referral is a way that somebody walks. These are its stages, what a link worker does in"
                          " each, and what people who know it said.")], "lede"),
        path_of(edition, ""), _legend(edition),
        *(_stage(edition, code, number) for number, code in enumerate(volume.stages, 1)),
        "<section>\n", heading(2, words("The map as a picture")),
        paragraphs([words("For a slide or a report. Keep the names beside the quotes as they are.")]),
        "<p>", link(f"{name}.svg", words("Picture that can be enlarged (SVG)")), "<br>",
        link(f"{name}.png", words("Picture for slides (PNG)")), "</p>\n</section>\n",
    ])
    return Leaf("map.html", words("The experience map"), body, tuple(said))


def path_of(edition: Edition, page: str) -> str:
    """Return the way from stage to stage, with the link worker's line running along."""
    stages, items = edition.volume.stages, []
    for number, code in enumerate(stages, 1):
        n = len(edition.volume.speaking_to(code))
        walked = "walked from" if number == 1 else "walked part" if number == len(stages) else "walked"
        told = edition.count(n) if n else edition.words("No words yet")
        items.append(
            f'<li class="{walked}">\n<span class="stop" aria-hidden="true">{number}</span>\n'
            f"<p class=\"name\">{link(f'{page}#{anchor_of(code.key)}', code.label(edition.language))}</p>\n"
            f"{paragraphs([tidy(code.gist(edition.language), edition.language), told])}</li>\n"
        )
    return f'<ol class="path" role="list">\n{"".join(items)}</ol>\n'


def _legend(edition: Edition) -> str:
    words = edition.words
    way, beside = esc(words("The person’s way")), esc(words("The link worker walks along"))
    return f'<p class="legend"><span>{way}</span><span class="walker">{beside}</span></p>\n'


def _stage(edition: Edition, code: Code, number: int) -> str:
    words, said = edition.words, edition.volume.speaking_to(code)
    role = prose(edition, edition.own(f"stage_{code.key}"))
    walks = esc(words("The link worker"))
    silence = paragraphs([words("Nobody who may be heard here has spoken about this stage yet.")], "silent")
    return (
        f'<section class="stage" id="{anchor_of(code.key)}">\n<div>\n'
        f"{heading(2, f'{number}. {code.label(edition.language)}')}"
        f"{paragraphs([tidy(code.gist(edition.language), edition.language)], 'lede')}"
        + (f'<div class="role"><strong>{walks}</strong>{role}</div>\n' if role else "")
        + f"</div>\n<div>\n{edition.several(said, '', stages=False) or silence}</div>\n</section>\n"
    )
