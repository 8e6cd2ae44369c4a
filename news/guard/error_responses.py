"""How the admin tells people why an action was refused.

Wagtail drops the sentence of a PermissionDenied and goes to its first screen.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.localization import get_localized_response
from wagtail.models import Page

from news.editions.context import publication_context
from news.editions.errors import ReasonNeeded, Refused, TextChanged
from news.review.permissions import StoryPermissionTester

GUARDED_ADDRESSES = ("/admin/", "/api/v3/")
REASON = "withdrawal_reason"
CANNOT_DELETE = gettext_lazy(
    "What readers have seen stays on record: a story that was public, a page above one and whoever"
    " stands in a byline cannot be deleted. Withdraw it with a reason instead."
)
CANNOT_PUBLISH = gettext_lazy(
    "A story becomes public by being signed: this text is not, or your role does not publish."
)
CANNOT_DECIDE = gettext_lazy("Your role does not decide that here: ask a managing editor.")

EDITOR = "wagtailadmin_pages:edit"
# What Wagtail refuses by itself: its screens by name, its actions by their words.
BY_VIEW = {
    "wagtailadmin_pages:delete": CANNOT_DELETE,
    "wagtailadmin_pages:unpublish": CANNOT_DECIDE,
    "wagtailadmin_pages:set_privacy": CANNOT_DECIDE,
    "wagtailadmin_pages:move_confirm": CANNOT_DECIDE,
}
BY_WORDS = {
    "to unpublish": CANNOT_DECIDE,
    "to publish": CANNOT_PUBLISH,
    "to delete": CANNOT_DELETE,
}


def permission_denied(stock: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """Wagtail asks for this answer outside of the language that somebody chose for the admin."""
    response: HttpResponse = get_localized_response(partial(explain_refusal, stock), request)
    return response


def explain_refusal(stock: Callable[..., HttpResponse], request: HttpRequest) -> HttpResponse:
    """Wagtail's answer, except to a refusal of ours: its sentence, and back to the editor."""
    error = sys.exc_info()[1]
    if isinstance(error, ReasonNeeded):
        return TemplateResponse(request, "news/admin/say_why.html", why_form(request, error))
    if isinstance(error, Refused):
        return redirect(back_to_the_story(request, error))
    match = request.resolver_match
    sentence = BY_VIEW.get(match.view_name) if match else None
    if sentence is None:
        if (
            match
            and match.view_name == EDITOR
            and is_read_by(request.user, match.kwargs["page_id"])
        ):
            return redirect("read_story", match.kwargs["page_id"])
        return stock(request)
    messages.error(request, str(sentence))
    return redirect("wagtailadmin_home")


def is_read_by(user: Any, page_id: int) -> bool:
    """Whether somebody who may not edit a story works on it all the same: a lawyer."""
    page = Page.objects.filter(pk=page_id, alias_of=None).first()
    tester = page.specific.permissions_for_user(user) if page else None
    return isinstance(tester, StoryPermissionTester) and tester.can_read_draft()


def reason_of(refusal: PermissionDenied) -> str:
    """The reason of a refusal, also where Wagtail gives none."""
    text = str(refusal)
    ours = next((sentence for words, sentence in BY_WORDS.items() if words in text), None)
    return str(ours or text or CANNOT_DECIDE)


def back_to_the_story(request: HttpRequest, refusal: Refused) -> str:
    buttons = []
    if isinstance(refusal, TextChanged):
        versions = (refusal.story_id, "live" if is_live(refusal.story_id) else "earliest", "latest")
        address = reverse("wagtailadmin_pages:revisions_compare", args=versions)
        buttons = [messages.button(address, gettext_lazy("Compare"))]
    messages.error(request, str(refusal), buttons=buttons)
    if refusal.story_id is None:
        return reverse("wagtailadmin_home")
    return reverse("wagtailadmin_pages:edit", args=(refusal.story_id,))


def is_live(story_id: int | None) -> bool:
    return Page.objects.filter(pk=story_id, live=True).exists()


def why_form(request: HttpRequest, refusal: ReasonNeeded) -> dict[str, Any]:
    """What was posted, to be posted again with the reason."""
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", REASON)
    ]
    return {"sentence": str(refusal), "posted": posted, "action": request.get_full_path()}


class ErrorResponses:
    """Middleware: takes the reason that somebody gave to the action that asks for one, and answers
    refusals to the admin's scripts.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not request.path.startswith(GUARDED_ADDRESSES):
            return self.get_response(request)
        in_api = request.headers.get("Withdrawal-Reason", "")
        reason = in_api or request.POST.get(REASON, "")
        if not reason.strip():
            return self.get_response(request)
        by = request.user if request.user.is_authenticated else None
        with publication_context("", reason, by):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not request.path.startswith(GUARDED_ADDRESSES):
            return None
        response: HttpResponse | None = get_localized_response(self.answer, request, exception)
        return response

    def answer(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            match = request.resolver_match
            sentence = BY_VIEW.get(match.view_name) if match else None
            asked = sentence is not None and isinstance(exception, PermissionDenied)
            return JsonResponse({"detail": str(sentence)}, status=403) if asked else None
        if isinstance(exception, ReasonNeeded):
            html = render_to_string(
                "news/admin/why_form.html", why_form(request, exception), request
            )
            return JsonResponse({"step": "set_privacy", "html": html})
        if "/workflow/" in request.path:
            redirect_url = back_to_the_story(request, exception)
            return JsonResponse({"step": "success", "redirect": redirect_url})
        refused = {"success": False, "error_code": "refused", "error_message": str(exception)}
        return JsonResponse(refused, status=403)
