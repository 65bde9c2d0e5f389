"""The parts of an application form and their fields, each declared once: forms, programs, snapshots and pages follow.

`declaration` says how a part is declared, `kinds` what kinds of answers there are, `catalogue` which parts there are.
"""
