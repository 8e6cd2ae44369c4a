"""The reading view: the newest draft with its comments, for everybody who works on the story.

Nothing here changes the text: it is open while the editor is locked.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Comment

from cms.models import User
from news.blocks.references import loaded
from news.content.loading import references_of
from news.desk.commenting import comment_on, reply_to, resolve
from news.desk.last_read import note_reading
from news.desk.legal_hold import may_hold
from news.desk.reading import comments_on, parts_of, with_comments
from news.editions.errors import Refused
from news.editions.signatures import signed_text
from news.models import ArticlePage
from news.review.forms import CommentForm, PartCommentForm
from news.review.permissions import is_unlocked


def story_to_read(pk: int, user: User) -> ArticlePage:
    """The story, if the user works on it."""
    story = get_object_or_404(ArticlePage, pk=pk, alias_of=None)
    if not story.permissions_for_user(user).can_read_draft():
        raise Refused(_("This draft is read by those who write, edit or review it."))
    return story


@require_safe
def read_story(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/read/`"""
    story = story_to_read(pk, cast(User, request.user))
    return reading(request, story)


def reading(
    request: HttpRequest, story: ArticlePage, *, refused: Form | None = None, at: str = ""
) -> HttpResponse:
    """In: the story; a form that was refused, and the element (`part-…`, `comment-…`, `decide`)
    that it was filled in at. Out: the page, a 400 with the typed text in its place if so.
    """
    user = cast(User, request.user)
    draft = story.get_latest_revision_as_object()
    text = signed_text(draft)
    last_read = note_reading(story, user, text.document)
    with loaded(references_of(full=[draft])):
        parts = with_comments(parts_of(draft), comments_on(story.pk), draft)
        context = {
            "story": story,
            "draft": draft,
            "parts": parts,
            "last_read": last_read,
            "signers": text.signatures,
            "may_edit": may_edit(story, user),
            "may_hold": may_hold(user, story),
            "held": text.hold,
            "refused": refused,
            "refused_at": at,
            **decisions(story, user),
        }
        template = "news/admin/read.html"
        status = 400 if refused else 200
        return TemplateResponse(request, template, context, status=status).render()


def may_edit(story: ArticlePage, user: User) -> bool:
    """Whether the editor would be more than another view of the same text."""
    return is_unlocked(story, user) and story.permissions_for_user(user).can_edit()


def decisions(story: ArticlePage, user: User) -> dict[str, Any]:
    """What the user may decide at the stage where the story waits. What asks for more than a
    comment, as the signature does, has Wagtail's dialog.
    """
    state = story.current_workflow_task_state
    if state is None:
        return {"stage": None}
    task = state.task.specific
    actions: dict[str, dict[str, Any]] = {}
    for name, label, _dialog in task.get_actions(story, user):
        actions.setdefault(name, {"name": name, "label": label, "in_dialog": asks_more(task, name)})
    # The way on first, the way back beside it.
    order = sorted(actions.values(), key=lambda action: action["name"] == "reject")
    return {"stage": task.name, "task_state": state, "decisions": order}


def asks_more(task: Any, action: str) -> bool:
    return set(task.get_form_for_action(action).base_fields) != {"comment"}


@require_POST
def comment_on_story(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/read/comment/`: a comment on one part."""
    user = cast(User, request.user)
    story = story_to_read(pk, user)
    draft = story.get_latest_revision_as_object()
    with loaded(references_of(full=[draft])):
        paths = {part.path: part.key for part in parts_of(draft) if part.path}
    form = PartCommentForm(request.POST, paths=paths)
    if not form.is_valid():
        key = paths.get(request.POST.get("path", ""), "")
        return reading(request, story, refused=form, at=f"part-{key}")
    data = form.cleaned_data
    comment = comment_on(story, user, data["path"], data["text"])
    return back_to(story, comment)


@require_POST
def reply_to_comment(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """`/admin/stories/<id>/read/<comment>/reply/`"""
    user = cast(User, request.user)
    story = story_to_read(pk, user)
    comment = get_object_or_404(Comment, pk=comment_pk, page_id=story.pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return reading(request, story, refused=form, at=f"comment-{comment.pk}")
    reply_to(story, comment, user, form.cleaned_data["text"])
    return back_to(story, comment)


@require_POST
def resolve_comment(request: HttpRequest, pk: int, comment_pk: int) -> HttpResponse:
    """`/admin/stories/<id>/read/<comment>/resolve/`"""
    user = cast(User, request.user)
    story = story_to_read(pk, user)
    comment = get_object_or_404(Comment, pk=comment_pk, page_id=story.pk)
    resolve(story, comment, user)
    return back_to(story, comment)


@require_POST
def decide_on_story(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/read/decide/`: the stage's decision, with a comment."""
    user = cast(User, request.user)
    story = story_to_read(pk, user)
    state = story.current_workflow_task_state
    if state is None or str(state.pk) != request.POST.get("task_state"):
        messages.error(request, _("This story does not wait at that stage any more: look again."))
        return redirect("read_story", story.pk)
    task, action = state.task.specific, request.POST.get("decision", "")
    if action not in {name for name, *_rest in task.get_actions(story, user)}:
        messages.error(request, _("Somebody else has to decide on this story at this stage."))
        return redirect("read_story", story.pk)
    form = task.get_form_for_action(action)(request.POST)
    if asks_more(task, action) or not form.is_valid():
        return reading(request, story, refused=form, at="decide")
    task.on_action(state, user, action, **form.cleaned_data)
    messages.success(request, _("“%(story)s”: decided.") % {"story": story.draft_title})
    return redirect("wagtailadmin_home")


def back_to(story: ArticlePage, comment: Comment) -> HttpResponse:
    return redirect(f"{reverse('read_story', args=(story.pk,))}#comment-{comment.pk}")
