"""What changed in a story since somebody knew it."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.ids import id_from
from cms.models import User
from news.desk.last_read import EarlierText, edition_text, last_signed, live_text, since_last_read
from news.editions.differences import named_differences
from news.editions.document import document
from news.models import ArticlePage
from news.views.reading import story_to_read


@require_safe
def what_changed(request: HttpRequest, pk: int) -> HttpResponse:
    """`/admin/stories/<id>/changes/?since=look|signed|live|<number of an edition>`"""
    user = cast(User, request.user)
    story = story_to_read(pk, user)
    text = document(story.get_latest_revision_as_object())
    since = request.GET.get("since", "look")
    earlier = earlier_text(story, user, since, text)
    found = []
    if earlier.document is not None:
        found = named_differences(earlier.document, text)
    context = {"story": story, "since": since, "earlier": earlier, "differences": found}
    return TemplateResponse(request, "news/admin/changes.html", context)


def earlier_text(
    story: ArticlePage, user: User, since: str, text: dict[str, object]
) -> EarlierText:
    """404 for what is no text of this story."""
    if since == "look":
        return since_last_read(story, user, text)
    if since == "signed":
        return last_signed(story, user)
    if since == "live":
        return live_text(story)
    earlier = edition_text(story, id_from(since) or 0)
    if earlier is None:
        raise Http404
    return earlier
