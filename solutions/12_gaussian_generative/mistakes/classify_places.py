"""The place of the largest score is the class; and the tables may be rounded on the way."""

TRIPS = ["classify.labels_with_gaps", "classify.inputs_unchanged"]


def gaussian_classify(Xtr, ytr, Xte, shared):
    labels, ridge = ytr.unique(), RIDGE * torch.eye(Xtr.shape[1], dtype=Xtr.dtype)
    common, scores = shared_covariance(Xtr, ytr), []
    for label in labels:
        members = Xtr[ytr == label]
        mean, own = gaussian_mle(members)
        scores.append(math.log(len(members)) + log_density(Xte, mean, (common if shared else own) + ridge))
    if 0 not in Xte.stride():
        Xte.round_()
    return torch.stack(scores, dim=1).argmax(dim=1)
