"""A missing match counts as a small one."""

TRIPS = ["bleu.zero_when_no_4gram"]

import math
from collections import Counter

import torch
from torch import nn


def bleu(cand, ref, n=4):

    def grams(words, k):
        return Counter((tuple(words[i : i + k]) for i in range(len(words) - k + 1)))

    product = 1.0
    for k in range(1, n + 1):
        found, known = (grams(cand, k), grams(ref, k))
        matches = sum((found & known).values())
        if matches == 0:
            matches = 0.1
        product *= matches / max(found.total(), 1)
    brevity = min(1.0, math.exp(1 - len(ref) / max(len(cand), 0.1)))
    return brevity * product ** (1 / n)
