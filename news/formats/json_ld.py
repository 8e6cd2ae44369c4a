"""What a page is about, as schema.org data. Pure: addresses and facts come in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from news.content.fields import Genre

CONTEXT = "https://schema.org"
KINDS = {
    Genre.NEWS: "NewsArticle",
    Genre.ANALYSIS: "AnalysisNewsArticle",
    Genre.OPINION: "OpinionNewsArticle",
    Genre.EXPLAINER: "BackgroundNewsArticle",
    Genre.INVESTIGATION: "ReportageNewsArticle",
    Genre.INTERVIEW: "ReportageNewsArticle",
    Genre.LIVE: "NewsArticle",
}

# Ends no <script>, begins no entity.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

Data = dict[str, Any]


def script(data: Data) -> str:
    """The data as text that may stand inside a script element."""
    return json.dumps(without_nothing(data), ensure_ascii=False).translate(ESCAPES)


def without_nothing(data: Any) -> Any:
    """The same without empty values: a search engine takes them for mistakes."""
    if isinstance(data, dict):
        kept = {name: without_nothing(value) for name, value in data.items()}
        return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(data, list):
        return [without_nothing(value) for value in data]
    return data


def organization(name: str, url: str, logo: str = "", profiles: list[str] | None = None) -> Data:
    return {
        "@type": "NewsMediaOrganization",
        "@id": f"{url}#organization",
        "name": name,
        "url": url,
        "logo": {"@type": "ImageObject", "url": logo} if logo else None,
        "sameAs": profiles or [],
    }


def person(name: str, url: str = "", **more: Any) -> Data:
    return {"@type": "Person", "name": name, "url": url, **more}


def breadcrumbs(steps: list[tuple[str, str]]) -> Data:
    """From names and addresses, the front page first."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def article(
    *,
    genre: str,
    url: str,
    headline: str,
    standfirst: str,
    published: datetime | None,
    updated: datetime | None,
    authors: list[Data],
    images: list[str],
    section: str,
    tags: list[str],
    words: int,
    language: str,
    dateline: str,
    publisher: Data,
) -> Data:
    changed = updated or published
    return {
        "@type": KINDS[Genre(genre)],
        "@id": f"{url}#article",
        "mainEntityOfPage": url,
        "headline": headline,
        "description": standfirst,
        "datePublished": published.isoformat() if published else None,
        "dateModified": changed.isoformat() if changed else None,
        "author": authors,
        "image": images,
        "articleSection": section,
        "keywords": tags,
        "wordCount": words,
        "inLanguage": language,
        "dateline": dateline,
        "isAccessibleForFree": True,
        "publisher": publisher,
    }


def graph(*parts: Data) -> Data:
    return {"@context": CONTEXT, "@graph": list(parts)}
