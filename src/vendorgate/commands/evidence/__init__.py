"""Evidence for auditors: a judgement with everything that it takes to judge again, and many of them over time."""
