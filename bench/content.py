"""The same newsroom for both projects, made from one seed: words, pictures, who wrote what."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from PIL import Image, ImageDraw

SEED = 20250101
NEWEST = datetime(2025, 1, 1, 12, tzinfo=UTC)
APART = timedelta(minutes=37)
SECTIONS = ("City", "Courts", "Economy", "Science", "Culture", "Sport")
AUTHORS, TAGS, PICTURES = 50, 200, 40
COMMON, COMMON_SHARE = "harbour", 0.2
RARE, RARE_STORIES = "quokka", 5
SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "dim", "nor", "ves", "gan")


@dataclass(frozen=True)
class Story:
    """A story. Sections, authors, tags and pictures are numbers; `related` is another story's."""

    headline: str
    slug: str
    summary: str
    section: int
    authors: list[int]
    tags: list[int]
    lead: int
    pictures: list[int]
    related: int
    paragraphs: list[str]
    heading: str
    quote: str
    published: datetime


class Content:
    """`count` stories, the newest first, with their authors and tags."""

    def __init__(self, count: int) -> None:
        self.random = random.Random(SEED)  # noqa: S311 - repeatable on purpose
        self.words = ["the", "of", "and", "to", "a"]
        while len(self.words) < 1500:
            self.words.append("".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))))
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.authors = [f"{self.text(2)[:-1]} {number:02d}" for number in range(AUTHORS)]
        self.bios = [f"<p>{self.text(20)}</p>" for _ in self.authors]
        self.tags = [f"subject-{number:03d}" for number in range(TAGS)]
        self.stories = [self.story(number, count) for number in range(count)]

    def text(self, length: int) -> str:
        """A sentence of so many words."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        return f"{' '.join(words).capitalize()}."

    def story(self, number: int, count: int) -> Story:
        draw, every = self.random, max(1, count // RARE_STORIES)
        common = COMMON if draw.random() < COMMON_SHARE else "square"
        rare = RARE if number % every == every // 2 else "heron"
        paragraphs = [f"<p>{self.text(30)} <b>It is so.</b> {self.text(17)}</p>" for _ in range(12)]
        paragraphs[6] = f"<p>{self.text(40)} At the {common} a {rare} was seen.</p>"
        return Story(
            headline=f"{self.text(7)[:-1]} {common} {number:06d}",
            slug=f"story-{number}",
            summary=self.text(24),
            section=draw.randrange(len(SECTIONS)),
            authors=draw.sample(range(AUTHORS), draw.choice((1, 1, 2))),
            tags=draw.sample(range(TAGS), 3),
            lead=draw.randrange(PICTURES),
            pictures=draw.choices(range(PICTURES), k=2),
            related=(number + draw.randint(1, 40)) % count,
            paragraphs=paragraphs,
            heading=self.text(4)[:-1],
            quote=self.text(16),
            published=NEWEST - number * APART,
        )


def picture(number: int) -> bytes:
    """Picture `number` as a JPEG of 640 x 400 pixels."""
    image = Image.new("RGB", (640, 400), (number * 6, 120, 255 - number * 6))
    ImageDraw.Draw(image).ellipse((40, 40, 200 + number * 10, 360), fill=(240, number * 5, 90))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()
