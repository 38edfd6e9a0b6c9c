"""Downloads: whole and known by their checksum, or not at all; what came before a break is used again."""

from __future__ import annotations

import errno
import shutil
import ssl
import threading
import urllib.error
from collections import namedtuple
from pathlib import Path

import pytest

from media import download
from media.download import Downloader
from media.models import SpeechModelShelf
from storybank.errors import Cancelled, Damaged, Invalid, NotFound, Refused, Unavailable
from tests.media.hub import Hub

DEMO = Path(__file__).resolve().parents[2] / "demo" / "speech"
HALF = 300_000


class Watch:
    """A ticket that keeps what it was told, and stops when it is asked to."""

    def __init__(self, stop_at=2.0):
        self.told, self.stop_at = [], stop_at

    def report(self, fraction, note=""):
        self.told.append(fraction)

    def check(self):
        if self.told and self.told[-1] >= self.stop_at:
            raise Cancelled("Stopped.")


@pytest.fixture
def hub():
    there = Hub({file.name: file.read_bytes() for file in (DEMO / "ct2").iterdir()})
    yield there
    there.close()


@pytest.fixture
def shelf(tmp_path, hub):
    return shelf_of(tmp_path, hub)


def shelf_of(tmp_path, hub):
    return SpeechModelShelf(tmp_path / "models", DEMO, downloader=Downloader(hub.base, pause=lambda tries: 0.0))


def parts(shelf):
    return {file.name for place in shelf.folder.glob(".*.part") for file in place.iterdir()}


def names(shelf):
    return [model.name for model in shelf.all() if not model.is_demo]


def test_a_model_arrives_whole_and_is_used_from_then_on(shelf, hub):
    ticket = Watch()
    model = shelf.download("tiny", ticket)
    assert shelf.find() == model
    assert {file.name: file.read_bytes() for file in model.path.iterdir()} == hub.files
    assert ticket.told[-1] == 1.0 and ticket.told == sorted(ticket.told)
    assert shelf.leftovers() == 0


def test_a_connection_that_breaks_is_renewed_and_goes_on_where_it_broke(shelf, hub):
    hub.manners.drops = [HALF, 1000]
    model = shelf.download("tiny", Watch())
    assert (model.path / "model.bin").read_bytes() == hub.files["model.bin"]
    assert hub.ranges == [("model.bin", f"bytes={HALF}-"), ("model.bin", f"bytes={HALF + 1000}-")]


def test_a_broken_download_goes_on_in_the_next_sitting(tmp_path, hub):
    hub.manners.drops = [HALF, *[0] * 5]
    with pytest.raises(Unavailable, match="broke") as refused:
        shelf_of(tmp_path, hub).download("tiny", Watch())
    assert "goes on from there" in str(refused.value.hint)
    again = shelf_of(tmp_path, hub)
    assert names(again) == [] and again.leftovers() >= HALF
    assert "model.bin" not in parts(again)
    hub.ranges.clear()
    again.download("tiny", Watch())
    assert hub.ranges[0] == ("model.bin", f"bytes={HALF}-")
    assert {name for name, _ in hub.ranges} == {"model.bin"}, "files that came whole are not fetched again"


def test_a_server_that_cannot_go_on_in_the_middle_begins_anew(shelf, hub):
    hub.manners.drops, hub.manners.goes_on = [HALF], False
    model = shelf.download("tiny", Watch())
    assert (model.path / "model.bin").read_bytes() == hub.files["model.bin"]


def test_a_file_that_changed_between_two_sittings_is_fetched_anew(tmp_path, hub):
    hub.manners.drops = [HALF, *[0] * 5]
    with pytest.raises(Unavailable):
        shelf_of(tmp_path, hub).download("tiny", Watch())
    changed = bytearray(hub.files["model.bin"])
    changed[10_000] ^= 1
    hub.files["model.bin"] = bytes(changed)
    hub.files["config.json"] += b"\n"
    model = shelf_of(tmp_path, hub).download("tiny", Watch())
    assert {file.name: file.read_bytes() for file in model.path.iterdir()} == hub.files


def test_a_wrong_checksum_is_fetched_once_more(shelf, hub):
    hub.manners.lies = 1
    model = shelf.download("tiny", Watch())
    assert (model.path / "model.bin").read_bytes() == hub.files["model.bin"]
    assert hub.asked["model.bin"] == 2


def test_a_checksum_that_is_wrong_twice_is_told_and_thrown_away(shelf, hub):
    hub.manners.lies = 99
    with pytest.raises(Damaged, match=r"model\.bin came twice with the wrong checksum") as refused:
        shelf.download("tiny", Watch())
    assert "proxy" in str(refused.value.hint)
    assert not any("model.bin" in name for name in parts(shelf))
    assert names(shelf) == []


def test_a_small_file_with_another_checksum_than_gits_is_no_better(shelf, hub, monkeypatch):
    tag = hub.tag
    monkeypatch.setattr(hub, "tag", lambda name: f'"{"0" * 40}"' if name == "config.json" else tag(name))
    with pytest.raises(Damaged, match=r"config\.json"):
        shelf.download("tiny", Watch())


