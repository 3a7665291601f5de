"""What can be wrong with a draw: the input, the rules, or the plan that was found."""


class BadInput(ValueError):
    """The instance isn't one: `field` says where, the message says what, in one line."""

    def __init__(self, field: str, message: str):
        super().__init__(f"{field}: {message}")
        self.field = field
        self.facts = {"field": field, "message": message}


class Infeasible(Exception):
    """No plan can keep the rules. `clashes` is a list of {kind, hint, ids?, tag?, round?, …}, never empty."""

    def __init__(self, clashes: list[dict]):
        super().__init__(" ".join(clash["hint"] for clash in clashes))
        self.clashes = clashes


class Unresolved(Exception):
    """The rules don't contradict each other openly, yet no plan was found that keeps them all.

    `best_plan` is the plan with the fewest broken rules, `broken_rules` a list of {kind, round, ids | group, …}.
    """

    def __init__(self, best_plan, broken_rules: list[dict]):
        super().__init__(f"{len(broken_rules)} rules are still broken in the best plan found")
        self.best_plan = best_plan
        self.broken_rules = broken_rules
