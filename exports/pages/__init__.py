"""Pages: documents as PDF and as pictures, counted and checked."""
