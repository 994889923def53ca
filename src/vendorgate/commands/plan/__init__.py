"""What the coming days do to results: when each turns, and because of what.

A day is judged only where something that a result rests on changes. `clocks` and `grounds` know what a policy rests on,
`days` collects them, `foresight` judges them by the one function that rules, `causes` says why.
"""
