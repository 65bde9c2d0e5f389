"""Need to know: who may open a case or a referral, and who may see a covered value. Every reading is audited here.

A caseworker opens every case, because each covers for the others; the agency opens what it was sent, for its time.
"""
