"""Amount: how much room something takes and how long it lasts, as people of each language write it."""

from __future__ import annotations

from dataclasses import dataclass

_UNITS = {"en": ("bytes", "kB", "MB", "GB", "TB"), "fr": ("octets", "ko", "Mo", "Go", "To")}
_STEP = 1000.0
_MINUTE, _HOUR = 60_000, 3_600_000


@dataclass(frozen=True, slots=True)
class Size:
    """A number of bytes."""

    bytes: int

    def said_in(self, language: str) -> str:
        """Return it as `1.5 GB`, `1,5 Go`."""
        units = _UNITS["fr" if language == "fr" else "en"]
        amount, unit = float(max(0, self.bytes)), 0
        while amount >= _STEP - 0.5 and unit < len(units) - 1:
            amount, unit = amount / _STEP, unit + 1
        said = f"{amount:.1f}" if unit > 2 and amount < 100 else f"{amount:.0f}"
        return f"{said.replace('.', ',') if language == 'fr' else said} {units[unit]}"


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time, which nobody needs to the second once it is longer than a minute or two."""

    ms: int

    def said_in(self, _language: str) -> str:
        """Return it as `40 s`, `12 min`, `2 h 5 min`; the same in every language we speak."""
        if self.ms < 2 * _MINUTE:
            return f"{max(1, round(self.ms / 1000))} s"
        minutes = round(self.ms / _MINUTE)
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
