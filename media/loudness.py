"""Loudness: measures how loud a cut is, so that every clip leaves equally loud (EBU R 128, -16 LUFS)."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from media.tools import guarded_input, run
from storybank.ports import Ticket

_AIM = "I=-16:TP=-1.5:LRA=11"
_SILENCE_LUFS = -60.0
_TOLD = re.compile(r"\{[^{}]*\"input_i\"[^{}]*\}")


def levelling(file: Path, start: float, seconds: float, ticket: Ticket,
              before: Sequence[tuple[str, Mapping[str, str]]] = ()) -> str | None:
    """Return the filter that brings this part of the recording to the common loudness; None for silence.

    It is measured after the filters `before`, by name and options: what is silenced must not count.
    """
    first = [f"{name}=" + ":".join(f"{key}='{value}'" for key, value in told.items()) for name, told in before]
    part = guarded_input(file, "-ss", f"{start:.3f}", "-t", f"{seconds:.3f}")
    measure = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-af",
               ",".join([*first, f"loudnorm={_AIM}:print_format=json"]), "-f", "null", "-"]
    told = _TOLD.findall(run([*part, *measure], ticket, length_ms=round(seconds * 1000), share=(0.0, 0.15)))
    measured = {key: float(value) for key, value in json.loads(told[-1]).items() if _is_number(value)} if told else {}
    wanted = ("input_i", "input_tp", "input_lra", "input_thresh", "target_offset")
    if any(not math.isfinite(measured.get(key, math.inf)) for key in wanted) or measured["input_i"] < _SILENCE_LUFS:
        return None
    integrated, peak, span, threshold, offset = (measured[key] for key in wanted)
    return (
        f"loudnorm={_AIM}:linear=true:measured_I={integrated}:measured_TP={peak}:measured_LRA={span}"
        f":measured_thresh={threshold}:offset={offset}"
    )


def _is_number(value: str) -> bool:
    try:
        float(value)
    except ValueError:
        return False
    return True
