"""The system checks see what they are for."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.checks import run_checks
from wagtail import blocks
from wagtail.models import Page

from cms import checks
from cms.changes.registry import NOT_SHARED, SHARED
from news.blocks import BODY
from news.models import ArticlePage, AuthorPage, Tag


def ids() -> set[str | None]:
    return {message.id for message in run_checks() if (message.id or "").startswith("dateline")}


def test_this_code_keeps_to_the_rules() -> None:
    assert ids() == set()


def test_a_page_without_the_base(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "BasePage", AuthorPage)
    assert ids() == {"dateline.E001"}


@pytest.mark.parametrize(
    ("declared", "label"), [(SHARED, Tag), (NOT_SHARED, ArticlePage)], ids=["shared", "not"]
)
def test_a_model_that_does_not_say(
    monkeypatch: pytest.MonkeyPatch, declared: dict[str, Any], label: type[Page]
) -> None:
    monkeypatch.delitem(declared, label._meta.label_lower)
    assert ids() == {"dateline.E002"}


class Bare(blocks.StructBlock):
    text = blocks.CharBlock()

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        return blocks.Block.get_api_representation(self, value, context)


@pytest.mark.parametrize(
    ("block", "lacking"),
    [
        (Bare(template="x.html", description="x", preview_value={"text": "x"}), []),
        (blocks.CharBlock(), ["template", "preview"]),
        (blocks.CharBlock(template="x.html", description="x", preview_value="x"), []),
        (blocks.StaticBlock(template="x.html"), ["form for the API", "preview"]),
    ],
)
def test_a_block_that_is_not_complete(block: blocks.Block, lacking: list[str]) -> None:
    assert list(checks.lacks(block)) == lacking


def test_a_block_of_the_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(BODY.child_blocks, "bare", blocks.StaticBlock())
    assert ids() == {"dateline.E003"}
