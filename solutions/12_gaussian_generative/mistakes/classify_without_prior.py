"""The best fit wins, however rare the class is."""

TRIPS = ["classify.missing_prior", "classify.labels"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels, ridge = ytr.unique(), RIDGE * torch.eye(Xtr.shape[1], dtype=Xtr.dtype)
    common, scores = shared_covariance(Xtr, ytr), []
    for label in labels:
        mean, own = gaussian_mle(Xtr[ytr == label])
        scores.append(log_density(Xte, mean, (common if shared else own) + ridge))
    return labels[torch.stack(scores, dim=1).argmax(dim=1)]
