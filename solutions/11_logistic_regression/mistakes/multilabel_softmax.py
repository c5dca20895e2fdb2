"""Labels are classes, and classes share one probability."""

TRIPS = ["multilabel.value", "multilabel.not_softmax", "multilabel.independent_labels", "multilabel.tie", "multilabel.example"]

def multilabel_loss(z, t):
    if z.shape != t.shape:
        raise ValueError("shapes")
    return -(t * (z - z.logsumexp(dim=1, keepdim=True))).mean()


def multilabel_predict(z):
    return z == z.amax(dim=1, keepdim=True)
