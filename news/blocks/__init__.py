from __future__ import annotations

from .base import INLINE_FEATURES
from .body import BODY, BodyBlock

__all__ = ["BODY", "INLINE_FEATURES", "BodyBlock"]
