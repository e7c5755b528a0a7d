#include "wording.h"

#define NBSP "\u00A0"

static const struct wording wordings[PAPER_LANGUAGE_COUNT] = {
    [PAPER_FRENCH] =
        {
            .language_tag = "fr-BE",
            .authority = "Ville de Bruxelles",
            .department = "Département Démographie · Service Population",
            .counter = "Guichet électronique · démonstration",
            .label_reference = "Référence",
            .label_issued = "Délivré le",
            .label_fee = "Redevance",
            .label_pages = "Pages",
            .opening =
                "D’après les registres tenus par la Ville de Bruxelles, l’Officier de l’état civil "
                "certifie que la personne désignée <span allow_breaks='false'>ci-dessous</span> ",
            .fact_household_markup = "forme, avec les personnes du tableau, "
                                     "<b>le ménage inscrit à cette adresse</b>.",
            .fact_alone_markup =
                "<b>est inscrite seule à cette adresse et forme à elle seule un ménage</b>.",
            .before_fact = "",
            .label_concerned = "Personne concernée",
            .label_surname = "Nom",
            .label_given_names = "Prénoms",
            .label_birth_date = "Date de naissance",
            .label_birth_place = "Lieu de naissance",
            .label_address = "Adresse",
            .label_relation = "Lien",
            .label_persons = "Nombre de personnes",
            .label_purpose = "Motif de la demande",
            .label_names = "Nom et prénoms",
            .label_birth = "Naissance",
            .label_sex = "Sexe",
            .label_national_number = "Numéro national",
            .label_nationality = "Nationalité",
            .label_marital_status = "État civil",
            .label_asked_by = "Demandé par",
            .asked_by_parent = "un parent de la personne concernée",
            .head_number = "Nº",
            .head_relation = "Lien avec la personne de référence",
            .head_name = "Nom et prénoms",
            .head_birth = "Date et lieu de naissance",
            .head_from = "Du",
            .head_until = "Au",
            .head_address = "Adresse précédente",
            .head_municipality = "Commune",
            .no_address = "aucune",
            .subtitle_history = "avec l’historique des adresses",
            .subtitle_history_here = "avec l’historique des adresses à Bruxelles",
            .gap_address = "aucune inscription en Belgique",
            .gap_municipality = "étranger",
            .no_given_name = "(sans prénom)",
            .place_unknown = "lieu inconnu",
            .any_purpose = "à toutes fins utiles",
            .capacity = "Pour l’Officier de l’état civil, par délégation,",
            .signatory_suffix = ", agent délégué",
            .seal_note_markup =
                "L’original est un PDF revêtu du cachet électronique de la Ville" NBSP "; le "
                "cachet imprimé <span allow_breaks='false'>ci-contre</span> n’en est qu’une "
                "image. Pas de signature manuscrite.",
            .verify_heading = "Vérifier ce certificat",
            .verify_before = "Scannez le code QR ou ouvrez ",
            .verify_after = " et introduisez ce code" NBSP ":",
            .verify_warning =
                "Si la référence ou la date affichée diffère, ce papier n’est pas authentique. "
                "La page ne montre aucune donnée personnelle.",
            .label_code = "Code de vérification",
            .label_page = "Page",
            .specimen_word = "SPÉCIMEN",
            .specimen_person = "SPÉCIMEN – PERSONNE FICTIVE",
            .specimen_persons = "SPÉCIMEN – PERSONNES FICTIVES",
            .specimen_sentence = "SPÉCIMEN – document de démonstration, sans valeur",
            .seal_ring_above = "SPÉCIMEN · VILLE FICTIVE",
            .seal_ring_below = "DÉMONSTRATION",
            .crest_text =
                "Emblème fictif de la ville de démonstration" NBSP ": deux fenêtres égales sur un "
                "même appui, dans un carré arrondi.",
            .seal_text = "Image d’un cachet rond de démonstration. Il ne remplace pas le cachet "
                         "électronique "
                         "de l’original.",
            .qr_text = "Code QR" NBSP
                       ": adresse de la page de vérification, suivie du code et de la référence "
                       "imprimés à côté.",
            .document_author = "Ville de Bruxelles – démonstration",
        },
    [PAPER_DUTCH] =
        {
            .language_tag = "nl-BE",
            .authority = "Stad Brussel",
            .department = "Departement Demografie · Dienst Bevolking",
            .counter = "Elektronisch loket · demonstratie",
            .label_reference = "Referentie",
            .label_issued = "Afgegeven op",
            .label_fee = "Retributie",
            .label_pages = "Pagina’s",
            .opening =
                "Op grond van de registers van de Stad Brussel verklaart de ambtenaar van de "
                "burgerlijke stand dat de hieronder vermelde persoon",
            .fact_household_markup = ", samen met de personen in de tabel, "
                                     "<b>het gezin vormt dat op dit adres is ingeschreven</b>.",
            .fact_alone_markup =
                " <b>alleen op dit adres is ingeschreven en op zichzelf een gezin vormt</b>.",
            .before_fact = " ",
            .label_concerned = "Betrokkene",
            .label_surname = "Naam",
            .label_given_names = "Voornamen",
            .label_birth_date = "Geboortedatum",
            .label_birth_place = "Geboorteplaats",
            .label_address = "Adres",
            .label_relation = "Verwantschap",
            .label_persons = "Aantal personen",
            .label_purpose = "Doel van de aanvraag",
            .label_names = "Naam en voornamen",
            .label_birth = "Geboorte",
            .label_sex = "Geslacht",
            .label_national_number = "Rijksregisternummer",
            .label_nationality = "Nationaliteit",
            .label_marital_status = "Burgerlijke staat",
            .label_asked_by = "Aangevraagd door",
            .asked_by_parent = "een ouder van de betrokkene",
            .head_number = "Nr.",
            .head_relation = "Verwantschap met de referentiepersoon",
            .head_name = "Naam en voornamen",
            .head_birth = "Geboortedatum en -plaats",
            .head_from = "Van",
            .head_until = "Tot",
            .head_address = "Vorig adres",
            .head_municipality = "Gemeente",
            .no_address = "geen",
            .subtitle_history = "met de vorige adressen",
            .subtitle_history_here = "met de vorige adressen in Brussel",
            .gap_address = "geen inschrijving in België",
            .gap_municipality = "buitenland",
            .no_given_name = "(geen voornaam)",
            .place_unknown = "plaats onbekend",
            .any_purpose = "voor alle nuttige doeleinden",
            .capacity = "Voor de ambtenaar van de burgerlijke stand, bij delegatie,",
            .signatory_suffix = ", gemachtigd ambtenaar",
            .seal_note_markup =
                "Het origineel is een pdf met het elektronische zegel van de Stad; het "
                "afgedrukte zegel hiernaast is er slechts een afbeelding van. Geen "
                "handtekening met de hand.",
            .verify_heading = "Dit document controleren",
            .verify_before = "Scan de QR-code of open ",
            .verify_after = " en voer deze code in:",
            .verify_warning =
                "Verschilt de referentie of de datum op de pagina, dan is dit papier niet echt. "
                "De pagina toont geen persoonsgegevens.",
            .label_code = "Controlecode",
            .label_page = "Pagina",
            .specimen_word = "SPECIMEN",
            .specimen_person = "SPECIMEN – FICTIEVE PERSOON",
            .specimen_persons = "SPECIMEN – FICTIEVE PERSONEN",
            .specimen_sentence = "SPECIMEN – demonstratiedocument, zonder waarde",
            .seal_ring_above = "SPECIMEN · FICTIEVE STAD",
            .seal_ring_below = "DEMONSTRATIE",
            .crest_text = "Fictief embleem van de demonstratiestad: twee gelijke vensters op één "
                          "vensterbank, "
                          "in een afgerond vierkant.",
            .seal_text = "Afbeelding van een rond demonstratiezegel. Ze vervangt het elektronische "
                         "zegel van "
                         "het origineel niet.",
            .qr_text =
                "QR-code: adres van de controlepagina, gevolgd door de code en de referentie die "
                "ernaast staan.",
            .document_author = "Stad Brussel – demonstratie",
        },
};

