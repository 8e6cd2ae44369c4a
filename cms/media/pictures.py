"""`photo(…)`: a picture in the sizes and formats that are made."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.models import Image

FULL = ("small", "medium", "large")
BETTER = ("avif", "webp")
FIRST_OF_ALL = ' fetchpriority="high"'


def photo(
    image: Image | None,
    size: str = "full",
    *,
    alt: str | None = None,
    sizes: str = "100vw",
    eager: bool = False,
    css: str = "",
) -> SafeString:
    """A `<picture>` with its dimensions.

    In: `size` is a name of OPERATIONS, or "full" for all widths of the whole picture with the
    `sizes` attribute; `alt` None means the picture's own description. Out: nothing for None, or
    while no size is made.
    """
    names = FULL if size == "full" else (size,)
    shown = image.nearest(names[len(names) // 2], "jpeg") if image else None
    if image is None or shown is None:
        return SafeString("")
    extent = sizes if len(names) > 1 else ""
    better = "".join(
        f'<source type="image/{form}"{offered}>'
        for form in BETTER
        if (offered := _offered(image, names, form, extent))
    )
    description = image.description if alt is None else alt
    img = (
        f'<img src="{_quoted(shown.url)}"{_offered(image, names, "jpeg", extent)}'
        f' width="{shown.width}" height="{shown.height}" alt="{escape(description)}"'
        f' loading="{"eager" if eager else "lazy"}" decoding="async"'
        f"{FIRST_OF_ALL if eager else ''}{_class(css)}>"
    )
    # Safe: what is not ours is escaped above.
    return mark_safe(f"<picture>{better}{img}</picture>" if better else img)  # noqa: S308


def _offered(image: Image, names: tuple[str, ...], form: str, extent: str) -> str:
    """Out: the attributes that offer these sizes in one format, each width once."""
    widths = {made.width: made.url for name in names if (made := image.made(name, form))}
    if not widths:
        return ""
    if not extent:
        return f' srcset="{_quoted(next(iter(widths.values())))}"'
    offered = ", ".join(f"{_quoted(url)} {width}w" for width, url in widths.items())
    return f' srcset="{offered}" sizes="{_quoted(extent)}"'


def _class(css: str) -> str:
    return f' class="{_quoted(css)}"' if css else ""


@lru_cache(maxsize=10_000)
def _quoted(text: str) -> str:
    return str(escape(text))
