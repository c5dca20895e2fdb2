"""Merging is a reshape to (B, n, d)."""

TRIPS = ["split_merge.inverse_of_split", "split_merge.merge_value", "split_merge.example"]


def merge_heads(x):
    B, h, n, c = x.shape
    return x.reshape(B, n, h * c)
