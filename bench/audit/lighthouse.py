"""Lighthouse on the pages that readers come to, as a telephone and as a desktop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from statistics import median
from typing import Any

from bench.audit.newsroom import Newsroom, say
from bench.audit.tools import installed, program

KINDS = ("front", "feed", "story", "author")
PRESETS = {"mobile": [], "desktop": ["--preset=desktop"]}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = {"LCP ms": "largest-contentful-paint", "TBT ms": "total-blocking-time"}
SHIFT = "cumulative-layout-shift"
LEAST = 98
ATTEMPTS = 3

Report = dict[str, Any]


def audit(room: Newsroom, runs: int = 5) -> list[str]:
    """Prints the medians of so many runs. Out: a sentence for each that is too low."""
    columns = (*CATEGORIES, *TIMES, "CLS", "bytes")
    print(f"{f'Lighthouse, median of {runs}':<40}", *(f"{name:>14}" for name in columns))
    failures: list[str] = []
    for page in room.first(*KINDS):
        for preset, flags in PRESETS.items():
            say(f"Lighthouse, {preset}, {page.address} …")
            reports = [run(room.url + page.address, flags) for _ in range(runs)]
            found = medians(reports)
            name = f"{preset} {page.address}"
            cells = [
                f"{found[it]:>14.0f}" if it != "CLS" else f"{found[it]:>14.3f}" for it in columns
            ]
            print(f"{name[:39]:<40}", *cells, flush=True)
            failures += [
                f"  {name}: {it} is {found[it]:.0f}, not {LEAST}"
                for it in CATEGORIES
                if found[it] < LEAST
            ]
            if found["CLS"] > 0:
                failures.append(f"  {name}: CLS is {found['CLS']:.4f}, not 0")
            for text in lacking(reports[0]):
                print(f"  not in full: {text}")
    print(f"Lighthouse: {len(failures)} failures", *failures, sep="\n")
    return failures


def run(url: str, flags: list[str]) -> Report:
    """Out: one report of Lighthouse. A browser that does not come up is started again."""
    script = installed("lighthouse", "cli/index.js")
    chrome = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
    output = ["--output=json", "--output-path=stdout", "--quiet", chrome]
    for _attempt in range(ATTEMPTS):
        done = subprocess.run(  # noqa: S603 - our own
            [program("node"), str(script), url, *output, *flags],
            env=os.environ | {"CHROME_PATH": program("chromium")},
            check=False,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            report: Report = json.loads(done.stdout)
            return report
        say(f"Lighthouse ended with {done.returncode}: {done.stderr[-600:]}")
    sys.exit(f"Lighthouse has failed {ATTEMPTS} times on {url}.")


def medians(reports: list[Report]) -> dict[str, float]:
    """Categories of 100, milliseconds, layout shift, bytes that are no pictures."""
    audits = [report["audits"] for report in reports]
    found = {
        name: 100 * median(report["categories"][name]["score"] for report in reports)
        for name in CATEGORIES
    }
    for name, key in TIMES.items():
        found[name] = median(audit[key]["numericValue"] for audit in audits)
    found["CLS"] = median(audit[SHIFT]["numericValue"] for audit in audits)
    found["bytes"] = median(
        sum(
            item.get("transferSize", 0)
            for item in audit["network-requests"]["details"]["items"]
            if item.get("resourceType") != "Image"
        )
        for audit in audits
    )
    return found


def lacking(report: Report) -> list[str]:
    """What Lighthouse marks down outside of performance, whose marks are never all full."""
    found = []
    for name in CATEGORIES[1:]:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 1:
                found.append(f"{name}: {audit['title']}")
    return found
