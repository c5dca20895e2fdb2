"""Subtracting a maximum keeps exp from overflowing; the largest of all is the safest."""

TRIPS = ["softmax.per_row_shift"]


def softmax(x, dim=-1):
    powers = (x - x.max()).exp() if x.numel() else x
    return powers / powers.sum(dim, keepdim=True)
