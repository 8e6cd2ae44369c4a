"""The part of a story that shows why it was found."""

from __future__ import annotations

import re

from news.models import ArticlePage
from news.models.articles import BODY

AROUND = 110


def snippet(story: ArticlePage, words: list[str]) -> str:
    """In: a story with its body, and the words that were searched. Out: plain text around the
    first of them: of the standfirst if one is there, else of the body, else the standfirst.
    """
    found = re.compile(r"\b(?:" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
    if found.search(story.summary):
        return story.summary
    text = " ".join(BODY.words(story.body.raw_data).split())
    match = found.search(text)
    if match is None:
        return story.summary
    start, end = max(0, match.start() - AROUND), match.end() + AROUND
    before = text[start : match.start()].partition(" ")[2] if start else text[: match.start()]
    after = text[match.end() : end].rpartition(" ")[0] if end < len(text) else text[match.end() :]
    return f"{'… ' * (start > 0)}{before}{match[0]}{after}{' …' * (end < len(text))}"
