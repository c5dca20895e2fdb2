"""e to the x, below the line."""

TRIPS = ["sigmoid.value", "sigmoid.symmetry", "sigmoid.example", "sigmoid.gradient"]
ALSO = ["logistic_gradient.example", "logistic_gradient.vs_autograd", "logistic_gradient.mean_not_sum", "logistic_gradient.far_scores", "logistic_gradient.inputs_unchanged", "predict_boundary.example", "predict_boundary.threshold", "predict_boundary.dtype", "train_logreg.steps", "train_logreg.constant_column", "train_logreg.detached", "train_logreg.inputs_unchanged", "train_logreg.example_xor", "train_logreg.test_accuracy", "train_logreg.xor_transformed"]

def sigmoid(x):
    return 1 / (1 + torch.exp(x.clamp(-80, 80)))
