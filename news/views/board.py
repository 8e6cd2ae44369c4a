"""The board: the first screen of the admin, its live part alone, and claims."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_GET, require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from cms.ids import OneOf, id_from
from cms.models import PublicationSettings, User
from news.board.board import TITLES, Board, board_version, calendar
from news.board.unfinished import Unfinished
from news.board.visible import BoardFilter, VisibleStories
from news.desk.breaking import listed_unreviewed
from news.desk.claims import claim, release
from news.editions.errors import Refused
from news.models import ArticlePage, NewsIndexPage, SectionPage
from news.notifications.notices import unread
from news.review.access import Access
from news.review.roles import Stage
from news.views.stories import story_view

SCOPES = [("mine", _("Mine")), ("desk", _("My desk")), ("all", _("All"))]
NOTICES = 5


class Filters(forms.Form):
    scope = forms.ChoiceField(choices=SCOPES, required=False, widget=forms.HiddenInput)
    section = OneOf(
        SectionPage.objects.order_by("title"),
        label=_("Section"),
        required=False,
        empty_label=_("All sections"),
    )
    person = OneOf(
        User.objects.filter(Q(is_superuser=True) | Q(groups__isnull=False), is_active=True)
        .order_by("first_name", "last_name", "username")
        .distinct(),
        label=_("Person"),
        required=False,
        empty_label=_("Everybody"),
    )
    stage = forms.ChoiceField(
        choices=list(TITLES.items()), required=False, widget=forms.HiddenInput
    )
    p = forms.IntegerField(min_value=1, max_value=100_000, required=False, widget=forms.HiddenInput)

    def board_filter(self) -> BoardFilter:
        """A filter that makes no sense is none, and says so beside its field."""
        self.is_valid()
        data = self.cleaned_data
        section = data.get("section")
        return BoardFilter(
            scope=data.get("scope") or "desk",
            section=section.path if section else "",
            person=data.get("person"),
            column=data.get("stage") or "",
            page=(data.get("stage") and data.get("p")) or 1,
        )

    def query(self, **changes: Any) -> str:
        """The address of the same view with something else in it; `None` takes out."""
        kept = {name: value for name, value in self.data.items() if name in self.fields and value}
        new = {name: value for name, value in (kept | changes).items() if value}
        return f"?{urlencode(new)}" if new else "?"


def live_part(request: HttpRequest) -> dict[str, Any]:
    """What changes while one looks: what waits, the columns, the calendar."""
    user = cast(User, request.user)
    filters = Filters(request.GET)
    wanted = filters.board_filter()
    board = Board(user, wanted)
    zone = PublicationSettings.load().time_zone
    home = reverse("wagtailadmin_home")
    days = [] if wanted.column else calendar(board.visible, zone)
    return {
        "board": board,
        "columns": [
            {
                "column": column,
                "all": home + filters.query(stage=column.key, p=None),
                "before": home + filters.query(p=column.page - 1),
                "after": home + filters.query(p=column.page + 1),
            }
            for column in board.columns.values()
        ],
        "whole": home + filters.query(stage=None, p=None),
        "here": home + filters.query(),
        "agenda": days if any(day.entries for day in days) else [],
        "zone": zone,
        "notices": [] if wanted.column else list(unread(user)[:NOTICES]),
        "filters": filters,
        "wanted": wanted,
    }


def whole_board(request: HttpRequest) -> dict[str, Any]:
    """The live part, and around it filters, a way to a new story and who signs here."""
    context = live_part(request)
    filters, board, user = context["filters"], context["board"], cast(User, request.user)
    pressed = context["wanted"].scope
    fresh = {name: value for name, value in request.GET.items() if name in filters.fields}
    return context | {
        "scopes": [
            (filters.query(scope=key, p=None), label, key == pressed) for key, label in SCOPES
        ],
        "pulse": board_version(user),
        "live_address": f"{reverse('board')}?{urlencode({'part': 'board', **fresh})}",
        "places": places_for_a_story(board.access, filters.cleaned_data.get("section")),
        "signing": who_signs(board, user),
    }


def places_for_a_story(access: Access, section: SectionPage | None) -> list[tuple[int, str]]:
    """The section that somebody looks at, the sections of their desks, or all sections and, as the
    last, the feed itself: ids and titles.
    """
    pages = Page.objects.type(SectionPage, NewsIndexPage).order_by("-depth", "path")
    rows = list(pages.values_list("pk", "path", "title", "depth"))
    feeds = min((depth for *_row, depth in rows), default=0)
    allowed = {
        pk: gettext("%(feed)s (no section)") % {"feed": title} if depth == feeds else title
        for pk, path, title, depth in rows
        if access.may("add_page", path)
    }
    for wanted in ({section.pk} if section else set(), set(access.desks)):
        if chosen := [(pk, title) for pk, title in allowed.items() if pk in wanted]:
            return chosen
    return list(allowed.items())


def who_signs(board: Board, user: User) -> dict[str, Any] | None:
    """How many signatures a text needs, and who can give the last one: for those who set it, and
    for all where one signature is enough.
    """
    decides = user.has_perm("news.change_desksettings")
    if not decides and not board.alone:
        return None
    stages = board.stories.stages_of(Stage.PUBLICATION)
    groups = [group for stage in stages for group in stage.groups]
    signers = User.objects.filter(Q(is_superuser=True) | Q(groups__in=groups), is_active=True)
    people = list(signers.distinct().order_by("first_name", "username"))
    return {
        "alone": board.alone,
        "decides": decides,
        "invites": user.has_perm("cms.add_user"),
        "names": ", ".join(map(str, people)),
        "count": len(people),
        "only_me": [person.pk for person in people] == [user.pk],
    }


@require_GET
@condition(etag_func=lambda request: f'"{board_version(request.user)}"')
def live_board(request: HttpRequest) -> HttpResponse:
    """With `?part=board`; 304 while nothing happened on the desk."""
    if request.GET.get("part") != "board":
        return redirect("wagtailadmin_home")
    return TemplateResponse(request, "news/admin/board/live.html", live_part(request))


def is_on_the_board(user: User, story: ArticlePage) -> bool:
    asked = set(listed_unreviewed().filter(second=user).values_list("story", flat=True))
    return VisibleStories(Access.of(user), Unfinished(), BoardFilter(), asked).sees(story)


@require_POST
@story_view(is_on_the_board)
def claim_story(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    """Take a story in hand; `from` names who has it until now."""
    try:
        claim(story, user, id_from(request.POST.get("from")))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("You have “%s” in hand.") % story.draft_title)
    return back(request)


@require_POST
@story_view(is_on_the_board)
def release_story(request: HttpRequest, story: ArticlePage, user: User) -> HttpResponse:
    release(story, user)
    messages.success(request, gettext("You released “%s”.") % story.draft_title)
    return back(request)


def back(request: HttpRequest) -> HttpResponse:
    wanted = get_valid_next_url_from_request(request)
    return redirect(wanted if wanted.startswith("/") else "wagtailadmin_home")
