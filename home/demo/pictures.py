"""The demo's pictures: drawn by code, the same every time, so that nothing has to be licensed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from . import land, landmarks, portraits, river, rooms, streets, water

SCENES: dict[str, Callable[[str], bytes]] = {
    "harbour-dusk": water.harbour,
    "harbour-frost": partial(water.harbour, frost=True),
    "dredger-roads": water.roads,
    "kesh-ferry": partial(water.roads, subject="ferry"),
    "outer-light": partial(water.roads, subject="light"),
    "river-ice": river.river_ice,
    "delta-dawn": river.delta,
    "delta-autumn": partial(river.delta, autumn=True),
    "railway-bridge": river.bridge,
    "bridge-lamps": partial(river.bridge, lamps=True),
    "power-station-fog": land.power_station,
    "brickworks": partial(land.power_station, kilns=True),
    "grain-field": land.grain_field,
    "spring-field": partial(land.grain_field, spring=True),
    "tram-rain": streets.tram,
    "courthouse": streets.courthouse,
    "night-windows": rooms.windows,
    "blocks-summer": partial(rooms.windows, summer=True),
    "mixing-desk": rooms.studio,
    "ledgers": rooms.ledgers,
    "opera-seats": landmarks.theatre,
}


class Picture(NamedTuple):
    """What the picture library needs to know, and the function that draws the picture."""

    title: str
    alt: str
    credit: str
    draw: Callable[[str], bytes]
    kind: Literal["picture", "portrait"] = "picture"


def _picture(name: str, title: str, alt: str) -> Picture:
    if name in portraits.SITTERS:
        credit = "Portrait drawn for The Meridian Post"
        return Picture(title, alt, credit, portraits.portrait, "portrait")
    return Picture(title, alt, "Drawn for The Meridian Post", SCENES[name])


WORDS = tomllib.loads((Path(__file__).parent / "publication.toml").read_text(encoding="utf-8"))
PICTURES = {name: _picture(name, **words) for name, words in WORDS["pictures"].items()}


def draw(name: str) -> bytes:
    """The picture of that name as a JPEG: 1600 by 1067 pixels, portraits 900 by 900."""
    return PICTURES[name].draw(name)
