"""What people may do with stories and the pages above them, where Wagtail's rules do not fit.

Wagtail hangs many rights on `publish`. Here a story becomes public by the last approval of its
review only, so `can_publish` is no for everybody and the rights that hung on it ask for the
role instead.
"""

from __future__ import annotations

from wagtail.models import PagePermissionTester


class RecordPermissionTester(PagePermissionTester):
    """What readers have seen stays on record, and so does whoever stands in a byline.

    Neither can be deleted, nor a page above them.
    """

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and not self.holds_record()

    def holds_record(self) -> bool:
        here = self.page.get_descendants(inclusive=True)
        published_stories = here.filter(
            content_type__model="articlepage", first_published_at__isnull=False
        )
        authors_of_stories = here.filter(authorpage__bylines__isnull=False)
        return published_stories.exists() or authors_of_stories.exists()

    def can_move(self) -> bool:
        """As Wagtail has it: whoever might delete, may move. Moving keeps the record."""
        return super().can_delete(ignore_bulk=True)


class StoryPermissionTester(RecordPermissionTester):
    @property
    def is_publisher(self) -> bool:
        """Managing editors: they hold Wagtail's `publish` right here, or every right."""
        if not self.user.is_active:
            return False
        return self.user.is_superuser or "publish" in self.permissions

    def can_publish(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return self.is_publisher

    def can_unschedule(self) -> bool:
        return self.is_publisher

    def can_edit(self) -> bool:
        return super().can_edit() or (self.user.is_active and self.is_named())

    def is_named(self) -> bool:
        """A colleague in the byline or in "Shared with", on a story in a place where they write."""
        if "add" not in self.permissions:
            return False
        draft = self.page.get_latest_revision_as_object()
        if any(user.pk == self.user.pk for user in draft.shared_with.all()):
            return True
        return any(byline.author.user_id == self.user.pk for byline in draft.bylines.all())


class ListingPermissionTester(RecordPermissionTester):
    """Nothing is created and published in one go under a listing: what stands there is a story."""

    def can_publish_subpage(self) -> bool:
        return False

    def can_submit_for_moderation(self) -> bool:
        return False
