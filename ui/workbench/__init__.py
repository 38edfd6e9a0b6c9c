"""The workbench: the tools beside a transcript, each a bar or a panel of its own, put on the page in `tools.py`."""
