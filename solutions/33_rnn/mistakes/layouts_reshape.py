"""Believes that the right shape is enough."""

TRIPS = ["layouts.transpose_not_reshape", "layouts.example"]

def to_batch_first(x):
    return x.reshape(x.shape[1], x.shape[0], x.shape[2])
