"""The channel by which a story becomes public or ceases to be, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.log_actions import get_active_log_context

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from cms.models import User


@dataclass(frozen=True)
class PublicationContext:
    """`second`: who was asked to read what goes public unreviewed, as breaking news."""

    channel: str
    reason: str = ""
    by: User | None = None
    second: User | None = None


_context: ContextVar[PublicationContext | None] = ContextVar("publication_context", default=None)


def current_context() -> PublicationContext | None:
    return _context.get()


@contextmanager
def publication_context(
    channel: str, reason: str = "", by: User | None = None, second: User | None = None
) -> Iterator[None]:
    """What is published or withdrawn inside comes by this channel, for this reason."""
    token = _context.set(PublicationContext(channel, reason, by, second))
    try:
        yield
    finally:
        _context.reset(token)


def active_user() -> User | None:
    """Who acts, as Wagtail's log knows them."""
    user: User | None = get_active_log_context().user
    return user


def publish_reviewed(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publish the story that has passed its review. The approval is the right to do so."""
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)
