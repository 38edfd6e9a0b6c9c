"""The kit: every file accounted for, nobody named who may not be, and nothing overwritten."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.kits import proof
from exports.kits.packing import SHAPES
from exports.kits.posts import platforms
from storybank.domain.attribution import Attribution
from storybank.errors import Cancelled, Refused, Unavailable
from tests.exports import library
from tests.exports.test_brief import HOSTILE
from tests.exports.unpacked import where_it_says

SLUGS = ("amina-link-worker", "george-physician", "helen-funder", "marie-intervenante", "samuel-conseiller")


@pytest.fixture(scope="module")
def order():
    """Return two quotes of each of five people, cleared for government briefs; one has an end."""
    return library.order("government_brief", slugs=(*SLUGS, "margaret-participant"), most_per_story=2)


@pytest.fixture(scope="module")
def few(order):
    """Return one quote each of three of them: an end, a film, a voice over a plain ground."""
    chosen = {"Q-0011", "Q-0021", "Q-0071"}
    return replace(order, passages=tuple(p for p in order.passages if p.cleared.quote.code in chosen))


@pytest.fixture(scope="module")
def made(order, tmp_path_factory):
    media, to = library.StandInMedia(), tmp_path_factory.mktemp("kits") / "rural-access"
    returned = library.OneSize(media, SHAPES).write(library.KIT, order, to, library.media_of, library.Quiet())
    return to, media, returned


@pytest.fixture
def kit(made):
    return made[0]


def write(order, to, kit=library.KIT):
    library.OneSize(shapes=SHAPES).write(kit, order, to, library.media_of, library.Quiet())
    return to


def files(kit: Path) -> dict[str, bytes]:
    return {path.relative_to(kit).as_posix(): path.read_bytes() for path in kit.rglob("*") if path.is_file()}


def sheet(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def manifest(kit: Path) -> dict:
    return json.loads((kit / "_rights" / "consent-manifest.json").read_text(encoding="utf-8"))


# ---- every file accounted for ---------------------------------------------------------------------------------------


def test_every_file_is_listed_once_with_its_hash(kit):
    listed = [line.split("  ", 1) for line in (kit / "_manifest" / "manifest-sha256.txt").read_text().splitlines()]
    here = {path: hashlib.sha256(content).hexdigest() for path, content in files(kit).items()}
    here.pop("_manifest/manifest-sha256.txt")
    assert len(listed) == len(here)
    assert {path: digest for digest, path in listed} == here


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="sha256sum is not on this machine")
def test_the_list_can_be_checked_with_the_common_tool(kit):
    subprocess.run(["sha256sum", "-c", "--quiet", "_manifest/manifest-sha256.txt"], cwd=kit, check=True)


def test_what_is_returned_seals_the_list(made):
    kit, _, returned = made
    assert returned[0] == hashlib.sha256((kit / "_manifest" / "manifest-sha256.txt").read_bytes()).hexdigest()


def test_names_are_short_plain_and_lower_case(kit):
    for path in files(kit):
        assert re.fullmatch(r"[A-Za-z0-9._/\-]+", path), path
        assert path == path.lower() or path in ("README.txt", "README.html")
        assert len(path) <= 180 and all(len(part) <= 80 for part in path.split("/"))


def test_every_picture_clip_and_caption_rests_on_a_consent(kit):
    assets = {asset["path"]: asset for asset in manifest(kit)["assets"]}
    assert set(assets) == {path for path in files(kit) if not path.startswith("_manifest/")} - {
        "_rights/consent-manifest.json", "_rights/consent-manifest.csv",
    }
    for path, asset in assets.items():
        assert asset["consent_ids"] or not path.startswith(("02_", "03_", "04_", "07_")), path
    assert list(proof.faults_in(kit)) == []


def test_the_kit_ends_with_the_first_consent_that_ends(kit, order):
    told = manifest(kit)
    ends = [quote["use_until"] for quote in told["quotes"] if quote["use_until"]]
    assert told["kit_use_until"] == min(ends) == "2027-03-31"
    assert told["limiting_consents"] == ["C-0006"]
    by_path = {asset["path"]: asset["use_until"] for asset in told["assets"]}
    assert set(by_path.values()) == {None, "2027-03-31"}
    assert by_path["02_posts/posts.csv"] == "2027-03-31"
    assert "March\u00a031, 2027" in (kit / "README.txt").read_text(encoding="utf-8")


def test_an_order_that_ends_sooner_ends_the_kit_sooner(tmp_path, order):
    sooner = replace(order, passages=order.passages[:1], use_until=date(2026, 12, 24))
    assert manifest(write(sooner, tmp_path / "kit"))["kit_use_until"] == "2026-12-24"


# ---- nobody named who may not be ------------------------------------------------------------------------------------


def test_no_name_of_an_unnamed_or_left_out_person_is_anywhere(kit, order):
    hidden = library.names_of_the_unnamed(order)
    assert {"Campbell", "Tremblay", "Margaret"} <= hidden
    assert where_it_says(kit, *hidden) == []


def test_no_slug_title_or_file_name_of_a_story_leaves(kit):
    for path, content in files(kit).items():
        for interview in library.interviews():
            assert interview["slug"].encode() not in content, path
            assert interview["slug"] not in path


def test_what_was_left_out_is_told_without_the_persons_reason(kit):
    rows = sheet(kit / "_rights" / "left-out.csv")
    assert {(row["quote_id"], row["story_id"]) for row in rows} >= {("Q-0051", "S-0005")}
    assert {row["reason_en"] for row in rows} == {"Consent does not cover this use"}


def test_the_same_person_has_one_reference_which_means_nothing_in_another_kit(tmp_path, kit, few):
    here = {quote["story_id"]: quote["person_ref"] for quote in manifest(kit)["quotes"]}
    there = manifest(write(replace(few, code="E-0008"), tmp_path / "kit"))["quotes"]
    assert len(set(here.values())) == len(here)
    assert not set(here.values()) & {quote["person_ref"] for quote in there}


def test_only_named_people_are_shown_and_nobody_anonymous_is_heard(tmp_path, made, order, few):
    _, media, _ = made
    shown = {p.cleared.recording.original_name for p in order.passages if p.cleared.shows_face}
    assert set(media.stills) <= shown
    assert {cut.picture for cut in media.cuts if cut.title == "A family physician"} == {False}
    assert {path.name for path in (made[0] / "04_clips" / "q-0021").glob("*.mp4")} == {
        f"q-0021_audiogram_{kind}.mp4" for kind in ("16x9", "1x1", "9x16", "16x9_clean")
    }
    anonymous = write(library.with_level(few, Attribution.ANONYMOUS), tmp_path / "kit")
    assert not (anonymous / "04_clips").exists()
    assert {quote["media"]["voice"] for quote in manifest(anonymous)["quotes"]} == {False}


def test_an_anonymous_row_tells_no_stakeholder(tmp_path, few):
    rows = sheet(write(library.with_level(few, Attribution.ANONYMOUS), tmp_path / "kit") / "02_posts" / "posts.csv")
    assert {row["stakeholder"] for row in rows} == {""}


def test_a_voice_that_names_itself_against_its_wish_gets_no_clip(tmp_path, order):
    george = [p for p in order.passages if p.cleared.attribution is Attribution.ROLE_ONLY]
    kit = write(library.with_text(replace(order, passages=tuple(george)), "I am George Campbell and I refer people."),
                tmp_path / "kit")
    assert not (kit / "04_clips").exists()
    assert not [path for path, content in files(kit).items() if b"Campbell" in content]


# ---- what is inside -------------------------------------------------------------------------------------------------


def test_every_quote_has_cards_with_alt_text_in_both_languages(kit):
    for language, who in (("en", "Marie Gagnon, Link worker, Quebec"), ("fr", "Marie Gagnon")):
        into = kit / "03_quote-cards" / "q-0071" / language
        assert sorted(path.name for path in into.iterdir()) == [
            f"rural-access_q-0071_{language}_1080x1350.alt.txt", f"rural-access_q-0071_{language}_1080x1350.png",
        ]
        alt = (into / f"rural-access_q-0071_{language}_1080x1350.alt.txt").read_text("utf-8")
        assert alt.startswith(f"«\u00a0La confiance est le premier médicament.\u00a0» — {who}")
        assert len(alt.split("\n")[0]) <= 250


def test_every_clip_comes_in_each_shape_with_and_without_captions_and_with_its_words(kit):
    assert sorted(path.name for path in (kit / "04_clips" / "q-0011").iterdir()) == [
        "q-0011.en.srt", "q-0011.en.vtt", "q-0011.transcript.en.txt", "q-0011_16x9.mp4", "q-0011_16x9_clean.mp4",
        "q-0011_1x1.mp4", "q-0011_9x16.mp4", "q-0011_thumb.jpg",
    ]
    captions = (kit / "04_clips" / "q-0011" / "q-0011.en.vtt").read_text("utf-8")
    assert "<v Amina Diallo, Link worker, Ontario>" in captions


def test_posts_are_within_their_limits_and_lead_to_a_card(kit, order):
    rows = sheet(kit / "02_posts" / "posts.csv")
    assert len(rows) == len(order.passages) * len(platforms()) * 2
    assert len({row["post_id"] for row in rows}) == len(rows)
    for row in rows:
        assert int(row["counted_length"]) <= int(row["limit"])
        assert (kit / row["asset"]).is_file()
        assert len(row["alt_text"]) <= 250
        assert row["credit_line"].endswith(("Used with permission.", "Utilisé avec autorisation."))


def test_hostile_words_make_a_kit_in_which_no_cell_is_a_formula(tmp_path, order):
    one = library.with_text(replace(order, passages=order.passages[:1]), HOSTILE)
    kit = write(one, tmp_path / "kit", replace(library.KIT, title=HOSTILE, organization="=1+1", contact="@all",
                                               slug="../../Ünsafe Name"))
    for file in kit.rglob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            assert not [cell for row in csv.reader(stream) for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert all(re.fullmatch(r"[A-Za-z0-9._/\-]+", path) and ".." not in path for path in files(kit))


def test_the_readme_speaks_both_languages(kit):
    said = (kit / "README.txt").read_text(encoding="utf-8")
    assert said.count("Amina Diallo") == 2
    assert "November\u00a023, 2026" in said
    assert "23\u00a0novembre 2026" in said


# ---- all or nothing -------------------------------------------------------------------------------------------------


def test_the_same_order_makes_the_same_kit_apart_from_its_date(tmp_path, order):
    few = replace(order, passages=order.passages[:1])
    first = files(write(few, tmp_path / "first", library.FULL_KIT))
    assert files(write(few, tmp_path / "again", library.FULL_KIT)) == first
    later = files(write(replace(few, made_at="2026-11-24T10:00:00+00:00"), tmp_path / "later", library.FULL_KIT))
    differing = {path for path, content in first.items() if later[path] != content}
    assert all(not path.startswith(("03_", "04_")) for path in differing)


def test_a_kit_overwrites_nothing(tmp_path, order):
    (tmp_path / "kit").mkdir()
    with pytest.raises(Refused, match="already something named kit"):
        write(order, tmp_path / "kit")
    assert list((tmp_path / "kit").iterdir()) == []


def test_no_quotes_no_kit(tmp_path, order):
    with pytest.raises(Refused, match="no quote that may be used"):
        write(replace(order, passages=()), tmp_path / "kit")
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_kit_leaves_nothing_behind(tmp_path, few):
    class StopsHalfWay(library.Quiet):
        def __init__(self):
            self.left = 30

        def check(self):
            self.left -= 1
            if not self.left:
                raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        library.OneSize().write(library.KIT, few, tmp_path / "kit", library.media_of, StopsHalfWay())
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_kit_left_is_cleared_away(tmp_path, order):
    (tmp_path / "kit.part").mkdir()
    (tmp_path / "kit.part" / "old.txt").write_text("old")
    kit = write(replace(order, passages=order.passages[:1]), tmp_path / "kit")
    assert "old.txt" not in files(kit)
    assert [path.name for path in tmp_path.iterdir()] == ["kit"]


def test_a_place_that_cannot_be_written_is_told_plainly(tmp_path, order):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(Unavailable, match="could not be written"):
        write(order, tmp_path / "file" / "kit")


def test_progress_only_goes_forward(tmp_path, few):
    class Watched(library.Quiet):
        seen: list[float] = []

        def report(self, fraction, note=""):
            self.seen.append(fraction)

    library.OneSize().write(library.KIT, few, tmp_path / "kit", library.media_of, Watched())
    assert Watched.seen == sorted(Watched.seen)
    assert Watched.seen[-1] == 1.0
