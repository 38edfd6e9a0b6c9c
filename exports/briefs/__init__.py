"""Briefs: policy briefs as Word files, in every form that a reader may ask for."""
