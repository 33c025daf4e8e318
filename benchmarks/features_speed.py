"""How long does it take to turn texts into features, to read them back after a restart, and to add some? With how much memory?

`python -m benchmarks.features_speed [--items 1000000] [--peer-items N]`: texts are made up (16 words on average, drawn by Zipf's law from
300,000, one in twenty a word of its own as names and links are). The peer is plain scikit-learn: two TfidfVectorizers of the same settings,
side by side. Each line runs in a process of its own, one after the other in the same run. Seconds are of the wall clock; CPU seconds beside
them tell how busy the machine was with other things. Memory is the process's peak above that of the texts alone, in sizes of the matrix.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.services.feature_cache import FeatureCache
from bot.services.ordered_map import THREADS, ordered_map
from learner.features import FeatureSource, TfidfFeatures
from learner.hashing import HashedFeatures
from learner.types import Matrix

WORDS, LENGTH, ARRIVALS = 300_000, 16, 100
KEY = "benchmark"
Phase = Callable[[list[str], Path], Matrix]


def made_up(n: int, seed: int = 0) -> list[str]:
    """n texts."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("etaoinshrdlucmfwypvbgkjqxz"))
    shares = 1.0 / np.arange(1, 27)
    drawn = rng.choice(letters, (WORDS, 12), p=shares / shares.sum())
    words = ["".join(row[:k]) for row, k in zip(drawn, rng.integers(2, 12, WORDS), strict=True)]
    weights = np.cumsum(1.0 / np.arange(1, WORDS + 1))
    lengths = rng.poisson(LENGTH, n)
    picks = np.searchsorted(weights, rng.random(int(lengths.sum())) * weights[-1])
    own = rng.random(len(picks)) < 0.05
    texts, at = [], 0
    for length in lengths:
        row = range(at, at + length)
        texts.append(" ".join(f"@{words[picks[i]]}{i}" if own[i] else words[picks[i]] for i in row))
        at += length
    return texts


def scikit_learn(texts: list[str], folder: Path) -> Matrix:
    """The peer."""
    del folder
    options = {"sublinear_tf": True, "min_df": 2, "dtype": np.float32}
    words = TfidfVectorizer(ngram_range=(1, 2), **options).fit_transform(texts)
    characters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), **options).fit_transform(texts)
    joined: Matrix = sparse.hstack([words, characters], format="csr")
    return joined


def in_memory(source: FeatureSource) -> Phase:
    """Fitted and applied, nothing kept."""
    return lambda texts, _folder: source.fit_transform(texts)


def cached(texts: list[str], folder: Path) -> Matrix:
    """Fitted, applied and written to the cache."""
    source = TfidfFeatures(mapper=ordered_map)
    cache = FeatureCache(folder, 10**12)
    with cache.locked(KEY):
        return cache.build(KEY, source, source.fit_blocks(texts), [f"i{n}" for n in range(len(texts))], "").X


def restart(texts: list[str], folder: Path) -> Matrix:
    """Read back and checked by a process that knows nothing."""
    del texts
    source = TfidfFeatures()
    cache = FeatureCache(folder, 10**12)
    with cache.locked(KEY):
        entry = cache.read(KEY, source.name)
        if entry is None:
            raise SystemExit("nothing was cached")
        source.restore(entry.state)
        return entry.X


def arrival(texts: list[str], folder: Path) -> Matrix:
    """ARRIVALS items more, by a process that has the rest."""
    source = TfidfFeatures()
    cache = FeatureCache(folder, 10**12)
    with cache.locked(KEY):
        entry = cache.read(KEY, source.name)
        if entry is None:
            raise SystemExit("nothing was cached")
        source.restore(entry.state)
        started = time.perf_counter(), time.process_time()
        blocks = source.transform_blocks(texts[:ARRIVALS])
        grown = cache.extend(KEY, entry, blocks, [f"new{n}" for n in range(ARRIVALS)], "")
        _own_time["since"] = started
        return grown.X


_own_time: dict[str, tuple[float, float]] = {}
PHASES: dict[str, tuple[str, Phase]] = {
    "peer": ("plain scikit-learn", scikit_learn),
    "one": ("this project, one thread", in_memory(TfidfFeatures())),
    "two": (f"this project, {THREADS} threads", in_memory(TfidfFeatures(mapper=ordered_map))),
    "hashed": (f"hashed, {THREADS} threads", in_memory(HashedFeatures(mapper=ordered_map))),
    "cached": ("into the cache", cached),
    "restart": ("restart from the cache", restart),
    "arrival": (f"{ARRIVALS} more items", arrival),
}


def run_phase(name: str, items: int, folder: Path) -> None:
    """What a child process does: prints its figures as JSON."""
    texts = made_up(items)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter(), time.process_time()
    X = PHASES[name][1](texts, folder)
    started = _own_time.get("since", started)
    taken = time.perf_counter() - started[0], time.process_time() - started[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    size = X.data.nbytes + X.indices.nbytes + X.indptr.nbytes
    print(json.dumps([*taken, (peak - before) * 1024 / size, size, *X.shape, X.nnz]))


def measure(name: str, items: int, folder: Path) -> list[float]:
    """One phase in a process of its own: wall and CPU seconds, peak memory in sizes of the matrix, bytes, rows, columns, numbers."""
    command = [sys.executable, "-m", "benchmarks.features_speed", "--phase", name, "--items", str(items)]
    done = subprocess.run([*command, "--folder", str(folder)], check=True, stdout=subprocess.PIPE, text=True)
    return [float(value) for value in json.loads(done.stdout)]


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--peer-items", type=int, help="texts for scikit-learn (default: all); its time is scaled up")
    parser.add_argument("--phase", choices=PHASES, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.phase:
        run_phase(chosen.phase, chosen.items, chosen.folder)
        return
    with tempfile.TemporaryDirectory(prefix="roundtable-features-") as folder:
        _table(chosen.items, min(chosen.peer_items or chosen.items, chosen.items), Path(folder))


def _table(items: int, peer_items: int, folder: Path) -> None:
    print(f"{'':28}{'seconds':>10}{'CPU s':>10}{'faster':>9}{'memory':>9}   {items:,} texts", flush=True)
    peer = 0.0
    for name, (title, _) in PHASES.items():
        n = peer_items if name == "peer" else items
        wall, cpu, memory, size, rows, width, numbers = measure(name, n, folder)
        scale = items / n
        if name == "peer":
            peer = cpu * scale
        against = f"{peer / cpu:8.1f}x" if name in ("one", "two", "hashed", "cached") else f"{'':9}"
        kept = f"{memory:8.2f}x" if name not in ("restart", "arrival") else f"{'':9}"
        note = "" if scale == 1 else f"   (scaled up from {n:,})"
        print(f"{title:28}{wall * scale:10.2f}{cpu * scale:10.2f}{against}{kept}{note}", flush=True)
        if name == "two":
            print(f"{'':28}({rows:,.0f} x {width:,.0f}, {numbers:,.0f} numbers, {size / 1e6:,.0f} MB)")
    print("faster: in CPU seconds, against scikit-learn; memory: peak, in sizes of the matrix")


if __name__ == "__main__":
    main()
