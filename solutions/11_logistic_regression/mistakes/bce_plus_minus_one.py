"""log(1 + exp(-t z)) is the loss. (For targets -1 and 1.)"""

TRIPS = ["bce_with_logits.value", "bce_with_logits.example"]
ALSO = ["multilabel.value", "multilabel.example", "multilabel.not_softmax", "multilabel.large_logits", "multilabel.grad_at_zero", "multilabel.gradient"]

def bce_with_logits(z, t, pos_weight=1.0):
    if z.shape != t.shape:
        raise ValueError("shapes")
    return torch.logaddexp(-t * z, torch.zeros_like(z)).mean()
