"""Storybank: a library of video reflections, with the consent each may be used under."""

__version__ = "0.1.0"
