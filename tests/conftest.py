"""What every test stands on: no internet, a home of its own, no screen needed, and a word about what was left out."""

from __future__ import annotations

import errno
import gc
import importlib.util
import ipaddress
import os
import shutil
import socket
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

# Before Qt or a speech library is imported anywhere: they read these once.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
_QT_HOME = tempfile.TemporaryDirectory(prefix="storybank-tests-")
os.environ["XDG_CONFIG_HOME"] = _QT_HOME.name

# A child process is not patched; a proxy that does not answer keeps it from the internet too.
_DEAD_PROXY = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def no_internet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut the machine off, and fail a test that tried to reach anyone: Storybank works offline.

    A test marked `reaches_out` tries on purpose, to see what people are told without a network.
    """
    tried: list[str] = []
    for method in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, method, _staying_home(getattr(socket.socket, method), tried))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, _DEAD_PROXY)
        monkeypatch.setenv(name.upper(), _DEAD_PROXY)
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    yield
    if tried and not request.node.get_closest_marker("reaches_out"):
        pytest.fail(f"The test tried to reach {', '.join(tried)}; Storybank must work without a network.")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give Storybank a home of its own: its data, settings, models and caches lie in the test's folder."""
    home = tmp_path / "storybank-home"
    monkeypatch.setenv("STORYBANK_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def collected() -> Iterator[None]:
    """Let Python collect its garbage again where a window had taken that over."""
    gc.enable()
    yield


def _staying_home(connect: Callable[..., Any], tried: list[str]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not _is_here(address[0]):
            tried.append(str(address[0]))
            raise OSError(errno.ENETUNREACH, "Tests have no network")
        return connect(self, address)

    return guarded


def _is_here(host: str) -> bool:
    """Tell whether a host is this very machine; Windows builds its pipes over that address."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return False


# ---- what needs more than every machine has -------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "reaches_out: tries the network, to see what people are told without one")
    config.addinivalue_line("markers", "office: opens Word files with LibreOffice and looks at their pages")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out what this machine lacks, saying so; after `dev.py test --all` the engine may not be lacking."""
    everything = os.environ.get("STORYBANK_TEST_ALL") == "1"
    lacking = {
        "openai": importlib.util.find_spec("whisper") is None and not everything,
        "office": not (shutil.which("soffice") and shutil.which("pdftoppm")),
    }
    reasons = {
        "openai": "the second speech engine is not installed: python3 dev.py test --all",
        "office": "LibreOffice or pdftoppm is not installed: python3 dev.py test",
    }
    for item in items:
        for marker, lacks in lacking.items():
            if lacks and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reasons[marker]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what was left out, and how to have it."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section("left out")
    for reason, count in Counter(_reason(report) for report in skipped).most_common():
        terminalreporter.write_line(f"{count} test{'s' if count > 1 else ''}: {reason}")


def _reason(report: pytest.TestReport) -> str:
    detail = report.longrepr
    return str(detail[2]).removeprefix("Skipped: ") if isinstance(detail, tuple) else str(detail)


@pytest.fixture(scope="session", autouse=True)
def _clean_up() -> Iterator[None]:
    yield
    _QT_HOME.cleanup()
