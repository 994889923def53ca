"""What the coming days do to results: when each turns, and because of what.

Only those days are judged on which something changes that a result rests on. `basis` says what a policy rests on,
`day_rules` where its rules count days; `days` collects the days, `turns` judges them by the one function that rules,
`causes` says why.
"""
