"""What is asked of both projects, and which headlines each answer must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from content import COMMON, RARE, SECTIONS, Content, Story

SAMPLE = 6
LISTED = 20


@dataclass(frozen=True)
class Page:
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
    stories = content.stories
    listed = f"/api/v2/pages/?type={model}&fields=*&limit={LISTED}&order=-{date}"

    def page(path: str, of: list[Story], limit: int = LISTED) -> Page:
        return Page(path, of[:limit], len(of[:limit]))

    def search(word: str) -> list[Page]:
        having = [s for s in stories if f" {word} " in s.paragraphs[6]]
        return [Page(f"/search/?{query}={word}", having, min(LISTED, len(having)))]

    return {
        "front page": [page("/", stories, 13)],
        "feed": [page("/news/", stories)],
        "section": [
            page(f"/news/{name.lower()}/", [s for s in stories if s.section == number])
            for number, name in enumerate(SECTIONS)
        ],
        "author": [
            page(f"/authors/author-{number}/", [s for s in stories if number in s.authors])
            for number in range(SAMPLE)
        ],
        "story": [
            page(f"/news/{SECTIONS[s.section].lower()}/{s.slug}/", [s]) for s in stories[:SAMPLE]
        ],
        "search, common": search(COMMON),
        "search, rare": search(RARE),
        "API, 20 in full": [page(listed, stories)],
        "API, one story": [
            page(f"/api/v2/pages/{pk}/", [s])
            for pk, s in zip(ids[:SAMPLE], stories[:SAMPLE], strict=True)
        ],
    }
