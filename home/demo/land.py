"""Scenes on land: the power station in fog and the plain before harvest."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageFilter

from home.demo.canvas import (
    EMBER,
    FULL,
    HEIGHT,
    SIZE,
    WIDTH,
    Point,
    Stencil,
    clouds,
    dice,
    fade,
    finish,
    glow,
    grade,
    gradient,
    ground,
    level,
    ridge,
    veil,
)


def _tower(x: float, base: float, tall: float) -> list[Point]:
    """The outline of a cooling tower."""
    left: list[Point] = []
    right: list[Point] = []
    for i in range(41):
        t = i / 40
        half = tall * (0.2 + 0.19 * abs(t - 0.76) ** 1.6 * (1.5 if t < 0.76 else 1.2))
        left.append((x - half, base - tall * t))
        right.append((x + half, base - tall * t))
    return left + right[::-1]


def power_station(name: str, *, kilns: bool = False) -> bytes:
    """Cooling towers and chimneys rising out of morning fog."""
    chance = dice(name)
    base = 800
    image = gradient(
        SIZE,
        [
            (0, (122, 138, 152)),
            (0.4, (178, 182, 182)),
            (0.68, (226, 210, 188)),
            (1, (172, 164, 154)),
        ],
    )
    glow(image, 1190, 400, 520, (255, 226, 180), strength=0.8, stretch=1.2)
    glow(image, 1190, 400, 76, (255, 250, 234))
    towers = [(880, 330, (186, 184, 180)), (560, 470, (146, 150, 154)), (250, 590, (104, 114, 124))]
    if kilns:
        towers = []
    for x, tall, colour in towers:
        steam = Stencil()
        for i in range(110):
            t = i / 110
            drift = 520 * t**1.4 * tall / 470
            size = tall * (0.13 + 0.3 * t) * chance.uniform(0.5, 1.0)
            steam.oval(
                x + drift + chance.gauss(0, tall * 0.09),
                base - tall - tall * 0.5 * t + chance.gauss(0, tall * 0.06),
                size,
                size * 0.7,
                230 - int(120 * t),
            )
        puff = ImageChops.multiply(
            steam.mask(tall * 0.035), level(clouds(SIZE, chance, (260, 200), 4), -40, 190)
        )
        image.paste((232, 226, 216), FULL, puff)
        pen = Stencil()
        pen.poly(_tower(x, base, tall))
        body = ImageChops.multiply(pen.mask(0.8), fade(SIZE, (0.6, 255), (0.74, 0)))
        image.paste(colour, FULL, body)
        wide = round(tall * 0.62)
        shade = Image.new("L", SIZE)
        shade.paste(
            fade((wide, tall), (0, 130), (0.5, 30), (0.85, 0), (1, 40), across=True),
            (round(x - wide / 2), base - tall),
        )
        image.paste((62, 76, 92), FULL, ImageChops.multiply(shade, body))
        veil(image, (222, 210, 194), (0, 0), (0.42, 12), (0.72, 120), (1, 60))
    works = Stencil()
    for x, tall, wide in ((1080, 620, 13), (1150, 640, 14)):
        works.poly(
            [
                (x - wide * 1.5, base),
                (x - wide, base - tall),
                (x + wide, base - tall),
                (x + wide * 1.5, base),
            ]
        )
    for x0, y0, x1 in ((980, 170, 1230), (1230, 120, 1400), (1010, 230, 1060), (1290, 150, 1340)):
        works.rect(x0, base - y0, x1, base)
    works.line([(1230, base - 110), (1440, base - 30)], 9)
    for x in range(-32, 980 if kilns else -32, 92):
        works.poly([(x, base), (x, base - 150), (x + 92, base - 206), (x + 92, base)])
    sunk = ImageChops.multiply(works.mask(0.9), fade(SIZE, (0.62, 255), (0.745, 0)))
    image.paste((104, 108, 112), FULL, sunk)
    bands = Stencil()
    for x, top in ((1080, 620), (1150, 640)):
        for i in range(3):
            bands.rect(x - 15, base - top + 26 + i * 62, x + 15, base - top + 54 + i * 62)
    image.paste((150, 92, 80), FULL, bands.mask(1).point(lambda v: int(v * 0.75)))
    for x, y in ((1080, base - 622), (1150, base - 642)):
        glow(image, x, y, 30, (255, 90, 66))
    fog = level(clouds(SIZE, chance, (900, 150), 5), 60, 210)
    fog = ImageChops.multiply(
        fog, fade(SIZE, (0, 0), (0.52, 20), (0.72, 255), (0.8, 255), (1, 120))
    )
    image.paste((228, 216, 198), FULL, fog)
    veil(image, (226, 214, 196), (0, 0), (0.6, 0), (0.74, 190), (0.8, 200), (1, 60))
    near = Stencil()
    for x, tall in ((1430, 560), (1130, 210), (1010, 110)):
        foot, w = 1010 - (560 - tall) * 0.28, tall * 0.012
        near.line([(x - tall * 0.13, foot), (x, foot - tall), (x + tall * 0.13, foot)], w)
        for i in range(1, 7):
            a, b = tall * (i - 1) / 7, tall * i / 7
            p, q = tall * 0.13 * (1 - (i - 1) / 7), tall * 0.13 * (1 - i / 7)
            near.line([(x - p, foot - a), (x + q, foot - b)], w * 0.5)
            near.line([(x + p, foot - a), (x - q, foot - b)], w * 0.5)
        for share, arm in ((0.66, 0.2), (0.79, 0.25), (0.91, 0.16)):
            near.line(
                [(x - tall * arm, foot - tall * share), (x + tall * arm, foot - tall * share)], w
            )
    for side in (-1, 1):
        for share, arm in ((0.66, 0.2), (0.79, 0.25), (0.91, 0.16)):
            here = (1430 + side * 560 * arm, 1010 - 560 * share)
            there = (1130 + side * 210 * arm, 912 - 210 * share)
            wire = [
                (
                    here[0] + (there[0] - here[0]) * t / 20,
                    here[1] + (there[1] - here[1]) * t / 20 + 60 * (t / 20) * (1 - t / 20),
                )
                for t in range(21)
            ]
            near.line(wire, 1.2)
            near.line([here, (here[0] + 320, here[1] - 60)], 1.6)
    image.paste((66, 72, 80), FULL, near.mask(0.4))
    reeds = Stencil()
    reeds.poly([*ridge(chance, HEIGHT, 70, 5, WIDTH)])
    for _ in range(1500):
        x, tall = chance.uniform(-20, WIDTH + 20), chance.uniform(30, 130) * chance.uniform(0.5, 1)
        lean = chance.gauss(14, 14)
        reeds.line(
            [(x, HEIGHT), (x + lean * 0.4, HEIGHT - tall * 0.7), (x + lean, HEIGHT - tall)], 1.5
        )
        if chance.random() < 0.12:
            reeds.oval(x + lean, HEIGHT - tall - 8, 3, 11)
    image.paste((58, 56, 54), FULL, reeds.mask(0.5))
    if kilns:
        image = grade(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT), EMBER, 0.8)
    return finish(image, chance)


def grain_field(name: str, *, spring: bool = False) -> bytes:
    """Barley under a clearing sky, with the elevator on the horizon."""
    chance = dice(name)
    horizon = 560
    image = gradient(
        SIZE,
        [
            (0, (62, 82, 112)),
            (0.25, (112, 130, 150)),
            (0.44, (214, 196, 166)),
            (0.525, (252, 222, 166)),
            (1, (200, 160, 90)),
        ],
    )
    heavens = clouds((1800, 1200), chance, (420, 260), 5)
    sheet = ground(heavens, (WIDTH + 20, horizon + 20), 215, 0.36)
    sheet = sheet.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    dark = level(sheet.crop((0, 0, WIDTH, horizon)), 80, 240)
    moved = level(sheet.crop((14, 14, WIDTH + 14, horizon + 14)), 40, 220)
    high = fade((WIDTH, horizon), (0, 255), (0.7, 200), (1, 0))
    image.paste((56, 64, 88), (0, 0, WIDTH, horizon), ImageChops.multiply(dark, high))
    lit = ImageChops.multiply(dark, moved.point(lambda v: 255 - v))
    lit = ImageChops.multiply(level(lit, 20, 120), fade((WIDTH, horizon), (0, 60), (1, 220)))
    image.paste((255, 208, 158), (0, 0, WIDTH, horizon), lit.filter(ImageFilter.GaussianBlur(3)))
    glow(image, 330, horizon - 30, 560, (255, 206, 130), strength=0.85, stretch=1.7)
    far = Stencil()
    far.poly(ridge(chance, horizon + 4, 22, 6, WIDTH))
    image.paste((168, 146, 122), FULL, far.mask(2))
    far = Stencil()
    for _ in range(420):
        x = chance.choice((chance.gauss(560, 60), chance.gauss(1450, 80), chance.uniform(0, 1600)))
        far.oval(x, horizon, chance.uniform(5, 15), chance.uniform(4, 20))
    for i in range(5):
        x = 1040 + i * 44
        far.rect(x, horizon - 150, x + 41, horizon + 6)
        far.oval(x + 20.5, horizon - 150, 20.5, 7)
    far.rect(1004, horizon - 226, 1042, horizon + 6)
    far.poly([(998, horizon - 226), (1023, horizon - 248), (1048, horizon - 226)])
    far.rect(1030, horizon - 176, 1262, horizon - 164)
    far.line([(1023, horizon - 220), (1170, horizon - 166)], 4)
    far.rect(1268, horizon - 52, 1360, horizon + 6)
    image.paste((92, 84, 86), FULL, far.mask(0.7))
    shine = Stencil()
    for i in range(5):
        shine.rect(1040 + i * 44, horizon - 150, 1051 + i * 44, horizon)
    shine.rect(1004, horizon - 226, 1012, horizon)
    image.paste((232, 186, 136), FULL, shine.mask(2).point(lambda v: int(v * 0.7)))
    field = (WIDTH, HEIGHT - horizon)
    land = gradient(field, [(0, (226, 180, 108)), (0.25, (196, 146, 74)), (1, (112, 76, 36))])
    waves = ground(clouds((1800, 1200), chance, (160, 70), 5), field, 70, 0.2)
    land.paste(
        (244, 204, 130), (0, 0, *field), level(waves, 110, 250).point(lambda v: int(v * 0.6))
    )
    land.paste((86, 62, 38), (0, 0, *field), level(waves, 10, 130).point(lambda v: (255 - v) // 2))
    image.paste(land, (0, horizon))
    track = Stencil()
    for side in (-1, 1):
        track.poly(
            [
                (756 + side * 5 - 1, horizon),
                (756 + side * 5 + 1, horizon),
                (640 + side * 150 + 42, HEIGHT),
                (640 + side * 150 - 42, HEIGHT),
            ]
        )
    image.paste((84, 58, 36), FULL, track.mask(4).point(lambda v: int(v * 0.75)))
    for step, (tone, glint) in enumerate(
        (
            ((206, 158, 86), (250, 214, 140)),
            ((172, 124, 62), (248, 206, 124)),
            ((122, 84, 42), (240, 190, 104)),
            ((66, 44, 26), (214, 158, 78)),
        )
    ):
        stalks, ears = Stencil(), Stencil()
        tall = 26 * 2.0**step
        foot = horizon + (60, 160, 330, 560)[step]
        for _ in range(1100 // 2**step):
            x = chance.uniform(-40, WIDTH + 40)
            gap = 640 + (756 - 640) * (HEIGHT - foot) / (HEIGHT - horizon)
            if abs(abs(x - gap) - (foot - horizon) * 0.3) < (foot - horizon) * 0.09:
                continue
            y, t = foot + chance.gauss(0, 18 + step * 12), tall * chance.uniform(0.7, 1.15)
            lean = t * chance.gauss(0.14, 0.09)
            tip = (x + lean, y - t)
            stalks.line([(x, y), (x + lean * 0.35, y - t * 0.6), tip], 0.8 + 0.5 * step)
            for k in range(5):
                ex, ey = tip[0] + lean * 0.07 * k, tip[1] - t * 0.03 * k
                ears.oval(ex, ey, 0.9 + 0.9 * step, 1.4 + 1.9 * step)
            for k in (-1, 0, 1):
                ears.line([tip, (tip[0] + lean * 0.7 + k * t * 0.05, tip[1] - t * 0.26)], 0.5, 150)
        blur = (0.5, 0.3, 0.9, 2.6)[step]
        image.paste(tone, FULL, stalks.mask(blur))
        image.paste(glint, FULL, ears.mask(blur).point(lambda v: int(v * 0.85)))
    veil(image, (255, 214, 150), (0, 0), (0.48, 0), (0.53, 130), (0.62, 20), (1, 0))
    veil(image, (40, 26, 20), (0, 0), (0.75, 0), (1, 150))
    if spring:
        green = ImageChops.multiply(image, Image.new("RGB", SIZE, (132, 196, 158)))
        image.paste(green, (0, 0), fade(SIZE, (0, 0), (0.515, 0), (0.56, 190), (1, 255)))
    return finish(image, chance)
