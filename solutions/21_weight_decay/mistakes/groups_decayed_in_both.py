"""The second group holds all."""

TRIPS = ["param_groups.every_param_once", "param_groups.step"]


def make_param_groups(model, wd):
    params = list(model.parameters())
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
