"""cls is the first real token."""

TRIPS = ["heads.cls_index"]


def sequence_head(h, mask, how):
    if how == "cls":
        return h[range(len(h)), mask.int().argmax(1)]
    if how != "mean":
        raise ValueError(how)
    total = (h * mask.unsqueeze(-1)).sum(dim=1)
    return total / mask.sum(dim=1, keepdim=True).clamp(min=1)
