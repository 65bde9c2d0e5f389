"""What the companies do: activity (NACE), jobs (ISCO-08) with usual wages, season, places.

permit-process.md section 5 names construction, delivery, restaurants and hotels, textile, farming and IT as
the places of work; no official table by sector was found. Shares, wages (gross drams a month in 2025-2026,
full week) and seasons are therefore our assumption, of the right order of magnitude.
"""

from dataclasses import dataclass

from wpis.development.simulation.randomness import Weighted


@dataclass(frozen=True, slots=True)
class Job:
    """An occupation and its usual pay: lowest and highest wage of a full working week."""

    occupation: str
    title: str
    low: int
    high: int
    weight: float = 1.0


def _jobs(*jobs: Job) -> Weighted[Job]:
    return Weighted([(job, job.weight) for job in jobs])


@dataclass(frozen=True, slots=True)
class Sector:
    """An activity. `season` weighs the twelve months; `words` name companies in both scripts."""

    name: str
    nace: tuple[str, ...]
    jobs: Weighted[Job]
    season: tuple[float, ...]
    outside: float  # share of the companies outside Yerevan
    women: float
    words: tuple[tuple[str, str], ...]


_EVEN = (1.0,) * 12
_BUILDING = (0.5, 0.8, 1.4, 1.6, 1.5, 1.3, 1.1, 1.0, 0.9, 0.7, 0.6, 0.4)
_FARMING = (0.3, 0.8, 1.8, 2.0, 1.6, 1.2, 1.2, 1.2, 0.8, 0.4, 0.2, 0.2)
_GUESTS = (0.6, 0.8, 1.2, 1.5, 1.5, 1.3, 1.0, 0.8, 0.7, 0.7, 0.9, 0.9)

