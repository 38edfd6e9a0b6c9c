"""Bundler: packs a kit for its way (`ports.Bundler`)."""

from __future__ import annotations

from pathlib import Path

from exports.kits.packaging import bagged, zipped
from storybank.ports import Ticket


class KitBundler:
    """Packs kits as zips to share and bags to keep."""

    def zip(self, folder: Path, to: Path, ticket: Ticket) -> None:
        """Write a folder as a zip: the same bytes for the same content."""
        zipped(folder, to, ticket)

    def bag(self, folder: Path, to: Path, made_at: str, organisation: str, kit_id: str, ticket: Ticket) -> None:
        """Write a copy of a folder as a BagIt bag (RFC 8493)."""
        bagged(folder, to, made_at, organisation, kit_id, ticket)
