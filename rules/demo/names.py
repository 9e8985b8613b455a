"""Names for people and places that do not exist."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words("""
Abena Ada Adela Ahmad Aisha Alba Alma Amara Amir Anders Anika Anjali Antonio Arjun Astrid Aylin Bao
Beatriz Benicio Bianca Bryn Caleb Camila Carmen Cecilia Chidi Clara Claudia Dalia Daniel Darius
Delia Diego Dmitri Elena Eli Elise Emeka Emilio Esther Ezra Farah Fatima Felix Fiona Freya Gabriel
Gloria Hana Hannah Hassan Helena Hugo Ibrahim Imani Ines Ingrid Isaac Ivy Jamal Jasmin Javier Jonas
Jordan Joy Julian June Kai Kamala Karim Katya Keiko Kofi Laila Lars Leah Leila Leon Lina Lucia Luis
Malia Marco Marcus Maren Mariam Marisol Mateo Maya Mei Milan Mira Naomi Nadia Nia Nikhil Noor Nora
Olga Omar Oscar Paloma Paulo Petra Priya Quentin Rafael Ramona Rania Reza Rhea Rosa Ruth Saanvi
Salma Samir Sarai Selma Simone Sofia Soren Stella Sunil Suri Talia Tamika Teo Thea Tomas Uma Vera
Viktor Wanda Yara Yusuf Zainab Zoe
""")
FAMILY = _words("""
Abara Abbott Acosta Adler Afolabi Aguilar Amato Andrade Aoki Arroyo Ashby Baptiste Barros Basu
Beaumont Becker Bello Benitez Bergman Bishara Blum Bonilla Boucher Brandt Calloway Cardoso Carver
Castellanos Chaudhry Chen Cho Cisneros Cole Cortez Dalton Danso Dasgupta Delgado Desai Diallo Dorsey
Dufour Eastman Ebner Egan Ekström Escobar Farrow Fields Fontaine Forde Fuentes Gallo Garrison Ghosh
Gibbs Goldberg Greco Guerra Gupta Haddad Halloran Hansen Hashimi Hayes Hendricks Herrera Hirsch
Hollis Hussain Ibarra Iyer Jansen Jimenez Joshi Kaplan Kaur Keller Khalil Kimura Kowalski Laurent
Ledesma Levin Li Lindgren Lozano Lund Machado Maddox Mahoney Malik Marchetti Mbeki Medina Mehta
Mendez Mercado Meyer Moreno Murphy Nakamura Navarro Ndiaye Nguyen Nolan Novak Nwosu Obi Ochoa Okoye
Olsen Ortega Osman Owens Pacheco Park Patel Pereira Petrov Pham Pineda Popov Quiroga Ramos Rao Reid
Rinaldi Rios Robles Romero Rossi Roy Saito Salazar Santana Sato Sawyer Schmidt Serrano Shah Silva
Singh Solis Soto Stein Sullivan Suzuki Takeda Tanaka Thorne Tran Ueda Valdez Varma Vega Velasco
Villanueva Vogel Wallace Warsame Weiss Whitaker Wójcik Wong Yamada Yoder Zapata Zhang Zimmer
""")
TITLES = {"Ms.": 0.5, "Mr.": 0.4, "Mx.": 0.03, "Dr.": 0.07}

DISTRICT = "Alder Valley School District"
PLACES = _words("""
Lincoln Willow Prairie Stonebridge Juniper Northgate Cottonwood Riverbend Hawthorn Eastlake Sycamore
Meadowlark Foxglove Brookside Summit Harborview Larkspur Millstone Orchard Pinecrest Quarry Redwood
Saltgrass Thistle Umber Vineyard Westfield Yarrow Zephyr Birchwood
""")
