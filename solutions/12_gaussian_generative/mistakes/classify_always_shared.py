"""One covariance is enough for all."""

TRIPS = ["classify.curved", "classify.labels", "classify.example", "classify.example_borders"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels, ridge = ytr.unique(), RIDGE * torch.eye(Xtr.shape[1], dtype=Xtr.dtype)
    common, scores = shared_covariance(Xtr, ytr) + ridge, []
    for label in labels:
        members = Xtr[ytr == label]
        scores.append(math.log(len(members)) + log_density(Xte, members.mean(dim=0), common))
    return labels[torch.stack(scores, dim=1).argmax(dim=1)]
