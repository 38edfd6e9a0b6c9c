"""Bundler: a kit as a zip to share or a bag to keep, as services ask for it (`ports.Bundler`)."""

from __future__ import annotations

from pathlib import Path

from exports.kits.packaging import bagged, zipped
from storybank.ports import Ticket


class KitBundler:
    """Packs a kit for its way."""

    def zip(self, folder: Path, to: Path, ticket: Ticket) -> None:
        """Write a folder as a zip: the same bytes for the same content."""
        zipped(folder, to, ticket)

    def bag(self, folder: Path, to: Path, made_at: str, organisation: str, kit_id: str, ticket: Ticket) -> None:
        """Write a copy of a folder as a BagIt bag (RFC 8493)."""
        bagged(folder, to, made_at, organisation, kit_id, ticket)
