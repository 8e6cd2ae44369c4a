"""What people may do where: rights on pages, and who holds a stage of the review.

Every question of this kind is answered here, for one person or for many, from the same two reads:
`access_of()` for people, `ReviewTask.holders` or `stage_holders()` for stages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.db.models import QuerySet

from cms.models import User
from news.review.roles import Stage

# With one of these on a page somebody sees the stories there.
WRITES = ("add_page", "change_page", "publish_page")
CHANGE = "change_page"


@dataclass
class StageHolders:
    """A stage of the review: which groups hold it, each with the paths where (none: everywhere)."""

    pk: int
    stage: str
    name: str
    groups: dict[int, set[str]] = field(default_factory=dict)
    group_names: dict[int, str] = field(default_factory=dict)

    def is_held_at(self, path: str, groups: Iterable[int]) -> bool:
        places = (self.groups[pk] for pk in groups if pk in self.groups)
        return any(not paths or path.startswith(tuple(paths)) for paths in places)

    def role_at(self, path: str) -> str:
        """The name of a group that holds it here, that of the section's own desk first."""
        holders = [
            (-max(map(len, paths), default=0), self.group_names[pk])
            for pk, paths in self.groups.items()
            if self.is_held_at(path, [pk])
        ]
        return min(holders)[1] if holders else self.name


@dataclass
class Access:
    """One person's groups, and the paths at and below which they have which rights."""

    person: int
    everything: bool
    groups: set[int] = field(default_factory=set)
    rights: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    # Paths of the sections on which a group of theirs has a right, by id.
    desks: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, user: User) -> Access:
        return access_of([user.pk])[user.pk]

    def may(self, right: str, path: str) -> bool:
        """`right` such as `change_page`."""
        return self.everything or path.startswith(tuple(self.rights[right]))

    def holds(self, stage: StageHolders, path: str) -> bool:
        return self.everything or stage.is_held_at(path, self.groups)

    def decides(
        self, stage: StageHolders, path: str, contributors: Callable[[], Iterable[Access]]
    ) -> bool:
        """Whether a stage is theirs for a story: they hold it, or stand in for those who do.

        Where the holders of Publication worked on the text, an editor of the section may sign.
        """
        if self.holds(stage, path):
            return True
        if stage.stage != Stage.PUBLICATION or not self.may(CHANGE, path):
            return False
        return any(one.holds(stage, path) for one in contributors())

    def places(self) -> tuple[str, ...]:
        """Paths below which they see all stories, because they write, edit or publish there."""
        if self.everything:
            return ("",)
        return tuple({path for right in WRITES for path in self.rights[right]})

    def stages_everywhere(self, stages: Mapping[int, StageHolders]) -> list[StageHolders]:
        """Stages that they hold without a place of their own: a lawyer's."""
        return [
            stage
            for stage in stages.values()
            if any(not stage.groups[pk] for pk in self.groups if pk in stage.groups)
        ]


class Workers(Protocol):
    """Ids of a text's writers, and of everybody who worked on it (writers included)."""

    @property
    def writers(self) -> set[int]: ...
    @property
    def contributors(self) -> set[int]: ...


def may_approve(person: int, stage: str, text: Workers, *, alone: bool) -> bool:
    """Nobody passes on their own story, and nobody gives the last word on a text they worked on,
    unless one signature is enough (`alone`).
    """
    if alone:
        return True
    return person not in (text.contributors if stage == Stage.PUBLICATION else text.writers)


def access_of(people: Iterable[int]) -> dict[int, Access]:
    """The access of users by their ids: one query."""
    page = "groups__page_permissions__page"
    rows = User.objects.filter(pk__in=list(people)).values_list(
        *("pk", "is_superuser", "groups", "groups__page_permissions__permission__codename"),
        *(page, f"{page}__path", f"{page}__content_type__model"),
    )
    found: dict[int, Access] = {}
    for pk, superuser, group, right, page, path, model in rows:
        access = found.setdefault(pk, Access(pk, superuser))
        if group is not None:
            access.groups.add(group)
        if path:
            access.rights[right].add(path)
            if model == "sectionpage":
                access.desks[page] = path
    return found


def editors_at(path: str) -> QuerySet[User]:
    """Active people who change other people's stories here: editors of the section, and above."""
    active = User.objects.filter(is_active=True)
    access = access_of(active.values_list("pk", flat=True))
    return active.filter(pk__in=[pk for pk, one in access.items() if one.may(CHANGE, path)])
