"""What changed in a story since somebody knew it."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.models import User
from news.desk.looks import Earlier, before_last_look, edition_text, last_signed, live_text
from news.desk.screens.reading import story_to_read
from news.document import document
from news.models import ArticlePage
from news.named import named_differences


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


def earlier_text(story: ArticlePage, user: User, since: str, text: dict[str, object]) -> Earlier:
    """404 for what is no text of this story."""
    if since == "look":
        return before_last_look(story, user, text)
    if since == "signed":
        return last_signed(story, user)
    if since == "live":
        return live_text(story)
    number = int(since) if since.isascii() and since.isdecimal() and len(since) < 9 else 0
    earlier = edition_text(story, number)
    if earlier is None:
        raise Http404
    return earlier
