"""Ids in addresses: no longer than a database can hold."""

from __future__ import annotations

from django.urls.converters import IntConverter

DIGITS = 18


class IdConverter(IntConverter):
    """`<id:pk>`: a longer number is a page that does not exist."""

    regex = rf"[0-9]{{1,{DIGITS}}}"
