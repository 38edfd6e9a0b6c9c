"""REFI-QDA: projects and codebooks as NVivo, ATLAS.ti, MAXQDA and QualCoder exchange them (standard 1.5)."""
