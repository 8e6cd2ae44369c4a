"""The catalogues of translations, read without gettext, and what a page says to its reader."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

ROOT = Path(__file__).parent.parent
APPS = ("cms", "home", "news", "search")
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|\{\w+\}")
# What Wagtail has not translated itself.
STOCK = ROOT / "cms" / "wagtail_texts" / "locale" / "uk" / "LC_MESSAGES"


@dataclass
class Entry:
    """A text and its translations; `context` and `plural` are empty where it has none."""

    context: str = ""
    text: str = ""
    plural: str = ""
    said: list[str] = field(default_factory=list)
    fuzzy: bool = False

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.text, self.plural


def catalogue(app: str, root: Path = ROOT) -> Path:
    return root / app / "locale" / "uk" / "LC_MESSAGES" / "django.po"


def catalogues() -> list[Path]:
    return [*map(catalogue, APPS), *sorted(STOCK.glob("*.po"))]


def entries(path: Path) -> list[Entry]:
    """In: a .po file. Out: all its entries, the first is its head."""
    return [entry_of(lines.splitlines()) for lines in path.read_text().split("\n\n")]


def entry_of(lines: list[str]) -> Entry:
    entry, names = Entry(), {"msgctxt": "context", "msgid": "text", "msgid_plural": "plural"}
    keyword = ""
    for line in lines:
        if line.startswith("#"):
            entry.fuzzy = entry.fuzzy or line.startswith(("#~", "#|")) or "fuzzy" in line
            continue
        if not line.startswith('"'):
            keyword, _, line = line.partition(" ")
            if keyword.startswith("msgstr"):
                entry.said.append("")
        value = ast.literal_eval(line)
        if keyword.startswith("msgstr"):
            entry.said[-1] += value
        else:
            setattr(entry, names[keyword], getattr(entry, names[keyword]) + value)
    return entry


def texts() -> list[Entry]:
    """Everything that we say, of all apps."""
    return [entry for app in APPS for entry in entries(catalogue(app))[1:]]


class Said(HTMLParser):
    """What somebody reads or hears on a page."""

    HEARD = ("alt", "aria-label", "placeholder", "title")
    SILENT = ("script", "style", "svg")

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self.depth = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.depth += tag in self.SILENT
        self.texts |= {value for name, value in attrs if value and name in self.HEARD}

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.texts.add(" ".join(data.split()))


def ours_in_english(html: str, names: set[str]) -> set[str]:
    """In: a page in Ukrainian, and English names that stand on it. Out: what it says in English
    of that for which we have a translation.
    """
    said = Said(html).texts - names
    plain, patterns = in_english()
    return said & plain | {
        text for text in said if any(pattern.fullmatch(text) for pattern in patterns)
    }


@cache
def in_english() -> tuple[set[str], list[re.Pattern[str]]]:
    """Our texts in English, those that hold a name as patterns."""
    found = {
        text
        for entry in texts()
        for text in filter(None, (entry.text, entry.plural))
        if text not in entry.said
    }
    plain = {text for text in found if not PLACEHOLDER.search(text)}
    # Two words around a name would be found in many a text of Wagtail's.
    telling = {text for text in found - plain if len(PLACEHOLDER.sub("", text).split()) > 2}
    return plain, [
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(text))), re.DOTALL)
        for text in telling
    ]
