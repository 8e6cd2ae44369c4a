"""Random stories from all blocks: each saves, renders, appears in the API, survives the editor."""

from __future__ import annotations

from html import escape
from typing import Any

import markupsafe
import pytest
from django.core.files.base import ContentFile
from django.http import QueryDict
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.documents.models import Document

from news.models import ArticlePage
from tests.builders import a_story, an_image, publish_again
from tests.form_of import form_of

pytestmark = pytest.mark.django_db

# What a form can send: no control characters, no half of a surrogate pair; fields are stripped.
LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))
texts = st.text(LETTERS, max_size=40).map(str.strip)
named = texts.filter(bool)
html = st.lists(named, min_size=1, max_size=3).map(
    lambda lines: "".join(
        f'<p data-block-key="k{n:04}">{escape(line, quote=False)}</p>'
        for n, line in enumerate(lines)
    )
)


def items(values: st.SearchStrategy[Any], **sizes: int) -> st.SearchStrategy[Any]:
    """A stored list: each item has an id."""
    child = st.builds(lambda v, i: {"type": "item", "value": v, "id": str(i)}, values, st.uuids())
    return st.lists(child, **sizes)


def struct(**parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(parts)


@st.composite
def tables(draw: Any) -> dict[str, Any]:
    kinds = draw(st.lists(st.sampled_from(["text", "number"]), min_size=1, max_size=3))
    cell = {"text": texts, "number": st.none() | st.floats(-1e9, 1e9).map(lambda n: round(n, 3))}
    row = st.tuples(*(cell[kind] for kind in kinds)).map(lambda values: {"values": list(values)})
    return {
        "columns": [{"type": kind, "heading": draw(texts)} for kind in kinds],
        "rows": draw(st.lists(row, max_size=3)),
        "caption": draw(texts),
    }


def bodies(image: int, document: int, story: int) -> st.SearchStrategy[list[dict[str, Any]]]:
    picture = struct(image=st.just(image), caption=texts, alt=texts)
    kinds = {
        "paragraph": html,
        "heading": named,
        "image": picture,
        "quote": struct(text=named, attribution=texts),
        "related_story": struct(page=st.just(story), headline=texts, text=texts, note=texts),
        "key_points": struct(title=texts, points=items(named, min_size=1, max_size=3)),
        "fact_box": struct(title=named, text=html),
        "timeline": struct(
            title=texts, events=items(struct(date=named, text=html), min_size=1, max_size=2)
        ),
        "pull_quote": struct(text=named, attribution=texts),
        "editors_note": html,
        "divider": st.none(),
        "gallery": items(picture, min_size=2, max_size=3),
        "embed": struct(url=st.just("https://vimeo.com/1"), title=named),
        "document": struct(document=st.just(document), title=texts),
        "table": tables(),
    }
    assert set(kinds) == set(ArticlePage.body.field.stream_block.child_blocks)
    block = st.one_of(
        *(
            st.builds(
                lambda kind, value, pk: {"type": kind, "value": value, "id": str(pk)},
                st.just(kind),
                values,
                st.uuids(),
            )
            for kind, values in kinds.items()
        )
    )
    return st.lists(block, min_size=1, max_size=6)


@pytest.fixture
def parts() -> tuple[int, int, int]:
    document = Document.objects.create(title="Paper", file=ContentFile(b"x", name="paper.txt"))
    return an_image().pk, document.pk, a_story("Target").pk


def test_random_stories(parts: tuple[int, int, int], reader: Client) -> None:
    story = a_story("Random", slug="random")
    block = ArticlePage.body.field.stream_block

    @settings(
        max_examples=300,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(headline=named, raw=bodies(*parts))
    def check(headline: str, raw: list[dict[str, Any]]) -> None:
        page = ArticlePage.objects.get(pk=story.pk)
        page.title, page.body = headline, block.to_python(raw)
        publish_again(page)

        stored = ArticlePage.objects.get(pk=story.pk)
        assert list(stored.body.raw_data) == raw

        data = QueryDict(mutable=True)
        data.update(form_of(block, stored.body, "body"))
        returned = block.value_from_datadict(data, {}, "body")
        assert block.get_prep_value(block.clean(returned)) == raw

        html = reader.get(stored.url)
        assert html.status_code == 200
        assert markupsafe.escape(headline) in html.content.decode()
        shown = reader.get(f"/api/v2/pages/{story.pk}/").json()
        assert shown["title"] == headline
        assert [item["type"] for item in shown["body"]] == [item["type"] for item in raw]

    check()
