from __future__ import annotations

from .front import FrontSlot, HomePage
from .standard import StandardPage

__all__ = ["FrontSlot", "HomePage", "StandardPage"]
