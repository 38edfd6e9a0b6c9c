"""Closing: the papers that every kit has, whatever it is for; they are written last, when all else is there."""

from __future__ import annotations

from pathlib import Path

from exports.kits import accessibility, calendar, gallery, leaflets, rights, welcome
from exports.kits.assets import files_under
from exports.kits.packing import Packing


def close(packing: Packing) -> None:
    """Write what to read first, the gallery, the rights and the manifest; nothing is left without its entry."""
    gallery.pack(packing)
    parcel, languages = packing.parcel, packing.parcel.languages
    into = packing.room("_rights")
    rights.write_credits(parcel, into / "credits.csv")
    rights.write_labels(parcel, into / rights.LABELS)
    rights.write_left_out(parcel, into / "left-out.csv")
    for language in languages:
        leaflets.write_terms(parcel, language, into / f"usage-terms.{language}.txt")
    folders = sorted({path.split("/")[0] for path in files_under(packing.folder) if "/" in path} | {"_manifest"})
    leaflets.write_readme(parcel, folders, packing.folder / "README.txt")
    (packing.folder / "README.html").write_text(welcome.page(parcel, folders), encoding="utf-8", newline="\n")
    for language in languages:
        leaflets.write_withdrawal(parcel, packing.assets, language, into / f"withdrawal.{language}.txt")
    _enter_the_rest(packing)
    rights.write_consent_manifest(parcel, packing.assets, packing.folder, into)
    _manifest(packing, packing.room("_manifest"))


def _enter_the_rest(packing: Packing) -> None:
    """Enter the papers that are about the kit as a whole: of everything there is, the list says what it rests on."""
    known = {asset.path for asset in packing.assets}
    for path in files_under(packing.folder):
        if path not in known:
            packing.keep(packing.folder / path, [], packing.parcel.languages[0])


def _manifest(packing: Packing, into: Path) -> None:
    rights.write_kit_card(packing.parcel, into / "kit.json")
    (into / "calendar.ics").write_text(calendar.calendar(packing.parcel), encoding="utf-8", newline="")
    report = accessibility.report(packing)
    (into / "accessibility-report.html").write_text(report, encoding="utf-8", newline="\n")
