#!/usr/bin/env python3
"""Makes Storybank ready on a fresh machine, then does what you ask: show it, test it, run it, check it."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "storybank-stamp.json"

OUR_CODE = ("storybank", "media", "exports", "ui", "tests", "benchmarks", "dev.py")
OLDEST, NEWEST = (3, 11), (3, 14)
WHISPER = ("torch==2.13.0", "openai-whisper==20250625")
SPACE_NEEDED = {"app": 2_000_000_000, "test": 2_200_000_000}

# What Qt's libraries and its xcb, offscreen and multimedia plugins are linked to, and Debian's package for each.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libXext.so.6": "libxext6",
    "libXrandr.so.2": "libxrandr2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdrm.so.2": "libdrm2",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libpulse.so.0": "libpulse0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
# Programs that tests open with what leaves the house: Word files, decks, pages of the web, pictures and films.
FROM_SOURCE = "bagit"
"""The one package without a wheel that needs nothing old: one file of Python, by the Library of Congress."""
OFFICE_PROGRAMS = {
    "soffice": "libreoffice-writer",
    "loimpress": "libreoffice-impress",
    "pdftoppm": "poppler-utils",
    "chromium": "chromium",
    "exiftool": "libimage-exiftool-perl",
    "node": "nodejs",
    "npm": "npm",
}
# The same programs under the names they have elsewhere.
OTHER_NAMES = {"chromium": ("chromium-browser", "google-chrome", "google-chrome-stable"), "loimpress": ("simpress",)}

ABOUT = """\
Storybank looks after video reflections, the consent each may be used under, and what leaves the house.

On a fresh machine with Python 3.11 or later, these two are all you need:

  python3 dev.py demo      make everything ready, do the whole job on eight demo interviews, open the window
  python3 dev.py test      make everything ready and run all the tests

The first run downloads about 500 MB into the folder .venv beside this file; later runs start at once."""


class Trouble(Exception):
    """Something that the person at the keyboard can mend, said in a sentence."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks, and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_any_alphabet()
    try:
        _refuse_other_pythons(sys.version_info[:2])
        if given[:1] == ["run"]:  # everything after it belongs to storybank, --help too
            return run(given[1:])
        return _obey(given)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was finished stays; the same command goes on from here.", file=sys.stderr)
        return 130


def _obey(given: list[str]) -> int:
    parser = _parser()
    asked, more = parser.parse_known_args(given)
    if more and asked.command != "test":
        parser.error(f"{asked.command or 'dev.py'} does not know: {' '.join(more)}")
    commands = {
        "demo": lambda: demo(asked.into, window=not asked.no_window),
        "test": lambda: test(more, everything=asked.all),
        "check": check,
        "bench": lambda: bench(asked.json, asked.only),
        "pictures": pictures,
        "words": words,
    }
    if asked.command:
        return commands[asked.command]()
    parser.print_help()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python3 dev.py",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command = parser.add_subparsers(dest="command", title="commands", metavar="COMMAND")
    demo = command.add_parser("demo", help="do the whole job on the demo interviews, then open the window")
    demo.add_argument("--into", type=Path, metavar="DIR", help="where to leave library, brief and kit")
    demo.add_argument("--no-window", action="store_true", help="do not open the window afterwards")
    test = command.add_parser("test", help="run the tests; what else you write goes to pytest", allow_abbrev=False)
    test.add_argument(
        "--all", action="store_true", help="also the second speech engine (torch: gigabytes)"
    )
    command.add_parser("run", help="storybank itself: no arguments for the window, or a command and its options")
    command.add_parser("check", help="ruff, mypy, import-linter and the translation catalogues")
    bench = command.add_parser("bench", help="measure, as ratios to the bare parts")
    bench.add_argument("--json", type=Path, metavar="FILE", help="also write the figures as JSON")
    bench.add_argument("--only", metavar="NAME", help="one measurement alone, such as `import`")
    command.add_parser("pictures", help="take the pictures of the window in docs/pictures")
    command.add_parser("words", help="gather the words that people read, and compile their translations")
    return parser


