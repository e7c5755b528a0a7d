#include "city_seed.h"

#include "str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

// clang-format off
const struct seed_place seed_places[] = {
    { { "Bruxelles", "Brussel" }, { "", "" } },
    { { "Namur", "Namen" }, { "", "" } },
    { { "Liège", "Luik" }, { "", "" } },
    { { "Gand", "Gent" }, { "", "" } },
    { { "Anvers", "Antwerpen" }, { "", "" } },
    { { "Mons", "Bergen" }, { "", "" } },
    { { "Malines", "Mechelen" }, { "", "" } },
    { { "Louvain", "Leuven" }, { "", "" } },
    { { "Ypres", "Ieper" }, { "", "" } },
    { { "Tournai", "Doornik" }, { "", "" } },
    { { "Courtrai", "Kortrijk" }, { "", "" } },
    { { "Saint-Nicolas", "Sint-Niklaas" }, { "", "" } },
    { { "Arlon", "Aarlen" }, { "", "" } },
    { { "Charleroi", "Charleroi" }, { "", "" } },
    { { "Vilvorde", "Vilvoorde" }, { "", "" } },
    { { "Eupen", "Eupen" }, { "", "" } },
    { { "Léopoldville", "Leopoldstad" }, { "Congo belge", "Belgisch-Congo" } },
    { { "Kindu", "Kindu" }, { "Congo belge", "Belgisch-Congo" } },
    { { "Eskişehir", "Eskişehir" }, { "Turquie", "Turkije" } },
    { { "Casablanca", "Casablanca" }, { "Maroc", "Marokko" } },
    { { "Łódź", "Łódź" }, { "Pologne", "Polen" } },
    { { "Târgu Mureș", "Târgu Mureș" }, { "Roumanie", "Roemenië" } },
    { { "Huế", "Huế" }, { "Vietnam", "Vietnam" } },
    { { "Jaffna", "Jaffna" }, { "Sri Lanka", "Sri Lanka" } },
    { { "Sant Julià de Lòria", "Sant Julià de Lòria" }, { "Andorre", "Andorra" } },
    { { "Lisbonne", "Lissabon" }, { "Portugal", "Portugal" } },
    { { "Lille", "Rijsel" }, { "France", "Frankrijk" } },
    { { "Milan", "Milaan" }, { "Italie", "Italië" } },
    { { "Conakry", "Conakry" }, { "Guinée", "Guinee" } },
    { { "Alep", "Aleppo" }, { "Syrie", "Syrië" } },
    { { "Zagreb", "Zagreb" }, { "Yougoslavie", "Joegoslavië" } },
    { { "Düsseldorf", "Düsseldorf" }, { "Allemagne", "Duitsland" } },
    { { "Brazzaville", "Brazzaville" }, { "Congo", "Congo" } },
    { { "Asmara", "Asmara" }, { "Érythrée", "Eritrea" } },
    { { "Bagdad", "Bagdad" }, { "Irak", "Irak" } },
    { { "", "" }, { "", "" } },
};
const size_t seed_place_count = COUNT(seed_places);

