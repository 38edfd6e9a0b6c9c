"""Tests of the window, on a real library and without a screen."""
