// register_tables.h: the tables of the register, and their columns in the order in which the reader
// and the writer name them.
#pragma once

#define ADDRESS_COLUMNS                                                                            \
    "street_fr, street_nl, number, box, postal_code, municipality_fr, municipality_nl,"            \
    " quarter_fr, quarter_nl, dwelling, lodged_at_fr, lodged_at_nl"

#define PERSON_COLUMNS                                                                             \
    "national_number, surname, given_names, sex, birth, birth_place_fr, birth_place_nl,"           \
    " birth_country_fr, birth_country_nl, nationality_fr, nationality_nl, citizenship,"            \
    " nationality_since, marital_status, legal_cohabitant, relation, parent_1, parent_2,"          \
    " here_since, book, book_since, standing, deceased_on, temporarily_absent,"                    \
    " under_administration, language"

// The two databases differ in the name of a 64-bit integer, and in SQLite's word for strict types.
#define ADDRESS_TABLE_COLUMNS                                                                      \
    " street_fr TEXT NOT NULL, street_nl TEXT NOT NULL, number TEXT NOT NULL, box TEXT NOT NULL,"  \
    " postal_code TEXT NOT NULL, municipality_fr TEXT NOT NULL, municipality_nl TEXT NOT NULL,"    \
    " quarter_fr TEXT NOT NULL, quarter_nl TEXT NOT NULL, dwelling TEXT NOT NULL,"                 \
    " lodged_at_fr TEXT NOT NULL, lodged_at_nl TEXT NOT NULL"

#define REGISTER_TABLES(WHOLE, STRICT)                                                             \
    "CREATE TABLE household (id " WHOLE " PRIMARY KEY," ADDRESS_TABLE_COLUMNS ")" STRICT ";"       \
    "CREATE TABLE resident ("                                                                      \
    " national_number TEXT PRIMARY KEY, surname TEXT NOT NULL, given_names TEXT NOT NULL,"         \
    " sex TEXT NOT NULL, birth TEXT NOT NULL,"                                                     \
    " birth_place_fr TEXT NOT NULL, birth_place_nl TEXT NOT NULL,"                                 \
    " birth_country_fr TEXT NOT NULL, birth_country_nl TEXT NOT NULL,"                             \
    " nationality_fr TEXT NOT NULL, nationality_nl TEXT NOT NULL, citizenship TEXT NOT NULL,"      \
    " nationality_since TEXT NOT NULL, marital_status TEXT NOT NULL,"                              \
    " legal_cohabitant " WHOLE " NOT NULL, relation TEXT NOT NULL,"                                \
    " parent_1 TEXT NOT NULL, parent_2 TEXT NOT NULL, here_since TEXT NOT NULL,"                   \
    " book TEXT NOT NULL, book_since TEXT NOT NULL, standing TEXT NOT NULL,"                       \
    " deceased_on TEXT NOT NULL, temporarily_absent " WHOLE " NOT NULL,"                           \
    " under_administration " WHOLE " NOT NULL, language TEXT NOT NULL,"                            \
    " household " WHOLE " NOT NULL REFERENCES household, position " WHOLE " NOT NULL,"             \
    " UNIQUE (household, position))" STRICT ";"                                                    \
    "CREATE TABLE former_address ("                                                                \
    " national_number TEXT NOT NULL REFERENCES resident, position " WHOLE                          \
    " NOT NULL," ADDRESS_TABLE_COLUMNS ", lived_from TEXT NOT NULL, lived_until TEXT NOT NULL,"    \
    " PRIMARY KEY (national_number, position))" STRICT ";"                                         \
    "CREATE TABLE blocked_card (card_number TEXT PRIMARY KEY)" STRICT ";"                          \
    "CREATE TABLE consultation ("                                                                  \
    " at " WHOLE " NOT NULL, requester TEXT NOT NULL, subject TEXT NOT NULL,"                      \
    " terminal TEXT NOT NULL, purpose TEXT NOT NULL)" STRICT ";"                                   \
    "CREATE INDEX consultation_of_subject ON consultation (subject, at)"
