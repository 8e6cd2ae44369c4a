"""The sizes in which a picture is shown, and how they come about.

An upload makes one JPEG. The others are made in the background, picture by picture; pages and API
show what is there. `Image.rendition_files` names the files: showing a picture costs no query.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.utils import timezone

from cms.background.runner import Job
from cms.models import Image

logger = logging.getLogger(__name__)

OPERATIONS = {
    "small": "width-480",
    "medium": "width-960",
    "large": "width-1600",
    "teaser": "fill-720x480",
    "thumb": "fill-240x160",
    "portrait": "fill-240x240",
}
FORMATS = ("avif", "webp", "jpeg")
FIRST = "first.jpeg"
SPECS = {
    FIRST: "width-1200|format-jpeg",
    "social.jpeg": "fill-1200x630|format-jpeg",
    **{
        f"{size}.{form}": f"{operation}|format-{form}"
        for size, operation in OPERATIONS.items()
        for form in FORMATS
    },
}

# Whoever has not finished a picture by then has died.
LEASE = timedelta(minutes=5)
# A picture that cannot be read is tried again on the next day.
LATER = timedelta(days=1)


def make_first_rendition(pk: int) -> None:
    """The one size that an upload makes itself, so that there is something to show."""
    image = Image.objects.filter(pk=pk).first()
    if image is not None and FIRST not in image.rendition_files:
        _make(image, FIRST)


def make_due_renditions(stop: threading.Event) -> int:
    """Make what is missing. In: an event that ends the work early. Out: how many pictures."""
    done = 0
    while not stop.is_set() and (image := _claim()):
        done += make_renditions(image, stop)
    return done


def make_renditions(image: Image, stop: threading.Event | None = None) -> bool:
    """Out: whether every size is there now."""
    for key in SPECS:
        if stop is not None and stop.is_set():
            _due(image, timezone.now())
            return False
        if key not in image.rendition_files and not _make(image, key):
            _due(image, timezone.now() + LATER)
            return False
    _due(image, None)
    return True


def _claim() -> Image | None:
    """A picture whose turn it is. Any number of processes may ask: each gets another one."""
    now = timezone.now()
    image = Image.objects.filter(renditions_due__lte=now).order_by("renditions_due").first()
    if image is None:
        return None
    same = Image.objects.filter(pk=image.pk, renditions_due=image.renditions_due)
    return image if same.update(renditions_due=now + LEASE) else None


def _make(image: Image, key: str) -> bool:
    """Make one size and note it. Out: False where the picture cannot be read, or is another by
    now.
    """
    try:
        made = image.get_rendition(SPECS[key])
    except Exception as error:
        logger.warning("Picture %d has no size %s: %s", image.pk, key, error)
        return False
    known = Image.objects.filter(pk=image.pk, renditions_of=image.renditions_of)
    stored = known.values_list("rendition_files", flat=True).first()
    if stored is None:
        return False
    image.rendition_files = {**stored, key: [made.file.name, made.width, made.height]}
    return bool(known.update(rendition_files=image.rendition_files))


def _due(image: Image, moment: object) -> None:
    Image.objects.filter(pk=image.pk, renditions_of=image.renditions_of).update(
        renditions_due=moment
    )


RENDITIONS_JOB = Job("renditions", make_due_renditions, "made the sizes of %d pictures")
