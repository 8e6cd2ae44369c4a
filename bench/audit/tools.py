"""The W3C's checker and Lighthouse, from npm, in a folder that is never committed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench.audit.newsroom import say
from tests.server import ROOT

FOLDER = Path(os.environ.get("DATA_DIR") or ROOT / "var") / "audit"
# Lighthouse 13 needs Node 22, Debian has 20.
VERSIONS = {"vnu-jar": "26.9.27", "lighthouse": "12.8.2"}


def program(name: str) -> str:
    """Out: the path of a program. Ends with a sentence if it is missing."""
    found = shutil.which(name)
    if found is None:
        sys.exit(f"The audit needs {name} (Debian: apt install npm default-jre-headless chromium).")
    return found


def installed(package: str, file: str) -> Path:
    """Out: a file of an npm package, which is installed if that version is not there yet."""
    wanted = f"{package}@{VERSIONS[package]}"
    folder = FOLDER / wanted
    path = folder / "node_modules" / package / file
    if not path.exists():
        say(f"installing {wanted} …")
        folder.mkdir(parents=True, exist_ok=True)
        command = [program("npm"), "install", "--prefix", str(folder), "--ignore-scripts"]
        quiet = ["--no-audit", "--no-fund", "--no-save", "--loglevel=error"]
        subprocess.run([*command, *quiet, wanted], check=True, stdout=sys.stderr)  # noqa: S603 - our own
    return path