// Male, female, and for who is registered as neither.
static const char *const relations[RELATION_COUNT][PAPER_LANGUAGE_COUNT][3] = {
    [RELATION_REFERENCE] = {{"personne de référence", "personne de référence",
                             "personne de référence"},
                            {"referentiepersoon", "referentiepersoon", "referentiepersoon"}},
    [RELATION_SPOUSE] = {{"époux", "épouse", "partenaire par mariage"},
                         {"echtgenoot", "echtgenote", "huwelijkspartner"}},
    [RELATION_COHABITANT] = {{"cohabitant légal", "cohabitante légale",
                              "partenaire en cohabitation légale"},
                             {"wettelijk samenwonende", "wettelijk samenwonende",
                              "wettelijk samenwonende"}},
    [RELATION_CHILD] = {{"fils", "fille", "enfant"}, {"zoon", "dochter", "kind"}},
    [RELATION_STEPCHILD] = {{"beau-fils", "belle-fille (enfant du conjoint)",
                             "enfant du partenaire"},
                            {"stiefzoon", "stiefdochter", "stiefkind"}},
    [RELATION_CHILD_IN_LAW] = {{"gendre", "belle-fille (conjointe du fils)",
                                "partenaire de l’enfant"},
                               {"schoonzoon", "schoondochter", "schoonkind"}},
    [RELATION_GRANDCHILD] = {{"petit-fils", "petite-fille", "petit-enfant"},
                             {"kleinzoon", "kleindochter", "kleinkind"}},
    [RELATION_PARENT] = {{"père", "mère", "parent"}, {"vader", "moeder", "ouder"}},
    [RELATION_PARENT_IN_LAW] = {{"beau-père", "belle-mère", "parent du partenaire"},
                                {"schoonvader", "schoonmoeder", "schoonouder"}},
    [RELATION_GRANDPARENT] = {{"grand-père", "grand-mère", "grand-parent"},
                              {"grootvader", "grootmoeder", "grootouder"}},
    [RELATION_SIBLING] = {{"frère", "sœur", "frère ou sœur"}, {"broer", "zus", "broer of zus"}},
    [RELATION_NEPHEW] = {{"neveu", "nièce", "neveu ou nièce"}, {"neef", "nicht", "neef of nicht"}},
    [RELATION_OTHER] = {{"autre parent", "autre parente", "autre membre de la famille"},
                        {"ander familielid", "ander familielid", "ander familielid"}},
    [RELATION_NONE] = {{"non apparenté", "non apparentée", "sans lien de parenté"},
                       {"niet verwant", "niet verwant", "niet verwant"}},
};

