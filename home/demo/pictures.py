"""The demo's pictures: drawn by code, the same every time, so that nothing has to be licensed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from . import land, portraits, river, rooms, streets, water

DRAWN = "Drawn for The Meridian Post"
PAINTED = "Portrait drawn for The Meridian Post"


class Picture(NamedTuple):
    """What the picture library needs to know, and the function that draws the picture."""

    title: str
    alt: str
    credit: str
    draw: Callable[[str], bytes]
    kind: Literal["picture", "portrait"] = "picture"


PICTURES: dict[str, Picture] = {
    "harbour-dusk": Picture(
        "Vereshchyn harbour at dusk",
        "A tall quay crane and a moored freighter in silhouette against an orange evening sky, "
        "with more cranes fading into the haze behind them.",
        DRAWN,
        water.harbour,
    ),
    "dredger-roads": Picture(
        "A dredger in the outer roads",
        "A dark working ship with a red stripe and three small gantries on a grey, calm sea.",
        DRAWN,
        water.dredger,
    ),
    "river-ice": Picture(
        "The Lyma breaking up",
        "Flat floes of ice on both sides of a channel of open water that leads toward a low sun.",
        DRAWN,
        river.river_ice,
    ),
    "delta-dawn": Picture(
        "The delta at first light",
        "Winding channels and pools seen from the air, shining pale between dark marshes.",
        DRAWN,
        river.delta,
    ),
    "power-station-fog": Picture(
        "The heat and power station in fog",
        "Three cooling towers and two striped chimneys rise from white fog; pylons stand in front.",
        DRAWN,
        land.power_station,
    ),
    "grain-field": Picture(
        "Barley near Tolm",
        "Wheel tracks run through ripe barley toward a grain elevator under dark cloud.",
        DRAWN,
        land.grain_field,
    ),
    "railway-bridge": Picture(
        "The railway bridge in mist",
        "Six steel arches on stone piers recede into mist; one person sits in a small boat.",
        DRAWN,
        river.bridge,
    ),
    "tram-rain": Picture(
        "The last number 6",
        "A lit tram comes down a wet street at night, its rails and windows shining in the rain.",
        DRAWN,
        streets.tram,
    ),
    "courthouse": Picture(
        "The colonnade of the Regional Court",
        "A row of fluted columns in low sun; a person with a briefcase stands on the far pavement.",
        DRAWN,
        streets.courthouse,
    ),
    "night-windows": Picture(
        "A housing block in the Sawmill district",
        "A wall of windows on a snowy night, about half of them lit, behind two bare trees.",
        DRAWN,
        rooms.windows,
    ),
    "mixing-desk": Picture(
        "The control room of the sound school",
        "Faders of a mixing desk, one of them red, in front of a studio window with a dim figure.",
        DRAWN,
        rooms.studio,
    ),
    "ledgers": Picture(
        "Registers in the records room",
        "Three shelves of old bound registers with paper labels, crossed by bands of sunlight.",
        DRAWN,
        rooms.ledgers,
    ),
    "portrait-holubets": Picture(
        "Maren Holubets",
        "Poster-like portrait of a woman with a grey bob and a dark blue jacket.",
        PAINTED,
        portraits.portrait,
        "portrait",
    ),
    "portrait-kravisz": Picture(
        "Tadei Kravisz",
        "Poster-like portrait of a bearded man in a rust-red cap and a green jacket.",
        PAINTED,
        portraits.portrait,
        "portrait",
    ),
    "portrait-pelz": Picture(
        "Ioana Pelz",
        "Poster-like portrait of a woman with black pinned-up hair and a wine-red coat.",
        PAINTED,
        portraits.portrait,
        "portrait",
    ),
    "portrait-adomait": Picture(
        "Severin Adomait",
        "Poster-like portrait of an old man with white hair, round glasses and a red scarf.",
        PAINTED,
        portraits.portrait,
        "portrait",
    ),
}


def draw(name: str) -> bytes:
    """The picture of that name as a JPEG: 1600 by 1067 pixels, portraits 900 by 900."""
    return PICTURES[name].draw(name)
