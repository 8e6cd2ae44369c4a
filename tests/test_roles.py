"""Who may do what at the desk, asked at the doors that people use."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    APIToken,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    TaskState,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from cms.models import Image, User
from news.models import ArticlePage, AuthorIndexPage, DeskSettings, ReviewTask, SectionPage
from tests.builders import (
    a_section,
    a_story,
    a_user,
    an_author,
    an_image,
    decide,
    feed,
    home,
    submit,
)

pytestmark = pytest.mark.django_db

REPORTERS, EDITORS, LEGAL = "Reporters", "Editors", "Legal reviewers"
MANAGING, ADMINISTRATORS, SUPERUSER = "Managing editors", "Administrators", "superuser"
EVERYBODY = (REPORTERS, EDITORS, LEGAL, MANAGING, ADMINISTRATORS, SUPERUSER)
STAGES = {
    "desk": {EDITORS, MANAGING, SUPERUSER},
    "legal": {LEGAL, SUPERUSER},
    "publication": {MANAGING, SUPERUSER},
}
PAGES = "wagtailadmin_pages"


def person(role: str, **fields: Any) -> User:
    """Somebody with one role; `superuser` stands in no group."""
    if role == SUPERUSER:
        return a_user(superuser=True, **fields)
    return a_user(role, **fields)


def admin(user: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def fresh(story: Page) -> ArticlePage:
    return ArticlePage.objects.get(pk=story.pk)


def draft_title(story: Page) -> str:
    return fresh(story).get_latest_revision_as_object().title


def opens(user: User, name: str, *args: Any) -> bool:
    """Whether somebody gets to see a page of the admin."""
    response = admin(user).get(reverse(name, args=args), follow=True)
    assert response.status_code in (200, 403)
    return response.status_code == 200 and response.request["PATH_INFO"] != reverse(
        "wagtailadmin_home"
    )


def edit_form(client: Client, story: Page, **fields: str) -> QueryDict:
    page = client.get(reverse(f"{PAGES}:edit", args=(story.pk,)))
    data = querydict_from_html(page.content.decode(), form_id="page-edit-form")
    words = nested_form_data({"body": streamfield([("heading", "Words")])})
    data.update({**words, **fields})
    return data


def edit(user: User, story: Page, **fields: str) -> HttpResponse:
    """Fill in the story's form and press a button (none: save the draft)."""
    client = admin(user)
    data = edit_form(client, story, **fields)
    return client.post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)


def act(user: User, story: Page, action: str, comment: str = "", state: Any = None) -> None:
    """Decide on a story at the address behind the buttons of its review."""
    state = state or fresh(story).current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, action, state.pk))
    response = admin(user).post(address, {"comment": comment})
    assert response.status_code in (200, 302, 403)


def stage(story: Page) -> str:
    """Where a story waits; empty if it does not."""
    story = fresh(story)
    return story.current_workflow_task.stage if story.workflow_in_progress else ""


def waiting_at(name: str, owner: User, **fields: Any) -> ArticlePage:
    """A flagged story of `owner` that has come to a stage."""
    story = a_story(live=False, owner=owner, needs_legal_review=True, **fields)
    story = submit(story, owner)
    for passed, role in (("desk", EDITORS), ("legal", LEGAL), ("publication", MANAGING)):
        if passed == name:
            break
        story = decide(story, person(role))
    assert stage(story) == name
    return story


def signatures(number: int) -> None:
    settings = DeskSettings.load()
    settings.signatures = number
    settings.save()


# Making, changing, deleting.


def a_desk(slug: str) -> SectionPage:
    section = a_section(slug.title(), slug=slug)
    call_command("setup_newsroom", desk=[slug], verbosity=0)
    return section


STORY, SECTION = ("news", "articlepage"), ("news", "sectionpage")
AUTHOR, PAGE = ("news", "authorpage"), ("home", "standardpage")
ALL = {"story", "story in culture", "story in world", "section", "author", "page"}
STORIES = {"story", "story in culture", "story in world"}
MAKES = {
    REPORTERS: STORIES,
    EDITORS: STORIES,
    LEGAL: set(),
    MANAGING: ALL,
    ADMINISTRATORS: set(),
    SUPERUSER: ALL,
    "Reporters: culture": {"story in culture"},
    "Editors: culture": {"story in culture"},
}