# ---- the commands -----------------------------------------------------------------------------------------------


def demo(into: Path | None, *, window: bool) -> int:
    """Run the demo into a folder; show its library when there is a screen."""
    folder = (into or ROOT / "demo-library").absolute()
    make_ready("app")
    done = _call([PYTHON, "-P", "-m", "ui", "demo", "--into", folder])
    if done == 0 and window and _has_screen():
        _say("Opening the window on the demo library. Close it to finish.")
        return _call([PYTHON, "-P", "-m", "ui", "--library", folder / "library"])
    return done


def run(arguments: Sequence[str]) -> int:
    """Become storybank."""
    make_ready("app")
    command = [str(PYTHON), "-P", "-m", "ui", *arguments]
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(command[0], command)
    return _call(command)


def test(more: Sequence[str], *, everything: bool) -> int:
    """Run pytest, with the heavy parts if asked; all the tests are shared out among the processor's cores."""
    make_ready("test")
    add_office_programs()
    add_office_tools()
    if everything:
        add_whisper()
    surroundings = {"HF_HUB_OFFLINE": "1", "STORYBANK_TEST_ALL": "1" if everything else ""}
    if not _has_screen():
        surroundings["QT_QPA_PLATFORM"] = "offscreen"
    side_by_side = [] if more else ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadfile"]
    return _call([PYTHON, "-m", "pytest", *side_by_side, *more], surroundings, ROOT)


def check() -> int:
    """Run every checker, all of them even when one complains."""
    make_ready("test")
    checkers: dict[str, list[object]] = {
        "ruff": [PYTHON, "-m", "ruff", "check", *OUR_CODE],
        "mypy": [PYTHON, "-m", "mypy"],
        "imports": [_script("lint-imports")],
        "catalogues": [PYTHON, "-m", "pytest", "-q", "tests/test_house.py", "-k", "catalogue"],
    }
    complaints = []
    for name, command in checkers.items():
        with _step(f"Checking: {name}"):
            if _call(command, {"QT_QPA_PLATFORM": "offscreen"}, ROOT):
                complaints.append(name)
    _say(f"To mend: {', '.join(complaints)}." if complaints else "All is well.")
    return 1 if complaints else 0


def bench(json_file: Path | None, only: str | None) -> int:
    """Measure, and write the figures where asked; models of real sizes are made with the second speech engine."""
    make_ready("test")
    if only in (None, "sizes", "first"):
        add_whisper()
    where = [f"--json={json_file.absolute()}"] if json_file else []
    which = [f"--only={only}"] if only else []
    return _call([PYTHON, "-P", "-m", "benchmarks", *where, *which], {"HF_HUB_OFFLINE": "1"}, ROOT)


def pictures() -> int:
    """Take the pictures of the window on the demo library, without a screen so that they are the same everywhere."""
    folder = ROOT / "demo-library"
    if not (folder / "report.json").exists() and demo(folder, window=False):
        return 1
    make_ready("app")
    command = [PYTHON, "-P", "-m", "ui.pictures", "--library", folder / "library"]
    return _call(command, {"QT_QPA_PLATFORM": "offscreen"}, ROOT)


def words() -> int:
    """Gather every word that people read into the template, carry it to the French catalogue, and compile that."""
    make_ready("test")
    home, template = ROOT / "storybank" / "locale", ROOT / "storybank" / "locale" / "storybank.pot"
    home.mkdir(parents=True, exist_ok=True)
    before = template.read_text("utf-8") if template.exists() else ""
    _babel("extract", *CATALOGUE_OPTIONS, "-o", template, "storybank", "media", "exports", "ui")
    _keep_date(template, before)
    if not (home / "fr" / "LC_MESSAGES" / "storybank.po").exists():
        _babel("init", "-l", "fr", "-D", "storybank", "-d", home, "-i", template)
    _babel(
        "update", "-l", "fr", "-D", "storybank", "-d", home, "-i", template, "-w", "120", "-N", "--ignore-obsolete",
        "--ignore-pot-creation-date",
    )  # fmt: skip
    _babel("compile", "-D", "storybank", "-d", home)
    return 0


