"""Map picture: the experience map as one picture, for a slide or a report: SVG with real text, and PNG alike."""

from __future__ import annotations

from PIL import Image, ImageDraw

from exports import xmp
from exports.attribution import teaching, translation_of, wording_of
from exports.kits.packing import Packing
from exports.obligations import conditions_of, label_names
from exports.palette import PAPER, rgb
from exports.sites.edition import Edition
from exports.sites.map_layout import HEIGHT, WIDTH, Curve, Dot, Map, Said, Sheet, Stop, Text, laid_out
from exports.typefaces import Typeface, font
from exports.typography import clean, quoted, shortened, tidy
from exports.web.elements import esc, locale_of
from exports.web.page import faces_within
from storybank.domain.codebook import Code
from storybank.domain.export import Passage

_SCALE, _FINER = 1.5, 2
_STEPS = 60
_GIST_LIMIT, _ROLE_LIMIT = 150, 220
"""What of our own words has room on a picture, in characters; the page has them whole."""
_FAMILIES = {
    Typeface.QUOTE: ("EB Garamond, Garamond, Georgia, serif", 500),
    Typeface.PLAIN: ("Inter, Helvetica, Arial, sans-serif", 400),
    Typeface.STRONG: ("Inter, Helvetica, Arial, sans-serif", 600),
    Typeface.WORLD: ("DejaVu Sans, sans-serif", 400),
}


def write(packing: Packing, edition: Edition) -> None:
    """Write the map of a language as SVG and PNG; whoever is quoted on it is entered."""
    the_map = map_of(edition)
    sheet = laid_out(the_map)
    told = description(the_map, sheet)
    into, language = packing.room("map"), edition.language
    shown = _passages_of(edition, sheet)
    drawn = into / f"experience-map.{language}.svg"
    drawn.write_text(svg(the_map, sheet), encoding="utf-8", newline="\n")
    packing.keep(drawn, shown, language, told)
    painted = into / f"experience-map.{language}.png"
    organization, year = edition.organization or edition.title, edition.volume.parcel.year
    xmp.save_png(png(sheet), painted, xmp.Facts(
        the_map.title, the_map.title, organization, f"© {year} {organization}", the_map.foot, the_map.foot,
        {language: told}, tuple(sorted({code for one in shown for code in one.cleared.permission.consents})),
    ))  # fmt: skip
    packing.keep(painted, shown, language, told)


def map_of(edition: Edition) -> Map:
    """Return what the picture tells: stages, roles, and what may stand in each."""
    words, volume, language = edition.words, edition.volume, edition.language
    foot = [edition.organization, volume.order.code, words("Used with permission")]
    return Map(
        words("The experience map: what people say of a referral"), edition.organization, language,
        tuple(_stop(edition, code) for code in volume.stages), tidy(words("The person’s way"), language),
        tidy(words("The link worker walks along"), language), "  ·  ".join(one for one in foot if one),
    )  # fmt: skip


def svg(the_map: Map, sheet: Sheet) -> str:
    """Return the map as SVG: its text is text, with its typefaces inside, and described for who cannot see it."""
    marks = "\n".join(_svg_mark(one, the_map.language) for one in sheet.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
        f' role="img" aria-labelledby="title description" xml:lang="{locale_of(the_map.language)}">\n'
        f'<title id="title">{esc(the_map.title)}</title>\n'
        f'<desc id="description">{esc(description(the_map, sheet))}</desc>\n<style>{faces_within()}</style>\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#{PAPER}"/>\n{marks}\n</svg>\n'
    )


def png(sheet: Sheet) -> Image.Image:
    """Return the map as a picture, drawn with the bundled typefaces."""
    scale = _SCALE * _FINER
    large = Image.new("RGB", (round(WIDTH * scale), round(HEIGHT * scale)), rgb(PAPER))
    pen = ImageDraw.Draw(large)
    for one in sheet.marks:
        if isinstance(one, Curve):
            _draw_curve(pen, one, scale)
        elif isinstance(one, Dot):
            _draw_dot(pen, one, scale)
    picture = large.reduce(_FINER)
    pen = ImageDraw.Draw(picture)
    for one in sheet.marks:
        if isinstance(one, Text):
            at = (one.x * _SCALE, one.y * _SCALE)
            pen.text(at, one.text, rgb(one.colour), font(one.face, one.size * _SCALE),
                     anchor="ms" if one.middle else "ls")
    return picture


