"""`make audit`: the reader's pages of the demo newsroom, judged from outside. See README.md."""

from __future__ import annotations

import argparse
import sys

from bench.audit import axe, lighthouse, nu, weight
from bench.audit.newsroom import newsroom

PARTS = ("nu", "axe", "weight", "lighthouse")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.audit", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; else all")
    parser.add_argument("--runs", type=int, default=5, help="of Lighthouse on each page")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"{', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")
    wanted = options.parts or PARTS
    failures: list[str] = []
    with newsroom() as room:
        if "nu" in wanted:
            failures += nu.audit(room)
        if "axe" in wanted:
            failures += axe.audit(room)
        if "weight" in wanted:
            failures += weight.audit(room)
        if "lighthouse" in wanted:
            failures += lighthouse.audit(room, options.runs)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
