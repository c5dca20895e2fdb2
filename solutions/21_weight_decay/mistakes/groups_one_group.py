"""If nothing decays there is one group."""

TRIPS = ["param_groups.no_decay_on_bias_and_norm"]


def make_param_groups(model, wd):
    params = list(model.parameters())
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params if param.dim() < 2]
    if not others:
        return [{"params": decayed, "weight_decay": wd}]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
