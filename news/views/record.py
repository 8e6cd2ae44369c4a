"""The record of a story on the screen, and its export."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import TaskState

from cms.models import User
from news.desk.record import record_of
from news.desk.record_export import record_as_csv, record_as_json
from news.editions.differences import named_differences
from news.editions.errors import Refused
from news.editions.models import Edition
from news.models import ArticlePage
from news.review.permissions import is_editor
from news.review.roles import Stage
from news.review.stages import ReviewTask


def may_read_record(user: User, story: ArticlePage) -> bool:
    """Whoever may edit the story, editors of its section, administrators, and lawyers to whom
    it came.
    """
    if not user.is_active:
        return False
    if user.has_perm("news.change_desksettings") or is_editor(user, story):
        return True
    return story.permissions_for_user(user).can_edit() or had_it_as_a_lawyer(user, story)


def had_it_as_a_lawyer(user: User, story: ArticlePage) -> bool:
    legal = ReviewTask.objects.filter(stage=Stage.LEGAL, groups__user=user)
    states = TaskState.objects.for_instance(story).filter(task__in=legal.values("pk"))
    return states.exclude(status=TaskState.STATUS_SKIPPED).exists()


def story_on_record(pk: int, user: User) -> ArticlePage:
    """Raises Refused for whom the record is not. 404 for what is no story."""
    story = get_object_or_404(ArticlePage, pk=pk, alias_of=None)
    if not may_read_record(user, story):
        sentence = _("The record of a story is for its writers, its reviewers and its editors.")
        raise Refused(sentence)
    return story


@never_cache
@require_safe
def story_record(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/record/`; `?format=csv` or `?format=json` gives it as a file."""
    story = story_on_record(pk, cast(User, request.user))
    kind = request.GET.get("format", "")
    entries = record_of(story, documents=kind == "json")
    if kind not in ("csv", "json"):
        context = {"story": story, "entries": entries[::-1]}
        return TemplateResponse(request, "news/admin/record.html", context)
    name = {"Content-Disposition": f'attachment; filename="record-{story.pk}.{kind}"'}
    if kind == "csv":
        return HttpResponse(record_as_csv(entries), "text/csv; charset=utf-8", headers=name)
    data = record_as_json(story, entries, timezone.now())
    return JsonResponse(data, headers=name, json_dumps_params={"ensure_ascii": False, "indent": 1})


@never_cache
@require_safe
def edition_changes(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """`/admin/stories/<id>/record/<number>/`: an edition beside the one before it."""
    story = story_on_record(pk, cast(User, request.user))
    newest = list(Edition.objects.filter(story=story, number__in=(number - 1, number)))
    by_number = {edition.number: edition for edition in newest}
    if number not in by_number:
        raise Http404
    before = by_number[number - 1].document if number - 1 in by_number else {}
    context = {
        "story": story,
        "edition": by_number[number],
        "differences": named_differences(before, by_number[number].document),
    }
    return TemplateResponse(request, "news/admin/edition_changes.html", context)
