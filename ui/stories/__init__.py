"""The page of all stories: cards or a table, importing, and asking for transcripts."""
