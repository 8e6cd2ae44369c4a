"""What is asked of both projects, and which headlines each answer must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content import COMMON, RARE, SECTIONS, Content, Story

SAMPLE = 6
LISTED = 20


@dataclass(frozen=True)
class Page:
    """An address, and the headlines of which at least `least` must be in its answer."""

    path: str
    headlines: tuple[str, ...]
    least: int

    def missing(self, body: str) -> int:
        """How many headlines are too few. Marks that a search sets into them do not count."""
        body = re.sub(r"</?mark[^>]*>", "", body)
        return max(0, self.least - sum(headline in body for headline in self.headlines))


def targets(content: Content, ids: list[int], *, model: str, query: str, order: str) -> dict:
    """Pages by name of target, `{name: [Page]}`; a target of several is asked in turn.

    In: the ids of the stories in this project, the API's name of its story model, the parameter
    of its search, the API's name of the field that says when a story was published.
    """
    stories = content.stories
    listed = f"/api/v2/pages/?type={model}&fields=*&limit={LISTED}&order=-{order}"
    return {
        "front page": [_all("/", stories[:13])],
        "feed": [_all("/news/", stories[:LISTED])],
        "section": [
            _all(f"/news/{name.lower()}/", [s for s in stories if s.section == n][:LISTED])
            for n, name in enumerate(SECTIONS)
        ],
        "author": [
            _all(f"/authors/author-{n}/", [s for s in stories if n in s.authors][:LISTED])
            for n in range(SAMPLE)
        ],
        "story": [
            _all(f"/news/{SECTIONS[story.section].lower()}/{story.slug}/", [story])
            for story in stories[:SAMPLE]
        ],
        "search, common word": [_some(f"/search/?{query}={COMMON}", COMMON, stories)],
        "search, rare word": [_some(f"/search/?{query}={RARE}", RARE, stories)],
        "API, 20 in full": [_all(listed, stories[:LISTED])],
        "API, one story": [
            _all(f"/api/v2/pages/{pk}/", [story])
            for pk, story in zip(ids[:SAMPLE], stories[:SAMPLE], strict=True)
        ],
    }


def _all(path: str, stories: list[Story]) -> Page:
    return Page(path, tuple(story.headline for story in stories), len(stories))


def _some(path: str, word: str, stories: list[Story]) -> Page:
    having = [story for story in stories if word in str(story).lower()]
    return Page(path, tuple(story.headline for story in having), min(LISTED, len(having)))
