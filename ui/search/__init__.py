"""The Search page: one field that finds every passage."""
