"""The stages of review."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from cms.changes.registry import not_shared
from cms.models import User
from news.editions.choices import Channel, Role
from news.editions.context import current_context, publication_context
from news.editions.errors import Refused
from news.editions.settings import signs_alone
from news.editions.signatures import Work, sign
from news.review.access import Access, StageHolders, access_of, may_approve
from news.review.forms import ReturnForm, SignForm
from news.review.roles import Stage
from news.review.signing import obstacle, sign_for_publication


class ReviewLock(WorkflowLock):
    def get_message(self, user: User) -> SafeString | None:
        """Why the text stands still, and the way to where it is read and commented on."""
        if not self.for_user(user):
            return None
        stage = gettext("This story waits at “%(stage)s”.") % {"stage": self.task.name}
        return format_html(
            '{} {} <span class="buttons"><a class="button button-small button-secondary" href="{}">'
            "{}</a></span>",
            stage,
            gettext("Until its reviewers have decided it is read and commented on, not changed."),
            reverse("read_story", args=(self.object.pk,)),
            gettext("Read and comment"),
        )


APPROVE = {
    Stage.DESK: _("Pass on"),
    Stage.LEGAL: pgettext_lazy("legal review", "Clear"),
    Stage.PUBLICATION: _("Sign"),  # Wagtail adds "and Publish" to the last stage
}


@not_shared("readers see nothing of it")
class ReviewTask(AbstractGroupApprovalTask):
    """A stage of the workflow. Its approval needs a role, not Wagtail's `publish` right."""

    stage = models.CharField(_("stage"), max_length=16, choices=Stage)

    lock_class = ReviewLock
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "stage"]

    class Meta:
        verbose_name = _("review stage")
        verbose_name_plural = _("review stages")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "A stage of the newsroom's review: desk, legal (when flagged) or publication"
        )

    def start(self, workflow_state: WorkflowState, user: User | None = None) -> TaskState:
        """The legal stage passes at once where the story is not flagged."""
        story = workflow_state.content_object.get_latest_revision_as_object()
        if self.stage != Stage.LEGAL or getattr(story, "needs_legal_review", True):
            return super().start(workflow_state, user=user)
        return TaskState.objects.create(
            workflow_state=workflow_state,
            revision=story.get_latest_revision(),
            task=self,
            status=TaskState.STATUS_SKIPPED,
            finished_at=timezone.now(),
        )

    @cached_property
    def holders(self) -> StageHolders:
        return stage_holders(pk=self.pk)[self.pk]

    def may_approve(self, page: Page, user: User) -> bool:
        return may_approve(user.pk, self.stage, self.work_on(page), alone=signs_alone())

    def work_on(self, page: Page) -> Work:
        return Work(page.specific.get_latest_revision_as_object())

    def is_held_by(self, user: User, page: Page) -> bool:
        """Whether the stage is the user's here, their own or as a stand-in."""
        return Access.of(user).decides(
            self.holders, page.path, lambda: access_of(self.work_on(page).contributors).values()
        )

    def get_actions(self, page: Page, user: User) -> list[tuple[str, str, bool]]:
        if not self.is_held_by(user, page):
            return []
        actions = [("reject", gettext("Return with comments"), True)]
        if self.may_approve(page, user):
            approve = str(APPROVE[Stage(self.stage)])
            if self.stage == Stage.PUBLICATION:
                return [*actions, ("approve", approve, True)]
            with_comment = gettext("With a comment: %(action)s") % {"action": approve}
            actions += [("approve", approve, False), ("approve", with_comment, True)]
        return actions

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> str:
        """The address where whoever decided goes on; empty where the caller decides."""
        page = task_state.workflow_state.content_object.specific
        if action_name not in {name for name, *_rest in self.get_actions(page, user)}:
            raise Refused(gettext("Somebody else has to decide on this story at this stage."), page)
        draft = page.get_latest_revision_as_object()
        if action_name == "approve" and (sentence := obstacle(draft)):
            raise Refused(sentence, page)
        if action_name == "approve" and self.stage == Stage.PUBLICATION:
            sign_for_publication(page, user, kwargs)
        if action_name == "reject":
            sign(draft, user, Role.RETURN)
        outer = current_context()
        with publication_context((outer and outer.channel) or Channel.REVIEW, by=user):
            super().on_action(task_state, user, action_name, comment=kwargs.get("comment", ""))
        after = type(page).objects.get(pk=page.pk)
        return "" if after.permissions_for_user(user).can_edit() else reverse("wagtailadmin_home")

    def get_form_for_action(self, action: str) -> type:
        if action == "reject":
            return ReturnForm
        if self.stage == Stage.PUBLICATION:
            return SignForm
        return super().get_form_for_action(action)

    def get_template_for_action(self, action: str) -> str:
        signs = action == "approve" and self.stage == Stage.PUBLICATION
        return "news/admin/sign.html" if signs else ""

    def user_can_access_editor(self, page: Page, user: User) -> bool:
        return self.is_held_by(user, page)

    def locked_for_user(self, page: Page, user: User) -> bool:
        """A lawyer reads and comments: until they have decided the text stands still."""
        return self.stage == Stage.LEGAL or not self.is_held_by(user, page)

    def user_can_lock(self, page: Page, user: User) -> bool:
        return Access.of(user).holds(self.holders, page.path)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if self.is_held_by(user, state.workflow_state.content_object)
        ]
        return waiting.filter(pk__in=mine)


def stage_holders(**only: Any) -> dict[int, StageHolders]:
    """The stages by id, narrowed as a queryset is: one query."""
    stages: dict[int, StageHolders] = {}
    tasks = ReviewTask.objects.filter(**only).order_by("pk")
    path_of_group = "groups__page_permissions__page__path"
    rows = tasks.values_list("pk", "stage", "name", "groups", "groups__name", path_of_group)
    for pk, stage, name, group, group_name, path in rows.distinct():
        holders = stages.setdefault(pk, StageHolders(pk, stage, name))
        if group is not None:
            holders.group_names[group] = group_name
            holders.groups.setdefault(group, set()).update([path] if path else [])
    return stages


def writers_sign_by_submitting(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """The first of the two names on a text."""
    task = instance.task.specific
    if isinstance(task, ReviewTask) and task.stage == Stage.DESK and user is not None:
        story = instance.workflow_state.content_object
        sign(story.get_latest_revision_as_object(), user, Role.WRITER)
