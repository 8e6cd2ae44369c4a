"""Every attribute of Wagtail and Django that `cms` replaces: what, why, and which test fails
without it. `news/guard/wagtail_patches.py` is the table of `news`.

All of them let the stream of changes report what is saved in the very transaction that saves it.
"""

from __future__ import annotations

from django.db.models import Model
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import Page

from cms.changes import recording
from cms.patches import Patch, around

PATCHES = [
    Patch(
        Page,
        "save",
        around(recording.record_save),
        signature="(self, clean=True, user=None, log_action=False, **kwargs)",
        why="A page and its child rows are one Change; signals come for each row, after a commit.",
        test="tests/test_changes_of_pages.py::test_a_page_is_public_while_it_is_published",
    ),
    Patch(
        Model,
        "save_base",
        around(recording.record_save_base),
        signature=(
            "(self, raw=False, force_insert=False, force_update=False, using=None,"
            " update_fields=None)"
        ),
        why="Django sends post_save after the commit where there is no transaction.",
        test="tests/test_changes.py::test_one_change_for_a_save[wagtailcore.site]",
    ),
    Patch(
        PublishRevisionAction,
        "execute",
        around(recording.record_publication),
        signature="(self, skip_permission_checks=False)",
        why="Wagtail clears schedules, saves, and cancels reviews without a transaction.",
        test=(
            "tests/test_doors_of_programs.py::test_a_door_of_programs"
            "[publish() that asks nobody-nobody]"
        ),
    ),
    Patch(
        MovePageAction,
        "execute",
        around(recording.record_move),
        signature="(self, skip_permission_checks=False)",
        why="A refused move must leave nothing behind, and a move is one Change.",
        test="tests/test_changes_of_pages.py::test_moves",
    ),
    Patch(
        BatchRedirectCreator,
        "process",
        around(recording.record_redirects),
        signature="(self)",
        why="Redirects are added in bulk, which sends no signal.",
        test="tests/test_changes_of_pages.py::test_a_new_address_and_its_redirects",
    ),
]
