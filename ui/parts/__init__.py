"""Parts: the small pieces that every page of the window is built from."""
