"""Many stories at once, written straight to the tables: what a board has to carry."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from cms.models import User
from news.models import ArticlePage, Contribution, Participant, ReviewTask, SectionPage, Signature
from news.review.roles import WORKFLOW

# Every fifth stands in each of these.
STANDS = ("draft", "desk", "legal", "publication", "scheduled")
PAGE_FIELDS = [field for field in Page._meta.local_concrete_fields if not field.primary_key]


def crowd(
    count: int,
    like: ArticlePage,
    section: SectionPage,
    owner: User,
    stands: tuple[str, ...] = STANDS,
) -> list[int]:
    """Unfinished stories with the text of `like`, below a section. Out: their ids."""
    section.refresh_from_db()
    last = section.get_last_child()
    first = 1 + (Page._str2int(last.path[-Page.steplen :]) if last else 0)
    stories = [_story(like, section, owner, first + number) for number in range(count)]
    bases = [
        Page(**{field.attname: getattr(story, field.attname) for field in PAGE_FIELDS})
        for story in stories
    ]
    for story, base in zip(stories, Page.objects.bulk_create(bases, batch_size=500), strict=True):
        story.pk = story.page_ptr_id = story.id = base.pk
    fields = ArticlePage._meta.local_concrete_fields
    ArticlePage._base_manager.all()._batched_insert(stories, fields, 500)
    Page.objects.filter(pk=section.pk).update(numchild=first + count)
    revisions = _revisions(stories, like, owner, stands)
    for name in set(stands) - {"draft", "scheduled"}:
        chosen = [r for n, r in enumerate(revisions) if stands[n % len(stands)] == name]
        _send_to(name, chosen, owner)
    return [story.pk for story in stories]


def _story(like: ArticlePage, section: SectionPage, owner: User, place: int) -> ArticlePage:
    now = timezone.now()
    return ArticlePage(
        path=Page._get_path(section.path, section.depth + 1, place),
        depth=section.depth + 1,
        title=f"One of many {place}",
        draft_title=f"One of many {place}",
        slug=f"one-of-many-{place}",
        url_path=f"{section.url_path}one-of-many-{place}/",
        content_type=ContentType.objects.get_for_model(ArticlePage),
        locale_id=section.locale_id,
        language_id=section.locale_id,
        translation_key=uuid.uuid4(),
        owner=owner,
        section=section,
        live=False,
        has_unpublished_changes=True,
        latest_revision_created_at=now - timedelta(minutes=place),
        body=like.body,
        word_count=like.word_count,
    )


def _revisions(
    stories: list[ArticlePage], like: ArticlePage, owner: User, stands: tuple[str, ...]
) -> list[Revision]:
    content = like.get_latest_revision().content
    soon = timezone.now() + timedelta(hours=1)
    rows = []
    for number, story in enumerate(stories):
        scheduled = stands[number % len(stands)] == "scheduled"
        rows.append(
            Revision(
                content_type=story.content_type,
                base_content_type=ContentType.objects.get_for_model(Page),
                object_id=str(story.pk),
                created_at=story.latest_revision_created_at,
                user=owner,
                content={**content, "pk": story.pk, "title": story.title},
                approved_go_live_at=soon + timedelta(minutes=number) if scheduled else None,
            )
        )
    revisions = Revision.objects.bulk_create(rows, batch_size=500)
    for story, revision in zip(stories, revisions, strict=True):
        story.latest_revision = revision
    pages = [Page(pk=story.pk, latest_revision_id=story.latest_revision_id) for story in stories]
    Page.objects.bulk_update(pages, ["latest_revision"], batch_size=500)
    Contribution.objects.bulk_create(
        Contribution(story=story, person=owner, revision_id=story.latest_revision_id)
        for story in stories
    )
    Participant.objects.bulk_create(Participant(story=story, person=owner) for story in stories)
    Signature.objects.bulk_create(
        Signature(story=story, digest="0" * 64, after_edition=0, role="signer", person=owner)
        for number, story in enumerate(stories)
        if stands[number % len(stands)] == "scheduled"
    )
    return revisions


def _send_to(stage: str, revisions: list[Revision], owner: User) -> None:
    task = ReviewTask.objects.get(stage=stage)
    workflow = Workflow.objects.get(name=WORKFLOW)
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type_id=revision.content_type_id,
            base_content_type_id=revision.base_content_type_id,
            object_id=revision.object_id,
            workflow=workflow,
            requested_by=owner,
        )
        for revision in revisions
    )
    tasks = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            revision=revision,
            task_id=task.pk,
            content_type=ContentType.objects.get_for_model(TaskState),
        )
        for state, revision in zip(states, revisions, strict=True)
    )
    for state, current in zip(states, tasks, strict=True):
        state.current_task_state = current
    WorkflowState.objects.bulk_update(states, ["current_task_state"], batch_size=500)
