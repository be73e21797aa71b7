"""Writes: one function a user's intention.

They check the domain's rules, add rows and append to the ledger; they never commit and never
ask the clock (``now`` comes in).
"""
