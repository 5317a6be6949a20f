"""Source coding, a second time: with exact fractions, mpmath's logarithms and lists of all cases."""

import heapq
import itertools
import lzma
import math
import struct
import zlib
from collections import Counter
from fractions import Fraction
from functools import cache

from mpmath import e, log, mpf
from points import sides
from precise import exact, lb
from scipy import stats

from itlib_book.shared.pictures import photograph
from itlib_book.shared.sample_text import KEYS, sample_text


def h(p):
    return -p * lb(p) - (1 - p) * lb(1 - p)


def room(*words):
    """Return the share of all strings, as long as the longest word, that begin with a word."""
    words = words or ("1", "000", "001", "0100")
    longest = max(map(len, words))
    strings = ["".join(digits) for digits in itertools.product("01", repeat=longest)]
    owned = sum(any(string.startswith(word) for word in words) for string in strings)
    return Fraction(owned, len(strings))


def rounding_up(*chances):
    """Return the saving against the best of all lists of lengths that Kraft allows."""
    p = [Fraction(str(x)) for x in chances or (0.6, 0.3, 0.1)]
    lists = itertools.product(range(1, 6), repeat=len(p))
    best = min(
        sum(x * n for x, n in zip(p, lengths))
        for lengths in lists
        if sum(Fraction(1, 2**n) for n in lengths) <= 1
    )
    up = sum(x * next(n for n in range(1, 20) if x * 2**n >= 1) for x in p)
    return up - best


def waste(p, lengths):
    return sum(exact(x) * (n + lb(exact(x))) for x, n in zip(p, lengths))


def message(heads=96, tails=4, nines=9):
    """Return the number of digits by the size of P as an exact fraction."""
    probability = Fraction(nines, 10) ** heads * Fraction(10 - nines, 10) ** tails
    return next(n for n in itertools.count() if probability * 2**n >= 1) + 1


def weather(sunny=90, rainy=70):
    """Return the rate with the shares that many days approach."""
    share = mpf(1) / 2
    for _ in range(3000):
        share = share * sunny / 100 + (1 - share) * (100 - rainy) / 100
    return share * h(mpf(sunny) / 100) + (1 - share) * h(mpf(rainy) / 100)


def counting(length=1000, saved=10):
    return Fraction(2 ** (length - saved + 1) - 1, 2**length)


def phrases(row="0001110010010"):
    """Return the number of phrases, found by looking ahead."""
    found, place = set(), 0
    while place < len(row):
        size = next(n for n in itertools.count(1) if row[place : place + n] not in found)
        found.add(row[place : place + size])
        place += size
    return len(found)


ANSWERS = {
    "code-room": room,
    "code-rounding-up": rounding_up,
    "code-waste-last-step": lambda p=(0.4, 0.4, 0.2), lengths=(1, 2, 4): waste(p, lengths),
    "code-waste-alone": lambda p=(0.4, 0.3, 0.2, 0.1), lengths=(2, 2, 3, 3): waste(p, lengths),
    "code-message": message,
    "code-weather": weather,
    "code-stick": lambda percent=80: h(mpf(percent) / 100),
    "code-digits": lambda percent=75: 1000 * h(mpf(percent) / 100),
    "code-counting": counting,
    "code-line": lambda one_in=20: 1 - h(mpf(1) / one_in),
    "code-numbers": lambda flips=200, bits=1.5: flips * exact(bits),
    "code-phrases": phrases,
    "code-next-character": lambda runs=757, longer=1010: mpf(longer - runs) / 100,
    "code-ramp": lambda columns=64: log(columns, 2),
    "code-loss": lambda hundredths=160: log(e ** (mpf(hundredths) / 100), 2),
    "code-wrong": lambda percent=90: -lb(mpf(percent) / 100 * (1 - mpf(percent) / 100)) / 2,
}


