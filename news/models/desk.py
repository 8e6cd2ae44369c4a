"""The stages of review, and how many people a text needs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from cms.models import User
from news.desk.rules import contributors, holds, obstacle, writers
from news.forms import ReturnForm


@register_setting(icon="group", order=110)
class DeskSettings(BaseGenericSetting):
    signatures = models.PositiveSmallIntegerField(
        _("signatures"),
        choices=[(1, _("1: the writer may also be the one who signs")), (2, _("2: two people"))],
        default=2,
        help_text=_("How many people must stand behind a text before it is published."),
    )

    panels = [FieldPanel("signatures")]

    class Meta:
        verbose_name = _("desk settings")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Stage(models.TextChoices):
    DESK = "desk", _("Desk review")
    LEGAL = "legal", _("Legal review")
    PUBLICATION = "publication", _("Publication")


APPROVE = {
    Stage.DESK: _("Pass on"),
    Stage.LEGAL: _("Clear"),
    Stage.PUBLICATION: _("Sign"),  # Wagtail adds "and Publish" to the last stage
}


class ReviewTask(AbstractGroupApprovalTask):
    """A stage of the workflow. Its approval needs a role, not Wagtail's `publish` right."""

    stage = models.CharField(_("stage"), max_length=16, choices=Stage)

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
        """Begin the stage; the legal one passes at once where the story is not flagged."""
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

    def may_approve(self, page: Page, user: User) -> bool:
        """Nobody passes on their own story, and nobody gives the last word on text they touched.

        Unless the newsroom has decided that one signature is enough.
        """
        if DeskSettings.load().signatures == 1:
            return True
        own = contributors(page) if self.stage == Stage.PUBLICATION else writers(page)
        return user.pk not in own

    def get_actions(self, page: Page, user: User) -> list[tuple[str, str, bool]]:
        if not holds(user, self, page):
            return []
        actions = [("reject", gettext("Return with comments"), True)]
        if self.may_approve(page, user):
            approve = str(APPROVE[Stage(self.stage)])
            with_comment = gettext("With a comment: %(action)s") % {"action": approve}
            actions += [("approve", approve, False), ("approve", with_comment, True)]
        return actions

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        page = task_state.workflow_state.content_object.specific
        if action_name not in {name for name, *_rest in self.get_actions(page, user)}:
            raise PermissionDenied(
                gettext("Somebody else has to decide on this story at this stage.")
            )
        draft = page.get_latest_revision_as_object()
        if action_name == "approve" and (sentence := obstacle(draft)):
            raise PermissionDenied(sentence)
        super().on_action(task_state, user, action_name, **kwargs)

    def get_form_for_action(self, action: str) -> type:
        return ReturnForm if action == "reject" else super().get_form_for_action(action)

    def user_can_access_editor(self, page: Page, user: User) -> bool:
        return holds(user, self, page)

    @property
    def text_stands_still(self) -> bool:
        """A lawyer reads and comments; the form refuses everything else."""
        return self.stage == Stage.LEGAL

    def locked_for_user(self, page: Page, user: User) -> bool:
        return not holds(user, self, page)

    def user_can_lock(self, page: Page, user: User) -> bool:
        return holds(user, self, page)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if holds(user, self, state.workflow_state.content_object)
        ]
        return waiting.filter(pk__in=mine)
