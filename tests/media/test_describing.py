"""Credit and terms in finished media: read back by others, the same twice, and nothing else changed."""

from __future__ import annotations

import json
import shutil
import subprocess
from uuid import UUID

import numpy as np
import pytest

from media.ffmpeg_media import FfmpegMedia
from storybank.domain.clip import Cut, Shape
from storybank.errors import Invalid
from tests.media.film import AMINA, Calm, pictures, sound

media = FfmpegMedia()
TITLE, RIGHTS = "Trust & time < « été » 🌿 {x}", "Voices of Social Prescribing © 2026 CISP. Used with permission."
XMP = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" photoshop:Credit="Link worker, Nova Scotia"/>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)
ENDINGS = ["mp4", "m4a", "mp3", "wav"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("described")
    media.clip(AMINA, Cut(1_000, 2_000, Shape("16x9", 320, 180)), folder / "bare.mp4", Calm())
    for ending in ENDINGS[1:]:
        media.sound(AMINA, Cut(1_000, 2_000), folder / f"bare.{ending}", Calm())
    for ending in ENDINGS:
        told = folder / f"told.{ending}"
        shutil.copy(folder / f"bare.{ending}", told)
        media.describe(told, TITLE, RIGHTS, XMP)
    return folder


@pytest.mark.parametrize("ending", ENDINGS)
def test_credit_and_terms_are_in_the_file_and_writing_them_again_changes_nothing(folder, tmp_path, ending):
    told = (folder / f"told.{ending}").read_bytes()
    code = "utf-16-le" if ending == "mp3" else "utf-8"
    assert TITLE.encode(code) in told and RIGHTS.encode(code) in told and XMP.encode() in told
    again = tmp_path / f"again.{ending}"
    again.write_bytes(told)
    media.describe(again, TITLE, RIGHTS, XMP)
    assert again.read_bytes() == told
    media.describe(again, "Another", "", "")
    assert TITLE.encode(code) not in again.read_bytes() and XMP.encode() not in again.read_bytes()


@pytest.mark.parametrize("ending", ENDINGS)
def test_sound_and_picture_stay_what_they_were(folder, ending):
    bare, told = folder / f"bare.{ending}", folder / f"told.{ending}"
    assert np.array_equal(sound(bare)[0], sound(told)[0])
    if ending == "mp4":
        assert np.array_equal(pictures(bare), pictures(told))
        assert told.read_bytes().find(b"moov") < told.read_bytes().find(b"mdat")


def test_the_packet_lies_in_a_box_of_its_own_behind_the_film(folder):
    told, at, boxes = (folder / "told.mp4").read_bytes(), 0, []
    while at < len(told):
        size = int.from_bytes(told[at:at + 4], "big")
        boxes.append((told[at + 4:at + 8], told[at + 8:at + 24]))
        at += size
    assert at == len(told) and boxes[-1] == (b"uuid", UUID("be7acfcb-97a9-42e8-9c71-999491e3afac").bytes)


@pytest.mark.skipif(not shutil.which("exiftool"), reason="exiftool is not on this machine")
def test_another_program_reads_it_back(folder):
    files = [str(folder / f"told.{ending}") for ending in ENDINGS]
    read = subprocess.run(["exiftool", "-j", "-Title", "-Copyright", "-XMP:Credit", *files], capture_output=True,
                          check=True)
    for one in json.loads(read.stdout):
        assert one["Title"].startswith("Trust & time < « été »") and one["Copyright"] == RIGHTS, one
        assert one["Credit"] == "Link worker, Nova Scotia"


def test_a_file_that_cannot_hold_it_is_refused(tmp_path):
    (tmp_path / "a.ogg").write_bytes(b"OggS")
    with pytest.raises(Invalid):
        media.describe(tmp_path / "a.ogg", TITLE, RIGHTS, "")
