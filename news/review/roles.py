"""Who may do what, as a table. `setup_newsroom` makes the database say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

REPORTERS = "Reporters"
EDITORS = "Editors"
LEGAL_REVIEWERS = "Legal reviewers"
MANAGING_EDITORS = "Managing editors"
ADMINISTRATORS = "Administrators"

DESK_ROLES = (REPORTERS, EDITORS)


@dataclass(frozen=True)
class Rights:
    """What a group may do.

    `feed` and `everywhere`: rights on the news feed's pages, and on every page. `media`: rights
    on images and documents of the root collection. `models`: Django permissions.
    """

    feed: tuple[str, ...] = ()
    everywhere: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


CRUD = ("add", "change", "delete", "view")


def _crud(*models: str) -> tuple[str, ...]:
    """For `app.model`: `app.add_model` and so on."""
    return tuple(name.replace(".", f".{action}_") for name in models for action in CRUD)


IN_ADMIN = ("wagtailadmin.access_admin",)

ROLES = {
    REPORTERS: Rights(feed=("add",), media=("add", "choose"), models=IN_ADMIN),
    EDITORS: Rights(
        feed=("add", "change", "lock", "unlock"),
        media=("add", "change", "choose"),
        models=IN_ADMIN,
    ),
    LEGAL_REVIEWERS: Rights(models=IN_ADMIN),
    MANAGING_EDITORS: Rights(
        everywhere=("add", "change", "publish", "bulk_delete", "lock", "unlock"),
        media=("add", "change", "choose"),
        models=(
            *IN_ADMIN,
            *_crud("news.tag", "wagtailredirects.redirect"),
            "cms.change_publicationsettings",
            "news.add_sectionpage",
            "simple_translation.submit_translation",
        ),
    ),
    ADMINISTRATORS: Rights(
        models=(
            *IN_ADMIN,
            *_crud("cms.user", "auth.group", "wagtailcore.site", "wagtailcore.collection"),
            *_crud("wagtailcore.workflow", "wagtailcore.task", "news.reviewtask"),
            *_crud("wagtailcore.locale"),
            *_crud("wagtailcore.apitoken"),
            "cms.change_publicationsettings",
            "news.change_desksettings",
        ),
    ),
}

WORKFLOW = "Newsroom"


class Stage(models.TextChoices):
    """The stages of review, in their order."""

    DESK = "desk", _("Desk review")
    LEGAL = "legal", _("Legal review")
    PUBLICATION = "publication", _("Publication")


# The roles that hold each stage.
HELD_BY = {
    Stage.DESK: (EDITORS, MANAGING_EDITORS),
    Stage.LEGAL: (LEGAL_REVIEWERS,),
    Stage.PUBLICATION: (MANAGING_EDITORS,),
}


def desk_group(role: str, section_slug: str) -> str:
    """The name of a role's group for one section: `Editors: culture`."""
    return f"{role}: {section_slug}"
