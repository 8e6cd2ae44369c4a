"""A story that is withdrawn leaves its place on the front page."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.log_actions import log
from wagtail.models import Revision

from home.front.history import EMPTIED
from home.models import HomePage
from home.places import only
from news.models import ArticlePage, Edition


@receiver(post_save, sender=Edition)
def empty_places(instance: Edition, raw: bool, **kwargs: Any) -> None:
    """Also if it was made private or moved away from readers. When it comes back, somebody has to
    choose it again. Its aliases go with it.
    """
    if instance.public or raw:
        return
    aliases = ArticlePage.objects.filter(alias_of=instance.story_id)
    gone = {instance.story_id, *aliases.values_list("pk", flat=True)}
    for home in HomePage.objects.all():
        _remove_from_drafts(home, gone)
        places = home.places
        left = [at for at, pk in enumerate(places) if pk in gone]
        if left:
            home.place(only(places, set(places) - gone))
            home.save(clean=False)
            data = {"did": "gone", "at": left[0], "headline": instance.story.title}
            log(instance=home, action=EMPTIED, data=data)


def _remove_from_drafts(home: HomePage, gone: set[int]) -> None:
    """Which may yet be published: the newest, the live one, from which an editor begins, and what
    is scheduled.
    """
    pointed_at = Q(pk__in=(home.latest_revision_id, home.live_revision_id))
    drafts = Revision.objects.for_instance(home)
    for draft in drafts.filter(pointed_at | Q(approved_go_live_at__isnull=False)):
        slots = [slot for slot in draft.content.get("slots", ()) if slot["story"] not in gone]
        lead = draft.content.get("lead")
        content = draft.content | {"lead": None if lead in gone else lead, "slots": slots}
        if content != draft.content:
            draft.content = content
            draft.save(update_fields=["content"])
