"""Recordings' files from the command line: one that was moved is found again, and a light copy is made to play."""

from __future__ import annotations

from pathlib import Path

from storybank import places


def test_a_moved_recording_is_said_found_and_copied(storybank, tmp_path):
    drive = tmp_path / "drive"
    drive.mkdir()
    file = drive / "samuel.m4a"
    file.write_bytes((places.demo() / "media" / "samuel-conseiller.m4a").read_bytes())
    storybank("import", file, "--leave")
    recording = storybank.json("show", "S-0001")["recordings"][0]["code"]
    moved = drive / "elsewhere" / "S Roy.m4a"
    moved.parent.mkdir()
    file.rename(moved)

    said = storybank("proxy", "S-0001")
    assert said.code != 0
    assert f"The recording is not where it was: {file}. Its transcript and quotes are safe." in said.err
    assert f"storybank locate {recording}" in said.err

    (drive / "wrong.m4a").write_bytes(b"another")
    assert "is not this recording" in storybank("locate", recording, drive / "wrong.m4a").err
    assert "not in that folder" in storybank("locate", recording, storybank.home).err
    assert storybank.json("locate", recording, drive) == [
        {"recording": recording, "file": "samuel.m4a", "place": str(moved)}]

    (made,) = storybank.json("proxy", "S-0001")
    assert Path(made["copy"]).stat().st_size > 10_000
    assert storybank.json("locate", recording, moved)[0]["place"] == str(moved)
