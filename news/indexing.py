"""By which words a story is found, and by what lists are narrowed."""

from __future__ import annotations

from wagtail.search import index

ARTICLE_SEARCH = [
    index.SearchField("summary"),
    index.SearchField("kicker"),
    index.SearchField("dateline"),
    index.SearchField("body"),
    index.SearchField("credit_line"),
    index.RelatedFields("bylines", [index.RelatedFields("author", [index.SearchField("title")])]),
    index.RelatedFields("tagged_items", [index.RelatedFields("tag", [index.SearchField("name")])]),
    index.FilterField("published_at"),
    index.FilterField("genre"),
    index.FilterField("section_id"),
]