def code_for_blocks(symbols, ratio, block, code):
    symbols, block = int(symbols), int(block)
    weights = [ratio**i for i in range(symbols)]
    one = [w / sum(weights) for w in weights]
    p = tuple(math.prod(letters) for letters in itertools.product(one, repeat=block))
    if code == "Huffman":
        mean, kraft = huffman(p), 1
    else:
        lengths = [math.ceil(-math.log2(x) - 1e-12) for x in p]
        mean = sum(x * n for x, n in zip(p, lengths))
        kraft = sum(2.0**-n for n in lengths)
    bits = stats.entropy(one, base=2)
    return {
        "bits": bits,
        "spent": mean / block,
        "wasted": mean / block - bits,
        "at_most": 1 / block,
        "kraft": kraft,
        "table": symbols**block,
    }


@cache
def huffman(chances):
    """Return the mean length of Huffman's code: the sum of all chances that are joined."""
    heap, total = sorted(chances), 0
    while len(heap) > 1:
        joined = heapq.heappop(heap) + heapq.heappop(heap)
        total += joined
        heapq.heappush(heap, joined)
    return total


DEMOS = {"huffman": code_for_blocks}

# ---- figures ----


def counted(things):
    """Return the entropy of how often things occur, in bits."""
    return stats.entropy(list(Counter(things).values()), base=2)


@cache
def packed(data):
    """Return zlib's bits per byte, handed over byte by byte."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(data[i : i + 1]) for i in range(len(data))]
    return 8 * len(b"".join([*parts, packer.flush()])) / len(data)


def nearest_of_three(left, above, corner):
    """Return the neighbour that is closest to left + above − corner, the first of equals (PNG)."""
    return min((left, above, corner), key=lambda grey: abs(left + above - corner - grey))


GUESSES = (
    lambda left, above, corner: 0,
    lambda left, above, corner: left,
    lambda left, above, corner: above,
    lambda left, above, corner: (left + above) // 2,
    nearest_of_three,
)


def png_rate(rows):
    """Return the bits per pixel of a PNG: a signature and three chunks, and the best of five."""
    sizes = []
    for kind, guess in enumerate(GUESSES):
        data, before = bytearray(), [0] * len(rows[0])
        for row in rows:
            data.append(kind)
            for left, above, corner, grey in zip([0, *row], before, [0, *before], row):
                data.append((grey - guess(left, above, corner)) % 256)
            before = row
        sizes.append(len(zlib.compress(bytes(data), 9)))
    header = struct.calcsize(">IIBBBBB")
    return 8 * (8 + 3 * 12 + header + min(sizes)) / (len(rows) * len(rows[0]))


@cache
def puzzle():
    """Return the lengths of the six bars."""
    text, rows = sample_text(), photograph().tolist()
    return (
        counted(text),
        packed(bytes(KEYS.index(key) for key in text)),
        counted(grey for row in rows for grey in row),
        png_rate(rows),
        h(mpf("0.9")),
        1,
    )


def pair(place):
    """Return the length of a bar in pairs with a gap of four tenths."""
    return puzzle()[round(place / 1.2 + 0.1)]


def wasted(heads):
    """Return the number of flips ↦ what Huffman's code for blocks wastes per flip."""
    coin = Fraction(heads), 1 - Fraction(heads)

    def per_flip(n):
        blocks = tuple(math.prod(block) for block in itertools.product(coin, repeat=round(n)))
        return exact_share(huffman(blocks) / round(n)) - h(mpf(heads))

    return per_flip


def exact_share(fraction):
    return mpf(fraction.numerator) / fraction.denominator


def sticky(n):
    """Return the mean length of Huffman's code for blocks of the sticky coin, per flip."""
    changes = itertools.product((Fraction(9, 10), Fraction(1, 10)), repeat=round(n) - 1)
    blocks = [math.prod(block, start=Fraction(1, 2)) for block in changes]
    return huffman(tuple(2 * blocks)) / round(n)


def narrowed(heads):
    """Return the routes of the ends of all pieces: blue and orange, the last one, its name."""
    heads, low, width = Fraction(heads), Fraction(0), Fraction(1)
    blue, orange = [], []
    for outcome in (0, 0, 1, 0):
        cut = low + heads * width
        blue.append((low, cut))
        orange.append((cut, low + width))
        low, width = (low, heads * width) if outcome == 0 else (cut, (1 - heads) * width)
    digits = next(n for n in itertools.count() if width * 2**n >= 1) + 1
    number = math.ceil(low * 2**digits)
    pieces = {
        "p": blue,
        "q": orange,
        "mix": [(low, low + width)],
        f"{number:0{digits}b}": [(number / 2**digits, (number + 1) / 2**digits)],
    }
    return {f"{name}/shape all x": sides(*ends) for name, ends in pieces.items()}


