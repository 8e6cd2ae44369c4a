"""`/admin/front/<id>/`: the front page's places beside the stories that could stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.models import Locale

from cms.models import User
from home.front.arranging import ChangedMeanwhile, arrange, may_arrange, seen, why_closed
from home.front.history import history_of
from home.front.words import name_of, names, sentence
from home.models import HomePage
from home.places import PLACES, filled
from news.content.story import StoryQuerySet
from news.editions.errors import Refused
from news.models import ArticlePage

CANDIDATES = 30
MAX_QUERY = 200


@dataclass(frozen=True)
class Place:
    """One row of the tool: who was chosen, and whom readers see there."""

    at: int
    name: str
    chosen: ArticlePage | None
    shown: ArticlePage | None

    @property
    def is_first(self) -> bool:
        return self.at == 0

    @property
    def is_last(self) -> bool:
        return self.at == PLACES - 1


@dataclass(frozen=True)
class Candidate:
    story: ArticlePage
    stands: str
    places: list[tuple[int, str, bool]]


def front_pages(user: User) -> list[HomePage]:
    """The front pages that somebody may arrange, that of the default language first."""
    default = Locale.get_default().pk
    homes = HomePage.objects.select_related("locale").order_by("path")
    allowed = [home for home in homes if may_arrange(home, user)]
    return sorted(allowed, key=lambda home: home.locale_id != default)


def front(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    user = cast(User, request.user)
    if pk is not None:
        get_object_or_404(HomePage, pk=pk)
    homes = front_pages(user)
    home = next((home for home in homes if pk in (None, home.pk)), None)
    if home is None:
        raise Refused(_("The front page is arranged by managing editors."))
    if pk is None and request.method != "POST":
        return redirect("front_tool", home.pk)
    if request.method == "POST":
        return act(request, home, homes)
    return show(request, home, homes)


def act(request: HttpRequest, home: HomePage, homes: Sequence[HomePage]) -> HttpResponse:
    """A script gets the tool as it is now; without one, the browser is sent to it."""
    user, status = cast(User, request.user), 200
    try:
        said = arrange(home.pk, user, request.POST)
    except Refused as refusal:
        said, status = str(refusal), 409 if isinstance(refusal, ChangedMeanwhile) else 403
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        fresh = HomePage.objects.select_related("locale").get(pk=home.pk)
        return show(request, fresh, homes, said=said, status=status)
    tell = messages.success if status == 200 else messages.error
    tell(request, said)
    query = request.POST.get("q", "")[:MAX_QUERY]
    address = reverse("front_tool", args=(home.pk,))
    return redirect(f"{address}?{urlencode({'q': query})}" if query else address)


def show(
    request: HttpRequest,
    home: HomePage,
    homes: Sequence[HomePage],
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    query = (request.GET.get("q") or request.POST.get("q", "")).strip()[:MAX_QUERY]
    stories = ArticlePage.objects.published().without_bodies().filter(language_id=home.locale_id)
    newest = stories.order_by("-published_at", "-pk")
    closed = why_closed(home, cast(User, request.user))
    context = {
        "home": home,
        "address": reverse("front_tool", args=(home.pk,)),
        "seen": seen(home),
        "places": places_of(home, stories, list(newest[:PLACES])),
        "candidates": candidates(home, search(newest.filter(alias_of=None), query)),
        "query": query,
        "history": (history := history_of(home)),
        "emptied": sentence(history.emptied.data) if history.emptied else "",
        "closed": closed,
        "draft_waits": home.live and home.has_unpublished_changes,
        "said": said,
        "refused": status != 200,
    }
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return TemplateResponse(request, "home/admin/front_tool.html", context, status=status)
    context |= {
        "homes": homes,
        "preview": home.get_url(request),
        "header_title": _("Front page"),
        "header_icon": "home",
        "breadcrumbs_items": breadcrumbs(home),
        "history_url": reverse("wagtailadmin_pages:history", args=(home.pk,)),
    }
    return TemplateResponse(request, "home/admin/front.html", context)


def breadcrumbs(home: HomePage) -> list[dict[str, Any]]:
    return [
        {"url": reverse("wagtailadmin_home"), "label": _("Home")},
        {"url": "", "label": _("Front page"), "sublabel": home.locale.get_display_name()},
    ]


def places_of(home: HomePage, stories: StoryQuerySet, newest: Sequence[ArticlePage]) -> list[Place]:
    ids = {pk for pk in home.places if pk is not None}
    chosen = ArticlePage.objects.without_bodies().in_bulk(ids)
    public = stories.in_bulk(ids)
    shown = filled(home.places, public, [(story.pk, story) for story in newest])
    return [
        Place(at, name_of(at), chosen.get(pk) if pk else None, story)
        for at, (pk, story) in enumerate(zip(home.places, shown, strict=True))
    ]


def search(newest: StoryQuerySet, query: str) -> list[ArticlePage]:
    """The newest stories with all these words in their headline."""
    for word in query.split():
        newest = newest.filter(title__icontains=word)
    return list(newest[:CANDIDATES])


def candidates(home: HomePage, stories: Sequence[ArticlePage]) -> list[Candidate]:
    stand = {pk: at for at, pk in enumerate(home.places) if pk is not None}
    return [
        Candidate(
            story,
            name_of(stand[story.pk]) if story.pk in stand else "",
            [(at, name, stand.get(story.pk) == at) for at, name in enumerate(names())],
        )
        for story in stories
    ]
