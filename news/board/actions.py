"""What a person can do with the cards they see: the same answers as the editor's own, for many
stories in one query.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news.board.cards import BoardCard
from news.review.access import Access, StageHolders, access_of, may_approve
from news.review.roles import Stage

READ_AND = {
    Stage.DESK: _("Read and pass on"),
    Stage.LEGAL: _("Read and clear"),
    Stage.PUBLICATION: _("Read and sign"),
}


class Actions:
    """`alone`: one signature is enough. `known`: ids of stories that the person works on without
    editing them.
    """

    def __init__(
        self,
        access: Access,
        stages: Mapping[int, StageHolders],
        cards: Iterable[BoardCard],
        *,
        alone: bool,
        known: Container[int],
    ) -> None:
        self.access = access
        self.stages = stages
        self.alone = alone
        self.known = known
        self.contributors = access_of({pk for card in cards for pk in card.contributors})

    def settle(self, card: BoardCard, column: str) -> None:
        """Set what the person may do with a card as it stands in a column."""
        held = self.holds(card)
        edits = self.edits(card)
        card.opens = edits or held
        card.address = reverse("wagtailadmin_pages:edit", args=(card.story_id,))
        card.act = str(self.act(card, column, held) or "")
        if column == "unreviewed":
            card.opens = self.access.may("change_page", card.path)
            card.address = reverse("review_breaking", args=(card.story_id, card.edition))
        elif card.fix:
            card.opens = self.access.may("change_page", card.path)
            card.address = reverse("sign_fix", args=(card.story_id,))
        elif card.task_id:
            stage = self.stages[card.task_id]
            card.role = stage.role_at(card.path)
            card.may_claim = held
            if stage.stage == Stage.LEGAL and held:
                card.address = reverse("read_story", args=(card.story_id,))
        else:
            card.may_claim = column == "draft" and edits
        if not card.opens and card.story_id in self.known:
            card.opens = True
            card.address = reverse("read_story", args=(card.story_id,))

    def act(self, card: BoardCard, column: str, held: bool) -> object:
        """The name of what is for them to do now; nothing where nothing is."""
        publishes = self.access.may("publish_page", card.path)
        if card.fix:
            own = self.access.person in card.contributors and not self.alone
            return _("Read and sign the fix") if card.opens and not own else ""
        if column == "unreviewed":
            return _("Read and sign afterwards") if card.asked_me and card.opens else ""
        if column == "scheduled":
            return _("Sign again") if card.held and publishes else ""
        if card.task_id:
            stage = Stage(self.stages[card.task_id].stage)
            allowed = held and may_approve(self.access.person, stage, card, alone=self.alone)
            return READ_AND[stage] if allowed else ""
        return _("Read why, and edit") if card.returned and card.mine and card.opens else ""

    def holds(self, card: BoardCard) -> bool:
        stage = self.stages.get(card.task_id or 0)
        worked = (self.contributors[pk] for pk in card.contributors if pk in self.contributors)
        return stage is not None and self.access.decides(stage, card.path, lambda: worked)

    def edits(self, card: BoardCard) -> bool:
        """Editors here; of their own or of what names them, those who write here."""
        if self.access.may("change_page", card.path):
            return True
        return card.mine and self.access.may("add_page", card.path)
