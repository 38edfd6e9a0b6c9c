"""Checking old documents: whether our people's words in them may still be used."""
