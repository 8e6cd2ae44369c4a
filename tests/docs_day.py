"""Run with `manage.py shell` in a demo newsroom: a story with a day behind it, for pictures."""

from __future__ import annotations

import json

from wagtail.models import TaskState

from cms.models import Image, User
from news.desk.draft_links import make_link
from news.desk.live_text import propose, publish_fix
from news.editions.choices import Role
from news.editions.signatures import digest_of, sign
from news.models import ArticlePage, AuthorPage, SectionPage
from tests.builders import a_story, decide, submit

HEADLINE = "Night ferry to the islands returns in March"
FIRST = "<p>The ferry that the islands lost four winters ago sails again from 3 March.</p>"
SECOND = "<p>The port authority signed the contract on Tuesday, its director said.</p>"


def make() -> None:
    """A published and fixed story with its record, and the draft of another that lacks things.

    Prints the ids of the stories that the pictures show.
    """
    people = {user.username: user for user in User.objects.all()}
    section = SectionPage.objects.get(slug="city", locale__language_code="en")
    author = AuthorPage.objects.filter(user=people["reporter"]).first()
    picture = Image.objects.exclude(credit="").order_by("pk")[0]
    common = {
        "parent": section,
        "live": False,
        "owner": people["reporter"],
        "tags": ("port", "transport"),
    }
    story = a_story(
        HEADLINE,
        slug="night-ferry",
        summary="Four winters after the last crossing, the port has found a ship and a crew.",
        authors=(author,) if author else (),
        lead_image=picture,
        body=[("paragraph", FIRST)],
        **common,
    )
    a_day(story, people)
    draft = a_story(
        "Night ferry to the islands returns in April",
        slug="night-ferry-april",
        authors=(author,) if author else (),
        body=[("paragraph", FIRST + SECOND)],
        **common,
    )
    print(json.dumps({"story": story.pk, "draft": draft.pk, **waiting()}))


def waiting() -> dict[str, int]:
    """By stage, a story of the demo that waits there."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return {
        state.task.specific.stage: int(state.workflow_state.object_id)
        for state in states.select_related("task", "workflow_state")
    }


def a_day(story: ArticlePage, people: dict[str, User]) -> None:
    """Written, returned, changed, passed on, signed, fixed."""
    reporter, editor, managing = (people[name] for name in ("reporter", "editor", "managing"))
    write(story, reporter, FIRST + "<p>The fare stays.</p>")
    submit(story, reporter)
    decide(story, editor, "reject", "Who says so? One line with the source, please.")
    write(story, reporter, FIRST + SECOND)
    ArticlePage.objects.get(pk=story.pk).current_workflow_state.resume(reporter)
    sign(draft_of(story), reporter, Role.WRITER)
    decide(story, editor)
    decide(story, managing)
    text = ArticlePage.objects.get(pk=story.pk)
    text.body = [("paragraph", (FIRST + SECOND).replace("3 March", "4 March"))]
    fix = propose(
        text,
        editor,
        kind="correction",
        note="The first crossing is on 4 March, not on 3 March as we wrote.",
        reason="The port wrote to us",
    )
    publish_fix(fix, managing, digest_of(text))
    make_link(ArticlePage.objects.get(pk=story.pk), editor, 3)


def draft_of(story: ArticlePage) -> ArticlePage:
    draft: ArticlePage = ArticlePage.objects.get(pk=story.pk).get_latest_revision_as_object()
    return draft


def write(story: ArticlePage, user: User, text: str) -> None:
    draft = draft_of(story)
    draft.body = [("paragraph", text)]
    draft.save_revision(user=user)
