"""Ids in addresses and parameters: no longer than a database can hold."""

from __future__ import annotations

import re
from typing import Any

from django.urls.converters import IntConverter

MAX_ID_DIGITS = 18
PATTERN = rf"[0-9]{{1,{MAX_ID_DIGITS}}}"


class IdConverter(IntConverter):
    """`<id:pk>`: a longer number is a page that does not exist."""

    regex = PATTERN


def id_from(parameter: Any) -> int | None:
    """The id that a parameter names; None for what is none."""
    text = "" if parameter is None else str(parameter)
    return int(text) if re.fullmatch(PATTERN, text) else None
