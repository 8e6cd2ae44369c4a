"""Stories and pages that carry a word of their own in each of their text fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from cms.models import Image, PublicationSettings
from home.models import FrontSlot
from news.desk.live_text import propose
from news.models import ArticlePage, AuthorPage, Byline
from tests.builders import (
    a_section,
    a_story,
    a_user,
    an_author,
    decide,
    home,
    make_private,
    move,
    submit,
    withdraw,
)
from tests.signing import LATER, sign_at_the_end

# In every story and page, so that a search finds them all.
COMMON = "lighthousekeeper"
OPEN = "zqopen"
PASSWORD = PageViewRestriction.PASSWORD
LOGIN = PageViewRestriction.LOGIN
GROUPS = PageViewRestriction.GROUPS


def a_document(word: str) -> Document:
    file = ContentFile(b"words", name=f"{word}-file.txt")
    document = Document.objects.create(title=f"{word} document", file=file)
    document.tags.add(f"{word} label")
    return document


def texts(word: str) -> dict[str, str]:
    return {
        "summary": f"{word} standfirst {COMMON}",
        "kicker": f"{word} kicker",
        "dateline": f"{word} place",
        "lead_image_caption": f"{word} caption",
        "credit_line": f"{word} helpers",
        "social_title": f"{word} social",
        "social_description": f"{word} social description",
        "seo_title": f"{word} seo",
        "search_description": f"{word} description",
        "canonical_url": f"https://example.org/{word}-original",
    }


def a_picture(word: str) -> Image:
    picture = Image.objects.create(
        title=f"{word} picture",
        file=get_test_image_file(filename=f"{word}-photo.png", size=(64, 40)),
        description=f"{word} alt",
        credit=f"{word} photographer",
        source_url=f"https://example.org/{word}-source",
        copyright=f"{word} copyright",
        usage_terms=f"{word} terms",
    )
    picture.tags.add(f"{word} keyword")
    return picture


def body(word: str) -> list[tuple[str, Any]]:
    """A block of every kind; a related story only where a test has one."""
    paper = a_document(word)
    file = f'<a linktype="document" id="{paper.pk}">file</a>'
    shot = {"image": a_picture(word), "caption": f"{word} use", "alt": f"{word} own alt"}
    event = {"date": f"{word} day", "text": f"<p>{word} event</p>"}
    video = f"https://www.youtube.com/watch?v={word}-video"
    table = {
        "caption": f"{word} table",
        "columns": [{"type": "text", "heading": f"{word} column"}],
        "rows": [{"values": [f"{word} cell"]}],
    }
    return [
        ("paragraph", f"<p>{word} paragraph {COMMON} {file}</p>"),
        ("heading", f"{word} heading"),
        ("image", shot),
        ("quote", {"text": f"{word} quote", "attribution": f"{word} speaker"}),
        ("key_points", {"title": f"{word} points", "points": [f"{word} point"]}),
        ("fact_box", {"title": f"{word} box", "text": f"<p>{word} fact</p>"}),
        ("timeline", {"title": f"{word} timeline", "events": [event]}),
        ("pull_quote", {"text": f"{word} pulled", "attribution": f"{word} puller"}),
        ("editors_note", f"<p>{word} note</p>"),
        ("divider", None),
        ("gallery", [shot | {"caption": f"{word} first"}, shot | {"caption": f"{word} second"}]),
        ("embed", {"url": video, "title": f"{word} broadcast"}),
        ("document", {"document": paper, "title": f"{word} file title"}),
        ("table", table),
    ]


def canary(word: str, *, live: bool, **fields: Any) -> ArticlePage:
    """A story that says `word` wherever it says anything."""
    pictures = {"lead_image": a_picture(word), "social_image": a_picture(word)}
    fields = {"tags": ("shared", f"{word} tag"), "body": body(word), **fields}
    headline = f"{word} headline {COMMON}"
    return a_story(headline, slug=f"{word}-slug", live=live, **texts(word), **pictures, **fields)


def restricted(page: Page, kind: str) -> None:
    make_private(page, kind, "open-sesame")


def approved(
    word: str, *, stages: int, flagged: bool = False, hours_ahead: float = 0, **fields: Any
) -> Any:
    """A story that has come through so many stages of its review."""
    at = timezone.now() + timedelta(hours=hours_ahead) if hours_ahead else None
    story = canary(word, live=False, needs_legal_review=flagged, go_live_at=at, **fields)
    return through_review(story, stages, flagged)


def through_review(story: ArticlePage, stages: int, flagged: bool = False) -> ArticlePage:
    story = submit(story, a_user("Reporters"))
    roles = ["Editors", "Legal reviewers", "Managing editors"]
    for role in [role for role in roles if flagged or role != "Legal reviewers"][:stages]:
        story = decide(story, a_user(role))
    return story


def unpublished(page: Any) -> Any:
    withdraw(page)
    return type(page).objects.get(pk=page.pk)


def in_section(word: str, kind: str) -> list[Page]:
    section = a_section(f"{word} section", slug=f"{word}-section", introduction=f"{word} intro")
    restricted(section, kind)
    return [section, canary(word, live=True, parent=section)]


def retold(word: str) -> ArticlePage:
    """A public story that in memory says other things in every field."""
    story = a_story("Public text", slug=f"public-{word[2:]}", tags=("shared",))
    for name, value in texts(word).items():
        setattr(story, name, value)
    story.title, story.slug = f"{word} headline {COMMON}", f"{word}-slug"
    story.lead_image, story.body = a_picture(word), body(word)
    story.tags.set([f"{word} tag"])
    story.bylines = [Byline(author=an_author(f"{word} hand", slug=f"{word}-hand", live=False))]
    return story


def rewritten() -> ArticlePage:
    """A public story whose waiting draft says other things in every field."""
    story = retold("zqrewrite")
    story.save_revision()
    return ArticlePage.objects.get(pk=story.pk)


def authors_of(word: str, *, live: bool = False) -> dict[str, Any]:
    """A byline: one author with words of their own, and Anna, whom readers know."""
    texts = {"role": f"{word} role", "bio": f"{word} bio", "location": f"{word} residence"}
    own = an_author(f"{word} name", slug=f"{word}-author", live=live, **texts)
    return {"authors": (own, AuthorPage.objects.get(slug="anna"))}


def hidden_stories() -> list[ArticlePage]:
    """A story in every state that is not public."""

    def told(word: str, **fields: Any) -> ArticlePage:
        return canary(word, **authors_of(word), **fields)

    def read(word: str, stages: int, **fields: Any) -> ArticlePage:
        return approved(word, stages=stages, **authors_of(word), **fields)

    vault = a_section("zqvault section", slug="zqvault-section")
    attic = a_section("zqmoved section", slug="zqmoved-section", live=False)
    later, embargo = read("zqlater", 2, hours_ahead=2), read("zqembargo", 1)
    private, moved = told("zqlogin", live=True), told("zqmoved", live=False)
    pages = [later, embargo, private, moved, told("zqvault", live=True, parent=vault)]
    pages += [told("zqdraft", live=False), read("zqdesk", 0), read("zqlegal", 1, flagged=True)]
    pages += [unpublished(told("zqgone", live=True))]
    later.create_alias(parent=a_section("Second"), update_slug="zqlater-alias")
    sign_at_the_end(embargo, a_user("Managing editors"), embargo="on", **LATER)
    make_private(private)
    make_private(vault, "password", "open-sesame")
    move(moved, attic)
    pages = [ArticlePage.objects.get(pk=page.pk) for page in pages]
    assert {p.slug for p in pages if p.approved_schedule} == {"zqlater-slug", "zqembargo-slug"}
    assert {p.slug for p in pages if p.live} == {"zqlogin-slug", "zqvault-slug"}
    return pages


def changed_stories() -> None:
    """Public stories with another text that is not: a draft, one that has its time, a fix."""
    rewritten()
    story = retold("zqchange")
    story.go_live_at = timezone.now() + timedelta(hours=2)
    story.save_revision()
    assert through_review(story, stages=2).approved_schedule
    propose(retold("zqfix"), a_user("Editors"), kind="typo", note="zqfix note", reason="zqfix why")


def naming(pages: list[ArticlePage]) -> ArticlePage:
    """A public story that names these, as front page, menus and redirects do too."""
    links = "".join(f'<a linktype="page" id="{page.pk}">there</a> ' for page in pages)
    plain = a_story("zqplain headline", slug="zqplain-slug", hours_ago=5)
    own = {name: f"{OPEN} related{name}" for name in ("headline", "text", "note")}
    blocks = [*body(OPEN), ("related_story", {"page": plain, **own})]
    blocks += [("paragraph", links), *(("related_story", {"page": page}) for page in pages)]
    assert {kind for kind, _ in blocks} == set(ArticlePage.body.field.stream_block.child_blocks)
    section = a_section("Harbour", slug="harbour")
    byline = authors_of(OPEN, live=True)
    control = canary(OPEN, live=True, parent=section, body=blocks, **byline)
    front, settings = home(), PublicationSettings.load()
    front.lead, front.slots = pages[0], [FrontSlot(story=page) for page in pages[1:5]]
    front.save()
    settings.header_menu = settings.footer_menu = [("entry", {"page": page}) for page in pages]
    settings.publishing_principles = pages[0]
    settings.save()
    for page in pages:
        Redirect.objects.create(old_path=f"/old-{page.pk}", redirect_page=page)
    return control
