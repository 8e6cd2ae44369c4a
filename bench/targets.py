"""What is asked of both projects, and which headlines each answer must hold."""

from __future__ import annotations

import re
from typing import NamedTuple

from content import COMMON, RARE, SECTIONS, Content, Story

SAMPLE = 6
LISTED = 20


class Page(NamedTuple):
    """An address. Its answer holds at least `least` headlines of `stories`."""

    path: str
    stories: list[Story]
    least: int

    def missing(self, body: str) -> int:
        """How many headlines are too few. Marks that a search sets into them do not count."""
        body = re.sub(r"</?mark[^>]*>", "", body)
        return max(0, self.least - sum(story.headline in body for story in self.stories))


def targets(
    content: Content, ids: list[int], *, model: str, query: str, date: str
) -> dict[str, list[Page]]:
    """Pages by name of target; those of one target are asked in turn.

    In: ids of the stories in a project, its story model in the API, the parameter of its search,
    the API's name of the moment of publication.
    """
    stories, few = content.stories, content.stories[:SAMPLE]

    def page(path: str, of: list[Story], limit: int = LISTED) -> Page:
        return Page(path, of[:limit], len(of[:limit]))

    def search(word: str) -> Page:
        having = [story for story in stories if f" {word} " in story.paragraphs[6]]
        return Page(f"/search/?{query}={word}", having, min(LISTED, len(having)))

    sections = [f"/news/{name.lower()}/" for name in SECTIONS]
    by_section = [[s for s in stories if s.section == n] for n in range(len(SECTIONS))]
    by_author = [[s for s in stories if n in s.authors] for n in range(SAMPLE)]
    listed = f"/api/v2/pages/?type={model}&fields=*&limit={LISTED}&order=-{date}"
    return {
        "front page": [page("/", stories, 13)],
        "feed": [page("/news/", stories)],
        "section": [page(*pair) for pair in zip(sections, by_section, strict=True)],
        "author": [page(f"/authors/author-{n}/", of) for n, of in enumerate(by_author)],
        "story": [page(f"{sections[s.section]}{s.slug}/", [s]) for s in few],
        "search, common": [search(COMMON)],
        "search, rare": [search(RARE)],
        "API, 20 in full": [page(listed, stories)],
        "API, one story": [page(f"/api/v2/pages/{ids[n]}/", [s]) for n, s in enumerate(few)],
    }
