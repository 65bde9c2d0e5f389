"""Makes the accounts of the journeys: the people of the main job, and some who sign in for the first time."""

import json
import sys

from tests.smoke.people import PEOPLE, Person, make

NEWCOMER = Person("Gayane Sargsyan", "officer", "office", second_factor=False)
KEYHOLDER = Person("Vahan Abrahamyan", "officer", "office", second_factor=False)
FORGETFUL = Person("Narek Ghazaryan", "officer", "office")
LEAVING = Person("Sona Harutyunyan", "analyst", "protection")
WITHOUT_SCRIPTS = Person("Ruben Danielyan", "employer", "portal", account=False, second_factor=False)
CLERK = Person("Aram Mkrtchyan", "employer", "portal", second_factor=False)
NEIGHBOUR = Person("Tatev Simonyan", "employer", "portal", second_factor=False)
LATE = Person("Levon Barseghyan", "officer", "office")
HIRING = Person("Armine Avagyan", "employer", "portal", second_factor=False)
SUPERVISOR = Person("Ashot Mkhitaryan", "supervisor", "office")

EVERYBODY = (*PEOPLE, NEWCOMER, KEYHOLDER, FORGETFUL, LEAVING, CLERK, NEIGHBOUR, LATE, HIRING, SUPERVISOR)

if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(make(tuple(person for person in EVERYBODY if person.account))))
