"""The last word decides."""

TRIPS = ["beam_search.beam_beats_greedy", "beam_search.large_beam_is_exhaustive"]

import math
from collections import Counter

import torch
from torch import nn


def beam_search(next_logp, beam, eos, max_len, alpha=0.0):
    kept: list[tuple[tuple[int, ...], float]] = [((), 0.0)]

    def score(one):
        return one[1] / max(len(one[0]), 1) ** alpha

    for _ in range(max_len):
        done = [one for one in kept if one[0][-1:] == (eos,)]
        longer = [
            ((*ids, word), logp)
            for ids, total in kept
            if ids[-1:] != (eos,)
            for word, logp in enumerate(next_logp(ids))
        ]
        kept = sorted(done + longer, key=score, reverse=True)[:beam]
    best = max(kept, key=score)
    return (best[0], score(best))
