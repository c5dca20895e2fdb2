"""argsort puts the best first."""

TRIPS = ["rank_recommend.ordered", "rank_recommend.example"]


def search_topk(q, docs, k):
    return (docs @ q).argsort(stable=True)[:k]
