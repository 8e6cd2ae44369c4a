"""Make the database agree with the tables of roles and stages. Safe to run at every deploy."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import Image, User
from news.editions.settings import DeskSettings
from news.models import NewsIndexPage, SectionPage
from news.review.roles import DESK_ROLES, HELD_BY, ROLES, WORKFLOW, Rights, desk_group
from news.review.stages import ReviewTask

MEDIA = ((Image._meta.app_label, "image"), ("wagtaildocs", "document"))
STOCK_WORKFLOW = "Moderators approval"


def set_up_desk() -> None:
    """Groups, their rights, the review stages and the workflow of the whole site."""
    root = Page.objects.get(depth=1)
    feeds = list(NewsIndexPage.objects.all())
    for name, role in ROLES.items():
        group, _created = Group.objects.get_or_create(name=name)
        pages = [(feed, right) for feed in feeds for right in role.feed]
        _grant(group, role, pages + [(root, right) for right in role.everywhere])
    _remove_stock()
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    for order, (stage, roles) in enumerate(HELD_BY.items()):
        task = ReviewTask.objects.filter(stage=stage).first()
        if task is None:
            task = ReviewTask.objects.create(name=str(stage.label), stage=stage)
        task.groups.add(*Group.objects.filter(name__in=roles))
        WorkflowTask.objects.update_or_create(
            workflow=workflow, task=task, defaults={"sort_order": order}
        )
    WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})


def add_desk(section: SectionPage) -> list[Group]:
    """The groups of one section's reporters and editors."""
    groups = []
    for name in DESK_ROLES:
        group, _created = Group.objects.get_or_create(name=desk_group(name, section.slug))
        _grant(group, ROLES[name], [(section, right) for right in ROLES[name].feed])
        stages = [stage for stage, roles in HELD_BY.items() if name in roles]
        for task in ReviewTask.objects.filter(stage__in=stages):
            task.groups.add(group)
        groups.append(group)
    return groups


def give_every_role(user: User) -> None:
    """A first owner holds every role; alone in the house, they also sign alone."""
    user.groups.add(*Group.objects.filter(name__in=ROLES))
    if not User.objects.filter(is_active=True, is_superuser=False).exclude(pk=user.pk).exists():
        settings = DeskSettings.load()
        settings.signatures = 1
        settings.save()


def _grant(group: Group, role: Rights, pages: Iterable[tuple[Page, str]]) -> None:
    """Give a group exactly these rights."""
    group.permissions.set([_permission(*name.split(".")) for name in role.models])
    on_pages = [
        {"page_id": page.pk, "permission": _permission("wagtailcore", f"{right}_page")}
        for page, right in pages
    ]
    root = Collection.get_first_root_node()
    on_media = [
        {"collection": root, "permission": _permission(app, f"{right}_{model}")}
        for right in role.media
        for app, model in MEDIA
    ]
    for rows, grants in ((GroupPagePermission, on_pages), (GroupCollectionPermission, on_media)):
        kept = [rows.objects.get_or_create(group=group, **grant)[0].pk for grant in grants]
        rows.objects.filter(group=group).exclude(pk__in=kept).delete()


def _permission(app: str, codename: str) -> Permission:
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def _remove_stock() -> None:
    """Wagtail's first migration makes a group and a workflow that would bypass the desk."""
    Group.objects.filter(name="Moderators", user=None).delete()
    stock = Workflow.objects.filter(name=STOCK_WORKFLOW)
    WorkflowPage.objects.filter(workflow__in=stock).delete()
    stock.filter(workflow_states=None).delete()
    Task.objects.filter(name=STOCK_WORKFLOW, task_states=None).delete()
