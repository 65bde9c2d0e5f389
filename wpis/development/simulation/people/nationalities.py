"""Where the workers come from: shares, names, languages, telephone and passport numbers by citizenship.

India and Iran lead the work-based statuses (163 and 105 of 819 in 2020; 646 Indians in seven months of 2024,
permit-process.md 5.1.1 and 5.1.4); the other shares are our assumption. Citizens of the Eurasian Economic
Union are missing because they need no permit. Planted patterns draw from the same shares as everybody else,
so citizenship tells nothing about them.
"""

from dataclasses import dataclass
from random import Random

from wpis.development.simulation.randomness import Weighted


@dataclass(frozen=True, slots=True)
class Nationality:
    """A citizenship (ISO 3166-1 alpha-3) and what goes with it. `#` stands for a digit, `@` for a letter."""

    code: str
    men: tuple[str, ...]
    women: tuple[str, ...]
    surnames: tuple[str, ...]
    languages: Weighted[tuple[str, ...]]
    phone: str
    passport: str
    agent_city: str


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip().replace("_", " ") for name in text.split(","))


INDIA = Nationality(
    "IND",
    _names("Rajesh, Amit, Sanjay, Vijay, Suresh, Ramesh, Gurpreet, Harpreet, Manoj, Anil, Deepak, Rohit, "
           "Arjun, Karthik, Sunil, Ravi, Prakash, Mohan, Jaswinder, Naveen, Dinesh, Rakesh, Vikram"),
    _names("Priya, Anita, Sunita, Kavita, Pooja, Neha, Lakshmi, Rekha, Simran, Divya, Asha, Geeta, Jyoti"),
    _names("Sharma, Kumar, Singh, Patel, Reddy, Nair, Gupta, Yadav, Verma, Das, Thomas, Pillai, Gill, "
           "Sandhu, Dhillon, Rao, Mishra, Chauhan, Thakur, Joshi, Mathew, Naidu, Rawat, Saini, Bhatt"),
    Weighted(((("hi", "en"), 4), (("hi",), 3), (("pa", "hi"), 3), (("ml", "en"), 2), (("bn", "hi"), 1))),
    "+9198########", "@#######", "Delhi",
)  # fmt: skip
IRAN = Nationality(
    "IRN",
    _names("Ali, Reza, Mohammad, Hossein, Mehdi, Amir, Saeed, Hamid, Masoud, Farhad, Kamran, Navid, Arash"),
    _names("Maryam, Zahra, Fatemeh, Leila, Nasrin, Shirin, Parisa, Sara, Mina, Elham"),
    _names("Ahmadi, Hosseini, Karimi, Moradi, Rahimi, Jafari, Rezaei, Kazemi, Sadeghi, Najafi, Akbari"),
    Weighted(((("fa",), 3), (("fa", "en"), 2))),
    "+98912#######", "@########", "Tehran",
)  # fmt: skip
EGYPT = Nationality(
    "EGY",
    _names("Ahmed, Mahmoud, Mostafa, Karim, Youssef, Tarek, Hany, Sameh, Ibrahim, Khaled, Omar, Wael"),
    _names("Mona, Heba, Nour, Salma, Dina, Yasmin, Aya"),
    _names("Hassan, Abdelrahman, Mansour, Fawzy, Ramadan, Saleh, Gamal, Shaker, Nasser, Eid, Farouk"),
    Weighted(((("ar",), 3), (("ar", "en"), 1))),
    "+2010########", "@########", "Cairo",
)  # fmt: skip
CHINA = Nationality(
    "CHN",
    _names("Wei, Jun, Qiang, Lei, Yong, Tao, Bin, Peng, Hao, Jian, Feng, Chao"),
    _names("Li, Fang, Na, Xiu Ying, Min, Jing, Yan"),
    _names("Wang, Zhang, Liu, Chen, Yang, Zhao, Huang, Wu, Zhou, Xu, Sun, Ma"),
    Weighted(((("zh",), 4), (("zh", "en"), 1))),
    "+86138########", "E########", "Urumqi",
)  # fmt: skip
PHILIPPINES = Nationality(
    "PHL",
    _names("Jose, Mark Anthony, John Paul, Ramon, Eduardo, Noel, Rodel, Jerome"),
    _names("Maria, Jocelyn, Rosalie, Cristina, Angelica, Marites, Grace, Liza, Jennifer"),
    _names("Santos, Reyes, Cruz, Bautista, Garcia, Mendoza, Flores, Ramos, Villanueva, Aquino"),
    Weighted(((("fil", "en"), 1),)),
    "+63917#######", "P#######@", "Manila",
)  # fmt: skip
NEPAL = Nationality(
    "NPL",
    _names("Bishnu, Hari, Krishna, Prem, Santosh, Dipak, Nabin, Kiran, Suman, Rajan"),
    _names("Sita, Gita, Sarita, Kamala, Bimala, Anju"),
    _names("Thapa, Gurung, Tamang, Rai, Magar, Shrestha, Adhikari, Karki, Bhandari, Limbu"),
    Weighted(((("ne",), 3), (("ne", "hi"), 2), (("ne", "en"), 1))),
    "+97798########", "########", "Kathmandu",
)  # fmt: skip
BANGLADESH = Nationality(
    "BGD",
    _names("Md Rahim, Abdul Karim, Md Shahin, Jahangir, Rafiqul, Sohel, Mizanur, Nazmul"),
    _names("Fatema, Shirin, Rina, Nasima, Salma"),
    _names("Islam, Hossain, Rahman, Miah, Uddin, Akter, Sarkar, Mollah, Khan"),
    Weighted(((("bn",), 4), (("bn", "en"), 1))),
    "+88017########", "@########", "Dhaka",
)  # fmt: skip
SRI_LANKA = Nationality(
    "LKA",
    _names("Nimal, Sunil, Chaminda, Ruwan, Kasun, Nuwan, Tharindu, Lahiru"),
    _names("Kumari, Nadeesha, Dilani, Chandrika, Sandya"),
    _names("Perera, Fernando, De Silva, Bandara, Jayasinghe, Wickramasinghe, Dissanayake, Rathnayake"),
    Weighted(((("si",), 3), (("si", "en"), 1), (("ta", "si"), 1))),
    "+9477#######", "N#######", "Colombo",
)  # fmt: skip
SYRIA = Nationality(
    "SYR",
    _names("Hagop, Sarkis, Fadi, George, Bassam, Nabil, Samir"),
    _names("Rima, Hala, Maral, Nairi, Rana"),
    _names("Khoury, Haddad, Kassab, Darwish, Shamas, Najjar, Sabbagh"),
    Weighted(((("ar",), 2), (("ar", "hy"), 2))),
    "+96393#######", "N########", "Aleppo",
)  # fmt: skip
UKRAINE = Nationality(
    "UKR",
    _names("Andrii, Oleksandr, Serhii, Dmytro, Volodymyr, Ihor, Maksym"),
    _names("Olena, Iryna, Nataliia, Oksana, Svitlana, Kateryna"),
    _names("Shevchenko, Kovalenko, Bondarenko, Tkachenko, Melnyk, Kravchenko, Boiko"),
    Weighted(((("ru",), 2), (("ru", "en"), 1))),
    "+38067#######", "@@######", "Odesa",
)  # fmt: skip
GEORGIA = Nationality(
    "GEO",
    _names("Giorgi, Davit, Levan, Nika, Zurab, Irakli"),
    _names("Nino, Mariam, Tamar, Ketevan, Natia"),
    _names("Beridze, Kapanadze, Gelashvili, Maisuradze, Lomidze, Kvaratskhelia"),
    Weighted(((("ka", "ru"), 2), (("ka", "en"), 1))),
    "+99559#######", "##@@#####", "Tbilisi",
)  # fmt: skip
ITALY = Nationality(
    "ITA",
    _names("Marco, Luca, Paolo, Andrea, Stefano, Matteo"),
    _names("Giulia, Chiara, Francesca, Elena, Valentina"),
    _names("Rossi, Bianchi, Romano, Ferrari, Conti, Ricci, Greco"),
    Weighted(((("en",), 2), (("en", "fr"), 1))),
    "+39347#######", "YA#######", "Milan",
)  # fmt: skip
CUBA = Nationality(
    "CUB",
    _names("Yoel, Reinier, Osmany, Alexis, Lazaro, Ernesto"),
    _names("Yanet, Dayana, Mileidy, Yusimi"),
    _names("Rodriguez, Perez, Gonzalez, Hernandez, Castillo, Acosta"),
    Weighted(((("es",), 3), (("es", "en"), 1))),
    "+535#######", "@######", "Havana",
)  # fmt: skip

SHARES: Weighted[Nationality] = Weighted(
    (
        *((INDIA, 0.55), (IRAN, 0.10), (EGYPT, 0.05), (CHINA, 0.05), (PHILIPPINES, 0.05), (NEPAL, 0.05)),
        *((BANGLADESH, 0.03), (SRI_LANKA, 0.03), (SYRIA, 0.02), (UKRAINE, 0.02), (GEORGIA, 0.02)),
        *((ITALY, 0.01), (CUBA, 0.02)),
    )
)
BY_CODE = {nationality.code: nationality for nationality in SHARES.choices}
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


def draw(chance: Random) -> Nationality:
    """A citizenship by its share."""
    return SHARES.pick(chance)


def filled(pattern: str, chance: Random) -> str:
    """A number with digits for `#` and letters for `@`."""
    many = chance.getrandbits(64)
    signs = []
    for sign in pattern:
        if sign == "#":
            many, digit = divmod(many, 10)
            sign = str(digit)
        elif sign == "@":
            many, letter = divmod(many, len(LETTERS))
            sign = LETTERS[letter]
        signs.append(sign)
    return "".join(signs)
