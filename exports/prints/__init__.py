"""Prints: cards and handouts for a printer, at 300 dpi with bleed."""
