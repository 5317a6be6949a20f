"""Time, as ratios in one run: ours and each peer's turn by turn, the least of several turns.

    python -m benchmarks.speed

Everything runs on one thread and is timed by the processor, not by the clock on the wall, so that
what else the machine does matters less.  Writes benchmarks/results.md.
"""

import importlib.metadata
import platform
import threading
import time
import tracemalloc
from pathlib import Path

import numpy as np

import itlib
from benchmarks import accuracy, losses, measures

RESULTS = Path(__file__).parent / "results.md"
PEERS = ("scipy", "scikit-learn", "torch", "dit")
LIMIT = (
    "Where the processor has no AVX-512, NumPy takes the logarithms of doubles one at a time: "
    "*np.log in blocks* is then a lower limit for whatever needs a logarithm of every entry."
)
TURNS = 9
LEAST = 0.02  # seconds a turn must last, to be timed at all


def main():
    lines = [*_about(), "## Time", "", *_table((measures, losses)), "", LIMIT, ""]
    lines += ["## Growth", "", *_growth(), "", "## Accuracy", "", *accuracy.table()]
    RESULTS.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


def _table(modules):
    yield "| quantity | size | ours | peer | its time | ratio | at most | |"
    yield "|---|---|---:|---|---:|---:|---:|---|"
    for module in modules:
        try:
            for row in module.rows():
                yield from _lines(*row)
        except ImportError as missing:
            yield f"| {module.__name__} | | | {missing.name} is not installed | | | | |"


def _lines(quantity, size, ours, peers, limits):
    """Yield a table line for each peer, and one for a limit in seconds."""
    if not isinstance(limits, dict):
        limits = dict.fromkeys(peers, limits)
    own, *others = _least_times([ours, *peers.values()])
    if "seconds" in limits:
        verdict = "meets it" if own <= limits["seconds"] else "misses it"
        yield f"| {quantity} | {size} | {_time(own)} | | | | {_time(limits['seconds'])} | {verdict} |"
    for peer, other in zip(peers, others):
        ratio, limit = own / other, limits.get(peer)
        verdict = "" if limit is None else "meets it" if ratio <= limit else "misses it"
        yield (
            f"| {quantity} | {size} | {_time(own)} | {peer} | {_time(other)} | {ratio:.2f} "
            f"| {limit or ''} | {verdict} |"
        )
    for peer in limits.keys() - peers.keys() - {"seconds"}:
        yield f"| {quantity} | {size} | {_time(own)} | {peer} is not installed | | | | |"


def _least_times(calls):
    """Return the least time of each call, in turns, so that a busy moment meets all alike."""
    repeats = [_repeats(call) for call in calls]
    least = [float("inf")] * len(calls)
    for _ in range(TURNS):
        for i, call in enumerate(calls):
            start = time.process_time()
            for _ in range(repeats[i]):
                call()
            least[i] = min(least[i], (time.process_time() - start) / repeats[i])
    return least


def _repeats(call):
    start = time.process_time()
    call()
    return max(1, int(LEAST / (time.process_time() - start)))


def _growth():
    """Yield time per outcome and extra memory as n grows: one flat, the other bounded."""
    yield "Time per outcome and most extra memory, of single vectors:"
    yield ""
    yield "| quantity | n | time per outcome | extra memory |"
    yield "|---|---:|---:|---:|"
    rng = np.random.default_rng(0)
    for name in ("entropy", "kl_divergence", "js_divergence"):
        for n in (10_000, 100_000, 1_000_000, 10_000_000):
            arrays = [itlib.normalize(rng.exponential(size=n)) for _ in range(2)]
            arrays = arrays[: 1 if name == "entropy" else 2]
            (least,) = _least_times([lambda f=getattr(itlib, name), a=arrays: f(*a)])
            peak = _peak_memory(lambda f=getattr(itlib, name), a=arrays: f(*a))
            yield f"| {name} | {n:,} | {least / n * 1e9:.2f} ns | {peak / 1024:,.0f} KB |"


def _peak_memory(call):
    """Return the most memory a first call takes: in a new thread, which has no scratch arrays yet."""
    tracemalloc.start()
    thread = threading.Thread(target=call)
    thread.start()
    thread.join()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def _about():
    yield "# What itlib costs"
    yield ""
    yield "Made by `make bench`: one thread, processor time, the least of several turns, input checked."
    yield ""
    yield f"- machine: {_processor()}, {platform.system()}"
    yield f"- Python {platform.python_version()}, NumPy {np.__version__}, SIMD {_simd()}"
    for name in PEERS:
        try:
            yield f"- {name} {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            yield f"- {name}: not installed"
    yield ""


def _processor():
    try:
        info = Path("/proc/cpuinfo").read_text()
        fields = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
        fields = {name.strip(): value.strip() for name, value in fields.items()}
        return f"{fields['model name']} (family {fields['cpu family']}, model {fields['model']})"
    except (OSError, KeyError):
        return platform.processor() or platform.machine()


def _simd():
    found = np.show_config(mode="dicts")["SIMD Extensions"]
    return ", ".join([*found.get("baseline", []), *found.get("found", [])])


def _time(seconds):
    for unit, size in (("s", 1), ("ms", 1e-3), ("µs", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e9:.3g} ns"


if __name__ == "__main__":
    main()