def test_a_server_that_sends_too_little_is_found_out(shelf, hub):
    hub.manners.promises_more = 5000
    with pytest.raises(Unavailable, match="broke"):
        shelf.download("tiny", Watch())
    assert names(shelf) == [] and "model.bin" not in parts(shelf)


def test_a_server_that_sends_more_than_it_said_is_not_believed(shelf, hub):
    hub.manners.promises_more = -5000
    with pytest.raises(Unavailable):
        shelf.download("tiny", Watch())
    assert names(shelf) == [] and not any("model.bin" in name for name in parts(shelf))


@pytest.mark.parametrize(("code", "kind", "said"), [
    (404, Unavailable, "no longer has"), (410, Unavailable, "no longer has"), (401, Refused, "does not let us"),
    (403, Refused, "does not let us"), (418, Unavailable, "answer 418"),
])  # fmt: skip
def test_a_server_that_refuses_is_told_by_what_it_said(shelf, hub, code, kind, said):
    hub.manners.refuses["model.bin"] = code
    with pytest.raises(kind, match=said) as refused:
        shelf.download("tiny", Watch())
    assert "USB stick" in str(refused.value.hint)
    assert names(shelf) == []


def test_a_server_that_is_busy_is_asked_again(shelf, hub):
    hub.manners.busy = 3
    assert shelf.download("tiny", Watch()).name == "tiny"


def test_a_stop_ends_it_at_once_though_the_server_is_silent_and_keeps_what_came(shelf, hub):
    hub.manners.stalls = threading.Event()
    try:
        with pytest.raises(Cancelled):
            shelf.download("tiny", Watch(stop_at=0.01))
    finally:
        hub.manners.stalls.set()
    assert names(shelf) == []
    assert shelf.leftovers() > len(hub.files["model.bin"]) // 4


def test_what_was_broken_off_can_be_removed_and_says_how_much_that_was(shelf, hub):
    hub.manners.drops = [HALF, *[0] * 5]
    with pytest.raises(Unavailable):
        shelf.download("tiny", Watch())
    left = shelf.leftovers()
    assert left >= HALF
    assert shelf.remove_leftovers() == left
    assert shelf.leftovers() == 0 and list(shelf.folder.iterdir()) == []


def test_what_arrives_at_this_moment_is_not_removed_nor_fetched_twice(shelf):
    with shelf._putting("tiny"):
        (shelf._part("tiny", fresh=False) / "model.bin.part").write_bytes(b"0" * 100)
        with pytest.raises(Refused, match="arriving already"):
            shelf.download("tiny", Watch())
        assert shelf.remove_leftovers() == 0
        assert shelf.leftovers() == 100


def test_a_model_that_is_not_what_it_should_be_is_not_published(shelf, hub):
    hub.files["config.json"] = b"{}"
    with pytest.raises(Invalid, match="how words are timed"):
        shelf.download("tiny", Watch())
    assert names(shelf) == []


def test_a_disk_without_room_is_told_before_anything_is_fetched(shelf, hub, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "total used free")(9, 0, 210_000_000))
    with pytest.raises(Unavailable, match="78 MB, and 210 MB is free"):
        shelf.download("tiny", Watch())
    assert not hub.asked


def test_a_disk_that_fills_up_meanwhile_is_told_and_what_came_is_kept(shelf, hub, monkeypatch):
    monkeypatch.setattr(download, "_LOOK_AT_DISK", 100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: namedtuple("Usage", "total used free")(9, 0, (
        10**9 if not shelf.leftovers() else 1000)))
    with pytest.raises(Unavailable, match="nearly full"):
        shelf.download("tiny", Watch())
    monkeypatch.undo()
    assert shelf.leftovers() > 0


def test_a_disk_that_is_full_is_told_as_that(shelf, monkeypatch):
    def no_room(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "to_disk", no_room)
    with pytest.raises(Unavailable, match="The disk is full"):
        shelf.download("tiny", Watch())


def test_a_proxy_that_opens_the_connection_is_named(shelf, monkeypatch):
    def refused(*_, **__):
        raise urllib.error.URLError(ssl.SSLCertVerificationError("self-signed certificate in chain"))

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refused)
    with pytest.raises(Unavailable, match="not trusted") as told:
        shelf.download("tiny", Watch())
    assert "proxy" in str(told.value.hint)


def test_https_is_never_left_for_http():
    asking = urllib.request.Request("https://hub.example/model.bin")
    with pytest.raises(urllib.error.URLError):
        download._Followed().redirect_request(asking, None, 302, "Found", {}, "http://hub.example/model.bin")


def test_the_hub_is_the_one_that_is_named_in_the_surroundings(hub, tmp_path, monkeypatch):
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.base}/")
    assert SpeechModelShelf(tmp_path / "models", DEMO).download("tiny", Watch()).name == "tiny"


def test_only_models_of_the_catalogue_can_be_asked_for(shelf):
    with pytest.raises(NotFound, match="enormous"):
        shelf.download("enormous", Watch())
