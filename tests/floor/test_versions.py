"""The core tests at the lowest supported versions and at the newest, each in an environment of its own.

``ANNOT_ENVIRONMENTS`` names a folder in which the environments are kept from one run to the next.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ["pytest", "lxml", "html5lib"]
SUITES = ["tests/builds", "tests/hostile"]


def _requirements() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        return list(tomllib.load(file)["project"]["dependencies"])


def _lowest(requirement: str) -> str:
    """``name>=1.2`` as ``name==1.2.*``: the lowest series that we promise, with its own corrections."""
    match = re.fullmatch(r"([\w.-]+)>=(\d+\.\d+)(?:\.\d+)*", requirement)
    assert match, f"{requirement}: every dependency has a floor"
    return f"{match[1]}=={match[2]}.*"


def _environment(folder: Path, wanted: list[str]) -> Path:
    """The Python of an environment that has what is wanted, made or brought up to date."""
    key = hashlib.sha256(f"{sys.version_info} {wanted}".encode()).hexdigest()[:12]
    place = folder / key
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        venv.create(place, with_pip=True, symlinks=os.name != "nt")
    command = [
        str(python),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--upgrade",
        *wanted,
        *TOOLS,
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return python


def _version(python: Path, package: str) -> str:
    script = f"import importlib.metadata as m; print(m.version({package!r}))"
    return subprocess.run([str(python), "-c", script], capture_output=True, text=True, check=True).stdout.strip()


@pytest.mark.floor
@pytest.mark.parametrize("which", ["lowest", "newest"])
def test_the_core_holds(tmp_path: Path, which: str) -> None:
    folder = Path(os.environ.get("ANNOT_ENVIRONMENTS") or tmp_path)
    requirements = _requirements()
    wanted = [_lowest(requirement) for requirement in requirements] if which == "lowest" else requirements
    python = _environment(folder, wanted)
    if which == "lowest":
        for requirement in wanted:
            name, version = requirement.removesuffix(".*").split("==")
            assert _version(python, name).startswith(version)
    command = [str(python), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "core", *SUITES]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
