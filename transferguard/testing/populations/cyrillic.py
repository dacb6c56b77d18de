# SPDX-License-Identifier: Apache-2.0
"""People who write Cyrillic: Russian names, with feminine forms of surnames.

Sources: the order and head shares of surnames follow the counts of Balanovskaya and Balanovsky (2005; Иванов 1.33 % and so on)
and of Zhuravlyov (2005); given names follow the yearly reports of Russian registry offices, joined over generations. Shares fall
by rank. Rarer surnames are composed of a stem and the usual ending; there are enough of them that each has about one person in five
thousand, as the surnames behind the first thousand have in those counts.
"""

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Listed, Shares, ranked, with_tail

_SURNAMES = """Иванов Смирнов Кузнецов Попов Васильев Петров Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев Лебедев Семёнов Егоров
    Павлов Козлов Степанов Николаев Орлов Андреев Макаров Никитин Захаров Зайцев Соловьёв Борисов Яковлев Григорьев Романов Воробьёв
    Сергеев Кузьмин Фролов Александров Дмитриев Королёв Гусев Киселёв Ильин Максимов Поляков Сорокин Виноградов Ковалёв Белов Медведев
    Антонов Тарасов Жуков Баранов Филиппов Комаров Давыдов Беляев Герасимов Богданов Осипов Сидоров Матвеев Титов Марков Миронов Крылов
    Куликов Карпов Власов Мельников Денисов Гаврилов Тихонов Казаков Афанасьев Данилов Савельев Тимофеев Фомин Чернов Абрамов Мартынов
    Ефимов Щербаков Назаров Калинин Исаев Чернышёв Быков Маслов Родионов Коновалов Лазарев Воронин Климов Филатов Пономарёв Голубев"""
_STEMS = """Бар Бел Берез Бур Вал Верш Гал Глаз Гор Дол Дуб Жар Зел Зим Кал Кар Кош Крас Лап Луж Мал Мор Над Остр Пан Пет Рож Руд
    Сав Сел Сит Став Таран Тр Уст Хар Цвет Чеб Шаб Шир Яр Бабур Бакл Балаб Батур Бахт Бобр Болд Бород Бугр Булат Бунд Бут
    Вавил Верт Вихр Вод Ворош Гар Глуш Гов Голов Горб Гром Груз Губ Гуд Дем Дерг Добр Драг Дрозд Дудар Ел Ерм Жел Жил Забел
    Заг Зин Злат Зуб Игнат Кабан Кавер Кад Калаш Камыш Канд Карт Кат Кир Клеп Клим Кноп Кобыл Кож Колес Кольц Кондр Копыт
    Корн Костр Котл Кравч Кривош Кудр Кург Ладыж Лат Ломак Лоскут Лук Мазур Макс Малыш Медн Мелех Мерк Мещер Мит Мохн Мукос
    Мур Муст Наг Неч Нос Овч Олейн Осок Перев Песк Печён Пил Плакс Погор Полун Портн Прох Пуст Рад Разум Рог Рукав Рын Рябч
    Саз Сальн Сбит Свист Сер Скор Слеп Смел Смор Снегир Солод Стар Столб Строг Сух Тарт Терех Тимон Токар Толст Топор Трепет
    Тум Угл Удал Фил Фок Холод Хром Цап Чалд Черен Чист Чуб Шал Шап Шевел Шелех Шил Шуб Щег Юд Ягод"""
_ENDINGS = "анов иков енков ухин ышев аров ыгин утин ошин ёнов инцев ачёв кин унов ушкин очкин яков атов етов ичев уев ынин еев ельников"
_MEN = """Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Владимир Николай Артём Денис Илья Антон Роман Павел Виктор Юрий
    Игорь Олег Никита Кирилл Константин Вячеслав Вадим Анатолий Валерий Станислав Руслан Егор Даниил Виталий Григорий Степан Матвей
    Василий Тимофей Пётр Борис Геннадий Ярослав Фёдор Леонид Глеб Марк Лев Тимур Эдуард Семён"""
_WOMEN = """Елена Ольга Наталья Татьяна Анна Ирина Светлана Мария Екатерина Юлия Анастасия Марина Людмила Галина Надежда Виктория Дарья
    Оксана Алина Ксения Валентина Любовь Полина Евгения Александра Кристина Вера Лариса Алёна Яна Софья Тамара Вероника Елизавета
    Нина Маргарита Валерия Диана Алиса Инна Жанна Лидия Олеся Ульяна Варвара Алла Раиса Эльвира Зоя Регина"""


def _feminine(text: str) -> str:
    return " ".join(word + "а" for word in text.split())


def _surnames(gender: Gender) -> Shares:
    as_borne = _feminine if gender is Gender.FEMALE else str
    return with_tail(ranked(as_borne(_SURNAMES).split(), top=0.0133, total=0.30), [(_STEMS, as_borne(_ENDINGS))])


_PASSPORT = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y - e iu ia".replace("-", "").split(" "),
        strict=True,
    )
)


def to_passport(text: str) -> str:
    """Cyrillic in Latin letters as Russian passports write it (ICAO Doc 9303)."""
    return " ".join("".join(_PASSPORT.get(letter, letter) for letter in word.lower()).capitalize() for word in text.split())


def _latin(family: str, given: str) -> str:
    return f"{to_passport(given)} {to_passport(family)}"


def cyrillic() -> Population:
    """People of Russia, men and women in equal parts."""
    return Population(
        culture=Culture.CYRILLIC,
        cohorts=[
            Cohort(
                weight=0.5,
                country="RU",
                gender=gender,
                born=1980,
                family=_surnames(gender),
                given=Listed(ranked(names.split(), top=0.085)),
            )
            for gender, names in ((Gender.MALE, _MEN), (Gender.FEMALE, _WOMEN))
        ],
        family_first=False,
        to_latin=_latin,
    )
