"""Without weight_decay a group has the default."""

TRIPS = ["param_groups.example", "param_groups.no_decay_on_bias_and_norm"]


def make_param_groups(model, wd):
    params = list(model.parameters())
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params if param.dim() < 2]
    return [{"params": decayed, "weight_decay": wd}, {"params": others}]