def description(the_map: Map, sheet: Sheet) -> str:
    """Return the map in words, stage by stage."""
    told = [f"{the_map.title}."]
    for number, stop in enumerate(the_map.stops, 1):
        said = [one for one in sheet.shown if one in stop.said]
        parts = [f"{number}. {stop.label}: {stop.gist}", stop.role,
                 *(f"{quoted(one.text, one.language)} – {', '.join(one.credit)}." for one in said)]
        told.append(" ".join(part for part in parts if part))
    return clean(" ".join(told))


def _stop(edition: Edition, code: Code) -> Stop:
    said = edition.volume.speaking_to(code)
    own = sorted(said, key=lambda one: one.cleared.quote.language != edition.language)

    def told(shown: int) -> str:
        if not said:
            return edition.words("Nobody has spoken about this stage yet.")
        more = len(said) - shown
        if not shown:
            return edition.count(more)
        return edition.words.many("and {n} more quote", "and {n} more quotes", more) if more else ""

    gist = shortened(tidy(code.gist(edition.language), edition.language), _GIST_LIMIT)
    role = shortened(tidy(" ".join(edition.own(f"stage_{code.key}").split()), edition.language), _ROLE_LIMIT)
    return Stop(code.label(edition.language), gist, role,
                tuple(_said(edition, one) for one in own if _may_stand_alone(one)), told)


def _may_stand_alone(passage: Passage) -> bool:
    """Tell whether a quote may be on a picture: one with a condition or a teaching needs more beside it than fits."""
    return not conditions_of(passage.cleared) and not teaching(passage.cleared)


def _said(edition: Edition, passage: Passage) -> Said:
    cleared = passage.cleared
    translated = translation_of(cleared, edition.language)
    return Said(translated or wording_of(cleared), edition.language if translated else cleared.quote.language,
                edition.credit(passage), ", ".join(label_names(cleared)))


def _passages_of(edition: Edition, sheet: Sheet) -> list[Passage]:
    shown = set(sheet.shown)
    return [one for one in edition.volume.passages if _may_stand_alone(one) and _said(edition, one) in shown]


def _svg_mark(mark: Text | Dot | Curve, around: str) -> str:
    if isinstance(mark, Text):
        family, weight = _FAMILIES[mark.face] if isinstance(mark.face, Typeface) else _FAMILIES[Typeface.PLAIN]
        tongue = f' xml:lang="{locale_of(mark.language)}"' if mark.language not in ("", around) else ""
        middle = ' text-anchor="middle"' if mark.middle else ""
        return (f'<text x="{mark.x:.1f}" y="{mark.y:.1f}" font-family="{family}" font-weight="{weight}"'
                f' font-size="{mark.size:g}" fill="#{mark.colour}"{middle}{tongue}>{esc(mark.text)}</text>')
    if isinstance(mark, Dot):
        edge = f' stroke="#{mark.edge}" stroke-width="{mark.width:g}"' if mark.width else ""
        return f'<circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="{mark.radius:g}" fill="#{mark.fill}"{edge}/>'
    x, y = mark.points[0]
    path = " ".join(f"C{' '.join(f'{a:.1f} {b:.1f}' for a, b in bend)}" for bend in mark.bends)
    return (f'<path d="M{x:.1f} {y:.1f} {path}" fill="none" stroke="#{mark.colour}" stroke-width="{mark.width:g}"'
            ' stroke-linecap="round"/>')


def _draw_curve(pen: ImageDraw.ImageDraw, curve: Curve, scale: float) -> None:
    """Draw a soft line as dots beside dots, so that bends have no corners."""
    x, y = curve.points[0]
    radius = curve.width * scale / 2
    for (ax, ay), (bx, by), (to_x, to_y) in curve.bends:
        last = (x * scale, y * scale)
        for step in range(1, _STEPS + 1):
            t = step / _STEPS
            u = 1 - t
            at = ((u**3 * x + 3 * u * u * t * ax + 3 * u * t * t * bx + t**3 * to_x) * scale,
                  (u**3 * y + 3 * u * u * t * ay + 3 * u * t * t * by + t**3 * to_y) * scale)
            pen.line((last, at), rgb(curve.colour), max(1, round(radius * 2)))
            pen.ellipse((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius), rgb(curve.colour))
            last = at
        x, y = to_x, to_y


def _draw_dot(pen: ImageDraw.ImageDraw, dot: Dot, scale: float) -> None:
    outer = (dot.radius + dot.width / 2) * scale
    inner = (dot.radius - dot.width / 2) * scale
    x, y = dot.x * scale, dot.y * scale
    pen.ellipse((x - outer, y - outer, x + outer, y + outer), rgb(dot.edge))
    pen.ellipse((x - inner, y - inner, x + inner, y + inner), rgb(dot.fill))


