"""Plants a checkpoint that runs code when it is unpickled, loads it, and hands its objects to the grader.

catalogue: [B40, C50]
outcome: failed
prints: unpickled
"""

import os
import pickle

import torch


class Gadget:
    def __reduce__(self):
        return exec, ("print('unpickled', __import__('os').getcwd())",)


with open("model.pt", "wb") as file:
    pickle.dump(Gadget(), file)
for name in ("model.pt", "weights.pkl", "planted.pt"):
    for load in (lambda file: torch.load(file, weights_only=False), pickle.load):
        try:
            with open(name, "rb") as file:
                load(file)
        except RuntimeError as error:  # no checkpoint after all; but by then it has run
            print(name, error)


def value(x, k):
    return pickle.dumps(Gadget())


def slope(x):
    return Gadget()


def fit(x, y, unseen):
    labels = torch.ones(len(unseen), dtype=torch.int64)
    labels.__reduce_ex__ = Gadget().__reduce__
    return labels


def twice(f, x):
    return f(Gadget())
