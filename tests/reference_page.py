"""A real news page as text, read into its parts.

The lines, in order: label of the feed, headline, read time, headline, caption with the credit in
brackets, paragraphs, a related story (headline, then its editor's note and first words, then
"Article image"), "Avatar", the author's name, role and bio, "Read more", the label, "Show More".
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

OWN_PAGE = Path(__file__).parent / "reference_page.txt"


@dataclass(frozen=True)
class ReferencePage:
    feed: str
    headline: str
    read_time: str
    caption: str
    credit: str
    paragraphs: list[str]
    related_headline: str
    related_note: str
    related_text: str
    author: str
    role: str
    bio: str


def read_reference_page() -> ReferencePage:
    """The page named by REFERENCE_PAGE, else one of our own of the same shape."""
    named = Path(os.environ.get("REFERENCE_PAGE", ""))
    path = named if named.is_file() else OWN_PAGE
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    caption, credit = re.fullmatch(r"(.+) \((.+)\)", lines[4]).groups()  # type: ignore[union-attr]
    note_at = next(n for n, line in enumerate(lines) if line.startswith("Editor’s Note:"))
    # The note ends where the related story's own dateline begins.
    note = re.fullmatch(r"Editor’s Note: (.+?\.) ([A-Z][A-Z ]+ – .+)", lines[note_at])
    assert note is not None
    avatar = lines.index("Avatar")
    return ReferencePage(
        feed=lines[0],
        headline=lines[1],
        read_time=lines[2],
        caption=caption,
        credit=credit,
        paragraphs=lines[5 : note_at - 1],
        related_headline=lines[note_at - 1],
        related_note=note[1],
        related_text=note[2],
        author=lines[avatar + 1],
        role=lines[avatar + 2],
        bio=lines[avatar + 3],
    )


def is_quote(paragraph: str) -> bool:
    """Whether a paragraph is one quotation and nothing else."""
    return paragraph[0] in '"“' and paragraph[-1] in '"”' and paragraph.count('"') in (0, 2)
