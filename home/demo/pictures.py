"""The demo's pictures: drawn by code, the same every time, so that nothing has to be licensed."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal, NamedTuple

from home.demo.land import grain_field, power_station
from home.demo.landmarks import theatre
from home.demo.portraits import SITTERS, portrait
from home.demo.river import bridge, delta, river_ice
from home.demo.rooms import ledgers, studio, windows
from home.demo.streets import courthouse, tram
from home.demo.water import harbour, roads

SCENES: dict[str, Callable[[str], bytes]] = {
    "harbour-dusk": harbour,
    "harbour-frost": partial(harbour, frost=True),
    "dredger-roads": roads,
    "kesh-ferry": partial(roads, subject="ferry"),
    "outer-light": partial(roads, subject="light"),
    "river-ice": river_ice,
    "delta-dawn": delta,
    "delta-autumn": partial(delta, autumn=True),
    "railway-bridge": bridge,
    "bridge-lamps": partial(bridge, lamps=True),
    "power-station-fog": power_station,
    "brickworks": partial(power_station, kilns=True),
    "grain-field": grain_field,
    "spring-field": partial(grain_field, spring=True),
    "tram-rain": tram,
    "courthouse": courthouse,
    "night-windows": windows,
    "blocks-summer": partial(windows, summer=True),
    "mixing-desk": studio,
    "ledgers": ledgers,
    "opera-seats": theatre,
}


class Picture(NamedTuple):
    """What the picture library needs to know, and the function that draws the picture."""

    title: str
    alt: str
    credit: str
    draw: Callable[[str], bytes]
    kind: Literal["picture", "portrait"] = "picture"


def _picture(name: str, title: str, alt: str) -> Picture:
    if name in SITTERS:
        credit = "Portrait drawn for The Meridian Post"
        return Picture(title, alt, credit, portrait, "portrait")
    return Picture(title, alt, "Drawn for The Meridian Post", SCENES[name])


WORDS = tomllib.loads((Path(__file__).parent / "publication.toml").read_text(encoding="utf-8"))
PICTURES = {name: _picture(name, **words) for name, words in WORDS["pictures"].items()}


def draw(name: str) -> bytes:
    """The picture of that name as a JPEG: 1600 by 1067 pixels, portraits 900 by 900."""
    return PICTURES[name].draw(name)
