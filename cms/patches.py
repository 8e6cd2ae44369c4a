"""Replacing attributes of Wagtail and Django where they have no public way in.

Two files do it, and no other: `cms/wagtail_patches.py` and `news/guard/wagtail_patches.py`, each a
table that its app applies when it is ready. A system check says when what is replaced is no longer
what the replacement was written for; a test takes each patch away and sees the named test fail.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps
from typing import Any


@dataclass(frozen=True)
class Patch:
    """`replacement` makes the new attribute from the stock one; `signature` is that of the stock
    attribute; `test` is the id of a test that fails without the patch.
    """

    owner: Any
    name: str
    replacement: Callable[[Any], Any]
    signature: str
    why: str
    test: str

    @property
    def path(self) -> str:
        module = "" if inspect.ismodule(self.owner) else f"{self.owner.__module__}."
        return f"{module}{getattr(self.owner, '__qualname__', self.owner.__name__)}.{self.name}"


# By path: the patch, and what stood there before.
APPLIED: dict[str, tuple[Patch, Any]] = {}


def apply(table: Iterable[Patch]) -> None:
    for patch in table:
        if patch.path in APPLIED:
            raise RuntimeError(f"{patch.path} is replaced twice.")
        stock = vars(patch.owner).get(patch.name) or getattr(patch.owner, patch.name)
        APPLIED[patch.path] = patch, stock
        setattr(patch.owner, patch.name, patch.replacement(stock))


def around(ours: Callable[..., Any]) -> Callable[[Any], Any]:
    """A replacement that calls `ours` with the stock function before its arguments."""

    def replacement(stock: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(stock)
        def function(*args: Any, **kwargs: Any) -> Any:
            return ours(stock, *args, **kwargs)

        return function

    return replacement


def instead(thing: Any) -> Callable[[Any], Any]:
    """A replacement that has nothing to do with the stock attribute."""
    return lambda stock: thing


def signature_of(stock: Any) -> str:
    return str(inspect.signature(stock)) if callable(stock) else type(stock).__name__