@pytest.mark.parametrize("role", MAKES)
def test_who_makes_what(role: str) -> None:
    culture, world = a_desk("culture"), a_desk("world")
    user = person(role)
    places = {
        "story": (*STORY, feed().pk),
        "story in culture": (*STORY, culture.pk),
        "story in world": (*STORY, world.pk),
        "section": (*SECTION, feed().pk),
        "author": (*AUTHOR, AuthorIndexPage.objects.get().pk),
        "page": (*PAGE, home().pk),
    }
    may = {name for name, place in places.items() if opens_form(user, place)}
    assert may == MAKES[role]


def opens_form(user: User, place: tuple[str, str, int]) -> bool:
    page = admin(user).get(reverse(f"{PAGES}:add", args=place))
    return page.status_code == 200 and 'id="page-edit-form"' in page.content.decode()


def test_a_reporter_makes_no_section_by_token() -> None:
    _token, text = APIToken.create_token(user=a_user(REPORTERS), name="script")
    before = Page.objects.count()
    data = {"meta": {"parent_id": feed().pk, "type": "news.SectionPage"}, "title": "X", "slug": "x"}
    headers = {"Authorization": f"Bearer {text}"}
    address = "/api/v3/pages/"
    answer = Client().post(address, data, content_type="application/json", headers=headers)
    assert answer.status_code == 403
    assert Page.objects.count() == before


DRAFTS: dict[str, tuple[str, bool]] = {
    # who, their role, may they edit a reporter's draft in Culture
    "owner": (REPORTERS, True),
    "in the byline": (REPORTERS, True),
    "shared with": (REPORTERS, True),
    "another reporter": (REPORTERS, False),
    "an editor": (EDITORS, True),
    "an editor of culture": ("Editors: culture", True),
    "a reporter of culture": ("Reporters: culture", False),
    "an editor of world": ("Editors: world", False),
    "a lawyer": (LEGAL, False),
    "a managing editor": (MANAGING, True),
    "an administrator": (ADMINISTRATORS, False),
    "a superuser": (SUPERUSER, True),
}


@pytest.mark.parametrize("who", DRAFTS)
def test_who_edits_a_draft(who: str) -> None:
    culture = a_desk("culture")
    a_desk("world")
    role, may = DRAFTS[who]
    user = person(role)
    owner = user if who == "owner" else a_user(REPORTERS)
    authors = (an_author(user=user),) if who == "in the byline" else ()
    shared = [user] if who == "shared with" else []
    story = a_story(
        "Before", parent=culture, live=False, owner=owner, authors=authors, shared_with=shared
    )
    assert opens(user, f"{PAGES}:edit", story.pk) == may
    writer = admin(a_user(superuser=True))
    data = edit_form(writer, story, title="After")
    admin(user).post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)
    assert draft_title(story) == ("After" if may else "Before")


DELETES: dict[str, tuple[str, bool, bool, bool]] = {
    # who, role, owner, was it ever public, may they delete it
    "own draft": (REPORTERS, True, False, True),
    "draft of another": (REPORTERS, False, False, False),
    "own story once public": (REPORTERS, True, True, False),
    "editor, once public": (EDITORS, False, True, False),
    "lawyer, draft": (LEGAL, False, False, False),
    "administrator, draft": (ADMINISTRATORS, False, False, False),
    "managing editor, once public": (MANAGING, False, True, False),
    "superuser, once public": (SUPERUSER, False, True, False),
}


@pytest.mark.parametrize("unpublish", [False, True], ids=["live", "unpublished"])
@pytest.mark.parametrize("case", DELETES)
def test_who_deletes_what(case: str, unpublish: bool) -> None:
    role, own, public, may = DELETES[case]
    user = person(role)
    owner = user if own else a_user(REPORTERS)
    authors = () if own else (an_author(user=user),)
    story = a_story("Here", live=public, owner=owner, authors=authors)
    if unpublish:
        story.unpublish()
    admin(user).post(reverse(f"{PAGES}:delete", args=(story.pk,)))
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
    if not may:
        admin(user).post(f"{bulk}?id={story.pk}&next=/admin/", {"next": "/admin/"})
        _token, text = APIToken.create_token(user=user, name="script")
        headers = {"Authorization": f"Bearer {text}"}
        Client().delete(f"/api/v3/pages/{story.pk}/", headers=headers)
    assert ArticlePage.objects.filter(pk=story.pk).exists() != may


