"""Run with `manage.py shell`: one user for each role, for tests in a browser."""

from __future__ import annotations

from django.contrib.auth.models import Group

from cms.models import User

PEOPLE = {
    "reporter": "Reporters",
    "editor": "Editors",
    "managing": "Managing editors",
    "chief": "Managing editors",
}


def make() -> None:
    for name, role in PEOPLE.items():
        user = User.objects.create_user(name, f"{name}@example.org", "secret-pass-1")
        user.groups.add(Group.objects.get(name=role))
