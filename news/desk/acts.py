"""What a person can do with the cards they see: the same answers as the editor's own, for many
stories in one query.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cms.models import User
from news.desk.cards import Card
from news.desk.reach import Reach
from news.models.desk import Stage

READ_AND = {
    Stage.DESK: _("Read and pass on"),
    Stage.LEGAL: _("Read and clear"),
    Stage.PUBLICATION: _("Read and sign"),
}


class Acts:
    """In: who asks, whether one signature is enough, the cards that are asked about, and the ids
    of stories that this person works on without editing them.
    """

    def __init__(
        self, reach: Reach, alone: bool, cards: Iterable[Card], known: Container[int]
    ) -> None:
        self.reach = reach
        self.me = reach.user.pk
        self.alone = alone
        self.known = known
        self.superusers: set[int] = set()
        self.groups: defaultdict[int, set[int]] = defaultdict(set)
        people = {pk for card in cards for pk in card.contributors}
        rows = User.objects.filter(pk__in=people).values_list("pk", "is_superuser", "groups")
        for pk, superuser, group in rows:
            self.groups[pk].add(group or 0)
            if superuser:
                self.superusers.add(pk)

    def settle(self, card: Card, column: str) -> None:
        """Set what the person may do with a card as it stands in a column."""
        held = self.holds(card)
        edits = self.edits(card)
        card.opens = edits or held
        card.address = reverse("wagtailadmin_pages:edit", args=(card.story_id,))
        card.act = str(self.act(card, column, held) or "")
        if column == "unreviewed":
            card.opens = self.reach.may("change_page", card.path)
            card.address = reverse("review_breaking", args=(card.story_id, card.edition))
        elif card.fix:
            card.opens = self.reach.may("change_page", card.path)
            card.address = reverse("sign_fix", args=(card.story_id,))
        elif card.task_id:
            task = self.reach.tasks[card.task_id]
            card.role = task.role_at(card.path)
            card.may_claim = held
            if task.stage == Stage.LEGAL and held:
                card.address = reverse("read_story", args=(card.story_id,))
        else:
            card.may_claim = column == "draft" and edits
        if not card.opens and card.story_id in self.known:
            card.opens = True
            card.address = reverse("read_story", args=(card.story_id,))

    def act(self, card: Card, column: str, held: bool) -> object:
        """The name of what is for them to do now; nothing where nothing is."""
        publishes = self.reach.may("publish_page", card.path)
        if card.fix:
            own = self.me in card.contributors and not self.alone
            return _("Read and sign the fix") if card.opens and not own else ""
        if column == "unreviewed":
            return _("Read and sign afterwards") if card.asked_me and card.opens else ""
        if column == "scheduled":
            return _("Sign again") if card.held and publishes else ""
        if card.task_id:
            stage = Stage(self.reach.tasks[card.task_id].stage)
            return READ_AND[stage] if held and self.may_approve(card, stage) else ""
        return _("Read why, and edit") if card.returned and card.mine and card.opens else ""

    def may_approve(self, card: Card, stage: str) -> bool:
        """See `ReviewTask.may_approve`."""
        own = card.contributors if stage == Stage.PUBLICATION else card.writers
        return self.alone or self.me not in own

    def holds(self, card: Card) -> bool:
        """See `ReviewTask.is_held_by`."""
        task = self.reach.tasks.get(card.task_id or 0)
        if task is None:
            return False
        if self.reach.holds(task, card.path):
            return True
        if task.stage != Stage.PUBLICATION or not self.reach.may("change_page", card.path):
            return False
        return any(
            pk in self.superusers or task.is_held_at(card.path, self.groups[pk])
            for pk in card.contributors
        )

    def edits(self, card: Card) -> bool:
        """Editors here; of their own or of what names them, those who write here."""
        if self.reach.may("change_page", card.path):
            return True
        return card.mine and self.reach.may("add_page", card.path)
