"""A desk with somebody in every role, a story that several people touched, and who was told."""

from __future__ import annotations

from collections import Counter

from wagtail.models import Comment

from cms.models import User
from news.models import ArticlePage, Notice
from tests.builders import a_story, a_user, an_author, decide, submit
from tests.doors import EDITORS, LEGAL, MANAGING, REPORTERS, a_desk, fresh

# By name, what each of them is.
ROLES = {
    "writer": REPORTERS,
    "coauthor": REPORTERS,
    "stranger": REPORTERS,
    "helper": EDITORS,
    "editor": EDITORS,
    "local": "Editors: culture",
    "elsewhere": "Editors: sport",
    "lawyer": LEGAL,
    "managing": MANAGING,
    "chief": MANAGING,
    "gone": MANAGING,
    "outsider": "no role at all",
}


class NoticeRoom:
    """The story: written by `writer` with `coauthor`, edited by `helper`, commented by `lawyer`."""

    def __init__(self) -> None:
        section = a_desk("culture")
        a_desk("sport")
        self.people = {name: a_user(role, name=name) for name, role in ROLES.items()}
        self.people["root"] = a_user(superuser=True, name="root")
        User.objects.filter(username="gone").update(is_active=False)
        self.story = a_story(
            "Ferry",
            parent=section,
            live=False,
            owner=self["writer"],
            authors=(an_author("Co-author", user=self["coauthor"]),),
        )
        draft = fresh(self.story).get_latest_revision_as_object()
        draft.summary = "Better words"
        draft.save_revision(user=self["helper"])
        self.comment("lawyer", "Who says so?")
        Notice.objects.all().delete()

    def __getitem__(self, name: str) -> User:
        return self.people[name]

    def comment(self, name: str, text: str) -> Comment:
        return Comment.objects.create(
            page_id=self.story.pk, user=self[name], text=text, contentpath="title"
        )

    # Steps of the story, each by somebody.

    def submit(self) -> ArticlePage:
        return submit(fresh(self.story), self["writer"])

    def decide(self, name: str, action: str = "approve", comment: str = "") -> ArticlePage:
        return decide(self.story, self[name], action, comment)

    def at_publication(self) -> ArticlePage:
        self.submit()
        return self.decide("editor")

    def public(self) -> ArticlePage:
        self.at_publication()
        return self.decide("managing")


def told() -> dict[str, set[str]]:
    """By event, the names of who was told. Nobody is told of the same thing twice."""
    notices = Counter(Notice.objects.values_list("event", "person__username"))
    assert set(notices.values()) <= {1}, notices
    found: dict[str, set[str]] = {}
    for event, name in notices:
        found.setdefault(event, set()).add(name)
    return found
