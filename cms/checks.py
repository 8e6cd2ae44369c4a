"""The rules of this code base that Django can check when it starts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from wagtail.blocks import Block, FieldBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.changes.registry import NOT_SHARED, PARTS, SHARED
from cms.models import BasePage
from cms.patches import APPLIED, signature_of


def own_apps() -> Iterator[AppConfig]:
    for app in apps.get_app_configs():
        if Path(app.path).parent == settings.BASE_DIR:
            yield app


def own_models() -> Iterator[Any]:
    for app in own_apps():
        yield from app.get_models()


@register()
def patches_still_fit(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Warning(
            f"{path} is now {found}, and is replaced as {patch.signature}.",
            hint=f"Read it again; what the replacement is for: {patch.why}",
            id="dateline.W001",
        )
        for path, (patch, stock) in APPLIED.items()
        if (found := signature_of(stock)) != patch.signature
    ]


@register()
def pages_share_the_base(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{model._meta.label} does not inherit from BasePage.",
            hint="BasePage brings published(), the methods that readers may use and the workflow.",
            obj=model,
            id="dateline.E001",
        )
        for model in own_models()
        if issubclass(model, Page) and not issubclass(model, BasePage)
    ]


@register()
def models_are_shared_or_not(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    declared = {*SHARED, *PARTS, *NOT_SHARED}
    return [
        Error(
            f"{model._meta.label} does not say what of it readers see.",
            hint="Decorate it with shared(), part_of() or not_shared() of cms/changes/registry.py.",
            obj=model,
            id="dateline.E002",
        )
        for model in own_models()
        if model._meta.label_lower not in declared
    ]


@register()
def blocks_are_complete(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The blocks of a page's body."""
    return [
        Error(
            f"The block {name!r} of {model._meta.label} has no {lacking}.",
            hint="See news/blocks/: a template, a form for the API, and a preview.",
            obj=type(block),
            id="dateline.E003",
        )
        for model in own_models()
        for field in model._meta.get_fields()
        if isinstance(field, StreamField) and field.name == "body"
        for name, block in field.stream_block.child_blocks.items()
        for lacking in lacks(block)
    ]


def lacks(block: Block) -> Iterator[str]:
    def overrides(name: str) -> bool:
        return vars(Block)[name] is not getattr(type(block), name)

    if not getattr(block.meta, "template", None) and not overrides("render_basic"):
        yield "template"
    if not isinstance(block, FieldBlock) and not overrides("get_api_representation"):
        yield "form for the API"
    has_preview = hasattr(block.meta, "preview_value") or overrides("get_preview_value")
    if not has_preview or not getattr(block.meta, "description", None):
        yield "preview"
