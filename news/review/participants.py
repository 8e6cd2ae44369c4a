"""Which colleagues the newest draft names: kept as rows, so that lists need not read drafts."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from cms.changes.registry import not_shared
from cms.models import User
from news.content.story import Story


@not_shared("readers see nothing of it")
class Participant(models.Model):
    """A colleague whom the newest draft names, in its byline or in "Shared with"."""

    story = models.ForeignKey(
        "news.ArticlePage", on_delete=models.CASCADE, related_name="participants"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="participations"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "person"], name="involved_once")]

    def __str__(self) -> str:
        return f"{self.story_id} {self.person_id}"


def participants_of(draft: Story) -> set[int]:
    """Ids of the users who stand in the byline, or with whom the draft is shared."""
    authors = [byline.author_id for byline in draft.bylines.all()]
    users = set(User.objects.filter(author_pages__in=authors).values_list("pk", flat=True))
    return users | {user.pk for user in draft.shared_with.all()}


def note_participants(draft: Story) -> None:
    """Make the rows say what the draft says, autosaved or not."""
    wanted = participants_of(draft)
    known = set(Participant.objects.filter(story_id=draft.pk).values_list("person_id", flat=True))
    if known - wanted:
        Participant.objects.filter(story_id=draft.pk, person_id__in=known - wanted).delete()
    new = [Participant(story_id=draft.pk, person_id=person) for person in sorted(wanted - known)]
    if new:
        Participant.objects.bulk_create(new, ignore_conflicts=True)
