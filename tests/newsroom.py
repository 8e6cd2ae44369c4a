"""A newsroom for random steps: who changed which text is counted here by hand, apart from the
product, and what is live, signed and seen by readers is compared after each step.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine, invariant
from wagtail.models import Page, PageViewRestriction, WorkflowState

from cms.models import User
from news.editions.document import digest, document
from news.guard.verify import findings
from news.models import ArticlePage, Edition
from tests.builders import submit
from tests.doors import fresh, stage

REFUSALS = (PermissionDenied, ValidationError, IntegrityError, ProtectedError)
# The same text in another state: nobody wrote or signed anything.
DOORS_WITHOUT_TEXT = ("unpublish", "expiry", "privacy", "move")


def text_of(draft: ArticlePage) -> tuple[str, list[Any]]:
    return draft.title, [block["value"] for block in draft.body.raw_data]


def newest(story: Page) -> Edition | None:
    return Edition.objects.filter(story_id=story.pk).order_by("number").last()


def chain(page: Page) -> list[Page]:
    """A page and what it is an alias of, to the story at the end."""
    return [page, *chain(page.alias_of)] if page.alias_of_id else [page]


def restricted(page: Page) -> bool:
    """Whether a login stands before the place of the page."""
    above = [page.path[: page.steplen * depth] for depth in range(1, page.depth + 1)]
    return PageViewRestriction.objects.filter(page__path__in=above).exists()


def standing(pk: int) -> dict[str, Any]:
    """What a refusal must leave as it was."""
    story = ArticlePage.objects.get(pk=pk)
    review = WorkflowState.objects.filter(object_id=str(pk)).order_by("pk").last()
    draft = None if story.alias_of_id else story.get_latest_revision_as_object()
    approved = story.revisions.filter(approved_go_live_at__isnull=False).order_by("pk")
    return {
        "row": (story.live, story.title, story.path),
        "draft": draft and text_of(draft),
        "review": review and (review.status, stage(story)),
        "schedule": list(approved.values_list("pk", "approved_go_live_at")),
        "editions": story.editions.count(),
    }


class Newsroom(RuleBasedStateMachine):
    """Stories, their people, and what must hold after each step of whatever they do."""

    steps = 0

    def __init__(self, staff: dict[str, User], begun: dict[int, int]) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.staff = staff
        self.pks = list(begun)
        # By story: who changed the draft since it was last published, and in which revision.
        self.saves = {pk: [(0, author)] if author else [] for pk, author in begun.items()}
        self.fixes: dict[int, int] = {}
        self.signed: set[tuple[int, int, str]] = set()
        self.checked = set(Edition.objects.values_list("pk", flat=True))
        self.touched = self.pks[0]
        self.held: set[int] = set()
        self.last_seen = max(self.checked, default=0)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    # How a step is taken.

    @contextmanager
    def at(self, number: int, *, whole: bool = True) -> Iterator[ArticlePage]:
        """A story for one step, which may be refused: it then stands as before."""
        self.touched = self.pks[number % len(self.pks)]
        before = standing(self.touched)
        try:
            yield fresh(ArticlePage(pk=self.touched))
        except REFUSALS as refusal:
            after = standing(self.touched)
            assert not whole or after == before, f"“{refusal}” left something behind"

    def source(self, number: int) -> int:
        """The number of the story itself where that of an alias was drawn."""
        while source := fresh(ArticlePage(pk=self.pks[number % len(self.pks)])).alias_of_id:
            if source not in self.pks:
                break
            number = self.pks.index(source)
        return number

    def save(self, story: ArticlePage, who: str, change: Callable[[Any], None], **way: Any) -> None:
        draft = story.get_latest_revision_as_object()
        before = text_of(draft)
        change(draft)
        changed = text_of(draft) != before
        revision = draft.save_revision(user=self.staff[who], **way)
        if changed:
            self.saves[story.pk].append((revision.pk, self.staff[who].pk))

    def decide(self, story: ArticlePage, who: str, action: str, **form: Any) -> None:
        if not story.workflow_in_progress:
            return
        shown = story.draft_digest
        at_the_end = stage(story) == "publication" and action == "approve"
        if at_the_end:
            self.signed.add((story.pk, self.staff[who].pk, shown))
        data = {"comment": "Look", "digest": shown, **form}
        state = story.current_workflow_task_state
        story.current_workflow_task.on_action(state, self.staff[who], action, **data)

    def add(self, story: ArticlePage) -> None:
        self.pks.append(story.pk)
        self.saves[story.pk] = []

    def begin_review(self, story: ArticlePage, who: str) -> None:
        review = story.current_workflow_state
        if review and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
            review.resume(self.staff[who])
        elif not review:
            submit(story, self.staff[who])

    def pass_all_stages(self, story: ArticlePage, signer: str) -> None:
        for name, holder in (("desk", "editor"), ("legal", "lawyer"), ("publication", signer)):
            if stage(story) == name:
                self.decide(fresh(story), holder, "approve")

    # What holds after every step.

    @invariant()
    def count(self) -> None:
        Newsroom.steps += 1

    @invariant()
    def what_is_live_is_what_was_signed(self) -> None:
        for story in ArticlePage.objects.select_related("alias_of"):
            edition = newest(story)
            if story.alias_of_id:
                assert story.live == story.alias_of.live
                assert not story.live or story.title == story.alias_of.title
            elif story.live:
                assert edition and edition.live and edition.digest == digest(document(story))
                assert edition.public != story.get_view_restrictions().exists()
            else:
                assert not (edition and edition.live)
        assert list(findings()) == []

    @invariant()
    def two_names_stand_on_each_text(self) -> None:
        for edition in Edition.objects.exclude(pk__in=self.checked).order_by("story", "number"):
            self.checked.add(edition.pk)
            if edition.channel in DOORS_WITHOUT_TEXT:
                before = Edition.objects.get(story=edition.story_id, number=edition.number - 1)
                assert edition.digest == before.digest
                continue
            saves = self.saves[edition.story_id]
            within = [save for save in saves if save[0] <= (edition.revision_id or 0)]
            wrote = {user for _revision, user in within}
            if edition.revision_id in self.fixes:
                within, wrote = [], {self.fixes[edition.revision_id]}
            signers = {row["person"] for row in edition.signatures if row["role"] == "signer"}
            if edition.signatures_asked == 2 and not edition.unreviewed:
                assert signers - wrote, f"{edition} is signed by who wrote it: {signers}"
                for person in signers:
                    assert (edition.story_id, person, edition.digest) in self.signed
            self.saves[edition.story_id] = [save for save in saves if save not in within]

    @invariant()
    def readers_see_the_edition_or_nothing(self) -> None:
        story = fresh(ArticlePage(pk=self.touched))
        for page in (story, *ArticlePage.objects.filter(alias_of=story)):
            edition, response = newest(chain(page)[-1]), Client().get(page.url)
            if not page.live:
                # After a move the address of a story that is not public leads on.
                assert response.status_code in (404, 301)
            elif restricted(page) or restricted(chain(page)[-1]):
                assert response.status_code == 302, "Wagtail asks for the login that would open it"
            elif not any(map(restricted, chain(page))):
                assert response.status_code == 200
                assert edition and edition.document["headline"] in response.content.decode()
                assert response.context_data["page"].title == edition.document["headline"]
