"""What is called weight is a weight, also in a LayerNorm."""

TRIPS = ["param_groups.no_decay_on_bias_and_norm"]


def make_param_groups(model, wd):
    params = list(model.named_parameters())
    decayed = [param for name, param in params if name.endswith("weight")]
    others = [param for name, param in params if not name.endswith("weight")]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
