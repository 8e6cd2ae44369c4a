"""`/admin/front/<id>/`: the front page's places beside the stories that could stand there."""

from __future__ import annotations

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
from home.front.arranging import ChangedMeanwhile, arrange, may_arrange, reason_closed, state_of
from home.front.history import History
from home.front.texts import place_name
from home.models import HomePage
from home.places import PLACES, shown_at
from news.content.story import StoryQuerySet
from news.editions.errors import Refused
from news.models import ArticlePage

CANDIDATES = 30
MAX_QUERY = 200
TOOL = "home/admin/front_tool.html"


def front_pages(user: User) -> list[HomePage]:
    """Those that somebody may arrange, that of the default language first."""
    default = Locale.get_default().pk
    homes = HomePage.objects.select_related("locale").order_by("path")
    allowed = [home for home in homes if may_arrange(home, user)]
    return sorted(allowed, key=lambda home: home.locale_id != default)


def front(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    if pk is not None:
        get_object_or_404(HomePage, pk=pk)
    homes = front_pages(cast(User, request.user))
    home = next((home for home in homes if pk in (None, home.pk)), None)
    if home is None:
        raise Refused(_("The front page is arranged by managing editors."))
    if request.method == "POST":
        return act(request, home)
    if pk is None:
        return redirect("front_tool", home.pk)
    context = tool_context(request, home)
    if is_script(request):
        return TemplateResponse(request, TOOL, context)
    title = _("Front page")
    context |= {
        "homes": homes,
        "preview": home.get_url(request),
        "header_title": title,
        "header_icon": "home",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": title, "sublabel": home.locale.get_display_name()},
        ],
        "history_url": reverse("wagtailadmin_pages:history", args=(home.pk,)),
    }
    return TemplateResponse(request, "home/admin/front.html", context)


def act(request: HttpRequest, home: HomePage) -> HttpResponse:
    """A script gets the tool as it is now; without one, the browser is sent to it."""
    status = 200
    try:
        result = arrange(home.pk, cast(User, request.user), request.POST)
    except Refused as refusal:
        result, status = str(refusal), 409 if isinstance(refusal, ChangedMeanwhile) else 403
    if is_script(request):
        context = tool_context(request, HomePage.objects.get(pk=home.pk))
        context |= {"result": result, "refused": status != 200}
        return TemplateResponse(request, TOOL, context, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, result)
    address, query = reverse("front_tool", args=(home.pk,)), query_of(request)
    return redirect(f"{address}?{urlencode({'q': query})}" if query else address)


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def query_of(request: HttpRequest) -> str:
    return (request.GET.get("q") or request.POST.get("q", "")).strip()[:MAX_QUERY]


def tool_context(request: HttpRequest, home: HomePage) -> dict[str, Any]:
    query = query_of(request)
    stories = ArticlePage.objects.published().filter(language_id=home.locale_id)
    stories = stories.without_bodies().order_by("-published_at", "-pk")
    return {
        "home": home,
        "address": reverse("front_tool", args=(home.pk,)),
        "seen": state_of(home),
        "places": places_of(home, stories),
        "candidates": search(stories.filter(alias_of=None), query),
        "query": query,
        "history": History(home),
        "closed": reason_closed(home, cast(User, request.user)),
        "draft_waits": home.live and home.has_unpublished_changes,
    }


def places_of(home: HomePage, stories: StoryQuerySet) -> list[dict[str, Any]]:
    """At each place the story that was chosen and the one that is shown to readers."""
    newest = list(stories.values_list("pk", flat=True)[:PLACES])
    places = home.places
    ids = {*newest, *places}
    public = set(stories.filter(pk__in=ids).values_list("pk", flat=True))
    found: dict[int | None, ArticlePage]
    found = ArticlePage.objects.without_bodies().in_bulk(ids - {None})
    pairs = zip(places, shown_at(places, public, newest), strict=True)
    return [
        {"at": at, "name": place_name(at), "chosen": found.get(chosen), "shown": found.get(shown)}
        for at, (chosen, shown) in enumerate(pairs)
    ]


def search(stories: StoryQuerySet, query: str) -> list[ArticlePage]:
    """The first stories with all these words in their headline."""
    for word in query.split():
        stories = stories.filter(title__icontains=word)
    return list(stories[:CANDIDATES])
