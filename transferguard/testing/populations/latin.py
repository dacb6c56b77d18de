# SPDX-License-Identifier: Apache-2.0
"""People of eight countries that write Latin letters: United States, Germany, France, Spain, Brazil, Italy, Poland, Turkey.

Sources of shares: US Census Bureau, surnames of 2010 (Smith 0.83 %, first fifty 13 %) and Social Security given names of living
people; for the other countries the share of the first name and of the listed head as the national statistical offices publish
them (INE Spain, IBGE Brazil, INSEE France, ISTAT, PESEL register of Poland, TÜİK, and the German telephone-book counts), rounded.
Within a list only the order is used; shares fall by rank. The rest of the people bear surnames composed of stems and endings that
are usual in the country: our stand-in for the long tail, with exact shares.
"""

from dataclasses import dataclass

from transferguard.testing.populations.people import Cohort, Culture, Gender, Population
from transferguard.testing.populations.shares import Joined, Listed, Shares, ranked, with_tail


@dataclass(frozen=True, slots=True, kw_only=True)
class _Country:
    """Names of one country; shares are 0..1 among its people (surnames) or among one gender (given names)."""

    code: str
    weight: float
    surnames: str
    surname_shares: tuple[float, float]
    stems: str
    endings: str
    men: str
    women: str
    given_top: float
    two_surnames: bool = False


