"""Asks every character for itself."""

TRIPS = ["char_lm.shift", "char_lm.example", "char_lm.ppl"]

def batches(ids, B, k):
    length = (len(ids) - 1) // B
    x, y = ids[: B * length].view(B, length), ids[: B * length].view(B, length)
    for start in range(0, length - k + 1, k):
        yield x[:, start : start + k], y[:, start : start + k]
