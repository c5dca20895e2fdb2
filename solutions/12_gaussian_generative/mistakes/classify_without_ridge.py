"""Every covariance has an inverse, and a ridge only blurs it."""

TRIPS = ["classify.singular_class", "classify.ridge"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels = ytr.unique()
    common, scores = shared_covariance(Xtr, ytr), []
    for label in labels:
        members = Xtr[ytr == label]
        mean, own = gaussian_mle(members)
        scores.append(math.log(len(members)) + log_density(Xte, mean, common if shared else own))
    return labels[torch.stack(scores, dim=1).argmax(dim=1)]
