"""Small grey pictures, and how many bytes they take in the formats that readers know."""

import struct
import zlib
from functools import lru_cache

import numpy as np
from matplotlib.cbook import get_sample_data
from sklearn.datasets import load_sample_image

from bookkit.python.carried import carried
from itlib import entropy, normalize

HEIGHT, WIDTH = 40, 256


@carried
def _landscape():
    """Return heights around Jacksboro, Tennessee, which come with matplotlib, as greys."""
    with np.load(get_sample_data("jacksboro_fault_dem.npz", asfileobj=False)) as data:
        heights = data["elevation"][120 : 120 + HEIGHT, :WIDTH].astype(int)
    low, high = heights.min(), heights.max()
    return ((heights - low) * 255 // (high - low)).astype(np.uint8)


@lru_cache
def pictures():
    """Return {name: picture}."""
    rng = np.random.default_rng(0)
    land, size = _landscape(), (HEIGHT, WIDTH)
    return {
        "landscape": land,
        "shuffled": rng.permutation(land.ravel()).reshape(size),
        "noise": rng.permutation(np.arange(HEIGHT * WIDTH) % 256).reshape(size).astype(np.uint8),
        "ramp": np.tile(np.arange(256, dtype=np.uint8), (HEIGHT, 1)),
        "specks": np.where(rng.random(size) < 0.9, 255, 0).astype(np.uint8),
    }


TOP, LEFT = 30, 40  # where the part of the photograph begins
PHOTOGRAPH = 144, 216  # its height and width


@lru_cache
@carried
def photograph():
    """Return part of a photograph that comes with scikit-learn, as greys from 0 to 255.

    It comes as a JPEG; the mean over 2 × 2 pixels blurs the traces of that.
    """
    height, width = PHOTOGRAPH
    grey = load_sample_image("china.jpg")[:426] @ [0.299, 0.587, 0.114]
    small = grey.reshape(213, 2, 320, 2).mean(axis=(1, 3))
    return np.rint(small[TOP : TOP + height, LEFT : LEFT + width]).astype(np.uint8)


def zlib_size(picture):
    """Return how many bytes zlib needs for the greys, row by row."""
    return len(zlib.compress(picture.tobytes(), 9))


def png_size(picture):
    """Return how many bytes the picture has as a PNG."""
    return len(png(picture))


def png(picture):
    """Return the bytes of a grey PNG, with the one of its five filters that suits best."""
    height, width = picture.shape
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = (np.insert(rest, 0, kind, axis=1) for kind, rest in enumerate(_filtered(picture)))
    data = min((zlib.compress(row.tobytes(), 9) for row in rows), key=len)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(*part) for part in ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    )


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _filtered(picture):
    """Return what is left of each pixel after each of PNG's five guesses from its neighbours."""
    grey = picture.astype(int)
    framed = np.pad(grey, ((1, 0), (1, 0)))
    left, above, corner = framed[1:, :-1], framed[:-1, 1:], framed[:-1, :-1]
    plane = left + above - corner
    far = [abs(plane - guess) for guess in (left, above, corner)]
    nearest = np.choose(np.argmin(far, axis=0), [left, above, corner])
    guesses = (0 * grey, left, above, (left + above) // 2, nearest)
    return [((grey - guess) % 256).astype(np.uint8) for guess in guesses]


def grey_entropy(picture):
    """Return the entropy of the picture's histogram in bits per pixel."""
    return entropy(normalize(np.bincount(picture.ravel(), minlength=256)))
