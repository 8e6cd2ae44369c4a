"""A draft as the desk reads it: its parts in their order, each with the comments on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import ListBlock, StaticBlock, StructBlock
from wagtail.models import Comment, CommentReply

from cms.media.pictures import photo

if TYPE_CHECKING:
    from news.models import ArticlePage


@dataclass
class Part:
    """What is commented on as one. `key` is a field of the story or the id of a block; `path` the
    place in the editor's form where a new comment is shown, empty where it has none.
    """

    name: str
    key: str
    path: str = ""
    html: str = ""
    comments: list[Comment] = field(default_factory=list)

    @property
    def open(self) -> list[Comment]:
        return [comment for comment in self.comments if comment.resolved_at is None]

    @property
    def resolved(self) -> list[Comment]:
        return [comment for comment in self.comments if comment.resolved_at is not None]


def parts_of(draft: ArticlePage) -> list[Part]:
    """In: a draft, while its references are loaded. Out: what of it is read and commented on."""
    fields = [
        ("kicker", _("Kicker"), format_html("<p>{}</p>", draft.kicker) if draft.kicker else ""),
        ("title", _("Headline"), format_html('<h2 dir="auto">{}</h2>', draft.title)),
        ("summary", _("Standfirst"), standfirst(draft)),
        ("lead_image", _("Lead image"), lead_image(draft)),
    ]
    parts = [Part(name, key, key, html) for key, name, html in fields if html]
    parts += [
        Part(str(child.block.label), child.id or "", path_in_form(child), rendered(child))
        for child in draft.body
    ]
    if draft.credit_line:
        html = format_html("<p>{}</p>", draft.credit_line)
        parts.append(Part(_("Credit line"), "credit_line", "credit_line", html))
    return parts


def standfirst(draft: ArticlePage) -> str:
    if not draft.summary:
        return ""
    return format_html('<p class="reading-standfirst" dir="auto">{}</p>', draft.summary)


def lead_image(draft: ArticlePage) -> str:
    """The picture with its caption and credit, as far as it has them."""
    image = draft.lead_image
    if image is None:
        return ""
    words = " · ".join(filter(None, [draft.lead_image_caption, image.credit]))
    picture = photo(image, sizes="(min-width: 64rem) 40rem, 100vw")
    return format_html('<figure>{}<figcaption dir="auto">{}</figcaption></figure>', picture, words)


def rendered(child: Any) -> SafeString:
    """A block as readers see it."""
    html = child.render()
    if html.strip():
        return html
    return format_html(
        '<p class="w-help-text">{}</p>',
        _("Readers see nothing here: what it names is not public."),
    )


def path_in_form(child: Any) -> str:
    """The first field of a block: Wagtail's editor hangs comments on fields, not on groups."""
    if not child.id:
        return ""
    path, block, value = ["body", child.id], child.block, child.value
    while True:
        if isinstance(block, StaticBlock):
            return ""
        if isinstance(block, StructBlock):
            name, block = next(iter(block.child_blocks.items()))
            path, value = [*path, name], value[name]
        elif isinstance(block, ListBlock):
            if not value:
                return ""
            first = value.bound_blocks[0]
            path, block, value = [*path, first.id], block.child_block, first.value
        else:
            return ".".join(path)


def comments_on(story_id: int) -> Iterable[Comment]:
    """All of a story with their replies, the oldest first, in two queries."""
    replies = CommentReply.objects.select_related("user").order_by("pk")
    comments = Comment.objects.filter(page_id=story_id).select_related("user", "resolved_by")
    return comments.prefetch_related(Prefetch("replies", replies)).order_by("pk")


def with_comments(parts: list[Part], comments: Iterable[Comment], draft: ArticlePage) -> list[Part]:
    """In: the parts of a draft, and comments. Out: the parts with theirs; after them fields that
    are not shown, and what was said of parts that are gone.
    """
    by_key = {part.key: part for part in parts if part.key}
    if "lead_image" in by_key:
        by_key["lead_image_caption"] = by_key["lead_image"]
    hidden: dict[str, Part] = {}
    gone = Part(_("On parts that are gone"), "")
    for comment in comments:
        name, *rest = comment.contentpath.split(".")
        in_body = name == "body" and rest
        part = by_key.get(rest[0] if in_body else name)
        if part is None and not in_body and (label := label_of(draft, name)):
            part = hidden.setdefault(name, Part(label, name))
        (part or gone).comments.append(comment)
    return [*parts, *hidden.values(), *([gone] if gone.comments else [])]


def label_of(draft: ArticlePage, name: str) -> str:
    """What the editor calls a field; empty if there is none."""
    try:
        return capfirst(str(draft._meta.get_field(name).verbose_name))
    except (FieldDoesNotExist, AttributeError):
        return ""
