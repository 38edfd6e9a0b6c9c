"""The site: every file accounted for, nobody told who may not be, every link leads somewhere, the same bytes twice."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from exports.cards.theme import HOUSE
from exports.sites.dress import dress
from exports.sites.finding import folded
from exports.sites.site import FolderSite
from storybank.domain.attribution import Attribution
from storybank.errors import Cancelled, Refused, Unavailable
from tests.exports import library, obliged, voices
from tests.exports.test_brief import HOSTILE
from tests.exports.unpacked import where_it_says

ENGLISH = replace(voices.SITE, languages=("en",))


def write(to: Path, order=None, site=voices.SITE, media=None, ticket=None):
    writer = FolderSite(media or library.StandInMedia())
    return writer.write(site, order or voices.order(), to, library.media_of, ticket or library.Quiet())


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    media, to = library.StandInMedia(), tmp_path_factory.mktemp("sites") / "voices"
    return to, media, write(to, media=media)


@pytest.fixture
def site(made):
    return made[0]


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def with_permission(passage, **changed) -> object:
    cleared = passage.cleared
    return replace(passage, cleared=replace(cleared, permission=replace(cleared.permission, **changed)))


# ---- every file accounted for ---------------------------------------------------------------------------------------


def test_every_file_is_listed_with_its_hash_and_the_list_is_sealed(made):
    site, _, (seal, told) = made
    here = {path: hashlib.sha256(content).hexdigest() for path, content in files(site).items()}
    assert {one.path: one.sha256 for one in told} == here
    assert seal == here.pop("_manifest/manifest-sha256.txt")
    lines = read(site, "_manifest/manifest-sha256.txt").splitlines()
    assert {path: digest for digest, path in (line.split("  ", 1) for line in lines)} == here


def test_every_file_with_somebodys_words_is_told_with_the_numbers_of_their_quotes(made):
    site, _, (_, told) = made
    quotes = {one.path: set(one.quotes) for one in told}
    everyone = {one.cleared.quote.code for one in voices.order().passages}
    assert quotes["en/voices.html"] == quotes["assets/words.js"] == quotes["fr/voices.html"] == everyone
    assert quotes["media/q-0011.mp4"] == quotes["media/q-0011.vtt"] == {"Q-0011"}
    assert quotes["en/stories/s-0001.html"] == {"Q-0011", "Q-0013", "Q-0014", "Q-0015"}
    for one in voices.order().passages:
        begin = one.cleared.quote.text[:24]
        shown = {path for path, content in files(site).items()
                 if begin.encode() in content and not path.startswith("_rights/")}
        assert {path for path in shown if one.cleared.quote.code not in quotes[path]} == set()


def test_everything_shown_rests_on_a_consent(site):
    manifest = json.loads(read(site, "_rights/consent-manifest.json"))
    assert manifest["kit_id"] == "site:E-0007"
    resting = {one["path"]: one for one in manifest["assets"]}
    assert set(resting) == {path for path in files(site) if not path.startswith(("_manifest/", "_rights/"))}
    assert all(one["consent_ids"] for one in resting.values() if one["quote_ids"])


def test_the_same_order_gives_the_same_bytes(made, tmp_path):
    _, _, (seal, _) = made
    assert write(tmp_path / "again")[0] == seal


def test_names_of_files_are_plain_and_tell_nobody(site):
    for path in files(site):
        assert re.fullmatch(r"[A-Za-z0-9._/\-]+", path), path
        assert path == path.lower() or path == "README.txt"
        assert not re.search("amina|george|priya|marie|trust", path)


# ---- links and hosts ------------------------------------------------------------------------------------------------


def test_every_way_from_page_to_page_leads_somewhere(site):
    anchors = {page: {one.get("id") for one in html.fromstring(page.read_bytes()).iter() if one.get("id")}
               for page in site.rglob("*.html")}
    for page in anchors:
        for element, attribute, address, _ in html.fromstring(page.read_bytes()).iterlinks():
            parts = urlsplit(unquote(address))
            if address.startswith("data:image/"):
                continue
            assert not parts.scheme, f"{page.name}: {address}"
            there = (page.parent / parts.path).resolve() if parts.path else page
            assert there.is_file(), f"{page.name}: {element.tag} {attribute} {address}"
            assert not parts.fragment or parts.fragment in anchors[there], f"{page.name}: {address}"


def test_no_page_style_or_script_names_another_host(site):
    for path, content in files(site).items():
        if path.endswith((".html", ".css", ".js")):
            assert not re.search(rb"(?:https?:)?//[a-z0-9-]+\.[a-z]", content), path
            assert b"fetch(" not in content and b"cookie=" not in content, path


def test_every_page_says_its_language_and_has_one_first_heading(site):
    for page in site.rglob("*.html"):
        read_page = html.fromstring(page.read_bytes())
        wanted = page.relative_to(site).parts[0] if page.parent != site else "en"
        assert read_page.get("lang") == f"{wanted}-CA"
        assert len(read_page.findall(".//h1")) == 1
        assert b"default-src &#x27;none&#x27;" in page.read_bytes()


def test_both_languages_have_the_same_pages(site):
    english = {path.removeprefix("en/") for path in files(site) if path.startswith("en/")}
    assert english == {path.removeprefix("fr/") for path in files(site) if path.startswith("fr/")}
    assert {"index.html", "voices.html", "map.html", "about.html", "credits.html", "accessibility.html",
            "sitemap.html", "blocks/amplify.html", "stories/s-0007.html"} <= english


def test_one_language_alone_has_no_way_to_the_other(tmp_path):
    write(tmp_path / "en", voices.order(1), ENGLISH)
    assert not (tmp_path / "en" / "fr").exists()
    assert "Français" not in read(tmp_path / "en", "en/index.html")


# ---- only what was agreed to ----------------------------------------------------------------------------------------


def test_no_name_of_an_unnamed_or_left_out_person_is_anywhere(site):
    hidden = library.names_of_the_unnamed(voices.order())
    assert {"Campbell", "Tremblay", "Margaret"} & hidden
    assert where_it_says(site, *hidden) == []


def test_a_quote_that_may_only_be_text_has_no_film_and_no_face(site):
    name = voices.TEXT_ONLY.lower()
    assert not list(site.rglob(f"{name}.mp4")) and not list(site.rglob(f"{name}.jpg"))
    said = read(site, "en/stories/s-0002.html")
    assert name in said and f"media/{name}" not in said


def test_who_gave_no_face_is_heard_over_a_plain_ground_beside_a_quiet_picture(made):
    site, media, _ = made
    assert (site / "media" / "q-0022.svg").is_file() and not (site / "media" / "q-0022.jpg").exists()
    assert [cut.picture for cut in media.cuts if "family physician" in cut.title] == [False] * 3


def test_a_translation_stands_where_it_was_agreed_to_and_says_what_it_is(site):
    assert "[Translation] She came for her heart" in read(site, "en/stories/s-0007.html")
    assert "She came for her heart" not in read(site, "fr/stories/s-0007.html")
    assert "She came" not in read(site, "en/stories/s-0001.html")


def test_conditions_labels_and_teachings_stand_beside_their_quotes(tmp_path):
    write(tmp_path / "site", obliged.order(), ENGLISH)
    page = read(tmp_path / "site", "en/voices.html")
    assert page.count(obliged.AMINA_ASKS) == 3
    assert "ᐃᓄᒃᑎᑐᑦ &amp; &lt;all&gt;" in page and "This label asks:  name us,<br>" in page
    assert "Teaching: walking with the land." in page
    drawn = read(tmp_path / "site", "map/experience-map.en.svg")
    assert obliged.AMINA_ASKS not in drawn and "Amina" not in drawn


def test_somebody_named_in_one_quote_and_not_in_another_has_two_pages_that_nothing_joins(tmp_path):
    first, second, *rest = voices.order(2).passages
    nameless = with_permission(second, attribution=Attribution.ANONYMOUS, features=Attribution.ANONYMOUS.features)
    write(tmp_path / "site", replace(voices.order(2), passages=(first, nameless, *rest)), ENGLISH)
    named, hidden = (read(tmp_path / "site", f"en/stories/{code}.html") for code in ("q-0011", "q-0013"))
    assert "Amina" in named and "Q-0013" not in named
    assert "Amina" not in hidden.partition('<nav class="turn"')[0] and "Shared without a name" in hidden
    assert not (tmp_path / "site" / "en" / "stories" / "s-0001.html").exists()


def test_the_quote_that_an_author_names_is_linked_and_one_that_is_not_there_is_not_mentioned(site):
    about = read(site, "en/about.html")
    assert 'href="stories/s-0001.html#q-0011">Q-0011</a>' in about
    assert "Q-9999" not in about and "<li>what changed</li>" in about


def test_hostile_words_stay_words(tmp_path):
    order = library.with_text(voices.order(1), HOSTILE + " </script><script>alert(1)</script> ]]> {n}")
    write(tmp_path / "site", order, ENGLISH)
    for page in (tmp_path / "site").rglob("*.html"):
        assert "<script>" not in read(page.parent, page.name)
    words = read(tmp_path / "site", "assets/words.js")
    assert "</script" not in words and json.loads(words.removeprefix("window.VOICES = ").removesuffix(";\n"))


def test_a_site_made_anew_without_somebody_has_nothing_of_them(tmp_path):
    order = voices.order(1)
    without = tuple(one for one in order.passages if one.cleared.speaker.name != "Priya Sharma")
    write(tmp_path / "site", replace(order, passages=without), ENGLISH)
    assert where_it_says(tmp_path / "site", "Priya", "Sharma", "S-0003", "Q-0032") == []


# ---- what may go wrong ----------------------------------------------------------------------------------------------


def test_without_any_quote_there_is_no_site(tmp_path):
    with pytest.raises(Refused, match="no quote"):
        write(tmp_path / "site", replace(voices.order(), passages=()))
    assert not list(tmp_path.iterdir())


def test_a_site_is_never_written_over(made):
    with pytest.raises(Refused, match="already"):
        write(made[0])


@pytest.mark.parametrize("stop_at", [0.0, 0.5, 0.81, 0.96])
def test_stopping_leaves_nothing(tmp_path, stop_at):
    class Impatient(library.Quiet):
        so_far = 0.0

        def report(self, fraction, note=""):
            self.so_far = fraction

        def check(self):
            if self.so_far >= stop_at:
                raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        write(tmp_path / "site", voices.order(1), ENGLISH, ticket=Impatient())
    assert not list(tmp_path.iterdir())


def test_a_recording_that_is_not_there_is_named_before_anything_is_made(tmp_path):
    with pytest.raises(Unavailable, match=r"S-0001.*Q-0011"):
        FolderSite(library.StandInMedia()).write(voices.SITE, voices.order(), tmp_path / "site",
                                                 lambda _: tmp_path / "gone.mp4", library.Quiet())
    assert not list(tmp_path.iterdir())


def test_progress_only_goes_forward_and_says_what_is_made(tmp_path):
    told = []

    class Watch(library.Quiet):
        def report(self, fraction, note=""):
            told.append((fraction, note))

    write(tmp_path / "site", voices.order(1), ENGLISH, ticket=Watch())
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions) and fractions[-1] == 1.0
    assert any("q-0011" in note.lower() for _, note in told)


@pytest.mark.parametrize(("typed", "found"), [("Élève", "eleve"), ("CŒUR", "coeur"), ("l’école", "l'ecole")])
def test_words_are_found_whatever_their_accents(typed, found):
    assert folded(typed) == found


# ---- an organisation's own colours ----------------------------------------------------------------------------------


def test_a_theme_gives_its_colours_by_day_where_they_can_be_read():
    own = replace(HOUSE, ground="FFFDF5", accent="7A1F3D")
    assert "--paper:#fffdf5" in dress(own) and "--primary:#7a1f3d" in dress(own)
    assert "--primary" not in dress(replace(own, accent="FFE08A"))
    assert dress(HOUSE) == dress(replace(own, ground="101010", ink="FFFFFF")) == ""


def test_a_site_wears_its_theme(tmp_path):
    theme = tmp_path / "own.json"
    shipped = json.loads((resources.files("exports") / "cards" / "themes" / "plain.json").read_text("utf-8"))
    theme.write_text(json.dumps(shipped), "utf-8")
    write(tmp_path / "site", voices.order(1), replace(ENGLISH, theme=theme))
    assert "@media (prefers-color-scheme:light){:root{--paper:#" in read(tmp_path / "site", "assets/style.css")
