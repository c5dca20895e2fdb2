"""Tensors subtract as they are; if the shapes did not fit, torch would say so."""

TRIPS = ["l1_l2.shape_mismatch_raises"]
ALSO = ["huber.shape_mismatch_raises", "log_rmse.shape_mismatch_raises", "loss_gradient.shape_mismatch_raises"]

def _errors(p, y):
    return p - y
