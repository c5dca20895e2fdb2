"""Dropout drops. What training is for is somebody else's business."""

TRIPS = ["dropout.eval_identity", "dropout.example_eval"]


def dropout(x, p, training, generator=None):
    if not 0.0 <= p <= 1.0:
        raise ValueError("p is a probability")
    if p == 1.0:
        return x * 0.0
    keep = torch.rand(x.shape, dtype=x.dtype, generator=generator) >= p
    return x * keep / (1.0 - p)
