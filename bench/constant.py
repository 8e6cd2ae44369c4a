"""What Granian and Python cost before any framework: a constant of 1 or 30 kB."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

BODIES = {"/1": b"x" * 1_000, "/30": b"x" * 30_000}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = BODIES[environ["PATH_INFO"]]
    start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(body)))])
    return [body]
