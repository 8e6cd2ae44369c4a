"""What the story's editor offers and says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.models import User
from news.desk.guard import why_not_published
from news.links import PublicPageLinkHandler
from news.models import (
    ArticlePage,
    ReviewTask,
)


@hooks.register("register_rich_text_features", order=10)
def link_to_public_pages_only(features: FeatureRegistry) -> None:
    features.register_link_type(PublicPageLinkHandler)


@hooks.register("construct_page_action_menu")
def offer_review_for_stories_only(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """On the form of a new page Wagtail asks the parent only, whatever is being created."""
    match = request.resolver_match
    creating = match.kwargs.get("content_type_model_name") if match else None
    if creating and creating != ArticlePage._meta.model_name:
        items[:] = [item for item in items if item.name != "action-submit"]


@hooks.register("before_edit_page")
def say_who_else_decides(request: HttpRequest, page: Page) -> None:
    """Whoever holds a stage and may not approve there is told why."""
    task, user = page.current_workflow_task, request.user
    if not isinstance(task, ReviewTask) or not isinstance(user, User):
        return
    if task.is_held_by(user, page) and not task.may_approve(page, user):
        messages.info(
            request,
            _("You wrote or changed this text, so somebody else has to approve it at this stage."),
        )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_why_not_published(request: HttpRequest, page: Page) -> None:
    """Whoever asked to publish, and may not yet, finds the text saved as a draft."""
    if not isinstance(page, ArticlePage) or "action-publish" not in request.POST:
        return
    story = ArticlePage.objects.get(pk=page.pk)
    if not story.permissions_for_user(request.user).can_publish():
        messages.error(request, why_not_published(story))