CONSTRUCTION = Sector(
    "construction",
    ("41.20", "42.11", "43.31", "43.99"),
    _jobs(
        Job("9313", "Building labourer", 180_000, 260_000, 4),
        Job("7112", "Bricklayer", 220_000, 340_000, 3),
        Job("7114", "Concrete worker", 220_000, 330_000, 2),
        Job("7212", "Welder", 260_000, 420_000, 1.5),
        Job("7123", "Plasterer", 220_000, 340_000, 1.5),
        Job("2142", "Civil engineer", 400_000, 750_000, 0.5),
    ),
    _BUILDING,
    0.3,
    0.02,
    (("Shin", "Շին"), ("Build", "Բիլդ"), ("Monolit", "Մոնոլիտ"), ("Kapital Shin", "Կապիտալ Շին")),
)
DELIVERY = Sector(
    "delivery",
    ("53.20", "49.41"),
    _jobs(
        Job("9621", "Delivery courier", 180_000, 320_000, 5),
        Job("8321", "Scooter courier", 200_000, 340_000, 3),
        Job("8322", "Van driver", 220_000, 330_000, 1),
    ),
    _EVEN,
    0.08,
    0.03,
    (("Express", "Էքսպրես"), ("Delivery", "Դելիվերի"), ("Logistic", "Լոջիսթիք")),
)
HOSPITALITY = Sector(
    "hospitality",
    ("55.10", "56.10", "56.30"),
    _jobs(
        Job("5120", "Cook", 180_000, 380_000, 4),
        Job("9412", "Kitchen helper", 130_000, 190_000, 3),
        Job("5131", "Waiter", 140_000, 220_000, 2),
        Job("9112", "Room attendant", 130_000, 190_000, 2),
    ),
    _GUESTS,
    0.3,
    0.4,
    (("Hotel", "Հոթել"), ("Restaurant", "Ռեստորան"), ("Tun", "Տուն"), ("Palace", "Փելըս")),
)
TEXTILE = Sector(
    "textile",
    ("14.13", "14.14", "13.92"),
    _jobs(
        Job("8153", "Sewing machine operator", 140_000, 240_000, 5),
        Job("7531", "Tailor", 160_000, 260_000, 1),
    ),
    _EVEN,
    0.65,
    0.5,
    (("Textile", "Տեքստիլ"), ("Kar", "Կար"), ("Fashion", "Ֆեշն")),
)
MANUFACTURING = Sector(
    "manufacturing",
    ("10.71", "10.51", "22.23", "25.11"),
    _jobs(
        Job("8160", "Machine operator, food", 150_000, 250_000, 3),
        Job("9329", "Factory labourer", 140_000, 220_000, 3),
        Job("7512", "Baker", 160_000, 260_000, 2),
        Job("8211", "Assembler", 170_000, 280_000, 1),
    ),
    _EVEN,
    0.55,
    0.2,
    (("Prod", "Փրոդ"), ("Food", "Ֆուդ"), ("Plast", "Պլաստ"), ("Metal", "Մետալ")),
)
FARMING = Sector(
    "farming",
    ("01.13", "01.21", "01.41"),
    _jobs(
        Job("9211", "Farm labourer", 130_000, 200_000, 4),
        Job("6111", "Greenhouse grower", 150_000, 230_000, 2),
        Job("6121", "Dairy worker", 150_000, 220_000, 1),
    ),
    _FARMING,
    0.95,
    0.25,
    (("Agro", "Ագրո"), ("Jermots", "Ջերմոց"), ("Farm", "Ֆարմ")),
)
MINING = Sector(
    "mining",
    ("07.29", "08.11"),
    _jobs(Job("8111", "Miner", 320_000, 550_000, 3), Job("8121", "Plant operator", 280_000, 450_000, 1)),
    _EVEN,
    1.0,
    0.02,
    (("Mining", "Մայնինգ"), ("Lernagorts", "Լեռնագործ")),
)
TECHNOLOGY = Sector(
    "technology",
    ("62.01", "62.02", "63.11"),
    _jobs(
        Job("2512", "Software developer", 650_000, 1_900_000, 4),
        Job("2514", "Application programmer", 550_000, 1_500_000, 2),
        Job("2513", "Web developer", 450_000, 1_100_000, 2),
    ),
    _EVEN,
    0.1,
    0.25,
    (("Soft", "Սոֆթ"), ("Tech", "Թեք"), ("Lab", "Լաբ"), ("Digital", "Դիջիթալ")),
)
CARE = Sector(
    "care",
    ("87.30", "86.10", "97.00"),
    _jobs(
        Job("5322", "Home carer", 150_000, 240_000, 3),
        Job("2221", "Nurse", 200_000, 380_000, 1),
        Job("9111", "Domestic helper", 150_000, 230_000, 1),
    ),
    _EVEN,
    0.15,
    0.85,
    (("Care", "Քեր"), ("Med", "Մեդ")),
)
TRADE = Sector(
    "trade",
    ("47.11", "46.90", "47.30"),
    _jobs(
        Job("5223", "Shop assistant", 140_000, 220_000, 3),
        Job("9333", "Warehouse worker", 150_000, 230_000, 3),
        Job("8332", "Lorry driver", 260_000, 420_000, 1),
    ),
    _EVEN,
    0.25,
    0.25,
    (("Market", "Մարկետ"), ("Trade", "Թրեյդ"), ("Import", "Իմպորտ")),
)
EDUCATION = Sector(
    "education",
    ("85.42", "85.59"),
    _jobs(
        Job("2310", "University lecturer", 350_000, 700_000, 2),
        Job("2353", "Language teacher", 250_000, 480_000, 3),
    ),
    (0.7, 0.7, 0.7, 0.8, 0.9, 1.3, 2.0, 2.2, 1.4, 0.7, 0.5, 0.4),
    0.15,
    0.5,
    (("Academy", "Ակադեմիա"), ("College", "Քոլեջ")),
)
STAFFING = Sector(
    "staffing",
    ("78.20", "78.30"),
    _jobs(
        Job("9112", "Cleaner", 120_000, 180_000, 2),
        Job("5230", "Petrol station attendant", 130_000, 190_000, 1),
        Job("5131", "Waiter", 130_000, 190_000, 1),
    ),
    _EVEN,
    0.1,
    0.3,
    (("Staff", "Սթաֆ"), ("Personnel", "Պերսոնալ"), ("Service", "Սերվիս")),
)

SHARES: Weighted[Sector] = Weighted(
    (
        *(
            (CONSTRUCTION, 0.30),
            (HOSPITALITY, 0.14),
            (DELIVERY, 0.11),
            (TEXTILE, 0.09),
            (MANUFACTURING, 0.09),
        ),
        *(
            (TECHNOLOGY, 0.09),
            (FARMING, 0.05),
            (TRADE, 0.04),
            (CARE, 0.03),
            (MINING, 0.02),
            (EDUCATION, 0.03),
        ),
        (STAFFING, 0.01),
    )
)