SCREENS: dict[str, tuple[tuple[Any, ...], set[str]]] = {
    "publication": (("wagtailsettings:edit", "cms", "publicationsettings"), {MANAGING, "admin"}),
    "desk settings": (("wagtailsettings:edit", "news", "desksettings"), {"admin"}),
    "users": (("wagtailusers_users:index",), {"admin"}),
    "new user": (("wagtailusers_users:add",), {"admin"}),
    "groups": (("wagtailusers_groups:index",), {"admin"}),
    "API tokens of all": (("wagtailusers_api_tokens:index",), {"admin"}),
    "tags": (("wagtailsnippets_news_tag:list",), {MANAGING}),
    "new tag": (("wagtailsnippets_news_tag:add",), {MANAGING}),
    "new image": (("wagtailimages:add",), {REPORTERS, EDITORS, MANAGING}),
    "new document": (("wagtaildocs:add",), {REPORTERS, EDITORS, MANAGING}),
    "image of another": (("wagtailimages:edit", "IMAGE"), {EDITORS, MANAGING}),
    "privacy of a story": ((f"{PAGES}:set_privacy", "STORY"), {MANAGING}),
    "unpublish a story": ((f"{PAGES}:unpublish", "STORY"), {MANAGING}),
    "front page": ((f"{PAGES}:edit", "HOME"), {MANAGING}),
    "author": ((f"{PAGES}:edit", "AUTHOR"), {MANAGING}),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_who_reaches_which_screen(screen: str) -> None:
    (name, *args), holders = SCREENS[screen]
    makers: dict[str, Callable[[], Page]] = {
        "IMAGE": an_image,
        "STORY": a_story,
        "HOME": home,
        "AUTHOR": an_author,
    }
    args = [makers[arg]().pk if arg in makers else arg for arg in args]
    expected = {ADMINISTRATORS if role == "admin" else role for role in holders} | {SUPERUSER}
    assert {role for role in EVERYBODY if opens(person(role), name, *args)} == expected


# Review.


@pytest.mark.parametrize("name", STAGES)
def test_who_approves_at_which_stage(name: str) -> None:
    for role in EVERYBODY:
        story = waiting_at(name, a_user(REPORTERS))
        act(person(role), story, "approve")
        assert (stage(story) != name) == (role in STAGES[name]), role
        assert fresh(story).live == (name == "publication" and role in STAGES[name]), role


@pytest.mark.parametrize("name", STAGES)
def test_who_returns_at_which_stage(name: str) -> None:
    for role in EVERYBODY:
        story = waiting_at(name, a_user(REPORTERS), title="The text")
        act(person(role), story, "reject", comment="")
        assert stage(story) == name, "a return needs a reason"
        reason = f"Who says so, asks {role}"
        act(person(role), story, "reject", comment=reason)
        assert (stage(story) != name) == (role in STAGES[name]), role
        assert draft_title(story) == "The text"
        assert not fresh(story).live
        assert TaskState.objects.filter(comment=reason).exists() == (role in STAGES[name])


@pytest.mark.parametrize("flagged", [False, True])
def test_the_legal_stage_is_for_flagged_stories(flagged: bool) -> None:
    story = submit(a_story(live=False, needs_legal_review=flagged), a_user(REPORTERS))
    act(a_user(EDITORS), story, "approve")
    assert stage(story) == ("legal" if flagged else "publication")
    act(a_user(LEGAL), story, "approve")
    assert stage(story) == "publication"
    act(a_user(MANAGING), story, "approve")
    assert fresh(story).live


def every_role(kind: str) -> User:
    return a_user(superuser=True) if kind == SUPERUSER else a_user(*EVERYBODY[:-1])


def own_story(name: str, tie: str, me: User) -> ArticlePage:
    """A story that waits at a stage and is mine in one of the ways a story can be mine."""
    other = a_user(REPORTERS)
    authors = (an_author(user=me),) if tie == "byline" else ()
    story = a_story("Mine", live=False, owner=me if tie == "owner" else other, authors=authors)
    story.needs_legal_review = True
    story.save_revision()
    story = submit(story, me if tie == "submitter" else other)
    for passed, role in (("desk", EDITORS), ("legal", LEGAL)):
        if passed == name:
            return story
        story = decide(story, person(role))
    if tie == "edited here":
        assert edit(me, story, title="Rewritten").status_code == 302
        assert draft_title(story) == "Rewritten"
    return story


TIES = [(name, tie) for name in STAGES for tie in ("owner", "submitter", "byline")]


@pytest.mark.parametrize("kind", ["every role", SUPERUSER])
@pytest.mark.parametrize(("name", "tie"), [*TIES, ("publication", "edited here")])
def test_nobody_approves_their_own_story(name: str, tie: str, kind: str) -> None:
    """Unless the newsroom has decided that one signature is enough."""
    me = every_role(kind)
    story = own_story(name, tie, me)
    act(me, story, "approve")
    edit(me, story, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert stage(story) == name
    assert not fresh(story).live
    signatures(1)
    act(me, story, "approve")
    assert stage(story) != name
    assert fresh(story).live == (name == "publication")


def test_one_signature_is_no_pass_for_others() -> None:
    signatures(1)
    for name, holders in STAGES.items():
        for role in set(EVERYBODY) - holders:
            me = person(role)
            story = waiting_at(name, me)
            act(me, story, "approve")
            assert stage(story) == name, role


def test_an_old_or_foreign_decision_counts_for_nothing() -> None:
    """The address of a stage that is over, and of one of another story."""
    editor = a_user(EDITORS)
    story = waiting_at("desk", a_user(REPORTERS))
    desk = story.current_workflow_task_state
    own = waiting_at("desk", editor)
    act(editor, story, "approve", state=own.current_workflow_task_state)
    assert (stage(story), stage(own)) == ("desk", "desk")
    act(editor, story, "approve")
    act(editor, story, "approve", state=desk)
    act(editor, story, "reject", comment="Again", state=desk)
    assert stage(story) == "legal"


JSON = "application/json"
CHANGE = {"title": "Unsigned", "meta": {"action": "publish"}}


@pytest.mark.parametrize("when", ["draft", "in review", "rewrite of a live story"])
@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING, SUPERUSER])
def test_nobody_publishes_past_the_review(role: str, when: str) -> None:
    user = person(role)
    story = a_story("Before", live=when.startswith("rewrite"), owner=user)
    if when == "in review":
        story = submit(story, user)
    story.title = "Unsigned"
    story.save_revision()
    edit(user, story, **{"title": "Unsigned", "action-publish": "action-publish"})
    later = (timezone.now() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
    edit(user, story, **{"action-publish": "action-publish", "go_live_at": later})
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    for form in ({}, {"include_descendants": "on"}):
        for pk in (story.pk, feed().pk):
            admin(user).post(f"{bulk}?id={pk}&next=/admin/", {"next": "/admin/", **form})
    _token, text = APIToken.create_token(user=user, name="script")
    script = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"})
    new = {"parent_id": feed().pk, "type": "news.ArticlePage", "action": "publish"}
    attempts = [
        script.post(f"/api/v3/pages/{story.pk}/actions/{action}/", data, content_type=JSON)
        for action, data in (("publish", {}), ("copy", {"keep_live": True}), ("create_alias", {}))
    ]
    attempts += [
        script.patch(f"/api/v3/pages/{story.pk}/", CHANGE, content_type=JSON),
        script.post("/api/v3/pages/", {**CHANGE, "slug": "x", "meta": new}, content_type=JSON),
    ]
    assert {answer.status_code for answer in attempts} == {403}
    everything_below = {"include_descendants": True}
    address = f"/api/v3/pages/{feed().pk}/actions/publish/"
    script.post(address, everything_below, content_type=JSON)
    copy = {"new_title": "Unsigned", "new_slug": "copy", "new_parent_page": feed().pk}
    for box in ("alias", "publish_copies"):
        admin(user).post(reverse(f"{PAGES}:copy", args=(story.pk,)), {**copy, box: "on"})
    assert not ArticlePage.objects.filter(live=True, title="Unsigned").exists()
    assert fresh(story).live == when.startswith("rewrite")
    assert not fresh(story).approved_schedule
    if when == "in review":
        assert stage(story) == "desk", "the refusal leaves the review as it was"


@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING, SUPERUSER])
def test_nobody_creates_and_publishes_in_one_go(role: str) -> None:
    client = admin(person(role))
    address = reverse(f"{PAGES}:add", args=(*STORY, feed().pk))
    form = client.get(address).content.decode()
    data = querydict_from_html(form, form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield([])}))
    data.update({"title": "At once", "slug": "at-once", "action-publish": "action-publish"})
    client.post(address, data)
    assert not ArticlePage.objects.filter(live=True).exists()
    assert Client().get("/news/at-once/").status_code == 404


