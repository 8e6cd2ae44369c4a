"""The record of a story on the screen, and its export."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.models import TaskState

from cms.models import User
from news.desk.record import record_as_csv, record_as_json, record_of
from news.editions.differences import named_differences
from news.editions.models import Edition
from news.models import ArticlePage
from news.review.permissions import is_editor
from news.review.roles import Stage
from news.review.stages import ReviewTask
from news.views.stories import story_view


def may_read_record(user: User, story: ArticlePage) -> bool:
    """Who may edit it, editors of its section, administrators, and lawyers to whom it came."""
    if not user.is_active:
        return False
    if user.has_perm("news.change_desksettings") or is_editor(user, story):
        return True
    if story.permissions_for_user(user).can_edit():
        return True
    legal = ReviewTask.objects.filter(stage=Stage.LEGAL, groups__user=user)
    states = TaskState.objects.for_instance(story).filter(task__in=legal.values("pk"))
    return states.exclude(status=TaskState.STATUS_SKIPPED).exists()


looking_up = story_view(
    may_read_record, _("The record of a story is for its writers, its reviewers and its editors.")
)


@never_cache
@require_safe
@looking_up
def story_record(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """With `?format=csv` or `?format=json` as a file."""
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
@looking_up
def edition_changes(
    request: HttpRequest, story: ArticlePage, user: User, number: int
) -> HttpResponse:
    """An edition beside the one before it."""
    rows = Edition.objects.filter(story=story, number__in=(number - 1, number))
    editions = {edition.number: edition for edition in rows}
    if number not in editions:
        raise Http404
    before = editions[number - 1].document if number - 1 in editions else {}
    context = {
        "story": story,
        "edition": editions[number],
        "differences": named_differences(before, editions[number].document),
    }
    return TemplateResponse(request, "news/admin/edition_changes.html", context)
