"""Tensors that do not fit make torch raise by itself."""

TRIPS = ["bce_with_logits.shape_mismatch_raises"]
ALSO = ["multilabel.shape_mismatch_raises"]

def bce_with_logits(z, t, pos_weight=1.0):
    zero = torch.zeros_like(z)
    return (pos_weight * t * torch.logaddexp(-z, zero) + (1 - t) * torch.logaddexp(z, zero)).mean()
