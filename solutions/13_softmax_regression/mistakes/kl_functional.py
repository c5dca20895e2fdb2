"""kl_div is in torch, so it may be used. (And its first argument is a logarithm, its second comes first.)"""

TRIPS = ["nll_kl.no_builtin"]

import torch.nn.functional as F


def kl(p, q):
    return F.kl_div(q.log(), p, reduction="none").sum(dim=1)
