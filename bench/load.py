"""Load over kept HTTP/1.1 connections to this machine: `load.py PORT SECONDS CONNECTIONS PATH…`.

Each connection sends its next request when the answer to the last is complete. Prints JSON:
requests, seconds, p50 and p95 in ms, bytes (mean body), errors (answers other than 200).
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from itertools import count

MAX_REQUESTS = 500_000
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Run:
    """What all connections share: what to ask, until when, what was measured."""

    def __init__(self, port: int, seconds: float, paths: list[str]) -> None:
        head = f"HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: */*\r\n\r\n"
        self.requests = [f"GET {path} {head}".encode() for path in paths]
        self.number = count()
        self.until = time.perf_counter() + seconds
        self.times: list[float] = []
        self.bytes = self.errors = 0


class Connection(asyncio.Protocol):
    def __init__(self, run: Run) -> None:
        self.run = run
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        self.ask()

    def ask(self) -> None:
        self.received, self.missing = b"", -1
        number = next(self.run.number)
        self.asked = time.perf_counter()
        if self.asked >= self.run.until or number >= MAX_REQUESTS:
            self.done.set_result(None)
            self.transport.close()
            return
        self.transport.write(self.run.requests[number % len(self.run.requests)])

    def data_received(self, data: bytes) -> None:
        if self.missing < 0:
            self.received += data
            head, end, body = self.received.partition(b"\r\n\r\n")
            if not end:
                return
            length = LENGTH.search(head)
            if length is None:
                sys.exit("An answer without Content-Length cannot be measured.")
            self.missing = int(length[1]) - len(body)
            self.run.bytes += int(length[1])
            self.run.errors += head.split(b" ", 2)[1] != b"200"
        else:
            self.missing -= len(data)
        if self.missing == 0:
            self.run.times.append(time.perf_counter() - self.asked)
            self.ask()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server closed a connection"))


async def load(port: int, seconds: float, connections: int, paths: list[str]) -> dict[str, float]:
    run, loop, start = Run(port, seconds, paths), asyncio.get_running_loop(), time.perf_counter()
    opened = [
        await loop.create_connection(lambda: Connection(run), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.wait_for(asyncio.gather(*(made.done for _, made in opened)), seconds + 60)
    times = sorted(run.times)
    return {
        "requests": len(times),
        "seconds": time.perf_counter() - start,
        "p50": 1000 * times[len(times) // 2],
        "p95": 1000 * times[len(times) * 95 // 100],
        "bytes": run.bytes / len(times),
        "errors": run.errors,
    }


if __name__ == "__main__":
    port, seconds, connections, *paths = sys.argv[1:]
    print(json.dumps(asyncio.run(load(int(port), float(seconds), int(connections), paths))))
