"""What is frozen is not trained, so it is left out."""

TRIPS = ["param_groups.every_param_once"]


def make_param_groups(model, wd):
    params = [param for param in model.parameters() if param.requires_grad]
    decayed = [param for param in params if param.dim() >= 2]
    others = [param for param in params if param.dim() < 2]
    return [{"params": decayed, "weight_decay": wd}, {"params": others, "weight_decay": 0.0}]
