"""The rules of the suite itself: no other host is asked, and nothing is skipped where CI is set."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

RULES = (Path(__file__).parent / "rules.py").read_text(encoding="utf-8")
SKIPS = """
import pytest
@pytest.mark.skip(reason="no browser")
def test_marked(): pass
def test_inside(): pytest.skip("no browser")
@pytest.mark.xfail(strict=True)
def test_expected(): assert False
def test_good(): pass
"""
MODULE = "import pytest\npytest.importorskip('a_package_that_nobody_has')\ndef test_any(): pass"


def test_no_other_host_is_reached() -> None:
    with socket.socket() as plain, pytest.raises(ConnectionRefusedError, match="no other host"):
        plain.connect(("192.0.2.1", 80))
    with pytest.raises(socket.gaierror, match="no other host"):
        socket.create_connection(("example.org", 80), timeout=1)


def test_this_host_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=1).close()


def test_skips_are_skips_on_a_desk(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    pytester.makeconftest(RULES)
    pytester.makepyfile(test_one=SKIPS, test_two=MODULE)
    pytester.runpytest().assert_outcomes(passed=1, skipped=3, xfailed=1)


def test_skips_fail_where_ci_is_set(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makeconftest(RULES)
    pytester.makepyfile(test_one=SKIPS)
    result = pytester.runpytest()
    result.assert_outcomes(passed=1, failed=1, errors=1, xfailed=1)
    result.stdout.fnmatch_lines(["FAILED*CI is set*no browser*", "ERROR*CI is set*no browser*"])


def test_a_skipped_module_fails_where_ci_is_set(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    pytester.makeconftest(RULES)
    pytester.makepyfile(test_two=MODULE)
    pytester.runpytest().assert_outcomes(errors=1)
