"""Codebooks as files: REFI-QDA (QDC), CSV and XLSX, written for other programs and read from them."""
