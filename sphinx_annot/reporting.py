"""From problems to Sphinx's log: the one place that warns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinx_annot.model.problems import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment

    from sphinx_annot.model.problems import Problem

logger = logging.getLogger(__name__)
_STORE = "annot_problems"


def note(env: BuildEnvironment, problem: Problem) -> None:
    """Keep a problem found while a document is read; it is reported once all documents are."""
    problems: list[Problem] = env.current_document.get(_STORE) or []
    env.current_document[_STORE] = [*problems, problem]


def noted(env: BuildEnvironment) -> tuple[Problem, ...]:
    """Return the problems found so far in the document being read, each once, in order."""
    return tuple(dict.fromkeys(env.current_document.get(_STORE) or ()))


def report(problems: Iterable[Problem], env: BuildEnvironment, *, verbose: bool) -> None:
    """Print warnings where they stand; count the notices in one line, and print them too if ``verbose``.

    They come by document and line, and of one line first what was wrong with it as it was written.
    """
    notices = []
    for problem in sorted(problems, key=_order):
        if problem.code.is_notice:
            notices.append(problem)
        else:
            logger.warning(
                "%s", problem.message, type="annot", subtype=str(problem.code), location=_location(problem, env)
            )
    if notices:
        for problem in notices if verbose else ():
            logger.verbose("%s: notice: %s [annot.%s]", _location(problem, env), problem.message, problem.code)
        counts: dict[str, int] = {}
        for problem in notices:
            counts[problem.code] = counts.get(problem.code, 0) + 1
        parts = ", ".join(f"{count} annot.{code}" for code, count in sorted(counts.items()))
        what = "1 notice" if len(notices) == 1 else f"{len(notices)} notices"
        logger.info("annot: %s (%s); -v shows where", what, parts)


def _order(problem: Problem) -> tuple[str, str, int, bool]:
    place = problem.place
    return place.docname, place.file, place.line, problem.code is not Code.OPTION


def _location(problem: Problem, env: BuildEnvironment) -> str:
    place = problem.place
    path = str(env.srcdir / place.file) if place.file else str(env.doc2path(place.docname))
    # without a colon Sphinx would take a path for a document's name
    return f"{path}:{place.line or 1}"
