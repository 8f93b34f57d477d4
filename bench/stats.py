"""Medians, and how sure a ratio of two medians is."""

import random
from collections.abc import Sequence
from statistics import median

DRAWS = 1000


def p95(values: Sequence[float]) -> float:
    """The value below which 95 % lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]


def ratio(above: Sequence[float], below: Sequence[float]) -> tuple[float, float, float]:
    """(ratio of the medians, low end, high end): 95 % bootstrap interval of median(above) / median(below)."""
    rng = random.Random(0)  # the same draws for the same times
    drawn = sorted(
        median(rng.choices(above, k=len(above))) / median(rng.choices(below, k=len(below)))
        for _ in range(DRAWS)
    )
    low, high = drawn[DRAWS * 25 // 1000], drawn[DRAWS * 975 // 1000 - 1]
    return median(above) / median(below), low, high
