"""Who may do what, as a table. `setup_newsroom` makes the database say the same."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

REPORTERS = "Reporters"
EDITORS = "Editors"
LEGAL_REVIEWERS = "Legal reviewers"
MANAGING_EDITORS = "Managing editors"
ADMINISTRATORS = "Administrators"

DESK_ROLES = (REPORTERS, EDITORS)


@dataclass(frozen=True)
class Role:
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
    """In: `app.model`. Out: `app.add_model` and so on."""
    return tuple(
        f"{app}.{action}_{model}"
        for app, model in (name.split(".") for name in models)
        for action in CRUD
    )


IN_ADMIN = ("wagtailadmin.access_admin",)

ROLES = {
    REPORTERS: Role(feed=("add",), media=("add", "choose"), models=IN_ADMIN),
    EDITORS: Role(
        feed=("add", "change", "lock", "unlock"),
        media=("add", "change", "choose"),
        models=IN_ADMIN,
    ),
    LEGAL_REVIEWERS: Role(models=IN_ADMIN),
    MANAGING_EDITORS: Role(
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
    ADMINISTRATORS: Role(
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

# Stage (see `news.models.desk.Stage`), its name, and the roles that hold it.
STAGES = (
    ("desk", _("Desk review"), (EDITORS, MANAGING_EDITORS)),
    ("legal", _("Legal review"), (LEGAL_REVIEWERS,)),
    ("publication", _("Publication"), (MANAGING_EDITORS,)),
)


def desk_group(role: str, section_slug: str) -> str:
    """The name of a role's group for one section: `Editors: culture`."""
    return f"{role}: {section_slug}"
