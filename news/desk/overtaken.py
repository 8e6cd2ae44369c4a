"""A draft that was still being saved when the same story was saved or submitted comes too late.

The editor saves by itself every half second. Wagtail looks whether such a save is out of date when
it begins; one that began a moment before "Submit" and ends a moment after would put the older
words over the submitted ones.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from wagtail.models import Page

from news.desk.refusals import Refused


def refuse_if_overtaken(story: Page) -> None:
    """In: a story as it was loaded, in a transaction, which from here on is alone with its row.

    Raises Refused if another save of it ended since.
    """
    if story.pk is None:
        return
    row = Page.objects.select_for_update().filter(pk=story.pk)
    if row.values_list("latest_revision_id", flat=True).get() != story.latest_revision_id:
        raise Refused(_("Somebody saved this story at the same moment: look at it again."), story)
