"""The stages of review, and how many people a text needs."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState, WorkflowState

from cms.models import User
from news.desk.locks import ReviewLock
from news.desk.passage import passage, through
from news.desk.permissions import signs_alone
from news.desk.refusals import Refused
from news.desk.rules import holds, is_editor, obstacle
from news.desk.signatures import contributors, sign, writers
from news.desk.signing import sign_for_publication
from news.forms import ReturnForm, SignForm
from news.kinds import Door, Role


@register_setting(icon="group", order=110)
class DeskSettings(BaseGenericSetting):
    signatures = models.PositiveSmallIntegerField(
        _("signatures"),
        choices=[(1, _("1: the writer may also be the one who signs")), (2, _("2: two people"))],
        default=2,
        help_text=_("How many people must stand behind a text before it is published."),
    )

    breaking_minutes = models.PositiveSmallIntegerField(
        _("breaking news: minutes of the label"),
        default=120,
        help_text=_("How long readers see “Breaking” unless it is reviewed before."),
    )
    review_minutes = models.PositiveSmallIntegerField(
        _("breaking news: minutes until its review is late"),
        default=60,
        help_text=_("Then managing editors and administrators are told, once."),
    )
    most_unreviewed = models.PositiveSmallIntegerField(
        _("breaking news: most stories unreviewed"),
        default=3,
        help_text=_("Beyond, a managing editor has to override it with a reason."),
    )

    panels = [
        FieldPanel("signatures"),
        FieldPanel("breaking_minutes"),
        FieldPanel("review_minutes"),
        FieldPanel("most_unreviewed"),
    ]

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
    Stage.LEGAL: pgettext_lazy("legal review", "Clear"),
    Stage.PUBLICATION: _("Sign"),  # Wagtail adds "and Publish" to the last stage
}


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
        return user.pk not in self.own_work(page)

    def own_work(self, page: Page) -> set[int]:
        """Ids of who may not approve here: nobody passes on their own story, and nobody gives
        the last word on text they touched, unless one signature is enough.
        """
        if signs_alone():
            return set()
        draft = page.specific.get_latest_revision_as_object()
        return contributors(draft) if self.stage == Stage.PUBLICATION else writers(draft)

    def is_held_by(self, user: User, page: Page) -> bool:
        """Whether the stage is the user's here.

        Where the holders of the last one worked on the text, an editor of the section may sign.
        """
        if holds(user, self, page):
            return True
        if self.stage != Stage.PUBLICATION or not is_editor(user, page):
            return False
        draft = page.specific.get_latest_revision_as_object()
        people = User.objects.filter(pk__in=contributors(draft))
        return any(holds(person, self, page) for person in people)

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
        """Out: where whoever decided goes on, empty where the door is free to say so."""
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
        outer = passage()
        with through((outer and outer.door) or Door.REVIEW, by=user):
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
        return holds(user, self, page)

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> models.QuerySet:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if self.is_held_by(user, state.workflow_state.content_object)
        ]
        return waiting.filter(pk__in=mine)
