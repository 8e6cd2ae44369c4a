"""A draft as the desk reads it: its parts in their order, each with the comments on it.

Comments made here are Wagtail's own rows. They touch neither the text nor what was signed, its
review or its time, so they are taken on a locked story as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.blocks import Block, ListBlock, StaticBlock, StructBlock
from wagtail.models import Comment, CommentReply

from cms.media.pictures import photo
from cms.models import User
from news.models import ArticlePage
from news.review.comments import lock_comments


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
    """What of a draft is read and commented on, while its references are loaded."""
    standfirst = '<p class="reading-standfirst" dir="auto">{}</p>'
    parts = [
        Part(_("Kicker"), "kicker", "kicker", filled("<p>{}</p>", draft.kicker)),
        Part(_("Headline"), "title", "title", filled('<h2 dir="auto">{}</h2>', draft.title)),
        Part(_("Standfirst"), "summary", "summary", filled(standfirst, draft.summary)),
        Part(_("Lead image"), "lead_image", "lead_image", lead_image(draft)),
    ]
    for child in draft.body:
        path = path_in_form(f"body.{child.id}", child.block, child.value) if child.id else ""
        parts.append(Part(str(child.block.label), child.id or "", path, rendered(child)))
    credit = filled("<p>{}</p>", draft.credit_line)
    parts.append(Part(_("Credit line"), "credit_line", "credit_line", credit))
    return [part for part in parts if part.html]


def filled(template: str, text: str) -> str:
    return format_html(template, text) if text else ""


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
    nothing = _("Readers see nothing here: what it names is not public.")
    return format_html('<p class="w-help-text">{}</p>', nothing)


def path_in_form(path: str, block: Block, value: Any) -> str:
    """The first field of a block: Wagtail's editor hangs comments on fields, not on groups."""
    if isinstance(block, StructBlock):
        name, child = next(iter(block.child_blocks.items()))
        return path_in_form(f"{path}.{name}", child, value[name])
    if isinstance(block, ListBlock) and value:
        first = value.bound_blocks[0]
        return path_in_form(f"{path}.{first.id}", block.child_block, first.value)
    return "" if isinstance(block, ListBlock | StaticBlock) else path


def with_comments(parts: list[Part], draft: ArticlePage) -> list[Part]:
    """The parts with their comments, the oldest first; after them fields that are commented on and
    not shown, and what was said of parts that are gone. Two queries.
    """
    replies = CommentReply.objects.select_related("user").order_by("pk")
    comments = Comment.objects.filter(page_id=draft.pk).select_related("user", "resolved_by")
    comments = comments.prefetch_related(Prefetch("replies", replies)).order_by("pk")
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


@transaction.atomic
def comment_on(story: ArticlePage, user: User, path: str, text: str) -> Comment:
    lock_comments(story.pk)
    revision = story.get_latest_revision()
    comment = Comment.objects.create(
        page_id=story.pk, user=user, text=text, contentpath=path, revision_created=revision
    )
    comment.log_create(page_revision=revision, user=user)
    return comment


@transaction.atomic
def reply_to(story: ArticlePage, comment: Comment, user: User, text: str) -> CommentReply:
    lock_comments(story.pk)
    reply = CommentReply.objects.create(comment=comment, user=user, text=text)
    reply.log_create(page_revision=story.get_latest_revision(), user=user)
    return reply


@transaction.atomic
def resolve(story: ArticlePage, comment: Comment, user: User) -> None:
    """Whoever came first stays on record as the one who resolved it."""
    lock_comments(story.pk)
    still_open = Comment.objects.filter(pk=comment.pk, resolved_at=None)
    if still_open.update(resolved_at=timezone.now(), resolved_by=user):
        comment.log_resolve(page_revision=story.get_latest_revision(), user=user)
