"""`setup_newsroom`, and the channel into the house: invitations and passwords."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import User
from news.models import ArticlePage, DeskSettings, ReviewTask
from tests.builders import a_user
from tests.doors import ADMINISTRATORS, EVERYBODY, REPORTERS, SUPERUSER, a_desk, admin

pytestmark = pytest.mark.django_db


def everything() -> list[Any]:
    groups = Group.objects.order_by("name").prefetch_related("permissions")
    rights = [(group.name, sorted(p.pk for p in group.permissions.all())) for group in groups]
    tasks = ReviewTask.objects.order_by("pk")
    holders = [(task.stage, sorted(group.name for group in task.groups.all())) for task in tasks]
    models = (GroupPagePermission, GroupCollectionPermission, WorkflowPage, WorkflowTask, Page)
    rows = [list(model.objects.order_by("pk").values_list()) for model in models]
    return [rights, holders, rows, DeskSettings.load().signatures]


def test_setting_up_again_changes_nothing() -> None:
    a_desk("culture")
    before = everything()
    call_command("setup_newsroom", desk=["culture"], verbosity=0)
    call_command("setup_newsroom", verbosity=0)
    assert everything() == before


@pytest.mark.parametrize("options", [{"desk": ["nowhere"]}, {"owner": "nobody"}])
def test_names_that_nobody_has(options: dict[str, Any]) -> None:
    before = everything()
    with pytest.raises(CommandError, match=r"nowhere|nobody"):
        call_command("setup_newsroom", verbosity=0, **options)
    assert everything() == before


@pytest.mark.parametrize("alone", [True, False])
def test_a_first_owner_holds_every_role(alone: bool) -> None:
    owner = a_user(superuser=True)
    if not alone:
        a_user(REPORTERS)
    call_command("setup_newsroom", owner=owner.username, verbosity=0)
    assert {group.name for group in owner.groups.all()} == set(EVERYBODY) - {SUPERUSER}
    assert DeskSettings.load().signatures == (1 if alone else 2)


def test_no_demo_where_logins_are_real(settings: Any) -> None:
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="Demo logins"):
        call_command("seed_demo", verbosity=0)
    assert (User.objects.count(), ArticlePage.objects.count()) == (0, 0)


PASSWORD = "Quay-side 1907"


def choose_password(link: str) -> bool:
    """Follow a mailed link, as somebody who is not signed in. Out: whether it let them choose."""
    client = Client()
    page = client.get(link, follow=True)
    if "new_password1" not in page.content.decode():
        return False
    data = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    return client.post(page.request["PATH_INFO"], data).status_code == 302


def link_in(message: Any) -> str:
    found = re.search(r"https?://\S+?(/admin/password_reset/confirm/\S+)", message.body)
    assert found is not None, message.body
    return found[1]


def test_an_invitation_works_once() -> None:
    form = {"username": "nell", "email": "nell@example.org", "first_name": "N", "last_name": "B"}
    form |= {"password1": "", "password2": "", "is_active": "on"}
    form |= {"groups": str(Group.objects.get(name=REPORTERS).pk)}
    admin(a_user(ADMINISTRATORS)).post(reverse("wagtailusers_users:add"), form)
    nell = User.objects.get(username="nell")
    (message,) = mail.outbox
    assert message.to == ["nell@example.org"]
    assert not nell.has_usable_password()
    assert not Client().login(username="nell", password="")
    assert choose_password(link_in(message))
    assert Client().login(username="nell", password=PASSWORD)
    assert not choose_password(link_in(message))


@pytest.mark.parametrize("usable", [True, False], ids=["forgotten", "never set"])
def test_a_password_is_reset_by_mail(usable: bool) -> None:
    user = a_user(REPORTERS, name="nell")
    if not usable:
        user.set_unusable_password()
        user.save()
    reset = reverse("wagtailadmin_password_reset")
    for address in ("nobody@example.org", "NELL@example.org"):
        assert Client().post(reset, {"email": address}).status_code == 302
    (message,) = mail.outbox
    assert choose_password(link_in(message))
    assert Client().login(username="nell", password=PASSWORD)
    assert not choose_password(link_in(message))
    user.is_active = False
    user.save()
    Client().post(reset, {"email": "nell@example.org"})
    assert len(mail.outbox) == 1
