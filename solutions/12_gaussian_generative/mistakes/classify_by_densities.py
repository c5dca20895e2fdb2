"""Bayes' rule is about densities, so their logarithm is undone."""

TRIPS = ["classify.far_points"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels, ridge = ytr.unique(), RIDGE * torch.eye(Xtr.shape[1], dtype=Xtr.dtype)
    common, scores = shared_covariance(Xtr, ytr), []
    for label in labels:
        members = Xtr[ytr == label]
        mean, own = gaussian_mle(members)
        scores.append(len(members) * log_density(Xte, mean, (common if shared else own) + ridge).exp())
    return labels[torch.stack(scores, dim=1).argmax(dim=1)]
