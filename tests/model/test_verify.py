"""Records in and out, as the command line has them."""

from __future__ import annotations

import json

from sphinx_annot.model.snapshots import Snapshot
from sphinx_annot.model.verify import Unfit, answer, cache_key, requests

SNAPSHOT = Snapshot("a.txt", "The tide did not turn that day, and nobody sailed.")


def test_a_record_is_answered() -> None:
    line = json.dumps({"id": 7, "snapshot": "a.txt", "quote": "The tide did [...] turn that day"})
    (record,) = requests(["", line])
    assert not isinstance(record, Unfit)
    assert answer(record, {"a.txt": SNAPSHOT}.get) == {
        "id": 7,
        "verdict": "elided",
        "snapshot": "a.txt",
        "line": 1,
        "spans": [[0, 12], [17, 30]],
        "omitted": ["not"],
        "review": [
            {"what": "negation left out", "words": "not", "span": [13, 16]},
            {"what": "negation just after", "words": "nobody", "span": [30, 49]},
        ],
        "remarks": [],
        "near": None,
    }


def test_several_snapshots_and_none() -> None:
    record = {"id": None, "snapshot": ["b.txt", "a.txt"], "quote": "and nobody sailed", "prefix": "day,"}
    assert answer(record, {"a.txt": SNAPSHOT}.get)["verdict"] == "verbatim"
    assert answer(record, lambda _: None)["verdict"] == "unchecked"


def test_lines_that_are_no_records_are_named() -> None:
    found = list(requests(["{", "3", '{"quote": "x"}', '{"snapshot": "a", "quote": 4}']))
    assert [item.line for item in found if isinstance(item, Unfit)] == [1, 2, 3, 4]


def test_the_key_of_a_verdict_depends_on_everything() -> None:
    keys = {
        cache_key("a", [SNAPSHOT]),
        cache_key("b", [SNAPSHOT]),
        cache_key("a", []),
        cache_key("a", [SNAPSHOT], locator="p. 1"),
        cache_key("a", [SNAPSHOT], prefix="p. 1"),
        cache_key("a", [Snapshot("a.txt", "other")]),
    }
    assert len(keys) == 6
    assert cache_key("a", [SNAPSHOT]) == cache_key("a", [Snapshot("a.txt", SNAPSHOT.stored)])
