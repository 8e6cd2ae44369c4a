"""What a person may see and do on the desk, known in two queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import Group

from cms.models import User
from news.models import ReviewTask, SectionPage

# Whoever holds one of these on a page sees the stories there.
WRITES = ("add_page", "change_page", "publish_page")


@dataclass
class Task:
    """A stage of the review: which groups hold it, each with the paths where (none: everywhere)."""

    pk: int
    stage: str
    name: str
    groups: dict[int, set[str]] = field(default_factory=dict)
    group_names: dict[int, str] = field(default_factory=dict)

    def is_held_at(self, path: str, groups: Iterable[int]) -> bool:
        return any(_covers(self.groups[pk], path) for pk in groups if pk in self.groups)

    def role_at(self, path: str) -> str:
        """The name of a group that holds it here, that of the section's own desk first."""
        holders = [pk for pk in self.groups if self.is_held_at(path, [pk])]
        nearest = sorted(holders, key=lambda pk: (-_depth(self.groups[pk]), self.group_names[pk]))
        return self.group_names[nearest[0]] if nearest else self.name


def review_tasks() -> dict[int, Task]:
    """The stages by id: one query."""
    tasks: dict[int, Task] = {}
    rows = ReviewTask.objects.order_by("pk").values_list(
        "pk", "stage", "name", "groups", "groups__name", "groups__page_permissions__page__path"
    )
    for pk, stage, name, group, group_name, path in rows.distinct():
        task = tasks.setdefault(pk, Task(pk, stage, name))
        if group is not None:
            task.group_names[group] = group_name
            task.groups.setdefault(group, set()).update([path] if path else [])
    return tasks


class Reach:
    """A person's places and stages."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.everything = user.is_superuser
        self.tasks = review_tasks()
        self.groups: set[int] = set()
        self.desks: dict[int, str] = {}
        self.rights: defaultdict[str, set[str]] = defaultdict(set)
        rows = Group.objects.filter(user=user).values_list(
            "pk",
            "page_permissions__permission__codename",
            "page_permissions__page",
            "page_permissions__page__path",
            "page_permissions__page__content_type__model",
        )
        for group, right, page, path, kind in rows:
            self.groups.add(group)
            if path:
                self.rights[right].add(path)
            if kind == SectionPage._meta.model_name:
                self.desks[page] = path

    def may(self, right: str, path: str) -> bool:
        """In: such as `change_page`, and where."""
        return self.everything or _covers(self.rights[right], path, empty=False)

    def holds(self, task: Task, path: str) -> bool:
        return self.everything or task.is_held_at(path, self.groups)

    def tasks_of(self, stage: str) -> list[int]:
        return [task.pk for task in self.tasks.values() if task.stage == stage]

    def places(self) -> tuple[str, ...]:
        """Paths below which they see all stories, because they write, edit or publish there."""
        if self.everything:
            return ("",)
        return tuple({path for right in WRITES for path in self.rights[right]})

    def tasks_everywhere(self) -> Iterator[Task]:
        """Stages that they hold without a place of their own: a lawyer's."""
        for task in self.tasks.values():
            if any(not task.groups[pk] for pk in self.groups if pk in task.groups):
                yield task


def _covers(places: set[str], path: str, *, empty: bool = True) -> bool:
    """Whether a path is at or below one of these; without any: `empty`."""
    return any(path.startswith(place) for place in places) if places else empty


def _depth(places: set[str]) -> int:
    return max((len(place) for place in places), default=0)