const struct seed_nationality seed_nationalities[] = {
    { { "belge", "Belgische" }, { "Belge", "Belg" }, "1", CITIZENSHIP_BELGIAN },
    { { "française", "Franse" }, { "France", "Frankrijk" }, "31", CITIZENSHIP_EUROPEAN },
    { { "polonaise", "Poolse" }, { "Pologne", "Polen" }, "31", CITIZENSHIP_EUROPEAN },
    { { "roumaine", "Roemeense" }, { "Roumanie", "Roemenië" }, "32", CITIZENSHIP_EUROPEAN },
    { { "portugaise", "Portugese" }, { "Portugal", "Portugal" }, "32", CITIZENSHIP_EUROPEAN },
    { { "italienne", "Italiaanse" }, { "Italie", "Italië" }, "31", CITIZENSHIP_EUROPEAN },
    { { "allemande", "Duitse" }, { "Allemagne", "Duitsland" }, "31", CITIZENSHIP_EUROPEAN },
    { { "turque", "Turkse" }, { "Turquie", "Turkije" }, "34", CITIZENSHIP_OTHER },
    { { "marocaine", "Marokkaanse" }, { "Maroc", "Marokko" }, "36", CITIZENSHIP_OTHER },
    { { "congolaise", "Congolese" }, { "Congo", "Congo" }, "33", CITIZENSHIP_OTHER },
    { { "guinéenne", "Guinese" }, { "Guinée", "Guinee" }, "33", CITIZENSHIP_OTHER },
    { { "sri-lankaise", "Sri Lankaanse" }, { "Sri Lanka", "Sri Lanka" }, "33", CITIZENSHIP_OTHER },
    { { "réfugié reconnu, d’origine syrienne", "erkend vluchteling, van Syrische herkomst" },
      { "Réfugié d’origine syrienne", "Vluchteling van Syrische herkomst" }, "34",
      CITIZENSHIP_REFUGEE },
    { { "apatride", "staatloos" }, { "Apatride", "Staatloze" }, "34", CITIZENSHIP_STATELESS },
    { { "érythréenne", "Eritrese" }, { "Érythrée", "Eritrea" }, "33", CITIZENSHIP_OTHER },
    { { "indéterminée", "onbepaald" }, { "Indéterminée", "Onbepaald" }, "33",
      CITIZENSHIP_UNDETERMINED },
};
const size_t seed_nationality_count = COUNT(seed_nationalities);

#define ECHANTILLON { "Rue de l’Échantillon", "Voorbeeldstraat" }
#define FIGURANTS   { "Avenue des Figurants", "Figurantenlaan" }
#define MODELE      { "Place du Modèle", "Modelplein" }
#define MAQUETTE    { "Rue de la Maquette", "Maquettestraat" }
#define ESSAI       { "Rue de l’Essai", "Proefstraat" }
#define PROTOTYPE   { "Quai du Prototype", "Prototypekaai" }
#define BROUILLON   { "Rue du Brouillon", "Kladstraat" }
#define ESQUISSE    { "Boulevard de l’Esquisse", "Schetslaan" }
#define GABARIT     { "Chaussée du Gabarit", "Malsteenweg" }
#define EBAUCHE     { "Square de l’Ébauche", "Ontwerpsquare" }
#define PATRON      { "Rue du Patron", "Patroonstraat" }
#define MALLE       { "Mallestraat", "Mallestraat" }
#define HOME        DWELLING_HOME, { "", "" }

