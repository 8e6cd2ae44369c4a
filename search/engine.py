"""Finding stories by relevance, on Wagtail's own search index.

A word of the headline counts most, and a fresh story more than an old one. SQLite ranks with
FTS5, PostgreSQL with its text search.
"""

from __future__ import annotations

import re
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.search.models import IndexEntry

from news.blocks import BODY
from news.content.story import StoryQuerySet
from news.models import ArticlePage

WORDS = re.compile(r"[^\W_]+", re.UNICODE)
MAX_WORDS = 10
MAX_LENGTH = 64
MAX_RESULTS = 200
AROUND = 110  # characters of a snippet on either side of the word

# A story of today counts three times, one of a month ago twice, an old one once.
HALF_LIFE_DAYS = 30.0

SQLITE = """
    SELECT story.page_ptr_id
    FROM {entry}_fts
    JOIN {entry} entry ON entry.id = {entry}_fts.rowid
    JOIN news_articlepage story ON story.page_ptr_id = CAST(entry.object_id AS integer)
    WHERE {entry}_fts MATCH %s AND entry.content_type_id = %s AND story.page_ptr_id IN ({within})
    ORDER BY bm25({entry}_fts, 0.0, 1.0, 10.0)
        * (1 + 2 * POWER(0.5, (julianday('now') - julianday(story.published_at)) / %s))
    LIMIT %s
"""

POSTGRESQL = """
    SELECT story.page_ptr_id
    FROM {entry} entry
    JOIN news_articlepage story ON story.page_ptr_id = CAST(entry.object_id AS bigint),
    to_tsquery('simple', %s) query
    WHERE (entry.title || entry.body) @@ query
        AND entry.content_type_id = %s AND story.page_ptr_id IN ({within})
    ORDER BY ts_rank(setweight(entry.title, 'A') || setweight(entry.body, 'D'), query)
        * (1 + 2 * POWER(0.5, EXTRACT(EPOCH FROM now() - story.published_at)
            / 86400 / %s::float)) DESC, story.page_ptr_id DESC
    LIMIT %s
"""


def words_of(query: str) -> list[str]:
    """At most ten words, safe in any query language."""
    return [word[:MAX_LENGTH] for word in WORDS.findall(query)[:MAX_WORDS]]


def find(query: str, within: StoryQuerySet) -> list[int]:
    """Ids, best first. Every word must be there; long words match by their beginning, so that
    most endings of an inflected language are found.
    """
    words = words_of(query)
    if not words:
        return []
    if connection.vendor == "postgresql":
        sql, terms = POSTGRESQL, " & ".join(word + ":*" * (len(word) > 4) for word in words)
    else:
        sql, terms = SQLITE, " ".join(f'"{word}"' + "*" * (len(word) > 4) for word in words)
    ids, ids_params = within.order_by().values("pk").query.sql_with_params()
    story_type = ContentType.objects.get_for_model(ArticlePage).pk
    parameters: list[Any] = [terms, story_type, *ids_params, HALF_LIFE_DAYS, MAX_RESULTS]
    with connection.cursor() as cursor:
        cursor.execute(sql.format(entry=IndexEntry._meta.db_table, within=ids), parameters)
        return [row[0] for row in cursor.fetchall()]


def snippet(standfirst: str, body: Any, words: list[str]) -> str:
    """The standfirst if it has one of the words, else the text of the body around the first."""
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
