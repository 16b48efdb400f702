"""What an edition costs to build, as ratios to the same words in plain Sphinx.

    python -m tests.benchmarks.builds --pages 100 1000 --markup myst

CPU time (user and system) and peak memory of a child process, median of alternating rounds: a full build,
a build with nothing to do, a build after one page was changed, and one page with thousands of notes.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, get_args

from tests.benchmarks.corpus import (
    MARKUPS,
    MarkupName,
    Page,
    Source,
    Variant,
    edition,
    long_edition,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

ROUNDS = 5
STEPS = ("full", "no-op", "one page touched")
VARIANTS: tuple[Variant, ...] = get_args(Variant)


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU time in seconds and peak memory in MiB."""

    cpu: float
    peak: float


@dataclass(slots=True)
class Costs:
    """All rounds of one project: for each step and variant the costs."""

    rounds: dict[tuple[str, Variant], list[Cost]] = field(default_factory=dict)

    def add(self, step: str, variant: Variant, cost: Cost) -> None:
        """Add the cost of one more round."""
        self.rounds.setdefault((step, variant), []).append(cost)

    def cpu(self, step: str, variant: Variant) -> float:
        """The median CPU time in seconds."""
        return median(cost.cpu for cost in self.rounds[step, variant])

    def peak(self, step: str, variant: Variant) -> float:
        """The median of the peaks in MiB."""
        return median(cost.peak for cost in self.rounds[step, variant])

    def ratio(self, step: str) -> float:
        """CPU time of ours over that of plain Sphinx."""
        return self.cpu(step, "annot") / self.cpu(step, "plain")

    def row(self, name: str, step: str) -> str:
        """One row of the table."""
        memory = self.peak(step, "annot") / self.peak(step, "plain")
        plain, ours = self.cpu(step, "plain"), self.cpu(step, "annot")
        return f"| {name} | {step} | {plain:.2f} | {ours:.2f} | {self.ratio(step):.2f} | {memory:.2f} |"


HEADER = """\
| edition | build | plain Sphinx, s | sphinx_annot, s | ratio | memory, ratio |
|---|---|---|---|---|---|"""


def build(source: Path, work: Path) -> Cost:
    """Build ``source`` into ``work`` in a child process; raises ``CalledProcessError`` if the build fails."""
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", str(work / "doctrees")]
    command += [str(source), str(work / "html")]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1500000000"}
    # a package that pip has installed is compiled, whatever the one is that is worked on
    environment |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(work.parent / "compiled")}
    process = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Bench:
    """One edition, written in both variants, built round by round."""

    def __init__(
        self, root: Path, markup: MarkupName, pages: list[Page], known: list[Source], name: str = "edition"
    ) -> None:
        self.root = root
        self.markup: MarkupName = markup
        self.name = name
        self.touched = f"{pages[len(pages) // 2].name}{MARKUPS[markup].suffix}"
        self.costs = Costs()
        for variant in VARIANTS:
            write(root / f"{name}-{variant}", pages, known, variant, markup)

    def round(self, number: int, steps: Iterable[str] = STEPS) -> None:
        """Build each variant once, from nothing, then as often as ``steps`` say; the order alternates."""
        for variant in VARIANTS if number % 2 else VARIANTS[::-1]:
            source, work = self.root / f"{self.name}-{variant}", self.root / f"{self.name}-{variant}-out"
            shutil.rmtree(work, ignore_errors=True)
            for step in steps:
                if step == "one page touched":
                    with (source / self.touched).open("a", encoding="utf-8") as page:
                        page.write(f"\nOne more sentence {number}.\n")
                self.costs.add(step, variant, build(source, work))

    def run(self, rounds: int, steps: Iterable[str] = STEPS) -> Costs:
        """All rounds, after one of a small edition that compiles all modules."""
        small = Bench(self.root, self.markup, *edition(3), name="small")
        small.round(0)
        for number in range(rounds):
            self.round(number, steps)
        return self.costs


def growth(small: Costs, large: Costs, factor: float, variant: Variant) -> float:
    """The exponent with which the CPU time of a full build grows with the number of pages."""
    return math.log(large.cpu("full", variant) / small.cpu("full", variant)) / math.log(factor)


def report(markup: MarkupName, sizes: list[int], rounds: int, *, with_long: bool) -> Iterable[str]:
    """The lines of the table, each as soon as it is known."""
    yield HEADER
    results: list[Costs] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            results.append(Bench(Path(folder) / str(size), markup, *edition(size)).run(rounds))
            yield from (results[-1].row(f"{size} pages", step) for step in STEPS)
        if with_long:
            costs = Bench(Path(folder) / "long", markup, *long_edition()).run(rounds, ["full"])
            yield costs.row("1 page, 5,000 notes, 500 lemmas", "full")
    if len(sizes) > 1:
        factor = sizes[-1] / sizes[0]
        plain, ours = (growth(results[0], results[-1], factor, variant) for variant in ("plain", "annot"))
        yield ""
        yield f"Exponent of growth from {sizes[0]} to {sizes[-1]} pages: plain {plain:.3f}, sphinx_annot {ours:.3f}."


def main(arguments: list[str] | None = None) -> None:
    """Run the benchmark and print its table as Markdown."""
    parser = argparse.ArgumentParser(description="Compare builds with those of plain Sphinx.")
    parser.add_argument("--pages", type=int, nargs="+", default=[100, 1000], help="sizes of the editions")
    parser.add_argument("--markup", choices=get_args(MarkupName), default="myst")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-long", action="store_true", help="leave out the one page with thousands of notes")
    options = parser.parse_args(arguments)
    for line in report(options.markup, options.pages, options.rounds, with_long=not options.no_long):
        print(line, flush=True)


if __name__ == "__main__":
    main()
