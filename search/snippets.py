"""The part of a story that shows why it was found."""

from __future__ import annotations

import re
from typing import Any

from news.models.articles import BODY

AROUND = 110


def snippet(standfirst: str, body: Any, words: list[str]) -> str:
    """In: of a story its standfirst and its body as stored, and the words that were searched.
    Out: plain text around the first of them: of the standfirst if one is there, else of the body,
    else the standfirst.
    """
    found = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
    if found.search(standfirst):
        return standfirst
    text = " ".join(BODY.words(body).split())
    match = found.search(text)
    if match is None:
        return standfirst
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    before = text[start : match.start()].partition(" ")[2] if start else text[: match.start()]
    after = text[match.end() : end].rpartition(" ")[0] if end < len(text) else text[match.end() :]
    return f"{'… ' * (start > 0)}{before}{match[0]}{after}{' …' * (end < len(text))}"
