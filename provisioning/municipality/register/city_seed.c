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
    { { "", "" }, { "", "" } },
};
const size_t seed_place_count = COUNT(seed_places);

const struct seed_nationality seed_nationalities[] = {
    { { "belge", "Belgische" }, { "Belge", "Belg" }, "1" },
    { { "française", "Franse" }, { "France", "Frankrijk" }, "31" },
    { { "polonaise", "Poolse" }, { "Pologne", "Polen" }, "31" },
    { { "roumaine", "Roemeense" }, { "Roumanie", "Roemenië" }, "32" },
    { { "portugaise", "Portugese" }, { "Portugal", "Portugal" }, "32" },
    { { "italienne", "Italiaanse" }, { "Italie", "Italië" }, "31" },
    { { "allemande", "Duitse" }, { "Allemagne", "Duitsland" }, "31" },
    { { "turque", "Turkse" }, { "Turquie", "Turkije" }, "34" },
    { { "marocaine", "Marokkaanse" }, { "Maroc", "Marokko" }, "36" },
    { { "congolaise", "Congolese" }, { "Congo", "Congo" }, "33" },
    { { "guinéenne", "Guinese" }, { "Guinée", "Guinee" }, "33" },
    { { "sri-lankaise", "Sri Lankaanse" }, { "Sri Lanka", "Sri Lanka" }, "33" },
    { { "réfugié reconnu, d’origine syrienne", "erkend vluchteling, van Syrische herkomst" },
      { "Réfugié d’origine syrienne", "Vluchteling van Syrische herkomst" }, "34" },
    { { "apatride", "staatloos" }, { "Apatride", "Staatloze" }, "34" },
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
#define HOME        { "", "" }

const struct seed_household seed_households[] = {
    [0] = { ECHANTILLON, "24", "3", "1000", HOME, "2016-03-01" },
    [1] = { ECHANTILLON, "31", "", "1000", HOME, "2012-09-01" },
    [2] = { FIGURANTS, "112", "0012", "1020", HOME, "2003-08-17" },
    [3] = { MODELE, "7", "12", "1130", HOME, "1987-10-01" },
    [4] = { MAQUETTE, "298A", "0012", "1000",
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
};
const size_t seed_person_count = COUNT(seed_persons);

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
