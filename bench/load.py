"""Load over kept HTTP/1.1 connections to this machine: `load.py PORT SECONDS CONNECTIONS PATH…`.

Each connection, a thread, sends its next request when it has the whole answer to the last.
Prints JSON: requests, seconds, p50 and p95 in ms, bytes (mean body), errors (other than 200).
"""

from __future__ import annotations

import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor

MAX_REQUESTS = 100_000  # of each connection
TIMEOUT_SECONDS = 60


def ask(port: int, until: float, paths: list[str], first: int) -> list[tuple[float, bytes, int]]:
    """One connection. Out: seconds, status and bytes of each answer."""
    head = f"HTTP/1.1\r\nHost: localhost:{port}\r\nAccept: */*\r\n\r\n"
    requests = [f"GET {path} {head}".encode() for path in paths]
    found: list[tuple[float, bytes, int]] = []
    with socket.create_connection(("127.0.0.1", port), TIMEOUT_SECONDS) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        answer = connection.makefile("rb")
        for number in range(first, first + MAX_REQUESTS):
            asked = time.perf_counter()
            if asked >= until:
                break
            connection.sendall(requests[number % len(requests)])
            status, length = answer.readline().split(b" ")[1], 0
            while (line := answer.readline()) != b"\r\n":
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if len(answer.read(length)) < length or not length:
                sys.exit("An answer was cut off, or came without its length.")
            found.append((time.perf_counter() - asked, status, length))
    return found


port, seconds, connections, *paths = sys.argv[1:]
start = time.perf_counter()
with ThreadPoolExecutor(int(connections)) as pool:
    until = start + float(seconds)
    opened = [pool.submit(ask, int(port), until, paths, n) for n in range(int(connections))]
    found = sorted(one for asked in opened for one in asked.result())
measured = {
    "requests": len(found),
    "seconds": time.perf_counter() - start,
    "p50": 1000 * found[len(found) // 2][0],
    "p95": 1000 * found[len(found) * 95 // 100][0],
    "bytes": sum(length for _, _, length in found) / len(found),
    "errors": sum(status != b"200" for _, status, _ in found),
}
print(json.dumps(measured))
