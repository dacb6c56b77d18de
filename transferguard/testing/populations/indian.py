# SPDX-License-Identifier: Apache-2.0
"""Indian people: names in Latin letters, as most identity documents show them, and in Devanagari.

No Indian register publishes whole-name shares that we may cite; the order of given names and surnames follows common usage in
electoral rolls as reported in the press (Kumar, Singh, Devi and Sharma first), shares falling by rank. Each part stands in both
writings, so that a name can be copied from one into the other.
"""

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Mixed, Shares, ranked

_MEN = """Rahul:राहुल Amit:अमित Raj:राज Sanjay:संजय Rajesh:राजेश Vijay:विजय Suresh:सुरेश Ramesh:रमेश Anil:अनिल Sunil:सुनील Ajay:अजय
    Manoj:मनोज Rakesh:राकेश Mukesh:मुकेश Dinesh:दिनेश Vinod:विनोद Ashok:अशोक Arun:अरुण Ravi:रवि Deepak:दीपक Sachin:सचिन Rohit:रोहित
    Vikas:विकास Pankaj:पंकज Sandeep:संदीप Pradeep:प्रदीप Naveen:नवीन Nitin:नितिन Gaurav:गौरव Vivek:विवेक Ankit:अंकित Abhishek:अभिषेक
    Manish:मनीष Alok:आलोक Harish:हरीश Mahesh:महेश Ganesh:गणेश Krishna:कृष्ण Mohan:मोहन Gopal:गोपाल Arjun:अर्जुन Karan:करण Aditya:आदित्य
    Imran:इमरान Salim:सलीम Iqbal:इक़बाल Kiran:किरण Prakash:प्रकाश Shyam:श्याम Yogesh:योगेश Tarun:तरुण Umesh:उमेश Lokesh:लोकेश"""
_WOMEN = """Priya:प्रिया Pooja:पूजा Neha:नेहा Anjali:अंजलि Sunita:सुनीता Anita:अनीता Rekha:रेखा Kavita:कविता Meena:मीना Geeta:गीता Sita:सीता
    Lakshmi:लक्ष्मी Radha:राधा Asha:आशा Usha:उषा Nisha:निशा Ritu:ऋतु Jyoti:ज्योति Kiran:किरण Sangeeta:संगीता Seema:सीमा Rani:रानी
    Shobha:शोभा Shanti:शांति Savita:सविता Mamta:ममता Manju:मंजू Suman:सुमन Swati:स्वाति Shweta:श्वेता Deepika:दीपिका Divya:दिव्या
    Sneha:स्नेहा Preeti:प्रीति Nidhi:निधि Rashmi:रश्मि Vandana:वंदना Archana:अर्चना Sarita:सरिता Urmila:उर्मिला Kamla:कमला Pushpa:पुष्पा
    Aarti:आरती Fatima:फ़ातिमा Shabana:शबाना Aisha:आयशा Ananya:अनन्या Ishita:इशिता Tanvi:तन्वी Meera:मीरा"""
_SURNAMES = """Kumar:कुमार Singh:सिंह Devi:देवी Sharma:शर्मा Verma:वर्मा Gupta:गुप्ता Yadav:यादव Patel:पटेल Das:दास Khan:ख़ान Mishra:मिश्रा
    Jain:जैन Agarwal:अग्रवाल Pandey:पाण्डेय Tiwari:तिवारी Joshi:जोशी Chauhan:चौहान Shah:शाह Reddy:रेड्डी Nair:नायर Rao:राव Iyer:अय्यर
    Mehta:मेहता Malik:मलिक Chaudhary:चौधरी Thakur:ठाकुर Rathore:राठौर Saxena:सक्सेना Srivastava:श्रीवास्तव Dubey:दुबे Shukla:शुक्ला
    Tripathi:त्रिपाठी Bansal:बंसल Goyal:गोयल Kapoor:कपूर Malhotra:मल्होत्रा Khanna:खन्ना Bhatia:भाटिया Arora:अरोड़ा Sethi:सेठी Gill:गिल
    Kaur:कौर Banerjee:बनर्जी Mukherjee:मुखर्जी Chatterjee:चटर्जी Ghosh:घोष Bose:बोस Sen:सेन Roy:राय Dutta:दत्ता Pillai:पिल्लै Menon:मेनन
    Naidu:नायडू Patil:पाटिल Deshmukh:देशमुख Kulkarni:कुलकर्णी Pawar:पवार Jadhav:जाधव Shinde:शिंदे More:मोरे Gaikwad:गायकवाड़ Rawat:रावत
    Negi:नेगी Bisht:बिष्ट Ansari:अंसारी Sheikh:शेख Qureshi:क़ुरैशी Siddiqui:सिद्दीक़ी Prasad:प्रसाद Mahto:महतो Paswan:पासवान Rajput:राजपूत"""


def _pairs(*tables: str) -> dict[str, str]:
    return dict(entry.split(":") for table in tables for entry in table.split())


DEVANAGARI_OF = _pairs(_MEN, _WOMEN, _SURNAMES)
"""Latin spelling of a part of a name to Devanagari."""
_LATIN_OF = {written: spelled for spelled, written in DEVANAGARI_OF.items()}
_DEVANAGARI_SHARE = 0.4
"""How many people of this population write Devanagari: an assumption."""


def _latin(family: str, given: str) -> str:
    return " ".join(_LATIN_OF.get(word, word) for word in f"{given} {family}".split())


def _table(entries: str, *, top: float, devanagari: bool) -> Listed:
    return Listed(ranked(_pairs(entries).values() if devanagari else _pairs(entries), top=top))


def _cohort(gender: Gender, *, devanagari: bool) -> Cohort:
    people = _MEN if gender is Gender.MALE else _WOMEN
    first = _table(people, top=0.03, devanagari=devanagari)
    men = _table(_MEN, top=0.03, devanagari=devanagari)
    given: Shares = Mixed((0.8, first), (0.2, Joined(first=first, second=men, separator=" ")))
    share = _DEVANAGARI_SHARE if devanagari else 1 - _DEVANAGARI_SHARE
    family = _table(_SURNAMES, top=0.075, devanagari=devanagari)
    return Cohort(weight=share / 2, country="IN", gender=gender, born=1985, family=family, given=given)


def indian() -> Population:
    """People of India, men and women in equal parts, some of them written in Devanagari."""
    return Population(
        culture=Culture.INDIAN,
        cohorts=[_cohort(gender, devanagari=devanagari) for gender in Gender for devanagari in (False, True)],
        family_first=False,
        to_latin=_latin,
    )
