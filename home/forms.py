from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm


class FrontPageForm(WagtailAdminPageForm):
    """The editor numbers slots without gaps; the front-page tool leaves a slot empty on purpose."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places_before = self.instance.places

    def save(self, commit: bool = True) -> Any:
        """Whoever leaves the slots as they are in their order leaves them where they are."""
        before = self.places_before[1:]
        page = super().save(commit)
        if [pk for pk in page.places[1:] if pk] == [pk for pk in before if pk]:
            page.place((page.lead_id, *before))
        return page