const struct seed_household seed_households[] = {
    [0] = { ECHANTILLON, "24", "3", "1000", HOME, "2016-03-01" },
    [1] = { ECHANTILLON, "31", "", "1000", HOME, "2012-09-01" },
    [2] = { FIGURANTS, "112", "0012", "1020", HOME, "2003-08-17" },
    [3] = { MODELE, "7", "12", "1130", HOME, "1987-10-01" },
    [4] = { MAQUETTE, "298A", "0012", "1000", DWELLING_REFERENCE,
            { "Centre public d’action sociale", "Openbaar centrum voor maatschappelijk welzijn" },
            "2024-02-29" },
    [5] = { ESSAI, "5", "", "1000", HOME, "2019-05-14" },
    [6] = { PROTOTYPE, "88", "4", "1000", HOME, "2021-01-01" },
    [7] = { BROUILLON, "16", "", "1120", HOME, "2009-07-01" },
    [8] = { ESQUISSE, "203", "21", "1000", HOME, "2018-11-30" },
    [9] = { GABARIT, "47", "", "1020", HOME, "1996-04-02" },
    [10] = { EBAUCHE, "9", "1", "1000", HOME, "2023-06-12" },
    [11] = { FIGURANTS, "14", "", "1020", HOME, "2014-12-01" },
    [12] = { MODELE, "2", "A002", "1130", HOME, "2020-02-20" },
    [13] = { ECHANTILLON, "102", "", "1000", HOME, "2011-01-15" },
    [14] = { MAQUETTE, "61", "7", "1000", HOME, "2022-09-01" },
    [15] = { ESSAI, "18", "", "1000", HOME, "1978-05-03" },
    [16] = { PROTOTYPE, "3", "2", "1000", HOME, "2017-10-10" },
    [17] = { BROUILLON, "44", "", "1120", HOME, "2005-03-01" },
    [18] = { ESQUISSE, "12", "5", "1000", HOME, "2024-08-01" },
    [19] = { GABARIT, "230", "", "1020", HOME, "2010-06-30" },
    [20] = { EBAUCHE, "27", "", "1000", HOME, "2001-11-05" },
    [21] = { FIGURANTS, "77", "8", "1020", HOME, "2015-03-16" },
    [22] = { ECHANTILLON, "5", "", "1000", HOME, "2013-01-01" },
    [23] = { MODELE, "19", "3", "1130", HOME, "2025-02-03" },
    [24] = { PROTOTYPE, "120", "", "1000", HOME, "2020-07-01" },
    [25] = { MAQUETTE, "8", "1", "1000", HOME, "2007-09-24" },
    [26] = { ESQUISSE, "77", "", "1000", HOME, "2012-05-02" },
    [27] = { FIGURANTS, "3", "1", "1020", HOME, "1971-06-01" },
    [28] = { EBAUCHE, "40", "", "1000", DWELLING_INSTITUTION,
             { "Centre d’accueil de l’Ébauche", "Opvangcentrum Ontwerp" }, "2026-06-15" },
    [29] = { PATRON, "11", "2", "1050", HOME, "2022-04-01" },
    [30] = { MALLE, "6", "", "9000", HOME, "2026-11-23" },
    [31] = { MODELE, "30", "", "1130", DWELLING_INSTITUTION,
             { "Communauté des Sœurs du Modèle", "Gemeenschap van de Zusters van het Model" },
             "1999-09-08" },
    [32] = { ESQUISSE, "150", "0214", "1000", DWELLING_INSTITUTION,
             { "Résidence de l’Esquisse", "Residentie De Schets" }, "2021-10-04" },
    [33] = { BROUILLON, "90", "1", "1120", HOME, "2018-01-22" },
    [34] = { GABARIT, "12", "", "1020", HOME, "2023-09-01" },
    [35] = { ECHANTILLON, "66", "4", "1000", HOME, "2015-02-10" },
    [36] = { ESSAI, "29", "", "1000", HOME, "1990-12-01" },
    [37] = { PROTOTYPE, "51", "6", "1000", HOME, "2024-05-06" },
    [38] = { EBAUCHE, "14", "2", "1000", HOME, "2019-08-19" },
    [39] = { MAQUETTE, "33", "", "1000", HOME, "2008-03-03" },
};
const size_t seed_household_count = COUNT(seed_households);

#define FR PAPER_FRENCH
#define NL PAPER_DUTCH
#define P(home, relation, name, surname, given, sex, birth, place, nationality, language) \
    { home, RELATION_##relation, name, surname, given, sex, birth, place, nationality, language, \
      STANDING_RESIDENT, false }
