"""What a person can do with the cards they see: what the editor says, for many in one query."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from news.board.cards import BoardCard
from news.board.visible import VisibleStories
from news.review.access import StageHolders, access_of, may_approve
from news.review.roles import Stage

READ_AND = {
    Stage.DESK: _("Read and pass on"),
    Stage.LEGAL: _("Read and clear"),
    Stage.PUBLICATION: _("Read and sign"),
}


class Actions:
    def __init__(self, visible: VisibleStories, cards: Iterable[BoardCard], *, alone: bool) -> None:
        self.access = visible.access
        self.stages = visible.stories.stages
        self.judged = visible.judged
        self.alone = alone
        self.contributors = access_of({pk for card in cards for pk in card.contributors})

    def settle(self, card: BoardCard, column: str) -> None:
        """Set what the person may do with a card as it stands in a column."""
        changes = self.access.may("change_page", card.path)
        edits = changes or (card.mine and self.access.may("add_page", card.path))
        stage = self.stages.get(card.task_id or 0)
        held = stage is not None and self.holds(stage, card)
        card.opens = edits or held
        card.address = reverse("wagtailadmin_pages:edit", args=(card.story_id,))
        card.act = str(self.act(card, column, stage if held else None))
        if column == "unreviewed":
            card.opens = changes
            card.address = reverse("review_breaking", args=(card.story_id, card.edition))
        elif card.fix:
            card.opens = changes
            card.address = reverse("sign_fix", args=(card.story_id,))
        elif stage is not None:
            card.role = stage.role_at(card.path)
            card.may_claim = held
            if held and stage.stage == Stage.LEGAL:
                card.address = reverse("read_story", args=(card.story_id,))
        else:
            card.may_claim = column == "draft" and edits
        if not card.opens and card.story_id in self.judged:
            card.opens = True
            card.address = reverse("read_story", args=(card.story_id,))

    def act(self, card: BoardCard, column: str, held: StageHolders | None) -> Promise | str:
        """The name of what is for them to do now, at the stage that they hold if there is one."""
        person = self.access.person
        if card.fix:
            own = person in card.contributors and not self.alone
            return _("Read and sign the fix") if card.opens and not own else ""
        if column == "unreviewed":
            return _("Read and sign afterwards") if card.asked_me and card.opens else ""
        if column == "scheduled":
            publishes = self.access.may("publish_page", card.path)
            return _("Sign again") if card.held and publishes else ""
        if held is not None:
            allowed = may_approve(person, held.stage, card, alone=self.alone)
            return READ_AND[Stage(held.stage)] if allowed else ""
        return _("Read why, and edit") if card.returned and card.mine and card.opens else ""

    def holds(self, stage: StageHolders, card: BoardCard) -> bool:
        worked = (self.contributors[pk] for pk in card.contributors if pk in self.contributors)
        return self.access.decides(stage, card.path, lambda: worked)