def test_the_author_waits_while_others_read() -> None:
    me = a_user(REPORTERS)
    story = a_story("As submitted", live=False, owner=me, authors=(an_author(user=me),))
    data = edit_form(admin(me), story, title="Slipped in")
    story = submit(story, me)
    _token, text = APIToken.create_token(user=me, name="script")
    script = Client(headers={"Authorization": f"Bearer {text}"})
    for role in (EDITORS, MANAGING):
        admin(me).post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)
        change = {"title": "Slipped in"}
        script.patch(f"/api/v3/pages/{story.pk}/", change, content_type="application/json")
        assert draft_title(story) == "As submitted"
        act(a_user(role), story, "approve")
    assert fresh(story).live
    assert fresh(story).title == "As submitted"


def test_the_author_submits_and_withdraws() -> None:
    me = a_user(REPORTERS)
    story = a_story("As written", live=False, owner=me)
    edit(me, story, **{"action-submit": "action-submit"})
    assert stage(story) == "desk"
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    for role in (REPORTERS, LEGAL, ADMINISTRATORS):
        admin(person(role)).post(address, {"action-cancel-workflow": "1"})
        assert stage(story) == "desk", role
    edit(me, story, **{"action-cancel-workflow": "action-cancel-workflow"})
    assert stage(story) == ""
    assert draft_title(story) == "As written"
    assert edit(me, story, title="Written again").status_code == 302
    assert draft_title(story) == "Written again"