def numbering(share):
    """Return the number of flips ↦ the digits per flip for the likeliest messages of a share."""

    def digits(n):
        n, left, number = round(n), exact(share), mpf(0)
        for tails in range(n + 1):
            each = exact(0.9) ** (n - tails) * exact(0.1) ** tails
            taken = min(math.comb(n, tails), left / each)
            number, left = number + taken, left - taken * each
            if left <= 0:
                break
        return lb(max(number, 1)) / n

    return digits


@cache
def runs(length):
    """Return the entropy of the text's runs of some characters, in bits."""
    text = sample_text()
    return counted(text[i : i + length] for i in range(len(text) - length + 1)) if length else 0


def known(context):
    k = round(context)
    return runs(k + 1) - runs(k)


def learnt(context):
    """Return the bits per character of a coder that goes through the text and counts."""
    k, text = round(context), sample_text()
    seen, followed, likelihoods = Counter(), Counter(), []
    for i in range(k, len(text)):
        before, run = text[i - k : i], text[i - k : i + 1]
        likelihoods.append((followed[run] + 1 / 44) / (seen[before] + 1))
        seen[before] += 1
        followed[run] += 1
    return -math.fsum(map(math.log2, likelihoods)) / len(text)


def claims(*code):
    """Return how strongly words are filled: those of the code, and those of which all is owned."""
    shades = {"p": [], "bad": []}
    for size in (1, 2, 3, 4):
        for word in map("".join, itertools.product("01", repeat=size)):
            strings = [word + "".join(rest) for rest in itertools.product("01", repeat=4 - size)]
            owners = [sum(map(string.startswith, code)) for string in strings]
            shade = 0.75 if word in code else 0.16 if all(owners) else 0
            shades["bad" if max(owners) > 1 else "p"].append(shade)
    return {
        f"{colour}/shade": lambda place, found=found: found[round(place)]
        for colour, found in shades.items()
        if found
    }


def steps(rows, *, from_the_left):
    """Return the edge between two bins ↦ the higher of their shares."""
    counts = Counter(
        (grey - left + 128) % 256 - 128 if from_the_left else grey
        for row in rows
        for left, grey in zip([0, *row], row)
    )
    return lambda edge: max(counts[round(edge) - 1], counts[round(edge)]) / counts.total()


FIGURES = {
    "code-puzzle": [{"p/bars": pair, "q/bars": pair}],
    "code-shares": [
        claims("0", "10", "110", "111"),
        claims("0", "10", "01", "111"),
    ],
    "code-blocks": [
        {"muted": lambda n: 1 / n} | {heads: wasted(heads) for heads in ("0.7", "0.9", "0.99")}
    ],
    "code-intervals": [narrowed("0.5"), narrowed("0.75")],
    "code-typical": [
        {"ink/line x": lambda _: h(mpf("0.9"))},
        {
            "ink": lambda _: h(mpf("0.9")),
            "99.9 %": numbering(0.999),
            "90 %": numbering(0.9),
            "50 %": numbering(0.5),
        },
    ],
    "code-memory": [None, None],
    "code-rates": [
        {
            "dots: Huffman": sticky,
            "H of n flips": lambda n: (1 + (n - 1) * h(mpf("0.9"))) / n,
            "H of a flip": lambda n: 1 if n == 1 else h(mpf("0.9")),
        }
    ],
    "code-contexts": [
        {
            "muted/line 0": lambda _: packed(sample_text().encode()),
            "muted/line 1": lambda _: (
                8 * len(lzma.compress(sample_text().encode())) / len(sample_text())
            ),
            "frequencies known": known,
            "frequencies learnt": learnt,
        }
    ],
    "code-photo": [
        None,
        None,
        {"p/top": steps(photograph().tolist(), from_the_left=False)},
        {"q/top": steps(photograph().tolist(), from_the_left=True)},
    ],
}
