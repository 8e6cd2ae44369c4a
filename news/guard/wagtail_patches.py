"""Every attribute of Wagtail that `news` replaces: what, why, and which test fails without it.
`cms/wagtail_patches.py` is the table of `cms`.
"""

from __future__ import annotations

from typing import Any

from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin import auth, signal_handlers
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.admin.views.pages.edit import EditView

from cms.patches import Patch, around, instead
from news.guard import actions
from news.guard.error_responses import permission_denied


def notify_nobody(*args: Any) -> None:
    """The desk tells people itself (`news/notifications`): nobody gets two mails."""


PATCHES = [
    Patch(
        PublishPageRevisionAction,
        "check",
        around(actions.refuse_before_anything_is_touched),
        signature="(self, skip_permission_checks: bool = False)",
        why="The action asks Wagtail's permission policy, which knows no signatures.",
        test="tests/test_doors_of_programs.py::test_a_door_of_programs[revision.publish()-superuser]",
    ),
    Patch(
        PublishRevisionAction,
        "_publish_revision",
        around(actions.publish_by_edition),
        signature=(
            "(self, revision: 'Revision', object, user, changed, log_action: 'bool',"
            " previous_revision: 'Revision | None' = None)"
        ),
        why="Nothing goes public without an edition; no signal can take its place or refuse it.",
        test="tests/test_editions.py::test_an_update_moves_the_date_of_the_update_and_a_typo_does_not",
    ),
    Patch(
        UnpublishAction,
        "_unpublish_object",
        around(actions.unpublish_by_edition),
        signature="(self, object, set_expired, commit, user, log_action)",
        why="Nothing stops being public without an edition and its reason.",
        test="tests/test_doors_of_time.py::test_the_clock_ends_a_story_with_the_reason_that_was_given",
    ),
    Patch(
        UnpublishPageAction,
        "execute",
        around(actions.count_them_first),
        signature="(self, skip_permission_checks=False)",
        why="Pages that go with all below them: one transaction, one reason for all their stories.",
        test="tests/test_doors_out.py::test_a_door_out[unpublish-section-Managing editors]",
    ),
    Patch(
        CreatePageAliasAction,
        "check",
        around(actions.ask_the_role),
        signature="(self, skip_permission_checks=False)",
        why="Wagtail asks for the publish right at the source; an alias asks for the role there.",
        test="tests/test_aliases.py::test_a_managing_editor_places_it[by_api-Managing editors]",
    ),
    Patch(
        CreatePageAliasAction,
        "_create_alias",
        around(actions.record_the_alias),
        signature=(
            "(self, page, *, recursive, parent, update_slug, update_locale, user, log_action,"
            " reset_translation_key, _mpnode_attrs)"
        ),
        why="An alias of a public story is public at once, and no signal says so.",
        test="tests/test_aliases.py::test_a_managing_editor_places_it[by_admin-Managing editors]",
    ),
    Patch(
        auth,
        "permission_denied",
        around(permission_denied),
        signature="(request)",
        why="Wagtail drops the sentence of a refusal and goes to its first screen.",
        test="tests/test_doors_out.py::test_a_door_out[unpublish-story-Managing editors]",
    ),
    # Wagtail connects its notifiers when its own app is ready, which is after ours.
    Patch(
        signal_handlers,
        "register_signal_handlers",
        instead(notify_nobody),
        signature="()",
        why="Wagtail's mails about reviews have no setting that turns them off.",
        test="tests/test_notices.py::test_wagtail_mails_nobody",
    ),
    Patch(
        EditView,
        "send_commenting_notifications",
        instead(notify_nobody),
        signature="(self, changes)",
        why="Wagtail's mails about comments have no setting that turns them off.",
        test="tests/test_notices.py::test_wagtail_mails_nobody",
    ),
    Patch(
        NotificationsSettingsPanel,
        "is_active",
        instead(notify_nobody),
        signature="(self)",
        why="The account would offer settings for mails that are never sent.",
        test="tests/test_notices.py::test_nothing_offers_wagtails_mails",
    ),
]
