"""What a camera wrote into a picture stays in the original: place, owner, serial numbers.

Willow copies some of it into the sizes that are made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from willow.plugins.pillow import PillowImage
from willow.registry import registry

KEPT = {"background", "duration", "icc_profile", "loop", "transparency"}
FORMATS = ("avif", "heic", "jpeg", "png", "webp")


def strip_made_pictures() -> None:
    """Called once, when the app is ready."""
    PillowImage.get_exif_data = lambda self: None
    for form in FORMATS:
        name = f"save_as_{form}"
        save = _stripped(getattr(PillowImage, name))
        setattr(PillowImage, name, save)
        registry.register_operation(PillowImage, name, save)


def _stripped(save: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(save)
    def saved(self: Any, *args: Any, **kwargs: Any) -> Any:
        image = self.image.copy()
        image.info = {name: value for name, value in image.info.items() if name in KEPT}
        return save(PillowImage(image), *args, **kwargs)

    return saved
