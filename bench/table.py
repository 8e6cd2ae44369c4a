"""The numbers as text."""

from __future__ import annotations

from typing import Any

COLUMNS = {"requests/s": "rate", "CPU ms": "cpu", "p50 ms": "p50", "p95 ms": "p95"}
COLUMNS |= {"queries": "queries", "kB": "kilobytes"}
RATIOS = {"rate", "cpu"}


def table(results: dict[str, dict[str, Any]]) -> str:
    """In: measurements by target and project. Out: Dateline, stock and, twice, their ratio."""
    titles, under = [], []
    for title, key in COLUMNS.items():
        names = ["Dateline", "stock", "ratio"] if key in RATIOS else ["Dateline", "stock"]
        under += names
        titles.append(f"{title:^{10 * len(names)}}")
    lines = [" " * 16 + "".join(titles), " " * 16 + "".join(f"{name:>10}" for name in under)]
    for target, by_project in results.items():
        cells = []
        for key in COLUMNS.values():
            values = [_number(by_project.get(name, {}).get(key)) for name in ("dateline", "stock")]
            if len(by_project) == 1:
                values = [_number(by_project["constant"].get(key)), ""]
            elif key in RATIOS:
                ours, stock = by_project["dateline"][key], by_project["stock"][key]
                values.append(f"{ours / stock:.2f}")
            cells += values + [""] * (key in RATIOS and len(values) == 2)
        lines.append(f"{target:<16}" + "".join(f"{cell:>10}" for cell in cells))
    return "\n".join(lines)


def _number(value: float | None) -> str:
    """Three digits, or all of a whole number."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.{max(0, 3 - len(str(int(value))))}f}"