@pytest.mark.parametrize("missing", ["credit", "description"])
def test_a_picture_without_credit_or_alt_text_passes_no_review(missing: str) -> None:
    """Neither in the form of the story nor at the address behind the last button."""
    reporter = a_user(REPORTERS)
    picture = an_image(**{missing: ""})
    draft = a_story(live=False, owner=reporter, lead_image=picture)
    edit(reporter, draft, **{"action-submit": "action-submit", "lead_image": str(picture.pk)})
    assert stage(draft) == ""
    shown = an_image()
    story = waiting_at("publication", reporter, lead_image=shown)
    Image.objects.filter(pk=shown.pk).update(**{missing: ""})
    act(a_user(MANAGING), story, "approve")
    assert not fresh(story).live
    assert stage(story) == "publication"


def test_a_lawyer_reads_and_changes_nothing() -> None:
    story = waiting_at("legal", a_user(REPORTERS), title="As written")
    data = edit_form(admin(a_user(superuser=True)), story, title="As the lawyer likes it")
    lawyer = a_user(LEGAL)
    assert opens(lawyer, f"{PAGES}:edit", story.pk)
    admin(lawyer).post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)
    assert draft_title(story) == "As written"


def test_reviewers_hold_no_publish_right() -> None:
    a_desk("culture")
    grants = GroupPagePermission.objects.filter(permission__codename="publish_page")
    assert {grant.group.name for grant in grants} == {MANAGING}


def test_a_desk_keeps_to_its_section() -> None:
    culture, world = a_desk("culture"), a_desk("world")
    editor = a_user("Editors: culture")
    ours = submit(a_story("Ours", parent=culture, live=False), a_user("Reporters: culture"))
    theirs = submit(a_story("Theirs", parent=world, live=False), a_user("Reporters: world"))
    for action, comment in (("approve", ""), ("reject", "No")):
        act(editor, theirs, action, comment)
        assert stage(theirs) == "desk"
    data = edit_form(admin(a_user(superuser=True)), theirs, title="Taken over")
    admin(editor).post(reverse(f"{PAGES}:edit", args=(theirs.pk,)), data)
    assert draft_title(theirs) == "Theirs"
    waiting = ReviewTask.objects.get(stage="desk").get_task_states_user_can_moderate(editor)
    assert {state.workflow_state.object_id for state in waiting} == {str(ours.pk)}
    assert edit(editor, ours, title="Ours, edited").status_code == 302
    act(editor, ours, "approve")
    assert stage(ours) == "publication"
    act(editor, ours, "approve")
    assert stage(ours) == "publication"


