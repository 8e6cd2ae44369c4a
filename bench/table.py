"""The numbers as text."""

from __future__ import annotations

from typing import Any

# Title, key, and whether the ratio is shown too.
COLUMNS = [("requests/s", "rate", 1), ("CPU ms", "cpu", 1), ("p50 ms", "p50", 0)]
COLUMNS += [("p95 ms", "p95", 0), ("queries", "queries", 0), ("bytes", "bytes", 0)]


def table(results: dict[str, dict[str, Any]]) -> str:
    """In: measurements by target and project. Out: Dateline, stock, Dateline / stock."""
    names = ["Dateline", "stock", "ratio"]
    under = [name for *_, ratio in COLUMNS for name in names[: 2 + ratio]]
    lines = ["".join(f"{title:^{9 * (2 + ratio)}}" for title, _, ratio in COLUMNS)]
    lines.append("".join(f"{name:>9}" for name in under))
    for projects in results.values():
        cells = []
        for _, key, ratio in COLUMNS:
            values = [project.get(key, 0) for project in projects.values()]
            cells += [f"{value:.4g}" if value < 1000 else f"{value:.0f}" for value in values]
            cells += [""] * (2 - len(values))
            if ratio:
                cells.append(f"{values[0] / values[1]:.2f}" if len(values) == 2 else "")
        lines.append("".join(f"{cell:>9}" for cell in cells))
    titles = ["", "", *results]
    return "\n".join(f"{name:<16}{line}" for name, line in zip(titles, lines, strict=True))
