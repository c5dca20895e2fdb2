"""Everything decays."""

TRIPS = ["param_groups.no_decay_on_bias_and_norm", "param_groups.example"]


def make_param_groups(model, wd):
    params = list(model.parameters())
    decayed = [param for param in params if True]
    others = [param for param in params if False]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
