"""The addresses of the desk's own views."""

from __future__ import annotations

from django.urls import URLPattern, path
from wagtail import hooks

from news.views.board import claim_story, live_board, release_story
from news.views.breaking import publish_at_once, review_breaking
from news.views.changes import what_changed
from news.views.fix import fix_live_text, sign_fix
from news.views.hold import legal_hold
from news.views.links import draft_links, revoke_link
from news.views.notices import NoticeList, mark_as_read
from news.views.reading import (
    comment_on_story,
    decide_on_story,
    read_story,
    reply_to_comment,
    resolve_comment,
)
from news.views.record import edition_changes, story_record


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("board/", live_board, name="board"),
        path("stories/<id:pk>/claim/", claim_story, name="claim_story"),
        path("stories/<id:pk>/release/", release_story, name="release_story"),
        path("stories/<id:pk>/fix/", fix_live_text, name="fix_live_text"),
        path("stories/<id:pk>/fix/sign/", sign_fix, name="sign_fix"),
        path("stories/<id:pk>/breaking/", publish_at_once, name="publish_breaking"),
        path(
            "stories/<id:pk>/editions/<id:number>/review/",
            review_breaking,
            name="review_breaking",
        ),
        path("stories/<id:pk>/hold/", legal_hold, name="legal_hold"),
        path("notices/", NoticeList.as_view(), name="notices"),
        path("notices/read/", mark_as_read, name="mark_notices_read"),
        path("stories/<id:pk>/read/", read_story, name="read_story"),
        path("stories/<id:pk>/read/comment/", comment_on_story, name="comment_on_story"),
        path("stories/<id:pk>/read/decide/", decide_on_story, name="decide_on_story"),
        path(
            "stories/<id:pk>/read/<id:comment_pk>/reply/",
            reply_to_comment,
            name="reply_to_comment",
        ),
        path(
            "stories/<id:pk>/read/<id:comment_pk>/resolve/",
            resolve_comment,
            name="resolve_comment",
        ),
        path("stories/<id:pk>/changes/", what_changed, name="what_changed"),
        path("stories/<id:pk>/links/", draft_links, name="draft_links"),
        path("stories/<id:pk>/links/<id:link>/revoke/", revoke_link, name="revoke_link"),
        path("stories/<id:pk>/record/", story_record, name="story_record"),
        path("stories/<id:pk>/record/<id:number>/", edition_changes, name="edition_changes"),
    ]
