from __future__ import annotations

from .base import INLINE_FEATURES
from .body import BodyBlock

__all__ = ["INLINE_FEATURES", "BodyBlock"]
