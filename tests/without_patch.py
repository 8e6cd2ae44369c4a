"""A plugin for pytest: each test runs without the patches of Wagtail that name it.

`tests/test_patches.py` runs it in a process of its own and sees every test fail.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from cms.patches import APPLIED

# Wagtail connects them once, when it starts: without the patch they are connected.
CONNECTED_AT_START = "wagtail.admin.signal_handlers.register_signal_handlers"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    [path] = [path for path in item.config.getoption("patches") if named(path) == item.nodeid]
    patch, stock = APPLIED[path]
    ours = vars(patch.owner)[patch.name]
    setattr(patch.owner, patch.name, stock)
    if path == CONNECTED_AT_START:
        stock()
    try:
        return (yield)
    finally:
        setattr(patch.owner, patch.name, ours)


def named(path: str) -> str:
    return APPLIED[path][0].test


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without", dest="patches", action="append", default=[])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.when == "call":
        print(f"\noutcome {report.outcome} {report.nodeid}")
