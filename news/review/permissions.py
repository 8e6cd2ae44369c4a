"""What people may do with stories and the pages above them, where Wagtail's rules do not fit.

Wagtail hangs many rights on `publish`. Here a story becomes public by signatures, so `can_publish`
asks for them and the rights that hung on it ask for the role instead.
"""

from __future__ import annotations

from wagtail.models import Page, PagePermissionTester, Revision

from cms.models import User
from news.editions.choices import Role
from news.editions.settings import signs_alone
from news.editions.signatures import signed_text
from news.review.access import Access
from news.review.stages import ReviewTask


class RecordPermissionTester(PagePermissionTester):
    """What readers have seen stays on record, and so does whoever stands in a byline.

    Neither can be deleted, nor a page above them. An alias can: it is no story of its own.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self.holds_record()

    def holds_record(self) -> bool:
        here = self.page.get_descendants(inclusive=True)
        stories = here.filter(content_type__model="articlepage", alias_of=None)
        published = stories.filter(first_published_at__isnull=False)
        return published.exists() or here.filter(authorpage__bylines__isnull=False).exists()

    def can_move(self) -> bool:
        """As Wagtail has it: whoever might delete, may move. Moving keeps the record."""
        return super().can_delete(ignore_bulk=True)


class StoryPermissionTester(RecordPermissionTester):
    @property
    def is_publisher(self) -> bool:
        """Managing editors: they hold Wagtail's `publish` right here, or every right."""
        return self.user.is_active and has_right(self, "publish")

    def can_publish(self) -> bool:
        """Where one signature is enough, publishing is signing; else the text must be signed."""
        if not self.is_publisher or not self.page.pk:
            return False
        return signs_alone() or self.is_signed()

    def is_signed(self) -> bool:
        """Also where the text is public already: its expiry, say, needs no signature."""
        story = self.page.specific
        if not story.signature_set.filter(role=Role.SIGNER).exists():
            return False
        text = signed_text(story.get_latest_revision_as_object())
        return text.is_public or not text.missing

    def can_fix_live_text(self) -> bool:
        """Editors of the section and above. A schedule does not lock the text that is public."""
        return self.user.is_active and self.page.live and has_right(self, "change")

    def can_set_view_restrictions(self) -> bool:
        return self.is_publisher

    def can_unschedule(self) -> bool:
        return self.is_publisher

    def can_edit(self) -> bool:
        return super().can_edit() or (self.user.is_active and self.is_named())

    def can_read_draft(self) -> bool:
        """Whoever writes or edits the story or reviews it now; who has reviewed it reads on."""
        if not self.user.is_active:
            return False
        if has_right(self, "change") or has_right(self, "publish"):
            return True
        if self.page.owner_id == self.user.pk or self.is_named():
            return True
        task = self.page.current_workflow_task
        if task is not None and task.user_can_access_editor(self.page, self.user):
            return True
        decided = ReviewTask.objects.filter(
            task_states__workflow_state__in=self.page.workflow_states.all(),
            task_states__finished_by=self.user,
        )
        access = Access.of(self.user)
        return any(access.holds(stage.holders, self.page.path) for stage in decided.distinct())

    def is_named(self) -> bool:
        """A colleague in the byline or in "Shared with", on a story in a place where they write."""
        if "add" not in self.permissions:
            return False
        draft = self.page.get_latest_revision_as_object()
        if any(user.pk == self.user.pk for user in draft.shared_with.all()):
            return True
        return any(byline.author.user_id == self.user.pk for byline in draft.bylines.all())


class ListingPermissionTester(RecordPermissionTester):
    """Under a listing stand stories: created and published in one go only by who signs alone."""

    def can_publish_subpage(self) -> bool:
        return signs_alone() and super().can_publish_subpage()

    def can_submit_for_moderation(self) -> bool:
        return False


def has_right(tester: PagePermissionTester, right: str) -> bool:
    """`right` such as `change`: a superuser has each."""
    user = tester.user
    return user.is_superuser or (user.is_active and right in tester.permissions)


def is_editor(user: User, page: Page) -> bool:
    """Whether the user edits other people's stories here: Editors of the section, and above."""
    return has_right(page.permissions_for_user(user), "change")


def may_place_alias(user: User, place: Page) -> bool:
    """Whether the user may show a story in a second section: a managing editor there."""
    return has_right(place.permissions_for_user(user), "publish")


def is_unlocked(page: Page, user: User) -> bool:
    """Whether the text is open to this person now. Saving asks again."""
    lock = page.get_lock()
    return not (lock and lock.for_user(user))


def keep_the_legal_flag(draft: Page, before: Revision | None, user: User | None) -> None:
    """Who may not edit other people's stories may ask for a lawyer, not send one away."""
    flagged = before is not None and before.content.get("needs_legal_review")
    if flagged and user is not None and not is_editor(user, draft):
        draft.needs_legal_review = True
