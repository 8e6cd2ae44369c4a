"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cms.models import PublicationSettings


def publication(request: HttpRequest) -> dict[str, Any]:
    """Out: `publication`, the settings of the publication, loaded when a template first asks, if
    the view has not set it on the request."""
    loaded = getattr(request, "publication", None)
    return {"publication": loaded or SimpleLazyObject(PublicationSettings.load)}
