"""The reading view: the newest draft with its comments, and what changed in it since, for
everybody who works on the story.

Nothing here changes the text: it is open while the editor is locked.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Comment

from cms.models import User
from news.blocks.references import loaded
from news.content.loading import references_of
from news.desk.last_read import earlier_text, note_reading
from news.desk.legal_hold import may_hold
from news.desk.reading import comment_on, parts_of, reply_to, resolve, with_comments
from news.editions.differences import named_differences
from news.editions.document import document
from news.editions.signatures import signed_text
from news.models import ArticlePage
from news.review.forms import CommentForm, PartCommentForm
from news.review.permissions import is_unlocked
from news.views.stories import story_view

reader_view = story_view(
    lambda user, story: story.permissions_for_user(user).can_read_draft(),
    gettext_lazy("This draft is read by those who write, edit or review it."),
)


@require_safe
@reader_view
def read_story(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    return reading(request, story, user)


def reading(
    request: HttpRequest,
    story: ArticlePage,
    user: User,
    *,
    refused: Form | None = None,
    at: str = "",
) -> HttpResponse:
    """The page; with the form that was refused, and the element (`part-…`, `comment-…`, `decide`)
    that it was filled in at, a 400 with the typed text in its place.
    """
    draft = story.get_latest_revision_as_object()
    text = signed_text(draft)
    last_read = note_reading(story, user, text.document)
    with loaded(references_of(full=[draft])):
        context = {
            "story": story,
            "draft": draft,
            "parts": with_comments(parts_of(draft), draft),
            "last_read": last_read,
            "signers": text.signatures,
            # Whether the editor would be more than another view of the same text.
            "may_edit": is_unlocked(story, user) and story.permissions_for_user(user).can_edit(),
            "may_hold": may_hold(user, story),
            "held": text.hold,
            "refused": refused,
            "refused_at": at,
            **decisions(story, user),
        }
        status = 400 if refused else 200
        return TemplateResponse(request, "news/admin/read.html", context, status=status).render()


def decisions(story: ArticlePage, user: User) -> dict[str, Any]:
    """At the stage where the story waits. What asks for more than a comment has a dialog."""
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
@reader_view
def comment_on_story(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    draft = story.get_latest_revision_as_object()
    with loaded(references_of(full=[draft])):
        paths = {part.path: part.key for part in parts_of(draft) if part.path}
    form = PartCommentForm(request.POST, paths=paths)
    if not form.is_valid():
        key = paths.get(request.POST.get("path", ""), "")
        return reading(request, story, user, refused=form, at=f"part-{key}")
    return back_to(comment_on(story, user, **form.cleaned_data))


@require_POST
@reader_view
def reply_to_comment(
    request: HttpRequest, story: ArticlePage, user: User, comment_pk: int
) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=comment_pk, page_id=story.pk)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return reading(request, story, user, refused=form, at=f"comment-{comment.pk}")
    reply_to(story, comment, user, form.cleaned_data["text"])
    return back_to(comment)


@require_POST
@reader_view
def resolve_comment(
    request: HttpRequest, story: ArticlePage, user: User, comment_pk: int
) -> HttpResponse:
    comment = get_object_or_404(Comment, pk=comment_pk, page_id=story.pk)
    resolve(story, comment, user)
    return back_to(comment)


def back_to(comment: Comment) -> HttpResponse:
    return redirect(f"{reverse('read_story', args=(comment.page_id,))}#comment-{comment.pk}")


@require_POST
@reader_view
def decide_on_story(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """The stage's decision, with a comment."""
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
        return reading(request, story, user, refused=form, at="decide")
    task.on_action(state, user, action, **form.cleaned_data)
    messages.success(request, _("“%(story)s”: decided.") % {"story": story.draft_title})
    return redirect("wagtailadmin_home")


@require_safe
@reader_view
def what_changed(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """With `?since=look|signed|live|<number of an edition>`."""
    text = document(story.get_latest_revision_as_object())
    since = request.GET.get("since", "look")
    earlier = earlier_text(story, user, since, text)
    if earlier is None:
        raise Http404
    known = earlier.document
    found = [] if known is None else named_differences(known, text)
    context = {"story": story, "since": since, "earlier": earlier, "differences": found}
    return TemplateResponse(request, "news/admin/changes.html", context)
