"""The player: a recording's picture and sound, its waveform, its light copy, and the way back to a file that moved."""
