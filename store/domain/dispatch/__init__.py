"""Who goes where and in which order: one cost for recommendation, re-plan, drill, explanation."""
