"""What tests of the numbered stream share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import PageViewRestriction

from cms.changes.models import changes_since, newest_number, record_change
from cms.models import Change, Image
from home.models import FrontSlot, HomePage
from tests.builders import a_page, an_author, an_image


def written(act: Callable[[], Any]) -> list[Change]:
    """The changes of the stream that `act` adds."""
    start = newest_number()
    act()
    return changes_since(start)


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)


def publish(page: Any) -> None:
    page.save_revision().publish(skip_permission_checks=True)


def a_used_image() -> Image:
    image = an_image()
    an_author(photo=image)
    return image


def a_restriction() -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=a_page(), restriction_type=PageViewRestriction.PASSWORD, password="old"
    )


def slots(page: HomePage, *stories: Any) -> None:
    page.slots = [FrontSlot(story=story) for story in stories]


def a_change(number: int = 0) -> Change:
    return record_change("changed", "news.tag", 7, {"name": f"old {number}"}, {"name": "new"})
