"""Transcripts as files: SRT, VTT, text, Word, JSON and OHMS XML, written for other programs and read from them."""
