"""Receipts: an agreement's receipt, written for the person who gave it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.wiring import App


def write_receipt(app: App, consent_id: str, to: Path) -> list[Path]:
    """Write the receipt of an agreement as a Word file, and beside it as JSON; return both."""
    from exports.papers.writer import write_receipt_json

    receipt, today, beside = app.consenting.receipt(consent_id), app.consenting.today(), to.with_suffix(".json")
    app.papers.receipt(receipt, today, to)
    write_receipt_json(receipt, today, beside)
    return [to, beside]