# Whatever is said through a function of these names; `N_` marks words that are said later, from a table.
KEYWORDS = ("say", "tr", "tr_", "_tr", "words", "_words", "N_", "many:1,2")
CATALOGUE_OPTIONS = [
    *(f"--keyword={name}" for name in KEYWORDS),
    "--no-default-keywords", "--add-location=file", "--sort-by-file", "--width=120", "--project=Storybank",
    "--copyright-holder=the Storybank authors",
]  # fmt: skip


def _babel(action: str, *options: object) -> None:
    if _call([PYTHON, "-m", "babel.messages.frontend", "--quiet", action, *options], cwd=ROOT):
        raise Trouble(f"The words could not be gathered: babel stopped at `{action}`.")


def _keep_date(template: Path, before: str) -> None:
    """Put the earlier template back when only its date is new, so that nothing seems to have changed."""
    date = re.compile(r'^"POT-Creation-Date:.*\n', re.MULTILINE)
    if before and date.sub("", before) == date.sub("", template.read_text("utf-8")):
        template.write_text(before, "utf-8", newline="\n")


# ---- making ready -----------------------------------------------------------------------------------------------


def make_ready(level: str) -> None:
    """Have the virtual environment with everything of `lock/LEVEL.txt`, and what Qt needs of the system."""
    stamp = _stamp()
    lock = _fingerprint(level)
    if stamp.get(level) == lock and stamp.get("system"):
        return
    started = time.monotonic()
    if not stamp:
        _make_venv()
    if stamp.get(level) != lock:
        _install(level)
        _put_on_path()
        _stamp_add({level: lock, **({"app": _fingerprint("app")} if level == "test" else {})})
    if not _stamp().get("system"):
        _check_qt()
        _stamp_add({"system": True})
    _say(f"Ready after {_lasted(started)}. Next time this takes no time.")


def add_whisper() -> None:
    """Install openai-whisper and torch, outside the lock: which torch is right depends on the machine."""
    wanted = " ".join(WHISPER) + " " + _fingerprint("test")
    if _stamp().get("whisper") == wanted:
        return
    with _step(f"Installing {' and '.join(WHISPER)}, which is gigabytes on most machines"):
        constraints = VENV / "constraints.txt"
        constraints.write_text(without_hashes((ROOT / "lock" / "test.txt").read_text("utf-8")), "utf-8")
        if _pip("install", "-c", constraints, *WHISPER):
            raise Trouble("The second speech engine could not be installed; see pip's words above.")
        if _pip("check"):
            raise Trouble("The second speech engine does not fit the rest; see pip's words above.")
    _stamp_add({"whisper": wanted})


def add_office_programs() -> None:
    """Have the programs that open what leaves the house, or say which tests go without."""
    missing = {
        program: package for program, package in OFFICE_PROGRAMS.items()
        if not any(shutil.which(name) for name in (program, *OTHER_NAMES.get(program, ())))
    }  # fmt: skip
    if sys.platform != "linux":
        missing.pop("loimpress", None)
    if not missing:
        return
    if _may_apt():
        _apt(sorted(missing.values()))
        return
    _say(f"Without {', '.join(sorted(missing))}, the tests that open documents and pages with them are left out.")
    _say(f"To have them:\n  {_apt_command(sorted(missing.values()))}")


