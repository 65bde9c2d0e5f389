"""Texts of simulated people: questions, answers and reasons, in English."""

QUESTIONS = (
    ("The second page of the contract cannot be read. Please send a sharper scan.", "documents"),
    ("Which of the two addresses in the contract is the workplace?", "terms"),
    ("Please say how many people will share the room.", "housing"),
    ("The job title does not fit the occupation. Please check both.", "terms"),
)
"""Pairs of text and the part of the application that is opened for correction."""

ANSWERS = (
    "We have corrected it. Thank you for asking.",
    "The application was right; we have explained it to the worker once more.",
    "A new scan is attached.",
)
WITHDRAWN = (
    "The worker has taken another job.",
    "The project was put off until next year.",
    "The worker has left without notice.",
    "",
)
NOTE = "On leave from tomorrow; nothing found so far."
FIRST_JUSTIFICATION = (
    "The employer has sent a supplement to the contract that keeps the limits; both sides have signed it."
)
SECOND_JUSTIFICATION = "I have read the signed supplement; it keeps the limits of the law."
BACK = "Please look at the term of the contract once more."
REASONS = {
    "labour_market": "Registered job-seekers with this occupation are available in the province.",
    "incomplete_or_false_data": "The data on the workplace could not be confirmed and were not corrected.",
    "passport_validity": "The passport expires before the end of the contract.",
    "employer_debt": "The employer owes social payments for more than one quarter.",
    "activity_licence_missing": "The licence that this activity needs was not shown.",
}
"""Ground of the law book -> the reasons given."""
