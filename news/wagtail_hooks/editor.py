"""What the story's editor offers and says."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, CancelWorkflowMenuItem
from wagtail.admin.rich_text.editors.draftail.features import PluginFeature
from wagtail.models import Page
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.models import User
from news.blocks.links import PublicPageLinkHandler
from news.editions.settings import signs_alone
from news.editions.signatures import held_sentence, hold_on
from news.editor.advice import ADD, stories_in
from news.guard.actions import why_not_published
from news.models import ArticlePage
from news.review.permissions import is_editor
from news.review.roles import Stage
from news.review.stages import ReviewTask


@hooks.register("register_rich_text_features", order=10)
def public_links_and_clean_paste(features: FeatureRegistry) -> None:
    """Of what is pasted, words, headings, lists and links stay: see `clean-paste.js`."""
    features.register_link_type(PublicPageLinkHandler)
    plugin = PluginFeature({"type": "clean-paste"}, js=["news/js/clean-paste.js"])
    features.register_editor_plugin("draftail", "clean-paste", plugin)


@hooks.register("construct_page_action_menu")
def put_the_next_step_first(
    items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]
) -> None:
    """A story saves itself: the button does what comes next, the menu beside it the rest.

    Only stories are reviewed: for a new page Wagtail asks the parent, whatever is being created.
    """
    for item in items:
        if isinstance(item, CancelWorkflowMenuItem):
            item.label = _("Withdraw from review")
    creates, match = context["view"] == "create", request.resolver_match
    if creates and match:
        is_story = match.kwargs["content_type_model_name"] == ArticlePage._meta.model_name
    else:
        is_story = isinstance(context.get("page"), ArticlePage)
    if not is_story:
        if creates:
            items[:] = [item for item in items if item.name != "action-submit"]
        return
    publishes_now = not creates or signs_alone()
    steps = ["approve", *(["action-publish"] if publishes_now else []), "action-submit"]
    found = [item for step in steps for item in items if item.name == step]
    for item in found[:1]:
        items.remove(item)
        items.insert(0, item)


class BreakingMenuItem(ActionMenuItem):
    """For a text that nobody has signed: public now, read by a second person afterwards."""

    name = "action-breaking"
    label = gettext_lazy("Publish as breaking news")
    icon_name = "warning"

    def is_shown(self, context: dict[str, Any]) -> bool:
        story = context.get("page")
        if not isinstance(story, ArticlePage) or context["locked_for_user"] or story.alias_of_id:
            return False
        tester = story.permissions_for_user(context["request"].user)
        return tester.is_publisher and story.has_unpublished_changes and not tester.is_signed()

    def get_url(self, context: dict[str, Any]) -> str:
        return reverse("publish_breaking", args=(context["page"].pk,))


@hooks.register("register_page_action_menu_item")
def breaking_news() -> ActionMenuItem:
    return BreakingMenuItem(order=70)


@hooks.register("before_edit_page")
def say_where_it_stands(request: HttpRequest, page: Page) -> None:
    """That a story is held, why it was returned, and why who holds a stage may not approve."""
    if not isinstance(page, ArticlePage):
        return
    if request.method == "GET":
        if hold := hold_on(page.pk):
            messages.warning(request, held_sentence(hold))
        state = page.current_workflow_state
        if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
            task_state = state.current_task_state
            facts = {"name": task_state.finished_by, "reason": task_state.comment}
            messages.warning(request, _("%(name)s returned it: %(reason)s") % facts)
    task, user = page.current_workflow_task, cast(User, request.user)
    if not isinstance(task, ReviewTask) or not task.is_held_by(user, page):
        return
    if not task.may_approve(page, user):
        who = _("You wrote or changed this text, so somebody else has to approve it at this stage.")
        messages.info(request, who)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def say_why_not_published(request: HttpRequest, page: Page) -> None:
    """The text is saved as a draft."""
    if not isinstance(page, ArticlePage) or "action-publish" not in request.POST:
        return
    story = ArticlePage.objects.get(pk=page.pk)
    if not story.permissions_for_user(request.user).can_publish():
        messages.error(request, why_not_published(story))


@hooks.register("after_edit_page")
def say_what_was_added(request: HttpRequest, page: Page) -> None:
    asked = request.POST.get(ADD, "")
    if not asked or not isinstance(page, ArticlePage):
        return
    ids = [pk for pk in stories_in(page.body) if str(pk) == asked]
    if added := ArticlePage.objects.filter(pk__in=ids).first():
        messages.success(request, _("“%s” stands at the end of the story now.") % added.title)
    else:
        messages.warning(request, _("Your text is saved. The other story is not public any more."))


@hooks.register("before_edit_page")
def a_lawyer_reads(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who comes to clear a story, and never edits one, finds text and decision on one page."""
    task, user = page.current_workflow_task, cast(User, request.user)
    if not isinstance(task, ReviewTask) or task.stage != Stage.LEGAL:
        return None
    if is_editor(user, page) or page.owner_id == user.pk or not task.is_held_by(user, page):
        return None
    if page.permissions_for_user(user).is_named():
        return None
    return redirect("read_story", page.pk)
