"""The one command for a fresh machine: what `dev.py` promises, without making anything ready a second time."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dev

ROOT = Path(dev.__file__).resolve().parent


def ask(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that looks like a checkout with an environment that was made ready, and no pip to be run."""
    for name, level in {"app": "pillow==1 \\\n", "test": "pillow==1 \\\npytest==2 ; x \\\n"}.items():
        (tmp_path / "lock").mkdir(exist_ok=True)
        (tmp_path / "lock" / f"{name}.txt").write_text(level)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    (tmp_path / ".venv" / "pyvenv.cfg").touch()
    python.symlink_to(sys.executable)
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(dev, "PYTHON", python)
    monkeypatch.setattr(dev, "STAMP", tmp_path / ".venv" / "stamp.json")
    return tmp_path


@pytest.fixture
def done(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `dev.py` would have done, by name, in order."""
    done: list[str] = []
    monkeypatch.setattr(dev, "_install", lambda level: done.append(f"install {level}"))
    monkeypatch.setattr(dev, "_make_venv", lambda: done.append("make venv"))
    monkeypatch.setattr(dev, "_put_on_path", lambda: done.append("put on path"))
    monkeypatch.setattr(dev, "_check_qt", lambda: done.append("check Qt"))
    monkeypatch.setattr(dev, "_pip", lambda *given: done.append(f"pip {given[0]}"))
    monkeypatch.setattr(dev, "_apt", lambda packages: done.append(f"apt {' '.join(packages)}"))
    return done


def test_it_needs_nothing_but_python():
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_it_explains_itself():
    said = ask()
    assert said.returncode == 0
    assert "python3 dev.py demo" in said.stdout
    assert all(command in said.stdout for command in ("demo", "test", "run", "check", "bench", "pictures", "words"))


def test_it_refuses_what_it_does_not_know():
    said = ask("demo", "--windowless")
    assert said.returncode == 2
    assert "--windowless" in said.stderr


def test_an_older_python_is_told_which_one_is_needed(checkout: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(dev, "PYTHON", checkout / "none")
    with pytest.raises(dev.Trouble, match=r"needs Python 3\.11"):
        dev._refuse_other_pythons((3, 9))


def test_the_first_time_everything_is_made_ready_and_the_second_nothing(done: list[str]):
    dev.make_ready("app")
    first, done[:] = list(done), []
    dev.make_ready("app")
    assert (first, done) == (["make venv", "install app", "put on path", "check Qt"], [])


def test_what_the_tests_need_holds_what_the_app_needs(done: list[str]):
    dev.make_ready("test")
    done.clear()
    dev.make_ready("app")
    assert done == []


def test_the_locks_agree():
    app, test = (set(dev.without_hashes((ROOT / "lock" / f"{level}.txt").read_text("utf-8")).splitlines())
                 for level in ("app", "test"))  # fmt: skip
    assert app <= test


def test_a_new_lock_is_installed_into_the_environment_that_is_there(done: list[str], checkout: Path):
    dev.make_ready("app")
    done.clear()
    (checkout / "lock" / "app.txt").write_text("pillow==2 \\\n")
    dev.make_ready("app")
    assert done == ["install app", "put on path"]


def test_an_environment_that_was_moved_is_made_again(done: list[str], checkout: Path):
    dev.make_ready("app")
    stamp = json.loads(dev.STAMP.read_text())
    dev.STAMP.write_text(json.dumps(stamp | {"folder": "/somewhere/else"}))
    done.clear()
    dev.make_ready("app")
    assert done[0] == "make venv"


def test_an_environment_without_its_python_is_made_again(done: list[str], checkout: Path):
    dev.make_ready("app")
    dev.PYTHON.unlink()
    assert dev._stamp() == {}
    assert not dev._works()


def test_a_folder_of_someone_elses_is_left_alone(checkout: Path):
    (checkout / ".venv" / "pyvenv.cfg").unlink()
    with pytest.raises(dev.Trouble, match="Move it away"):
        dev._make_venv()
    assert (checkout / ".venv" / "bin").exists()


def test_the_second_engine_keeps_to_the_lock(done: list[str], checkout: Path):
    dev.add_whisper()
    dev.add_whisper()
    assert done == ["pip install", "pip check"]
    assert (checkout / ".venv" / "constraints.txt").read_text() == "pillow==1\npytest==2 ; x\n"


def test_missing_programs_are_named_with_the_command_that_brings_them(done, monkeypatch, capsys):
    monkeypatch.setattr(shutil, "which", lambda program: None)
    dev.add_office_programs()
    said = capsys.readouterr().out
    assert "left out" in said
    assert "apt-get install --no-install-recommends chromium libimage-exiftool-perl libreoffice-impress" in said


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux leaves Qt's libraries to the system")
def test_missing_libraries_are_installed_by_root_and_named_to_others(done, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(dev, "QT_LIBRARIES", {"libnever.so.9": "libnever9", "libc.so.6": "libc6"})
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(dev, "_may_apt", lambda: False)
    with pytest.raises(dev.Trouble, match=r"(?s)libnever\.so\.9.*install.*libnever"):
        dev._check_qt()
    asked = []
    monkeypatch.setattr(dev, "_may_apt", lambda: True)
    monkeypatch.setattr(dev, "_apt", asked.extend)
    with pytest.raises(dev.Trouble):
        dev._check_qt()
    assert asked == ["libnever9"]


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_launcher_passes_everything_on(checkout: Path):
    dev.PYTHON.unlink()  # a Python that only repeats what it is told, and keeps its packages in the checkout
    dev.PYTHON.write_text(f'#!/bin/sh\n[ "$1" = -c ] && echo "{checkout}" || printf "%s|" "$@"\n')
    dev.PYTHON.chmod(0o755)
    dev._put_on_path()
    command = [checkout / ".venv" / "bin" / "storybank", "search", "a b"]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "-P|-m|ui|search|a b|"
    assert (checkout / "storybank-checkout.pth").read_text() == f"{checkout}\n"


def test_ctrl_c_lets_the_child_finish_and_is_told_kindly(monkeypatch, capsys):
    def interrupted(given: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(dev, "_obey", interrupted)
    assert dev.main(["demo"]) == 130
    assert "Stopped." in capsys.readouterr().err


def test_a_command_that_a_signal_ended_is_not_taken_for_a_success():
    assert dev._call([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"]) not in (0, None)
