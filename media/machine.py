"""Machine: asks this computer what it has, and really tries ffmpeg and the speech engine on it.

What the processor can do is read from NumPy, which asks it when it is loaded; NumPy comes with the engine anyway.
Libraries made for this (py-cpuinfo) run programs, or write machine code into memory, which virus scanners dislike.
"""

from __future__ import annotations

import os
import pickle
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from media import tools
from media.catalogue import known
from media.listening import be_polite, threads
from media.yardstick import draw_base
from storybank.domain.readiness import WINDOW_MS, Memory, Processor, Trial
from storybank.domain.speech import Grade, SpeechModel
from storybank.errors import Unavailable
from storybank.words import say

if TYPE_CHECKING:
    import numpy as np

_PATIENCE = 60.0
_FRAMES = WINDOW_MS // 10
_RATE = 16_000


@dataclass(frozen=True, slots=True)
class ThisMachine:
    """The `Machine` that Storybank runs on."""

    def processor(self) -> Processor:
        """Return what it reckons with."""
        cores = psutil.cpu_count(logical=False) or os.cpu_count() or 1
        return Processor(_processor_name(), cores, _features())

    def memory(self) -> Memory:
        """Return its working memory."""
        told = psutil.virtual_memory()
        return Memory(int(told.total), int(told.available))

    def room(self, folder: Path) -> int:
        """Return the free bytes of the disk that a folder lies on, or would lie on."""
        there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
        return shutil.disk_usage(there).free

    def ffmpeg(self) -> str:
        """Run ffmpeg on a second of sound and return its version; raise `Unavailable` when it does not."""
        tools.run(["-f", "lavfi", "-i", "sine=duration=1", "-f", "null", "-"], tools.NobodyWaits(), seconds=_PATIENCE)
        told = subprocess.run([tools.ffmpeg(), "-version"], capture_output=True, text=True, encoding="utf-8",
                              errors="replace", timeout=_PATIENCE, check=False,
                              creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)).stdout.split()
        return told[2] if len(told) > 2 else ""

    def try_out(self, model: SpeechModel) -> Iterator[Trial]:
        """Let an engine hear half a minute with a model; run it apart, for it may crash."""
        be_polite()
        _listen_for_voices()
        listed = known(model.grade)
        encoding = listed.encoding if listed else None
        yield _tried_openai(model, encoding) if model.path.is_file() else _tried_faster(model.path, encoding)

    def measure(self) -> Iterator[Trial]:
        """Let the engine hear half a minute with a model as large as `base` and drawn at random; run it apart."""
        be_polite()
        base = known(Grade.BASE)
        with tempfile.TemporaryDirectory(prefix="storybank-", ignore_cleanup_errors=True) as folder:
            draw_base(Path(folder) / "base")
            yield _tried_faster(Path(folder) / "base", base.encoding if base else None)


def _features() -> frozenset[str]:
    try:
        from numpy._core._multiarray_umath import __cpu_features__ as told  # type: ignore[import-not-found]
    except (ImportError, RuntimeError):  # this NumPy keeps it elsewhere, or does not run on this processor at all
        return frozenset()
    return frozenset(name for name, there in told.items() if there)


def _processor_name() -> str:
    with suppress(OSError, ValueError, KeyError, IndexError, subprocess.SubprocessError):
        if sys.platform == "win32":
            import winreg

            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"HARDWARE\DESCRIPTION\System\CentralProcessor\0") as key:
                return str(winreg.QueryValueEx(key, "ProcessorNameString")[0]).strip()
        if sys.platform == "darwin":
            return subprocess.run(["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"], capture_output=True,
                                  text=True, timeout=_PATIENCE, check=True).stdout.strip()
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return platform.processor() or platform.machine()


def _listen_for_voices() -> None:
    """Look for voices in a second of silence: the first thing that happens to a recording."""
    import numpy as np

    from media.voice import voiced

    voiced(np.zeros(_RATE, np.float32))


def _tried_faster(folder: Path, encoding: float | None) -> Trial:
    import ctranslate2

    began, device = time.monotonic(), "cpu"
    try:
        with suppress(RuntimeError, ValueError):
            if ctranslate2.get_cuda_device_count():
                device = "cuda"
                model = ctranslate2.models.Whisper(str(folder), device=device, compute_type="float16")
                return _timed(began, lambda window: _heard(model, window), model.n_mels, encoding, device)
        model = ctranslate2.models.Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=threads(0))
        return _timed(began, lambda window: _heard(model, window), model.n_mels, encoding, "cpu")
    except (RuntimeError, ValueError) as error:
        raise Unavailable(say("The speech engine could not use the model: {why}.", why=str(error)[:200].rstrip(".")),
                          hint=say("Remove the model, and add or download it again.")) from error


def _heard(model: Any, window: np.ndarray) -> None:  # noqa: ANN401 - the engine has no types
    import ctranslate2

    encoded = model.encode(ctranslate2.StorageView.from_array(window), to_cpu=model.device == "cuda")
    if model.is_multilingual:
        model.detect_language(encoded)


def _tried_openai(model: SpeechModel, encoding: float | None) -> Trial:
    try:
        import torch
        import whisper

        began = time.monotonic()
        torch.set_num_threads(threads(0))
        loaded = whisper.load_model(str(model.path))
        return _timed(began, lambda window: loaded.embed_audio(torch.from_numpy(window).to(loaded.device)),
                      loaded.dims.n_mels, encoding, str(loaded.device.type))
    except (ImportError, OSError) as error:
        raise Unavailable(say("openai-whisper is not installed."),
                          hint=say("Choose a model for faster-whisper, or install Storybank with its extra"
                                   " [whisper].")) from error
    except (RuntimeError, KeyError, TypeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise Unavailable(say("The speech engine could not use the model: {why}.", why=type(error).__name__),
                          hint=say("Remove the model, and add or download it again.")) from error


def _timed(began: float, hear: Callable[[np.ndarray], object], mels: int, encoding: float | None,
           device: str) -> Trial:
    import numpy as np

    loaded = time.monotonic()
    window = np.random.default_rng(0).standard_normal((1, mels, _FRAMES)).astype(np.float32)
    took = []
    for _ in range(2):  # the first time, much is only made ready
        start = time.monotonic()
        hear(window)
        took.append(time.monotonic() - start)
    return Trial(round((loaded - began) * 1000), round(min(took) * 1000), int(psutil.Process().memory_info().rss),
                 encoding, device)
