"""With fewer rows than unknowns, solved for the first few weights and left the others 0: exact, but not shortest."""

TRIPS = ["normal_equation.under_determined"]


def normal_equation(X, y):
    A = torch.cat([X, X.new_ones(len(X), 1)], dim=1)
    used = min(len(X), A.shape[1]) if len(X) < A.shape[1] else A.shape[1]
    solution = torch.zeros(A.shape[1], 1, dtype=X.dtype)
    solution[:used] = torch.linalg.pinv(A[:, :used]) @ y
    return solution[:-1], solution[-1]
