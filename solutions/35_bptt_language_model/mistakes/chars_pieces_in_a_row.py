"""Cuts the text into pieces and stacks neighbouring ones."""

TRIPS = ["char_lm.contiguous_rows", "char_lm.example"]

def batches(ids, B, k):
    for start in range(0, len(ids) - B * k, B * k):
        piece = ids[start : start + B * k + 1]
        yield piece[:-1].view(B, k), piece[1:].view(B, k)
