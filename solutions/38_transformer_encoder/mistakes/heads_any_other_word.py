"""Whatever is not cls is the mean."""

TRIPS = ["heads.other_words_raise"]


def sequence_head(h, mask, how):
    if how == "cls":
        return h[:, 0]
    total = (h * mask.unsqueeze(-1)).sum(dim=1)
    return total / mask.sum(dim=1, keepdim=True).clamp(min=1)
