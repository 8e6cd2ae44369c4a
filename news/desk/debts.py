"""What somebody has to sign beside the reviews: breaking news that was published before a second
person read it, and fixes of live texts.
"""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from news.kinds import Role
from news.models import Edition, LiveFix, Signature


def debts() -> QuerySet[Edition]:
    """Editions that nobody but their publisher has signed yet, the oldest first."""
    signed = Signature.objects.filter(
        story=OuterRef("story"),
        digest=OuterRef("digest"),
        after_edition=OuterRef("number"),
        role=Role.REVIEW,
    ).exclude(person=OuterRef("by"))
    return Edition.objects.filter(~Exists(signed), unreviewed=True).order_by("at", "pk")


def open_debts() -> QuerySet[Edition]:
    """The same with what a list shows of them."""
    return debts().select_related("by", "second", "story").defer("document", "story__body")


def waiting_fixes() -> QuerySet[LiveFix]:
    """Fixes of live texts that nobody has signed, the oldest first (see `waiting_fix`)."""
    editions = Edition.objects.filter(story=OuterRef("story")).order_by("-number")
    later = LiveFix.objects.filter(
        story=OuterRef("story"), after_edition=OuterRef("after_edition"), pk__gt=OuterRef("pk")
    )
    fixes = LiveFix.objects.annotate(
        number=Coalesce(Subquery(editions.values("number")[:1]), Value(0))
    )
    waiting = fixes.filter(~Exists(later), after_edition=F("number"))
    whole = waiting.select_related("by", "story").order_by("at", "pk")
    return whole.defer("story__body")
