"""The library on disk, tested against real files and real processes."""
