"""An autosave that is still under way when its story is submitted does not undo the last words."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks

from tests.builders import a_story, a_user
from tests.doors import PAGES, REPORTERS, admin, edit, edit_form, fresh, stage

pytestmark = pytest.mark.django_db
ADDRESS = f"{PAGES}:edit"


@pytest.mark.parametrize("overwrites", [True, False], ids=["its own revision", "the first"])
@pytest.mark.parametrize("button", ["action-submit", ""], ids=["submitted", "saved"])
def test_the_autosave_that_ends_last_does_not_win(overwrites: bool, button: str) -> None:
    reporter = a_user(REPORTERS)
    story = a_story(live=False, owner=reporter)
    edit(reporter, story, title="First words")
    late = edit_form(admin(reporter), story, title="First w")
    if overwrites:
        late["overwrite_revision_id"] = str(fresh(story).latest_revision_id)

    def meanwhile(request: HttpRequest, page: Any) -> None:
        """Wagtail has looked whether the autosave is out of date, and found that it is not."""
        if request.headers.get("Accept") == "application/json":
            edit(reporter, story, title="The last words", **({button: "1"} if button else {}))

    with hooks.register_temporarily("before_edit_page", meanwhile):
        answer = admin(reporter).post(
            reverse(ADDRESS, args=(story.pk,)), late, headers={"Accept": "application/json"}
        )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert fresh(story).get_latest_revision_as_object().title == "The last words"
    assert stage(story) == ("desk" if button else "")
