"""The sizes in which a picture is shown, and how they come about.

An upload makes one JPEG. The rest is made beside the web, picture by picture; pages and API show
what is there. `Image.sizes` names the files, so that showing a picture asks nobody for anything.
"""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

from django.utils import timezone

from cms.models import Image
from cms.rounds import Rounds

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


def make_first(pk: int) -> None:
    """The one size that an upload makes itself, so that there is something to show."""
    image = Image.objects.filter(pk=pk).first()
    if image is not None and FIRST not in image.sizes:
        _make(image, FIRST)


def make_due(stop: threading.Event) -> int:
    """Make what is missing. In: an event that ends the work early. Out: how many pictures."""
    done = 0
    while not stop.is_set() and (image := _claim()):
        done += make_all(image, stop)
    return done


def make_all(image: Image, stop: threading.Event | None = None) -> bool:
    """Out: whether every size is there now."""
    for key in SPECS:
        if stop is not None and stop.is_set():
            _due(image, timezone.now())
            return False
        if key not in image.sizes and not _make(image, key):
            _due(image, timezone.now() + LATER)
            return False
    _due(image, None)
    return True


def _claim() -> Image | None:
    """A picture whose turn it is. Any number of processes may ask: each gets another one."""
    now = timezone.now()
    image = Image.objects.filter(sizes_due__lte=now).order_by("sizes_due").first()
    if image is None:
        return None
    same = Image.objects.filter(pk=image.pk, sizes_due=image.sizes_due)
    return image if same.update(sizes_due=now + LEASE) else None


def _make(image: Image, key: str) -> bool:
    """Make one size and note it. Out: False where the picture cannot be read, or is another by
    now.
    """
    try:
        made = image.get_rendition(SPECS[key])
    except Exception as error:
        logger.warning("Picture %d has no size %s: %s", image.pk, key, error)
        return False
    known = Image.objects.filter(pk=image.pk, sizes_for=image.sizes_for)
    stored = known.values_list("sizes", flat=True).first()
    if stored is None:
        return False
    image.sizes = {**stored, key: [made.file.name, made.width, made.height]}
    return bool(known.update(sizes=image.sizes))


def _due(image: Image, moment: object) -> None:
    Image.objects.filter(pk=image.pk, sizes_for=image.sizes_for).update(sizes_due=moment)


ROUNDS = Rounds("darkroom", make_due, "made the sizes of %d pictures")
