"""`{% photo %}`: a picture in one of the sizes that are already made."""

from __future__ import annotations

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cms.media import RENDITIONS
from cms.models import Image

register = template.Library()

FULL = ("small", "medium", "large")


@register.simple_tag
def photo(
    image: Image | None,
    size: str = "full",
    *,
    alt: str | None = None,
    sizes: str = "100vw",
    eager: bool = False,
    css: str = "",
) -> SafeString:
    """An `<img>` with its dimensions.

    In: `size` is a name of RENDITIONS, or "full" for all widths of the whole picture with the
    `sizes` attribute; `alt` None means the picture's own description. Out: nothing for None.
    """
    if image is None:
        return SafeString("")
    names = FULL if size == "full" else (size,)
    renditions = image.get_renditions(*(RENDITIONS[name] for name in names))
    found = [renditions[RENDITIONS[name]] for name in names]
    attributes: dict[str, str | int | bool] = {
        "src": found[-1].url if len(found) == 1 else found[1].url,
        "width": found[-1].width,
        "height": found[-1].height,
        "alt": image.description if alt is None else alt,
        "loading": "eager" if eager else "lazy",
        "decoding": "async",
    }
    if len(found) > 1:
        widths = {rendition.width: rendition.url for rendition in found}
        attributes["srcset"] = ", ".join(f"{url} {width}w" for width, url in widths.items())
        attributes["sizes"] = sizes
    if eager:
        attributes["fetchpriority"] = "high"
    if css:
        attributes["class"] = css
    return format_html("<img{}>", flatatt(attributes))
