"""An answer as text that two runs can compare: readable, without what differs from run to run."""

from __future__ import annotations

import json
import re
import zoneinfo
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

from django.conf import settings
from django.http import HttpResponse

# Ids of the demo begin with this digit and have nine: no other number looks like one.
FIRST_ID, ID = 700_000_000, r"(?<!\d)7\d{8}(?!\d)"
# Their values differ between runs, are long, or belong to the server.
VALUELESS = {"ETag": '"…"', "Expires": "…"}
UNTOLD = {"Content-Length"}

INLINE = {"a", "abbr", "b", "bdi", "br", "cite", "code", "em", "i", "mark", "q", "s", "small"}
INLINE |= {"span", "strong", "sub", "sup", "time", "u"}
ZONES = zoneinfo.available_timezones()
Attributes = list[tuple[str, str | None]]
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
SPACE = re.compile(r"[ \t\r\n\f]+")
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
UNIT = r"\d+[ \xa0](?:year|month|week|day|hour|minute|second)s?"
PATTERNS = [
    # Tokens of forms, digests.
    (r"(?<!\w)(?:[0-9A-Za-z]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?!\w)", "{digest}"),
    (r"(<code>\n)[0-9a-f]{8}(?=\n</code>)", r"\1{digest}"),
    # A paragraph in the editor.
    (r'("key": ")[0-9a-z]{5}(",\s*"type")', r"\1…\2"),
    (r"\?(v|h)=[0-9a-f]{8,}", r"?\1=…"),
    (r"(/static/[\w/.-]+)\.[0-9a-f]{12}(\.\w+)", r"\1\2"),
    # Pictures and documents: which kind, and of the sizes made here which one.
    (r"/media/(?!sizes/)(\w+)/[^\s\"'<>&,]+\.(\w+)", r"/media/\1/….\2"),
    (r"/documents/(\d+)/[^\s\"'<>&,]+\.(\w+)", r"/documents/\1/….\2"),
    (r"\b((?:data-original-)?(?:width|height))=\"\d+\"", r'\1="…"'),
    (r"(\"(?:width|height|size|size_in_bytes)\": ?)\d+", r'\1"…"'),
    (r"(:(?:width|height)\" content=)\"\d+\"", r'\1"…"'),
    (r"(<enclosure[^>]* length=|rel=\"enclosure\"[^>]* length=)\"\d+\"", r'\1"…"'),
    (r"(/media/\S+) \d+w\b", r"\1 …w"),
    (r"\b\d+(?:[.,]\d+)?[ \xa0](?:bytes?|[KM]B|байтів|байти?|[КМ]Б)", "… bytes"),
    # Against the clock of the machine.
    (rf"{UNIT}(?:(?:,? and |, ){UNIT})*[ \xa0](ago|from now)", r"… \1"),
    (r"(\d\d:\d\d:\d\d)\.\d+", r"\1"),
]


class Lines(HTMLParser):
    """HTML with a line for each tag and each text.

    A line that begins with a space is set apart from the one before it in running text.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines: list[str] = []
        self.text, self.gap, self.running, self.script = "", False, False, False
        self.feed(html)
        self.close()
        self.flush()

    def put(self, line: str, *, inline: bool) -> None:
        self.lines.append(" " * (self.gap and inline and self.running) + line)
        self.gap, self.running = False, inline

    def flush(self) -> None:
        text, self.text = SPACE.sub(" ", self.text), ""
        self.gap = self.gap or text.startswith(" ")
        if text.strip(" "):
            self.put(text.strip(" "), inline=True)
            self.gap = text.endswith(" ")

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        self.flush()
        text = SPACE.sub(" ", self.get_starttag_text() or "")
        data = {name: value for name, value in attrs if value and len(value) > 200}
        data = {name: value for name, value in data.items() if value[0] in "[{"}
        for name in data:
            text = re.sub(rf'{name}="[^"]*"', f'{name}="…"', text)
        self.put(text, inline=tag in INLINE)
        for value in data.values():
            self.lines += script_lines(value)
        self.script = tag in ("script", "style")

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.script and self.text.strip():
            self.lines += script_lines(self.text)
            self.text = ""
        self.script = False
        self.flush()
        self.put(f"</{tag}>", inline=tag in INLINE)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_entityref(self, name: str) -> None:
        self.text += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.text += f"&#{name};"

    def handle_decl(self, decl: str) -> None:
        self.put(f"<!{decl}>", inline=False)


def script_lines(text: str) -> list[str]:
    try:
        return as_json(json.loads(text)).splitlines()
    except ValueError:
        return [line.strip() for line in text.splitlines() if line.strip()]


def as_json(data: Any) -> str:
    return json.dumps(unfolded(data), indent=1, ensure_ascii=False)


def unfolded(data: Any) -> Any:
    """Data whose texts are readable: markup as a list of lines, JSON as what it says."""
    if isinstance(data, dict):
        return {name: unfolded(value) for name, value in data.items()}
    if isinstance(data, list):
        return [unfolded(value) for value in data]
    if isinstance(data, str) and data.startswith("{"):
        try:
            return unfolded(json.loads(data))
        except ValueError:
            return data
    return Lines(data).lines if isinstance(data, str) and "</" in data else data


def by_kind(kind: str, text: str, *, main: bool) -> str:
    """In: a Content-Type, an answer's text, whether only its <main> is meant."""
    if "json" in kind:
        return as_json(json.loads(text))
    if "html" in kind:
        found = MAIN.search(text) if main else None
        return "\n".join(Lines(found[0] if found else text).lines)
    if "xml" in kind:
        text = re.sub(r">\s*<", ">\n<", text)
        return re.sub(r"&gt;\s*&lt;", "&gt;\n&lt;", text)
    return text.replace("\r\n", "\n")


def without_zones(text: str) -> str:
    """Which time zones can be chosen differs between machines."""
    option = re.compile(r'<option value="([^"]+)">\n.*\n</option>\n')
    return option.sub(lambda found: "" if found[1] in ZONES else found[0], text)


def numbered(kind: str) -> Callable[[re.Match[str]], str]:
    """For what is random: the same number for the same text, in the order of appearance."""
    seen: dict[str, int] = {}
    return lambda found: f"{{{kind}-{seen.setdefault(found[0], len(seen) + 1)}}}"


def cleaned(text: str, names: dict[str, str]) -> str:
    """In: a text, and ids, tokens and addresses by their names."""
    text = text.replace(settings.BASE_URL, "http://base")
    for name, value in names.items():
        text = text.replace(value, f"{{{name}}}")
    text = without_zones(text)
    for pattern, instead in PATTERNS:
        text = re.sub(pattern, instead, text)
    text = re.sub(UUID, numbered("uuid"), text)
    # They count on through all tests of a process.
    text = re.sub(r"\bblockdef-\d+", numbered("blockdef"), text)
    return re.sub(ID, numbered("id"), text)


def recorded(title: str, answer: HttpResponse, names: dict[str, str], *, main: bool) -> str:
    """An answer as it is kept in a file: what was asked, status, headers, text."""
    told = {name: VALUELESS.get(name, value) for name, value in sorted(answer.items())}
    head = [title, str(answer.status_code)]
    head += [f"{name}: {value}" for name, value in told.items() if name not in UNTOLD]
    head += [f"Set-Cookie: {name}" for name in sorted(answer.cookies)]
    body = b"".join(answer) if answer.streaming else answer.content
    text = by_kind(answer.get("Content-Type", ""), body.decode(), main=main)
    return cleaned("\n".join([*head, "", text]).rstrip(), names) + "\n"
