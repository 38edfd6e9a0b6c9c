"""XMP: a file says what it is, whose and until when, and nothing else; everybody's programs can read it."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from exports import xmp
from exports.cards import sizes
from exports.cards.card import draw
from exports.xmp import Facts, packet, read_png, save_png
from storybank.errors import Invalid
from tests.exports.test_cards import a_card

FACTS = Facts(
    "Q-0063", "Quote card. “One & <two>”", "Northern Light", "© 2026 Northern Light", "Voices — A private funder.",
    "Use until 2027-03-31.", {"en": "“One & <two>” — A private funder.", "fr": "Une carte"}, ("C-0042", "C-0043"),
)  # fmt: skip


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    to = tmp_path_factory.mktemp("xmp") / "card.png"
    save_png(draw(a_card(), sizes.SQUARE), to, FACTS)
    return to


def test_everything_is_read_back(file):
    assert read_png(file) == {
        "dc:title": "Q-0063",
        "dc:description": "Quote card. “One & <two>”",
        "dc:creator": "Northern Light",
        "dc:rights": "© 2026 Northern Light",
        "photoshop:Credit": "Voices — A private funder.",
        "xmpRights:UsageTerms": "Use until 2027-03-31.",
        "Iptc4xmpCore:AltTextAccessibility": "“One & <two>” — A private funder.",
        "Iptc4xmpCore:AltTextAccessibility[en-CA]": "“One & <two>” — A private funder.",
        "Iptc4xmpCore:AltTextAccessibility[fr-CA]": "Une carte",
        "plus:ModelReleaseStatus": "http://ns.useplus.org/ldf/vocab/MR-LMR",
        "plus:ModelReleaseID": "C-0042; C-0043",
    }


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed here")
def test_exiftool_reads_the_same(file):
    asked = subprocess.run(["exiftool", "-j", "-XMP:all", "-n", str(file)], capture_output=True, check=True, text=True)
    told = json.loads(asked.stdout)[0]
    assert told["Title"] == "Q-0063"
    assert told["Creator"] == "Northern Light"
    assert told["Credit"] == "Voices — A private funder."
    assert told["UsageTerms"] == "Use until 2027-03-31."
    assert told["AltTextAccessibility-fr-CA"] == "Une carte"
    assert told["ModelReleaseID"] == ["C-0042", "C-0043"]
    assert "MR-LMR" in told["ModelReleaseStatus"]


def test_a_card_is_small_and_holds_nothing_else(file):
    assert file.stat().st_size < 400_000
    with Image.open(file) as picture:
        assert (picture.mode, set(picture.info)) == ("RGB", {xmp.KEYWORD, "xmp"} & set(picture.info))


def test_what_a_picture_carried_before_is_gone(tmp_path):
    picture = Image.new("RGB", (20, 20))
    picture.info["Author"] = "George Campbell"
    picture.getexif()[0x010E] = "George Campbell"
    save_png(picture, tmp_path / "bare.png", FACTS)
    assert b"Campbell" not in (tmp_path / "bare.png").read_bytes()


def test_the_same_card_is_the_same_file(tmp_path, file):
    save_png(draw(a_card(), sizes.SQUARE), tmp_path / "again.png", FACTS)
    assert (tmp_path / "again.png").read_bytes() == file.read_bytes()


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=12), max_size=3))
def test_any_words_at_all_make_a_packet_that_can_be_read(title, alt, consents):
    text = packet(Facts(title, alt, title, alt, title, alt, {"en": alt, "fr": title}, tuple(consents)))
    etree.fromstring(text.encode())


def test_what_is_not_told_is_not_there():
    text = packet(Facts("Q-0001", "", "", "", "", ""))
    for name in ("dc:creator", "ModelRelease", "AltText", "photoshop:Credit"):
        assert f"<{name}" not in text
        assert f"<plus:{name}" not in text


@pytest.mark.parametrize("untrusted", [
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>", "<x", "x" * 1_100_000,
], ids=["entities", "broken", "endless"])
def test_a_hostile_packet_is_refused(tmp_path, untrusted):
    info = PngInfo()
    info.add_itxt(xmp.KEYWORD, untrusted)
    Image.new("RGB", (8, 8)).save(tmp_path / "bad.png", pnginfo=info)
    with pytest.raises(Invalid):
        read_png(tmp_path / "bad.png")


def test_what_is_no_picture_is_refused(tmp_path):
    (tmp_path / "no.png").write_bytes(b"GIF89a")
    with pytest.raises(Invalid, match=r"no\.png"):
        read_png(tmp_path / "no.png")
