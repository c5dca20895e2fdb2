"""Many features need a stronger ridge."""

TRIPS = ["classify.test_accuracy"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels, strength = ytr.unique(), RIDGE if Xtr.shape[1] < 30 else 1.0
    ridge = strength * torch.eye(Xtr.shape[1], dtype=Xtr.dtype)
    common, scores = shared_covariance(Xtr, ytr), []
    for label in labels:
        members = Xtr[ytr == label]
        mean, own = gaussian_mle(members)
        scores.append(math.log(len(members)) + log_density(Xte, mean, (common if shared else own) + ridge))
    return labels[torch.stack(scores, dim=1).argmax(dim=1)]
