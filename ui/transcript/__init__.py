"""The transcript: the words as one reads and corrects them, laid out, painted, written in and saved."""
