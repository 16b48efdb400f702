"""The same sources give the same bytes: in one process or in four, today or tomorrow, whatever the hash seed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.builds.random_edition import HOLDER, RandomEdition
from tests.markup import MYST

ROOT = Path(__file__).parent / "roots" / "everything"
BUILDERS = ("html", "text", "epub")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions in one project: one with everything in it, one with every mistake."""
    folder = tmp_path_factory.mktemp("identical") / "src"
    shutil.copytree(ROOT, folder)
    edition = RandomEdition(11)
    for name, text in edition.files().items():
        if name != "index.md":
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    outer = [name for name in edition.order if not name.startswith("part/")]
    contents = MYST.toctree(["inn", "part/mill", "notes/second", "contents", *outer, HOLDER])
    (folder / "index.md").write_text(MYST.text(MYST.heading("All", 1), contents), encoding="utf-8")
    return folder


def _build(source: Path, work: Path, builder: str, *, jobs: int, seed: int) -> tuple[dict[str, bytes], list[str]]:
    """All files of one build in a process of its own, and its warnings in order of their text."""
    command = [sys.executable, "-m", "sphinx", "-q", "-j", str(jobs), "-b", builder, "-d", str(work / "doctrees")]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "SOURCE_DATE_EPOCH": "1500000000"}
    run = subprocess.run(
        [*command, str(source), str(work / builder)], env=environment, capture_output=True, text=True, check=True
    )
    return _files(work / builder), sorted(run.stderr.splitlines())


def _files(out: Path) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.suffix == ".epub":  # an archive's own dates are those of the build
            with zipfile.ZipFile(path) as archive:
                files |= {f"{name}/{inner}": archive.read(inner) for inner in archive.namelist()}
        elif path.is_file() and path.name != ".buildinfo" and path.suffix != ".pickle":
            files[name] = path.read_bytes()
    return files


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


@pytest.mark.parametrize("builder", BUILDERS)
def test_parallel_and_serial_builds_are_identical(source: Path, tmp_path: Path, builder: str) -> None:
    serial, said = _build(source, tmp_path / "serial", builder, jobs=1, seed=1)
    parallel, said_in_parallel = _build(source, tmp_path / "parallel", builder, jobs=4, seed=2)
    assert len(serial) >= 12
    assert _differences(serial, parallel) == []
    assert said == said_in_parallel


@pytest.mark.parametrize("builder", BUILDERS)
def test_two_fresh_builds_are_identical(source: Path, tmp_path: Path, builder: str) -> None:
    first, said = _build(source, tmp_path / "first", builder, jobs=1, seed=3)
    second, said_again = _build(source, tmp_path / "second", builder, jobs=1, seed=4)
    assert _differences(first, second) == []
    assert said == said_again
