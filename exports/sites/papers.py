"""Papers: the pages of a site that say who made it, who is credited, what may be done with it, and how to stop."""

from __future__ import annotations

from exports.kits.rights import has_clip
from exports.sites.edition import Edition, Leaf
from exports.sites.prose import prose
from exports.sites.volume import anchor
from exports.typography import clean, day, tidy
from exports.web.elements import esc, heading, link, listed, paragraphs
from storybank.words import Words


def about(edition: Edition) -> Leaf:
    """Return the page about the site: whose it is, what may be done with it, and how to have something taken down."""
    words, site, volume = edition.words, edition.volume.site, edition.volume
    own = prose(edition, edition.own("about")) or paragraphs([words(
        "These are voices of people who make social prescribing happen, or who live it. Each of them agreed to be"
        " here, and chose how to be named.")])
    until, contact = volume.parcel.use_until, clean(site.contact) or edition.organization or "—"
    stop = [
        words("Everybody here may take back what they agreed to, at any time and without a reason. We then take down"
              " what they said and make the site anew without it."),
        words("If you are in it, or know somebody who is, write to {contact}.", contact=contact),
        words("Copies that others made, and what search engines keep, may stay findable for a while; we ask for those"
              " to be removed too."),
    ]
    terms = [
        words("You may link to any page, and show the clips and pictures as they are, with the name that stands beside"
              " them."),
        words("Do not shorten or change what somebody says, do not add a name, a place or a picture to it, do not use"
              " it in advertising or for or against a party or a candidate, and do not train machines on it."),
        words("If we write to you that somebody stopped, take it down within five working days."),
        words("What is here may be shown until {day}.", day=day(until, edition.language)) if until else "",
    ]
    body = "".join([
        '<div class="prose">\n', heading(1, words("About")), own,
        heading(2, words("Ask us to stop"), "stop"), _said(edition, stop),
        heading(2, words("Terms of use"), "terms"), _said(edition, terms),
        heading(2, words("Your privacy")),
        _said(edition, [words("This site sets no cookies, counts no visits and asks no other site for anything.")]),
        "</div>\n",
    ])
    return Leaf("about.html", words("About"), body)


def credit_list(edition: Edition) -> Leaf:
    """Return the page with the credit of every quote."""
    words, volume = edition.words, edition.volume
    rows = "".join(
        f'<tr><th scope="row">{link(f"{volume.tale_of(one).page}#{anchor(one)}", one.cleared.quote.code)}</th>'
        f"<td>{esc(volume.parcel.credit_line(one, edition.language))}</td>"
        f"<td>{esc(_shown(edition.words, has_clip(one), one.cut().picture))}</td></tr>\n"
        for one in sorted(volume.passages, key=lambda one: one.cleared.quote.code)
    )
    columns = (words("Quote"), words("Credit"), words("What it is"))
    heads = "".join(f'<th scope="col">{esc(one)}</th>' for one in columns)
    body = "".join([
        heading(1, words("Credits")),
        paragraphs([words("Keep the line beside each quote as it is.")], "lede"),
        '<div class="scroll" tabindex="0" role="region" aria-label="', esc(words("Credits")), '"><table>\n<thead><tr>',
        heads, f"</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n",
        heading(2, words("Typefaces")),
        paragraphs([words("EB Garamond and Inter, under the SIL Open Font License; their texts lie beside them.")]),
    ])
    return Leaf("credits.html", words("Credits"), body, volume.passages)


def accessibility(edition: Edition) -> Leaf:
    """Return the accessibility statement."""
    words, contact = edition.words, clean(edition.volume.site.contact)
    done = [
        words("Every clip has its captions in the picture, the same captions as a track to switch on, and its"
              " transcript beside it."),
        words("Everything works with a keyboard alone, with a screen reader, and enlarged four times on a narrow"
              " screen."),
        words("Colours follow your device, light or dark; no meaning is carried by colour alone."),
        words("Nothing plays, moves or opens by itself."),
        words("Each quote is marked with the language that it is in."),
        words("All of it can be read without a script; searching and sifting need one."),
    ]
    known = [
        words("Some browsers do not show caption tracks of pages that are opened from a disk: the captions in the"
              " picture and the transcript are there."),
        words("A translation has no sound of its own: the clip is in the language in which it was said."),
        words("Clips have no description of what is seen: one person speaks to the camera, and nothing else happens."),
    ]
    write = words("If something keeps you out, write to {contact}: we send what you need in a form that you can use.",
                  contact=contact) if contact else ""
    language = edition.language
    body = "".join([
        '<div class="prose">\n', heading(1, words("Accessibility")),
        _said(edition, [words("These pages aim to meet the Web Content Accessibility Guidelines 2.2, level AA, and"
                              " CAN/ASC EN 301 549. Their making is tested by a machine in a real browser; no page was"
                              " tested by people with disabilities yet.")]),
        heading(2, words("What was done")), _points(done, language),
        heading(2, words("What we know is missing")), _points(known, language),
        heading(2, words("Tell us")) if write else "", _said(edition, [write]), "</div>\n",
    ])
    return Leaf("accessibility.html", words("Accessibility"), body)


def sitemap(edition: Edition) -> Leaf:
    """Return the list of all pages."""
    words, volume = edition.words, edition.volume
    book, language = volume.order.codebook, edition.language
    ways = (("index.html", edition.title), ("voices.html", words("All voices")),
            ("map.html", words("The experience map")), ("about.html", words("About")),
            ("credits.html", words("Credits")), ("accessibility.html", words("Accessibility")))
    people = ((tale.page, f"{', '.join(tale.credit(language, book))} ({tale.name.upper()})") for tale in volume.tales)
    blocks = ((volume.page_of(one), one.label(language)) for one in volume.blocks)
    body = "".join([
        heading(1, words("All pages")), listed(link(to, name) for to, name in ways),
        heading(2, words("Building blocks"), look="next"), listed(link(to, name) for to, name in blocks),
        heading(2, words("Who speaks"), look="next"), listed(link(to, name) for to, name in people),
    ])
    return Leaf("sitemap.html", words("All pages"), body, volume.passages)


def readme(editions: list[Edition]) -> str:
    """Return what to do with the folder, as text in the languages of the site."""
    return f"\n\n{'=' * 72}\n\n".join(_readme(one) for one in editions) + "\n"


def _readme(edition: Edition) -> str:
    words, volume, language = edition.words, edition.volume, edition.language
    until = volume.parcel.use_until
    lines = [
        edition.title,
        words("A site of {code}, made on {day}", code=volume.order.code, day=day(volume.order.made_at, language)),
        "", words("Open index.html to read it here: no server is needed. To publish it, copy the folder to any web"
                  " host."),
        words("Leave out _rights and _manifest when you publish: they tell you what each page rests on, and are"
              " nobody else's business."),
        words("When Storybank makes the site anew because somebody stopped, replace the whole folder; do not only copy"
              " over it, or their pages stay."),
        "", words("It may be shown until {day}.", day=day(until, language)) if until
        else words("Nothing in it has a last day."),
    ]  # fmt: skip
    return "\n".join(tidy(line, language) for line in lines)


def _points(lines: list[str], language: str) -> str:
    return "<ul>\n" + "".join(f"<li>{esc(tidy(line, language))}</li>\n" for line in lines) + "</ul>\n"


def _said(edition: Edition, lines: list[str]) -> str:
    return paragraphs(tidy(line, edition.language) for line in lines if line)


def _shown(words: Words, heard: bool, seen: bool) -> str:
    if not heard:
        return words("Text")
    return words("Film") if seen else words("Voice over a plain ground")