const struct wording *wording_of(enum paper_language language)
{
    return &wordings[language];
}

const char *wording_relation(enum relation relation, enum sex sex, enum paper_language language)
{
    return relations[relation][language][sex];
}

static const char *const marital_statuses[MARITAL_STATUS_COUNT][PAPER_LANGUAGE_COUNT][3] = {
    [MARITAL_STATUS_NOT_KNOWN] = {{"inconnu", "inconnu", "inconnu"},
                                  {"onbekend", "onbekend", "onbekend"}},
    [MARITAL_STATUS_SINGLE] = {{"célibataire", "célibataire", "célibataire"},
                               {"ongehuwd", "ongehuwd", "ongehuwd"}},
    [MARITAL_STATUS_MARRIED] = {{"marié", "mariée", "mariage"}, {"gehuwd", "gehuwd", "gehuwd"}},
    [MARITAL_STATUS_WIDOWED] = {{"veuf", "veuve", "veuvage"},
                                {"weduwnaar", "weduwe", "weduwstaat"}},
    [MARITAL_STATUS_DIVORCED] = {{"divorcé", "divorcée", "divorce"},
                                 {"gescheiden", "gescheiden", "gescheiden"}},
    [MARITAL_STATUS_SEPARATED] = {{"séparé de corps", "séparée de corps", "séparation de corps"},
                                  {"gescheiden van tafel en bed", "gescheiden van tafel en bed",
                                   "gescheiden van tafel en bed"}},
};

const char *wording_marital_status(enum marital_status status, enum sex sex,
                                   enum paper_language language)
{
    return marital_statuses[status][language][sex];
}

const char *wording_sex(enum sex sex, enum paper_language language)
{
    static const char *const sexes[PAPER_LANGUAGE_COUNT][3] = {
        {"masculin", "féminin", "non indiqué"}, {"mannelijk", "vrouwelijk", "niet vermeld"}};

    return sexes[language][sex];
}

// The article belongs to the register's name and is not built.
static const char *const registers[REGISTER_BOOK_COUNT][PAPER_LANGUAGE_COUNT][2] = {
    [REGISTER_BOOK_POPULATION] = {{"au registre de la population", "du registre de la population"},
                                  {"in het bevolkingsregister", "uit het bevolkingsregister"}},
    [REGISTER_BOOK_FOREIGNERS] = {{"au registre des étrangers", "du registre des étrangers"},
                                  {"in het vreemdelingenregister",
                                   "uit het vreemdelingenregister"}},
    [REGISTER_BOOK_WAITING] = {{"au registre d’attente", "du registre d’attente"},
                               {"in het wachtregister", "uit het wachtregister"}},
};

const char *wording_in_register(enum register_book book, enum paper_language language)
{
    return registers[book][language][0];
}

const char *wording_from_register(enum register_book book, enum paper_language language)
{
    return registers[book][language][1];
}
