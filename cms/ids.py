"""Ids in addresses, parameters and forms: no longer than a database can hold."""

from __future__ import annotations

import re
from typing import Any

from django import forms
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


class OneOf(forms.ModelChoiceField):
    """A choice among rows; a number that no database holds is none of them."""

    def to_python(self, value: Any) -> Any:
        if value not in self.empty_values and id_from(value) is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice")
        return super().to_python(value)
