"""The W3C's Nu checker on every page."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from bench.audit.newsroom import Newsroom, Page, say
from bench.audit.tools import installed, program

# Places named of each kind of message.
SHOWN = 12


def audit(room: Newsroom) -> list[str]:
    """Prints what the checker says, alike under one head. Out: the errors."""
    say("Nu …")
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for number, page in enumerate(room.pages):
            file = Path(folder) / f"{number}.html"
            file.write_text(room.html(page), encoding="utf-8")
            files[file.name] = page
        messages = checked(Path(folder))
    errors: dict[str, list[str]] = {}
    warnings: dict[str, list[str]] = {}
    for message in messages:
        if message["type"] != "info":
            errors.setdefault(kind_of(message), []).append(place_of(message, files))
        elif message.get("subType") == "warning":
            warnings.setdefault(kind_of(message), []).append(place_of(message, files))
    for name, found in (("error", errors), ("warning", warnings)):
        for kind, places in found.items():
            print(f"{name}, {len(places)} times: {kind}", *sorted(places)[:SHOWN], sep="\n")
            if len(places) > SHOWN:
                print(f"  and {len(places) - SHOWN} more")
    every = [f"{kind}{place}" for kind, places in errors.items() for place in places]
    number = sum(map(len, warnings.values()))
    print(f"Nu: {len(files)} pages, {len(every)} errors, {number} warnings")
    return every


def checked(folder: Path) -> list[dict[str, Any]]:
    """In: HTML files. Out: the checker's messages about them."""
    jar = installed("vnu-jar", "build/dist/vnu.jar")
    options = ["--format", "json", "--stdout", "--exit-zero-always"]
    command = [program("java"), "-Xss4m", "-jar", str(jar), *options, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


def kind_of(message: dict[str, Any]) -> str:
    """A message without what it quotes, names of elements and attributes apart."""
    return re.sub(r"“[^”]*[^a-z”-][^”]*”", "“…”", message["message"])


def place_of(message: dict[str, Any], files: dict[str, Page]) -> str:
    page = files[message["url"].rpartition("/")[2]]
    source = " ".join(message.get("extract", "").split())
    return f"  {page.kind} {page.address} line {message.get('lastLine', '?')}: {source}"
