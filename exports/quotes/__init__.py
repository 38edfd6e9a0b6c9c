"""Quotes: cleared quotes as tables, as data, and as a Word file for use inside."""
