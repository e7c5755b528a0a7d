#include "register_writer.h"

#include "register_tables.h"
#include "str.h"

struct register_writer {
    struct sql_connection *connection;
    int64_t households;
};

#define RUN(writer, text, values_of)                                                               \
    sql_connection_run((writer)->connection,                                                       \
                       &(struct sql_statement){.sql = (text),                                      \
                                               .values = (values_of),                              \
                                               .count = sizeof(values_of) / sizeof *(values_of)})

// The twelve columns of ADDRESS_COLUMNS.
#define ADDRESS_VALUES(home)                                                                       \
    sql_text((home)->street[PAPER_FRENCH]), sql_text((home)->street[PAPER_DUTCH]),                 \
        sql_text((home)->number), sql_text((home)->box), sql_text((home)->postal_code),            \
        sql_text((home)->municipality[PAPER_FRENCH]), sql_text((home)->municipality[PAPER_DUTCH]), \
        sql_text((home)->quarter[PAPER_FRENCH]), sql_text((home)->quarter[PAPER_DUTCH]),           \
        sql_text(dwelling_words[(home)->dwelling]), sql_text((home)->lodged_at[PAPER_FRENCH]),     \
        sql_text((home)->lodged_at[PAPER_DUTCH])

struct date_texts {
    char birth[PARTIAL_DATE_SIZE], nationality_since[PARTIAL_DATE_SIZE];
    char here_since[PARTIAL_DATE_SIZE], book_since[PARTIAL_DATE_SIZE];
    char deceased_on[PARTIAL_DATE_SIZE];
};

static void write_dates(const struct resident *person, struct date_texts *to)
{
    partial_date_to_text(person->birth, to->birth);
    partial_date_to_text(person->nationality_since, to->nationality_since);
    partial_date_to_text(person->here_since, to->here_since);
    partial_date_to_text(person->book_since, to->book_since);
    partial_date_to_text(person->deceased_on, to->deceased_on);
}

static enum result add_resident(struct register_writer *writer, int64_t position,
                                const struct resident *person)
{
    struct date_texts dates;

    write_dates(person, &dates);
    const struct sql_value values[] = {
        sql_text(person->national_number),
        sql_text(person->surname),
        sql_text(person->given_names),
        sql_text(sex_words[person->sex]),
        sql_text(dates.birth),
        sql_text(person->birth_place[PAPER_FRENCH]),
        sql_text(person->birth_place[PAPER_DUTCH]),
        sql_text(person->birth_country[PAPER_FRENCH]),
        sql_text(person->birth_country[PAPER_DUTCH]),
        sql_text(person->nationality[PAPER_FRENCH]),
        sql_text(person->nationality[PAPER_DUTCH]),
        sql_text(citizenship_words[person->citizenship]),
        sql_text(dates.nationality_since),
        sql_text(marital_status_words[person->marital_status]),
        sql_whole(person->legal_cohabitant),
        sql_text(relation_words[person->relation]),
        sql_text(person->parents[0]),
        sql_text(person->parents[1]),
        sql_text(dates.here_since),
        sql_text(register_book_words[person->book]),
        sql_text(dates.book_since),
        sql_text(standing_words[person->standing]),
        sql_text(dates.deceased_on),
        sql_whole(person->temporarily_absent),
        sql_whole(person->under_administration),
        sql_text(paper_language_words[person->language]),
        sql_whole(writer->households),
        sql_whole(position),
    };

    return RUN(writer,
               "INSERT INTO resident (" PERSON_COLUMNS ", household, position) VALUES"
               " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
               " $19, $20, $21, $22, $23, $24, $25, $26, $27, $28)",
               values);
}

enum result register_writer_add(struct register_writer *writer, const struct household *household)
{
    const struct home_address *home = &household->address;
    const struct sql_value values[] = {ADDRESS_VALUES(home), sql_whole(writer->households + 1)};

    writer->households++;
    TRY(RUN(writer,
            "INSERT INTO household (" ADDRESS_COLUMNS ", id) VALUES"
            " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
            values));
    for (size_t i = 0; i < household->count; i++)
        TRY(add_resident(writer, (int64_t)i + 1, &household->persons[i]));
    return RESULT_OK;
}

static enum result add_stay(struct register_writer *writer, const char *national_number,
                            int64_t position, const struct stay *stay)
{
    const struct home_address *home = &stay->address;
    char from[PARTIAL_DATE_SIZE], until[PARTIAL_DATE_SIZE];

    partial_date_to_text(stay->from, from);
    partial_date_to_text(stay->until, until);
    const struct sql_value values[] = {ADDRESS_VALUES(home), sql_text(from), sql_text(until),
                                       sql_text(national_number), sql_whole(position)};
    return RUN(writer,
               "INSERT INTO former_address (" ADDRESS_COLUMNS
               ", lived_from, lived_until, national_number, position) VALUES"
               " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
               values);
}

enum result register_writer_add_history(struct register_writer *writer, const char *national_number,
                                        const struct address_history *history)
{
    for (size_t i = 0; i < history->count; i++)
        TRY(add_stay(writer, national_number, (int64_t)i + 1, &history->stays[i]));
    return RESULT_OK;
}

enum result register_writer_block_card(struct register_writer *writer, const char *card_number)
{
    const struct sql_value values[] = {sql_text(card_number)};

    return RUN(writer, "INSERT INTO blocked_card VALUES ($1)", values);
}

struct filling {
    enum database_kind kind;
    register_fill *fill;
    void *closure;
};

static enum result fill_tables(void *closure, struct sql_connection *connection)
{
    const struct filling *filling = closure;
    struct register_writer writer = {.connection = connection};

    TRY(sql_connection_script(connection, filling->kind == DATABASE_SQLITE
                                              ? REGISTER_TABLES("INTEGER", " STRICT")
                                              : REGISTER_TABLES("BIGINT", "")));
    return filling->fill(filling->closure, &writer);
}

enum result register_write(struct database *database, register_fill *fill, void *closure)
{
    struct filling filling = {database_kind(database), fill, closure};

    return database_transaction(database, fill_tables, &filling);
}
