"""`photo(…)`: a picture in the sizes and formats that are made."""

from __future__ import annotations

from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from cms.models import Image
from cms.models.images import Made

FULL = ("small", "medium", "large")
BETTER = ("avif", "webp")


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
    many = len(names) > 1
    attributes: dict[str, str | int | bool] = {
        "src": shown.url,
        "width": shown.width,
        "height": shown.height,
        "alt": image.description if alt is None else alt,
        "loading": "eager" if eager else "lazy",
        "decoding": "async",
    }
    if eager:
        attributes["fetchpriority"] = "high"
    if css:
        attributes["class"] = css
    if many and (widths := srcset(image.all_made(names, "jpeg"))):
        attributes |= {"srcset": widths, "sizes": sizes}
    sources = [
        {"type": f"image/{form}", "srcset": srcset(made) if many else made[0].url}
        | ({"sizes": sizes} if many else {})
        for form in BETTER
        if (made := image.all_made(names, form))
    ]
    img = format_html("<img{}>", flatatt(attributes))
    if not sources:
        return img
    better = format_html_join("", "<source{}>", ((flatatt(source),) for source in sources))
    return format_html("<picture>{}{}</picture>", better, img)


def srcset(made: list[Made]) -> str:
    """Each width once, for pictures that are narrower than our sizes."""
    widths = {one.width: one.url for one in made}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())
