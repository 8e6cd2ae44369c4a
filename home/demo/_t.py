from .canvas import *
from PIL import ImageDraw


def theatre(name: str) -> bytes:
    """The empty opera house, with one lamp left burning on the stage."""
    chance = dice(name)
    image = gradient(SIZE, [(0, (20, 13, 18)), (0.5, (58, 36, 32)), (1, (16, 10, 14))])
    folds, arch, lamp = Stencil(), Stencil(), Stencil()
    for i in range(16):
        for x, way in ((196 + i * 17, 1), (1404 - i * 17, -1)):
            folds.poly([(x, 90), (x + way * 9, 90), (x + way * (9 - i * 1.6), 610),
                        (x - way * i * 1.6, 610)], 120 + 8 * i)
    image.paste((112, 30, 34), (180, 90, 1420, 610))
    image.paste(gradient((840, 430), [(0, (30, 20, 24)), (0.85, (120, 84, 60)),
                                      (1, (96, 66, 48))]), (380, 180))
    glow(image, 800, 430, 620, (255, 206, 140), strength=0.7, stretch=1.1)
    image.paste((54, 14, 22), FULL, folds.mask(1.4))
    arch.rect(0, 0, WIDTH, 130)
    for x in (0, 1400):
        arch.rect(x, 0, x + 200, 640)
    image.paste((28, 20, 24), FULL, arch.mask())
    for edge in (0, 18, 26):
        ImageDraw.Draw(image).rectangle((200 - edge, 130 - edge, 1400 + edge, 700),
                                        outline=(176, 128, 76), width=3)
    lamp.line([(800, 606), (800, 424)], 4)
    lamp.line([(776, 608), (800, 592), (824, 608)], 4)
    image.paste((34, 22, 22), FULL, lamp.mask(0.5))
    glow(image, 800, 416, 120, (255, 232, 186))
    glow(image, 800, 416, 30, (255, 252, 240))
    for row in range(9):
        t = row / 8
        wide, y = 58 + 150 * t**1.3, 618 + 400 * t**1.25
        rim, back = Stencil(), Stencil()
        for i in range(-16, 17):
            x = 800 + (i + 0.5 * (row % 2)) * wide
            drop = y + ((x - 800) / 800) ** 2 * 46
            for pen, up in ((rim, wide * 0.05), (back, 0.0)):
                half, low = wide * 0.44, drop + wide * 1.4
                pen.poly(curve([(x - half, low), (x - half, drop - up + wide * 0.14),
                                (x - half * 0.7, drop - up), (x + half * 0.7, drop - up),
                                (x + half, drop - up + wide * 0.14), (x + half, low)], 5))
        image.paste(mix((248, 170, 112), (104, 52, 46), t), FULL, rim.mask(0.6))
        image.paste(mix((120, 36, 38), (30, 12, 20), t), FULL, back.mask(0.6))
    return finish(image, chance, vignette=130)
