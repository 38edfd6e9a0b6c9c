"""Looks: the organisation's own letterheads and themes, checked before they are used."""
