"""Garbage collection, less often than Python does it by itself.

Python looks for garbage each time some hundred objects more are alive, and every now and then goes through all that is
loaded. In a build most of what is made stays: modules, the environment, the pages. Looking for garbage among it takes a
tenth of the time of plain Sphinx, and more where pages have more nodes. When Python ends it goes through all of it once
more, for memory that the system takes back anyway.

What thresholds are, and what freezing does: https://docs.python.org/3/library/gc.html
"""

from __future__ import annotations

import atexit
import gc
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

# objects that are alive more than at the last look, before the next one
_USUAL = gc.get_threshold()[0] if hasattr(gc, "freeze") else 0  # other Pythons have another collector
_LOADING = 50_000  # nothing is thrown away yet
_BUILDING = 3_000  # pages are, one after the other: with much more than this, a build takes more memory than before


def begin() -> None:
    """Collect less often from here on, unless somebody has seen to that already; and not at all when Python ends."""
    if _is_ours():
        gc.set_threshold(_LOADING)
        atexit.unregister(gc.freeze)  # once is enough
        atexit.register(gc.freeze)


def loaded(_app: Sphinx, _env: BuildEnvironment, _docnames: list[str]) -> None:
    """Leave alone what has been loaded (event ``env-before-read-docs``)."""
    if _is_ours():
        freeze_once()
        gc.set_threshold(_BUILDING)


def end(_app: Sphinx, _exception: Exception | None) -> None:
    """Collect as before (event ``build-finished``)."""
    if _is_ours():
        gc.unfreeze()
        gc.set_threshold(_USUAL)


@cache
def freeze_once() -> None:
    """Leave alone what there is, in the first build of a process only.

    The collector does not count what is thawed as new: in a process that builds again and again, it would come late.
    """
    gc.freeze()


def _is_ours() -> bool:
    """Whether the collector is as Python leaves it, or as it was left here."""
    return bool(_USUAL) and gc.isenabled() and gc.get_threshold()[0] in {_USUAL, _LOADING, _BUILDING}
