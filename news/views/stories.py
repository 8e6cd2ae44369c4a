"""The story and the user of a desk view, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from cms.models import User
from news.editions.errors import Refused
from news.models import ArticlePage

View = Callable[..., HttpResponse]


def story_view(
    allowed: Callable[[User, ArticlePage], bool],
    sentence: object = "",
    *,
    to_editor: bool = False,
    **only: Any,
) -> Callable[[View], View]:
    """Call the view with the story that `pk` names, and the user, instead of `pk`.

    Who is not allowed is refused with the sentence and led to the board, or `to_editor`; without
    a sentence they get a 404. `only` narrows the stories.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def with_story(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            user = cast(User, request.user)
            story = get_object_or_404(ArticlePage, pk=pk, alias_of=None, **only)
            if allowed(user, story):
                return view(request, story, user, **kwargs)
            if not sentence:
                raise Http404
            raise Refused(str(sentence), story if to_editor else None)

        return with_story

    return decorate
