"""The way from each schema to the next, one file each; a library remembers in its header how far it has come."""

from __future__ import annotations

from collections.abc import Callable

from alembic.operations import Operations

from storybank.persistence.migrations import (
    v0001_first,
    v0002_search,
    v0003_consent,
    v0004_workbench,
    v0005_coding,
    v0006_drafts,
)

STEPS: dict[int, Callable[[Operations], None]] = {
    1: v0001_first.upgrade, 2: v0002_search.upgrade, 3: v0003_consent.upgrade, 4: v0004_workbench.upgrade,
    5: v0005_coding.upgrade, 6: v0006_drafts.upgrade,
}
"""What leads to each schema from the one before."""
