"""Run with `manage.py shell`: one user for each role, for tests in a browser."""

from __future__ import annotations

from django.contrib.auth.models import Group

from cms.models import User
from tests.builders import a_story

PEOPLE = {
    "reporter": "Reporters",
    "editor": "Editors",
    "lawyer": "Legal reviewers",
    "managing": "Managing editors",
    "chief": "Managing editors",
}


def make() -> None:
    for name, role in PEOPLE.items():
        user = User.objects.create_user(name, f"{name}@example.org", "secret-pass-1")
        user.groups.add(Group.objects.get(name=role))


def a_fitting_story() -> None:
    """Two public stories with a tag, to be offered beside a new one with the same tag."""
    for title in ("It fits", "It fits as well"):
        a_story(title, tags=("harbour",))
