"""Whether anything on the board may have changed, asked without reading the board."""

from __future__ import annotations

import hashlib
import time

from django.db.models import Count, Max
from django.utils.translation import get_language
from wagtail.models import ModelLogEntry, PageLogEntry, TaskState

from cms.changes.models import newest_number
from cms.models import User
from news.desk.models import Claim, LiveFix
from news.editions.models import Edition, Signature
from news.notifications.notices import unread

# Times are shown in words ("3 minutes ago"), deadlines pass.
SECONDS = 60
# Whatever happens to a story writes one of these: rows that only ever come.
GROWING = (PageLogEntry, ModelLogEntry, TaskState, Signature, Edition, LiveFix)


def board_version(user: User) -> str:
    """In: who looks. Out: a short text that differs when they would see something else."""
    seen: list[object] = [user.pk, get_language(), int(time.time()) // SECONDS, newest_number()]
    seen += [model._default_manager.aggregate(Max("pk"))["pk__max"] for model in GROWING]
    claims = Claim.objects.aggregate(Count("pk"), Max("at"))
    told = unread(user).aggregate(Count("pk"), Max("pk"))
    seen += [*claims.values(), *told.values()]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