# The commands, and the door into the house.


def everything() -> list[Any]:
    groups = Group.objects.order_by("name").prefetch_related("permissions")
    rights = [(group.name, sorted(p.pk for p in group.permissions.all())) for group in groups]
    tasks = ReviewTask.objects.order_by("pk")
    holders = [(task.stage, sorted(group.name for group in task.groups.all())) for task in tasks]
    models = (GroupPagePermission, GroupCollectionPermission, WorkflowPage, WorkflowTask, Page)
    rows = [list(model.objects.order_by("pk").values_list()) for model in models]
    return [rights, holders, rows, DeskSettings.load().signatures]


def test_setting_up_again_changes_nothing() -> None:
    a_desk("culture")
    before = everything()
    call_command("setup_newsroom", desk=["culture"], verbosity=0)
    call_command("setup_newsroom", verbosity=0)
    assert everything() == before


@pytest.mark.parametrize("options", [{"desk": ["nowhere"]}, {"owner": "nobody"}])
def test_names_that_nobody_has(options: dict[str, Any]) -> None:
    before = everything()
    with pytest.raises(CommandError, match=r"nowhere|nobody"):
        call_command("setup_newsroom", verbosity=0, **options)
    assert everything() == before


@pytest.mark.parametrize("alone", [True, False])
def test_a_first_owner_holds_every_role(alone: bool) -> None:
    owner = a_user(superuser=True)
    if not alone:
        a_user(REPORTERS)
    call_command("setup_newsroom", owner=owner.username, verbosity=0)
    assert {group.name for group in owner.groups.all()} == set(EVERYBODY) - {SUPERUSER}
    assert DeskSettings.load().signatures == (1 if alone else 2)


def test_no_demo_where_logins_are_real(settings: Any) -> None:
    settings.DEMO_LOGINS = False
    with pytest.raises(CommandError, match="Demo logins"):
        call_command("seed_demo", verbosity=0)
    assert (User.objects.count(), ArticlePage.objects.count()) == (0, 0)


PASSWORD = "Quay-side 1907"


def choose_password(link: str) -> bool:
    """Follow a mailed link, as somebody who is not signed in. Out: whether it let them choose."""
    client = Client()
    page = client.get(link, follow=True)
    if "new_password1" not in page.content.decode():
        return False
    data = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    return client.post(page.request["PATH_INFO"], data).status_code == 302


def link_in(message: Any) -> str:
    found = re.search(r"https?://\S+?(/admin/password_reset/confirm/\S+)", message.body)
    assert found is not None, message.body
    return found[1]


def test_an_invitation_works_once() -> None:
    form = {"username": "nell", "email": "nell@example.org", "first_name": "N", "last_name": "B"}
    form |= {"password1": "", "password2": "", "is_active": "on"}
    form |= {"groups": str(Group.objects.get(name=REPORTERS).pk)}
    admin(a_user(ADMINISTRATORS)).post(reverse("wagtailusers_users:add"), form)
    nell = User.objects.get(username="nell")
    (message,) = mail.outbox
    assert message.to == ["nell@example.org"]
    assert not nell.has_usable_password()
    assert not Client().login(username="nell", password="")
    assert choose_password(link_in(message))
    assert Client().login(username="nell", password=PASSWORD)
    assert not choose_password(link_in(message))


@pytest.mark.parametrize("usable", [True, False], ids=["forgotten", "never set"])
def test_a_password_is_reset_by_mail(usable: bool) -> None:
    user = a_user(REPORTERS, name="nell")
    if not usable:
        user.set_unusable_password()
        user.save()
    reset = reverse("wagtailadmin_password_reset")
    for address in ("nobody@example.org", "NELL@example.org"):
        assert Client().post(reset, {"email": address}).status_code == 302
    (message,) = mail.outbox
    assert choose_password(link_in(message))
    assert Client().login(username="nell", password=PASSWORD)
    assert not choose_password(link_in(message))
    user.is_active = False
    user.save()
    Client().post(reset, {"email": "nell@example.org"})
    assert len(mail.outbox) == 1