_UNITED_STATES = _Country(
    code="US",
    weight=0.40,
    surnames="""Smith Johnson Williams Brown Jones Garcia Miller Davis Rodriguez Martinez Hernandez Lopez Gonzalez Wilson Anderson Thomas
        Taylor Moore Jackson Martin Lee Perez Thompson White Harris Sanchez Clark Ramirez Lewis Robinson Walker Young Allen King Wright
        Scott Torres Nguyen Hill Flores Green Adams Nelson Baker Hall Rivera Campbell Mitchell Carter Roberts Gomez Phillips Evans Turner
        Diaz Parker Cruz Edwards Collins Reyes Stewart Morris Morales Murphy Cook Rogers Gutierrez Ortiz Morgan Cooper Peterson Bailey
        Reed Kelly Howard Ramos Kim Cox Ward Richardson Watson Brooks Chavez Wood James Bennett Gray Mendoza Ruiz Hughes Price Alvarez
        Castillo Sanders Patel Myers Long Ross Foster Jimenez""",
    surname_shares=(0.0083, 0.18),
    stems="""Ash Black Brad Brook Burn Clay Crow Dal Ever Fair Fern Glen Gold Green Hart Haw Hazel Hol Kings Lang Lin Mar Mill New North
        Oak Pem Red Rock Rose Sher Stan Stone Sum Thorn Wake Wal War West Whit Win Wood York Ald Bar Bent Birch Bol Chat Cliff""",
    endings="ford ley ton well wood field worth by ham land man more ridge burn bury ston shaw dale smith brook son ner",
    men="""James Michael Robert John David William Richard Joseph Thomas Christopher Charles Daniel Matthew Anthony Mark Steven Donald
        Andrew Joshua Paul Kenneth Kevin Brian Timothy Ronald Jason George Edward Jeffrey Ryan Jacob Nicholas Gary Eric Jonathan Stephen
        Larry Justin Scott Brandon Benjamin Samuel Gregory Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Jose Adam Nathan
        Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Walter Keith Austin Roger Sean Liam Dylan Carl Logan Lucas Gabriel Oscar""",
    women="""Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Lisa Nancy Sandra Ashley Emily Kimberly Betty
        Margaret Donna Michelle Carol Amanda Melissa Deborah Stephanie Rebecca Sharon Laura Cynthia Amy Kathleen Angela Dorothy Shirley
        Emma Brenda Nicole Pamela Samantha Anna Katherine Christine Debra Rachel Olivia Carolyn Maria Janet Heather Diane Catherine Julie
        Victoria Helen Joyce Lauren Kelly Christina Joan Judith Ruth Hannah Evelyn Andrea Virginia Megan Cheryl Jacqueline Madison Alice
        Teresa Sophia Abigail Julia Grace Natalie Claire Lucy""",
    given_top=0.030,
)
_GERMANY = _Country(
    code="DE",
    weight=0.12,
    surnames="""Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder
        Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier Lehmann Schmid Schulze Maier
        Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert Vogel Friedrich Keller
        Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin""",
    surname_shares=(0.0095, 0.16),
    stems="""Acker Alten Bach Berg Birken Blum Brand Buch Dorn Eber Eich Eisen Falken Feld Frei Gold Grün Hagen Hasel Heide Hohen Kalten
        Kirch Königs Lauter Linden Mühl Neu Ober Rosen Rot Sand Schön Silber Stein Tannen Trauten Unter Wald Weiden Weiß Wester""",
    endings="berg bauer mann meier müller dorf stein hofer hausen feld bach er rath thal hoff brink",
    men="""Thomas Michael Andreas Peter Stefan Christian Hans Wolfgang Klaus Jürgen Martin Markus Alexander Frank Daniel Matthias Jan
        Sebastian Tobias Florian Uwe Bernd Lukas Felix Maximilian Jonas Leon Paul Philipp Dirk Jörg Ralf Rainer Karl Günter Werner Heinz
        Manfred Gerhard Dieter Oliver Sven Benjamin Tim Niklas Marcel Dennis Björn Ulrich Erik""",
    women="""Sabine Susanne Petra Monika Claudia Andrea Birgit Martina Karin Gabriele Stefanie Anna Julia Katharina Sandra Christina Nicole
        Katrin Ursula Renate Heike Melanie Anja Brigitte Angelika Barbara Ute Silke Laura Lea Lena Sarah Lisa Hannah Marie Sophie Johanna
        Franziska Helga Ingrid Jutta Elke Kerstin Tanja Jana Vanessa Nina Annette Eva Maria""",
    given_top=0.028,
)
_FRANCE = _Country(
    code="FR",
    weight=0.08,
    surnames="""Martin Bernard Thomas Petit Robert Richard Durand Dubois Moreau Laurent Simon Michel Lefebvre Leroy Roux David Bertrand
        Morel Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Muller Lefèvre Faure André Mercier Blanc Guérin Boyer Garnier
        Chevalier François Legrand Gauthier Garcia Perrin Robin Clément Morin Nicolas Henry Roussel Mathieu Gautier Masson""",
    surname_shares=(0.0035, 0.06),
    stems="""Beau Bel Bon Bour Cha Char Clair Cour Dela Du Fer Fon Gau Grand Gui Lam Lau Le Mal Mar Mon Mou Per Pont Ray Ren Ri Rou Sau
        Ser Tail Thi Val Vau Ver Vil""",
    endings="champ court mont ville nard rand in et eau el ier on ard lier lette nier dieu seau",
    men="""Jean Pierre Michel Philippe Alain Nicolas Patrick Christophe Laurent Daniel Bernard Thomas Julien Éric Frédéric Stéphane David
        Olivier Pascal Alexandre Sébastien Antoine Maxime Kevin Guillaume Vincent Romain Gérard Jacques Thierry Hugo Lucas Louis Mathieu
        François Denis Benoît Cédric Jérôme Arnaud""",
    women="""Marie Nathalie Isabelle Sylvie Catherine Françoise Valérie Sandrine Christine Céline Stéphanie Véronique Sophie Monique
        Martine Julie Aurélie Nicole Laurence Émilie Camille Léa Manon Chloé Emma Pauline Laura Sarah Anne Brigitte Claire Hélène Élodie
        Caroline Virginie Audrey Mélanie Charlotte Lucie Mathilde""",
    given_top=0.030,
)
_SPAIN = _Country(
    code="ES",
    weight=0.10,
    surnames="""García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Hernández Ruiz Díaz Moreno Muñoz
        Álvarez Romero Gutiérrez Alonso Navarro Torres Domínguez Ramos Vázquez Ramírez Gil Serrano Morales Molina Blanco Suárez Castro
        Ortega Delgado Ortiz Marín Rubio Núñez Medina Sanz Castillo Iglesias Cortés Garrido Santos Guerrero Lozano Cano Cruz""",
    surname_shares=(0.031, 0.45),
    stems="Al Ar Bar Ber Cal Cam Car Cas Cor Es Fer Fon Ga Gal Her Lar Mal Man Mon Mor Ol Or Pal Per Ri Ro Sal San Tor Val Vi Ye Za",
    endings="ado ales anco ano ares arez ero illa illo ina ino iño ola on oso ueda uera uelo edo ella",
    men="""Antonio Manuel José Francisco David Juan Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando
        Jorge Luis Alberto Álvaro Adrián Diego Raúl Iván Rubén Enrique Óscar Ramón Vicente Andrés Joaquín Santiago Víctor Mario Eduardo
        Roberto Jaime Marcos""",
    women="""María Carmen Josefa Ana Isabel Laura Cristina Marta Dolores Francisca Lucía Antonia Pilar Elena Sara Paula Mercedes Raquel
        Beatriz Nuria Silvia Rosario Julia Teresa Encarnación Irene Alba Patricia Montserrat Andrea Rocío Mónica Alicia Ángela Sonia Sandra
        Susana Marina Yolanda Natalia""",
    given_top=0.040,
    two_surnames=True,
)
_BRAZIL = _Country(
    code="BR",
    weight=0.12,
    surnames="""Silva Santos Oliveira Souza Rodrigues Ferreira Alves Pereira Lima Gomes Ribeiro Costa Carvalho Martins Almeida Lopes Soares
        Fernandes Vieira Barbosa Rocha Dias Nascimento Andrade Moreira Nunes Marques Machado Mendes Freitas Cardoso Ramos Gonçalves Santana
        Teixeira Araújo Pinto Moura Correia Cavalcanti Monteiro Batista Campos Miranda Azevedo Barros Melo Castro Cunha Farias""",
    surname_shares=(0.085, 0.62),
    stems="Al Am Ar Bar Bel Bor Cal Cam Car Cor Cos Fer Fon Gal Gui Lei Mal Mar Men Mon Mor Par Pei Per Pi Por Que Sal Sam Tei Val Var",
    endings="eira eiro ado ais ães ano ares eda edo elo inho ino osa oso ral ranha tes queira veira",
    men="""José João Antônio Francisco Carlos Paulo Pedro Lucas Luiz Marcos Luís Gabriel Rafael Daniel Marcelo Bruno Eduardo Felipe
        Rodrigo Manoel Mateus André Fernando Fábio Leonardo Gustavo Guilherme Leandro Tiago Anderson Ricardo Márcio Jorge Sebastião
        Alexandre Roberto Edson Diego Vitor Sérgio""",
    women="""Maria Ana Francisca Antônia Adriana Juliana Márcia Fernanda Patrícia Aline Sandra Camila Amanda Bruna Jéssica Letícia Júlia
        Luciana Vanessa Mariana Gabriela Vera Vitória Larissa Cláudia Beatriz Rita Luana Sônia Renata Eliane Josefa Simone Natália Cristiane
        Carla Débora Rosângela Jaqueline Rosa""",
    given_top=0.055,
    two_surnames=True,
)
_ITALY = _Country(
    code="IT",
    weight=0.07,
    surnames="""Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti Mancini Costa Giordano Rizzo
        Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale
        Lombardo Serra Coppola Marchetti Parisi Villa Conte Ferraro Ferri Fabbri Bianco Marini Grasso Valentini Messina Sala""",
    surname_shares=(0.0045, 0.08),
    stems="Al An Bal Bar Bel Ben Bon Cal Cap Car Cas Cor Fal Fer Fio Gal Gen Gra Lan Lom Mag Man Mar Mon Mor Pal Pel Per Pie Sal Tar Vil",
    endings="aldi ani anti ardi ario atti elli ello enti etti etto iani ieri ini ino ioni isi occhi olini oni otti ucci",
    men="""Giuseppe Antonio Giovanni Mario Francesco Luigi Andrea Alessandro Marco Salvatore Vincenzo Roberto Paolo Domenico Franco Stefano
        Luca Angelo Davide Matteo Lorenzo Fabio Simone Federico Gabriele Riccardo Claudio Massimo Daniele Pietro""",
    women="""Maria Anna Giuseppina Rosa Angela Giovanna Teresa Lucia Carmela Caterina Francesca Giulia Chiara Sara Elena Paola Laura
        Martina Valentina Alessia Silvia Federica Elisa Roberta Daniela Sofia Aurora Alice Giorgia Beatrice""",
    given_top=0.035,
)
_POLAND = _Country(
    code="PL",
    weight=0.06,
    surnames="""Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski
        Mazur Kwiatkowski Wojciechowski Krawczyk Kaczmarek Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel
        Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak""",
    surname_shares=(0.0054, 0.07),
    stems="Bar Biel Bor Brzo Dom Gad Gło Gra Jab Jan Kal Kar Kos Kra Kub Las Lip Mal Mich Nie Ols Pio Por Rad Ro Sad Sta Szcz Tom Wal Zab",
    endings="owski iński ewski czyk iak ak ek icki ecki arski orski czak ala asz",
    men="""Piotr Krzysztof Andrzej Tomasz Jan Paweł Michał Marcin Jakub Adam Stanisław Marek Łukasz Grzegorz Mateusz Wojciech Mariusz
        Dariusz Zbigniew Jerzy Maciej Rafał Robert Kamil Józef Jacek Dawid Tadeusz Ryszard Szymon""",
    women="""Anna Katarzyna Maria Małgorzata Agnieszka Barbara Ewa Krystyna Magdalena Elżbieta Joanna Aleksandra Zofia Monika Teresa
        Natalia Julia Karolina Marta Beata Dorota Halina Jadwiga Janina Alicja Jolanta Grażyna Iwona Irena Paulina""",
    given_top=0.042,
)
_TURKEY = _Country(
    code="TR",
    weight=0.05,
    surnames="""Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özkan Şimşek
        Polat Özcan Korkmaz Çakır Erdoğan Yavuz Can Acar Şen Aktaş Güler Yalçın Güneş Bozkurt Bulut Keskin Ünal Turan Gül Özer""",
    surname_shares=(0.0165, 0.25),
    stems="Ak Al Alt Ar Bay Bil Boz Çağ Dal Dem Der Ek Er Gök Gün İn Kar Kır Kız Öz Sar Sev Soy Taş Tun Tür Uç Ün Yal Yaz",
    endings="demir doğan soy türk kaya taş baş oğlu er men sal gül han kan tekin alp can ay",
    men="""Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Yusuf Murat Ömer Ramazan Halil Süleyman Abdullah Mahmut Recep Salih
        Fatih Emre Hakan Kadir Kemal Burak Serkan Yaşar Bekir Musa Metin""",
    women="""Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Zehra Sultan Hanife Merve Havva Zeliha Esra Fadime Özlem Hacer Yasemin
        Hülya Cemile Sevim Gülsüm Leyla Dilek Büşra Aysel Songül Kübra Halime""",
    given_top=0.060,
)
COUNTRIES = (_UNITED_STATES, _GERMANY, _FRANCE, _SPAIN, _BRAZIL, _ITALY, _POLAND, _TURKEY)


def _family(country: _Country) -> Shares:
    top, total = country.surname_shares
    one = with_tail(ranked(country.surnames.split(), top=top, total=total), [(country.stems, country.endings)])
    return Joined(first=one, second=one, separator=" ") if country.two_surnames else one


def latin() -> Population:
    """People of the eight countries together, men and women in equal parts; the weights are an assumption about app users."""
    return Population(
        culture=Culture.LATIN,
        cohorts=[
            Cohort(
                weight=country.weight / 2,
                country=country.code,
                gender=gender,
                born=1980,
                family=_family(country),
                given=Listed(ranked(names.split(), top=country.given_top)),
            )
            for country in COUNTRIES
            for gender, names in ((Gender.MALE, country.men), (Gender.FEMALE, country.women))
        ],
        family_first=False,
    )
