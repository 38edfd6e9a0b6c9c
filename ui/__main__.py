"""`python -m ui`: the window when nothing is asked for, else the command line."""

from __future__ import annotations

import sys
from multiprocessing import freeze_support

from ui.cli import main

if __name__ == "__main__":
    freeze_support()
    sys.exit(main())
