"""The Quotes page: what may be used and what is missing, the codebook, and how far coders agree."""
