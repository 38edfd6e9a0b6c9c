"""`python -m ui`: the window when nothing is asked for, else the command line."""

from __future__ import annotations

import sys

from ui.cli import main

if __name__ == "__main__":
    if hasattr(sys, "frozen"):  # a packaged copy starts its speech engine as a second self
        from multiprocessing import freeze_support

        freeze_support()
    sys.exit(main())
