"""What most users like is good for everybody."""

TRIPS = ["rank_recommend.recommend_value"]


def recommend(U, I, seen, k):
    scores = (U.mean(dim=0, keepdim=True) @ I.T).expand(len(U), -1).masked_fill(seen, -torch.inf)
    order = scores.argsort(dim=1, descending=True, stable=True)
    return order.masked_fill(seen.gather(1, order), -1)[:, :k]
