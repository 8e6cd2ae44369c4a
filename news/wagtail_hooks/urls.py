"""The addresses of the desk's own views."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from news.views import board, breaking, fix, hold, links, notices, reading, record


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern | URLResolver]:
    of_a_story = [
        path("claim/", board.claim_story, name="claim_story"),
        path("release/", board.release_story, name="release_story"),
        path("fix/", fix.fix_live_text, name="fix_live_text"),
        path("fix/sign/", fix.sign_fix, name="sign_fix"),
        path("breaking/", breaking.publish_at_once, name="publish_breaking"),
        path("editions/<id:number>/review/", breaking.review_breaking, name="review_breaking"),
        path("hold/", hold.legal_hold, name="legal_hold"),
        path("read/", reading.read_story, name="read_story"),
        path("read/comment/", reading.comment_on_story, name="comment_on_story"),
        path("read/decide/", reading.decide_on_story, name="decide_on_story"),
        path("read/<id:comment_pk>/reply/", reading.reply_to_comment, name="reply_to_comment"),
        path("read/<id:comment_pk>/resolve/", reading.resolve_comment, name="resolve_comment"),
        path("changes/", reading.what_changed, name="what_changed"),
        path("links/", links.draft_links, name="draft_links"),
        path("links/<id:link>/revoke/", links.revoke_link, name="revoke_link"),
        path("record/", record.story_record, name="story_record"),
        path("record/<id:number>/", record.edition_changes, name="edition_changes"),
    ]
    return [
        path("board/", board.live_board, name="board"),
        path("notices/", notices.NoticeList.as_view(), name="notices"),
        path("notices/read/", notices.mark_as_read, name="mark_notices_read"),
        path("stories/<id:pk>/", include(of_a_story)),
    ]
