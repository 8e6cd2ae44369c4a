"""The same newsroom for both projects, made from one seed: words, pictures, who wrote what."""

from __future__ import annotations

import io
import random
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


class Content:
    """`count` stories, the newest first, with their authors and tags."""

    def __init__(self, count: int) -> None:
        self.random, self.count = random.Random(SEED), count  # noqa: S311 - repeatable on purpose
        self.words = ["the", "of", "and", "to", "a"]
        while len(self.words) < 1500:
            self.words.append("".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 4))))
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))
        self.authors = [f"{self.text(2)[:-1]} {number:02d}" for number in range(AUTHORS)]
        self.bios = [f"<p>{self.text(20)}</p>" for _ in self.authors]
        self.tags = [f"subject-{number:03d}" for number in range(TAGS)]
        self.stories = [Story(self, number) for number in range(count)]

    def text(self, length: int) -> str:
        """A sentence of so many words."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=length)
        return f"{' '.join(words).capitalize()}."


class Story:
    """A story. Sections, authors, tags and pictures are numbers; `related` is another story's."""

    def __init__(self, content: Content, number: int) -> None:
        draw, text, every = content.random, content.text, max(1, content.count // RARE_STORIES)
        common = COMMON if draw.random() < COMMON_SHARE else "square"
        rare = RARE if number % every == every // 2 else "heron"
        self.paragraphs = [f"<p>{text(30)} <b>It is so.</b> {text(17)}</p>" for _ in range(12)]
        self.paragraphs[6] = f"<p>{text(40)} At the {common} a {rare} was seen.</p>"
        self.headline = f"{text(7)[:-1]} {common} {number:06d}"
        self.summary = text(24)
        self.slug = f"story-{number}"
        self.section = draw.randrange(len(SECTIONS))
        self.authors = draw.sample(range(AUTHORS), draw.choice((1, 1, 2)))
        self.tags = draw.sample(range(TAGS), 3)
        self.lead, *self.pictures = draw.choices(range(PICTURES), k=3)
        self.related = (number + draw.randint(1, 40)) % content.count
        self.published = NEWEST - number * APART


def picture(number: int) -> bytes:
    """Picture `number` as a JPEG of 640 x 400 pixels."""
    image = Image.new("RGB", (640, 400), (number * 6, 120, 255 - number * 6))
    ImageDraw.Draw(image).ellipse((40, 40, 200 + number * 10, 360), fill=(240, number * 5, 90))
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()
