"""Reels: pictures and films joined into one that can be shown in a loop."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from media.framing import GROUND
from media.opening import moving_picture, opened
from media.sounds import BARE, SOUND_RATE
from media.together import at_once
from media.tools import guarded_input, put_in_place, run
from storybank.domain.clip import WIDE, Scene
from storybank.errors import Invalid
from storybank.ports import Ticket
from storybank.words import say

RATE = 30
_FADE = 0.4
"""Seconds in which a scene comes out of the calm ground, and goes back into it; so a loop has no seam."""
_SHORTEST = 1.0
_BETWEEN = 0.9
"""How much of the whole work the scenes are."""
_SILENCE = ["-f", "lavfi", "-i", f"anullsrc=r={SOUND_RATE}:cl=stereo"]
_COLOURS = [part for name in ("colorspace", "color_primaries", "color_trc") for part in (f"-{name}", "bt709")]
TAGGED = "setparams=color_primaries=bt709:color_trc=bt709:colorspace=bt709:range=tv"
_BARE = [*(part for key, value in BARE.items() for part in (f"-{key}", str(value))), "-flags:v", "+bitexact"]


def reel(scenes: Sequence[Scene], to: Path, ticket: Ticket) -> None:
    """Write the reel: every scene from the ground and back to it, first and last frame alike, put in place last."""
    if not scenes:
        raise Invalid(say("A reel needs a picture or a film."), hint=say("Choose at least one quote with a clip."))
    with tempfile.TemporaryDirectory(prefix="storybank-reel-") as name, put_in_place(to) as part:
        folder = Path(name)
        parts = [folder / f"{number:04}.mov" for number in range(len(scenes))]
        works = [partial(_scene, scene, place) for scene, place in zip(scenes, parts, strict=True)]
        at_once(works, _Most(ticket))
        listed = folder / "scenes.txt"
        listed.write_text("".join(f"file {place.name}\n" for place in parts), encoding="utf-8")
        joined = ["-f", "concat", "-safe", "1", "-i", listed.name, "-map", "0:v", "-map", "0:a", "-c:v", "copy"]
        run([*joined, "-c:a", "aac", "-b:a", "160k", *_BARE, "-movflags", "+faststart", "-f", "mp4",
             f"file:{part.absolute().as_posix()}"], ticket, folder=folder)
    ticket.report(1.0)


class _Most:
    """A ticket for the most of a work, not for all of it."""

    def __init__(self, ticket: Ticket) -> None:
        self._ticket = ticket
        self.check = ticket.check

    def report(self, fraction: float, note: str = "") -> None:
        self._ticket.report(fraction * _BETWEEN, note)


def _scene(scene: Scene, to: Path, ticket: Ticket) -> None:
    """Write one scene in the common form, its sound unpacked so that scenes join without a gap."""
    if scene.seconds > 0:
        seconds, has_sound = max(_SHORTEST, scene.seconds), False
        source = ["-protocol_whitelist", "file", "-f", "image2", "-pattern_type", "none", "-loop", "1",
                  "-framerate", str(RATE), "-i", f"file:{scene.file.absolute().as_posix()}"]
    else:
        seconds, has_sound = _film(scene.file)
        source = guarded_input(scene.file)
    frames = max(1, round(seconds * RATE))
    length = frames / RATE
    heard = ["-filter:a", f"aresample={SOUND_RATE}:async=1:first_pts=0,apad,atrim=duration={length:.4f},"
             f"aformat=sample_fmts=s16:channel_layouts=stereo", "-c:a", "pcm_s16le"]
    form = ["-vf", _fitted(length), "-frames:v", str(frames), "-t", f"{length:.4f}", "-c:v", "libx264",
            "-profile:v", "high", "-preset", "veryfast", "-crf", "20", "-g", str(RATE * 2), "-threads", "2", *_COLOURS]
    wanted = ["-map", "0:V:0", "-map", "0:a:0" if has_sound else "1:a:0", "-sn", "-dn"]
    silence = [] if has_sound else _SILENCE
    run([*source, *silence, *wanted, *form, *heard, *_BARE, "-f", "mov", str(to)], ticket,
        length_ms=round(length * 1000))


def _fitted(seconds: float) -> str:
    """Return the filters that put a picture, upright, into the frame, and let it come and go."""
    fade = min(_FADE, seconds / 4)
    last = seconds - fade - 1 / RATE
    return (
        f"scale=w=iw*sar:h=ih,setsar=1,fps={RATE}:start_time=0,tpad=stop_mode=clone:stop_duration=2,"
        f"scale={WIDE.width}:{WIDE.height}:force_original_aspect_ratio=decrease:flags=lanczos,"
        f"pad={WIDE.width}:{WIDE.height}:(ow-iw)/2:(oh-ih)/2:color={GROUND},"
        f"fade=t=in:d={fade:.4f}:c={GROUND},fade=t=out:st={last:.4f}:d={fade:.4f}:c={GROUND},"
        f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,{TAGGED}"
    )


def _film(file: Path) -> tuple[float, bool]:
    """Return how long a film is, and whether it has sound."""
    with opened(file) as container:
        picture = moving_picture(container)
        if picture is None or not container.duration:
            raise Invalid(say("A reel needs a picture or a film."), hint=say("Choose at least one quote with a clip."))
        return container.duration / 1_000_000, bool(container.streams.audio)
