"""Each attribute of Wagtail that we replace is needed, and is what it was when we replaced it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from cms.patches import APPLIED, Patch, apply

ROOT = Path(__file__).parent.parent


def test_each_patch_is_needed(request: pytest.FixtureRequest) -> None:
    """Without it the test that it names fails. Two processes at most: a test that two patches
    name runs once without each.
    """
    by_test: dict[str, list[str]] = {}
    for path, (patch, _stock) in APPLIED.items():
        by_test.setdefault(patch.test, []).append(path)
    for number in range(max(map(len, by_test.values()))):
        paths = [path for named in by_test.values() for path in islice(named, number, number + 1)]
        assert outcomes(paths) == Counter(failed=len(paths))


def outcomes(paths: list[str]) -> Counter[str]:
    tests = [APPLIED[path][0].test for path in paths]
    options = [f"--without={path}" for path in paths]
    command = [sys.executable, "-m", "pytest", "-p", "tests.without_patch", "-p", "no:xdist"]
    run = subprocess.run(
        [*command, "-p", "no:cacheprovider", "-q", "-s", *options, *tests],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    passed = re.findall(r"^outcome passed (.+)$", run.stdout, flags=re.MULTILINE)
    assert not passed, f"these pass without their patch: {passed}"
    return Counter(re.findall(r"^outcome (\w+) ", run.stdout, flags=re.MULTILINE))


def test_the_tables_still_fit() -> None:
    assert [message for message in run_checks() if message.id == "dateline.W001"] == []


def test_another_signature_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    class Action:
        def execute(self, user: Any) -> None: ...

    patch = Patch(Action, "execute", lambda stock: stock, "(self)", why="to see", test="")
    monkeypatch.setitem(APPLIED, patch.path, (patch, Action.execute))
    [message] = [message for message in run_checks() if message.id == "dateline.W001"]
    assert "Action.execute" in message.msg and "to see" in (message.hint or "")


def test_nothing_is_replaced_twice() -> None:
    patch, _stock = next(iter(APPLIED.values()))
    with pytest.raises(RuntimeError, match="replaced twice"):
        apply([patch])
