"""Site: the Voices microsite as a folder, in one language or both, with the papers that show it may be shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

from exports.cards.theme import read_theme
from exports.folders import filled_beside
from exports.kits import proof, rights
from exports.kits.assets import files_under
from exports.kits.packing import Packing
from exports.sites import finding, map_picture, pages, papers
from exports.sites.dress import dress
from exports.sites.edition import Edition, Leaf
from exports.sites.films import write_films
from exports.sites.journey import journey
from exports.sites.volume import Volume
from exports.web.page import document, stylesheet, write_fonts
from storybank.checksum import sha256_of
from storybank.domain.commission import Site
from storybank.domain.export import ExportedFile, Order
from storybank.domain.recording import Recording
from storybank.errors import Refused
from storybank.ports import MediaTools, Ticket
from storybank.words import say


class FolderSite:
    """Writes the Voices microsite as a folder (`ports.SiteWriter`)."""

    def __init__(self, media: MediaTools) -> None:
        self._media = media

    def write(self, site: Site, order: Order, to: Path, media_of: Callable[[Recording], Path],
              ticket: Ticket) -> tuple[str, tuple[ExportedFile, ...]]:
        """Write the site to `to`, which must not be there yet.

        Return the SHA-256 of its list of files, and every file with its hash and the quotes in it.
        """
        if not order.passages:
            raise Refused(
                say("There is no quote that may be shown on this site."),
                hint=say("Choose quotes whose consent covers a website, or ask for that consent first."),
            )
        with filled_beside(to) as folder:
            volume = Volume(site, order)
            packing = Packing(volume.parcel, folder, self._media, media_of, ticket)
            posters = write_films(packing, volume, 0.0, 0.8)
            editions = [Edition(volume, language, posters) for language in volume.languages]
            _write_assets(packing, volume)
            _write_cover(packing, editions)
            for number, edition in enumerate(editions):
                _write_edition(packing, edition, 0.8 + 0.15 * number / len(editions), 0.15 / len(editions))
            return _sealed(packing, editions)


def _write_edition(packing: Packing, edition: Edition, begin: float, share: float) -> None:
    """Write all pages of a language, and its map as a picture."""
    volume = edition.volume
    leaves = [
        pages.home(edition), pages.voices(edition), journey(edition), papers.about(edition),
        papers.credit_list(edition), papers.accessibility(edition), papers.sitemap(edition),
        *(pages.block(edition, code) for code in volume.blocks),
        *(pages.story(edition, tale) for tale in volume.tales),
    ]  # fmt: skip
    for number, leaf in enumerate(leaves):
        packing.report(begin + share * number / len(leaves), say("The page {name}", name=leaf.path))
        _write_page(packing, f"{edition.language}/{leaf.path}", edition.page(leaf), leaf, edition.language)
    packing.report(begin + share, say("The map"))
    map_picture.write(packing, edition)


def _write_page(packing: Packing, path: str, text: str, leaf: Leaf, language: str) -> None:
    into = packing.room(*path.split("/")[:-1])
    packing.write(into / path.rpartition("/")[2], text, leaf.passages, language)


def _write_cover(packing: Packing, editions: list[Edition]) -> None:
    title, body = pages.cover(editions)
    first = editions[0].language
    packing.write(packing.folder / "index.html",
                  document(title, first, body, style_href="assets/style.css", look="cover"), (), first)


def _write_assets(packing: Packing, volume: Volume) -> None:
    """Write style, typefaces, script and what is searched."""
    assets, language = packing.room("assets"), volume.languages[0]
    packing.write(assets / "style.css", stylesheet("fonts") + _own_colours(volume)
                  + (dress(read_theme(volume.site.theme)) if volume.site.theme else ""), (), language)
    for font in write_fonts(assets / "fonts"):
        packing.keep(font, (), language)
    script = (resources.files("exports") / "sites" / "site.js").read_text(encoding="utf-8")
    packing.write(assets / "site.js", script, (), language)
    packing.write(assets / "words.js", finding.script_of(volume), volume.passages, language)
    packing.write(packing.folder / "robots.txt", "User-agent: *\nDisallow: /_rights/\nDisallow: /_manifest/\n", (),
                  language)


def _own_colours(volume: Volume) -> str:
    """Return the colours of building blocks that the house's style does not know."""
    return "".join(f".{look}{{--tint:{code.colour or 'var(--primary)'}}}\n" for code in volume.blocks
                   if (look := volume.look(code)).startswith("own-"))


def _sealed(packing: Packing, editions: list[Edition]) -> tuple[str, tuple[ExportedFile, ...]]:
    """Write what the site rests on and the checksum of every file; return that list's own, and all files."""
    packing.report(0.96, say("Posts and rights"))
    packing.write(packing.folder / "README.txt", papers.readme(editions), (), editions[0].language)
    resting = rights.consent_manifest(packing.parcel, packing.assets, packing.folder)
    resting["kit_id"] = f"site:{packing.parcel.order.code}"
    rights.write_json(resting, packing.room("_rights") / "consent-manifest.json")
    packing.ticket.check()
    into = packing.room("_manifest")
    _write_card(editions[0].volume, into / "site.json")
    listed = into / "manifest-sha256.txt"
    sums = {path: sha256_of(packing.folder / path) for path in files_under(packing.folder)}
    listed.write_text("".join(f"{digest}  {path}\n" for path, digest in sums.items()), encoding="utf-8", newline="\n")
    sums[listed.relative_to(packing.folder).as_posix()] = seal = sha256_of(listed)
    packing.ticket.report(1.0, str(say("The site is made")))
    proof.check_names(packing.folder, packing.parcel.order)
    shown = {asset.path: asset.quotes for asset in packing.assets}
    return seal, tuple(ExportedFile(path, digest, shown.get(path, ())) for path, digest in sorted(sums.items()))


def _write_card(volume: Volume, to: Path) -> None:
    """Write what the site is."""
    order, until = volume.order, volume.parcel.use_until
    rights.write_json({
        "schema": "storybank.site/1", "site_id": f"site:{order.code}", "title": volume.parcel.kit.title,
        "draft": volume.site.reference, "made_at": order.made_at, "contact": volume.site.contact,
        "languages": list(volume.languages), "uses": [use.key for use in order.uses],
        "use_until": str(until) if until else None,
        "quotes": [one.cleared.quote.code for one in volume.passages],
        "without_clip": [one.cleared.quote.code for one in volume.passages if not rights.has_clip(one)],
        "left_out": len(order.left_out), "storybank_version": order.storybank_version,
    }, to)  # fmt: skip
