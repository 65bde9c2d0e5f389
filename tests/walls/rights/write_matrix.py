"""Writes permission_matrix.csv anew from the URL configuration: run it, then read the difference with care."""

import csv

import django

if __name__ == "__main__":
    django.setup()
    from tests.walls.test_roles import TABLE, ours

    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["surface", "pattern", "demand", "roles"])
        writer.writerows([a.surface, a.pattern, a.demand, " ".join(a.roles)] for a in ours())