def add_office_tools() -> None:
    """Have Microsoft's own judge of Word files, which npm brings, or say that the tests go without."""
    lock = ROOT / "tests" / "tools" / "package-lock.json"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if _stamp().get("tools") == wanted or not shutil.which("npm"):
        return
    folder = VENV / "tools"
    folder.mkdir(exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copyfile(lock.with_name(name), folder / name)
    with _step("Installing the validator of Word files, checked against its hash"):
        # `npm ci` would refuse a lock that names one system only.
        npm = [str(shutil.which("npm")), "install", "--no-save", "--ignore-scripts", "--no-progress"]
        if _call([*npm, "--loglevel=error"], cwd=folder):
            _say("It could not be installed, so that the tests which ask it are left out; see npm's words above.")
            return
    _stamp_add({"tools": wanted})


def without_hashes(lock: str) -> str:
    """Return a lock's `name==version` lines alone, as constraints for pip."""
    pins = (line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[\w.-]+==", line))
    return "".join(f"{pin}\n" for pin in pins)


def _make_venv() -> None:
    if VENV.exists():
        if not (VENV / "pyvenv.cfg").exists():
            raise Trouble(f"{VENV} is not a virtual environment. Move it away, then run this again.")
        if _works():
            return
        with _step("Removing the virtual environment, which is broken or was moved"):
            shutil.rmtree(VENV)
    _need_ensurepip()
    _need_space()
    with _step(f"Making a virtual environment in {VENV}"):
        if _call([sys.executable, "-m", "venv", VENV]):
            raise Trouble("The virtual environment could not be made; see Python's words above.")


def _works() -> bool:
    """Tell whether the virtual environment here can be built upon."""
    if not PYTHON.exists() or (VENV / "storybank-stamp.json").exists():  # a stamp that _stamp() did not accept
        return False
    return subprocess.run([PYTHON, "-c", "import pip"], capture_output=True, check=False).returncode == 0


def _need_ensurepip() -> None:
    """Debian takes pip out of Python; get it back, or say how."""
    if subprocess.run([sys.executable, "-c", "import ensurepip"], capture_output=True, check=False).returncode == 0:
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if not _may_apt():
        how = _apt_command([package])
        raise Trouble(f"This Python cannot make virtual environments. Type this, then run again:\n  {how}")
    _apt([package])


def _need_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < SPACE_NEEDED["test"]:
        raise Trouble(f"Storybank needs 2.2 GB of free disk to be made ready; there are {free / 1e9:.1f} GB.")


def _install(level: str) -> None:
    lock = ROOT / "lock" / f"{level}.txt"
    with _step(f"Installing the packages of lock/{level}.txt, each checked against its hash"):
        if _pip("install", "--require-hashes", "--only-binary", ":all:", "--no-binary", FROM_SOURCE, "-r", lock):
            raise Trouble(
                "The packages could not be installed; see pip's words above. "
                "Without a network, try again when there is one: what was downloaded is kept."
            )


def _put_on_path() -> None:
    """Make the four packages importable from anywhere, and give the environment a `storybank` command."""
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([PYTHON, "-c", where], capture_output=True, text=True, encoding="utf-8", check=True)
    _write(Path(found.stdout.strip(), "storybank-checkout.pth"), f"{ROOT}\n")
    if WINDOWS:
        _write(PYTHON.with_name("storybank.cmd"), '@"%~dp0python.exe" -P -m ui %*\n')
    else:
        _write(PYTHON.with_name("storybank"), f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -m ui "$@"\n', 0o755)


def _check_qt() -> None:
    """See that Qt starts; on Linux, that the system has the libraries it needs."""
    if sys.platform == "linux":
        missing = _missing_libraries()
        packages = sorted({QT_LIBRARIES[name] for name in missing})
        if missing and _may_apt():
            _apt(packages)
            missing = _missing_libraries()
        if missing:
            how = _how_to_get(missing)
            raise Trouble(f"Qt needs {', '.join(missing)} from the system. Type this, then run again:\n  {how}")
    with _step("Seeing that the window's parts start"):
        trial = "from PySide6 import QtGui, QtMultimedia, QtMultimediaWidgets, QtSvg, QtWidgets"
        tried = subprocess.run([PYTHON, "-c", trial], capture_output=True, text=True, check=False)
        if tried.returncode:
            raise Trouble(f"Qt cannot start on this machine. It says:\n{tried.stderr.strip()}")


def _missing_libraries() -> list[str]:
    trial = "import ctypes, sys\nfor name in sys.argv[1:]:\n  try: ctypes.CDLL(name)\n  except OSError: print(name)"
    found = subprocess.run([PYTHON, "-c", trial, *QT_LIBRARIES], capture_output=True, text=True, check=True)
    return found.stdout.split()


def _how_to_get(libraries: Sequence[str]) -> str:
    if not shutil.which("apt-get") and shutil.which("dnf"):
        return "sudo dnf install " + " ".join(f"'{name}()(64bit)'" for name in libraries)
    return _apt_command(sorted({QT_LIBRARIES[name] for name in libraries}))


# ---- the stamp: what has been made ready, so that it need not be made again -----------------------------------------


def _stamp() -> dict[str, object]:
    """Return what the stamp says, or nothing when it no longer speaks of this environment."""
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    fits = isinstance(stamp, dict) and PYTHON.exists() and _identity().items() <= stamp.items()
    return stamp if fits else {}


def _stamp_add(more: Mapping[str, object]) -> None:
    _write(STAMP, json.dumps({**_stamp(), **_identity(), **more}, indent=1))


def _identity() -> dict[str, str]:
    """Where the environment lies and which Python it stands on: when either moves, it is broken."""
    return {"folder": str(ROOT), "python": os.path.realpath(PYTHON)}


def _fingerprint(level: str) -> str:
    return hashlib.sha256((ROOT / "lock" / f"{level}.txt").read_bytes()).hexdigest()


# ---- the system's packages ------------------------------------------------------------------------------------------


def _may_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _apt(packages: Sequence[str]) -> None:
    with _step(f"Installing {', '.join(packages)} with apt-get, as you are root"):
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        _call(["apt-get", "update", "-qq"], quiet)
        if _call(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], quiet):
            raise Trouble(f"apt-get could not install them; see its words above. By hand:\n  {_apt_command(packages)}")


def _apt_command(packages: Sequence[str]) -> str:
    return f"sudo apt-get update && sudo apt-get install --no-install-recommends {' '.join(packages)}"


# ---- small things ---------------------------------------------------------------------------------------------------


def _refuse_other_pythons(version: tuple[int, ...]) -> None:
    if not OLDEST <= version <= NEWEST and not PYTHON.exists():
        oldest, newest, this = (".".join(map(str, each)) for each in (OLDEST, NEWEST, version))
        raise Trouble(
            f"Storybank needs Python {oldest} to {newest}; this is {this}. "
            f"If this machine has another, name it, for example: python{newest} dev.py demo"
        )


def _has_screen() -> bool:
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _script(name: str) -> Path:
    return PYTHON.with_name(name + (".exe" if WINDOWS else ""))


def _pip(*arguments: object) -> int:
    """Run pip, in its own words on a terminal and only its complaints elsewhere."""
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    return _call([PYTHON, "-m", "pip", "--disable-pip-version-check", *quiet, *arguments], {"PIP_NO_INPUT": "1"})


def _call(command: Sequence[object], more: Mapping[str, str] | None = None, cwd: Path | None = None) -> int:
    """Run a command to its end and return its exit code; Ctrl+C reaches it, and it may finish in good order."""
    sys.stdout.flush()
    stopped = False
    with subprocess.Popen([str(part) for part in command], env=os.environ | (more or {}), cwd=cwd) as child:
        while True:
            try:
                code = child.wait()
                break
            except KeyboardInterrupt:
                stopped = True
    if stopped:
        raise KeyboardInterrupt
    return code if code >= 0 else 128 - code


def _write(file: Path, text: str, mode: int = 0o644) -> None:
    """Put a small file in place whole, for whoever may be using the environment at this moment."""
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    part.write_text(text, "utf-8")
    part.chmod(mode)
    part.replace(file)


@contextlib.contextmanager
def _step(doing: str) -> Iterator[None]:
    """Say what begins, and when it is done how long it took."""
    started = time.monotonic()
    _say(f"{doing} …")
    yield
    _say(f"  done in {_lasted(started)}")


def _lasted(started: float) -> str:
    seconds = time.monotonic() - started
    return f"{seconds:.1f} s" if seconds < 60 else f"{seconds // 60:.0f} min {seconds % 60:.0f} s"


def _say(words: str) -> None:
    print(words, flush=True)


def _speak_any_alphabet() -> None:
    """Keep a terminal with a narrow alphabet from failing on a letter it lacks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


if __name__ == "__main__":
    sys.exit(main())