#define MARKED(home, relation, name, surname, given, sex, birth, place, nationality, language, \
               standing, blocked) \
    { home, RELATION_##relation, name, surname, given, sex, birth, place, nationality, language, \
      STANDING_##standing, blocked }

// clang-format on
const struct seed_person seed_persons[] = {
    P(0, REFERENCE, "anais-lemaitre", "Lemaître", "Anaïs Zoé", 'F', "1987-03-14", "Namur", "belge",
      FR),
    P(0, SPOUSE, "caglar-ozturk", "Öztürk", "Çağlar", 'M', "1985-09-01", "Eskişehir", "turque", FR),
    P(0, CHILD, "elif-ozturk", "Öztürk", "Élif Jeanne", 'F', "2012-11-02", "Bruxelles", "belge",
      FR),
    P(0, CHILD, "noe-ozturk", "Öztürk", "Noé", 'M', "2016-01-29", "Bruxelles", "belge", FR),
    P(0, PARENT, "mathilde-desire", "Désiré", "Mathilde Hortense", 'F', "1949-06-30",
      "Léopoldville", "belge", FR),

    P(1, REFERENCE, "amina-benali", "Benali", "Amina Sarah", 'F', "1985-07-30", "Bruxelles",
      "belge", FR),
    P(1, SPOUSE, "youssef-haddad", "Haddad", "Youssef", 'M', "1982-12-01", "Casablanca",
      "marocaine", FR),
    P(1, CHILD, "lina-haddad", "Haddad", "Lina Inès", 'F', "2013-04-09", "Bruxelles", "belge", FR),
    P(1, CHILD, "sami-haddad", "Haddad", "Sami", 'M', "2018-08-21", "Bruxelles", "belge", FR),

    P(2, REFERENCE, "godelieve-van-den-bergh", "van den Bergh", "Godelieve Maria Josepha", 'F',
      "1961-05-09", "Malines", "belge", NL),
    P(2, SPOUSE, "willem-jan-d-haene", "D’Haene", "Willem-Jan", 'M', "1962", "Kindu", "belge", NL),
    P(2, CHILD, "hanne-d-haene", "D’Haene", "Hanne", 'F', "1990-03-01", "Bruxelles", "belge", NL),
    P(2, CHILD, "ijsbrand-d-haene", "D’Haene", "IJsbrand", 'M', "1993-06-21", "Bruxelles", "belge",
      NL),
    P(2, CHILD, "liesbet-d-haene", "D’Haene", "Liesbet Zoë", 'F', "1996-04-04", "Vilvorde", "belge",
      NL),
    P(2, STEPCHILD, "bram-claes", "Claes", "Bram", 'M', "1988-10-13", "Louvain", "belge", NL),
    P(2, CHILD_IN_LAW, "minh-anh-nguyen", "Nguyễn", "Thị Minh Ánh", 'F', "1992-02-03", "Huế",
      "belge", NL),
    P(2, GRANDCHILD, "noor-d-haene", "D’Haene", "Noor Ánh", 'F', "2019-12-30", "Bruxelles", "belge",
      NL),
    P(2, GRANDCHILD, "lowie-d-haene", "D’Haene", "Lowie", 'M', "2019-12-30", "Bruxelles", "belge",
      NL),

    P(3, REFERENCE, "octaaf-de-ridder", "de Ridder", "Octaaf Jozef", 'M', "1931-02-01", "Ypres",
      "belge", NL),

    P(4, REFERENCE, "maria-de-la-fuente", "de la Fuente y Villanueva de los Infantes",
      "María Inmaculada Concepción Josefa Antonia Teresa Isabel Lucía Ana Rosario", 'F',
      "1959-01-01", "Sant Julià de Lòria", "belge", FR),
    P(4, COHABITANT, "ngozi-wolfeschlegelsteinhausen",
      "Wolfeschlegelsteinhausenbergerdorffspecimen", "Ngozi", 'M', "1962", "Brazzaville",
      "congolaise", FR),
    P(4, NONE, "abdulrahman", "Abdulrahman", "", 'X', "", "", "apatride", FR),
    P(4, STEPCHILD, "ioana-stefanescu", "Ștefănescu-Võsu", "Ioana-Mădălina", 'F', "2007-03",
      "Târgu Mureș", "roumaine", FR),

    P(5, REFERENCE, "jules-carlier", "Carlier", "Jules", 'M', "1994-02-11", "Tournai", "belge", FR),
    P(5, COHABITANT, "lotte-peeters", "Peeters", "Lotte Anna", 'F', "1995-07-19", "Gand", "belge",
      NL),

    P(6, REFERENCE, "agnieszka-szczepanska", "Szczepańska", "Agnieszka", 'F', "1988-09-01", "Łódź",
      "polonaise", FR),
    P(6, CHILD, "zofia-szczepanska", "Szczepańska", "Zofia", 'F', "2011-05-05", "Łódź", "polonaise",
      FR),

    P(7, REFERENCE, "koen-verstraete", "Verstraete", "Koen", 'M', "1976-03-23", "Courtrai", "belge",
      NL),
    P(7, SPOUSE, "els-van-t-hoff", "van ’t Hoff", "Els Margriet", 'F', "1978-11-08", "Anvers",
      "belge", NL),
    P(7, CHILD, "wout-verstraete", "Verstraete", "Wout", 'M', "2006-06-01", "Bruxelles", "belge",
      NL),
    P(7, CHILD, "fien-verstraete", "Verstraete", "Fien", 'F', "2009-01-17", "Bruxelles", "belge",
      NL),
    P(7, CHILD, "stan-verstraete", "Verstraete", "Stan", 'M', "2009-01-17", "Bruxelles", "belge",
      NL),
    P(7, CHILD, "roos-verstraete", "Verstraete", "Roos", 'F', "2017-09-12", "Bruxelles", "belge",
      NL),

    P(8, REFERENCE, "chloe-dubois", "Dubois", "Chloé Marie", 'F', "1999-10-30", "Liège", "belge",
      FR),
    P(8, NONE, "matteo-ferrari", "Ferrari", "Matteo", 'M', "1998-04-25", "Milan", "italienne", FR),
    P(8, NONE, "lena-muller", "Müller-Groß", "Lena", 'F', "2000-02-29", "Düsseldorf", "allemande",
      FR),

    P(9, REFERENCE, "marie-louise-francois", "François", "Marie-Louise Ghislaine", 'F',
      "1930-12-24", "Mons", "belge", FR),

    P(10, REFERENCE, "mamadou-barry", "Barry", "Mamadou Aliou", 'M', "1990-01-01", "Conakry",
      "guinéenne", FR),
    P(10, SIBLING, "fatoumata-barry", "Barry", "Fatoumata", 'F', "1993-05-16", "Conakry",
      "guinéenne", FR),
    P(10, NEPHEW, "ibrahima-barry", "Barry", "Ibrahima Sory", 'M', "2010-12-03", "Conakry",
      "guinéenne", FR),

    P(11, REFERENCE, "tom-ijselstein", "IJselstein", "Tom", 'M', "1980-08-08", "Malines", "belge",
      NL),
    P(11, SPOUSE, "pieter-claeys", "Claeys", "Pieter", 'M', "1979-02-14", "Saint-Nicolas", "belge",
      NL),
    P(11, CHILD, "juul-ijselstein", "IJselstein", "Juul", 'F', "2015-03-01", "Bruxelles", "belge",
      NL),

    P(12, REFERENCE, "sivakumar", "Sivakumar", "", 'M', "1984-03", "Jaffna", "sri-lankaise", NL),

    P(13, REFERENCE, "bernard-leroy", "Leroy", "Bernard Emile", 'M', "1955-04-01", "Charleroi",
      "belge", FR),
    P(13, SPOUSE, "monique-lejeune", "Lejeune", "Monique", 'F', "1957-08-15", "Namur", "belge", FR),
    P(13, CHILD, "olivier-leroy", "Leroy", "Olivier", 'M', "1986-06-06", "Bruxelles", "belge", FR),
    P(13, CHILD_IN_LAW, "ana-ferreira", "Ferreira da Conceição", "Ana Luísa", 'F', "1988-01-21",
      "Lisbonne", "portugaise", FR),
    P(13, GRANDCHILD, "emile-leroy", "Leroy", "Émile", 'M', "2014-02-02", "Bruxelles", "belge", FR),
    P(13, GRANDCHILD, "zoe-leroy", "Leroy", "Zoé", 'F', "2019-07-01", "Bruxelles", "belge", FR),

    P(14, REFERENCE, "rana-al-halabi", "al-Halabi", "Rana", 'F', "1991-09-09", "Alep",
      "réfugié reconnu, d’origine syrienne", FR),
    P(14, CHILD, "karim-al-halabi", "al-Halabi", "Karim", 'M', "2012-03-11", "Alep",
      "réfugié reconnu, d’origine syrienne", FR),

    P(15, REFERENCE, "josephine-maes", "Maes", "Joséphine", 'F', "1940-07-07", "Louvain", "belge",
      NL),
    P(15, SIBLING, "gustaaf-maes", "Maes", "Gustaaf", 'M', "1938-01-31", "Louvain", "belge", NL),

    P(16, REFERENCE, "kevin-de-backer", "De Backer", "Kevin", 'M', "1992-05-27", "Bruxelles",
      "belge", FR),
    P(16, CHILD, "lou-de-backer", "De Backer", "Lou", 'X', "2012-08-30", "Bruxelles", "belge", FR),

    P(17, REFERENCE, "ivana-horvat", "Horvat", "Ivana", 'F', "1971-11-11", "Zagreb", "belge", NL),
    P(17, SPOUSE, "marc-wouters", "Wouters", "Marc", 'M', "1969-03-05", "Anvers", "belge", NL),
    P(17, CHILD, "lucas-wouters", "Wouters", "Lucas", 'M', "2003-10-10", "Bruxelles", "belge", NL),
    P(17, PARENT_IN_LAW, "yvonne-baeten", "Baeten", "Yvonne", 'F', "1941-12-12", "Anvers", "belge",
      NL),

    P(18, REFERENCE, "claire-moreau", "Moreau", "Claire", 'F', "1997-03-01", "Lille", "française",
      FR),

    P(19, REFERENCE, "henri-dupont", "Dupont", "Henri", 'M', "1968-10-01", "Arlon", "belge", FR),
    P(19, SPOUSE, "sophie-lambert", "Lambert", "Sophie", 'F', "1970-02-28", "Bruxelles", "belge",
      FR),
    P(19, CHILD, "louis-dupont", "Dupont", "Louis", 'M', "2001-01-01", "Bruxelles", "belge", FR),
    P(19, CHILD, "alice-dupont", "Dupont", "Alice", 'F', "2004-09-15", "Bruxelles", "belge", FR),
    P(19, CHILD, "gabriel-dupont", "Dupont", "Gabriel", 'M', "2008-12-19", "Bruxelles", "belge",
      FR),
    P(19, GRANDPARENT, "germaine-dupont", "Dupont", "Germaine", 'F', "1929-05-20", "Arlon", "belge",
      FR),
    P(19, OTHER, "paul-schmitz", "Schmitz", "Paul", 'M', "1958-06-18", "Eupen", "belge", FR),

    P(20, REFERENCE, "annemie-goossens", "Goossens", "Annemie", 'F', "1953-01-06", "Gand", "belge",
      NL),

    MARKED(21, REFERENCE, "didier-counter", "Renard", "Didier", 'M', "1975-05-05", "Liège", "belge",
           FR, COUNTER, false),
    MARKED(22, REFERENCE, "nadia-moved", "Mertens", "Nadia", 'F', "1989-09-19", "Bruxelles",
           "belge", NL, MOVED, false),
    MARKED(23, REFERENCE, "victor-blocked", "Fontaine", "Victor", 'M', "1983-03-03", "Mons",
           "belge", FR, RESIDENT, true),

    P(24, REFERENCE, "sarah-cohen", "Cohen-Van Acker", "Sarah", 'F', "1981-06-24", "Anvers",
      "belge", FR),
    P(24, CHILD, "ethan-jacobs", "Jacobs", "Ethan", 'M', "2009-02-27", "Bruxelles", "belge", FR),
    P(24, CHILD, "maya-jacobs", "Jacobs", "Maya", 'F', "2011-11-01", "Bruxelles", "belge", FR),

    P(25, REFERENCE, "jean-baptiste-ngoma", "Ngoma", "Jean-Baptiste", 'M', "1952-08-30",
      "Léopoldville", "belge", FR),
    P(25, SPOUSE, "esperance-ilunga", "Ilunga", "Espérance", 'F', "1956-04-18", "Kindu",
      "congolaise", FR),

    MARKED(26, REFERENCE, "patrick-struck-off", "De Smet", "Patrick Alain", 'M', "1970-02-17",
           "Bruxelles", "belge", FR, STRUCK_OFF, false),

    P(27, REFERENCE, "irma-vandamme", "Vandamme", "Irma Leonie", 'F', "1946-08-03", "Courtrai",
      "belge", NL),
    MARKED(27, SPOUSE, "omer-deceased", "Lievens", "Omer", 'M', "1944-01-19", "Gand", "belge", NL,
           DECEASED, false),

    P(28, REFERENCE, "selam-waiting", "Tesfay", "Selam", 'F', "1998-05-12", "Asmara", "érythréenne",
      FR),

    MARKED(29, REFERENCE, "isabelle-elsewhere", "Claessens", "Isabelle", 'F', "1979-10-09",
           "Bruxelles", "belge", FR, MOVED, false),
    MARKED(30, REFERENCE, "wim-moved-yesterday", "Temmerman", "Wim", 'M', "1991-04-30", "Gand",
           "belge", NL, MOVED, false),

    P(31, REFERENCE, "bernadette-lenaerts", "Lenaerts", "Bernadette", 'F', "1948-02-11", "Malines",
      "belge", NL),
    P(31, NONE, "godelieve-aerts", "Aerts", "Godelieve", 'F', "1939-07-06", "Louvain", "belge", NL),
    P(31, NONE, "marie-therese-colin", "Colin", "Marie-Thérèse", 'F', "1941-10-01", "Namur",
      "belge", FR),
    P(31, NONE, "colette-jacquemin", "Jacquemin", "Colette", 'F', "1944-03-25", "Arlon", "belge",
      FR),
    P(31, NONE, "agnes-de-wolf", "De Wolf", "Agnes", 'F', "1946-01-21", "Ypres", "belge", NL),
    P(31, NONE, "teresa-kowalczyk", "Kowalczyk", "Teresa", 'F', "1952-10-15", "Łódź", "polonaise",
      FR),
    P(31, NONE, "lucie-mukendi", "Mukendi", "Lucie", 'F', "1955-12-13", "Kindu", "belge", FR),
    P(31, NONE, "rita-goethals", "Goethals", "Rita", 'F', "1957-05-22", "Gand", "belge", NL),
    P(31, NONE, "monica-ferreira", "Ferreira", "Mónica", 'F', "1960-08-27", "Lisbonne",
      "portugaise", FR),
    P(31, NONE, "clara-nguyen", "Nguyễn", "Clara Thị Mai", 'F', "1968-08-11", "Huế", "belge", NL),
    P(31, NONE, "edith-hubert", "Hubert", "Édith", 'F', "1972-09-16", "Liège", "belge", FR),
    P(31, NONE, "scholastica-maes", "Maes", "Scholastica", 'F', "1975-02-10", "Anvers", "belge",
      NL),

    P(32, REFERENCE, "adele-care-home", "Marchal", "Adèle Léontine", 'F', "1931-03-01", "Tournai",
      "belge", FR),

    P(33, REFERENCE, "thomas-administration", "Verbeke", "Thomas", 'M', "1996-12-24", "Bruxelles",
      "belge", NL),

    P(34, REFERENCE, "nicolas-lacroix", "Lacroix", "Nicolas", 'M', "1984-06-17", "Mons", "belge",
      FR),
    P(35, REFERENCE, "caroline-petit", "Petit", "Caroline", 'F', "1986-09-29", "Bruxelles", "belge",
      FR),
    P(35, CHILD, "tim-lacroix", "Lacroix", "Tim", 'M', "2016-05-04", "Bruxelles", "belge", FR),

    P(36, REFERENCE, "an-nguyen", "Nguyễn", "An", 'M', "1966-01-15", "Huế", "belge", FR),
    P(36, SIBLING, "an-nguyen-twin", "Nguyễn", "An", 'M', "1966-01-15", "Huế", "belge", FR),

    P(37, REFERENCE, "hassan-undetermined", "al-Jabiri", "Hassan", 'M', "1983", "Bagdad",
      "indéterminée", FR),

    P(38, REFERENCE, "martine-divorced", "Simon", "Martine", 'F', "1964-11-30", "Charleroi",
      "belge", FR),
    P(38, NONE, "luc-separated", "Desmet", "Luc", 'M', "1961-02-02", "Saint-Nicolas", "belge", NL),

    P(39, REFERENCE, "eric-expired-card", "Thys", "Éric", 'M', "1959-07-21", "Bruxelles", "belge",
      FR),
};
const size_t seed_person_count = COUNT(seed_persons);

const struct seed_remark seed_remarks[] = {
    {.name = "mathilde-desire",
     .marital_status = MARITAL_STATUS_WIDOWED,
     .nationality_since = "1949-06-30"},
    {.name = "octaaf-de-ridder", .marital_status = MARITAL_STATUS_WIDOWED, .former_addresses = 1},
    {.name = "marie-louise-francois", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "josephine-maes", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "yvonne-baeten", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "germaine-dupont", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "irma-vandamme", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "adele-care-home", .marital_status = MARITAL_STATUS_WIDOWED},
    {.name = "omer-deceased",
     .marital_status = MARITAL_STATUS_MARRIED,
     .deceased_on = "2026-10-02"},
    {.name = "amina-benali", .former_addresses = 2},
    {.name = "annemie-goossens", .former_addresses = 14},
    {.name = "agnieszka-szczepanska", .marital_status = MARITAL_STATUS_DIVORCED},
    {.name = "sarah-cohen", .marital_status = MARITAL_STATUS_DIVORCED},
    {.name = "martine-divorced", .marital_status = MARITAL_STATUS_DIVORCED},
    {.name = "luc-separated", .marital_status = MARITAL_STATUS_SEPARATED},
    {.name = "rana-al-halabi", .marital_status = MARITAL_STATUS_MARRIED},
    {.name = "selam-waiting", .waiting_register = true},
    {.name = "thomas-administration", .under_administration = true},
    {.name = "eric-expired-card", .card_expired = true},
    {.name = "alice-dupont", .temporarily_absent = true},
    {.name = "tim-lacroix", .parents = {"nicolas-lacroix", "caroline-petit"}},
    {.name = "noor-d-haene", .parents = {"ijsbrand-d-haene", "minh-anh-nguyen"}},
    {.name = "lowie-d-haene", .parents = {"ijsbrand-d-haene", "minh-anh-nguyen"}},
    {.name = "ijsbrand-d-haene", .marital_status = MARITAL_STATUS_MARRIED},
    {.name = "bram-claes", .parents = {"godelieve-van-den-bergh", ""}},
    {.name = "emile-leroy", .parents = {"olivier-leroy", "ana-ferreira"}},
    {.name = "zoe-leroy", .parents = {"olivier-leroy", "ana-ferreira"}},
    {.name = "olivier-leroy", .marital_status = MARITAL_STATUS_MARRIED},
    {.name = "minh-anh-nguyen", .nationality_since = "2004-06-18"},
    {.name = "ivana-horvat", .nationality_since = "1999-03-02"},
    {.name = "jean-baptiste-ngoma", .nationality_since = "1988-11-25"},
    {.name = "lucie-mukendi", .nationality_since = "1994-04-14"},
    {.name = "clara-nguyen", .nationality_since = "1985-10-09"},
    {.name = "an-nguyen", .nationality_since = "1987-05-05"},
    {.name = "an-nguyen-twin", .nationality_since = "1987-05-05"},
};
const size_t seed_remark_count = COUNT(seed_remarks);

const struct seed_street seed_streets[] = {
    {{"Rue du Croquis", "Krabbelstraat"}, "1000"},
    {{"Rue de l’Aperçu", "Vooruitzichtstraat"}, "1000"},
    {{"Avenue du Canevas", "Stramienlaan"}, "1020"},
    {{"Rue du Calque", "Kalkpapierstraat"}, "1020"},
    {{"Rue de la Copie", "Afschriftstraat"}, "1120"},
    {{"Place du Spécimen", "Specimenplein"}, "1130"},
    {{"Rue du Patron", "Patroonstraat"}, "1050"},
    {{"Avenue du Pochoir", "Sjabloonlaan"}, "1030"},
    {{"Rue du Fac-similé", "Facsimilestraat"}, "5000"},
    {{"Quai de la Réplique", "Quai de la Réplique"}, "4000"},
    {{"Mallestraat", "Mallestraat"}, "9000"},
    {{"Schetsplein", "Schetsplein"}, "2000"},
};
const size_t seed_street_count = COUNT(seed_streets);

const char *seed_municipality(const char *postal_code, enum paper_language language)
{
    static const struct {
        const char *postal_code, *name[PAPER_LANGUAGE_COUNT];
    } others[] = {
        {"1050", {"Ixelles", "Elsene"}}, {"1030", {"Schaerbeek", "Schaarbeek"}},
        {"5000", {"Namur", "Namen"}},    {"4000", {"Liège", "Luik"}},
        {"9000", {"Gand", "Gent"}},      {"2000", {"Anvers", "Antwerpen"}},
    };

    for (size_t i = 0; i < COUNT(others); i++)
        if (str_equal(postal_code, others[i].postal_code))
            return others[i].name[language];
    return language == PAPER_DUTCH ? "Brussel" : "Bruxelles";
}

const char *seed_quarter(const char *postal_code, enum paper_language language)
{
    static const struct {
        const char *postal_code, *name[PAPER_LANGUAGE_COUNT];
    } quarters[] = {
        {"1020", {"Laeken", "Laken"}},
        {"1120", {"Neder-Over-Heembeek", "Neder-Over-Heembeek"}},
        {"1130", {"Haren", "Haren"}},
    };

    for (size_t i = 0; i < COUNT(quarters); i++)
        if (str_equal(postal_code, quarters[i].postal_code))
            return quarters[i].name[language];
    return "";
}
